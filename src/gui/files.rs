//! Opening, creating, saving and closing hooks, drafts, and files that change outside the window.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use eframe::egui::{Context, ViewportCommand};

use super::app::HookbenchApp;
use super::background::{
    Created, Message, Opened, Saved, Stores, Unread, code_markers, open_hook, save_text,
};
use super::dialogs::{Dialog, new_hook, versions};
use super::documents::{Banner, DocId, Document, HistoryRow, PaneId};
use crate::auth0::Point;
use crate::workspace::drafts::Draft;
use crate::workspace::snapshots::{Snapshot, Why};
use crate::workspace::text_file::{self, FileError, Fingerprint, LineEnding, SaveAs, TextFile};
use crate::workspace::{HookEntry, Workspace};

/// What is to be closed once everything is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PendingClose {
    /// The hook, or none for the whole window.
    what: Option<DocId>,
    /// Saves that have not come back yet.
    saves: usize,
}

impl HookbenchApp {
    /// Opens a file or a folder; which of them it is, the background finds out.
    pub(super) fn open_path(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.background.submit(move |stores| {
            Some(if path.is_dir() {
                let result = Workspace::open(&path).map_err(|error| error.to_string());
                Message::WorkspaceOpened { root: path, result }
            } else {
                Message::Opened(
                    open_hook(stores, HookEntry::of_file(&path))
                        .map_err(|unread| unread.error.to_string()),
                )
            })
        });
    }

    /// Opens a hook of the workspace.
    pub(super) fn open_entry(&mut self, entry: HookEntry) {
        if let Some(problem) = entry.problem {
            self.complain(problem);
            return;
        }
        self.background.submit(move |stores| {
            let opened = open_hook(stores, entry);
            Some(Message::Opened(
                opened.map_err(|unread| unread.error.to_string()),
            ))
        });
    }

    /// Shows what was read; a hook that is open already is only shown.
    pub(super) fn opened(&mut self, opened: Opened) {
        let path = opened.entry.script.clone();
        if let Some(doc) = self.documents.iter().find(|doc| *doc.path() == path) {
            self.current = Some(doc.id);
            return;
        }
        let id = self.add(opened);
        self.settings.note_recent(&path);
        self.watch();
        self.check_code(id);
    }

    fn add(&mut self, opened: Opened) -> DocId {
        let id = self.next_id;
        self.next_id += 1;
        let point = opened.point;
        let mut doc = Document::new(
            id,
            opened.entry,
            point,
            opened.kind,
            &opened.file,
            opened.body.as_deref(),
        );
        doc.secrets = opened.secrets;
        doc.history = opened
            .history
            .into_iter()
            .map(|entry| HistoryRow {
                entry,
                report: None,
            })
            .collect();
        doc.code.request_focus();
        // Nothing is to be kept until something is edited.
        doc.draft_revision = Some(doc.revision());
        self.documents.push(doc);
        self.current = Some(id);
        self.status = None;
        if let Some(problem) = opened.problems.first() {
            self.complain(problem.clone());
        }
        self.connect();
        id
    }

    /// Takes a folder over; its first hook opens when nothing else is open.
    pub(super) fn workspace_opened(&mut self, root: &Path, result: Result<Workspace, String>) {
        match result {
            Ok(workspace) => {
                self.settings.note_recent(root);
                let first = workspace
                    .hooks
                    .iter()
                    .find(|hook| hook.problem.is_none())
                    .cloned();
                if workspace.hooks.is_empty() && workspace.problems.is_empty() {
                    self.tell(format!(
                        "{} holds no hooks yet; New hook creates the first.",
                        root.display()
                    ));
                }
                self.workspace = Some(workspace);
                self.watch();
                if self.current.is_none()
                    && let Some(first) = first
                {
                    self.open_entry(first);
                }
            }
            Err(text) => self.complain(text),
        }
    }

    /// Watches the files that are open and the folder.
    pub(super) fn watch(&mut self) {
        let mut paths: Vec<PathBuf> = self
            .documents
            .iter()
            .map(|doc| doc.path().clone())
            .collect();
        if let Some(workspace) = &self.workspace {
            paths.push(workspace.root.clone());
            paths.push(workspace.root.join("hooks"));
        }
        self.background.submit(move |stores| stores.watch(&paths));
    }

    /// Where new hooks go: the open folder, else the current hook's, else a folder of Hookbench's own.
    pub(super) fn home_folder(&self) -> PathBuf {
        if let Some(workspace) = &self.workspace {
            return workspace.root.clone();
        }
        if let Some(folder) = &self.new_hook_folder {
            return folder.clone();
        }
        directories::UserDirs::new()
            .and_then(|dirs| {
                dirs.document_dir()
                    .map(Path::to_owned)
                    .or_else(|| Some(dirs.home_dir().to_owned()))
            })
            .unwrap_or_default()
            .join("Hookbench")
    }

    /// Where a native dialog opens.
    pub(super) fn near(&self) -> Option<PathBuf> {
        let current = self.current;
        self.documents
            .iter()
            .find(|doc| Some(doc.id) == current)
            .and_then(|doc| doc.path().parent().map(Path::to_owned))
            .or_else(|| {
                self.workspace
                    .as_ref()
                    .map(|workspace| workspace.root.clone())
            })
    }

    /// Writes a new hook; the dialog stays until it is there.
    pub(super) fn create(&mut self, order: new_hook::Order) {
        self.new_hook_folder = Some(order.folder.clone());
        self.background.submit(move |stores| {
            Some(Message::Created(create_hook(stores, &order).map(Box::new)))
        });
    }

    /// Shows the hook that was created.
    pub(super) fn created(&mut self, result: Result<Box<Created>, String>) {
        match result {
            Ok(created) => {
                self.dialog = None;
                let Created { entry, workspace } = *created;
                self.settings.note_recent(&workspace.root);
                self.workspace = Some(workspace);
                self.open_entry(entry);
            }
            Err(text) => match &mut self.dialog {
                Some(Dialog::NewHook(form)) => {
                    form.waiting = false;
                    form.problem = Some(text);
                }
                _ => self.complain(text),
            },
        }
    }

    /// Saves a hook to its file.
    pub(super) fn save(&mut self, id: DocId) {
        let Some(doc) = self.document(id) else { return };
        if matches!(doc.banner, Some(Banner::Conflict { .. })) {
            self.complain("Not saved: decide above whether to keep yours or to load the file.");
            return;
        }
        let (path, how) = (doc.path().clone(), doc.save_as());
        self.write(id, path, how);
    }

    /// Saves a hook to another file, which becomes the hook's own.
    pub(super) fn save_to(&mut self, id: DocId, path: PathBuf) {
        if let Some(doc) = self.document(id) {
            let how = SaveAs {
                expected: None,
                ..doc.save_as()
            };
            self.write(id, path, how);
        }
    }

    fn write(&mut self, id: DocId, path: PathBuf, how: SaveAs) {
        let Some(doc) = self.document(id) else { return };
        let text = doc.code.rope().clone();
        let point = doc.point;
        let other = *doc.path() != path;
        self.status = None;
        self.background.submit(move |stores| {
            let result = save_text(stores, &path, &text.to_string(), &how);
            let moved = other.then(|| {
                let mut entry = HookEntry::of_file(&path);
                entry.point.get_or_insert(point);
                entry
            });
            Some(Message::Saved(Saved {
                doc: id,
                path,
                text,
                moved,
                result,
                version_problem: stores.version_problem.take(),
            }))
        });
    }

    /// Takes note of a finished save, or tells why it failed and what to do.
    pub(super) fn saved(&mut self, saved: Saved, ctx: &Context) {
        let Saved {
            doc: id,
            path,
            text,
            moved,
            result,
            version_problem,
        } = saved;
        let Some(doc) = self.document(id) else { return };
        match result {
            Ok(fingerprint) => {
                doc.mark_saved(text, fingerprint);
                if matches!(
                    doc.banner,
                    Some(Banner::SaveFailed(_) | Banner::Gone | Banner::Conflict { .. })
                ) {
                    doc.banner = None;
                }
                if let Some(entry) = moved {
                    self.moved(id, entry);
                }
                match version_problem {
                    Some(problem) => self.complain(format!(
                        "Saved {}, but the version before it could not be kept: {problem}",
                        path.display()
                    )),
                    None => self.tell(format!("Saved {}", path.display())),
                }
                self.saved_before_closing(ctx);
            }
            Err(error) => {
                let outside = matches!(error, FileError::ChangedOutside { .. });
                if !outside {
                    doc.banner = Some(Banner::SaveFailed(error.to_string()));
                }
                if self.pending_close.take().is_some() {
                    // The hook that keeps the window open is the one to look at.
                    self.current = Some(id);
                    self.complain(error.to_string());
                }
                if outside {
                    self.compare(id);
                }
            }
        }
    }

    /// Follows a hook to the file it was saved as, with its body and secrets.
    fn moved(&mut self, id: DocId, entry: HookEntry) {
        let Some(doc) = self.document(id) else { return };
        let old = doc.path().clone();
        let path = entry.script.clone();
        doc.entry = entry;
        let secrets = doc.secrets.clone();
        let body = doc.body.text_to_keep();
        self.settings.note_recent(&path);
        self.watch();
        self.background.submit(move |stores| {
            let kept = stores
                .secrets
                .set(&path, &secrets)
                .and_then(|()| stores.payloads.set(&path, &body));
            // The draft of the old file has gone into the new one.
            let _ = stores.drafts.discard(&Draft::id_of(&old));
            kept.err().map(|error| Message::Failed(error.to_string()))
        });
    }

    /// Says for good which point calls the hook.
    pub(super) fn set_point(&mut self, point: Point) {
        let Some(doc) = self.doc() else { return };
        doc.set_point(point);
        let (id, entry) = (doc.id, doc.entry.clone());
        self.check_code(id);
        // A single file without a sidecar gets none: nothing is written that was not asked for.
        if entry.sidecar.is_some() {
            let root = self
                .workspace
                .as_ref()
                .map(|workspace| workspace.root.clone());
            self.background.submit(move |_| {
                if let Err(error) = crate::workspace::set_point(&entry, point) {
                    return Some(Message::Failed(error.to_string()));
                }
                root.map(|root| {
                    Message::WorkspaceChanged(
                        Workspace::open(&root).map_err(|error| error.to_string()),
                    )
                })
            });
        }
    }

    /// Takes a hook out of the window; what is unsaved is forgotten with its draft.
    pub(super) fn close(&mut self, id: DocId) {
        let Some(at) = self.documents.iter().position(|doc| doc.id == id) else {
            return;
        };
        let mut doc = self.documents.remove(at);
        if let Some(handle) = doc.run.as_mut().and_then(|run| run.handle.take()) {
            handle.stop();
        }
        let path = doc.path().clone();
        let body = doc.body.text_to_keep();
        self.background
            .submit(move |stores| keep_body_only(stores, &path, &body));
        if self.current == Some(id) {
            let neighbour = at.min(self.documents.len().saturating_sub(1));
            self.current = self.documents.get(neighbour).map(|doc| doc.id);
        }
        self.watch();
    }

    pub(super) fn save_and_close(&mut self, ctx: &Context) {
        let Some(Dialog::Close(question)) = self.dialog.take() else {
            return;
        };
        let dirty: Vec<DocId> = self
            .documents
            .iter_mut()
            .filter(|doc| question.doc.is_none_or(|id| id == doc.id))
            .filter_map(|doc| doc.is_dirty().then_some(doc.id))
            .collect();
        self.pending_close = Some(PendingClose {
            what: question.doc,
            // One more than the saves, so that the call below counts when there are none.
            saves: dirty.len() + 1,
        });
        for id in dirty {
            self.save(id);
        }
        self.saved_before_closing(ctx);
    }

    /// Counts a save that came back; after the last one closes what was to be closed, if nothing was typed since.
    fn saved_before_closing(&mut self, ctx: &Context) {
        let Some(pending) = &mut self.pending_close else {
            return;
        };
        pending.saves = pending.saves.saturating_sub(1);
        if pending.saves > 0 {
            return;
        }
        let what = pending.what;
        self.pending_close = None;
        match what {
            Some(id) => {
                if self.document(id).is_none_or(|doc| !doc.is_dirty()) {
                    self.close(id);
                }
            }
            None => {
                if self.dirty_names().is_empty() {
                    self.closing = true;
                    ctx.send_viewport_cmd(ViewportCommand::Close);
                }
            }
        }
    }

    pub(super) fn discard_and_close(&mut self, ctx: &Context) {
        let Some(Dialog::Close(question)) = self.dialog.take() else {
            return;
        };
        match question.doc {
            Some(id) => self.close(id),
            None => {
                let all: Vec<DocId> = self.documents.iter().map(|doc| doc.id).collect();
                for id in all {
                    self.close(id);
                }
                self.closing = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    /// What keeps the edits of one hook against a kill: the draft of unsaved code, and the body.
    pub(super) fn draft_job(
        doc: &mut Document,
    ) -> impl FnOnce(&mut Stores) -> Option<Message> + Send + use<> {
        let path = doc.path().clone();
        let body = doc.body.text_to_keep();
        let draft = doc.is_dirty().then(|| Draft {
            id: Draft::id_of(&path),
            path: Some(path.clone()),
            code: doc.code.text(),
            body: Some(body.clone()),
            at: SystemTime::now(),
            base: doc.fingerprint.clone(),
        });
        let (id, revision, code) = (doc.id, doc.code.revision(), doc.code.text());
        let point = doc.point;
        move |stores| {
            let kept = match &draft {
                Some(draft) => stores.drafts.keep(draft).map_err(|error| error.to_string()),
                None => stores
                    .drafts
                    .discard(&Draft::id_of(&path))
                    .map_err(|error| error.to_string()),
            };
            let kept = kept.and_then(|()| {
                stores
                    .payloads
                    .set(&path, &body)
                    .map_err(|error| error.to_string())
            });
            match kept {
                Ok(()) => Some(Message::Checked {
                    doc: id,
                    revision,
                    markers: code_markers(point, &code, &body),
                }),
                Err(text) => Some(Message::Failed(format!(
                    "Unsaved edits could not be kept: {text}"
                ))),
            }
        }
    }

    fn check_code(&mut self, id: DocId) {
        let Some(doc) = self.document(id) else { return };
        let (revision, code) = (doc.code.revision(), doc.code.text());
        let (point, body) = (doc.point, doc.body.text_to_keep());
        self.background.submit(move |_| {
            Some(Message::Checked {
                doc: id,
                revision,
                markers: code_markers(point, &code, &body),
            })
        });
    }

    /// Brings the edits back that an earlier session left behind.
    pub(super) fn recover_drafts(&mut self) {
        for draft in std::mem::take(&mut self.drafts) {
            self.background.submit(move |stores| {
                let path = draft
                    .path
                    .clone()
                    .unwrap_or_else(|| PathBuf::from("recovered.js"));
                let hook = open_hook(stores, HookEntry::of_file(&path));
                Some(Message::Recovered {
                    draft: Box::new(draft),
                    hook,
                })
            });
        }
    }

    /// Shows a draft over the hook it belongs to, or alone where that cannot be read.
    pub(super) fn recovered(&mut self, draft: Draft, hook: Result<Box<Opened>, Box<Unread>>) {
        let path = match &hook {
            Ok(opened) => opened.entry.script.clone(),
            Err(unread) => unread.entry.script.clone(),
        };
        if let Some(open) = self.documents.iter_mut().find(|doc| *doc.path() == path) {
            if open.is_dirty() {
                let name = open.name().to_owned();
                self.complain(format!(
                    "{name} is open with newer edits; save or close it, and the rescued ones are offered at the next start."
                ));
                return;
            }
            let id = open.id;
            self.close(id);
        }
        const RESCUED: &str = "These edits were not saved when Hookbench ended. Save keeps them; Undo goes back to the file.";
        let (id, banner) = match hook {
            Ok(opened) => {
                let disk = opened.file.clone();
                // The file is no longer what the edits were made on: both are worth looking at.
                let banner = match &draft.base {
                    Some(base) if *base != disk.fingerprint => Banner::Conflict {
                        text: "The file changed after these rescued edits were made.".to_owned(),
                        disk: Box::new(disk),
                    },
                    _ => Banner::Note(RESCUED.to_owned()),
                };
                (self.add(*opened), banner)
            }
            Err(unread) => {
                let Unread { entry, error } = *unread;
                let banner = match error {
                    FileError::NotFound { .. } => Banner::Gone,
                    error => Banner::SaveFailed(error.to_string()),
                };
                (self.add(orphan(entry)), banner)
            }
        };
        if let Some(doc) = self.document(id) {
            doc.code.set_text(&draft.code);
            if let Some(body) = &draft.body {
                doc.body.set_text(body);
            }
            if matches!(banner, Banner::Gone) {
                doc.mark_gone();
            }
            doc.banner = Some(banner);
            doc.draft_revision = None;
        }
        self.watch();
        self.check_code(id);
        let id = draft.id;
        // Kept anew under this session by the next draft; the old one goes only then.
        self.background.submit(move |stores| {
            let failed = stores.drafts.adopt(&id).err()?;
            Some(Message::Failed(failed.to_string()))
        });
    }

    /// Takes the offer away; the edits stay among the versions of their hooks.
    pub(super) fn discard_drafts(&mut self) {
        for draft in std::mem::take(&mut self.drafts) {
            self.background.submit(move |stores| {
                let kept = match &draft.path {
                    Some(path) => stores
                        .snapshots
                        .keep(path, &draft.code, Why::BeforeRestore)
                        .err(),
                    None => None,
                };
                let failed = kept.or_else(|| stores.drafts.discard(&draft.id).err());
                Some(match failed {
                    Some(error) => Message::Failed(error.to_string()),
                    None => Message::Notice(
                        "Discarded; the edits are still among the hook's earlier versions."
                            .to_owned(),
                    ),
                })
            });
        }
    }

    /// Asks for the versions of the current hook, for their dialog.
    pub(super) fn list_versions(&mut self) {
        let Some(doc) = self.doc() else { return };
        let (id, path) = (doc.id, doc.path().clone());
        self.background.submit(move |stores| {
            let result = stores
                .snapshots
                .list(&path)
                .map_err(|error| error.to_string());
            Some(Message::Versions { doc: id, result })
        });
    }

    /// Shows them.
    pub(super) fn versions_listed(&mut self, id: DocId, result: Result<Vec<Snapshot>, String>) {
        match (result, self.document(id)) {
            (Ok(versions), Some(doc)) => {
                let hook = doc.name().to_owned();
                self.dialog = Some(Dialog::Versions(versions::List {
                    doc: id,
                    hook,
                    versions,
                }));
            }
            (Err(text), _) => self.complain(text),
            (Ok(_), None) => {}
        }
    }

    /// Reads a version, keeping what stands in the pane.
    pub(super) fn bring_back(&mut self, id: DocId, version: String) {
        let Some(doc) = self.document(id) else { return };
        let (path, now) = (doc.path().clone(), doc.code.text());
        self.background.submit(move |stores| {
            let result = stores
                .snapshots
                .keep(&path, &now, Why::BeforeRestore)
                .and_then(|_| stores.snapshots.read(&path, &version))
                .map_err(|error| error.to_string());
            Some(Message::Version { doc: id, result })
        });
    }

    /// Puts a version's text into the pane, as one step that can be undone.
    pub(super) fn version_read(&mut self, id: DocId, result: Result<String, String>) {
        match (result, self.document(id)) {
            (Ok(text), Some(doc)) => {
                doc.code.set_text(&text);
                doc.focus(PaneId::Code);
                self.tell(
                    "The earlier version stands in the pane; Undo takes it out, Save keeps it.",
                );
                self.check_code(id);
            }
            (Err(text), _) => self.complain(text),
            (Ok(_), None) => {}
        }
    }

    /// Looks at what changed on disk: an open hook's file, or the folder.
    pub(super) fn disk_changed(&mut self, path: &Path) {
        let ids: Vec<DocId> = self
            .documents
            .iter()
            .filter(|doc| doc.path() == path)
            .map(|doc| doc.id)
            .collect();
        for id in ids {
            self.compare(id);
        }
        if let Some(workspace) = &self.workspace
            && path.starts_with(&workspace.root)
        {
            // A checkout of many files is one reason to look, not many.
            if std::mem::replace(&mut self.rescanning, true) {
                return;
            }
            let root = workspace.root.clone();
            self.background.submit(move |_| {
                Some(Message::WorkspaceChanged(
                    Workspace::open(&root).map_err(|error| error.to_string()),
                ))
            });
        }
    }

    fn compare(&mut self, id: DocId) {
        let Some(doc) = self.document(id) else { return };
        let path = doc.path().clone();
        self.background.submit(move |_| {
            let result = match text_file::load(&path) {
                Ok(file) => Ok(Some(Box::new(file))),
                Err(FileError::NotFound { .. }) => Ok(None),
                Err(error) => Err(error),
            };
            Some(Message::Compared { doc: id, result })
        });
    }

    /// A clean hook follows its file; a dirty one asks.
    pub(super) fn compared(&mut self, id: DocId, result: Result<Option<Box<TextFile>>, FileError>) {
        let Some(doc) = self.document(id) else { return };
        match result {
            Ok(Some(file)) => {
                if doc.fingerprint.as_ref() == Some(&file.fingerprint) {
                    if matches!(doc.banner, Some(Banner::Conflict { .. } | Banner::Gone)) {
                        doc.banner = None;
                    }
                } else if doc.is_dirty() {
                    let text = format!(
                        "{} changed on disk while you edited it here.",
                        doc.file_name()
                    );
                    doc.banner = Some(Banner::Conflict { text, disk: file });
                } else {
                    let old = doc.code.text();
                    doc.take_disk(&file);
                    doc.banner = None;
                    let (path, name) = (doc.path().clone(), doc.file_name());
                    self.keep_version(path, old, Why::ChangedOutside);
                    self.tell(format!(
                        "{name} changed on disk and was loaded; Undo brings the earlier text back."
                    ));
                    self.check_code(id);
                }
            }
            Ok(None) => {
                doc.mark_gone();
                doc.banner = Some(Banner::Gone);
            }
            Err(error) => doc.banner = Some(Banner::Note(error.to_string())),
        }
    }

    /// Takes the file's text over, keeping what stood here as a version.
    pub(super) fn take_disk(&mut self) {
        let Some(doc) = self.doc() else { return };
        let Some(Banner::Conflict { disk, .. }) = doc.banner.take() else {
            return;
        };
        let old = doc.code.text();
        doc.take_disk(&disk);
        let (id, path) = (doc.id, doc.path().clone());
        self.keep_version(path, old, Why::ChangedOutside);
        self.check_code(id);
    }

    /// Keeps the edits; the next save goes over what is on disk, whose version is kept.
    pub(super) fn keep_mine(&mut self) {
        let Some(doc) = self.doc() else { return };
        match doc.banner.take() {
            Some(Banner::Conflict { disk, .. }) => doc.fingerprint = Some(disk.fingerprint),
            Some(Banner::Gone) => doc.mark_gone(),
            other => doc.banner = other,
        }
    }

    /// Keeps a text as a version of a file.
    pub(super) fn keep_version(&self, path: PathBuf, text: String, why: Why) {
        self.background.submit(move |stores| {
            stores
                .snapshots
                .keep(&path, &text, why)
                .err()
                .map(|error| Message::Failed(error.to_string()))
        });
    }
}

fn create_hook(stores: &mut Stores, order: &new_hook::Order) -> Result<Created, String> {
    std::fs::create_dir_all(&order.folder).map_err(|error| {
        format!(
            "The folder {} could not be made: {error}. Choose another one.",
            order.folder.display()
        )
    })?;
    let mut workspace = Workspace::open(&order.folder).map_err(|error| error.to_string())?;
    let entry = workspace
        .create_hook(&order.name, order.point, &order.code)
        .map_err(|error| error.to_string())?;
    if let Some(body) = order.body {
        // The example's payload is a convenience: without it the point's default body stands there.
        let _ = stores.payloads.set(&entry.script, body);
    }
    Ok(Created { entry, workspace })
}

fn keep_body_only(stores: &mut Stores, path: &Path, body: &str) -> Option<Message> {
    let draft = stores
        .drafts
        .discard(&Draft::id_of(path))
        .map_err(|error| error.to_string());
    let kept = stores
        .payloads
        .set(path, body)
        .map_err(|error| error.to_string());
    draft.and(kept).err().map(Message::Failed)
}

/// A hook whose file cannot be read: nothing but its name.
fn orphan(entry: HookEntry) -> Opened {
    Opened {
        point: (
            entry.point.unwrap_or(Point::PreUserRegistration),
            entry.point.is_none(),
        ),
        kind: crate::auth0::Kind::Hook,
        entry,
        file: TextFile {
            text: String::new(),
            line_ending: LineEnding::Lf,
            bom: false,
            fingerprint: Fingerprint::of(b""),
        },
        body: None,
        secrets: BTreeMap::new(),
        history: Vec::new(),
        problems: Vec::new(),
    }
}
