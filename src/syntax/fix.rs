//! Repairs of code: what to write where, so that a fault or warning is gone.

use std::ops::Range;

use super::position::{Lines, Place};
use super::{SyntaxProblem, check};

/// One change of the text, from `start` up to `end`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    pub start: Place,
    pub end: Place,
    pub text: String,
}

/// A repair that can be applied with one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, such as `Write cb instead of callback`.
    pub title: String,
    /// In the order of the text; none touches another.
    pub edits: Vec<TextEdit>,
}

impl Fix {
    /// A repair by changes of byte ranges, in any order.
    pub fn of_bytes(
        lines: &Lines<'_>,
        title: impl Into<String>,
        mut edits: Vec<(Range<usize>, String)>,
    ) -> Self {
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        Self {
            title: title.into(),
            edits: edits
                .into_iter()
                .map(|(range, text)| TextEdit {
                    start: lines.place(range.start),
                    end: lines.place(range.end.max(range.start)),
                    text,
                })
                .collect(),
        }
    }

    /// `source` with the repair in it.
    pub fn apply(&self, source: &str) -> String {
        let lines = Lines::new(source);
        let edits = self.edits.iter().map(|edit| {
            let range = lines.offset(edit.start)..lines.offset(edit.end);
            (range, edit.text.as_str())
        });
        splice(source, edits)
    }

    /// Whether `source`, which has these faults, is nearer to JavaScript with the repair in it: fewer faults, or the
    /// first of them further on.
    pub fn helps(&self, source: &str, problems: &[SyntaxProblem]) -> bool {
        let left = check(&self.apply(source));
        let place =
            |problems: &[SyntaxProblem]| problems.first().map(|first| (first.line, first.column));
        left.len() < problems.len()
            || match (place(&left), place(problems)) {
                (Some(after), Some(before)) => after > before,
                _ => left.is_empty(),
            }
    }
}

/// `source` with other text in these ranges of bytes, which come in order; one that reaches back is left out.
pub fn splice<'t>(
    source: &str,
    edits: impl IntoIterator<Item = (Range<usize>, &'t str)>,
) -> String {
    let mut changed = String::with_capacity(source.len());
    let mut done = 0;
    for (range, text) in edits {
        if let Some(before) = source.get(done..range.start)
            && range.start <= range.end
        {
            changed.push_str(before);
            changed.push_str(text);
            done = range.end;
        }
    }
    changed.push_str(source.get(done..).unwrap_or_default());
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_applied_in_the_order_of_the_text() {
        let source = "a\nbé😀c\n";
        let lines = Lines::new(source);
        let fix = Fix::of_bytes(
            &lines,
            "x",
            vec![
                (3..9, "2".to_owned()),
                (0..1, "1".to_owned()),
                (10..10, "3".to_owned()),
            ],
        );
        assert_eq!(fix.apply(source), "1\nb2c3\n");
    }
}
