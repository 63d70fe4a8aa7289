//! The thread that answers what editors ask while the user writes, and looks through their code: no key waits for a
//! parser, and no save for either.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use ropey::Rope;

use super::app::HookbenchApp;
use super::background::{Mailbox, Message, changed_lines, code_markers, listed_symbols};
use super::documents::{DocId, Document, PaneId};
use super::editor::{Help, Language, Wish};
use crate::assist::{self, Declared, Facts};
use crate::auth0::{Kind, Point};
use crate::runner::modules::{Folders, nearby};
use crate::syntax::{Lines, Place};
use crate::workspace::text_file;

/// The longest text that is looked into; what is larger is no hook.
const MOST_BYTES: usize = 4 << 20;

/// A question of a pane.
pub struct Question {
    pub doc: DocId,
    pub pane: PaneId,
    pub revision: u64,
    pub wish: Wish,
    text: Rope,
    language: Language,
    /// The parameter that a JSON pane shows, empty for the whole body.
    root: String,
    point: Point,
    kind: Kind,
    body: String,
    secrets: Vec<String>,
    path: PathBuf,
}

/// What came of it.
pub struct Answer {
    pub doc: DocId,
    pub pane: PaneId,
    pub revision: u64,
    pub wish: Wish,
    pub help: Help,
    /// The file beside the hook that declares the name.
    pub file: Option<Elsewhere>,
}

/// A declaration in another file.
pub struct Elsewhere {
    path: PathBuf,
    /// Where in the file as it is on disk.
    place: Place,
    /// The export that is meant; none for all of it.
    export: Option<String>,
}

/// Code that is to be looked through for problems, symbols and what is not saved.
pub struct Check {
    doc: DocId,
    revision: u64,
    code: Rope,
    saved: Rope,
    body: String,
    point: Point,
    path: PathBuf,
}

impl Check {
    /// Of a hook as it stands.
    pub fn of(doc: &mut Document) -> Self {
        Self {
            doc: doc.id,
            revision: doc.code.revision(),
            code: doc.code.rope().clone(),
            saved: doc.saved().clone(),
            body: doc.body.text_to_keep(),
            point: doc.point,
            path: doc.path().clone(),
        }
    }

    fn carried_out(&self) -> Message {
        let (code, saved) = (self.code.to_string(), self.saved.to_string());
        Message::Checked {
            doc: self.doc,
            revision: self.revision,
            markers: code_markers(self.point, &self.path, &code, &self.body),
            symbols: listed_symbols(&code),
            changed: changed_lines(&saved, &code),
        }
    }
}

enum Task {
    Answer(Box<Question>),
    Check(Box<Check>),
}

impl Task {
    /// Whether a newer task makes this one pointless.
    fn gives_way_to(&self, newer: &Self) -> bool {
        match (self, newer) {
            (Self::Answer(older), Self::Answer(newer)) => {
                newer.doc == older.doc
                    && newer.pane == older.pane
                    && std::mem::discriminant(&newer.wish) == std::mem::discriminant(&older.wish)
            }
            (Self::Check(older), Self::Check(newer)) => newer.doc == older.doc,
            _ => false,
        }
    }
}

/// The thread and its queue.
pub struct Assistant {
    tasks: mpsc::Sender<Task>,
}

impl Assistant {
    /// Starts the thread; it ends with the window.
    pub fn start(mailbox: Mailbox) -> Self {
        let (tasks, queue) = mpsc::channel::<Task>();
        let started = thread::Builder::new()
            .name("assist".to_owned())
            .spawn(move || {
                while let Ok(first) = queue.recv() {
                    let mut waiting = vec![first];
                    waiting.extend(queue.try_iter());
                    while !waiting.is_empty() {
                        // Somebody waits for an answer, nobody for a check.
                        let next = waiting
                            .iter()
                            .rposition(|task| matches!(task, Task::Answer(_)))
                            .unwrap_or(waiting.len() - 1);
                        let task = waiting.remove(next);
                        waiting.retain(|older| !older.gives_way_to(&task));
                        // A fault over one text must not be the end of all help.
                        let done = catch_unwind(AssertUnwindSafe(|| match task {
                            Task::Answer(question) => Message::Help(Box::new(answer(*question))),
                            Task::Check(check) => check.carried_out(),
                        }));
                        mailbox.send(done.unwrap_or_else(|_| {
                            Message::Failed(
                                "Hookbench failed while it looked through the code. Nothing is lost; please report it.".to_owned(),
                            )
                        }));
                        waiting.extend(queue.try_iter());
                    }
                }
            });
        // Without the thread there are no suggestions and no warnings; everything else works.
        drop(started);
        Self { tasks }
    }

    /// Has code looked through.
    pub fn check(&self, check: Check) {
        // The thread ends with the window alone.
        let _ = self.tasks.send(Task::Check(Box::new(check)));
    }

    fn ask(&self, question: Question) {
        let _ = self.tasks.send(Task::Answer(Box::new(question)));
    }
}

fn answer(question: Question) -> Answer {
    let (help, file) = help(&question).unwrap_or((Help::Nothing, None));
    let Question {
        doc,
        pane,
        revision,
        wish,
        ..
    } = question;
    Answer {
        doc,
        pane,
        revision,
        wish,
        help,
        file,
    }
}

fn help(question: &Question) -> Option<(Help, Option<Elsewhere>)> {
    let rope = &question.text;
    if rope.len_bytes() > MOST_BYTES {
        return None;
    }
    let text = rope.to_string();
    let chars = |range: Range<usize>| {
        rope.byte_to_char(range.start.min(text.len()))..rope.byte_to_char(range.end.min(text.len()))
    };
    let offset = |at: usize| rope.char_to_byte(at.min(rope.len_chars()));
    let json = question.language == Language::Json;
    let help = match &question.wish {
        Wish::Complete { at } => {
            let at = offset(*at);
            let facts = facts(question, in_require(&text, at));
            let found = if json {
                assist::complete_json(&text, at, &question.root, &facts)
            } else {
                assist::complete(&text, at, &facts)
            }?;
            Help::Completions {
                replace: chars(found.replace),
                suggestions: found.suggestions,
            }
        }
        Wish::Hover { at } => {
            let at = offset(*at);
            let facts = facts(question, false);
            let found = if json {
                assist::hover_json(&text, at, &question.root, &facts)
            } else {
                assist::hover(&text, at, &facts)
            }?;
            Help::Hover {
                range: chars(found.range),
                title: found.title,
                text: found.text,
            }
        }
        Wish::Signature { .. } | Wish::Definition { .. } | Wish::Rename { .. } if json => {
            return None;
        }
        Wish::Signature { at } => Help::Signature(assist::signature(
            &text,
            offset(*at),
            &facts(question, false),
        )),
        Wish::Definition { at } => match assist::declaration(&text, offset(*at))? {
            Declared::Here(range) => Help::Definition(chars(range)),
            Declared::File { module, export } => {
                let path = beside(&question.path, &module)?;
                let place = exported(&path, export.as_deref());
                let elsewhere = Elsewhere {
                    path,
                    place,
                    export,
                };
                return Some((Help::Nothing, Some(elsewhere)));
            }
        },
        Wish::Enclosing { from } => {
            let from = offset(from.start)..offset(from.end);
            let found = assist::enclosing(&text, from);
            Help::Enclosing(found.into_iter().map(chars).collect())
        }
        Wish::Rename { at, name } => Help::Renamed(
            assist::rename(&text, offset(*at), name)
                .map(|edits| {
                    edits
                        .into_iter()
                        .map(|(range, text)| (chars(range), text))
                        .collect()
                })
                .map_err(|problem| problem.to_string()),
        ),
    };
    Some((help, None))
}

fn facts(question: &Question, with_modules: bool) -> Facts {
    let modules = if with_modules {
        nearby(&Folders {
            script: question.path.parent().map(Path::to_owned),
            packages: None,
        })
    } else {
        Vec::new()
    };
    Facts {
        point: question.point,
        kind: question.kind,
        body: serde_json::from_str(&question.body).ok(),
        secrets: question.secrets.clone(),
        modules,
    }
}

/// Whether the folder has to be looked at.
fn in_require(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.contains("require")
}

/// Where a file says what it exports; its start where that cannot be told.
fn exported(file: &Path, export: Option<&str>) -> Place {
    let found = text_file::load(file)
        .ok()
        .filter(|read| read.text.len() <= MOST_BYTES)
        .and_then(|read| {
            let at = assist::exported(&read.text, export)?;
            Some(Lines::new(&read.text).place(at))
        });
    found.unwrap_or(Place { line: 1, column: 1 })
}

/// The file that `require` of a path beside the hook means.
fn beside(script: &Path, name: &str) -> Option<PathBuf> {
    let mut plain = script.parent()?.to_owned();
    for part in Path::new(name).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    // Data is no hook, and would be saved as one by its first run.
    let is_script = |path: &PathBuf| {
        path.is_file()
            && path
                .extension()
                .is_some_and(|ending| matches!(ending.to_str(), Some("js" | "cjs" | "mjs")))
    };
    ["", ".js", ".cjs"]
        .into_iter()
        .map(|ending| {
            let mut path = plain.clone().into_os_string();
            path.push(ending);
            PathBuf::from(path)
        })
        .chain([plain.join("index.js")])
        .find(is_script)
}

impl HookbenchApp {
    /// Hands on what the panes of the current hook ask.
    pub(super) fn ask_assistant(&mut self) {
        let Some(doc) = self.doc() else { return };
        // Who had the keyboard before a dialog took it is known from here.
        doc.notice_focus();
        let mut refused = None;
        for (pane, _) in doc.panes() {
            refused = refused.or(doc.pane_of(pane).take_refused());
        }
        let mut asked = questions(doc);
        let other = self.split.as_ref().map(|split| split.other);
        if let Some(other) = other.filter(|other| Some(*other) != self.current)
            && let Some(doc) = self.document(other)
        {
            asked.extend(questions(doc));
        }
        for question in asked {
            self.assistant.ask(question);
        }
        if let Some(command) = refused {
            self.say_refused(command);
        }
    }

    /// Gives an answer to the pane that asked.
    pub(super) fn helped(&mut self, answer: Answer) {
        if let Some(Elsewhere {
            path,
            place,
            export,
        }) = answer.file
        {
            // What is open may have been edited since it was saved.
            let open = self.documents.iter().find(|doc| *doc.path() == path);
            let place = open
                .and_then(|doc| {
                    let text = doc.code.text();
                    let at = assist::exported(&text, export.as_deref())?;
                    Some(Lines::new(&text).place(at))
                })
                .unwrap_or(place);
            self.open_path(&path);
            self.place_to_show = Some((path, place));
            return;
        }
        let definition = matches!(answer.wish, Wish::Definition { .. });
        if definition && answer.help == Help::Nothing {
            self.tell("This name is not declared in this script or in one beside it.");
        }
        let described = matches!(answer.wish, Wish::Hover { .. });
        let Some(doc) = self.document(answer.doc) else {
            return;
        };
        let pane = doc.pane_of(answer.pane);
        let asked_by_key = described && answer.help == Help::Nothing && pane.take_describe();
        pane.take_help(answer.revision, &answer.wish, answer.help);
        if asked_by_key {
            self.tell("Nothing is known of what stands at the cursor.");
        }
    }
}

fn questions(doc: &mut Document) -> Vec<Question> {
    let mut found = Vec::new();
    for (pane, root) in doc.panes() {
        let editor = doc.pane_of(pane);
        let wishes = editor.take_wishes();
        if wishes.is_empty() {
            continue;
        }
        let (text, language, revision) =
            (editor.rope().clone(), editor.language(), editor.revision());
        let body = doc.body.text_to_keep();
        for wish in wishes {
            found.push(Question {
                doc: doc.id,
                pane,
                revision,
                wish,
                text: text.clone(),
                language,
                root: root.to_owned(),
                point: doc.point,
                kind: doc.kind,
                body: body.clone(),
                secrets: doc.secrets.keys().cloned().collect(),
                path: doc.path().clone(),
            });
        }
    }
    found
}
