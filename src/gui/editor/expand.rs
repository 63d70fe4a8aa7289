//! Growing the selection to what encloses it. For code the syntax tree says what that is, once it was asked; for JSON,
//! and code that does not parse, the text around the selection: word, chain of names, string, brackets, lines, text. Of
//! that a bounded stretch is looked at, never the whole.

use std::ops::Range;

use ropey::Rope;

use super::boundaries::{CharClass, class_of, first_non_blank, line_end, line_start, word_around};
use super::brackets;
use super::buffer::Language;
use super::help::Wish;
use super::highlight::TokenKind;
use super::layout::LONG_LINE;
use super::selection::Selection;
use super::state::EditorState;

/// What encloses a selection, as the syntax has it.
#[derive(Debug)]
pub(super) struct Enclosing {
    revision: u64,
    /// The selection that was asked about.
    from: Selection,
    /// Each within the next; none until the answer has come.
    ranges: Option<Vec<Range<usize>>>,
    /// How often the selection is to grow once it has.
    waiting: usize,
}

impl EditorState {
    /// Grows the selection to what encloses it.
    pub(super) fn expand_selection(&mut self) {
        let from = self.buffer.selection();
        let revision = self.buffer.revision();
        if self.buffer.language() == Language::Json {
            self.grow_by_text();
            return;
        }
        match &mut self.view.enclosing {
            Some(known) if known.is_awaited(revision, from) => {
                known.waiting += 1;
                // The answer may have come while the other half was in hand, which did not ask.
                self.wish(Wish::Enclosing { from: from.range() });
            }
            Some(known) if known.revision == revision && known.leads_from(from) => self.grow(),
            _ => {
                self.view.enclosing = Some(Enclosing {
                    revision,
                    from,
                    ranges: None,
                    waiting: 1,
                });
                self.wish(Wish::Enclosing { from: from.range() });
            }
        }
    }

    /// Takes in what encloses the selection, and grows it as often as that was asked for meanwhile.
    pub(super) fn grow_by(&mut self, from: &Range<usize>, ranges: Vec<Range<usize>>) {
        let now = self.buffer.selection();
        let Some(known) = self
            .view
            .enclosing
            .as_mut()
            .filter(|known| known.ranges.is_none() && known.from.range() == *from)
        else {
            return;
        };
        let times = std::mem::take(&mut known.waiting);
        let moved = now != known.from;
        known.ranges = Some(ranges);
        if moved {
            self.view.enclosing = None;
            return;
        }
        for _ in 0..times {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let from = self.buffer.selection().range();
        let next = self.view.enclosing.as_ref().and_then(|known| {
            let mut ranges = known.ranges.iter().flatten();
            ranges.find(|to| to.start <= from.start && to.end >= from.end && **to != from)
        });
        match next.cloned() {
            Some(range) => self.grow_to(range),
            None => self.grow_by_text(),
        }
    }

    fn grow_by_text(&mut self) {
        let from = self.buffer.selection();
        let larger = larger(
            self.buffer.rope(),
            from.range(),
            |at| self.is_code(at),
            |at| self.string_around(at),
        );
        if let Some(range) = larger {
            self.grow_to(range);
        }
    }

    fn grow_to(&mut self, range: Range<usize>) {
        let from = self.buffer.selection();
        self.buffer.select(Selection::new(range.start, range.end));
        let to = self.buffer.selection();
        if self.view.grown.last().is_none_or(|(_, last)| *last != from) {
            self.view.grown.clear();
        }
        self.view.grown.push((from, to));
    }

    /// Takes the last growth back, as long as the selection is still what it grew to.
    pub(super) fn shrink_selection(&mut self) {
        if let Some((from, to)) = self.view.grown.pop() {
            if to == self.buffer.selection() {
                self.buffer.select(from);
            } else {
                self.view.grown.clear();
            }
        }
    }

    /// The string literal around a character, within its line, as the colours show it.
    fn string_around(&self, at: usize) -> Option<Range<usize>> {
        let rope = self.buffer.rope();
        let line = rope.char_to_line(at);
        let (start, end) = (line_start(rope, line), line_end(rope, line));
        let is_string = |at: usize| self.kind_at(at) == TokenKind::String;
        if at >= end || !is_string(at) || end - start > LONG_LINE {
            return None;
        }
        let before = (start..at).rev().take_while(|at| is_string(*at)).count();
        let after = (at..end).take_while(|at| is_string(*at)).count();
        Some(at - before..at + after)
    }
}

impl Enclosing {
    /// Whether the answer about a selection has not come.
    fn is_awaited(&self, revision: u64, selection: Selection) -> bool {
        self.ranges.is_none() && (self.revision, self.from) == (revision, selection)
    }

    /// Whether a selection is the one asked about, or one that it grew to.
    fn leads_from(&self, selection: Selection) -> bool {
        let known = self.ranges.iter().flatten();
        (selection == self.from && self.ranges.is_some())
            || known.into_iter().any(|range| *range == selection.range())
    }
}

/// The smallest of what encloses `from` and is larger. `is_code` tells brackets from those in strings and comments,
/// `string_at` gives the string literal around a position.
fn larger(
    rope: &Rope,
    from: Range<usize>,
    is_code: impl Fn(usize) -> bool,
    string_at: impl Fn(usize) -> Option<Range<usize>>,
) -> Option<Range<usize>> {
    let mut candidates = Vec::new();
    let word = word_around(rope, from.start);
    if rope
        .get_char(word.start)
        .is_some_and(|c| class_of(c) == CharClass::Word)
    {
        candidates.push(chain_around(rope, &word));
        candidates.push(word);
    }
    if let Some(string) = string_at(from.start) {
        if string.len() >= 2 {
            candidates.push(string.start + 1..string.end - 1);
        }
        candidates.push(string);
    }
    if let Some((open, close)) = brackets::enclosing(rope, &from, &is_code) {
        candidates.push(open + 1..close);
        candidates.push(open..close + 1);
    }
    let first = rope.char_to_line(from.start);
    let last = rope.char_to_line(from.end);
    candidates.push(first_non_blank(rope, first)..line_end(rope, last));
    candidates.push(line_start(rope, first)..line_start(rope, last + 1));
    candidates.push(0..rope.len_chars());
    candidates
        .into_iter()
        .filter(|to| to.start <= from.start && to.end >= from.end && to.len() > from.len())
        .min_by_key(Range::len)
}

/// `context.webtask.secrets` around one of its names: from the front of the chain to the end of `word`.
fn chain_around(rope: &Rope, word: &Range<usize>) -> Range<usize> {
    let before = rope
        .chars_at(word.start)
        .reversed()
        .take(200)
        .take_while(|c| class_of(*c) == CharClass::Word || *c == '.')
        .count();
    word.start - before..word.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_grows_by_what_encloses_it() {
        let text = "f();\nif (x) {\n  log('hi there', user.app.plan);\n}\n";
        let rope = Rope::from_str(text);
        let string = text.find('\'').unwrap()..text.find("',").unwrap() + 1;
        let at = text.find("plan").unwrap();
        let mut range = at..at;
        let mut seen = Vec::new();
        while let Some(next) = larger(
            &rope,
            range.clone(),
            |_| true,
            |at| string.contains(&at).then(|| string.clone()),
        ) {
            seen.push(text[next.clone()].to_owned());
            range = next;
        }
        assert_eq!(
            seen[..6],
            [
                "plan",
                "user.app.plan",
                "'hi there', user.app.plan",
                "('hi there', user.app.plan)",
                "log('hi there', user.app.plan);",
                "  log('hi there', user.app.plan);\n",
            ]
        );
        assert!(seen.contains(&"if (x) {\n  log('hi there', user.app.plan);\n}".to_owned()));
        assert_eq!(seen.last().map(String::as_str), Some(text));
        let inside = text.find("there").unwrap();
        let grown = larger(
            &rope,
            inside..inside + 5,
            |_| true,
            |at| string.contains(&at).then(|| string.clone()),
        );
        assert_eq!(grown.map(|range| &text[range]), Some("hi there"));
    }
}
