//! Random edits against a plain model: the text as a `String`, lines counted by hand, a parser that starts afresh.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use ropey::Rope;

use super::boundaries::snap_to_grapheme;
use super::buffer::{Buffer, Language};
use super::highlight::{Grammars, LineParser, LineSpans, Span};
use super::movement::Move;
use super::selection::Selection;
use super::wraps::Wraps;

/// Width of the pane in cells: narrow, so that many lines are wrapped.
const CELLS: usize = 14;

#[derive(Clone, Debug)]
enum Op {
    /// Selects between two places, given as parts of the text's length.
    Select(f64, f64),
    Paste(String),
    Type(char),
    NewLine,
    Back(bool),
    Forward(bool),
    Indent,
    Outdent,
    Comment,
    MoveLines(bool),
    DeleteLines,
    Go(Move, bool),
    Undo,
    Redo,
    SetText(String),
    CursorBeside(bool),
    NextOccurrence,
    Single,
}

fn snippet() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![
            "a",
            "var ",
            "{",
            "}",
            "(",
            ")",
            "'",
            "\"",
            "`",
            "${",
            "/*",
            "*/",
            "//",
            "\n",
            "\r\n",
            "  ",
            "\t",
            "é",
            "e\u{301}",
            "👩‍👩‍👧",
            "日",
            "\0",
            "1",
            ";",
            "/",
            "\\",
        ]),
        0..8,
    )
    .prop_map(|parts| parts.concat())
}

fn op() -> impl Strategy<Value = Op> {
    let moves = prop::sample::select(vec![
        Move::Left,
        Move::Right,
        Move::WordLeft,
        Move::WordRight,
        Move::Up,
        Move::Down,
        Move::PageUp(3),
        Move::PageDown(3),
        Move::LineStart,
        Move::LineEnd,
        Move::TextStart,
        Move::TextEnd,
    ]);
    prop_oneof![
        4 => (0.0..=1.0, 0.0..=1.0).prop_map(|(a, b)| Op::Select(a, b)),
        4 => snippet().prop_map(Op::Paste),
        6 => prop::sample::select(vec!['x', '(', ')', '{', '}', '"', '\'', '`', ' ', '/', '*'])
            .prop_map(Op::Type),
        2 => Just(Op::NewLine),
        3 => any::<bool>().prop_map(Op::Back),
        2 => any::<bool>().prop_map(Op::Forward),
        1 => Just(Op::Indent),
        1 => Just(Op::Outdent),
        1 => Just(Op::Comment),
        1 => any::<bool>().prop_map(Op::MoveLines),
        1 => Just(Op::DeleteLines),
        4 => (moves, any::<bool>()).prop_map(|(to, extend)| Op::Go(to, extend)),
        2 => Just(Op::Undo),
        1 => Just(Op::Redo),
        1 => snippet().prop_map(Op::SetText),
        3 => any::<bool>().prop_map(Op::CursorBeside),
        2 => Just(Op::NextOccurrence),
        1 => Just(Op::Single),
    ]
}

fn run(buffer: &mut Buffer, op: &Op) {
    match op {
        Op::Select(a, b) => {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss
            )]
            let place = |part: f64| (part * buffer.rope().len_chars() as f64) as usize;
            let selection = Selection::new(place(*a), place(*b));
            buffer.select(selection);
        }
        Op::Paste(text) => {
            buffer.paste_each(text);
        }
        Op::Type(c) => {
            buffer.each(|one| one.type_text(&c.to_string()));
        }
        Op::NewLine => {
            buffer.each(Buffer::new_line);
        }
        Op::Back(word) => {
            buffer.each(|one| one.delete_back(*word));
        }
        Op::Forward(word) => {
            buffer.each(|one| one.delete_forward(*word));
        }
        Op::Indent => {
            buffer.each(Buffer::indent);
        }
        Op::Outdent => {
            buffer.each_line(true, Buffer::outdent);
        }
        Op::Comment => {
            buffer.each_line(true, Buffer::toggle_comment);
        }
        Op::MoveLines(down) => {
            buffer.each_line(*down, |one| one.move_lines(*down));
        }
        Op::DeleteLines => {
            buffer.each_line(true, Buffer::delete_lines);
        }
        Op::Go(to, extend) => {
            buffer.go_each(*to, *extend);
        }
        Op::Undo => {
            buffer.undo();
        }
        Op::Redo => {
            buffer.redo();
        }
        Op::SetText(text) => {
            buffer.set_text(text);
        }
        Op::CursorBeside(down) => {
            buffer.add_cursor_beside(*down);
        }
        Op::NextOccurrence => {
            buffer.select_next_occurrence();
        }
        Op::Single => {
            buffer.single();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Pastes and deletions of selections do to the rope what they do to a `String`.
    #[test]
    fn the_rope_is_what_a_string_would_be(
        start in snippet(),
        edits in prop::collection::vec((0.0..=1.0, 0.0..=1.0, snippet()), 1..30),
    ) {
        let start = start.replace('\r', "");
        let mut buffer = Buffer::new(&start, Language::JavaScript);
        let mut model: Vec<char> = start.chars().collect();
        for (a, b, text) in edits {
            let text = text.replace('\r', "");
            run(&mut buffer, &Op::Select(a, b));
            let range = buffer.selection().range();
            run(&mut buffer, &Op::Paste(text.clone()));
            model.splice(range, text.chars());
            prop_assert_eq!(buffer.rope().to_string(), model.iter().collect::<String>());
        }
    }

    /// Whatever was done: everything can be taken back to the start and done again to the end; the caret never
    /// stands within a grapheme; revisions only rise; the lines told to others add up; wrapped lines are broken as if
    /// the text had never been another.
    #[test]
    fn all_edits_are_taken_back_and_done_again(
        start in snippet(),
        ops in prop::collection::vec(op(), 1..60),
    ) {
        let mut buffer = Buffer::new(&start, Language::JavaScript);
        let _ = buffer.take_damage();
        buffer.wrap_at(Some(CELLS));
        let mut lines = buffer.rope().len_lines();
        let mut revision = buffer.revision();
        for op in &ops {
            let before = buffer.rope().to_string();
            run(&mut buffer, op);
            let changed = *buffer.rope() != before;
            prop_assert!(!changed || buffer.revision() > revision, "{:?}", op);
            revision = buffer.revision();
            let selection = buffer.selection();
            let all = buffer.selections();
            for one in &all {
                prop_assert!(one.end() <= buffer.rope().len_chars(), "{:?}", op);
            }
            for pair in all.windows(2) {
                prop_assert!(pair[0].end() <= pair[1].start(), "{:?} {:?}", op, all);
            }
            if matches!(op, Op::Select(..) | Op::Go(..) | Op::Back(_) | Op::Forward(_)) {
                prop_assert_eq!(snap_to_grapheme(buffer.rope(), selection.head), selection.head);
            }
            for edit in buffer.take_damage().unwrap_or_default().iter().flat_map(|part| &part.lines) {
                prop_assert!(edit.first + edit.old <= lines, "{:?} {:?}", op, edit);
                lines = lines - edit.old + edit.new;
            }
            prop_assert_eq!(lines, buffer.rope().len_lines(), "{:?}", op);
            let mut afresh = Wraps::default();
            afresh.set(buffer.rope(), Some(CELLS));
            prop_assert_eq!(&**buffer.wraps(), &afresh, "{:?}", op);
        }
        while buffer.redo() {}
        let end = buffer.rope().to_string();
        while buffer.undo() {}
        prop_assert_eq!(buffer.rope().to_string(), start);
        while buffer.redo() {}
        prop_assert_eq!(buffer.rope().to_string(), end);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Colours carried along and parsed again where edits were are those of a text parsed from its start.
    #[test]
    fn colours_after_edits_are_those_of_a_fresh_parse(
        start in prop::collection::vec(snippet(), 1..8),
        ops in prop::collection::vec(op(), 1..25),
        pauses in prop::collection::vec(0_usize..6, 25),
    ) {
        let mut buffer = Buffer::new(&start.join("\n"), Language::JavaScript);
        let _ = buffer.take_damage();
        let mut grammars = Grammars::load();
        let mut parser = LineParser::new(&grammars, Language::JavaScript, buffer.rope().clone());
        let mut spans = LineSpans::default();
        spans.reset(buffer.rope().len_lines());
        for (op, pause) in ops.iter().zip(&pauses) {
            run(&mut buffer, op);
            for part in buffer.take_damage().unwrap_or_default() {
                for edit in &part.lines {
                    spans.carry(edit);
                }
                // The parser reads the last text only; it may lag behind by several edits.
                parser.edit(buffer.rope().clone(), &part.lines);
            }
            for _ in 0..*pause {
                if let Some((line, found)) = parser.advance(&mut grammars) {
                    spans.set(line, found);
                }
            }
        }
        while !parser.is_done() {
            if let Some((line, found)) = parser.advance(&mut grammars) {
                spans.set(line, found);
            }
        }
        let expected = fresh(&mut grammars, buffer.rope());
        for (line, found) in expected {
            prop_assert_eq!(spans.of(line), &*found, "line {} of {:?}", line, buffer.rope());
        }
    }
}

fn fresh(grammars: &mut Grammars, rope: &Rope) -> BTreeMap<usize, Arc<[Span]>> {
    let mut parser = LineParser::new(grammars, Language::JavaScript, rope.clone());
    std::iter::from_fn(|| parser.advance(grammars)).collect()
}
