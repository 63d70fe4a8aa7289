//! Opening, creating, saving and closing hooks, drafts, and files that change outside the window.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use eframe::egui::{Context, ViewportCommand};

use super::app::HookbenchApp;
use super::background::{
    Created, Message, Opened, Saved, Stores, open_hook, point_of, save_text, syntax_markers,
};
use super::dialogs::{Dialog, new_hook};
use super::documents::{Banner, DocId, Document};
use crate::auth0::Point;
use crate::workspace::drafts::Draft;
use crate::workspace::snapshots::Why;
use crate::workspace::text_file::{self, FileError, Fingerprint, LineEnding, SaveAs, TextFile};
use crate::workspace::{HookEntry, Workspace};

/// What is to be closed once everything is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PendingClose {
    Hook(DocId),
    Window,
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
                Message::Opened(open_hook(stores, HookEntry::of_file(&path)))
            })
        });
    }

    /// Opens a hook of the workspace.
    pub(super) fn open_entry(&mut self, entry: HookEntry) {
        if let Some(problem) = entry.problem {
            self.complain(problem);
            return;
        }
        self.background
            .submit(move |stores| Some(Message::Opened(open_hook(stores, entry))));
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
        self.check_syntax(id);
    }

    fn add(&mut self, opened: Opened) -> DocId {
        let id = self.next_id;
        self.next_id += 1;
        let point = point_of(&opened.entry, &opened.file.text);
        let mut doc = Document::new(
            id,
            opened.entry,
            point,
            &opened.file,
            opened.body.as_deref(),
        );
        doc.secrets = opened.secrets;
        doc.history = opened.history;
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
        self.watcher.watch(&paths);
        if let Some(problem) = self.watcher.problem()
            && !self.watch_problem_told
        {
            self.watch_problem_told = true;
            self.complain(problem);
        }
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
                Some(Dialog::NewHook(form)) => form.problem = Some(text),
                _ => self.complain(text),
            },
        }
    }

    /// Saves a hook to its file.
    pub(super) fn save(&mut self, id: DocId) {
        if let Some(doc) = self.document(id) {
            let (path, how) = (doc.path().clone(), doc.save_as());
            self.write(id, path, how);
        }
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
        self.status = None;
        self.background.submit(move |stores| {
            let result = save_text(stores, &path, &text.to_string(), &how);
            Some(Message::Saved(Saved {
                doc: id,
                path,
                text,
                result,
            }))
        });
    }

    /// Takes note of a finished save, or tells why it failed and what to do.
    pub(super) fn saved(&mut self, saved: Saved, ctx: &Context) {
        let Saved {
            doc: id,
            path,
            text,
            result,
        } = saved;
        let Some(doc) = self.document(id) else { return };
        match result {
            Ok(fingerprint) => {
                let moved = *doc.path() != path;
                doc.mark_saved(text, fingerprint);
                if matches!(
                    doc.banner,
                    Some(Banner::SaveFailed(_) | Banner::Gone | Banner::Conflict { .. })
                ) {
                    doc.banner = None;
                }
                if moved {
                    self.moved(id, &path);
                }
                self.tell(format!("Saved {}", path.display()));
                self.close_when_saved(ctx);
            }
            Err(FileError::ChangedOutside { .. }) => {
                self.pending_close = None;
                self.compare(id);
            }
            Err(error) => {
                doc.banner = Some(Banner::SaveFailed(error.to_string()));
                self.pending_close = None;
            }
        }
    }

    /// Follows a hook to the file it was saved as, with its body and secrets.
    fn moved(&mut self, id: DocId, path: &Path) {
        let Some(doc) = self.document(id) else { return };
        let old = doc.path().clone();
        let point = doc.point;
        doc.entry = HookEntry::of_file(path);
        doc.entry.point.get_or_insert(point);
        let secrets = doc.secrets.clone();
        let body = doc.body.text_to_keep();
        let path = path.to_owned();
        self.settings.note_recent(&path);
        self.watch();
        self.background.submit(move |stores| {
            let kept = stores
                .secrets
                .set(&path, &secrets)
                .map_err(|error| error.to_string())
                .and_then(|()| {
                    stores
                        .payloads
                        .set(&path, &body)
                        .map_err(|error| error.to_string())
                });
            // The draft of the old file has gone into the new one.
            let _ = stores.drafts.discard(&Draft::id_of(&old));
            kept.err().map(Message::Failed)
        });
    }

    /// Says for good which point calls the hook.
    pub(super) fn set_point(&mut self, point: Point) {
        let Some(doc) = self.doc() else { return };
        doc.set_point(point);
        let entry = doc.entry.clone();
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
        self.pending_close = Some(
            question
                .doc
                .map_or(PendingClose::Window, PendingClose::Hook),
        );
        let dirty: Vec<DocId> = self
            .documents
            .iter_mut()
            .filter(|doc| question.doc.is_none_or(|id| id == doc.id))
            .filter_map(|doc| doc.is_dirty().then_some(doc.id))
            .collect();
        for id in dirty {
            self.save(id);
        }
        self.close_when_saved(ctx);
    }

    fn close_when_saved(&mut self, ctx: &Context) {
        match self.pending_close {
            Some(PendingClose::Hook(id)) => {
                if self.document(id).is_none_or(|doc| !doc.is_dirty()) {
                    self.pending_close = None;
                    self.close(id);
                }
            }
            Some(PendingClose::Window) => {
                if self.dirty_names().is_empty() {
                    self.closing = true;
                    ctx.send_viewport_cmd(ViewportCommand::Close);
                }
            }
            None => {}
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
                    markers: syntax_markers(&code),
                }),
                Err(text) => Some(Message::Failed(format!(
                    "Unsaved edits could not be kept: {text}"
                ))),
            }
        }
    }

    fn check_syntax(&mut self, id: DocId) {
        let Some(doc) = self.document(id) else { return };
        let (revision, code) = (doc.code.revision(), doc.code.text());
        self.background.submit(move |_| {
            Some(Message::Checked {
                doc: id,
                revision,
                markers: syntax_markers(&code),
            })
        });
    }

    /// Brings the edits back that an earlier session left behind.
    pub(super) fn recover_drafts(&mut self) {
        for draft in std::mem::take(&mut self.drafts) {
            self.background.submit(move |stores| {
                let entry = draft.path.as_deref().map(HookEntry::of_file);
                let hook = match entry {
                    Some(entry) => open_hook(stores, entry),
                    None => Err("The draft names no file.".to_owned()),
                };
                Some(Message::Recovered {
                    draft: Box::new(draft),
                    hook,
                })
            });
        }
    }

    /// Shows a draft over the hook it belongs to, or alone where that is gone.
    pub(super) fn recovered(&mut self, draft: Draft, hook: Result<Box<Opened>, String>) {
        let path = draft
            .path
            .clone()
            .unwrap_or_else(|| PathBuf::from("recovered.js"));
        let open = self
            .documents
            .iter()
            .find(|doc| *doc.path() == path)
            .map(|doc| doc.id);
        let (id, gone) = match (open, hook) {
            (Some(id), _) => (id, None),
            (None, Ok(opened)) => (self.add(*opened), None),
            (None, Err(reason)) => (self.add(orphan(&path)), Some(reason)),
        };
        if let Some(doc) = self.document(id) {
            doc.code.set_text(&draft.code);
            if let Some(body) = &draft.body {
                doc.body.set_text(body);
            }
            doc.banner = Some(match gone {
                Some(_) => {
                    doc.fingerprint = None;
                    Banner::Gone
                }
                None => Banner::Note(
                    "These edits were not saved when Hookbench ended. Save keeps them; Undo goes back to the file.".to_owned(),
                ),
            });
            doc.draft_revision = None;
        }
        self.watch();
        self.check_syntax(id);
        let id = draft.id;
        // Kept anew under this session by the next draft; the old one goes only then.
        self.background.submit(move |stores| {
            stores
                .drafts
                .adopt(&id)
                .err()
                .map(|error| Message::Failed(error.to_string()))
        });
    }

    pub(super) fn discard_drafts(&mut self) {
        for draft in std::mem::take(&mut self.drafts) {
            self.background.submit(move |stores| {
                stores
                    .drafts
                    .discard(&draft.id)
                    .err()
                    .map(|error| Message::Failed(error.to_string()))
            });
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
                    self.check_syntax(id);
                }
            }
            Ok(None) => {
                doc.fingerprint = None;
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
        self.check_syntax(id);
    }

    /// Keeps the edits; the next save goes over what is on disk, whose version is kept.
    pub(super) fn keep_mine(&mut self) {
        let Some(doc) = self.doc() else { return };
        match doc.banner.take() {
            Some(Banner::Conflict { disk, .. }) => doc.fingerprint = Some(disk.fingerprint),
            Some(Banner::Gone) => doc.fingerprint = None,
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

/// A hook whose file is gone: nothing but its name.
fn orphan(path: &Path) -> Opened {
    Opened {
        entry: HookEntry::of_file(path),
        file: TextFile {
            text: String::new(),
            line_ending: LineEnding::Lf,
            bom: false,
            fingerprint: Fingerprint::of(b""),
        },
        body: None,
        secrets: Default::default(),
        history: Vec::new(),
        problems: Vec::new(),
    }
}
