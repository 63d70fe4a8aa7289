//! Where Node breaks the lines of an inspection: one line if it fits, columns for long arrays, else one entry a line.

use unicode_width::UnicodeWidthStr;

/// Whether entries are elements of a list, which may be grouped in columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
}

/// The room there is.
pub(super) struct Layout {
    pub break_length: usize,
    pub indentation: usize,
}

impl Layout {
    /// Everything on one line, whatever its length.
    pub fn one_line(&self, output: &[String], base: &str, braces: (&str, &str)) -> String {
        let base = if base.is_empty() {
            String::new()
        } else {
            format!("{base} ")
        };
        format!("{base}{} {} {}", braces.0, output.join(", "), braces.1)
    }

    /// One line if it fits and nothing in it breaks.
    pub fn fitting(&self, output: &[String], base: &str, braces: (&str, &str)) -> Option<String> {
        let start = output.len() + self.indentation + width(braces.0) + width(base) + 10;
        let total = output.len()
            + start
            + output
                .iter()
                .map(|entry| entry.encode_utf16().count())
                .sum::<usize>();
        let fits = total <= self.break_length
            && !base.contains('\n')
            && !output.iter().any(|entry| entry.contains('\n'));
        fits.then(|| self.one_line(output, base, braces))
    }

    /// One entry a line.
    pub fn broken(&self, output: &[String], base: &str, braces: (&str, &str)) -> String {
        let indentation = format!("\n{}", " ".repeat(self.indentation));
        let base = if base.is_empty() {
            String::new()
        } else {
            format!("{base} ")
        };
        let entries = output.join(&format!(",{indentation}  "));
        format!(
            "{base}{}{indentation}  {entries}{indentation}{}",
            braces.0, braces.1
        )
    }
}

fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Puts the elements of a long array into columns, as Node does from seven elements on.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "column arithmetic on lengths far below 2^52, as Node computes it"
)]
pub(super) fn group(output: Vec<String>, layout: &Layout, cut: bool, numeric: bool) -> Vec<String> {
    let count = if cut { output.len() - 1 } else { output.len() };
    let lengths: Vec<usize> = output
        .iter()
        .take(count)
        .map(|entry| width(entry))
        .collect();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let total: usize = lengths.iter().map(|length| length + 2).sum();
    let most = longest + 2;
    if most * 3 + layout.indentation >= layout.break_length
        || !(total as f64 / most as f64 > 5.0 || longest <= 6)
    {
        return output;
    }
    let bias = (most as f64 - total as f64 / output.len() as f64).sqrt();
    let biased = (most as f64 - 3.0 - bias).max(1.0);
    let columns = ((2.5 * biased * count as f64).sqrt() / biased).round() as usize;
    let columns = columns
        .min((layout.break_length - layout.indentation) / most)
        .min(12)
        .min(15);
    if columns <= 1 {
        return output;
    }
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            lengths
                .iter()
                .skip(column)
                .step_by(columns)
                .copied()
                .max()
                .unwrap_or(0)
                + 2
        })
        .collect();
    let mut lines = Vec::new();
    for start in (0..count).step_by(columns) {
        let end = (start + columns).min(count);
        let mut line = String::new();
        for index in start..end {
            let last = index + 1 == end;
            let entry = if last {
                output[index].clone()
            } else {
                format!("{}, ", output[index])
            };
            let used = width(&entry);
            let room = widths[index - start] - if last { 2 } else { 0 };
            let padding = " ".repeat(room.saturating_sub(used));
            if numeric {
                line.push_str(&padding);
                line.push_str(&entry);
            } else {
                line.push_str(&entry);
                if !last {
                    line.push_str(&padding);
                }
            }
        }
        lines.push(line);
    }
    if cut {
        lines.extend(output.into_iter().nth(count));
    }
    lines
}

/// A string in quotes: single, or double or backtick where that spares escapes.
pub(super) fn escape(text: &str) -> String {
    let quote = if !text.contains('\'') {
        '\''
    } else if !text.contains('"') {
        '"'
    } else if !text.contains('`') && !text.contains("${") {
        '`'
    } else {
        '\''
    };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if (c as u32) < 0x20 || (0x7f..=0x9f).contains(&(c as u32)) => {
                out.push_str(&format!("\\x{:02X}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_chosen_to_spare_escapes() {
        assert_eq!(escape("a"), "'a'");
        assert_eq!(escape("it's"), "\"it's\"");
        assert_eq!(escape("it's \"x\""), "`it's \"x\"`");
        assert_eq!(escape("a\nb\u{1}"), "'a\\nb\\x01'");
    }

    #[test]
    fn numbers_are_grouped_to_the_right() {
        let output: Vec<String> = (0..10).map(|n| n.to_string()).collect();
        let layout = Layout {
            break_length: 80,
            indentation: 0,
        };
        assert_eq!(
            group(output, &layout, false, true),
            vec!["0, 1, 2, 3, 4", "5, 6, 7, 8, 9"]
        );
    }
}
