//! Soft wrap: where lines are broken that are longer than the pane is wide, and how many rows that makes. Counted in
//! cells, so that it needs no screen; only lines that are broken are kept, and an edit looks at its own lines alone.

use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use ropey::{Rope, RopeSlice};
use unicode_segmentation::UnicodeSegmentation as _;

use super::boundaries::{TAB_CELLS, cells_before, cells_of, line_text};
use super::transaction::LineEdit;

/// A pane narrower than this many cells is taken to be as wide.
const LEAST_CELLS: usize = 12;
/// How many rows before an edit are broken anew: a shorter word may fit into the row above.
const ROWS_BEFORE: usize = 2;

/// A line on several rows.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Broken {
    line: usize,
    /// Rows that lines before this one take beyond one each.
    above: usize,
    /// Where its second and further rows begin, in bytes of the line.
    breaks: Vec<usize>,
}

/// The broken lines of a text, in order. Off until it is told a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wraps {
    cells: Option<usize>,
    broken: Vec<Broken>,
}

impl Wraps {
    /// Breaks all lines for a pane of so many cells, or none. False when that is how they are broken.
    pub fn set(&mut self, rope: &Rope, cells: Option<usize>) -> bool {
        if self.is_for(cells) {
            return false;
        }
        self.cells = cells.map(|cells| cells.max(LEAST_CELLS));
        self.renew(rope);
        true
    }

    /// Breaks all lines of another text.
    pub fn renew(&mut self, rope: &Rope) {
        self.broken = self
            .cells
            .map(|cells| {
                rope.lines()
                    .enumerate()
                    .filter_map(|(line, text)| broken(without_end(text), line, cells))
                    .collect()
            })
            .unwrap_or_default();
        self.count_from(0);
    }

    /// Whether lines are broken for a pane of so many cells.
    pub fn is_for(&self, cells: Option<usize>) -> bool {
        self.cells == cells.map(|cells| cells.max(LEAST_CELLS))
    }

    pub fn is_on(&self) -> bool {
        self.cells.is_some()
    }

    /// Rows a line takes.
    pub fn rows(&self, line: usize) -> usize {
        self.breaks(line).len() + 1
    }

    /// Where the second and further rows of a line begin, in bytes of the line.
    pub fn breaks(&self, line: usize) -> &[usize] {
        match self.broken.binary_search_by_key(&line, |one| one.line) {
            Ok(at) => self.broken.get(at).map_or(&[], |one| &one.breaks),
            Err(_) => &[],
        }
    }

    /// Rows that lines before `line` take beyond one each.
    pub fn above(&self, line: usize) -> usize {
        let at = self.broken.partition_point(|one| one.line < line);
        match at.checked_sub(1).and_then(|before| self.broken.get(before)) {
            Some(one) => one.above + one.breaks.len(),
            None => 0,
        }
    }

    /// The characters of a line's row, counted in the text; the last one ends before the line ending.
    pub fn row(&self, rope: &Rope, line: usize, index: usize) -> Range<usize> {
        let start = super::boundaries::line_start(rope, line);
        let end = super::boundaries::line_end(rope, line);
        let breaks = self.breaks(line);
        if breaks.is_empty() {
            return start..end;
        }
        let first = rope.line_to_byte(line.min(rope.len_lines()));
        let place = |at: &usize| {
            rope.byte_to_char((first + at).min(rope.len_bytes()))
                .min(end)
        };
        let from = index
            .checked_sub(1)
            .and_then(|before| breaks.get(before))
            .map_or(start, place);
        let to = breaks.get(index).map_or(end, place);
        from..to.max(from)
    }

    /// Which of its line's rows a character stands in; one where a row begins stands there, not at the end before it.
    pub fn index_of(&self, rope: &Rope, line: usize, at: usize) -> usize {
        let breaks = self.breaks(line);
        if breaks.is_empty() {
            return 0;
        }
        let column = rope
            .char_to_byte(at.min(rope.len_chars()))
            .saturating_sub(rope.line_to_byte(line));
        breaks.partition_point(|start| *start <= column)
    }

    /// Cells by which a line's further rows are indented: as its text is, within reason.
    pub fn indent(&self, rope: &Rope, line: usize) -> usize {
        self.cells
            .map_or(0, |cells| indent(line_text(rope, line), cells))
    }

    /// Follows an edit; `rope` is the text after it.
    pub fn carry(&mut self, edits: &[LineEdit], rope: &Rope) {
        let Some(cells) = self.cells else { return };
        if let [edit] = edits
            && (edit.old, edit.new) == (1, 1)
        {
            self.carry_within(edit, rope, cells);
            return;
        }
        let mut stale: Vec<Range<usize>> = Vec::new();
        for edit in edits {
            let touched = edit.first..edit.first + edit.old;
            let moved = |line: usize| (line + edit.new).saturating_sub(edit.old);
            self.broken.retain_mut(|one| {
                if one.line >= touched.end {
                    one.line = moved(one.line);
                    return true;
                }
                one.line < touched.start
            });
            for known in &mut stale {
                if known.start >= touched.end {
                    *known = moved(known.start)..moved(known.end);
                } else if known.end > touched.start {
                    let end = moved(known.end.max(touched.end));
                    *known = known.start.min(touched.start)..end;
                }
            }
            stale.push(edit.first..edit.first + edit.new);
        }
        let lines = rope.len_lines();
        for range in &stale {
            let range = range.start.min(lines)..range.end.min(lines);
            let from = self.broken.partition_point(|one| one.line < range.start);
            let to = self.broken.partition_point(|one| one.line < range.end);
            let anew = range.filter_map(|line| broken(line_text(rope, line), line, cells));
            let anew: Vec<Broken> = anew.collect();
            self.broken.splice(from..to.max(from), anew);
        }
        let first = stale.iter().map(|range| range.start).min().unwrap_or(0);
        self.count_from(self.broken.partition_point(|one| one.line < first));
    }

    /// An edit within one line: its rows before the edit stay, and those after it from where they are the same again.
    fn carry_within(&mut self, edit: &LineEdit, rope: &Rope, cells: usize) {
        let line = edit.first;
        let place = self.broken.binary_search_by_key(&line, |one| one.line);
        let at = match place {
            Ok(at) | Err(at) => at,
        };
        let old = match place {
            Ok(at) => std::mem::take(&mut self.broken[at].breaks),
            Err(_) => Vec::new(),
        };
        let text = line_text(rope, line);
        let breaks = if indent_reaches(text, edit.column) {
            breaks_of(text, cells)
        } else {
            mended(text, cells, &old, edit)
        };
        match (place, breaks.is_empty()) {
            (Ok(at), true) => drop(self.broken.remove(at)),
            (Ok(at), false) => self.broken[at].breaks = breaks,
            (Err(_), true) => return,
            (Err(at), false) => self.broken.insert(
                at,
                Broken {
                    line,
                    above: 0,
                    breaks,
                },
            ),
        }
        self.count_from(at);
    }

    fn count_from(&mut self, at: usize) {
        let mut above = match at.checked_sub(1).and_then(|before| self.broken.get(before)) {
            Some(one) => one.above + one.breaks.len(),
            None => 0,
        };
        for one in self.broken.iter_mut().skip(at) {
            one.above = above;
            above += one.breaks.len();
        }
    }
}

fn without_end(line: RopeSlice<'_>) -> RopeSlice<'_> {
    let mut end = line.len_chars();
    if end > 0 && line.get_char(end - 1) == Some('\n') {
        end -= 1;
        if end > 0 && line.get_char(end - 1) == Some('\r') {
            end -= 1;
        }
    }
    line.slice(..end)
}

fn broken(text: RopeSlice<'_>, line: usize, cells: usize) -> Option<Broken> {
    let breaks = breaks_of(text, cells);
    (!breaks.is_empty()).then_some(Broken {
        line,
        above: 0,
        breaks,
    })
}

fn breaks_of(text: RopeSlice<'_>, cells: usize) -> Vec<usize> {
    // No character takes more cells than bytes, but for the tab.
    let bytes = text.len_bytes();
    if bytes * TAB_CELLS <= cells || (bytes <= cells && !text.chars().any(|c| c == '\t')) {
        return Vec::new();
    }
    let mut breaks = Vec::new();
    break_from(text, cells, &mut breaks, |_| false);
    breaks
}

/// The breaks after an edit, from those before it.
fn mended(text: RopeSlice<'_>, cells: usize, old: &[usize], edit: &LineEdit) -> Vec<usize> {
    let before = old.partition_point(|start| *start <= edit.column);
    let mut breaks: Vec<usize> = old
        .iter()
        .copied()
        .take(before.saturating_sub(ROWS_BEFORE))
        .collect();
    let edited = edit.column + edit.inserted;
    let mut same = None;
    break_from(text, cells, &mut breaks, |start| {
        if start <= edited {
            return false;
        }
        same = old
            .binary_search(&(start - edit.inserted + edit.removed))
            .ok();
        same.is_some()
    });
    if let Some(same) = same {
        let rest = old.iter().skip(same + 1);
        breaks.extend(rest.map(|start| start + edit.inserted - edit.removed));
    }
    breaks
}

/// Adds breaks behind those there are, up to the line's end or where `enough` says so.
fn break_from(
    text: RopeSlice<'_>,
    cells: usize,
    breaks: &mut Vec<usize>,
    mut enough: impl FnMut(usize) -> bool,
) {
    let indent = indent(text, cells);
    loop {
        let start = breaks.last().copied().unwrap_or(0);
        let room = if start == 0 { cells } else { cells - indent };
        let Some(length) = row_length(text.byte_slice(start..), room) else {
            return;
        };
        breaks.push(start + length);
        if enough(start + length) {
            return;
        }
    }
}

/// Bytes of the row that `text` begins with; `None` where all of it fits.
fn row_length(text: RopeSlice<'_>, room: usize) -> Option<usize> {
    let all = text.len_chars();
    let mut chars = (room + 2).min(all);
    loop {
        let shown = text.slice(..chars).to_string();
        match edge(&shown, room) {
            Some(edge) if edge < shown.len() || chars < all => {
                return Some(break_before(&shown, edge));
            }
            // Characters without width: more of them fit.
            _ if chars < all => chars = (chars * 2).min(all),
            _ => return None,
        }
    }
}

/// Where `text` goes beyond `room` cells, in bytes. A space may stand beyond, nobody sees it.
fn edge(text: &str, room: usize) -> Option<usize> {
    let mut cells = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let width: usize = grapheme.chars().map(cells_of).sum();
        if cells + width > room && at > 0 {
            return Some(if grapheme == " " { at + 1 } else { at });
        }
        cells += width;
    }
    None
}

/// The last place up to `edge` where Unicode lets a line be broken; `edge` where there is none.
fn break_before(text: &str, edge: usize) -> usize {
    LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default())
        .segment_str(text)
        .skip_while(|at| *at == 0)
        .take_while(|at| *at <= edge)
        .last()
        .unwrap_or(edge)
}

fn indent(text: RopeSlice<'_>, cells: usize) -> usize {
    let blank = text
        .chars()
        .take(cells)
        .take_while(|c| matches!(c, ' ' | '\t'))
        .count();
    cells_before(text, blank).min(cells / 2)
}

/// Whether what stands at a byte decides how far the line is indented.
fn indent_reaches(text: RopeSlice<'_>, column: usize) -> bool {
    let blank = text.chars().take_while(|c| matches!(c, ' ' | '\t')).count();
    column <= blank
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::editor::transaction::Transaction;

    fn rows(text: &str, cells: usize) -> Vec<String> {
        let rope = Rope::from_str(text);
        let mut wraps = Wraps::default();
        wraps.set(&rope, Some(cells));
        let mut rows = Vec::new();
        for line in 0..rope.len_lines() {
            for index in 0..wraps.rows(line) {
                rows.push(rope.slice(wraps.row(&rope, line, index)).to_string());
            }
        }
        rows
    }

    #[test]
    fn lines_are_broken_between_words_and_through_what_is_longer_than_the_pane() {
        assert_eq!(
            rows("var first = second + third;\nx", 16),
            ["var first = ", "second + third;", "x"]
        );
        assert_eq!(
            rows("abcdefghijklmnopqrstuvwxyz", 12),
            ["abcdefghijkl", "mnopqrstuvwx", "yz"]
        );
        // The space behind a row that is just full stands beyond it.
        assert_eq!(rows("abcdef abcde f", 12), ["abcdef abcde ", "f"]);
        assert_eq!(rows("abcdef abcde ", 12), ["abcdef abcde "]);
        assert_eq!(rows("", 12), [""]);
    }

    #[test]
    fn further_rows_are_narrower_by_the_indentation() {
        assert_eq!(
            rows("    one two three four", 14),
            ["    one two ", "three four"]
        );
        let rope = Rope::from_str("\t\t\t\tdeep");
        let mut wraps = Wraps::default();
        wraps.set(&rope, Some(14));
        assert_eq!(wraps.indent(&rope, 0), 7);
    }

    #[test]
    fn wide_characters_count_twice_and_graphemes_stay_whole() {
        assert_eq!(rows("日本語日本語日本語", 12), ["日本語日本語", "日本語"]);
        let family = "👩‍👩‍👧";
        for row in rows(&family.repeat(30), 12) {
            assert_eq!(row.replace(family, ""), "");
        }
        assert_eq!(rows(&"e\u{301}".repeat(12), 12).len(), 1);
    }

    #[test]
    fn rows_are_counted_over_broken_lines() {
        let rope = Rope::from_str("one two three four\nx\none two three four\n");
        let mut wraps = Wraps::default();
        assert!(wraps.set(&rope, Some(12)));
        assert!(!wraps.set(&rope, Some(12)));
        assert_eq!(
            (0..4)
                .map(|line| (wraps.above(line), wraps.rows(line)))
                .collect::<Vec<_>>(),
            [(0, 2), (1, 1), (1, 2), (2, 1)]
        );
        assert_eq!(wraps.row(&rope, 2, 1), 29..39);
        assert_eq!(wraps.index_of(&rope, 2, 28), 0);
        assert_eq!(wraps.index_of(&rope, 2, 29), 1);
        assert!(wraps.set(&rope, None) && !wraps.is_on());
        assert_eq!(wraps.rows(0), 1);
    }

    proptest::proptest! {
        /// Whatever is edited, the rows are those of the text broken as a whole.
        #[test]
        fn edits_break_lines_as_the_whole_text_would_be(
            text in "([ab,. \t日é]{0,40}\n?){0,6}",
            edits in proptest::collection::vec((0_usize..200, 0_usize..30, "[ab \n,日]{0,20}"), 1..12),
        ) {
            let mut rope = Rope::from_str(&text);
            let mut wraps = Wraps::default();
            wraps.set(&rope, Some(14));
            for (at, removed, inserted) in edits {
                let len = rope.len_chars();
                let start = at.min(len);
                let transaction = Transaction::replace(&rope, vec![
                    (start / 2..start / 2, inserted.clone()),
                    (start..(start + removed).min(len), inserted),
                ]);
                let lines = transaction.apply(&mut rope);
                wraps.carry(&lines, &rope);
                let mut whole = Wraps::default();
                whole.set(&rope, Some(14));
                proptest::prop_assert_eq!(&wraps.broken, &whole.broken);
            }
        }

        #[test]
        fn an_edit_within_a_line_breaks_it_as_a_whole(
            text in "[ ]{0,5}[ab,. \t日é-]{0,200}",
            edits in proptest::collection::vec((0_usize..200, 0_usize..30, "[ab ,日]{0,20}"), 1..8),
        ) {
            let mut rope = Rope::from_str(&text);
            let mut wraps = Wraps::default();
            wraps.set(&rope, Some(16));
            for (at, removed, inserted) in edits {
                let len = rope.len_chars();
                let start = at.min(len);
                let transaction =
                    Transaction::replace(&rope, vec![(start..(start + removed).min(len), inserted)]);
                let lines = transaction.apply(&mut rope);
                wraps.carry(&lines, &rope);
                let mut whole = Wraps::default();
                whole.set(&rope, Some(16));
                proptest::prop_assert_eq!(&wraps.broken, &whole.broken);
            }
        }
    }
}
