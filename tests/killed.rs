//! Killed at any moment: 200 times a process that types, saves and runs is ended by `kill -9`, and whatever it had been
//! told was kept must be there.
//!
//! The one that is killed is this test itself, started again; it does what the window's background thread does, with
//! the same functions, and says on its standard output what has been kept.

#![cfg(unix)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, SystemTime};

use hookbench::auth0::{Kind, Point};
use hookbench::engine::Program;
use hookbench::runner::RunRequest;
use hookbench::runner::modules::Folders;
use hookbench::runner::request::{Answers, Limits, Network};
use hookbench::runner::supervisor::Supervisor;
use hookbench::workspace::DataDir;
use hookbench::workspace::drafts::{Draft, Drafts};
use hookbench::workspace::payloads::Payloads;
use hookbench::workspace::run_history::{History, HistoryEntry};
use hookbench::workspace::secrets::SecretStore;
use hookbench::workspace::settings::Settings;
use hookbench::workspace::snapshots::{Snapshots, Why};
use hookbench::workspace::text_file::{self, SaveAs};

/// How many processes are killed.
const KILLS: u64 = 200;
/// Each is killed this long after its start at the latest, at random before: several saves and runs long.
const LIVES: Duration = Duration::from_millis(400);
/// Holds the folder to work in where this process is the one that will be killed.
const VICTIM: &str = "HOOKBENCH_TEST_VICTIM";

/// What the hook is in step `n`: of a different length each time, and far longer than a disk's block now and then.
fn code(n: u64) -> String {
    let mut text = format!(
        "// step {n}\nmodule.exports = function (user, context, cb) {{\n  cb(null, {{ user: {{ app_metadata: {{ n: {n} }} }} }});\n}};\n"
    );
    for line in 0..n * 37 % 2000 {
        text.push_str(&format!("// {n} {line} äöü\n"));
    }
    text
}

fn body(n: u64) -> String {
    format!(
        "{{\"user\": {{\"id\": \"{n}\"}}, \"context\": {{}}}}{}",
        " ".repeat((n * 91 % 9000) as usize)
    )
}

/// The step whose text this is; none where it is no whole text of any.
fn step_of(text: &str) -> Option<u64> {
    let n = text
        .strip_prefix("// step ")?
        .lines()
        .next()?
        .parse()
        .ok()?;
    (text == code(n)).then_some(n)
}

/// Where everything of one victim lies.
struct Place {
    hook: PathBuf,
    data: DataDir,
}

impl Place {
    fn at(folder: &Path) -> Self {
        Self {
            hook: folder.join("hook.js"),
            data: DataDir::at(folder.join("data")),
        }
    }
}

/// Not a test of its own: types, saves and runs until it is killed.
fn live(folder: &Path) -> ! {
    let place = Place::at(folder);
    let mut out = std::io::stdout().lock();
    let mut kept = |what: &str, n: u64| {
        writeln!(out, "kept {what} {n}").unwrap();
        out.flush().unwrap();
    };
    let first = fs::read_to_string(&place.hook)
        .ok()
        .and_then(|text| step_of(&text))
        .map_or(1, |n| n + 1);
    let drafts = Drafts::new(&place.data);
    let supervisor = Supervisor::new(env!("CARGO_BIN_EXE_hookbench").into());
    let mut settings = Settings::load(&place.data).0;
    let mut secrets = SecretStore::new(&place.data);
    let mut before = fs::read_to_string(&place.hook).ok();
    for n in first.. {
        let code = code(n);
        drafts
            .keep(&Draft {
                id: Draft::id_of(&place.hook),
                path: Some(place.hook.clone()),
                code: code.clone(),
                body: None,
                at: SystemTime::now(),
                base: None,
            })
            .unwrap();
        kept("draft", n);
        Payloads::new(&place.data)
            .set(&place.hook, &body(n))
            .unwrap();
        kept("payload", n);
        if let Some(before) = &before {
            Snapshots::new(&place.data)
                .keep(&place.hook, before, Why::BeforeSave)
                .unwrap();
            kept("version", n - 1);
        }
        text_file::save(&place.hook, &code, &SaveAs::default()).unwrap();
        kept("save", n);
        drafts.discard(&Draft::id_of(&place.hook)).unwrap();
        settings.time_limit_s = 1 + u32::try_from(n % 3000).unwrap();
        settings.save(&place.data).unwrap();
        kept("settings", n);
        secrets
            .set(
                &place.hook,
                &BTreeMap::from([("STEP".to_owned(), n.to_string())]),
            )
            .unwrap();
        kept("secret", n);
        let point = Point::PreUserRegistration;
        let report = supervisor.run(RunRequest {
            program: Program {
                point,
                kind: Kind::Hook,
                file_name: "hook.js".to_owned(),
                source: code.clone(),
                body: body(n),
                secrets: BTreeMap::new(),
                storage: None,
            },
            limits: Limits::default(),
            network: Network::Offline,
            mocks: Vec::new(),
            answers: Answers::default(),
            modules: Folders::default(),
            reveal_secrets: false,
        });
        let entry = HistoryEntry {
            id: n.to_string(),
            at: SystemTime::now(),
            status: Some(200),
            completion: "success".to_owned(),
            duration_ms: report.stats.total_ms,
            body: body(n),
            report: serde_json::to_value(&report).unwrap(),
        };
        History::new(&place.data)
            .append(&place.hook, &entry)
            .unwrap();
        kept("run", n);
        before = Some(code);
    }
    unreachable!("it lives until it is killed")
}

/// What one victim had been told was kept: per thing the newest step.
type Kept = BTreeMap<String, u64>;

/// Lets one victim live for `time`, kills it, and tells what it had kept.
fn kill_one(folder: &Path, time: Duration) -> Kept {
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "a_kill_at_any_moment_loses_nothing",
            "--nocapture",
        ])
        .env(VICTIM, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let lines = BufReader::new(victim.stdout.take().unwrap());
    let reader = thread::spawn(move || {
        let mut kept = Kept::new();
        for line in lines.lines().map_while(Result::ok) {
            let mut words = line.split(' ');
            if let (Some("kept"), Some(what), Some(n)) = (words.next(), words.next(), words.next())
                && let Ok(n) = n.parse()
            {
                kept.insert(what.to_owned(), n);
            }
        }
        kept
    });
    thread::sleep(time);
    // `Child::kill` is SIGKILL. It must still have been alive: one that ended by itself proves nothing.
    assert!(
        victim.try_wait().unwrap().is_none(),
        "the victim ended by itself"
    );
    victim.kill().unwrap();
    victim.wait().unwrap();
    reader.join().unwrap()
}

/// Bytes that were kept and are not there, each with what it was of. A step that was under way may be there whole.
fn lost(place: &Place, kept: &Kept) -> Vec<(String, u64)> {
    let mut lost = Vec::new();
    let last = |what: &str| kept.get(what).copied().unwrap_or(0);
    let mut need = |what: &str, there: Option<u64>, size: usize| {
        let n = last(what);
        if n > 0 && !there.is_some_and(|there| there == n || there == n + 1) {
            lost.push((format!("{what} of step {n}, found {there:?}"), size as u64));
        }
    };
    let saved = fs::read_to_string(&place.hook)
        .ok()
        .and_then(|text| step_of(&text));
    need("save", saved, code(last("save")).len());
    // Typed text is in its draft until it is in the file.
    let drafts = Drafts::new(&place.data);
    let listed = drafts.list().unwrap();
    let typed = listed.iter().filter_map(|draft| step_of(&draft.code)).max();
    need("draft", typed.max(saved), code(last("draft")).len());
    for draft in listed {
        drafts.discard(&draft.id).unwrap();
    }
    let payload = Payloads::new(&place.data).get(&place.hook).unwrap();
    let payload = payload.and_then(|text| {
        let n = text.split('"').nth(5)?.parse().ok()?;
        (text == body(n)).then_some(n)
    });
    need("payload", payload, body(last("payload")).len());
    let (settings, problem) = Settings::load(&place.data);
    let n = last("settings");
    let wanted = |n: u64| 1 + u32::try_from(n % 3000).unwrap();
    let there = [n, n + 1]
        .into_iter()
        .find(|n| settings.time_limit_s == wanted(*n));
    need("settings", there.filter(|_| problem.is_none()), 4);
    let secret = SecretStore::new(&place.data).get(&place.hook).unwrap();
    let secret = secret.get("STEP").and_then(|value| value.parse().ok());
    need("secret", secret, 4);

    // What is added to is there whole: every version and every run that was ever kept.
    let snapshots = Snapshots::new(&place.data);
    let versions: BTreeSet<u64> = snapshots
        .list(&place.hook)
        .unwrap()
        .iter()
        .filter_map(|version| step_of(&snapshots.read(&place.hook, &version.id).ok()?))
        .collect();
    let first = versions.first().copied().unwrap_or(1);
    for n in first..=last("version") {
        if !versions.contains(&n) {
            lost.push((format!("version of step {n}"), code(n).len() as u64));
        }
    }
    let runs = History::new(&place.data).list(&place.hook, 1).unwrap();
    let run = runs.first().and_then(|run| run.id.parse().ok());
    if last("run") > 0 && run < Some(last("run")) {
        lost.push((format!("run of step {}, found {run:?}", last("run")), 1));
    }
    lost
}

/// Kills `count` victims one after another in a folder of their own; `random` gives the next number.
fn lane(count: u64, mut random: impl FnMut() -> u64) -> (u64, u64, Vec<(String, u64)>) {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::at(folder.path());
    let (mut steps, mut all) = (0, Vec::new());
    for _ in 0..count {
        let time = Duration::from_micros(random() % u64::try_from(LIVES.as_micros()).unwrap());
        let kept = kill_one(folder.path(), time);
        steps += u64::try_from(kept.len()).unwrap();
        all.extend(lost(&place, &kept));
    }
    (count, steps, all)
}

#[test]
fn a_kill_at_any_moment_loses_nothing() {
    if let Some(folder) = std::env::var_os(VICTIM) {
        live(Path::new(&folder));
    }
    let lanes: Vec<_> = (0..2_u64)
        .map(|_| thread::spawn(|| lane(KILLS / 2, || getrandom::u64().unwrap())))
        .collect();
    let (mut kills, mut steps, mut all) = (0, 0, Vec::new());
    for lane in lanes {
        let (killed, kept, lost) = lane.join().unwrap();
        kills += killed;
        steps += kept;
        all.extend(lost);
    }
    let bytes: u64 = all.iter().map(|(_, bytes)| bytes).sum();
    println!("runs {KILLS}, kills {kills}, bytes lost {bytes}");
    assert_eq!((kills, bytes), (KILLS, 0), "{all:#?}");
    // Kills that all came before anything was kept would show nothing.
    assert!(steps > KILLS, "only {steps} things were kept");
}

#[test]
fn a_loss_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::at(folder.path());
    let mut kept = Kept::new();
    // A busy machine may take its time to start the victim.
    while !kept.contains_key("run") {
        kept = kill_one(folder.path(), Duration::from_secs(2));
        assert_eq!(lost(&place, &kept), []);
    }
    let n = kept["save"];
    // Half a file, as a save that is no single step leaves behind.
    fs::write(&place.hook, &code(n).as_bytes()[..code(n).len() / 2]).unwrap();
    fs::remove_dir_all(place.data.path("history")).unwrap();
    fs::write(place.data.path("settings.json"), "{\"time_li").unwrap();
    let lost: Vec<String> = lost(&place, &kept)
        .into_iter()
        .map(|(what, _)| what)
        .collect();
    for what in ["save", "run", "settings"] {
        assert!(
            lost.iter().any(|line| line.starts_with(what)),
            "{what}: {lost:?}"
        );
    }
}
