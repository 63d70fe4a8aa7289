//! Marks on the text: errors and warnings with their messages, which move along while the text is edited.

use std::ops::Range;

use ropey::Rope;

use super::boundaries;
use super::buffer::Buffer;
use super::transaction::Transaction;
use crate::syntax::{Fix, Place};

/// How bad a marker is; decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Info,
}

/// A message about a place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// 1-based.
    pub line: u32,
    /// 1-based, in UTF-16 units.
    pub column: u32,
    /// Line and column one past the end; without it the word at the place is meant.
    pub end: Option<(u32, u32)>,
    pub severity: Severity,
    /// What is wrong and what to do, in a sentence.
    pub message: String,
    /// Where that is known from, and by which code it is silenced.
    pub detail: Option<String>,
    /// Repairs, the likeliest first.
    pub fixes: Vec<Fix>,
}

/// A marker as it is listed: where it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem<'a> {
    /// 1-based.
    pub line: usize,
    /// 1-based, in UTF-16 units.
    pub column: usize,
    pub severity: Severity,
    pub message: &'a str,
    pub detail: Option<&'a str>,
    pub fixable: bool,
}

/// A repair with its places as characters of the text as it now stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlacedFix {
    pub title: String,
    edits: Vec<PlacedEdit>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct PlacedEdit {
    range: Range<usize>,
    /// What stood there when the repair was found.
    was: String,
    text: String,
}

impl PlacedFix {
    fn of(buffer: &Buffer, fix: Fix) -> Self {
        let at = |place: Place| buffer.position(place.line, place.column);
        let edits = fix.edits.into_iter().map(|edit| {
            let range = at(edit.start)..at(edit.end).max(at(edit.start));
            PlacedEdit {
                was: buffer.rope().slice(range.clone()).to_string(),
                range,
                text: edit.text,
            }
        });
        Self {
            title: fix.title,
            edits: edits.collect(),
        }
    }

    fn carry(&mut self, edit: &Transaction) {
        for part in &mut self.edits {
            let start = edit.carry(part.range.start, true);
            part.range = start..edit.carry(part.range.end, true).max(start);
        }
    }

    /// Whether what it replaces still stands there.
    fn fits(&self, rope: &Rope) -> bool {
        self.edits.iter().all(|edit| {
            edit.range.end <= rope.len_chars()
                && rope.slice(edit.range.clone()) == edit.was.as_str()
        })
    }

    /// The repair as an edit of the text.
    pub fn transaction(&self, rope: &Rope) -> Transaction {
        let edits = self.edits.iter();
        Transaction::replace(
            rope,
            edits
                .map(|edit| (edit.range.clone(), edit.text.clone()))
                .collect(),
        )
    }
}

/// A marker with its place as characters of the text as it now stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub range: Range<usize>,
    pub severity: Severity,
    pub message: String,
    pub detail: Option<String>,
    pub fixes: Vec<PlacedFix>,
}

impl Placed {
    /// Message and detail, as a tooltip shows them.
    pub fn text(&self) -> String {
        match &self.detail {
            Some(detail) => format!("{}\n{detail}", self.message),
            None => self.message.clone(),
        }
    }
}

/// The markers of one text.
#[derive(Debug, Default)]
pub(super) struct Markers {
    placed: Vec<Placed>,
}

impl Markers {
    /// Takes over `markers`, counted in the text of `buffer` as it stands.
    pub fn set(&mut self, buffer: &Buffer, markers: Vec<Marker>) {
        self.placed = markers
            .into_iter()
            .map(|marker| {
                let start = buffer.position(marker.line, marker.column);
                let end = marker
                    .end
                    .map(|(line, column)| buffer.position(line, column))
                    .filter(|end| *end > start)
                    .unwrap_or_else(|| word_end(buffer, start));
                Placed {
                    range: start..end,
                    severity: marker.severity,
                    message: marker.message,
                    detail: marker.detail,
                    fixes: marker
                        .fixes
                        .into_iter()
                        .map(|fix| PlacedFix::of(buffer, fix))
                        .collect(),
                }
            })
            .collect();
        // The worst is drawn last, over the others.
        self.placed
            .sort_by_key(|placed| std::cmp::Reverse(placed.severity));
    }

    /// Moves the markers along with an edit.
    pub fn carry(&mut self, edit: &Transaction) {
        for placed in &mut self.placed {
            let start = edit.carry(placed.range.start, true);
            placed.range = start..edit.carry(placed.range.end, false).max(start);
            for fix in &mut placed.fixes {
                fix.carry(edit);
            }
        }
    }

    /// All of them, in the order of the text, the worst of a place first.
    pub fn in_order(&self) -> Vec<&Placed> {
        let mut all: Vec<&Placed> = self.placed.iter().collect();
        all.sort_by_key(|placed| (placed.range.start, placed.severity));
        all
    }

    /// The repairs for what touches `at`; for the rest of `line` where nothing does.
    pub fn fixes_at(&self, rope: &Rope, at: usize, line: Range<usize>) -> Vec<PlacedFix> {
        let of = |range: Range<usize>| {
            let mut touched: Vec<&Placed> = self.within(range).collect();
            touched.sort_by_key(|placed| (placed.severity, placed.range.start));
            let mut fixes: Vec<PlacedFix> = Vec::new();
            for fix in touched.into_iter().flat_map(|placed| &placed.fixes) {
                if fix.fits(rope) && !fixes.contains(fix) {
                    fixes.push(fix.clone());
                }
            }
            fixes
        };
        let here = of(at..at);
        if here.is_empty() { of(line) } else { here }
    }

    pub fn len(&self) -> usize {
        self.placed.len()
    }

    pub fn clear(&mut self) {
        self.placed.clear();
    }

    /// Those that touch the characters of `range`, the mildest first.
    pub fn within(&self, range: Range<usize>) -> impl Iterator<Item = &Placed> {
        self.placed.iter().filter(move |placed| {
            placed.range.start <= range.end
                && placed.range.end.max(placed.range.start) >= range.start
        })
    }
}

fn word_end(buffer: &Buffer, start: usize) -> usize {
    let rope = buffer.rope();
    let line = rope.char_to_line(start);
    let end = boundaries::next_word(rope, start).min(boundaries::line_end(rope, line));
    if end > start {
        end
    } else {
        // At a line's end one cell is drawn; nothing is there to underline.
        start
    }
}

#[cfg(test)]
mod tests {
    use super::super::buffer::Language;
    use super::super::history::EditKind;
    use super::*;

    fn marker(line: u32, column: u32) -> Marker {
        Marker {
            line,
            column,
            end: None,
            severity: Severity::Error,
            message: "unexpected".to_owned(),
            detail: None,
            fixes: Vec::new(),
        }
    }

    #[test]
    fn a_repair_moves_along_and_is_gone_when_its_text_is() {
        let mut buffer = Buffer::new("a\nlet value = 1;", Language::JavaScript);
        let lines = crate::syntax::Lines::new("a\nlet value = 1;");
        let fix = Fix::of_bytes(&lines, "rename", vec![(6..11, "other".to_owned())]);
        let mut markers = Markers::default();
        let marked = Marker {
            fixes: vec![fix],
            ..marker(2, 5)
        };
        markers.set(&buffer, vec![marked]);
        let mut change = |range: Range<usize>, text: &str, markers: &mut Markers| {
            let edit = Transaction::replace(buffer.rope(), vec![(range, text.to_owned())]);
            let selection = buffer.selection();
            buffer.edit(edit.clone(), selection, EditKind::Whole);
            markers.carry(&edit);
            let rope = buffer.rope().clone();
            let line = rope.line_to_char(1)..rope.len_chars();
            let fixes = markers.fixes_at(&rope, rope.len_chars(), line);
            fixes.first().map(|fix| {
                let mut fixed = rope.clone();
                fix.transaction(&rope).apply(&mut fixed);
                fixed.to_string()
            })
        };
        assert_eq!(
            change(0..0, "xx", &mut markers).as_deref(),
            Some("xxa\nlet other = 1;")
        );
        assert_eq!(change(9..10, "A", &mut markers), None);
    }

    #[test]
    fn a_marker_takes_the_word_and_moves_with_it() {
        let mut buffer = Buffer::new("a\nlet value = 1;", Language::JavaScript);
        let mut markers = Markers::default();
        markers.set(&buffer, vec![marker(2, 5), marker(99, 99)]);
        assert_eq!(markers.placed[0].range, 6..11);
        assert_eq!(markers.placed[1].range, 16..16);
        let edit = Transaction::replace(buffer.rope(), vec![(0..0, "xx".to_owned())]);
        let selection = buffer.selection();
        buffer.edit(edit.clone(), selection, EditKind::Whole);
        markers.carry(&edit);
        assert_eq!(markers.placed[0].range, 8..13);
    }
}
