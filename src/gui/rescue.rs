//! Nothing lost: drafts of unsaved edits, earlier versions, and files that change under an open hook.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::app::HookbenchApp;
use super::background::{Message, Opened, Stores, Unread, open_hook};
use super::dialogs::{Dialog, versions};
use super::documents::{Banner, DocId, Document, PaneId};
use super::outbox::HookOutbox;
use crate::auth0::Point;
use crate::workspace::drafts::Draft;
use crate::workspace::snapshots::{Snapshot, Why};
use crate::workspace::text_file::{self, FileError, Fingerprint, LineEnding, TextFile};
use crate::workspace::{HookEntry, Workspace};

impl HookbenchApp {
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
            kept.err()
                .map(|text| Message::Failed(format!("Unsaved edits could not be kept: {text}")))
        }
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
        let busy = self.dialog.is_some();
        match (result, self.document(id)) {
            // Another dialog was opened since: what is typed there is worth more.
            (Ok(_), _) if busy => {}
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

    pub(super) fn compare(&mut self, id: DocId) {
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
            // A save that failed says as much, and what to do.
            Err(_) if matches!(doc.banner, Some(Banner::SaveFailed(_))) => {}
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
        storage: None,
        history: Vec::new(),
        outbox: HookOutbox::default(),
        problems: Vec::new(),
    }
}
