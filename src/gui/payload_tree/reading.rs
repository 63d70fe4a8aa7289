//! The text of a pane as a tree, read once for each revision; a large text is read on a thread of its own.

use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::{self, TryRecvError};
use std::thread;

use eframe::egui::Context;

use crate::assist::json_source::{Edit, JsonSource, ReadError};
use crate::gui::editor::EditorState;

/// Texts of more bytes are not read while a frame waits for it.
const MOST_AT_ONCE: usize = 64 * 1024;

/// What came of reading.
type Read = Result<JsonSource, ReadError>;

/// The tree of the newest text that had one.
#[derive(Debug, Default)]
pub struct Reading {
    source: Arc<JsonSource>,
    /// The revision that was read last, and what was wrong with it.
    read: Option<(u64, Option<ReadError>)>,
    /// The revision being read elsewhere.
    job: Option<(u64, mpsc::Receiver<Read>)>,
    /// What made the text of a revision that is not read yet.
    made_by: Option<(u64, Cause)>,
}

/// What the tree itself did to the text.
#[derive(Clone, Debug)]
pub enum Cause {
    Edit(Edit),
    /// A step was taken back, or done again.
    Step,
}

/// How a text became another: what stands in `changes` was replaced by so many bytes.
#[derive(Debug, Default)]
pub struct Change {
    pub old: Arc<JsonSource>,
    pub changes: Vec<(Range<usize>, usize)>,
    /// Values that went elsewhere.
    pub moved: Vec<(Range<usize>, usize)>,
    /// The byte of the new text to look at.
    pub target: Option<usize>,
}

impl Reading {
    /// The tree; empty before there was one.
    pub fn source(&self) -> &Arc<JsonSource> {
        &self.source
    }

    /// What is wrong with the text that was read last.
    pub fn fault(&self) -> Option<&ReadError> {
        self.read.as_ref()?.1.as_ref()
    }

    /// True while nothing has been read yet.
    pub fn is_waiting(&self) -> bool {
        self.read.is_none()
    }

    /// Whether the tree is that of the text as it stands.
    pub fn is_current(&self, editor: &EditorState) -> bool {
        self.read == Some((editor.revision(), None))
    }

    /// Follows the text; a large one in the background. Tells how it changed once the new tree is there.
    pub fn follow(&mut self, ctx: &Context, editor: &EditorState) -> Option<Change> {
        let revision = editor.revision();
        if let Some((of, receiver)) = &self.job {
            match receiver.try_recv() {
                Ok(read) => {
                    let of = *of;
                    self.job = None;
                    return self.take(of, read);
                }
                Err(TryRecvError::Empty) => return None,
                Err(TryRecvError::Disconnected) => self.job = None,
            }
        }
        if self.read.as_ref().is_some_and(|(of, _)| *of == revision) {
            return None;
        }
        if editor.len_bytes() <= MOST_AT_ONCE {
            return self.read_now(editor);
        }
        let (sender, receiver) = mpsc::channel();
        let (rope, ctx) = (editor.rope().clone(), ctx.clone());
        let started = thread::Builder::new()
            .name("json tree".to_owned())
            .spawn(move || {
                // Nobody waits for it where the pane was closed.
                let _ = sender.send(JsonSource::read(rope.to_string()));
                ctx.request_repaint();
            });
        if started.is_err() {
            return self.read_now(editor);
        }
        self.job = Some((revision, receiver));
        None
    }

    /// Notes what made the text of the one that was read last. A small one is read at once.
    pub fn made(&mut self, editor: &EditorState, by: Cause) -> Option<Change> {
        self.made_by = Some((editor.revision(), by));
        if editor.len_bytes() <= MOST_AT_ONCE {
            return self.read_now(editor);
        }
        None
    }

    /// Reads the text here and now, where an edit needs its places.
    pub fn read_now(&mut self, editor: &EditorState) -> Option<Change> {
        let revision = editor.revision();
        if self.read.as_ref().is_some_and(|(of, _)| *of == revision) {
            return None;
        }
        self.job = None;
        self.take(revision, JsonSource::read(editor.text()))
    }

    fn take(&mut self, revision: u64, read: Read) -> Option<Change> {
        let cause = self.made_by.take_if(|(of, _)| *of <= revision);
        let cause = cause.filter(|(of, _)| *of == revision);
        match read {
            Ok(new) => {
                self.read = Some((revision, None));
                let old = std::mem::replace(&mut self.source, Arc::new(new));
                Some(match cause {
                    Some((_, Cause::Edit(edit))) => Change {
                        changes: edit
                            .changes
                            .iter()
                            .map(|(range, text)| (range.clone(), text.len()))
                            .collect(),
                        moved: edit.moved,
                        target: Some(edit.target),
                        old,
                    },
                    cause => {
                        let (range, length) = difference(old.text(), self.source.text());
                        Change {
                            target: cause.map(|_| range.start),
                            changes: vec![(range, length)],
                            moved: Vec::new(),
                            old,
                        }
                    }
                })
            }
            Err(error) => {
                self.read = Some((revision, Some(error)));
                None
            }
        }
    }
}

/// The stretch of `old` that became another, and how long that is in `new`.
fn difference(old: &str, new: &str) -> (Range<usize>, usize) {
    let (old, new) = (old.as_bytes(), new.as_bytes());
    let before = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - before;
    let behind = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(most)
        .take_while(|(a, b)| a == b)
        .count();
    (before..old.len() - behind, new.len() - behind - before)
}

impl Change {
    /// For places of the new text, asked in ascending order, where they stood in the old one.
    pub fn backwards(&self) -> impl FnMut(usize) -> Option<usize> {
        let mut at = 0;
        let mut shift = 0_isize;
        move |byte| {
            if let Some((from, to)) = self
                .moved
                .iter()
                .find(|(from, to)| (*to..to + from.len()).contains(&byte))
            {
                return Some(from.start + (byte - to));
            }
            while let Some((range, length)) = self.changes.get(at) {
                let start = range.start.checked_add_signed(shift)?;
                if byte < start {
                    break;
                }
                if byte < start + length {
                    return None;
                }
                shift += signed(*length) - signed(range.len());
                at += 1;
            }
            byte.checked_add_signed(-shift)
        }
    }

    /// Where a place of the old text stands in the new one; `None` where it was replaced.
    pub fn forwards(&self, byte: usize) -> Option<usize> {
        if let Some((from, to)) = self.moved.iter().find(|(from, _)| from.contains(&byte)) {
            return Some(to + (byte - from.start));
        }
        let mut shift = 0_isize;
        for (range, length) in &self.changes {
            if byte < range.start {
                break;
            }
            if range.contains(&byte) {
                return None;
            }
            shift += signed(*length) - signed(range.len());
        }
        byte.checked_add_signed(shift)
    }

    /// Where the text begins to be another, in the new one as in the old one.
    pub fn start(&self) -> usize {
        self.changes.first().map_or(0, |(range, _)| range.start)
    }
}

fn signed(length: usize) -> isize {
    isize::try_from(length).unwrap_or(isize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_carried_over_a_change_and_back() {
        let change = Change {
            changes: vec![difference("[1, 22, 3]", "[1, 4, 55, 3]")],
            ..Change::default()
        };
        assert_eq!(change.forwards(1), Some(1));
        assert_eq!(change.forwards(8), Some(11));
        assert_eq!(change.forwards(4), None);
        let mut back = change.backwards();
        assert_eq!(back(1), Some(1));
        assert_eq!(back(4), None);
        assert_eq!(back(11), Some(8));
        assert_eq!(difference("aa", "a"), (1..2, 0));
        assert_eq!(difference("", "x"), (0..0, 1));
    }

    #[test]
    fn values_that_change_places_are_followed() {
        let source = JsonSource::read("[[1], {\"a\": [2]}]".to_owned()).unwrap();
        let edit = source.move_by_one(1, true).unwrap();
        let change = Change {
            changes: edit
                .changes
                .iter()
                .map(|(range, text)| (range.clone(), text.len()))
                .collect(),
            moved: edit.moved.clone(),
            target: None,
            old: Arc::new(source),
        };
        // [{"a": [2]}, [1]]
        assert_eq!(change.forwards(1), Some(13));
        assert_eq!(change.forwards(6), Some(1));
        let mut back = change.backwards();
        assert_eq!((back(1), back(7), back(13)), (Some(6), Some(12), Some(1)));
    }
}
