//! What V8 says of source that does not parse: the words that reach `error_description` on the platform.

/// Words that are never names.
const RESERVED: [&str; 36] = [
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "new",
    "null",
    "return",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "let",
];

/// Longest first.
const PUNCTUATORS: [&str; 41] = [
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=",
    "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "**", "<<", ">>",
    "{", "}", "(", ")", "[", "]", ";", ",", ".", ":", "?",
];

const ILLEGAL: &str = "Invalid or unexpected token";

/// V8's message for the parser's `text` about `start`, where `opened` is the bracket it speaks of, if any.
pub(super) fn words(text: &str, source: &str, start: usize, opened: Option<usize>) -> String {
    let rest = source.get(start..).unwrap_or_default();
    let quoted = text.split('`').nth(1).unwrap_or_default();
    if text.starts_with("Identifier `") {
        return format!("Identifier '{quoted}' has already been declared");
    }
    if text.starts_with("Label `") {
        return format!("Label '{quoted}' has already been declared");
    }
    for (known, said) in [
        (
            "Expected function name",
            "Function statements require a function name",
        ),
        (
            "Cannot use import statement",
            "Cannot use import statement outside a module",
        ),
        ("Cannot use export statement", "Unexpected token 'export'"),
        (
            "Unexpected import.meta",
            "Cannot use 'import.meta' outside a module",
        ),
        ("Unterminated multiline comment", ILLEGAL),
        (
            "Unterminated regular",
            "Invalid regular expression: missing /",
        ),
        ("Invalid Character", ILLEGAL),
        ("Invalid characters after number", ILLEGAL),
        (
            "Missing catch or finally",
            "Missing catch or finally after try",
        ),
        (
            "Cannot assign to this expression",
            "Invalid left-hand side in assignment",
        ),
        (
            "'with' statements",
            "Strict mode code may not include a with statement",
        ),
        (
            "`let` cannot be declared",
            "let is disallowed as a lexically bound name",
        ),
        (
            "Super calls are not permitted",
            "'super' keyword unexpected here",
        ),
        (
            "`await` is only allowed",
            "await is only valid in async functions and the top level bodies of modules",
        ),
    ] {
        if text.starts_with(known) {
            return said.to_owned();
        }
    }
    for same in [
        "Missing initializer in",
        "Illegal ",
        "Invalid Unicode escape",
    ] {
        if text.starts_with(same) {
            return text.trim_end_matches('.').to_owned();
        }
    }
    if text == "Unterminated string" {
        let template = rest.starts_with('`');
        return if template {
            "Unexpected end of input"
        } else {
            ILLEGAL
        }
        .to_owned();
    }
    if text == "A class name is required." {
        return token(rest.strip_prefix("class").unwrap_or(rest));
    }
    let found = token(rest);
    let in_list = text.starts_with("Expected `,` or `)`");
    let at_end = text.starts_with("Expected `)` but found `EOF`")
        && opened.is_none()
        && !last_open(source).is_some_and(|at| declares(source.get(..at).unwrap_or_default()));
    if (in_list || at_end) && found != ILLEGAL {
        let before = opened.and_then(|at| source.get(..at)).unwrap_or_default();
        return if declares(before) {
            "missing ) after formal parameters"
        } else {
            "missing ) after argument list"
        }
        .to_owned();
    }
    found
}

/// The last parenthesis that stays open; brackets inside texts are not told apart.
fn last_open(source: &str) -> Option<usize> {
    let mut closed = 0;
    for (at, c) in source.char_indices().rev() {
        match c {
            ')' => closed += 1,
            '(' if closed == 0 => return Some(at),
            '(' => closed -= 1,
            _ => {}
        }
    }
    None
}

/// Whether the parenthesis behind `before` holds a function's parameters.
fn declares(before: &str) -> bool {
    let before = before.trim_end();
    let name = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
    before.ends_with("function") || name.trim_end().ends_with("function")
}

/// What V8 says of a token where another belongs.
fn token(rest: &str) -> String {
    let rest = without_blanks(rest);
    let Some(first) = rest.chars().next() else {
        return "Unexpected end of input".to_owned();
    };
    if first.is_alphabetic() || first == '_' || first == '$' {
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')
            .unwrap_or(rest.len());
        let word = &rest[..end];
        return if word == "enum" {
            "Unexpected reserved word".to_owned()
        } else if RESERVED.contains(&word) {
            format!("Unexpected token '{word}'")
        } else {
            format!("Unexpected identifier '{word}'")
        };
    }
    match first {
        '0'..='9' => "Unexpected number".to_owned(),
        '"' | '\'' => "Unexpected string".to_owned(),
        '`' => "Unexpected template string".to_owned(),
        _ => match PUNCTUATORS.iter().find(|known| rest.starts_with(**known)) {
            Some(found) => format!("Unexpected token '{found}'"),
            None if "+-*/%<>=!&|^~".contains(first) => format!("Unexpected token '{first}'"),
            None => ILLEGAL.to_owned(),
        },
    }
}

/// The text behind white space and comments.
fn without_blanks(mut rest: &str) -> &str {
    loop {
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let next = if let Some(comment) = trimmed.strip_prefix("//") {
            comment.find('\n').map_or("", |end| &comment[end..])
        } else if let Some(comment) = trimmed.strip_prefix("/*") {
            comment.find("*/").map_or("", |end| &comment[end + 2..])
        } else {
            return trimmed;
        };
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;

    /// Measured in Node 20, whose `vm.compileFunction` takes the text as the sandbox does.
    #[test]
    fn common_faults_in_v8s_words() {
        for (source, said) in [
            ("cb(null, {;", "Unexpected token ';'"),
            ("f(1;", "missing ) after argument list"),
            ("f(1", "missing ) after argument list"),
            ("cb(null {a:1})", "missing ) after argument list"),
            (
                "function(){}",
                "Function statements require a function name",
            ),
            ("{", "Unexpected end of input"),
            ("let a; let a;", "Identifier 'a' has already been declared"),
            (
                "import x from 'y'",
                "Cannot use import statement outside a module",
            ),
            ("export default 1", "Unexpected token 'export'"),
            ("const a = 'b", "Invalid or unexpected token"),
            ("const a = `b", "Unexpected end of input"),
            ("a b", "Unexpected identifier 'b'"),
            ("a 1", "Unexpected number"),
            ("a 'x'", "Unexpected string"),
            ("if (", "Unexpected end of input"),
            ("while(1", "Unexpected end of input"),
            ("var 1a", "Invalid or unexpected token"),
            ("a = “b”", "Invalid or unexpected token"),
            ("/abc", "Invalid regular expression: missing /"),
            ("const a;", "Missing initializer in const declaration"),
            ("1=2", "Invalid left-hand side in assignment"),
            ("})", "Unexpected token '}'"),
            ("break", "Illegal break statement"),
            ("class {}", "Unexpected token '{'"),
            ("var if", "Unexpected token 'if'"),
            ("x = ...;", "Unexpected token '...'"),
            ("/* a", "Invalid or unexpected token"),
            ("[1 2]", "Unexpected number"),
            ("({a b})", "Unexpected identifier 'b'"),
            ("enum", "Unexpected reserved word"),
            ("foo:foo:1", "Label 'foo' has already been declared"),
            ("import.meta", "Cannot use 'import.meta' outside a module"),
            ("(a,b)=>{}()", "Unexpected token '('"),
            ("x = function (", "Unexpected end of input"),
            ("obj.", "Unexpected end of input"),
            ("if (a) else", "Unexpected token 'else'"),
            ("try {}", "Missing catch or finally after try"),
            ("let x = y\n z w", "Unexpected identifier 'w'"),
            ("throw\n1", "Illegal newline after throw"),
            ("cb(null, {a: 1)", "Unexpected token ')'"),
            ("a = {b: 1;}", "Unexpected token ';'"),
            ("x = y ? 1;", "Unexpected token ';'"),
            ("'\n'", "Invalid or unexpected token"),
        ] {
            assert_eq!(check(source)[0].v8, said, "{source}");
        }
    }
}
