//! The packages of the current hook: from the dialog's orders to files and npm, and back.

use super::app::HookbenchApp;
use super::background::Message;
use super::dialogs::Dialog;
use super::dialogs::modules::{Form, Order};
use super::documents::DocId;
use crate::packages::{Install, InstallEvent, Need, needs, write_stub};
use crate::runner::modules::{Folders, install_folder};
use crate::workspace::dependencies::Dependencies;

/// What the dialog shows of a hook.
pub struct ModulesRead {
    /// The name of the file with the list.
    pub file: String,
    pub needs: Vec<Need>,
}

impl HookbenchApp {
    /// Opens the dialog over the current hook.
    pub(super) fn open_modules(&mut self) {
        let Some(doc) = self.doc() else { return };
        let form = Form::new(doc.id, doc.name());
        let id = doc.id;
        self.dialog = Some(Dialog::Modules(Box::new(form)));
        self.read_modules(id, None);
    }

    /// Does one thing to the hook's list or stubs, and reads what it needs from then on.
    fn read_modules(&self, id: DocId, order: Option<Order>) {
        let Some(doc) = self.documents.iter().find(|doc| doc.id == id) else {
            return;
        };
        let (entry, code) = (doc.entry.clone(), doc.code.text());
        self.background.submit(move |_| {
            let script = entry.script.parent().map(std::path::Path::to_owned);
            let kept = Dependencies::of(&entry);
            let done = match &order {
                Some(Order::Set(name, version)) => kept
                    .set(name, version.as_deref())
                    .map_err(|error| error.to_string()),
                Some(Order::Stub(name)) => {
                    let folder = script.as_deref().map(install_folder).unwrap_or_default();
                    let written = write_stub(&folder, name).map(drop);
                    written.map_err(|error| error.to_string())
                }
                Some(Order::Install(_) | Order::Stop) | None => Ok(()),
            };
            let folders = Folders {
                script,
                packages: None,
            };
            let read = kept.read().map_err(|error| error.to_string());
            let file = kept.path().file_name().unwrap_or_default();
            Some(Message::Modules {
                doc: id,
                read: done.and(read).map(|asked| ModulesRead {
                    file: file.to_string_lossy().into_owned(),
                    needs: needs(&code, &asked, &folders),
                }),
            })
        });
    }

    /// Shows what was read, while the dialog is open.
    pub(super) fn modules_read(&mut self, id: DocId, read: Result<ModulesRead, String>) {
        if let Some(Dialog::Modules(form)) = &mut self.dialog
            && form.doc == id
        {
            match read {
                Ok(read) => {
                    form.file = read.file;
                    form.needs = Some(read.needs);
                    form.problem = None;
                }
                Err(problem) => {
                    form.problem = Some(problem);
                    form.needs.get_or_insert_default();
                }
            }
        }
        // What is told of missing modules in the code is no longer true.
        self.check_code(id);
    }

    /// Carries out what the dialog asks for.
    pub(super) fn modules_order(&mut self, id: DocId, order: Order) {
        match order {
            Order::Set(..) | Order::Stub(_) => self.read_modules(id, Some(order)),
            Order::Install(packages) => self.install(id, &packages),
            Order::Stop => {
                if let Some(Dialog::Modules(form)) = &self.dialog
                    && let Some(install) = &form.install
                {
                    install.stop();
                }
            }
        }
    }

    fn install(&mut self, id: DocId, packages: &[String]) {
        let number = self.next_id;
        self.next_id += 1;
        let folder = self
            .document(id)
            .and_then(|doc| doc.path().parent().map(install_folder));
        let mailbox = self.background.mailbox();
        let Some(Dialog::Modules(form)) = &mut self.dialog else {
            return;
        };
        let Some(folder) = folder else { return };
        form.problem = None;
        form.number = number;
        form.output = vec![format!("$ {}", crate::packages::command_line(packages))];
        form.install = Some(Install::start(&folder, packages, move |event| {
            mailbox.send(Message::Install { number, event });
        }));
    }

    /// Takes in what npm says.
    pub(super) fn install_event(&mut self, number: u64, event: InstallEvent) {
        let Some(Dialog::Modules(form)) = &mut self.dialog else {
            return;
        };
        let form: &mut Form = form;
        if form.number != number {
            return;
        }
        match event {
            InstallEvent::Line(line) => form.output.push(line),
            InstallEvent::Ended(end) => {
                form.install = None;
                let id = form.doc;
                match end {
                    Ok(()) => self.read_modules(id, None),
                    Err(problem) => form.problem = Some(problem),
                }
            }
        }
    }
}
