//! What is fed with bytes from anywhere: each target takes any bytes, and nothing it calls may panic, hang or take
//! memory without bound. Shared by `tests/fuzzed.rs` and by the coverage-guided programs in `fuzz_targets`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use hookbench::analysis;
use hookbench::auth0::{Kind, Point};
use hookbench::engine::Program;
use hookbench::engine::outside::Incoming;
use hookbench::runner::RunRequest;
use hookbench::runner::bounds::Bounds;
use hookbench::runner::modules::{Folders, Modules};
use hookbench::runner::outbox::{mock, recording};
use hookbench::runner::protocol::{Order, Word, read_frame, write_frame};
use hookbench::runner::report::ErrorKind;
use hookbench::runner::request::{Answers, Limits, Network};
use hookbench::runner::supervisor::Supervisor;
use hookbench::syntax;
use hookbench::workspace::secrets::parse_env;
use hookbench::workspace::settings::Settings;
use hookbench::workspace::{DataDir, Workspace};

/// What a target is called, and what it does with its bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Those that stay in the process.
pub const TARGETS: [Target; 6] = [
    ("frames", frames),
    ("payload", payload),
    ("mocks", mocks),
    ("settings", settings),
    ("deploy", deploy),
    ("source", source),
];

/// Frames of the pipe between worker and window: a worker is an enemy.
pub fn frames(bytes: &[u8]) {
    let mut rest = bytes;
    let mut bounds = Bounds::of_parent();
    while let Ok(word) = read_frame::<Word>(&mut rest) {
        let mut again = Vec::new();
        // What was read once is read again: a message means one thing.
        if write_frame(&mut again, &word).is_ok() {
            let second: Word = read_frame(&mut &again[..]).expect("what was written is read");
            assert_eq!(format!("{word:?}"), format!("{second:?}"));
        }
        match word {
            Word::Event(event) => bounds.pass(event, &mut |_| {}),
            Word::Ask(ask) => drop(modules().find(&ask)),
            Word::Ready(_) | Word::Prepared { .. } | Word::Done { .. } => {}
        }
    }
    let _ = read_frame::<Order>(&mut &bytes[..]);
    let _ = serde_json::from_slice::<Incoming>(bytes);
}

fn modules() -> Modules {
    Modules::new(&Folders {
        script: Some(scratch().join("modules")),
        packages: None,
    })
}

/// A request body, as pasted into the runner's pane.
pub fn payload(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let value = serde_json::from_str(text).ok();
    for point in Point::ALL {
        analysis::warnings(point, point.starter_code(), value.as_ref());
    }
}

/// Files with canned and with recorded answers.
pub fn mocks(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(read) = mock::read(&text) {
        let again = mock::read(&mock::write(&read)).expect("what was written is read");
        assert_eq!(format!("{read:?}"), format!("{again:?}"));
        for mock in &read {
            let _ = mock::problem(mock);
        }
    }
    if let Ok(read) = recording::read(&text) {
        let again = recording::read(&recording::write(&read)).expect("what was written is read");
        assert_eq!(format!("{read:?}"), format!("{again:?}"));
    }
}

/// The settings' file and a file of secrets.
pub fn settings(bytes: &[u8]) {
    let data = DataDir::at(scratch().join("settings"));
    put(&data.path("settings.json"), bytes);
    let (read, _) = Settings::load(&data);
    // Whatever was in the file: what is written next is read without a complaint.
    read.save(&data).expect("the settings are written");
    let (_, problem) = Settings::load(&data);
    assert_eq!(problem, None);
    let _ = parse_env(&String::from_utf8_lossy(bytes));
}

/// A folder as the Deploy CLI exports it: the file of a hook, and that of an Action.
pub fn deploy(bytes: &[u8]) {
    let root = scratch().join("deploy");
    for name in [
        "hooks/greet.json",
        "actions/greet.json",
        "triggers/triggers.json",
    ] {
        let file = root.join(name);
        put(&file, bytes);
        let code = file.with_extension("js");
        if !code.exists() {
            put(
                &code,
                b"module.exports = function (user, context, cb) { cb(null, {}); };",
            );
        }
        if let Ok(workspace) = Workspace::open(&root) {
            let _ = hookbench::flow::gather(&workspace);
        }
        let _ = fs::remove_file(&file);
    }
}

/// The code of a hook, as far as it is understood without running it.
pub fn source(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    syntax::check(&text);
    syntax::outline(&text);
    for point in [Point::PreUserRegistration, Point::CredentialsExchange] {
        for finding in analysis::warnings(point, &text, None) {
            assert!(finding.line >= 1 && finding.column >= 1, "{finding:?}");
        }
    }
}

/// Parsed, linted and run, in a worker that is ended soon: the first byte tells whether the rest is code or a body.
pub fn run(bytes: &[u8], program: &Path) {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(rest).into_owned();
    let point = Point::PreUserRegistration;
    let (code, body) = if first % 4 == 0 {
        (point.starter_code().to_owned(), text)
    } else {
        (text, point.default_body().to_owned())
    };
    let report = Supervisor::new(program.to_owned()).run(RunRequest {
        program: Program {
            point,
            kind: Kind::Hook,
            file_name: "hook.js".to_owned(),
            source: code,
            body,
            secrets: BTreeMap::new(),
            storage: None,
        },
        limits: Limits {
            wall: Duration::from_secs(2),
            cpu: Duration::from_secs(2),
            memory: 64 * 1024 * 1024,
        },
        network: Network::Offline,
        mocks: Vec::new(),
        answers: Answers::default(),
        modules: Folders::default(),
        reveal_secrets: false,
    });
    let crashed = report
        .error
        .as_ref()
        .is_some_and(|error| error.kind == ErrorKind::Crash);
    assert!(!crashed, "{:?}", report.error);
}

fn put(file: &Path, bytes: &[u8]) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder is made");
    fs::write(file, bytes).expect("a file is written");
}

/// A folder of this process's own.
fn scratch() -> &'static Path {
    static FOLDER: LazyLock<tempfile::TempDir> =
        LazyLock::new(|| tempfile::tempdir().expect("a folder for scratch"));
    FOLDER.path()
}
