//! Marks on the text: errors and warnings with their messages, which move along while the text is edited.

use std::ops::Range;

use super::boundaries;
use super::buffer::Buffer;
use super::transaction::Transaction;

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
    pub message: String,
}

/// A marker with its place as characters of the text as it now stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub range: Range<usize>,
    pub severity: Severity,
    pub message: String,
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
        }
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
        }
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
