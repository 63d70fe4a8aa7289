//! The whole window without a screen: opened over a folder of its own, its file dialogs answered by the test.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use eframe::egui::{self, Key, Modifiers, Theme, vec2};
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use hookbench::gui::background::{Mailbox, Message};
use hookbench::gui::dialogs::native::{Ask, Dialogs};
use hookbench::gui::{HookbenchApp, Services};
use hookbench::workspace::DataDir;

/// How long a test waits for what the window does off its own thread.
const PATIENCE: Duration = Duration::from_secs(60);

/// Answers every file dialog with the next path the test has put here; cancels when there is none.
#[derive(Clone, Default)]
pub struct Answers(Arc<Mutex<VecDeque<PathBuf>>>);

/// Where a file dialog is answered with this path, the window's own code panics.
pub const FAULT: &str = "a fault on purpose";

impl Dialogs for Answers {
    fn ask(&self, ask: Ask, mailbox: Mailbox) {
        let path = self.0.lock().unwrap().pop_front();
        assert!(path.as_deref() != Some(Path::new(FAULT)), "{FAULT}");
        mailbox.send(Message::Picked {
            purpose: ask.purpose,
            path,
        });
    }
}

pub struct App {
    pub harness: Harness<'static, HookbenchApp>,
    pub answers: Answers,
    pub folder: PathBuf,
    _keep: Option<tempfile::TempDir>,
}

impl App {
    /// A window with nothing open.
    pub fn empty() -> Self {
        let keep = tempfile::tempdir().unwrap();
        let folder = keep.path().to_owned();
        let mut app = Self::at(&folder, None);
        app._keep = Some(keep);
        app
    }

    /// A window over one hook with this code.
    pub fn with_code(code: &str) -> Self {
        let keep = tempfile::tempdir().unwrap();
        let folder = keep.path().to_owned();
        let file = folder.join("try me.js");
        std::fs::write(&file, code).unwrap();
        let mut app = Self::at(&folder, Some(&file));
        app._keep = Some(keep);
        app.wait_for("Code");
        app
    }

    /// A window whose data folder lies in `folder`.
    pub fn at(folder: &Path, open: Option<&Path>) -> Self {
        Self::sized(folder, open, [1280.0, 800.0])
    }

    pub fn sized(folder: &Path, open: Option<&Path>, size: [f32; 2]) -> Self {
        let answers = Answers::default();
        let services = Services {
            data: DataDir::at(folder.join("data")),
            worker: env!("CARGO_BIN_EXE_hookbench").into(),
            dialogs: Box::new(answers.clone()),
            open: open.map(Path::to_owned),
        };
        let harness = Harness::builder()
            .with_size(vec2(size[0], size[1]))
            .with_theme(Theme::Dark)
            .build_eframe(|cc| HookbenchApp::new(&cc.egui_ctx, services));
        let mut app = Self {
            harness,
            answers,
            folder: folder.to_owned(),
            _keep: None,
        };
        app.harness.run_steps(3);
        app
    }

    /// The file of the hook that `with_code` opened.
    pub fn file(&self) -> PathBuf {
        self.folder.join("try me.js")
    }

    pub fn on_disk(&self) -> String {
        std::fs::read_to_string(self.file()).unwrap()
    }

    /// What the next file dialog answers.
    pub fn answer(&self, path: impl Into<PathBuf>) {
        self.answers.0.lock().unwrap().push_back(path.into());
    }

    /// Draws frames until `ask` has an answer.
    pub fn wait<T>(&mut self, what: &str, mut ask: impl FnMut(&mut Self) -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            self.harness.step();
            if let Some(answer) = ask(self) {
                return answer;
            }
            if start.elapsed() > PATIENCE {
                panic!(
                    "waited for {what}; the window shows:\n{}",
                    self.all_labels().join("\n")
                );
            }
            std::thread::sleep(Duration::from_millis(8));
        }
    }

    pub fn wait_for(&mut self, label: &str) {
        self.wait(label, |app| app.shows(label).then_some(()));
    }

    pub fn wait_for_text(&mut self, part: &str) {
        self.wait(part, |app| app.shows_part(part).then_some(()));
    }

    pub fn wait_gone(&mut self, label: &str) {
        self.wait(&format!("{label} to go"), |app| {
            (!app.shows(label)).then_some(())
        });
    }

    /// True when something is called exactly this.
    pub fn shows(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    /// True when some label holds this.
    pub fn shows_part(&self, part: &str) -> bool {
        self.harness
            .query_all_by_label_contains(part)
            .next()
            .is_some()
    }

    /// True when at least two labels hold this.
    pub fn shows_twice(&self, part: &str) -> bool {
        self.harness.query_all_by_label_contains(part).count() >= 2
    }

    pub fn node<'a>(&'a self, label: &'a str) -> Node<'a> {
        match self.harness.query_all_by_label(label).next() {
            Some(node) => node,
            None => panic!(
                "nothing is called {label:?}; the window shows:\n{}",
                self.all_labels().join("\n")
            ),
        }
    }

    /// Clicks on the last button of a name: the one of the dialog on top.
    pub fn node_button(&mut self, label: &str) {
        let buttons: Vec<_> = self
            .harness
            .query_all_by_role_and_label(Role::Button, label)
            .collect();
        buttons.last().expect("a button").click();
        self.harness.run_steps(3);
    }

    /// Scrolls to something and clicks on it.
    pub fn click(&mut self, label: &str) {
        self.click_nth(label, 0);
    }

    /// Scrolls to the `index`th of the things whose name holds `part`, and clicks on it.
    pub fn click_nth(&mut self, part: &str, index: usize) {
        self.nth(part, index).scroll_to_me();
        // Scrolling is a movement, not a jump.
        self.harness.run_steps(12);
        self.nth(part, index).click();
        self.harness.run_steps(3);
    }

    fn nth<'a>(&'a self, part: &'a str, index: usize) -> Node<'a> {
        let whole = self.harness.query_all_by_label(part).nth(index);
        match whole.or_else(|| self.harness.query_all_by_label_contains(part).nth(index)) {
            Some(node) => node,
            None => panic!(
                "nothing is called {part:?}; the window shows:\n{}",
                self.all_labels().join("\n")
            ),
        }
    }

    /// A text pane or field; other widgets may have the same name.
    pub fn field<'a>(&'a self, label: &'a str) -> Node<'a> {
        let field = self.harness.query_all_by_label(label).find(|node| {
            matches!(
                node.accesskit_node().role(),
                Role::MultilineTextInput | Role::TextInput
            )
        });
        match field {
            Some(field) => field,
            None => panic!(
                "no field is called {label:?}; the window shows:\n{}",
                self.all_labels().join("\n")
            ),
        }
    }

    /// What a text pane holds.
    pub fn text(&self, label: &str) -> String {
        self.field(label).value().unwrap_or_default()
    }

    /// Puts the cursor into a pane and replaces all of its text.
    pub fn write(&mut self, label: &str, text: &str) {
        self.field(label).focus();
        self.harness.run_steps(2);
        self.keys(Modifiers::COMMAND, Key::A);
        self.harness.event(egui::Event::Paste(text.to_owned()));
        self.harness.run_steps(3);
    }

    /// Types at the cursor of a pane.
    pub fn type_in(&mut self, label: &str, text: &str) {
        self.field(label).focus();
        self.harness.run_steps(2);
        self.field(label).type_text(text);
        self.harness.run_steps(2);
    }

    /// Types letter by letter where the keyboard is, as somebody does.
    pub fn type_letters(&mut self, text: &str) {
        for c in text.chars() {
            self.harness.event(egui::Event::Text(c.to_string()));
            self.harness.run_steps(1);
        }
        self.harness.run_steps(2);
    }

    /// Goes to a place of the code, such as `12:5`, which is then where the keyboard is.
    pub fn go(&mut self, place: &str) {
        self.keys(Modifiers::COMMAND, Key::G);
        self.wait_for("Find a command");
        self.field("Find a command").type_text(place);
        self.harness.run_steps(2);
        self.keys(Modifiers::NONE, Key::Enter);
        self.wait_gone("Find a command");
        self.harness.run_steps(4);
    }

    pub fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_steps(2);
    }

    pub fn all_labels(&self) -> Vec<String> {
        fn walk(node: &Node<'_>, labels: &mut Vec<String>) {
            let accesskit = node.accesskit_node();
            let text = accesskit
                .label()
                .or_else(|| accesskit.value())
                .unwrap_or_default();
            if !text.is_empty() {
                labels.push(format!("{:?}: {text}", accesskit.role()));
            }
            for child in node.children() {
                walk(&child, labels);
            }
        }
        let mut labels = Vec::new();
        walk(&self.harness.root(), &mut labels);
        labels
    }
}
