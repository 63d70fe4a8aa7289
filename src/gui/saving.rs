//! Saving hooks and closing them, the window included: nothing unsaved goes without a question.

use std::path::{Path, PathBuf};

use eframe::egui::{Context, ViewportCommand};

use super::app::HookbenchApp;
use super::background::{Message, Saved, Stores, save_text};
use super::dialogs::Dialog;
use super::documents::{Banner, DocId, PaneId};
use crate::workspace::HookEntry;
use crate::workspace::drafts::Draft;
use crate::workspace::text_file::{FileError, SaveAs};

/// What is to be closed once everything is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PendingClose {
    /// The hook, or none for the whole window.
    what: Option<DocId>,
    /// Saves that have not come back yet.
    saves: usize,
}

impl HookbenchApp {
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
        let tidy = self.settings.tidy_on_save;
        let Some(doc) = self.document(id) else { return };
        if tidy {
            doc.code.tidy(crate::syntax::templates);
        }
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
                self.foresee(id);
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
        self.follow_outbox(id, &path);
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
        if self.current == Some(id)
            && let Some(split) = self.split.take_if(|split| split.other != id)
        {
            // The other half is what stays.
            self.current = Some(split.other);
            self.focus(PaneId::Code);
        } else if self.current == Some(id) {
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
