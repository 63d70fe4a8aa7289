//! What encloses a selection in the syntax tree: word, expression, what is between brackets, statement, function.

use std::ops::Range;

use oxc_ast::AstKind;
use oxc_span::{GetSpan, Span};

use crate::syntax;

/// The stretches that enclose `from`, in bytes, each within the next, the whole text last. Empty for code that does
/// not parse.
pub fn enclosing(source: &str, from: Range<usize>) -> Vec<Range<usize>> {
    syntax::with_names(source, |names| {
        let mut found = Found {
            source,
            from: from.clone(),
            ranges: Vec::new(),
        };
        found.add(word_around(source, &from));
        for comment in names.comments() {
            found.span(comment.span);
            let content = comment.content_span();
            found.inner(content.start as usize..content.end as usize);
        }
        for node in names.nodes().iter() {
            let kind = node.kind();
            let span = kind.span();
            if !(span.start as usize <= from.start && span.end as usize >= from.end) {
                continue;
            }
            found.span(span);
            match kind {
                AstKind::CallExpression(call) => found.between(call.callee.span().end, span),
                AstKind::NewExpression(call) => found.between(call.callee.span().end, span),
                AstKind::StringLiteral(_)
                | AstKind::TemplateLiteral(_)
                | AstKind::BlockStatement(_)
                | AstKind::FunctionBody(_)
                | AstKind::ClassBody(_)
                | AstKind::ObjectExpression(_)
                | AstKind::ArrayExpression(_)
                | AstKind::ObjectPattern(_)
                | AstKind::ArrayPattern(_)
                | AstKind::FormalParameters(_)
                | AstKind::ParenthesizedExpression(_)
                    if found.is_opened(span) =>
                {
                    found.between(span.start, span);
                }
                _ => {}
            }
        }
        found.add(0..source.len());
        found.chain()
    })
    .unwrap_or_default()
}

/// What opens a stretch.
const BRACKETS: [char; 6] = ['(', '[', '{', '\'', '"', '`'];

struct Found<'s> {
    source: &'s str,
    from: Range<usize>,
    ranges: Vec<Range<usize>>,
}

impl Found<'_> {
    fn add(&mut self, range: Range<usize>) {
        let encloses = range.start <= self.from.start && range.end >= self.from.end;
        if encloses && range.len() > self.from.len() {
            self.ranges.push(range);
        }
    }

    fn span(&mut self, span: Span) {
        self.add(span.start as usize..span.end as usize);
    }

    /// A stretch without the blanks at its ends.
    fn inner(&mut self, range: Range<usize>) {
        let text = self.source.get(range.clone()).unwrap_or_default();
        let start = range.start + (text.len() - text.trim_start().len());
        self.add(start..start + text.trim().len());
    }

    /// Whether a node begins with its own bracket or quote: an arrow function's body need not.
    fn is_opened(&self, span: Span) -> bool {
        let text = self.source.get(span.start as usize..);
        text.is_some_and(|text| text.starts_with(BRACKETS))
    }

    /// What is between the bracket or quote behind `from` and the one that `span` ends with, and both with it.
    fn between(&mut self, from: u32, span: Span) {
        let text = self.source.get(from as usize..span.end as usize);
        let open = text.and_then(|text| text.find(BRACKETS));
        let Some(open) = open.map(|open| from as usize + open) else {
            return;
        };
        let close = (span.end as usize).saturating_sub(1);
        if open < close {
            self.inner(open + 1..close);
            self.add(open..close + 1);
        }
    }

    /// From the smallest on, those that enclose the one before.
    fn chain(mut self) -> Vec<Range<usize>> {
        self.ranges.sort_by_key(Range::len);
        let mut chain: Vec<Range<usize>> = Vec::new();
        for range in self.ranges {
            let next = chain.last().is_none_or(|last| {
                range.start <= last.start && range.end >= last.end && range != *last
            });
            if next {
                chain.push(range);
            }
        }
        chain
    }
}

fn word_around(source: &str, from: &Range<usize>) -> Range<usize> {
    let is_word = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let before = source.get(..from.start).unwrap_or_default();
    let behind = source.get(from.start..).unwrap_or_default();
    let length = |c: char| c.len_utf8();
    let left: usize = before.chars().rev().take_while(is_word).map(length).sum();
    let right: usize = behind.chars().take_while(is_word).map(length).sum();
    from.start - left..from.start + right
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is selected, one after the other, from where `|` stands.
    fn grown(code: &str) -> Vec<String> {
        let at = code.find('|').unwrap();
        let source = code.replace('|', "");
        enclosing(&source, at..at)
            .into_iter()
            .map(|range| source[range].to_owned())
            .collect()
    }

    #[test]
    fn the_selection_grows_by_the_syntax() {
        assert_eq!(
            grown("if (x) {\n  log('hi there', user.app.pl|an + 1);\n}\n"),
            [
                "plan",
                "user.app.plan",
                "user.app.plan + 1",
                "'hi there', user.app.plan + 1",
                "('hi there', user.app.plan + 1)",
                "log('hi there', user.app.plan + 1)",
                "log('hi there', user.app.plan + 1);",
                "{\n  log('hi there', user.app.plan + 1);\n}",
                "if (x) {\n  log('hi there', user.app.plan + 1);\n}",
                "if (x) {\n  log('hi there', user.app.plan + 1);\n}\n",
            ]
        );
        assert_eq!(
            grown("f('hi th|ere');")[..4],
            ["there", "hi there", "'hi there'", "('hi there')"]
        );
        assert_eq!(
            grown("const { a, b| } = c;")[..3],
            ["b", "a, b", "{ a, b }"]
        );
        assert_eq!(
            grown("// one tw|o\nf();")[..3],
            ["two", "one two", "// one two"]
        );
        assert_eq!(
            grown("x => `a ${|y} b`")[..3],
            ["y", "a ${y} b", "`a ${y} b`"]
        );
        assert_eq!(
            grown("x => foo(a) |+ b")[..2],
            ["foo(a) + b", "x => foo(a) + b"]
        );
        assert!(grown("var = |;").is_empty());
    }
}
