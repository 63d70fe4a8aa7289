//! Parsing line by line with the state kept at each line's start, so that an edit costs the lines it changes.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use ropey::Rope;
use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

use super::scopes::Kinds;
use super::spans::{Span, TokenKind};
use crate::gui::editor::buffer::Language;
use crate::gui::editor::layout::LONG_LINE;
use crate::gui::editor::transaction::LineEdit;

/// The grammars and what was learned of their scopes.
pub struct Grammars {
    set: SyntaxSet,
    kinds: Kinds,
}

impl Grammars {
    /// Loads the grammars syntect brings; takes some milliseconds.
    pub fn load() -> Self {
        Self {
            set: SyntaxSet::load_defaults_newlines(),
            kinds: Kinds::new(),
        }
    }

    fn syntax(&self, language: Language) -> &SyntaxReference {
        let extension = match language {
            Language::JavaScript => "js",
            Language::Json => "json",
        };
        self.set
            .find_syntax_by_extension(extension)
            .unwrap_or_else(|| self.set.find_syntax_plain_text())
    }
}

/// Where the grammar stands at a line's start.
#[derive(Clone, PartialEq, Eq)]
struct LineState {
    parse: ParseState,
    scopes: ScopeStack,
}

/// One text being parsed.
pub struct LineParser {
    rope: Rope,
    initial: Arc<LineState>,
    /// The state at each line's start, as far as known.
    starts: Vec<Option<Arc<LineState>>>,
    /// Lines to be parsed; the first of them always has a known start.
    dirty: BTreeSet<usize>,
    /// States seen lately: most lines begin in one of a few, which are then kept once.
    recent: VecDeque<Arc<LineState>>,
}

/// How many states are looked through for one that is the same.
const RECENT: usize = 24;

impl LineParser {
    /// A parser at the start of `rope`.
    pub fn new(grammars: &Grammars, language: Language, rope: Rope) -> Self {
        let initial = Arc::new(LineState {
            parse: ParseState::new(grammars.syntax(language)),
            scopes: ScopeStack::new(),
        });
        let mut starts = vec![None; rope.len_lines()];
        if let Some(first) = starts.first_mut() {
            *first = Some(Arc::clone(&initial));
        }
        Self {
            rope,
            initial,
            starts,
            dirty: BTreeSet::from([0]),
            recent: VecDeque::new(),
        }
    }

    /// Takes over a text that came about by `edits`.
    pub fn edit(&mut self, rope: Rope, edits: &[LineEdit]) {
        self.rope = rope;
        for edit in edits {
            let first = edit.first.min(self.starts.len());
            let end = (first + edit.old).min(self.starts.len());
            let inner = (first + 1).min(end)..end;
            self.starts
                .splice(inner, std::iter::repeat_n(None, edit.new - 1));
            let behind = self.dirty.split_off(&first);
            self.dirty.extend(
                behind
                    .into_iter()
                    .filter(|line| *line >= first + edit.old)
                    .map(|line| line - edit.old + edit.new),
            );
            // The lines that came in have no state yet, so parsing goes on through all of them.
            self.dirty.insert(first);
        }
    }

    /// True when every line has been parsed.
    pub fn is_done(&self) -> bool {
        self.dirty.is_empty()
    }

    /// True when the parser has been through the start of `line`.
    pub fn has_reached(&self, line: usize) -> bool {
        self.starts.get(line).is_none_or(Option::is_some)
    }

    /// Parses the first line that needs it; the line and its spans.
    pub fn advance(&mut self, grammars: &mut Grammars) -> Option<(usize, Arc<[Span]>)> {
        let line = self.dirty.pop_first()?;
        if line >= self.starts.len() {
            return None;
        }
        let start = self
            .starts
            .get(line)
            .cloned()
            .flatten()
            .unwrap_or_else(|| Arc::clone(&self.initial));
        let mut state = LineState::clone(&start);
        let spans = parse_line(grammars, &self.rope, line, &mut state);
        let end = self.kept(state);
        if let Some(next) = self.starts.get_mut(line + 1)
            && next.as_ref() != Some(&end)
        {
            *next = Some(end);
            self.dirty.insert(line + 1);
        }
        Some((line, spans))
    }

    /// A first guess at lines the parser has not reached: parsed as if the text began a little before them.
    pub fn guess(
        &self,
        grammars: &mut Grammars,
        lines: std::ops::Range<usize>,
    ) -> Vec<(usize, Arc<[Span]>)> {
        let mut state = LineState::clone(&self.initial);
        let mut found = Vec::with_capacity(lines.len());
        for line in lines.start.saturating_sub(30)..lines.end.min(self.rope.len_lines()) {
            let spans = parse_line(grammars, &self.rope, line, &mut state);
            if line >= lines.start {
                found.push((line, spans));
            }
        }
        found
    }

    fn kept(&mut self, state: LineState) -> Arc<LineState> {
        if let Some(same) = self.recent.iter().find(|seen| ***seen == state) {
            return Arc::clone(same);
        }
        let state = Arc::new(state);
        self.recent.push_front(Arc::clone(&state));
        self.recent.truncate(RECENT);
        state
    }
}

fn parse_line(
    grammars: &mut Grammars,
    rope: &Rope,
    line: usize,
    state: &mut LineState,
) -> Arc<[Span]> {
    let slice = rope.line(line);
    if slice.len_bytes() > LONG_LINE {
        // Drawn plain; the lines after go on as if it were not there.
        return Arc::from([]);
    }
    let mut text = slice.to_string();
    let ended = text.ends_with('\n');
    if ended {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    let visible = text.len();
    // The grammars end their line comments and strings at the line feed.
    text.push('\n');
    let Ok(ops) = state.parse.parse_line(&text, &grammars.set) else {
        return Arc::from([]);
    };
    let mut spans: Vec<Span> = Vec::new();
    let mut from = 0;
    for (at, op) in ops {
        let at = at.min(visible);
        if at > from {
            push(&mut spans, grammars, &state.scopes, &text, from..at);
            from = at;
        }
        if state.scopes.apply(&op).is_err() {
            break;
        }
    }
    if visible > from {
        push(&mut spans, grammars, &state.scopes, &text, from..visible);
    }
    spans.into()
}

fn push(
    spans: &mut Vec<Span>,
    grammars: &mut Grammars,
    scopes: &ScopeStack,
    text: &str,
    range: std::ops::Range<usize>,
) {
    let bytes = u32::try_from(range.len()).unwrap_or(u32::MAX);
    let part = text.get(range).unwrap_or_default();
    let kind = grammars.kinds.of(scopes, part);
    let blank = kind == TokenKind::Text || part.chars().all(char::is_whitespace);
    match spans.last_mut() {
        // White space takes the colour before it: fewer sections to lay out.
        Some(last) if last.kind == kind || (blank && part.trim().is_empty()) => {
            last.bytes += bytes;
        }
        _ => spans.push(Span { bytes, kind }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    type Colours = BTreeMap<usize, Arc<[Span]>>;

    fn run(parser: &mut LineParser, grammars: &mut Grammars, into: &mut Colours) -> usize {
        let mut lines = 0;
        while let Some((line, spans)) = parser.advance(grammars) {
            into.insert(line, spans);
            lines += 1;
        }
        lines
    }

    fn kinds(text: &str, language: Language) -> Vec<(String, TokenKind)> {
        let mut grammars = Grammars::load();
        let mut parser = LineParser::new(&grammars, language, Rope::from_str(text));
        let mut colours = Colours::new();
        run(&mut parser, &mut grammars, &mut colours);
        let mut found = Vec::new();
        for (line, source) in text.lines().enumerate() {
            let mut from = 0;
            for span in colours[&line].iter() {
                let end = from + span.bytes as usize;
                found.push((source[from..end].trim().to_owned(), span.kind));
                from = end;
            }
            assert_eq!(from, source.len(), "every byte of {source:?} has a kind");
        }
        found
    }

    fn kind_of(found: &[(String, TokenKind)], text: &str) -> TokenKind {
        found
            .iter()
            .find(|(part, _)| part == text)
            .unwrap_or_else(|| panic!("no {text:?} in {found:?}"))
            .1
    }

    #[test]
    fn javascript_is_told_apart() {
        let found = kinds(
            "var a = 'x\\n'; // note\nfunction go(b) { return typeof b === 12 && null; }\nmodule.exports = go;\n",
            Language::JavaScript,
        );
        assert_eq!(kind_of(&found, "var"), TokenKind::Keyword);
        assert_eq!(kind_of(&found, "'x"), TokenKind::String);
        assert_eq!(kind_of(&found, "\\n"), TokenKind::Constant);
        assert_eq!(kind_of(&found, "// note"), TokenKind::Comment);
        assert_eq!(kind_of(&found, "go"), TokenKind::Function);
        assert_eq!(kind_of(&found, "return typeof"), TokenKind::Keyword);
        assert_eq!(kind_of(&found, "12"), TokenKind::Number);
        assert_eq!(kind_of(&found, "null"), TokenKind::Constant);
        let found = kinds("f(`a ${x + 1} b`);\n", Language::JavaScript);
        assert_eq!(kind_of(&found, "`a"), TokenKind::String);
        assert_eq!(kind_of(&found, "${x +"), TokenKind::Text);
        assert_eq!(kind_of(&found, "1"), TokenKind::Number);
    }

    #[test]
    fn json_keys_are_not_strings() {
        let found = kinds(
            "{\n  \"a\": \"b\",\n  \"c\": [1, true]\n}\n",
            Language::Json,
        );
        assert_eq!(kind_of(&found, "\"a\""), TokenKind::Property);
        assert_eq!(kind_of(&found, "\"b\""), TokenKind::String);
        assert_eq!(kind_of(&found, "\"c\""), TokenKind::Property);
        assert_eq!(kind_of(&found, "1"), TokenKind::Number);
        assert_eq!(kind_of(&found, "true"), TokenKind::Constant);
    }

    /// After any edit the spans are what a parser sees that starts afresh, and only the lines are parsed again
    /// whose state changed.
    #[test]
    fn parsing_again_stops_where_the_state_agrees() {
        let source = "function a() {\n  return 1;\n}\n".repeat(100);
        let mut grammars = Grammars::load();
        let mut rope = Rope::from_str(&source);
        let mut parser = LineParser::new(&grammars, Language::JavaScript, rope.clone());
        let mut colours = Colours::new();
        run(&mut parser, &mut grammars, &mut colours);

        let at = rope.line_to_char(61) + 4;
        rope.insert(at, "x");
        let edit = LineEdit {
            first: 61,
            old: 1,
            new: 1,
            column: 4,
            removed: 0,
            inserted: 1,
        };
        parser.edit(rope.clone(), &[edit]);
        assert_eq!(run(&mut parser, &mut grammars, &mut colours), 1);

        // A comment is opened: everything below changes; it is closed again three lines on.
        let at = rope.line_to_char(30);
        rope.insert(at, "/*\n");
        let opened = LineEdit {
            first: 30,
            old: 1,
            new: 2,
            column: 0,
            removed: 0,
            inserted: 3,
        };
        parser.edit(rope.clone(), &[opened]);
        let mut after = Colours::new();
        let lines = run(&mut parser, &mut grammars, &mut after);
        assert_eq!(lines, rope.len_lines() - 30);
        assert_eq!(after[&40][0].kind, TokenKind::Comment);

        let at = rope.line_to_char(33);
        rope.insert(at, "*/");
        let closed = LineEdit {
            first: 33,
            inserted: 2,
            ..edit
        };
        parser.edit(rope.clone(), &[closed]);
        run(&mut parser, &mut grammars, &mut after);
        let mut fresh = LineParser::new(&grammars, Language::JavaScript, rope);
        let mut expected = Colours::new();
        run(&mut fresh, &mut grammars, &mut expected);
        for line in 30..expected.len() {
            assert_eq!(after.get(&line), expected.get(&line), "line {line}");
        }
    }
}
