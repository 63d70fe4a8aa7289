//! What arrives from the background, and what it changes.

use eframe::egui::Context;

use super::app::HookbenchApp;
use super::background::{Message, Purpose};
use super::dialogs::Dialog;
use crate::runner::outbox::mock;
use crate::workspace::secrets::parse_env;
use crate::workspace::text_file::{self, LineEnding, SaveAs};

impl HookbenchApp {
    /// Takes one message in.
    pub(super) fn receive(&mut self, message: Message, ctx: &Context) {
        match message {
            Message::Opened(Ok(opened)) => {
                self.opened(*opened);
                self.show_step();
            }
            Message::Opened(Err(text)) => {
                self.place_to_show = None;
                self.complain(text);
            }
            Message::WorkspaceOpened { root, result } => self.workspace_opened(&root, result),
            Message::WorkspaceChanged(Ok(workspace)) => {
                self.rescanning = false;
                if self
                    .workspace
                    .as_ref()
                    .is_some_and(|open| open.root == workspace.root)
                {
                    self.workspace = Some(workspace);
                    // A `hooks` folder that came into being is watched from now on.
                    self.watch();
                }
            }
            Message::WorkspaceChanged(Err(text)) => {
                self.rescanning = false;
                self.complain(text);
            }
            Message::Created(result) => self.created(result),
            Message::Saved(saved) => self.saved(saved, ctx),
            Message::Run { doc, number, event } => self.run_event(doc, number, event),
            Message::FlowReady { number, result } => self.flow_ready(number, result),
            Message::Flow { number, event } => self.flow_event(number, event),
            Message::Matrix { number, event } => self.matrix_event(number, event),
            Message::Modules { doc, read } => self.modules_read(doc, read),
            Message::Install { number, event } => self.install_event(number, event),
            Message::DiskChanged(path) => self.disk_changed(&path),
            Message::Compared { doc, result } => self.compared(doc, result),
            Message::Drafts(drafts) => self.drafts = drafts,
            Message::Recovered { draft, hook } => self.recovered(*draft, hook),
            Message::Checked {
                doc,
                revision,
                markers,
                symbols,
                changed,
            } => {
                let current = self.current == Some(doc);
                if let Some(doc) = self.document(doc)
                    && doc.code.revision() == revision
                {
                    doc.syntax = markers;
                    doc.code.set_changes(changed);
                    if let Some(symbols) = &symbols {
                        doc.symbols.clone_from(symbols);
                    }
                    doc.mark();
                    // A list that was opened before they were known shows them, too.
                    if current
                        && let (Some(symbols), Some(Dialog::Palette(search))) =
                            (symbols, &mut self.dialog)
                    {
                        search.set_symbols(symbols);
                    }
                }
            }
            Message::Help(answer) => self.helped(*answer),
            Message::Versions { doc, result } => self.versions_listed(doc, result),
            // Another dialog was opened since: what is typed there is worth more.
            Message::Diff(_) if self.dialog.is_some() => {}
            Message::Diff(view) => self.dialog = Some(Dialog::Diff(view)),
            Message::Version { doc, result } => self.version_read(doc, result),
            Message::SecretsRead { doc, result } => {
                if let Some(Dialog::Secrets(form)) = &mut self.dialog
                    && form.doc == doc
                {
                    match result {
                        Ok(secrets) => form.merge(secrets),
                        Err(text) => form.problem = Some(text),
                    }
                }
            }
            Message::MocksRead { doc, result } => {
                if let Some(Dialog::Mocks(form)) = &mut self.dialog
                    && form.doc == doc
                {
                    match result {
                        Ok(mocks) => form.merge(&mocks),
                        Err(text) => form.problem = Some(text),
                    }
                }
            }
            Message::Fonts(read) => self.fonts_read(read, ctx),
            Message::Picked {
                purpose,
                path: Some(path),
            } => self.picked(&purpose, path),
            // Cancelled: nothing was asked for after all.
            Message::Picked { path: None, .. } => {}
            Message::Notice(text) => self.tell(text),
            Message::Failed(text) => self.complain(text),
        }
    }

    fn picked(&mut self, purpose: &Purpose, path: std::path::PathBuf) {
        match *purpose {
            Purpose::OpenFile | Purpose::OpenFolder => self.open_path(&path),
            Purpose::SaveAs(id) => self.save_to(id, path),
            Purpose::SaveLogs => {
                let text = self.logs.to_text();
                self.export(path, text);
            }
            Purpose::SaveResponse => {
                if let Some(text) = self.response_text() {
                    self.export(path, text + "\n");
                }
            }
            Purpose::NewHookFolder => {
                self.new_hook_folder = Some(path.clone());
                if let Some(Dialog::NewHook(form)) = &mut self.dialog {
                    form.folder = path;
                }
            }
            Purpose::SaveMocks => {
                if let Some(Dialog::Mocks(form)) = &self.dialog
                    && let Ok(mocks) = form.mocks()
                {
                    self.export(path, mock::write(&mocks));
                }
            }
            Purpose::MocksFile(doc) => self.background.submit(move |_| {
                let result = text_file::load(&path)
                    .map_err(|error| error.to_string())
                    .and_then(|file| {
                        mock::read(&file.text)
                            .map_err(|error| format!("{}, {error}.", path.display()))
                    });
                Some(Message::MocksRead { doc, result })
            }),
            Purpose::SecretsFile(doc) => self.background.submit(move |_| {
                let result = text_file::load(&path)
                    .map_err(|error| error.to_string())
                    .and_then(|file| {
                        parse_env(&file.text)
                            .map_err(|error| format!("{}: {error}", path.display()))
                    });
                Some(Message::SecretsRead { doc, result })
            }),
        }
    }

    /// Writes a text the user asked for into a file of their choice.
    fn export(&self, path: std::path::PathBuf, text: String) {
        self.background.submit(move |_| {
            let how = SaveAs {
                line_ending: LineEnding::Lf,
                bom: false,
                expected: None,
            };
            Some(match text_file::save(&path, &text, &how) {
                Ok(_) => Message::Notice(format!("Saved {}", path.display())),
                Err(error) => Message::Failed(error.to_string()),
            })
        });
    }
}
