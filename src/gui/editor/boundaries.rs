//! Where one may stand in a text: between graphemes, at words, at line ends; and how wide characters are.

use ropey::{Rope, RopeSlice};
use unicode_segmentation::{GraphemeCursor, GraphemeIncomplete};
use unicode_width::UnicodeWidthChar;

/// Cells a tab takes, as egui's layout draws it: a fixed width, no stops.
pub const TAB_CELLS: usize = 4;

/// What a character is to the word commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharClass {
    Word,
    Space,
    LineEnd,
    Punctuation,
}

/// The class of `c`; `$` and `_` belong to JavaScript's names.
pub fn class_of(c: char) -> CharClass {
    if c == '\n' || c == '\r' {
        CharClass::LineEnd
    } else if c.is_whitespace() {
        CharClass::Space
    } else if c.is_alphanumeric() || c == '_' || c == '$' || c.width() == Some(0) {
        // Combining marks belong to the letter before.
        CharClass::Word
    } else {
        CharClass::Punctuation
    }
}

/// The end of the grapheme that begins at `at`.
pub fn next_grapheme(rope: &Rope, at: usize) -> usize {
    let len = rope.len_chars();
    if at >= len {
        return len;
    }
    let byte = rope.char_to_byte(at);
    let (mut chunk, mut chunk_start, _, _) = rope.chunk_at_byte(byte);
    let mut cursor = GraphemeCursor::new(byte, rope.len_bytes(), true);
    loop {
        match cursor.next_boundary(chunk, chunk_start) {
            Ok(Some(boundary)) => return rope.byte_to_char(boundary),
            Ok(None) => return len,
            Err(GraphemeIncomplete::NextChunk) => {
                let (next, start, _, _) = rope.chunk_at_byte(chunk_start + chunk.len());
                (chunk, chunk_start) = (next, start);
            }
            Err(GraphemeIncomplete::PreContext(end)) => {
                let (context, start, _, _) = rope.chunk_at_byte(end.saturating_sub(1));
                cursor.provide_context(context, start);
            }
            Err(_) => return at + 1,
        }
    }
}

/// The start of the grapheme that ends at `at`.
pub fn prev_grapheme(rope: &Rope, at: usize) -> usize {
    let at = at.min(rope.len_chars());
    if at == 0 {
        return 0;
    }
    let byte = rope.char_to_byte(at);
    let (mut chunk, mut chunk_start, _, _) = rope.chunk_at_byte(byte);
    let mut cursor = GraphemeCursor::new(byte, rope.len_bytes(), true);
    loop {
        match cursor.prev_boundary(chunk, chunk_start) {
            Ok(Some(boundary)) => return rope.byte_to_char(boundary),
            Ok(None) => return 0,
            Err(GraphemeIncomplete::PrevChunk) => {
                let (previous, start, _, _) = rope.chunk_at_byte(chunk_start.saturating_sub(1));
                (chunk, chunk_start) = (previous, start);
            }
            Err(GraphemeIncomplete::PreContext(end)) => {
                let (context, start, _, _) = rope.chunk_at_byte(end.saturating_sub(1));
                cursor.provide_context(context, start);
            }
            Err(_) => return at - 1,
        }
    }
}

/// `at`, or the start of the grapheme it stands in.
pub fn snap_to_grapheme(rope: &Rope, at: usize) -> usize {
    let at = at.min(rope.len_chars());
    if at == 0 || at == rope.len_chars() {
        return at;
    }
    let before = prev_grapheme(rope, at);
    if next_grapheme(rope, before) == at {
        at
    } else {
        before
    }
}

/// `at`, or the end of the grapheme it stands in.
fn snap_forward(rope: &Rope, at: usize) -> usize {
    let before = snap_to_grapheme(rope, at);
    if before == at {
        at
    } else {
        next_grapheme(rope, before)
    }
}

/// First character of line `line` (0-based); the end of the text past the last line.
pub fn line_start(rope: &Rope, line: usize) -> usize {
    rope.line_to_char(line.min(rope.len_lines()))
}

/// One past the last character of line `line` (0-based), without its LF or CRLF.
pub fn line_end(rope: &Rope, line: usize) -> usize {
    if line >= rope.len_lines() {
        return rope.len_chars();
    }
    let start = rope.line_to_char(line);
    let mut end = rope.line_to_char(line + 1);
    if end > start && rope.get_char(end - 1) == Some('\n') {
        end -= 1;
        if end > start && rope.get_char(end - 1) == Some('\r') {
            end -= 1;
        }
    }
    end
}

/// Line `line` (0-based) without its LF or CRLF.
pub fn line_text(rope: &Rope, line: usize) -> RopeSlice<'_> {
    let end = line_end(rope, line);
    rope.slice(line_start(rope, line).min(end)..end)
}

/// The first character of `line` that is neither space nor tab; the line's end in an empty one.
pub fn first_non_blank(rope: &Rope, line: usize) -> usize {
    let text = line_text(rope, line);
    let blank = text.chars().take_while(|c| matches!(c, ' ' | '\t')).count();
    line_start(rope, line) + blank
}

/// Where Ctrl+Right goes: behind the next word, or over a line end.
pub fn next_word(rope: &Rope, at: usize) -> usize {
    let mut here = at.min(rope.len_chars());
    let mut chars = rope.chars_at(here).peekable();
    if chars.peek().map(|c| class_of(*c)) == Some(CharClass::LineEnd) {
        here = next_grapheme(rope, here);
        chars = rope.chars_at(here).peekable();
    }
    while chars
        .next_if(|c| class_of(*c) == CharClass::Space)
        .is_some()
    {
        here += 1;
    }
    let Some(class) = chars.peek().map(|c| class_of(*c)) else {
        return here;
    };
    if class == CharClass::LineEnd {
        return here;
    }
    while chars.next_if(|c| class_of(*c) == class).is_some() {
        here += 1;
    }
    snap_forward(rope, here)
}

/// Where Ctrl+Left goes: before the word behind the caret, or over a line end.
pub fn prev_word(rope: &Rope, at: usize) -> usize {
    let mut here = at.min(rope.len_chars());
    let mut chars = rope.chars_at(here).reversed().peekable();
    if chars.peek().map(|c| class_of(*c)) == Some(CharClass::LineEnd) {
        here = prev_grapheme(rope, here);
        chars = rope.chars_at(here).reversed().peekable();
    }
    while chars
        .next_if(|c| class_of(*c) == CharClass::Space)
        .is_some()
    {
        here -= 1;
    }
    let Some(class) = chars.peek().map(|c| class_of(*c)) else {
        return here;
    };
    if class == CharClass::LineEnd {
        return here;
    }
    while chars.next_if(|c| class_of(*c) == class).is_some() {
        here -= 1;
    }
    snap_to_grapheme(rope, here)
}

/// The run of one class around `at`: what a double click selects.
pub fn word_around(rope: &Rope, at: usize) -> std::ops::Range<usize> {
    let at = at.min(rope.len_chars());
    let right = rope.get_char(at).map(class_of);
    let left = at
        .checked_sub(1)
        .and_then(|before| rope.get_char(before))
        .map(class_of);
    let class = match (left, right) {
        // At the end of a word the word is meant, not the space behind it.
        (Some(CharClass::Word), Some(right)) if right != CharClass::Word => CharClass::Word,
        (_, Some(CharClass::LineEnd)) | (_, None) => left.unwrap_or(CharClass::LineEnd),
        (_, Some(right)) => right,
    };
    if class == CharClass::LineEnd {
        return at..at;
    }
    let before = rope
        .chars_at(at)
        .reversed()
        .take_while(|c| class_of(*c) == class)
        .count();
    let after = rope
        .chars_at(at)
        .take_while(|c| class_of(*c) == class)
        .count();
    snap_to_grapheme(rope, at - before)..snap_forward(rope, at + after)
}

/// The picture a character is shown as that has no shape of its own, or would reorder the text around it so that
/// code reads as something else than it is (CVE-2021-42574). `None` for all others.
pub fn picture_of(c: char) -> Option<char> {
    match c {
        '\t' => None,
        c if c.is_control() => Some(NO_SHAPE),
        '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => Some(NO_SHAPE),
        _ => None,
    }
}

/// Stands for a character without a shape.
const NO_SHAPE: char = '\u{a4}';

/// Cells `c` takes in the code face.
pub fn cells_of(c: char) -> usize {
    match c {
        '\t' => TAB_CELLS,
        c if picture_of(c).is_some() => 1,
        c => c.width().unwrap_or(1),
    }
}

/// Cells taken by the first `chars` characters of `line`.
pub fn cells_before(line: RopeSlice<'_>, chars: usize) -> usize {
    let mut cells = 0;
    let mut left = chars;
    for chunk in line.chunks() {
        if left == 0 {
            break;
        }
        // The usual case at memory speed: one cell a byte.
        if chunk.len() <= left && plain(chunk) {
            cells += chunk.len();
            left -= chunk.len();
            continue;
        }
        for c in chunk.chars().take(left) {
            cells += cells_of(c);
            left -= 1;
        }
    }
    cells
}

/// The character of `line` that stands at `cells`, nearest.
pub fn char_at_cells(line: RopeSlice<'_>, cells: usize) -> usize {
    let mut seen = 0;
    let mut chars = 0;
    for chunk in line.chunks() {
        if seen + chunk.len() <= cells && plain(chunk) {
            seen += chunk.len();
            chars += chunk.len();
            continue;
        }
        for c in chunk.chars() {
            let width = cells_of(c);
            if seen + width.div_ceil(2) > cells && width > 0 {
                return chars;
            }
            seen += width;
            chars += 1;
        }
    }
    chars
}

fn plain(chunk: &str) -> bool {
    chunk.is_ascii() && !chunk.as_bytes().contains(&b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphemes_are_never_split() {
        let rope = Rope::from_str("a👩‍👩‍👧e\u{301}\r\nb");
        let mut stops = vec![0];
        while let Some(last) = stops.last().copied()
            && last < rope.len_chars()
        {
            stops.push(next_grapheme(&rope, last));
        }
        assert_eq!(stops, [0, 1, 6, 8, 10, 11]);
        let mut back = vec![rope.len_chars()];
        while let Some(last) = back.last().copied()
            && last > 0
        {
            back.push(prev_grapheme(&rope, last));
        }
        back.reverse();
        assert_eq!(back, stops);
        assert_eq!(snap_to_grapheme(&rope, 4), 1);
    }

    #[test]
    fn graphemes_across_the_chunks_of_a_long_text() {
        let text = "e\u{301}".repeat(5_000);
        let rope = Rope::from_str(&text);
        let mut at = 0;
        for step in 1..=5_000 {
            at = next_grapheme(&rope, at);
            assert_eq!(at, step * 2);
        }
        for step in (0..5_000).rev() {
            at = prev_grapheme(&rope, at);
            assert_eq!(at, step * 2);
        }
    }

    #[test]
    fn words_stop_where_an_author_expects() {
        let rope = Rope::from_str("  user.$name = 12;\n  x");
        let mut right = vec![0];
        while let Some(last) = right.last().copied()
            && last < rope.len_chars()
        {
            right.push(next_word(&rope, last));
        }
        assert_eq!(right, [0, 6, 7, 12, 14, 17, 18, 22]);
        assert_eq!(prev_word(&rope, 18), 17);
        assert_eq!(prev_word(&rope, 12), 7);
        assert_eq!(prev_word(&rope, 2), 0);
        assert_eq!(word_around(&rope, 12), 7..12);
    }

    /// Found by random edits: the joiners of an emoji counted as a word of their own.
    #[test]
    fn words_do_not_end_within_a_grapheme() {
        let rope = Rope::from_str("a👩‍👩‍👧 b");
        assert_eq!(next_word(&rope, 1), 6);
        assert_eq!(prev_word(&rope, 6), 1);
    }

    #[test]
    fn cells_count_wide_characters_and_tabs() {
        let rope = Rope::from_str("\t日x");
        assert_eq!(cells_before(rope.slice(..), 2), 6);
        assert_eq!(char_at_cells(rope.slice(..), 6), 2);
        assert_eq!(char_at_cells(rope.slice(..), 0), 0);
        assert_eq!(char_at_cells(rope.slice(..), 99), 3);
    }

    #[test]
    fn a_carriage_return_belongs_to_the_line_end() {
        let rope = Rope::from_str("ab\r\ncd");
        assert_eq!(line_text(&rope, 0), "ab");
        assert_eq!(line_end(&rope, 0), 2);
        assert_eq!(line_start(&rope, 1), 4);
        assert_eq!(line_end(&rope, 1), 6);
    }
}
