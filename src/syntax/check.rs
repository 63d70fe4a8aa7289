//! Where source is not JavaScript as the sandbox compiles it, in words for its author.

use oxc_ast::ast::Program;
use oxc_diagnostics::OxcDiagnostic;
use oxc_semantic::{Semantic, SemanticBuilder};
use oxc_span::SourceType;

use super::fix::Fix;
use super::parse::{Refused, with_program_as};
use super::position::{Lines, Place};
use super::repairs::{self, Fault};
use super::v8;

/// One fault, from where to where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxProblem {
    /// 1-based.
    pub line: u32,
    /// 1-based, in UTF-16 units.
    pub column: u32,
    /// 1-based.
    pub end_line: u32,
    /// 1-based, in UTF-16 units; one past the last.
    pub end_column: u32,
    /// What is wrong, a sentence without its full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// V8's own message for it.
    pub v8: String,
    /// Repairs that may help, the likeliest first.
    pub fixes: Vec<Fix>,
}

impl SyntaxProblem {
    fn between(lines: &Lines<'_>, start: usize, end: usize, message: impl Into<String>) -> Self {
        let Place { line, column } = lines.place(start);
        let end = lines.place(end.max(start));
        Self {
            line,
            column,
            end_line: end.line,
            end_column: end.column,
            message: message.into(),
            help: None,
            v8: String::new(),
            fixes: Vec::new(),
        }
    }

    fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The faults of `source`, in the order of the text; none for what compiles.
pub fn check(source: &str) -> Vec<SyntaxProblem> {
    checked(source, |_, _| ()).err().unwrap_or_default()
}

/// Reads source that compiles, with its names resolved, on the parser's own thread; one parse serves both.
///
/// # Errors
/// The faults of the source, in the order of the text.
pub fn checked<T: Send>(
    source: &str,
    read: impl for<'a> FnOnce(&Program<'a>, &Semantic<'a>) -> T + Send,
) -> Result<T, Vec<SyntaxProblem>> {
    checked_as(SourceType::cjs(), source, read)
}

/// [`checked`] for an ES module.
///
/// # Errors
/// The faults of the source, in the order of the text.
pub fn checked_module<T: Send>(
    source: &str,
    read: impl for<'a> FnOnce(&Program<'a>, &Semantic<'a>) -> T + Send,
) -> Result<T, Vec<SyntaxProblem>> {
    checked_as(SourceType::mjs(), source, read)
}

fn checked_as<T: Send>(
    source_type: SourceType,
    source: &str,
    read: impl for<'a> FnOnce(&Program<'a>, &Semantic<'a>) -> T + Send,
) -> Result<T, Vec<SyntaxProblem>> {
    let lines = Lines::new(source);
    let found = with_program_as(source_type, source, |_, parsed| {
        let mut found: Vec<OxcDiagnostic> = parsed.diagnostics.errors().cloned().collect();
        // What the parser recovered from leaves a tree the second stage would only misread.
        if !found.is_empty() || parsed.panicked {
            return Err(found);
        }
        let built = SemanticBuilder::new()
            .with_check_syntax_error(true)
            .with_build_nodes(true)
            .build(&parsed.program);
        found.extend(built.diagnostics.errors().cloned());
        if found.is_empty() {
            Ok(read(&parsed.program, &built.semantic))
        } else {
            Err(found)
        }
    });
    let mut problems = match found {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(found)) => found
            .iter()
            .map(|diagnostic| SyntaxProblem {
                v8: in_v8s_words(source, diagnostic),
                fixes: fixes(source, &lines, diagnostic),
                ..explain(source, &lines, diagnostic)
            })
            .collect(),
        Err(Refused::TooDeep(offset)) => vec![
            SyntaxProblem::between(&lines, offset, offset + 1, "The code is nested too deeply to be read")
                .with_help("Split it: more than 1,000 brackets are open here, or one expression goes on too long."),
        ],
        Err(Refused::NoThread) => vec![
            SyntaxProblem::between(&lines, 0, 0, "The code could not be checked")
                .with_help("The system gave no thread for it; close other programs and edit the code to try again."),
        ],
    };
    problems.sort_by_key(|problem| (problem.line, problem.column));
    // One import of a file says it; the parser reports each of them twice or more.
    problems.dedup_by(|later, earlier| {
        (later.line, later.column, &later.message)
            == (earlier.line, earlier.column, &earlier.message)
    });
    Err(problems)
}

fn fixes(source: &str, lines: &Lines<'_>, diagnostic: &OxcDiagnostic) -> Vec<Fix> {
    let mut labels = diagnostic.labels.iter();
    let opened = |label: &&oxc_diagnostics::LabeledSpan| label.label() == Some("Opened here");
    let start = diagnostic.labels.iter().find(|label| !opened(label));
    repairs::repairs(&Fault {
        source,
        lines,
        text: diagnostic.message.as_ref(),
        start: start.map_or(0, |label| label.offset() as usize),
        opened: labels.find(opened).map(|label| label.offset() as usize),
    })
}

fn in_v8s_words(source: &str, diagnostic: &OxcDiagnostic) -> String {
    let start = diagnostic.labels.iter().next();
    let opened = diagnostic
        .labels
        .iter()
        .find(|label| label.label() == Some("Opened here"));
    v8::words(
        diagnostic.message.as_ref(),
        source,
        start.map_or(0, |label| label.offset() as usize),
        opened.map(|label| label.offset() as usize),
    )
}

fn explain(source: &str, lines: &Lines<'_>, diagnostic: &OxcDiagnostic) -> SyntaxProblem {
    let spans: Vec<(usize, usize, Option<&str>)> = diagnostic
        .labels
        .iter()
        .map(|label| {
            let start = label.offset() as usize;
            (start, start + label.len() as usize, label.label())
        })
        .collect();
    let text = diagnostic.message.as_ref();
    // For a redeclaration the second place is the fault; elsewhere the first.
    let redeclared = text.contains("has already been declared");
    let (start, end, _) = if redeclared {
        spans.last().copied()
    } else {
        spans.first().copied()
    }
    .unwrap_or((0, 0, None));
    let at = |message: String| SyntaxProblem::between(lines, start, end, message);
    let rest = source.get(start..).unwrap_or_default();
    let before = source.get(..start).unwrap_or_default();
    let opened = spans
        .iter()
        .find(|(.., label)| *label == Some("Opened here"))
        .map(|&(from, to, _)| (source.get(from..to).unwrap_or("bracket"), lines.place(from)));

    if redeclared {
        let name = text.split('`').nth(1).unwrap_or("This name");
        let first = spans
            .first()
            .map_or(1, |&(from, ..)| lines.place(from).line);
        return at(format!("{name} is declared twice"))
            .with_help(format!("It was declared on line {first} already; rename one of the two or drop the second let or const."));
    }
    if let Some(problem) = module_syntax(text, rest, &at) {
        return problem;
    }
    if text == "Expected function name" {
        return at("This function has no name and is assigned to nothing".to_owned()).with_help(
            "Write module.exports = in front of it: module.exports = function (user, context, cb) { … };",
        );
    }
    if rest.starts_with("...") || before.trim_end().ends_with("...") {
        return at("... is a place to fill in".to_owned())
            .with_help("The sample leaves it to you: write an expression here, such as true.");
    }
    if rest.starts_with('…') {
        return at("… is a place to fill in".to_owned()).with_help("Write an expression here.");
    }
    if let Some((bracket, place)) = opened {
        let close = match bracket {
            "(" => ")",
            "[" => "]",
            "{" => "}",
            other => other,
        };
        let message = if rest.trim().is_empty() {
            format!("The {bracket} of line {} is never closed", place.line)
        } else if text.contains("or") {
            format!("A comma or {close} is missing before this")
        } else {
            format!("{close} is missing before this")
        };
        return at(message).with_help(format!(
            "The {bracket} was opened on line {}, column {}.",
            place.line, place.column
        ));
    }
    if let Some(problem) = common(text, source, rest, &at) {
        return problem;
    }
    let message = if text == "Unexpected token" {
        match rest.chars().next() {
            None => "The code ends too early".to_owned(),
            Some(c) if c.is_alphanumeric() => {
                let word: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric())
                    .take(30)
                    .collect();
                format!("{word} is not expected here")
            }
            Some(c) => format!("{c} is not expected here"),
        }
    } else {
        text.trim_end_matches('.').to_owned()
    };
    let mut problem = at(message);
    problem.help = diagnostic.help.as_ref().map(ToString::to_string);
    problem
}

fn module_syntax(
    text: &str,
    rest: &str,
    at: &impl Fn(String) -> SyntaxProblem,
) -> Option<SyntaxProblem> {
    if rest.starts_with("import.meta") {
        return Some(
            at("import.meta does not exist in a hook".to_owned()).with_help("Use __filename."),
        );
    }
    let word = rest
        .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')
        .next();
    if word == Some("import") && !rest.starts_with("import(") {
        return Some(
            at("import does not work in a hook".to_owned())
                .with_help("Hooks are CommonJS: write const name = require('module'); instead."),
        );
    }
    if word == Some("export") {
        return Some(
            at("export does not work in a hook".to_owned())
                .with_help("Hooks are CommonJS: write module.exports = function (user, context, cb) { … }; instead."),
        );
    }
    if text.starts_with("`await` is only allowed") || text.starts_with("`for await`") {
        return Some(
            at("await needs an async function around it".to_owned())
                .with_help("Write async in front of the function it stands in."),
        );
    }
    None
}

fn common(
    text: &str,
    source: &str,
    rest: &str,
    at: &impl Fn(String) -> SyntaxProblem,
) -> Option<SyntaxProblem> {
    let problem = if text == "Unterminated string" {
        at("This text is never closed".to_owned()).with_help(
            "Close the quotes on the same line; a text over several lines needs `backticks`.",
        )
    } else if text.starts_with("Unterminated multiline comment") {
        at("This comment is never closed".to_owned()).with_help("Write */ where it ends.")
    } else if text.starts_with("Unterminated regular") {
        at("This regular expression is never closed".to_owned())
            .with_help("Write / where it ends, on the same line.")
    } else if text.starts_with("Unterminated template") {
        at("This template is never closed".to_owned()).with_help("Write ` where it ends.")
    } else if text.starts_with("Unexpected end of file")
        || (text.starts_with("Expected `}` but found `EOF`"))
    {
        at("The code ends before everything is closed".to_owned())
            .with_help("Look for a {, ( or [ without its partner.")
    } else if text.starts_with("Expected a semicolon") {
        let curly = rest.starts_with(['“', '”', '‘', '’']);
        if curly {
            return Some(curly_quotes(at));
        }
        at("Two statements run into each other here".to_owned())
            .with_help("A semicolon, an operator or a comma is missing before this.")
    } else if text.starts_with("Invalid Character") && rest.starts_with(['“', '”', '‘', '’'])
    {
        curly_quotes(at)
    } else if text.starts_with("Missing initializer in const") {
        at("A const needs a value at once".to_owned())
            .with_help("Write = and the value, or use let.")
    } else if rest.is_empty() && source.trim().is_empty() {
        at("There is no code yet".to_owned())
    } else {
        return None;
    };
    Some(problem)
}

fn curly_quotes(at: &impl Fn(String) -> SyntaxProblem) -> SyntaxProblem {
    at("Typographic quotes are not JavaScript's".to_owned())
        .with_help("Replace them by ' or \"; text copied from a document often brings them along.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(source: &str) -> (u32, u32, String) {
        let problems = check(source);
        let problem = problems
            .first()
            .unwrap_or_else(|| panic!("no fault in {source}"));
        (problem.line, problem.column, problem.message.clone())
    }

    #[test]
    fn usual_mistakes_in_an_authors_words() {
        let cases: &[(&str, u32, u32, &str)] = &[
            (
                "import x from 'y';\n",
                1,
                1,
                "import does not work in a hook",
            ),
            (
                "\nexport default function (user, context, cb) {}",
                2,
                1,
                "export does not work in a hook",
            ),
            (
                "function (user, context, cb) { cb(); }",
                1,
                10,
                "This function has no name and is assigned to nothing",
            ),
            (
                "const denied = ...; // yours",
                1,
                16,
                "... is a place to fill in",
            ),
            ("let a; let a;", 1, 12, "a is declared twice"),
            (
                "module.exports = function (u, c, cb) {\n  cb(null;\n};",
                2,
                10,
                "A comma or ) is missing before this",
            ),
            (
                "module.exports = function (u, c, cb) {\n  cb();\n",
                3,
                1,
                "The { of line 1 is never closed",
            ),
            ("const a = 'b;\n", 1, 11, "This text is never closed"),
            (
                "const a = “b”;",
                1,
                11,
                "Typographic quotes are not JavaScript's",
            ),
            (
                "function f() { await g(); }",
                1,
                16,
                "await needs an async function around it",
            ),
            ("const a;", 1, 7, "A const needs a value at once"),
        ];
        for (source, line, column, message) in cases {
            assert_eq!(
                first(source),
                (*line, *column, (*message).to_owned()),
                "{source}"
            );
        }
    }

    #[test]
    fn what_the_sandbox_compiles_has_no_fault() {
        for source in [
            "",
            "return function (user, context, cb) {};",
            "var a; var a; function b() {} var b; with ({}) {} var yield_ = 010; <!-- old comment\n",
            "module.exports = async (user, context, cb) => { await 1; const x = await import('fs'); cb(); };",
            "if (1) return; delete module.x; arguments.length; this.x = new.target;",
            "class A { #x = 1; static { this.y = 2; } get x() { return this.#x ?? 1n; } }",
            "var package = 1, let = 2, await = 3;",
        ] {
            assert_eq!(check(source), [], "{source}");
        }
    }

    #[test]
    fn deep_source_is_refused_with_a_sentence() {
        for source in [
            "(".repeat(100_000),
            "!".repeat(100_000),
            "a=>".repeat(100_000),
            "if(a){}else ".repeat(50_000),
        ] {
            assert_eq!(
                check(&source)[0].message,
                "The code is nested too deeply to be read"
            );
        }
        // As deep as is allowed, or refused in time: never an overflow of the stack.
        for piece in [
            "a=>",
            "a+",
            "a?b:",
            "!",
            "-",
            "new ",
            "typeof ",
            "await ",
            "async a=>",
            "if(a)",
            "for(;;)",
            "while(1)",
            "do ",
            "a:",
            "x=",
            "a.b",
            "a()",
            "a[0]",
            "`${",
            "`${a}`",
            "a in ",
            "a/",
            "a??",
            "with(a)",
            "class extends ",
            "if(a){}else ",
            "a,",
            "...",
            "a**",
            "let[",
            "function f(){",
            "{",
            "(a,",
            "a`b`",
            "return ",
            "throw ",
            "else ",
            "import(",
            "export ",
            "@a ",
            "a?.b",
            "/",
            "<!--\n",
        ] {
            for count in [300, 19_000, 200_000] {
                let _ = check(&piece.repeat(count));
                let _ = crate::syntax::outline(&format!("{}1", piece.repeat(count)));
            }
        }
    }
}
