//! Runs through the supervisor: streaming, stopping, the worker that stands ready, and nothing left behind.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::collections::HashSet;
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use hookbench::auth0::{Kind, Point};
use hookbench::engine::{Answer, Event, Level, LogLine, Program, Thrown, Warning};
use hookbench::runner::RunRequest;
use hookbench::runner::bounds::{MAX_LINE_BYTES, MAX_LOG_BYTES, MAX_WARNING_BYTES, MAX_WARNINGS};
use hookbench::runner::modules::Folders;
use hookbench::runner::protocol::{Word, write_frame};
use hookbench::runner::report::ErrorKind;
use hookbench::runner::request::{Answers, Limits, Network};
use hookbench::runner::supervisor::{RunEvent, Supervisor};

fn supervisor() -> Supervisor {
    Supervisor::new(env!("CARGO_BIN_EXE_hookbench").into())
}

fn request(body: &str) -> RunRequest {
    RunRequest {
        program: Program {
            point: Point::PreUserRegistration,
            kind: Kind::Hook,
            file_name: "hook.js".to_owned(),
            source: format!("module.exports = function (user, context, cb) {{\n{body}\n}};\n"),
            body: Point::PreUserRegistration.default_body().to_owned(),
            secrets: [("TOKEN".to_owned(), "top-secret-value".to_owned())].into(),
            storage: None,
        },
        limits: Limits::default(),
        network: Network::Offline,
        mocks: Vec::new(),
        answers: Answers::default(),
        modules: Folders::default(),
        reveal_secrets: false,
    }
}

fn kind(report: &hookbench::runner::RunReport) -> Option<ErrorKind> {
    report.error.as_ref().map(|error| error.kind)
}

/// Processes whose parent is this one, as Linux tells it.
#[cfg(target_os = "linux")]
fn children() -> HashSet<u32> {
    let own = std::process::id();
    std::fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|pid| {
            std::fs::read_to_string(format!("/proc/{pid}/stat"))
                .ok()
                .and_then(|stat| {
                    let after = stat.rsplit_once(") ")?.1.to_owned();
                    after.split(' ').nth(1)?.parse::<u32>().ok()
                })
                == Some(own)
        })
        .collect()
}

#[cfg(target_os = "linux")]
fn wait_until(what: &str, condition: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !condition() {
        assert!(Instant::now() < until, "{what} did not come about");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn events_stream_in_order_and_the_answer_comes_before_the_end() {
    let (sender, events) = mpsc::channel();
    let began = Instant::now();
    let _handle = supervisor().start(
        request(
            "console.log('a'); cb(null, {}); setTimeout(function () { console.log('b'); }, 400);",
        ),
        move |event| drop(sender.send((began.elapsed(), event))),
    );
    let seen: Vec<_> = events.iter().collect();
    let names: Vec<_> = seen
        .iter()
        .filter_map(|(_, event)| match event {
            RunEvent::Started { .. } => Some("started".to_owned()),
            RunEvent::Event(Event::Log(line)) => Some(line.text.clone()),
            RunEvent::Event(_) | RunEvent::Call(_) | RunEvent::Recorded(_) => None,
            RunEvent::Answered(report) => {
                assert!(report.error.is_none() && !report.wire.is_null());
                Some("answered".to_owned())
            }
            RunEvent::Finished(report) => {
                assert_eq!(report.logs.len(), 2);
                assert!(report.logs[1].after_response);
                Some("finished".to_owned())
            }
        })
        .collect();
    assert_eq!(names, ["started", "a", "answered", "b", "finished"]);
    let at =
        |wanted: fn(&RunEvent) -> bool| seen.iter().find(|(_, event)| wanted(event)).unwrap().0;
    let answered = at(|event| matches!(event, RunEvent::Answered(_)));
    let finished = at(|event| matches!(event, RunEvent::Finished(_)));
    assert!(
        finished - answered > Duration::from_millis(300),
        "{answered:?} {finished:?}"
    );
}

#[test]
fn stop_ends_loops_of_every_kind_at_once() {
    for body in [
        "while (true) {}",
        // Inside a built-in, where no engine could interrupt itself.
        "/(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!');",
        "setInterval(function () {}, 10);",
    ] {
        let (sender, events) = mpsc::channel();
        let handle = supervisor().start(request(body), move |event| drop(sender.send(event)));
        std::thread::sleep(Duration::from_millis(150));
        let stopped = Instant::now();
        handle.stop();
        let report = events
            .iter()
            .find_map(|event| match event {
                RunEvent::Finished(report) => Some(report),
                _ => None,
            })
            .unwrap();
        assert_eq!(kind(&report), Some(ErrorKind::Stopped), "{body}");
        assert!(
            // Usually half a millisecond; the bound only tells an end from a wait for the time limit.
            stopped.elapsed() < Duration::from_secs(3),
            "{body}: {:?}",
            stopped.elapsed()
        );
    }
}

/// A program that stands in for a worker: it takes no order and says these bytes.
#[cfg(unix)]
fn impostor(folder: &Path, script: &str) -> Supervisor {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("worker.sh");
    std::fs::write(
        &path,
        format!("#!/bin/sh\n[ \"$1\" = worker ] || exit 0\n{script}\n"),
    )
    .unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    // While another test starts a process, that one may hold the file open for writing for a moment.
    while let Err(error) = std::process::Command::new(&path)
        .arg("no-worker")
        .stdin(std::process::Stdio::null())
        .status()
    {
        assert_eq!(error.kind(), std::io::ErrorKind::ExecutableFileBusy);
        std::thread::sleep(Duration::from_millis(5));
    }
    Supervisor::new(path)
}

#[cfg(unix)]
#[test]
fn a_stop_in_the_middle_of_a_word_is_no_crash() {
    let folder = tempfile::tempdir().unwrap();
    let halts = "printf '\\377\\000\\000\\000{\"Event'\nPATH=/usr/bin:/bin; exec sleep 30";
    let (sender, events) = mpsc::channel();
    let handle = impostor(folder.path(), halts)
        .start(request("cb();"), move |event| drop(sender.send(event)));
    std::thread::sleep(Duration::from_millis(200));
    handle.stop();
    let last = events.iter().last().unwrap();
    let RunEvent::Finished(report) = last else {
        panic!("{last:?}");
    };
    assert_eq!(
        kind(&report),
        Some(ErrorKind::Stopped),
        "{:?}",
        report.error
    );
}

#[cfg(unix)]
#[test]
fn a_worker_that_floods_its_parent_until_the_deadline_stays_within_the_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let thrown = || Thrown {
        display: "Error: flood".to_owned(),
        ..Thrown::default()
    };
    let mut events = vec![Event::Loaded { boot_ms: 1.0 }];
    for _ in 0..200 {
        events.push(Event::Warning(Warning {
            code: "flood".to_owned(),
            message: "w".repeat(MAX_WARNING_BYTES + 1),
            line: None,
            column: None,
        }));
    }
    for _ in 0..20 {
        events.push(Event::Log(LogLine {
            at_ms: 1.0,
            level: Level::Log,
            text: "x".repeat(MAX_LINE_BYTES + 1),
            after_response: false,
            line: None,
        }));
        events.push(Event::Answer {
            at_ms: 1.0,
            answer: Answer::Success {
                data: Some("{}".to_owned()),
            },
        });
        events.push(Event::Uncaught {
            at_ms: 1.0,
            thrown: thrown(),
            rejected: true,
            after_response: true,
        });
    }
    let mut frames = Vec::new();
    for event in events {
        write_frame(&mut frames, &Word::Event(event)).unwrap();
    }
    let said = folder.path().join("said");
    std::fs::write(&said, frames).unwrap();
    let flood = format!(
        "PATH=/usr/bin:/bin; while :; do cat '{}'; done",
        said.display()
    );
    let mut request = request("cb();");
    request.limits.wall = Duration::from_secs(3);
    let (sender, events) = mpsc::channel();
    let _handle =
        impostor(folder.path(), &flood).start(request, move |event| drop(sender.send(event)));
    let heard: Vec<_> = events.iter().collect();
    let answered = |event: &&RunEvent| matches!(event, RunEvent::Answered(_));
    assert_eq!(heard.iter().filter(answered).count(), 1);
    assert!(heard.len() < 1_500, "{} events", heard.len());
    let Some(RunEvent::Finished(report)) = heard.last() else {
        panic!("{:?}", heard.last());
    };
    assert_eq!(kind(report), Some(ErrorKind::Timeout));
    let bytes: usize = report.logs.iter().map(|log| log.text.len()).sum();
    assert!(bytes <= MAX_LOG_BYTES, "{bytes}");
    assert!(
        report
            .logs
            .iter()
            .all(|log| log.text.len() <= MAX_LINE_BYTES)
    );
    assert!(report.warnings.len() < MAX_WARNINGS + 32);
    assert!(
        report
            .warnings
            .iter()
            .all(|warning| warning.message.len() <= MAX_WARNING_BYTES)
    );
}

#[cfg(unix)]
#[test]
fn an_abort_in_the_middle_of_a_word_is_still_out_of_memory() {
    let folder = tempfile::tempdir().unwrap();
    let abort = "printf '\\377\\000\\000\\000{\"Event'\n\
                 echo 'memory allocation of 400 bytes failed' >&2\nkill -ABRT $$";
    let report = impostor(folder.path(), abort).run(request("cb();"));
    assert_eq!(kind(&report), Some(ErrorKind::Memory), "{:?}", report.error);
    // Without those words it is a crash that tells its status, not a message cut short.
    let killed = "printf '\\377\\000\\000\\000{\"Event'\nkill -ABRT $$";
    let report = impostor(folder.path(), killed).run(request("cb();"));
    assert_eq!(kind(&report), Some(ErrorKind::Crash));
    assert!(report.error.unwrap().message.contains("signal: 6"));
}

#[test]
fn a_stop_before_the_worker_is_there_counts() {
    let (sender, events) = mpsc::channel();
    let handle = supervisor().start(request("while (true) {}"), move |event| {
        drop(sender.send(event))
    });
    handle.stop();
    let last = events.iter().last().unwrap();
    assert!(
        matches!(last, RunEvent::Finished(report) if kind(&report) == Some(ErrorKind::Stopped))
    );
}

#[test]
fn dropping_the_handle_lets_the_run_go_on() {
    let (sender, events) = mpsc::channel();
    drop(supervisor().start(
        request("setTimeout(function () { cb(); }, 100);"),
        move |event| drop(sender.send(event)),
    ));
    let last = events.iter().last().unwrap();
    assert!(matches!(last, RunEvent::Finished(report) if report.error.is_none()));
}

#[test]
fn a_program_that_is_no_worker_still_gives_a_report() {
    let missing = Supervisor::new("/nonexistent/hookbench".into()).run(request("cb();"));
    assert_eq!(kind(&missing), Some(ErrorKind::Crash));
    assert!(
        missing
            .error
            .unwrap()
            .message
            .contains("/nonexistent/hookbench")
    );
    // `cat` exits at once, for there is no file called `worker`.
    if Path::new("/bin/cat").exists() {
        let other = Supervisor::new("/bin/cat".into()).run(request("cb();"));
        assert_eq!(kind(&other), Some(ErrorKind::Crash));
    }
    // Answers something that is no frame.
    if Path::new("/bin/echo").exists() {
        let garbage = Supervisor::new("/bin/echo".into()).run(request("cb();"));
        assert_eq!(kind(&garbage), Some(ErrorKind::Crash));
    }
}

#[test]
fn streamed_events_are_masked() {
    let (sender, events) = mpsc::channel();
    let _handle = supervisor().start(
        request("console.log('x' + context.webtask.secrets.TOKEN); cb(null, {t: context.webtask.secrets.TOKEN});"),
        move |event| drop(sender.send(event)),
    );
    let all = format!("{:?}", events.iter().collect::<Vec<_>>());
    assert!(all.contains("x[secret TOKEN]"), "{all}");
    assert!(!all.contains("top-secret-value"), "{all}");
}

/// One test, so that no other one's workers are counted.
#[cfg(target_os = "linux")]
#[test]
fn the_ready_worker_is_used_once_and_nothing_is_left_behind() {
    let supervisor = supervisor();
    supervisor.warm();
    wait_until("a ready worker", || supervisor.ready_pid().is_some());
    let mut used = HashSet::new();
    for _ in 0..50 {
        let pid = supervisor.ready_pid().unwrap();
        assert!(used.insert(pid), "worker {pid} stood ready twice");
        assert_eq!(kind(&supervisor.clone().run(request("cb();"))), None);
        assert!(!children().contains(&pid), "worker {pid} outlived its run");
    }
    // The one that stands ready is ended with the last clone.
    let pid = supervisor.ready_pid().unwrap();
    drop(supervisor);
    assert!(
        !children().contains(&pid),
        "the ready worker {pid} was left behind"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_ready_worker_that_dies_at_its_order_is_replaced_once() {
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("first");
    let dies = "PATH=/usr/bin:/bin; head -c 1 >/dev/null; exit 7";
    let once = format!(
        "[ -e '{first}' ] && exec '{}' worker\n: > '{first}'\n{dies}",
        env!("CARGO_BIN_EXE_hookbench"),
        first = first.display()
    );
    for (script, expected) in [(once.as_str(), None), (dies, Some(ErrorKind::Crash))] {
        let supervisor = impostor(folder.path(), script);
        supervisor.warm();
        wait_until("a ready worker", || supervisor.ready_pid().is_some());
        let report = supervisor.run(request("console.log('ran'); cb();"));
        assert_eq!(kind(&report), expected, "{:?}", report.error);
        assert_eq!(report.logs.len(), usize::from(expected.is_none()));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_ready_worker_that_died_is_replaced() {
    let supervisor = supervisor();
    supervisor.warm();
    wait_until("a ready worker", || supervisor.ready_pid().is_some());
    let pid = supervisor.ready_pid().unwrap();
    let killed = std::process::Command::new("kill")
        .args(["-9", &pid.to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    std::thread::sleep(Duration::from_millis(50));
    assert_eq!(kind(&supervisor.run(request("cb();"))), None);
}
