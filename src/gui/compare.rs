//! What is compared: the code with its file or a kept version, a response with the one before.

use super::app::HookbenchApp;
use super::background::Message;
use super::dialogs::diff::View;
use super::documents::DocId;
use super::runs::pretty;
use crate::workspace::text_file;

impl HookbenchApp {
    /// Compares the code with its file as it is on disk.
    pub(super) fn compare_saved(&mut self) {
        let Some(doc) = self.doc() else { return };
        let (path, now, name) = (doc.path().clone(), doc.code.text(), doc.name().to_owned());
        self.background.submit(move |_| {
            Some(match text_file::load(&path) {
                Ok(file) => Message::Diff(Box::new(View::of(
                    format!("Changes of {name}"),
                    (&file.text, &now),
                    ("saved", "here"),
                ))),
                Err(error) => Message::Failed(error.to_string()),
            })
        });
    }

    /// Compares a kept version with the code.
    pub(super) fn compare_version(&mut self, id: DocId, version: String) {
        let Some(doc) = self.document(id) else { return };
        let (path, now, name) = (doc.path().clone(), doc.code.text(), doc.name().to_owned());
        self.background.submit(move |stores| {
            Some(match stores.snapshots.read(&path, &version) {
                Ok(text) => Message::Diff(Box::new(View::of(
                    format!("What became of {name}"),
                    (&text, &now),
                    ("the earlier version", "the code as it stands"),
                ))),
                Err(error) => Message::Failed(error.to_string()),
            })
        });
    }

    /// Compares the response that is shown with that of the run before it.
    pub(super) fn compare_responses(&mut self) {
        let Some(doc) = self.doc() else { return };
        let shown = doc.run.as_ref().map(|run| run.request_id.clone());
        let at = doc
            .history
            .iter()
            .position(|row| Some(&row.entry.id) == shown.as_ref());
        let pair = at.and_then(|at| {
            let response = |index: usize| {
                let row = doc.history.get(index)?;
                let report = row.report()?;
                Some((pretty(&report.response), row.entry.at))
            };
            Some((response(at + 1)?, response(at)?))
        });
        let Some(((before, earlier), (after, later))) = pair else {
            self.tell("Two finished runs are needed to compare their responses.");
            return;
        };
        let time = |at| {
            let at = super::running::zoned(at);
            format!("run at {}", at.strftime("%H:%M:%S"))
        };
        let names = (time(earlier), time(later));
        self.background.submit(move |_| {
            Some(Message::Diff(Box::new(View::of(
                "Two responses",
                (&before, &after),
                (&names.0, &names.1),
            ))))
        });
    }
}
