//! What to write where the parser stopped: the usual mistakes, each with its repair. Whether one helps is not known
//! here; [`Fix::helps`] tells.

use std::ops::Range;

use super::fix::Fix;
use super::position::Lines;

/// Characters that end a statement and belong behind a text that was never closed.
const TAIL: [char; 6] = [')', ']', '}', ';', ',', ' '];

/// A fault as the parser told it.
pub(super) struct Fault<'a> {
    pub source: &'a str,
    pub lines: &'a Lines<'a>,
    /// The parser's own message.
    pub text: &'a str,
    pub start: usize,
    /// The offset of the bracket that is still open.
    pub opened: Option<usize>,
}

/// The repairs that may help, the likeliest first.
pub(super) fn repairs(fault: &Fault<'_>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    fixes.extend(
        module_syntax(fault)
            .or_else(|| nameless_function(fault))
            .or_else(|| dots(fault))
            .or_else(|| curly_quotes(fault))
            .or_else(|| unclosed(fault)),
    );
    if fixes.is_empty() {
        fixes.extend(brackets(fault));
    }
    if fixes.is_empty() && fault.text.starts_with("`await` is only allowed") {
        fixes.extend(async_around(fault));
    }
    fixes
}

impl<'a> Fault<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.start..).unwrap_or_default()
    }

    fn before(&self) -> &'a str {
        self.source.get(..self.start).unwrap_or_default()
    }

    fn fix(&self, title: impl Into<String>, edits: Vec<(Range<usize>, String)>) -> Fix {
        Fix::of_bytes(self.lines, title, edits)
    }

    fn insert(&self, at: usize, text: &str, title: impl Into<String>) -> Fix {
        self.fix(title, vec![(at..at, text.to_owned())])
    }
}

/// `import` and `export` as CommonJS writes them.
fn module_syntax(fault: &Fault<'_>) -> Option<Fix> {
    let rest = fault.rest();
    if rest.starts_with("import.meta") {
        return None;
    }
    if let Some(after) = rest.strip_prefix("export default ") {
        let length = rest.len() - after.len();
        return Some(fault.fix(
            "Write module.exports = instead",
            vec![(
                fault.start..fault.start + length,
                "module.exports = ".to_owned(),
            )],
        ));
    }
    if !rest.starts_with("import") || rest.starts_with("import(") {
        return None;
    }
    let length = rest.find([';', '\n']).unwrap_or(rest.len());
    let required = as_require(rest[..length].trim_end())?;
    let length = rest[..length].trim_end().len();
    Some(fault.fix(
        "Write it with require",
        vec![(fault.start..fault.start + length, required)],
    ))
}

/// `import …` on one line as a `require`.
fn as_require(import: &str) -> Option<String> {
    let import = import.strip_prefix("import")?.trim_start();
    let quoted = |text: &str| {
        let text = text.trim();
        let quote = text.chars().next()?;
        (matches!(quote, '\'' | '"') && text.len() > 2 && text.ends_with(quote))
            .then(|| text.to_owned())
    };
    if let Some(module) = quoted(import) {
        return Some(format!("require({module})"));
    }
    let (names, module) = import.rsplit_once("from")?;
    let module = quoted(module)?;
    let names = names.trim();
    let names = if let Some(name) = names.strip_prefix("* as ") {
        name.trim().to_owned()
    } else if names.starts_with('{') {
        names.replace(" as ", ": ")
    } else if names.contains(['{', ',']) {
        return None;
    } else {
        names.to_owned()
    };
    Some(format!("const {names} = require({module})"))
}

fn nameless_function(fault: &Fault<'_>) -> Option<Fix> {
    if fault.text != "Expected function name" {
        return None;
    }
    let mut at = fault.before().rfind("function")?;
    if let Some(shorter) = fault.source[..at].trim_end().strip_suffix("async") {
        at = shorter.len();
    }
    Some(fault.insert(at, "module.exports = ", "Write module.exports = in front"))
}

/// The dots of a sample, which the author is to fill in.
fn dots(fault: &Fault<'_>) -> Option<Fix> {
    let rest = fault.rest();
    let range = if rest.starts_with("...") {
        fault.start..fault.start + 3
    } else if rest.starts_with('…') {
        fault.start..fault.start + '…'.len_utf8()
    } else {
        let before = fault.before().trim_end();
        let start = before.strip_suffix("...")?.len();
        start..before.len()
    };
    Some(fault.fix("Write true in its place", vec![(range, "true".to_owned())]))
}

fn curly_quotes(fault: &Fault<'_>) -> Option<Fix> {
    if !fault.rest().starts_with(['“', '”', '‘', '’']) {
        return None;
    }
    let (start, end) = line_of(fault.source, fault.start);
    let edits = fault.source[start..end]
        .char_indices()
        .filter_map(|(at, c)| {
            let plain = match c {
                '“' | '”' | '„' => "\"",
                '‘' | '’' | '‚' => "'",
                _ => return None,
            };
            Some((start + at..start + at + c.len_utf8(), plain.to_owned()))
        })
        .collect();
    Some(fault.fix("Use plain quotes on this line", edits))
}

/// Comments, texts and the like that were begun and not ended.
fn unclosed(fault: &Fault<'_>) -> Option<Fix> {
    let (_, end) = line_of(fault.source, fault.start);
    let end = fault.source[..end].trim_end().len();
    if fault.text.starts_with("Unterminated multiline comment") {
        return Some(fault.insert(end, " */", "Close the comment at the end of its line"));
    }
    if fault.text == "Unterminated string" {
        let quote = fault
            .rest()
            .chars()
            .next()
            .filter(|c| matches!(c, '\'' | '"' | '`'))?;
        // Behind what the text says, before what the statement ends with.
        let inner = fault.source[..end].trim_end_matches(TAIL).len();
        let at = inner.max(fault.start + 1);
        return Some(fault.insert(at, &quote.to_string(), "Close the text"));
    }
    None
}

fn brackets(fault: &Fault<'_>) -> Vec<Fix> {
    let opened = fault
        .opened
        .and_then(|open| fault.source.get(open..)?.chars().next());
    let close = match opened {
        Some('(') => ")",
        Some('[') => "]",
        Some('{') => "}",
        _ => match fault.text.strip_prefix("Expected `") {
            Some(text) if text.starts_with([')', ']', '}']) => &text[..1],
            _ => return Vec::new(),
        },
    };
    if fault.rest().trim().is_empty() {
        let end = fault.source.trim_end().len();
        let text = if close == "}" { "\n}" } else { close };
        return vec![fault.insert(end, text, format!("Write {close} at the end"))];
    }
    // Behind what was read last, not on the line where the parser noticed.
    let at = fault.before().trim_end().len();
    let mut fixes = vec![fault.insert(at, close, format!("Write {close} here"))];
    if fault.text.contains("or") {
        fixes.push(fault.insert(at, ",", "Write a comma here"));
    }
    fixes
}

/// `async` in front of the function around an `await`.
fn async_around(fault: &Fault<'_>) -> Option<Fix> {
    let before = fault.before();
    let at = [before.rfind("function"), arrow_start(before)]
        .into_iter()
        .flatten()
        .max()?;
    Some(fault.insert(at, "async ", "Make the function around it async"))
}

/// Where the last arrow function's parameters begin.
fn arrow_start(before: &str) -> Option<usize> {
    let arrow = before.rfind("=>")?;
    let parameters = before[..arrow].trim_end();
    if parameters.ends_with(')') {
        parameters.rfind('(')
    } else {
        let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
        Some(parameters.trim_end_matches(name).len())
    }
}

/// The line of an offset, without its end.
fn line_of(source: &str, offset: usize) -> (usize, usize) {
    let start = source[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = source[offset..]
        .find('\n')
        .map_or(source.len(), |at| offset + at);
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::super::check;

    /// The source after the first fault's first repair that helps.
    fn repaired(source: &str) -> String {
        let problems = check(source);
        let fix = problems
            .first()
            .unwrap_or_else(|| panic!("no fault in {source}"))
            .fixes
            .iter()
            .find(|fix| fix.helps(source, &problems))
            .unwrap_or_else(|| panic!("nothing helps {source}: {problems:?}"));
        fix.apply(source)
    }

    #[test]
    fn usual_mistakes_are_repaired() {
        for (broken, whole) in [
            ("import x from 'y';\nx();", "const x = require('y');\nx();"),
            (
                "import { a, b as c } from \"y\"",
                "const { a, b: c } = require(\"y\")",
            ),
            ("import * as all from 'y';", "const all = require('y');"),
            ("import 'y';", "require('y');"),
            (
                "export default function (user, context, cb) { cb(); }",
                "module.exports = function (user, context, cb) { cb(); }",
            ),
            (
                "function (user, context, cb) { cb(); }",
                "module.exports = function (user, context, cb) { cb(); }",
            ),
            (
                "async function (user, context, cb) { cb(); }",
                "module.exports = async function (user, context, cb) { cb(); }",
            ),
            ("if (...) { f(); }", "if (true) { f(); }"),
            ("if (…) { f(); }", "if (true) { f(); }"),
            ("f(“a”, ‘b’);", "f(\"a\", 'b');"),
            ("f(); /* never\ng();", "f(); /* never */\ng();"),
            ("f('never);\ng();", "f('never');\ng();"),
            ("f(`never);\n", "f(`never`);\n"),
            ("f(function () { g();\n", "f(function () { g();\n})\n"),
            ("f(1, 2;\ng();", "f(1, 2);\ng();"),
            (
                "var f = function () { await g(); };",
                "var f = async function () { await g(); };",
            ),
            (
                "var f = (a) => { await g(); };",
                "var f = async (a) => { await g(); };",
            ),
        ] {
            let mut source = broken.to_owned();
            for _ in 0..2 {
                if source != whole {
                    source = repaired(&source);
                }
            }
            assert_eq!(source, whole, "{broken}");
            assert_eq!(check(whole), [], "{whole}");
        }
    }
}
