//! Where a text stops being JSON, in words for the person who typed it.

use serde_json::Value;
use serde_json::error::Category;

/// The first place where a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (line {line}, column {column})")]
pub struct JsonProblem {
    /// 1-based.
    pub line: u32,
    /// 1-based, in UTF-16 units.
    pub column: u32,
    /// A sentence without its full stop.
    pub message: String,
}

/// The first fault of `text`, or `None` where it is JSON.
pub fn json_error(text: &str) -> Option<JsonProblem> {
    parse(text).err()
}

/// Reads JSON; numbers keep their text, keys their order.
pub(super) fn parse(text: &str) -> Result<Value, JsonProblem> {
    serde_json::from_str(text).map_err(|error| explain(text, &error))
}

fn explain(text: &str, error: &serde_json::Error) -> JsonProblem {
    if error.classify() == Category::Eof {
        return at(text, text.trim_end().len(), ended(text, &error.to_string()));
    }
    let line_start = line_start(text, error.line());
    let mut offset = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let fault = error.to_string();
    let rest = &text[offset..];
    let found = rest.chars().next();
    let message = if fault.starts_with("trailing comma") {
        offset = text[..offset].rfind(',').unwrap_or(offset);
        "Trailing comma"
    } else if comment(rest) {
        "JSON has no comments"
    } else if fault.starts_with("expected `,` or `}`") {
        match found {
            Some('"') => "A comma is missing between two properties",
            Some(']') => "The object is closed with ] instead of }",
            _ => "Expected a comma or } after the property's value",
        }
    } else if fault.starts_with("expected `,` or `]`") {
        match found {
            Some('}') => "The array is closed with } instead of ]",
            Some(c) if c == '"' || c == '{' || c == '[' || c == '-' || c.is_alphanumeric() => {
                "A comma is missing between two values"
            }
            _ => "Expected a comma or ] after the value",
        }
    } else if fault.starts_with("key must be a string") {
        match found {
            Some(',') => "A property is missing before the comma",
            _ => "Property names need double quotes",
        }
    } else if fault.starts_with("expected `:`") {
        "A colon is missing after the property name"
    } else if fault.starts_with("expected value") || fault.starts_with("expected ident") {
        return at(text, offset, no_value(rest));
    } else if fault.starts_with("trailing characters") {
        "The JSON ends before this; remove what follows"
    } else if fault.starts_with("control character") {
        "A text must not contain a line break or control character; write \\n"
    } else if fault.starts_with("invalid escape") {
        "This backslash starts no escape that JSON knows; write \\\\ for a backslash"
    } else if fault.contains("surrogate") || fault.starts_with("unexpected end of hex") {
        "\\u needs the four digits of a whole character"
    } else if fault.starts_with("invalid number") || fault.starts_with("number out of range") {
        "This is not a number in JSON's form"
    } else if fault.starts_with("recursion limit") {
        "The JSON is nested deeper than 127 levels"
    } else {
        return at(text, offset, sentence(&fault));
    };
    at(text, offset, message.to_owned())
}

fn comment(rest: &str) -> bool {
    rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#')
}

fn no_value(rest: &str) -> String {
    let word: String = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .take(20)
        .collect();
    match (rest.chars().next(), word.as_str()) {
        (Some('\'' | '`'), _) => "Texts need double quotes".to_owned(),
        (Some(c @ (',' | '}' | ']')), _) => format!("A value is missing before {c}"),
        (_, "undefined" | "NaN" | "Infinity" | "None") => {
            format!("JSON has no {word}; write null")
        }
        (_, "True" | "False" | "TRUE" | "FALSE" | "NULL" | "Null") => {
            format!("Write {} in small letters", word.to_lowercase())
        }
        (Some(_), "") => "Expected a value: a text in double quotes, a number, an object, an array, true, false or null".to_owned(),
        _ => format!("{word} is not a JSON value; texts need double quotes"),
    }
}

fn ended(text: &str, fault: &str) -> String {
    if text.trim().is_empty() {
        "There is no JSON here yet".to_owned()
    } else if fault.starts_with("EOF while parsing an object") {
        "The text ends before the object is closed".to_owned()
    } else if fault.starts_with("EOF while parsing a list") {
        "The text ends before the array is closed".to_owned()
    } else if fault.starts_with("EOF while parsing a string") {
        "The text ends before the quotes are closed".to_owned()
    } else {
        "The text ends where a value should stand".to_owned()
    }
}

fn sentence(fault: &str) -> String {
    let fault = fault.split(" at line ").next().unwrap_or(fault);
    let mut letters = fault.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "This is not JSON".to_owned(),
    }
}

fn line_start(text: &str, line: usize) -> usize {
    text.split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum()
}

fn at(text: &str, offset: usize, message: String) -> JsonProblem {
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before[start..].encode_utf16().count() + 1;
    JsonProblem {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(u32::MAX),
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (u32, u32, String) {
        let problem = json_error(text).expect("a fault");
        (problem.line, problem.column, problem.message)
    }

    #[test]
    fn faults_in_words() {
        let cases: &[(&str, u32, u32, &str)] = &[
            (
                "{\n  \"a\": 1\n  \"b\": 2\n}",
                3,
                3,
                "A comma is missing between two properties",
            ),
            ("{\n  \"a\": 1,\n}", 2, 9, "Trailing comma"),
            ("[1, 2, ]", 1, 6, "Trailing comma"),
            ("{a: 1}", 1, 2, "Property names need double quotes"),
            ("{'a': 1}", 1, 2, "Property names need double quotes"),
            (
                "{\"a\": {\"b\": 1}",
                1,
                15,
                "The text ends before the object is closed",
            ),
            ("[1, 2", 1, 6, "The text ends before the array is closed"),
            (
                "{\"a\": \"b",
                1,
                9,
                "The text ends before the quotes are closed",
            ),
            (
                "{\"a\" 1}",
                1,
                6,
                "A colon is missing after the property name",
            ),
            ("{\"a\": 'b'}", 1, 7, "Texts need double quotes"),
            ("{\"a\": }", 1, 7, "A value is missing before }"),
            (
                "{\"a\": undefined}",
                1,
                7,
                "JSON has no undefined; write null",
            ),
            ("{ // note\n}", 1, 3, "JSON has no comments"),
            (
                "{\"a\": 1} x",
                1,
                10,
                "The JSON ends before this; remove what follows",
            ),
            ("[1 2]", 1, 4, "A comma is missing between two values"),
            (
                "{\"a\": 1]",
                1,
                8,
                "The object is closed with ] instead of }",
            ),
            ("", 1, 1, "There is no JSON here yet"),
        ];
        for (text, line, column, message) in cases {
            assert_eq!(
                problem(text),
                (*line, *column, (*message).to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn columns_count_utf16_units() {
        assert_eq!(problem("{\"😀é\" 1}").1, 8);
    }

    #[test]
    fn half_a_word_of_json_is_a_fault_of_its_own() {
        assert_eq!(json_error("{\"a\": tru}").map(|p| p.line), Some(1));
        assert_eq!(json_error("{\"a\": 1.5e3, \"b\": [null, true]}"), None);
    }
}
