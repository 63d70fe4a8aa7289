//! The open hooks: code, body, secrets, runs, and what of them is not on disk yet.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use ropey::Rope;

use super::body::{Body, BodyProblem};
use super::editor::{EditorState, Language, Marker};
use super::outbox::HookOutbox;
use super::runs::RunView;
use crate::assist::SymbolKind;
use crate::auth0::{Kind, Point};
use crate::runner::RunReport;
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
    pub kind: Kind,
    /// True while the point is only what the code looks like.
    pub point_guessed: bool,
    pub code: EditorState,
    pub body: Body,
    pub secrets: BTreeMap<String, String>,
    pub outbox: HookOutbox,
    /// The document of `context.webtask.storage`, JSON text.
    pub storage: Option<String>,
    pub run: Option<RunView>,
    pub history: Vec<HistoryRow>,
    pub banner: Option<Banner>,
    /// What the file had on disk when it was last read or written.
    pub line_ending: LineEnding,
    pub bom: bool,
    pub fingerprint: Option<Fingerprint>,
    /// The bodies typed for other points while this hook was open, so that trying a point loses nothing.
    bodies: BTreeMap<(Point, Kind), Body>,
    saved: Rope,
    dirty: Option<(u64, bool)>,
    /// The revision of code and body that the draft and the payload store hold.
    pub draft_revision: Option<u64>,
    /// When the last edit was first noticed, for the draft's half second.
    pub edited_at: Option<std::time::Instant>,
    /// What does not parse, as last checked.
    pub syntax: Vec<Marker>,
    /// The functions, classes and variables of the code, as last checked while it parsed.
    pub symbols: Vec<ListedSymbol>,
    /// Where the last run failed, with the revision it ran.
    pub fault: Option<(u64, Marker)>,
    /// The code's revision that the last run ran.
    pub run_revision: u64,
    /// The pane that had the cursor last, for commands of the menu.
    pub last_pane: PaneId,
}

/// A function, class or variable of the code, by lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSymbol {
    pub name: String,
    pub kind: SymbolKind,
    /// 1-based.
    pub line: u32,
    /// 1-based, in UTF-16 units.
    pub column: u32,
    /// The last line of all of it, 1-based.
    pub last_line: u32,
    /// How many functions it stands in.
    pub depth: usize,
}

/// A finished run in the list: what is kept on disk, and its report as long as it is still at hand.
pub struct HistoryRow {
    pub entry: HistoryEntry,
    /// Absent for runs of earlier sessions, whose report stands in `entry`.
    pub report: Option<Arc<RunReport>>,
}

impl HistoryRow {
    /// The whole report, if this version of Hookbench can read it.
    pub fn report(&self) -> Option<Arc<RunReport>> {
        match &self.report {
            Some(report) => Some(report.clone()),
            None => serde_json::from_value(self.entry.report.clone())
                .ok()
                .map(Arc::new),
        }
    }
}

/// A text pane of a hook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaneId {
    #[default]
    Code,
    /// The parameter's place in the list of panes.
    Parameter(usize),
    WholeBody,
}

impl Document {
    /// A hook as it was read.
    pub fn new(
        id: DocId,
        entry: HookEntry,
        (point, point_guessed): (Point, bool),
        kind: Kind,
        file: &TextFile,
        body: Option<&str>,
    ) -> Self {
        let code = EditorState::new(&file.text, Language::JavaScript);
        let body = Body::new(point, kind, body);
        Self {
            id,
            entry,
            point,
            kind,
            point_guessed,
            saved: code.rope().clone(),
            draft_revision: None,
            code,
            body,
            secrets: BTreeMap::new(),
            outbox: HookOutbox::default(),
            storage: None,
            run: None,
            history: Vec::new(),
            banner: None,
            line_ending: file.line_ending,
            bom: file.bom,
            fingerprint: Some(file.fingerprint.clone()),
            bodies: BTreeMap::new(),
            dirty: None,
            edited_at: None,
            syntax: Vec::new(),
            symbols: Vec::new(),
            fault: None,
            run_revision: 0,
            last_pane: PaneId::Code,
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
        self.entry.script.file_name().map_or_else(
            || "hook.js".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    /// True while the code differs from the file. Compares texts only when the lengths agree.
    pub fn is_dirty(&mut self) -> bool {
        let revision = self.code.revision();
        if let Some((at, dirty)) = self.dirty
            && at == revision
        {
            return dirty;
        }
        // Without a file everything here is unsaved.
        let rope = self.code.rope();
        let dirty = self.fingerprint.is_none()
            || rope.len_bytes() != self.saved.len_bytes()
            || *rope != self.saved;
        self.dirty = Some((revision, dirty));
        dirty
    }

    /// What the file holds, as far as is known here.
    pub fn saved(&self) -> &Rope {
        &self.saved
    }

    /// Notes that the file is gone: all that stands here is unsaved now.
    pub fn mark_gone(&mut self) {
        self.fingerprint = None;
        self.dirty = None;
        self.draft_revision = None;
    }

    /// Notes that `text` is what the file now holds.
    pub fn mark_saved(&mut self, text: Rope, fingerprint: Fingerprint) {
        self.saved = text;
        self.fingerprint = Some(fingerprint);
        self.dirty = None;
        if *self.code.rope() == self.saved {
            self.code.set_changes(Vec::new());
        }
        // What the draft held is in the file now; the next look discards it.
        self.draft_revision = None;
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
        self.change(point, self.kind);
        self.point_guessed = false;
        self.entry.point = Some(point);
    }

    /// Notes that the code has become a Hook or an Action, for `point` where it tells: the panes follow.
    pub fn set_kind(&mut self, kind: Kind, point: Option<Point>) {
        self.change(point.unwrap_or(self.point), kind);
    }

    fn change(&mut self, point: Point, kind: Kind) {
        if (point, kind) != (self.point, self.kind) {
            let old = (self.point, self.kind);
            (self.point, self.kind) = (point, kind);
            let new = self
                .bodies
                .remove(&(point, kind))
                .unwrap_or_else(|| Body::new(point, kind, None));
            self.bodies
                .insert(old, std::mem::replace(&mut self.body, new));
            self.last_pane = PaneId::Code;
        }
    }

    /// How many HTTP calls the run that is shown has made.
    pub fn calls(&self) -> usize {
        self.run.as_ref().map_or(0, |run| run.calls.len())
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

    /// Shows the faults that still hold: of the syntax, and of the last run while its code stands.
    pub fn mark(&mut self) {
        let mut markers = self.syntax.clone();
        if let Some((revision, marker)) = &self.fault
            && *revision == self.code.revision()
            && !markers.iter().any(|known| known.line == marker.line)
        {
            markers.push(marker.clone());
        }
        self.code.set_markers(markers);
    }

    /// The pane a command of the menu is meant for: the one with the cursor, else the last that had it.
    pub fn pane(&mut self) -> &mut EditorState {
        self.notice_focus();
        let shown = match self.last_pane {
            PaneId::Parameter(_) => !self.body.whole_shown,
            PaneId::WholeBody => self.body.whole_shown,
            PaneId::Code => true,
        };
        self.pane_of(if shown { self.last_pane } else { PaneId::Code })
    }

    /// Remembers which pane has the cursor.
    pub fn notice_focus(&mut self) {
        if self.code.has_focus() {
            self.last_pane = PaneId::Code;
        } else if self.body.whole_shown {
            if self.body.whole.editor.has_focus() {
                self.last_pane = PaneId::WholeBody;
            }
        } else if let Some(at) = self
            .body
            .panes
            .iter()
            .position(|pane| pane.editor.has_focus())
        {
            self.last_pane = PaneId::Parameter(at);
        }
    }

    /// Moves the cursor from the code through the payload panes and back.
    pub fn focus_next(&mut self) {
        self.notice_focus();
        let next = match self.last_pane {
            PaneId::Code if self.body.whole_shown => PaneId::WholeBody,
            PaneId::Code => PaneId::Parameter(0),
            PaneId::Parameter(at) if at + 1 < self.body.panes.len() => PaneId::Parameter(at + 1),
            PaneId::Parameter(_) | PaneId::WholeBody => PaneId::Code,
        };
        self.focus(next);
    }

    /// Puts the cursor into a pane, unfolding it.
    pub fn focus(&mut self, pane: PaneId) {
        self.last_pane = pane;
        if let PaneId::Parameter(at) = pane
            && let Some(pane) = self.body.panes.get_mut(at)
        {
            pane.open = true;
        }
        if pane == PaneId::WholeBody {
            self.body.whole.open = true;
        }
        self.pane_of(pane).request_focus();
    }

    /// The functions and classes around a line of the code, the outermost first.
    pub fn symbols_around(&self, line: usize) -> Vec<&str> {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        self.symbols
            .iter()
            .filter(|symbol| symbol.kind != SymbolKind::Variable)
            .filter(|symbol| (symbol.line..=symbol.last_line).contains(&line))
            .map(|symbol| symbol.name.as_str())
            .collect()
    }

    /// The panes that are shown, each with the parameter it is for: none for the code and the whole body.
    pub fn panes(&self) -> Vec<(PaneId, &'static str)> {
        let mut panes = vec![(PaneId::Code, "")];
        if self.body.whole_shown {
            panes.push((PaneId::WholeBody, ""));
        } else {
            let parameters = self.body.panes.iter().enumerate();
            panes.extend(parameters.map(|(at, pane)| (PaneId::Parameter(at), pane.name)));
        }
        panes
    }

    /// A pane by its name; the code where there is none of that name any more.
    pub fn pane_of(&mut self, pane: PaneId) -> &mut EditorState {
        match pane {
            PaneId::Parameter(at) if at < self.body.panes.len() => &mut self.body.panes[at].editor,
            PaneId::WholeBody => &mut self.body.whole.editor,
            PaneId::Parameter(_) | PaneId::Code => &mut self.code,
        }
    }
}
