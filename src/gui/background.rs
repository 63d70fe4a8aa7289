//! Work off the UI thread: files, history, secrets. Results come back as messages that wake the window.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use eframe::egui::Context;
use ropey::Rope;

use super::assistant::Answer;
use super::dialogs::diff;
use super::documents::{DocId, ListedSymbol};
use super::editor::{Marker, Severity};
use super::fonts::FontsRead;
use super::modules::ModulesRead;
use super::outbox::HookOutbox;
use super::sign_up::Ready;
use crate::analysis;
use crate::assist;
use crate::auth0::{Kind, Point, action, detect};
use crate::flow::FlowEvent;
use crate::matrix::MatrixEvent;
use crate::packages::InstallEvent;
use crate::runner::modules::{self, Folders};
use crate::runner::outbox::mock::Mock;
use crate::runner::supervisor::RunEvent;
use crate::syntax;
use crate::workspace::drafts::{Draft, Drafts};
use crate::workspace::outbox_files::OutboxFiles;
use crate::workspace::payloads::Payloads;
use crate::workspace::run_history::{History, HistoryEntry};
use crate::workspace::secrets::SecretStore;
use crate::workspace::snapshots::{Snapshot, Snapshots, Why};
use crate::workspace::storage::Storages;
use crate::workspace::text_file::{self, FileError, Fingerprint, SaveAs, TextFile};
use crate::workspace::watch::Watcher;
use crate::workspace::{DataDir, HookEntry, Workspace};

/// The runs of a hook that are listed.
pub const MOST_RUNS: usize = 100;

/// What arrives at the window.
pub enum Message {
    /// A hook's file with everything kept for it.
    Opened(Result<Box<Opened>, String>),
    WorkspaceOpened {
        root: PathBuf,
        result: Result<Workspace, String>,
    },
    /// The folder was read again after a change in it.
    WorkspaceChanged(Result<Workspace, String>),
    /// A new hook was written into a workspace.
    Created(Result<Box<Created>, String>),
    Saved(Saved),
    Run {
        doc: DocId,
        number: u64,
        event: RunEvent,
    },
    /// A sign-up is ready to run, or why it is not.
    FlowReady {
        number: u64,
        result: Result<Box<Ready>, String>,
    },
    Flow {
        number: u64,
        event: FlowEvent,
    },
    Matrix {
        number: u64,
        event: MatrixEvent,
    },
    /// The packages of a hook, or why they could not be read or changed.
    Modules {
        doc: DocId,
        read: Result<ModulesRead, String>,
    },
    Install {
        number: u64,
        event: InstallEvent,
    },
    /// Something on disk changed; it may have been Hookbench itself.
    DiskChanged(PathBuf),
    /// The state of an open file after such a change.
    Compared {
        doc: DocId,
        result: Result<Option<Box<TextFile>>, FileError>,
    },
    /// Unsaved edits that an earlier Hookbench left behind.
    Drafts(Vec<Draft>),
    /// One of them with the hook it belongs to, as far as that could still be read.
    Recovered {
        draft: Box<Draft>,
        hook: Result<Box<Opened>, Box<Unread>>,
    },
    /// The versions kept of a hook's file, newest first.
    Versions {
        doc: DocId,
        result: Result<Vec<Snapshot>, String>,
    },
    /// Two texts, compared.
    Diff(Box<diff::View>),
    /// The text of one of them, to be put into the code pane.
    Version {
        doc: DocId,
        result: Result<String, String>,
    },
    /// What does not parse, or is warned about, in the code of that revision.
    Checked {
        doc: DocId,
        revision: u64,
        markers: Vec<Marker>,
        /// Of code that parses.
        symbols: Option<Vec<ListedSymbol>>,
        /// Lines that differ from what is saved, 0-based.
        changed: Vec<Range<usize>>,
    },
    /// An answer to what an editor asked.
    Help(Box<Answer>),
    /// The values of a `.env` file the user chose.
    SecretsRead {
        doc: DocId,
        result: Result<BTreeMap<String, String>, String>,
    },
    /// The mocks of a file the user chose.
    MocksRead {
        doc: DocId,
        result: Result<Vec<Mock>, String>,
    },
    /// The system's fonts, or one of them.
    Fonts(FontsRead),
    Picked {
        purpose: Purpose,
        path: Option<PathBuf>,
    },
    /// Something happened that the status bar tells.
    Notice(String),
    /// Something failed that the user did not ask for directly, such as keeping a draft.
    Failed(String),
}

/// A hook whose file could not be read, with the hook as far as it is known.
pub struct Unread {
    pub entry: HookEntry,
    pub error: FileError,
}

/// A hook as it was read from disk.
pub struct Opened {
    pub entry: HookEntry,
    /// The point that calls it, and whether that is only a guess.
    pub point: (Point, bool),
    pub kind: Kind,
    pub file: TextFile,
    pub body: Option<String>,
    pub secrets: BTreeMap<String, String>,
    /// The document of `context.webtask.storage`, JSON text.
    pub storage: Option<String>,
    pub history: Vec<HistoryEntry>,
    pub outbox: HookOutbox,
    /// Problems with what is kept beside the file, each a sentence.
    pub problems: Vec<String>,
}

/// A hook that was just created, and the workspace it is now in.
pub struct Created {
    pub entry: HookEntry,
    pub workspace: Workspace,
}

/// How a save ended.
pub struct Saved {
    pub doc: DocId,
    pub path: PathBuf,
    /// What was written.
    pub text: Rope,
    /// The hook as it is known under a new path, when it was saved as another file.
    pub moved: Option<HookEntry>,
    pub result: Result<Fingerprint, FileError>,
    /// Why the version before it could not be kept.
    pub version_problem: Option<String>,
}

/// Why a native dialog was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    OpenFile,
    OpenFolder,
    SaveAs(DocId),
    SaveLogs,
    SaveResponse,
    NewHookFolder,
    SecretsFile(DocId),
    MocksFile(DocId),
    SaveMocks,
}

/// The stores of the user's data folder, used from the background thread alone.
pub struct Stores {
    pub snapshots: Snapshots,
    pub drafts: Drafts,
    pub secrets: SecretStore,
    pub history: History,
    pub payloads: Payloads,
    pub outbox: OutboxFiles,
    pub storages: Storages,
    pub data: DataDir,
    watcher: Watcher,
    watch_problem_told: bool,
    /// Why the version before the last save could not be kept.
    pub version_problem: Option<String>,
    /// What this window wrote last into each file, so that its own saves are not taken for another's.
    written: HashMap<PathBuf, Fingerprint>,
}

impl Stores {
    /// Watches these paths and no others; says once why changes may be noticed late.
    pub fn watch(&mut self, paths: &[PathBuf]) -> Option<Message> {
        self.watcher.watch(paths);
        if self.watch_problem_told {
            return None;
        }
        let problem = self.watcher.problem()?;
        self.watch_problem_told = true;
        Some(Message::Failed(problem))
    }
}

type Job = Box<dyn FnOnce(&mut Stores) -> Option<Message> + Send>;

/// The background thread, its queue, and the mailbox of the window.
pub struct Background {
    jobs: mpsc::Sender<Job>,
    mailbox: Mailbox,
    messages: mpsc::Receiver<Message>,
}

/// Sends messages to the window from any thread, and wakes it.
#[derive(Clone)]
pub struct Mailbox {
    sender: mpsc::Sender<Message>,
    ctx: Context,
}

impl Mailbox {
    /// Delivers a message; without a window there is nobody to tell, and that is fine.
    pub fn send(&self, message: Message) {
        if self.sender.send(message).is_ok() {
            self.ctx.request_repaint();
        }
    }
}

impl Background {
    /// Starts the thread. It ends when the window drops its end, after the last queued job.
    pub fn start(ctx: &Context, data: &DataDir) -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        let (sender, messages) = mpsc::channel();
        let mailbox = Mailbox {
            sender,
            ctx: ctx.clone(),
        };
        let back = mailbox.clone();
        let data = data.clone();
        let noticed = mailbox.clone();
        thread::Builder::new()
            .name("files".to_owned())
            .spawn(move || {
                let mut stores = Stores {
                    snapshots: Snapshots::new(&data),
                    drafts: Drafts::new(&data),
                    secrets: SecretStore::new(&data),
                    history: History::new(&data),
                    payloads: Payloads::new(&data),
                    outbox: OutboxFiles::new(&data),
                    storages: Storages::new(&data),
                    data,
                    watcher: Watcher::new(move |path| noticed.send(Message::DiskChanged(path))),
                    watch_problem_told: false,
                    version_problem: None,
                    written: HashMap::new(),
                };
                for job in queue {
                    // A fault in one job must not keep the next save from happening.
                    let done = catch_unwind(AssertUnwindSafe(|| job(&mut stores)));
                    let message = done.unwrap_or_else(|_| {
                        Some(Message::Failed(
                            "Hookbench failed while working with a file. Save your work, and please report it.".to_owned(),
                        ))
                    });
                    if let Some(message) = message {
                        back.send(message);
                    }
                }
            })
            .ok();
        Self {
            jobs,
            mailbox,
            messages,
        }
    }

    /// Queues a job; jobs run one after another, in order.
    pub fn submit(&self, job: impl FnOnce(&mut Stores) -> Option<Message> + Send + 'static) {
        if self.jobs.send(Box::new(job)).is_err() {
            self.mailbox.send(Message::Failed(
                "The thread that reads and writes files has ended. Save your work elsewhere and restart Hookbench.".to_owned(),
            ));
        }
    }

    /// The window's mailbox, for other threads.
    pub fn mailbox(&self) -> Mailbox {
        self.mailbox.clone()
    }

    /// The next message, if one has arrived.
    pub fn next_message(&self) -> Option<Message> {
        self.messages.try_recv().ok()
    }

    /// Lets the queued jobs finish, at most `patience`; for the moment before the window closes.
    pub fn finish(&mut self, patience: Duration) {
        let (done, wait) = mpsc::channel();
        let asked = self.jobs.send(Box::new(move |_| {
            let _ = done.send(());
            None
        }));
        if asked.is_ok() {
            let _ = wait.recv_timeout(patience);
        }
    }
}

/// Reads a hook with everything kept for it.
///
/// # Errors
/// The file cannot be read; why, and what to do.
pub fn open_hook(stores: &mut Stores, entry: HookEntry) -> Result<Box<Opened>, Box<Unread>> {
    match text_file::load(&entry.script) {
        Ok(file) => Ok(Box::new(with_kept(stores, entry, file))),
        Err(error) => Err(Box::new(Unread { entry, error })),
    }
}

/// A hook's text with everything kept for it.
pub fn with_kept(stores: &mut Stores, entry: HookEntry, file: TextFile) -> Opened {
    let mut problems = Vec::new();
    let path = entry.script.clone();
    let secrets = stores.secrets.get(&path).unwrap_or_else(|error| {
        problems.push(error.to_string());
        BTreeMap::new()
    });
    let body = stores.payloads.get(&path).unwrap_or_else(|error| {
        problems.push(error.to_string());
        None
    });
    let storage = stores.storages.get(&path).unwrap_or_else(|error| {
        problems.push(error.to_string());
        None
    });
    let history = stores
        .history
        .list(&path, MOST_RUNS)
        .unwrap_or_else(|error| {
            problems.push(error.to_string());
            Vec::new()
        });
    let outbox = HookOutbox::load(stores, &path, &mut problems);
    let (point, kind, problem) = point_of(&entry, &file.text);
    problems.extend(problem);
    Opened {
        point,
        kind,
        entry,
        file,
        body,
        secrets,
        storage,
        history,
        outbox,
        problems,
    }
}

/// Saves a text, keeping the version it overwrites.
///
/// # Errors
/// The file changed since it was read or written here, or cannot be written.
pub fn save_text(
    stores: &mut Stores,
    path: &Path,
    text: &str,
    how: &SaveAs,
) -> Result<Fingerprint, FileError> {
    let mut how = how.clone();
    if let Ok(old) = text_file::load(path) {
        if how.expected.is_some() && stores.written.get(path) == Some(&old.fingerprint) {
            // Two saves in a row: the second was asked for before the first had come back.
            how.expected = Some(old.fingerprint);
        }
        if old.text != text
            && let Err(error) = stores.snapshots.keep(path, &old.text, Why::BeforeSave)
        {
            // A version that cannot be kept must not stop the user from saving, but is told.
            stores.version_problem = Some(error.to_string());
        }
    }
    let fingerprint = text_file::save(path, text, &how)?;
    stores.written.insert(path.to_owned(), fingerprint.clone());
    Ok(fingerprint)
}

/// The point a file's code or sidecar names, else the one its code looks like, and why the code cannot run at all.
fn point_of(entry: &HookEntry, text: &str) -> ((Point, bool), Kind, Option<String>) {
    let outline = syntax::outline(text);
    let (kind, trigger) = kind_of(text);
    if kind == Kind::Action {
        // Actions of the first version do not name their trigger; its JSON does.
        let first = outline.hook_parameters.is_some();
        let point = entry.point.filter(|_| first).or(trigger);
        let problem = point.is_none().then(|| {
            format!(
                "This is an Action of a trigger that Hookbench does not run: it exports {}.",
                outline.exports.join(", ")
            )
        });
        let guessed = point.is_none();
        return (
            (point.unwrap_or(Point::PreUserRegistration), guessed),
            kind,
            problem,
        );
    }
    let parameters = outline.hook_parameters.unwrap_or_default();
    let point = match entry.point {
        Some(point) => (point, false),
        None => {
            let point = detect::point_of(&parameters, text);
            (point.unwrap_or(Point::PreUserRegistration), true)
        }
    };
    (point, kind, None)
}

/// Whether the code is a Hook or an Action, and an Action's trigger where Hookbench runs it.
pub fn kind_of(text: &str) -> (Kind, Option<Point>) {
    let outline = syntax::outline(text);
    let kind = detect::kind_of(&outline.exports, outline.hook_parameters.as_deref(), text);
    let trigger = (kind == Kind::Action)
        .then(|| {
            action::trigger(
                &outline.exports,
                outline.hook_parameters.as_deref(),
                text,
                None,
            )
        })
        .flatten();
    (kind, trigger)
}

/// What does not parse in `source`, else what is to be said of it at `point`, as markers of the code pane. `body` is
/// the payload as it stands, whether it is JSON or not; `path` is the hook's file, whose folder has its modules.
pub fn code_markers(point: Point, path: &Path, source: &str, body: &str) -> Vec<Marker> {
    let problems = syntax::check(source);
    if problems.is_empty() {
        let body = serde_json::from_str(body).ok();
        let folders = Folders {
            script: path.parent().map(Path::to_owned),
            packages: None,
        };
        let has_module = |name: &str| modules::has(&folders, name);
        return analysis::warnings_among(point, source, body.as_ref(), &has_module)
            .into_iter()
            .map(|finding| Marker {
                line: finding.line,
                column: finding.column,
                end: Some((finding.end_line, finding.end_column)),
                severity: match finding.severity {
                    analysis::Severity::Warning => Severity::Warning,
                    analysis::Severity::Info => Severity::Info,
                },
                message: finding.message,
                detail: Some(format!("{} ({})", finding.source, finding.code)),
                fixes: finding.fixes,
            })
            .collect();
    }
    problems
        .iter()
        .map(|problem| Marker {
            line: problem.line,
            column: problem.column,
            end: Some((problem.end_line, problem.end_column)),
            severity: Severity::Error,
            message: match &problem.help {
                Some(help) => format!("{} {help}", problem.message),
                None => problem.message.clone(),
            },
            detail: None,
            fixes: problem
                .fixes
                .iter()
                .filter(|fix| fix.helps(source, &problems))
                .cloned()
                .collect(),
        })
        .collect()
}

/// The lines of a text that differ from what is saved, 0-based; an empty stretch where lines are missing.
pub fn changed_lines(saved: &str, text: &str) -> Vec<Range<usize>> {
    if saved == text {
        return Vec::new();
    }
    similar::TextDiff::configure()
        .timeout(COMPARE)
        .diff_lines(saved, text)
        .ops()
        .iter()
        .filter(|op| op.tag() != similar::DiffTag::Equal)
        .map(similar::DiffOp::new_range)
        .collect()
}

/// How long is looked for the shortest difference.
const COMPARE: Duration = Duration::from_millis(200);

/// The functions, classes and variables of code that parses.
pub fn listed_symbols(source: &str) -> Option<Vec<ListedSymbol>> {
    let symbols = assist::symbols(source);
    if symbols.is_empty() {
        return None;
    }
    let lines = syntax::Lines::new(source);
    let listed = symbols.into_iter().map(|symbol| {
        let place = lines.place(symbol.range.start);
        ListedSymbol {
            name: symbol.name,
            kind: symbol.kind,
            line: place.line,
            column: place.column,
            last_line: lines.place(symbol.whole.end).line,
            depth: symbol.depth,
        }
    });
    Some(listed.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::single_range_in_vec_init)] // one stretch is meant
    fn lines_that_differ_from_the_file_are_told() {
        assert_eq!(changed_lines("a\nb\nc\n", "a\nB\nc\nd\n"), [1..2, 3..4]);
        assert_eq!(changed_lines("a\nb\nc\n", "a\nc\n"), [1..1]);
        assert!(changed_lines("a", "a").is_empty());
    }

    #[test]
    fn code_is_marked_with_its_faults_or_else_with_its_warnings() {
        let point = Point::PreUserRegistration;
        let hook = "module.exports = function (user, context, cb) {\n  log(context.requestLanguage);\n  cb(null, { user }); CB\n};";
        let twice = hook.replace("CB", "cb();");
        let marks = code_markers(point, Path::new("hook.js"), &twice, "{}");
        let [mark] = marks.as_slice() else {
            panic!("{marks:?}")
        };
        assert_eq!((mark.line, mark.severity), (3, Severity::Warning));
        let detail = mark.detail.as_deref().unwrap();
        assert!(detail.contains("callback-twice") && detail.contains("Measured"));
        assert!(mark.fixes[0].title.starts_with("Put return"), "{mark:?}");
        // The payload in the Runner counts, and one that is no JSON is none.
        let fine = hook.replace("CB", "");
        let newer = r#"{"context": {"request": {"language": "en"}}}"#;
        assert_eq!(
            code_markers(point, Path::new("hook.js"), &fine, newer).len(),
            1
        );
        assert_eq!(
            code_markers(point, Path::new("hook.js"), &fine, "{").len(),
            1
        );
        let older = r#"{"context": {"requestLanguage": "en"}}"#;
        assert_eq!(code_markers(point, Path::new("hook.js"), &fine, older), []);
        let broken = hook.replace("CB", "(");
        let marks = code_markers(point, Path::new("hook.js"), &broken, "{}");
        assert!(marks.iter().all(|mark| mark.severity == Severity::Error) && !marks.is_empty());
        let import = code_markers(point, Path::new("hook.js"), "import x from 'y';", "{}");
        assert_eq!(import[0].fixes[0].title, "Write it with require");
    }
}
