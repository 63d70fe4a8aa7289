//! Opening and creating hooks, and the folder they are in.

use std::path::{Path, PathBuf};

use super::app::HookbenchApp;
use super::assistant::Check;
use super::background::{Created, Message, Opened, Stores, open_hook};
use super::dialogs::{Dialog, new_hook};
use super::documents::{DocId, Document, HistoryRow, PaneId};
use crate::auth0::Point;
use crate::workspace::{HookEntry, Workspace};

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
            let id = doc.id;
            self.current = Some(id);
            self.foresee(id);
        } else {
            let id = self.add(opened);
            self.settings.note_recent(&path);
            self.watch();
            self.check_code(id);
            self.foresee(id);
        }
        if let Some((_, place)) = self.place_to_show.take_if(|(file, _)| *file == path)
            && let Some(doc) = self.doc()
        {
            doc.code.goto(place.line, place.column);
            doc.focus(PaneId::Code);
        }
    }

    pub(super) fn add(&mut self, opened: Opened) -> DocId {
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
        doc.outbox = opened.outbox;
        doc.storage = opened.storage;
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
        self.status.take_if(|status| !status.lasting);
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
                    .chain(workspace.actions.iter().map(|action| &action.file))
                    .find(|hook| hook.problem.is_none())
                    .cloned();
                if workspace.hooks.is_empty()
                    && workspace.actions.is_empty()
                    && workspace.problems.is_empty()
                {
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

    pub(super) fn check_code(&mut self, id: DocId) {
        let Some(doc) = self.document(id) else { return };
        let check = Check::of(doc);
        self.assistant.check(check);
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
