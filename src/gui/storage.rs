//! What the hook keeps in `context.webtask.storage`: kept after each run, and edited in its dialog.

use super::app::HookbenchApp;
use super::background::Message;
use super::dialogs::{Dialog, storage};
use super::documents::DocId;

impl HookbenchApp {
    /// Opens the dialog over the current hook's document.
    pub(super) fn open_storage(&mut self) {
        if let Some(doc) = self.doc() {
            let form = storage::Form::new(doc.id, doc.name(), doc.storage.as_deref());
            self.dialog = Some(Dialog::Storage(Box::new(form)));
        }
    }

    /// Keeps a hook's document; nothing forgets it.
    pub(super) fn keep_storage(&mut self, id: DocId, text: Option<String>) {
        let Some(doc) = self.document(id) else { return };
        doc.storage.clone_from(&text);
        let path = doc.path().clone();
        self.background.submit(move |stores| {
            let kept = stores.storages.set(&path, text.as_deref());
            kept.err().map(|error| Message::Failed(error.to_string()))
        });
    }
}
