//! Typing and deleting: characters, pairs of brackets and quotes, new lines, pastes.

use super::boundaries::{self as b, CharClass, class_of, line_end, line_start};
use super::brackets;
use super::buffer::{Buffer, Language};
use super::history::EditKind;
use super::movement::Move;
use super::selection::Selection;
use super::transaction::Transaction;

impl Buffer {
    /// Types `text` as the keyboard brought it: pairs close themselves, closers are stepped over.
    pub fn type_text(&mut self, text: &str) -> bool {
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            if let Some(done) = self.type_pair(c) {
                return done;
            }
            if matches!(c, '}' | ']' | ')') && self.outdent_for(c) {
                return true;
            }
        }
        let space = text.chars().all(char::is_whitespace);
        self.insert(text, EditKind::Type { space })
    }

    /// Puts `text` in place of the selection, as one step, with the line ending this text uses.
    pub fn paste(&mut self, text: &str) -> bool {
        let unix = text.replace("\r\n", "\n");
        let text = if self.line_ending() == "\r\n" {
            unix.replace('\n', "\r\n")
        } else {
            unix
        };
        self.insert(&text, EditKind::Whole)
    }

    /// Puts `text` in place of the selection and the caret behind it.
    pub fn insert(&mut self, text: &str, kind: EditKind) -> bool {
        let range = self.selection.range();
        let after = Selection::caret(range.start + text.chars().count());
        let edit = Transaction::replace(self.rope(), vec![(range, text.to_owned())]);
        self.edit(edit, after, kind)
    }

    /// A new line with the indentation of this one, one level deeper behind an opening bracket.
    pub fn new_line(&mut self) -> bool {
        let range = self.selection.range();
        let rope = self.rope();
        let line = rope.char_to_line(range.start);
        let start = line_start(rope, line);
        let blank_end = b::first_non_blank(rope, line).min(range.start);
        let base = rope.slice(start..blank_end).to_string();
        let ending = self.line_ending();
        let before = rope
            .chars_at(range.start)
            .reversed()
            .find(|c| !matches!(c, ' ' | '\t'));
        let after = rope.get_char(range.end);
        let mut inserted = format!("{ending}{base}");
        let mut tail = String::new();
        if let Some(open) = before.filter(|c| matches!(c, '{' | '(' | '[')) {
            inserted.push_str(self.indent_unit());
            if after == brackets::closer_of(open) {
                tail = format!("{ending}{base}");
            }
        }
        let caret = range.start + inserted.chars().count();
        inserted.push_str(&tail);
        let edit = Transaction::replace(self.rope(), vec![(range, inserted)]);
        self.edit(edit, Selection::caret(caret), EditKind::Whole)
    }

    /// Deletes the selection, or the grapheme or word before the caret.
    pub fn delete_back(&mut self, word: bool) -> bool {
        if !self.selection.is_empty() {
            return self.insert("", EditKind::Whole);
        }
        let head = self.selection.head;
        let rope = self.rope();
        let (mut from, mut to) = (b::prev_grapheme(rope, head), head);
        if word {
            from = b::prev_word(rope, head);
        } else {
            let before = head.checked_sub(1).and_then(|at| rope.get_char(at));
            let inside_pair = before
                .and_then(|open| self.closer_for(open))
                .is_some_and(|close| rope.get_char(head) == Some(close));
            if inside_pair {
                to = head + 1;
            } else if let Some(stop) = self.indent_stop_before(head) {
                from = stop;
            }
        }
        self.delete(from, to)
    }

    /// Deletes the selection, or the grapheme or word behind the caret.
    pub fn delete_forward(&mut self, word: bool) -> bool {
        if !self.selection.is_empty() {
            return self.insert("", EditKind::Whole);
        }
        let head = self.selection.head;
        let to = if word {
            b::next_word(self.rope(), head)
        } else {
            b::next_grapheme(self.rope(), head)
        };
        self.delete(head, to)
    }

    /// Deletes so many characters around the selection: an input method asks for it.
    pub fn delete_around(&mut self, before: usize, after: usize) -> bool {
        let range = self.selection.range();
        let from = range.start.saturating_sub(before);
        let to = (range.end + after).min(self.rope().len_chars());
        let edits = vec![
            (from..range.start, String::new()),
            (range.end..to, String::new()),
        ];
        let edit = Transaction::replace(self.rope(), edits);
        let shift = range.start - from;
        let old = self.selection;
        let selection = Selection::new(old.anchor - shift, old.head - shift);
        self.edit(edit, selection, EditKind::Whole)
    }

    fn delete(&mut self, from: usize, to: usize) -> bool {
        let edit = Transaction::replace(self.rope(), vec![(from..to, String::new())]);
        self.edit(edit, Selection::caret(from), EditKind::Delete)
    }

    /// What a pair opened by `open` is closed with in this language.
    fn closer_for(&self, open: char) -> Option<char> {
        match (open, self.language()) {
            ('"', _) | ('\'' | '`', Language::JavaScript) => Some(open),
            _ => brackets::closer_of(open),
        }
    }

    /// Pairs: wraps the selection, steps over, or opens a pair. `None` where `c` is to be typed plainly.
    fn type_pair(&mut self, c: char) -> Option<bool> {
        let head = self.selection.head;
        let next = self.rope().get_char(head);
        if self.selection.is_empty() && next == Some(c) && self.auto_closed.contains(&head) {
            self.auto_closed.retain(|place| *place != head);
            self.go(Move::Right, false);
            return Some(true);
        }
        let close = self.closer_for(c)?;
        if !self.selection.is_empty() {
            let range = self.selection.range();
            let edits = vec![
                (range.start..range.start, c.to_string()),
                (range.end..range.end, close.to_string()),
            ];
            let old = self.selection;
            let edit = Transaction::replace(self.rope(), edits);
            let selection = Selection::new(old.anchor + 1, old.head + 1);
            return Some(self.edit(edit, selection, EditKind::Whole));
        }
        let room = next.is_none_or(|next| {
            next.is_whitespace() || matches!(next, ')' | ']' | '}' | ',' | ';' | ':' | '.')
        });
        let before = head.checked_sub(1).and_then(|at| self.rope().get_char(at));
        let is_quote = close == c;
        // Behind a word a quote ends something (it's); behind the same quote, three are being typed.
        let ends = before.is_some_and(|before| before == c || class_of(before) == CharClass::Word);
        if !room || (is_quote && ends) {
            return None;
        }
        let mut pair = c.to_string();
        pair.push(close);
        let edit = Transaction::replace(self.rope(), vec![(head..head, pair)]);
        let done = self.edit(
            edit,
            Selection::caret(head + 1),
            EditKind::Type { space: false },
        );
        self.auto_closed.push(head + 1);
        Some(done)
    }

    /// A closing bracket typed on an empty line goes back to the indentation of the line of its opener.
    fn outdent_for(&mut self, closer: char) -> bool {
        let selection = self.selection;
        if !selection.is_empty() {
            return false;
        }
        let rope = self.rope();
        let line = rope.char_to_line(selection.head);
        let start = line_start(rope, line);
        if b::first_non_blank(rope, line) != line_end(rope, line) || selection.head == start {
            return false;
        }
        let Some(open) = brackets::opener_before(rope, selection.head, closer) else {
            return false;
        };
        let open_line = rope.char_to_line(open);
        let indent = rope
            .slice(line_start(rope, open_line)..b::first_non_blank(rope, open_line))
            .to_string();
        let caret = start + indent.chars().count() + 1;
        let edit = Transaction::replace(
            rope,
            vec![(start..selection.head, format!("{indent}{closer}"))],
        );
        self.edit(
            edit,
            Selection::caret(caret),
            EditKind::Type { space: false },
        )
    }

    /// Within the spaces a line begins with: the indentation stop before `head`.
    fn indent_stop_before(&self, head: usize) -> Option<usize> {
        let unit = self.indent_unit();
        if !unit.starts_with(' ') {
            return None;
        }
        let rope = self.rope();
        let start = line_start(rope, rope.char_to_line(head));
        let width = head - start;
        let all_spaces = rope.slice(start..head).chars().all(|c| c == ' ');
        (width > 1 && all_spaces).then(|| start + (width - 1) / unit.len() * unit.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` marks the caret, `[` and `]` never do.
    fn buffer(text: &str) -> Buffer {
        let caret = text.chars().position(|c| c == '|').unwrap();
        let mut buffer = Buffer::new(&text.replace('|', ""), Language::JavaScript);
        buffer.select(Selection::caret(caret));
        buffer
    }

    fn shown(buffer: &Buffer) -> String {
        let mut text: Vec<char> = buffer.rope().chars().collect();
        text.insert(buffer.selection().head, '|');
        text.into_iter().collect()
    }

    #[test]
    fn pairs_open_and_are_stepped_over() {
        let mut b = buffer("log|");
        for key in ["(", "'", "a", "'", ")", ";"] {
            b.type_text(key);
        }
        assert_eq!(shown(&b), "log('a');|");
    }

    #[test]
    fn a_closer_the_author_wrote_is_not_stepped_over() {
        let mut b = buffer("f(|)");
        b.type_text(")");
        assert_eq!(shown(&b), "f()|)");
    }

    #[test]
    fn no_pair_before_a_word_and_no_quote_behind_one() {
        let mut b = buffer("|name");
        b.type_text("(");
        assert_eq!(shown(&b), "(|name");
        let mut b = buffer("// it|");
        b.type_text("'");
        assert_eq!(shown(&b), "// it'|");
    }

    #[test]
    fn a_selection_is_wrapped() {
        let mut b = buffer("|name");
        b.select(Selection::new(0, 4));
        b.type_text("\"");
        assert_eq!(b.rope().to_string(), "\"name\"");
        assert_eq!(b.selected_text(), "name");
        b.undo();
        assert_eq!(b.rope().to_string(), "name");
    }

    #[test]
    fn backspace_takes_both_of_a_pair_and_a_level_of_indentation() {
        let mut b = buffer("f(|)");
        b.delete_back(false);
        assert_eq!(shown(&b), "f|");
        let mut b = buffer("x {\n    |y");
        assert_eq!(b.indent_unit(), "    ");
        b.delete_back(false);
        assert_eq!(shown(&b), "x {\n|y");
    }

    #[test]
    fn enter_indents_behind_an_opener() {
        let mut b = buffer("  if (x) {|}");
        b.new_line();
        assert_eq!(shown(&b), "  if (x) {\n    |\n  }");
        let mut b = buffer("  foo: 1,|");
        b.new_line();
        assert_eq!(shown(&b), "  foo: 1,\n  |");
        let mut b = buffer("|  x");
        b.new_line();
        assert_eq!(shown(&b), "\n|  x");
    }

    #[test]
    fn a_closer_on_an_empty_line_finds_its_column() {
        let mut b = buffer("  f(function () {\n      |");
        b.type_text("}");
        assert_eq!(shown(&b), "  f(function () {\n  }|");
    }

    #[test]
    fn typing_is_taken_back_word_by_word() {
        let mut b = buffer("|");
        for c in "two words".chars() {
            b.type_text(&c.to_string());
        }
        b.undo();
        assert_eq!(shown(&b), "two |");
        b.undo();
        assert_eq!(shown(&b), "|");
        b.redo();
        b.redo();
        assert_eq!(shown(&b), "two words|");
    }

    #[test]
    fn carriage_returns_are_kept() {
        let mut b = buffer("a\r\nb|\r\n");
        b.new_line();
        b.paste("x\ny");
        assert_eq!(b.rope().to_string(), "a\r\nb\r\nx\r\ny\r\n");
        b.select(Selection::caret(1));
        b.delete_forward(false);
        assert_eq!(b.rope().to_string(), "ab\r\nx\r\ny\r\n");
    }

    #[test]
    fn an_input_method_may_delete_around_the_caret() {
        let mut b = buffer("abc|def");
        b.delete_around(2, 1);
        assert_eq!(shown(&b), "a|ef");
    }
}
