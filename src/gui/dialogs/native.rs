//! The system's own file dialogs, opened without holding the window up.

use std::path::{Path, PathBuf};

use crate::gui::background::{Mailbox, Message, Purpose};

/// What a dialog is to ask for.
pub struct Ask {
    pub purpose: Purpose,
    pub kind: AskKind,
    pub title: &'static str,
    /// Where it opens.
    pub folder: Option<PathBuf>,
    /// The proposed name, for saving.
    pub file_name: Option<String>,
    /// A filter's name and endings.
    pub filter: Option<(&'static str, &'static [&'static str])>,
}

/// Which of the system's dialogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskKind {
    OpenFile,
    OpenFolder,
    SaveFile,
}

/// Something that asks the user for a path; tests answer by themselves.
pub trait Dialogs {
    /// Asks, and sends `Message::Picked` when there is an answer.
    fn ask(&self, ask: Ask, mailbox: Mailbox);
}

/// The system's dialogs through rfd.
pub struct SystemDialogs;

impl Dialogs for SystemDialogs {
    fn ask(&self, ask: Ask, mailbox: Mailbox) {
        let mut dialog = rfd::AsyncFileDialog::new().set_title(ask.title);
        if let Some(folder) = ask.folder.as_deref().filter(|folder| folder.is_dir()) {
            dialog = dialog.set_directory(folder);
        }
        if let Some(name) = &ask.file_name {
            dialog = dialog.set_file_name(name);
        }
        if let Some((name, endings)) = ask.filter {
            dialog = dialog
                .add_filter(name, endings)
                .add_filter("All files", &["*"]);
        }
        // The dialog is made here, on the window's thread, as macOS demands; only the wait is elsewhere.
        type Answer = Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>;
        let answer: std::pin::Pin<Answer> = match ask.kind {
            AskKind::OpenFile => Box::pin(dialog.pick_file()),
            AskKind::OpenFolder => Box::pin(dialog.pick_folder()),
            AskKind::SaveFile => Box::pin(dialog.save_file()),
        };
        let purpose = ask.purpose;
        let back = mailbox.clone();
        let spawned = std::thread::Builder::new()
            .name("file dialog".to_owned())
            .spawn(move || {
                let path = pollster::block_on(answer).map(|handle| Path::to_owned(handle.path()));
                mailbox.send(Message::Picked { purpose, path });
            });
        if let Err(error) = spawned {
            back.send(Message::Failed(format!(
                "The file dialog could not be opened: {error}. Drop the file onto the window, or name it on the command line."
            )));
        }
    }
}
