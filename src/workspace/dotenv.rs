//! `.env` files: `NAME=value` lines with comments, quotes and `export`, as dotenv and shells know them.

use std::collections::BTreeMap;

use thiserror::Error;

/// A line of a `.env` file that cannot be read. The message never shows a value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line} {message}")]
pub struct EnvError {
    /// Counted from 1.
    pub line: usize,
    pub message: String,
}

/// Reads a `.env` file. Of a name that comes twice the last value holds.
///
/// Single quotes keep everything as it is; double quotes know `\n`, `\r`, `\t`, `\"`, `\\` and `\$`; both may span
/// lines. Without quotes the value ends at the line's end or at a `#` after a space: a `#` inside a password is part of it.
///
/// # Errors
/// The first line that is neither empty, a comment, nor `NAME=value`.
pub fn parse_env(text: &str) -> Result<BTreeMap<String, String>, EnvError> {
    let text = text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n");
    let mut values = BTreeMap::new();
    let mut rest = text.as_str();
    let mut line = 1;
    while !rest.is_empty() {
        let (this, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let trimmed = this.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            rest = after;
            line += 1;
            continue;
        }
        let fail = |message: &str| EnvError {
            line,
            message: message.to_owned(),
        };
        let Some((name, _)) = this.split_once('=') else {
            return Err(fail(
                "is not NAME=value. Write a name, an equals sign and a value, or put a # in front of a comment.",
            ));
        };
        let value_at = name.len() + 1;
        let name = name.trim();
        let name = name
            .strip_prefix("export")
            .filter(|rest| rest.starts_with([' ', '\t']))
            .map_or(name, str::trim_start);
        let good = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        if name.is_empty() || !name.chars().all(good) {
            return Err(fail(
                "has no proper name before the equals sign. Names consist of letters, digits, _, - and dots.",
            ));
        }
        let from = rest[value_at..].trim_start_matches([' ', '\t']);
        let (value, after) = match from.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let (value, after) = quoted(&from[1..], quote).ok_or_else(|| {
                    fail(&format!(
                        "opens a quote ({quote}) that is never closed. Close it."
                    ))
                })?;
                let (tail, next) = after.split_once('\n').unwrap_or((after, ""));
                let tail = tail.trim();
                if !tail.is_empty() && !tail.starts_with('#') {
                    return Err(fail(
                        "goes on after the closing quote. Put the whole value into the quotes.",
                    ));
                }
                (value, next)
            }
            _ => (plain(&this[value_at..]).to_owned(), after),
        };
        values.insert(name.to_owned(), value);
        line += rest[..rest.len() - after.len()]
            .matches('\n')
            .count()
            .max(1);
        rest = after;
    }
    Ok(values)
}

fn plain(value: &str) -> &str {
    let comment = value.char_indices().find(|(at, c)| {
        *c == '#'
            && value[..*at]
                .chars()
                .next_back()
                .is_none_or(char::is_whitespace)
    });
    comment.map_or(value, |(at, _)| &value[..at]).trim()
}

/// The value up to the closing quote, and what follows it.
fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == quote {
            return Some((value, &text[at + 1..]));
        }
        if c != '\\' || quote == '\'' {
            value.push(c);
            continue;
        }
        match chars.next()?.1 {
            'n' => value.push('\n'),
            'r' => value.push('\r'),
            't' => value.push('\t'),
            escaped @ ('"' | '\\' | '$') => value.push(escaped),
            // Not an escape anyone defined: a Windows path keeps its backslash.
            other => value.extend(['\\', other]),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_forms_people_write() {
        let text = "\u{feff}# secrets\r\nA=1\r\n\nexport B = two words # said so\nC=\"x\\n\\\"y\\\" # no comment\"\nD='$raw\\n' # c\nE=\nF=p#ss=word\nG=\"-----BEGIN\nKEY-----\"\nexport=1\napi-key='a'\nH=#all\nA=2";
        let values = parse_env(text).unwrap();
        let expected = [
            ("A", "2"),
            ("B", "two words"),
            ("C", "x\n\"y\" # no comment"),
            ("D", "$raw\\n"),
            ("E", ""),
            ("F", "p#ss=word"),
            ("G", "-----BEGIN\nKEY-----"),
            ("H", ""),
            ("api-key", "a"),
            ("export", "1"),
        ];
        let values: Vec<_> = values
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        assert_eq!(values, expected);
    }

    #[test]
    fn errors_name_the_line_and_never_the_value() {
        let cases = [
            ("A=\"1\n2\"\nhunter2", 3),
            ("\n\nB='hunter2", 3),
            ("A='1'hunter2", 1),
            ("a b=hunter2", 1),
            ("=hunter2", 1),
        ];
        for (text, line) in cases {
            let error = parse_env(text).unwrap_err();
            assert_eq!(error.line, line, "{text}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(text in "[A=\"'\\\\#\n\r é]{0,24}") {
            let _ = parse_env(&text);
        }

        #[test]
        fn quoted_values_come_back(value in "[a\"\\\\\n#' $é]{0,12}") {
            let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
            let values = parse_env(&format!("A=\"{escaped}\"\nB=1")).unwrap();
            prop_assert_eq!(&values["A"], &value);
            prop_assert_eq!(&values["B"], "1");
        }
    }
}
