//! The thread that answers what editors ask while the user writes, so that no key waits for a parser.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use ropey::Rope;

use super::app::HookbenchApp;
use super::background::{Mailbox, Message};
use super::documents::{DocId, Document, PaneId};
use super::editor::{Help, Language, Wish};
use crate::assist::{self, Declared, Facts};
use crate::auth0::{Kind, Point};
use crate::runner::modules::{Folders, nearby};

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
    pub file: Option<PathBuf>,
}

/// The thread and its queue.
pub struct Assistant {
    questions: mpsc::Sender<Question>,
}

impl Assistant {
    /// Starts the thread; it ends with the window.
    pub fn start(mailbox: Mailbox) -> Self {
        let (questions, queue) = mpsc::channel::<Question>();
        let started = thread::Builder::new()
            .name("assist".to_owned())
            .spawn(move || {
                while let Ok(first) = queue.recv() {
                    // Of a pane's questions of a kind only the newest is still wanted.
                    let mut waiting = vec![first];
                    waiting.extend(queue.try_iter());
                    while let Some(question) = waiting.pop() {
                        waiting.retain(|older| !takes_place(&question, older));
                        mailbox.send(Message::Help(Box::new(answer(question))));
                    }
                }
            });
        // Without the thread there are no suggestions; everything else works.
        drop(started);
        Self { questions }
    }
}

fn takes_place(newer: &Question, older: &Question) -> bool {
    newer.doc == older.doc
        && newer.pane == older.pane
        && std::mem::discriminant(&newer.wish) == std::mem::discriminant(&older.wish)
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

fn help(question: &Question) -> Option<(Help, Option<PathBuf>)> {
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
            Declared::File(name) => {
                let file = beside(&question.path, &name)?;
                return Some((Help::Nothing, Some(file)));
            }
        },
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

/// The file that `require` of a path beside the hook means.
fn beside(script: &Path, name: &str) -> Option<PathBuf> {
    let folder = script.parent()?;
    let plain = folder.join(name);
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
        let questions = questions(doc);
        for question in questions {
            // The thread ends with the window alone.
            let _ = self.assistant.questions.send(question);
        }
        if let Some(command) = refused {
            self.say_refused(command);
        }
    }

    /// Gives an answer to the pane that asked.
    pub(super) fn helped(&mut self, answer: Answer) {
        if let Some(file) = answer.file {
            self.open_path(&file);
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
