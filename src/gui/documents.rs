//! The open hooks: code, body, secrets, runs, and what of them is not on disk yet.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ropey::Rope;

use super::body::{Body, BodyProblem};
use super::editor::{EditorState, Language};
use super::runs::RunView;
use crate::auth0::Point;
use crate::workspace::HookEntry;
use crate::workspace::run_history::HistoryEntry;
use crate::workspace::text_file::{Fingerprint, LineEnding, SaveAs, TextFile};

/// Names an open hook for as long as the window lives.
pub type DocId = u64;

/// A strip above the code that asks for a decision or tells of a failure.
#[derive(Clone, Debug, PartialEq)]
pub enum Banner {
    /// The file changed on disk while there are edits here.
    Conflict { text: String, disk: Box<TextFile> },
    /// The file is gone from disk.
    Gone,
    /// The last save failed; the text says why and what to do.
    SaveFailed(String),
    /// The body is no JSON, so nothing was sent.
    Body(BodyProblem),
    /// Anything else worth a sentence.
    Note(String),
}

/// One open hook.
pub struct Document {
    pub id: DocId,
    pub entry: HookEntry,
    pub point: Point,
    /// True while the point is only what the code looks like.
    pub point_guessed: bool,
    pub code: EditorState,
    pub body: Body,
    pub secrets: BTreeMap<String, String>,
    pub run: Option<RunView>,
    pub history: Vec<HistoryEntry>,
    pub banner: Option<Banner>,
    /// What the file had on disk when it was last read or written.
    pub line_ending: LineEnding,
    pub bom: bool,
    pub fingerprint: Option<Fingerprint>,
    /// True while a save is on its way.
    pub saving: bool,
    saved: Rope,
    dirty: Option<(u64, bool)>,
    /// The code's and body's revisions that the draft and the payload store hold.
    pub draft_revision: Option<u64>,
    pub body_revision: u64,
    /// When the last edit was first noticed, for the draft's half second.
    pub edited_at: Option<std::time::Instant>,
}

impl Document {
    /// A hook as it was read.
    pub fn new(
        id: DocId,
        entry: HookEntry,
        (point, point_guessed): (Point, bool),
        file: &TextFile,
        body: Option<&str>,
    ) -> Self {
        let code = EditorState::new(&file.text, Language::JavaScript);
        let body = Body::new(point, body);
        Self {
            id,
            entry,
            point,
            point_guessed,
            saved: code.rope().clone(),
            draft_revision: None,
            body_revision: body.revision(),
            code,
            body,
            secrets: BTreeMap::new(),
            run: None,
            history: Vec::new(),
            banner: None,
            line_ending: file.line_ending,
            bom: file.bom,
            fingerprint: Some(file.fingerprint.clone()),
            saving: false,
            dirty: None,
            edited_at: None,
        }
    }

    /// The file the hook lives in.
    pub fn path(&self) -> &PathBuf {
        &self.entry.script
    }

    /// The name as the top bar shows it, without the `*`.
    pub fn name(&self) -> &str {
        &self.entry.name
    }

    /// The script's file name, as stack traces show it.
    pub fn file_name(&self) -> String {
        self.entry
            .script
            .file_name()
            .map_or_else(|| "hook.js".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// True while the code differs from the file. Compares texts only when the lengths agree.
    pub fn is_dirty(&mut self) -> bool {
        let revision = self.code.revision();
        if let Some((at, dirty)) = self.dirty
            && at == revision
        {
            return dirty;
        }
        let rope = self.code.rope();
        let dirty = rope.len_bytes() != self.saved.len_bytes() || *rope != self.saved;
        self.dirty = Some((revision, dirty));
        dirty
    }

    /// Notes that `text` is what the file now holds.
    pub fn mark_saved(&mut self, text: Rope, fingerprint: Fingerprint) {
        self.saved = text;
        self.fingerprint = Some(fingerprint);
        self.dirty = None;
    }

    /// Takes the file's text over, as an edit that can be undone.
    pub fn take_disk(&mut self, file: &TextFile) {
        self.code.set_text(&file.text);
        self.line_ending = file.line_ending;
        self.bom = file.bom;
        self.mark_saved(self.code.rope().clone(), file.fingerprint.clone());
    }

    /// How a save writes: line ends and BOM as found, and only over the version that was read.
    pub fn save_as(&self) -> SaveAs {
        SaveAs {
            line_ending: self.line_ending,
            bom: self.bom,
            expected: self.fingerprint.clone(),
        }
    }

    /// Changes the point: the panes follow, with the new point's default body.
    pub fn set_point(&mut self, point: Point) {
        if point != self.point {
            self.point = point;
            self.body = Body::new(point, None);
            self.body_revision = 0;
        }
        self.point_guessed = false;
        self.entry.point = Some(point);
    }

    /// True while a worker runs this hook.
    pub fn is_running(&self) -> bool {
        self.run.as_ref().is_some_and(|run| !run.finished)
    }

    /// A number that changes with every edit of code or body.
    pub fn revision(&self) -> u64 {
        self.code
            .revision()
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .wrapping_add(self.body.revision())
    }
}
