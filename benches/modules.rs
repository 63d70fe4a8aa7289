//! What modules cost: `require` beside `node` in the same run, with nothing prepared (the first run of a code nobody has
//! opened) and prepared by the worker that stands ready (every run of the window but such a one); a message through slack-notify installed and stood in
//! for, and the lowering of a large script beside the engine's own parse and compile.
//!
//! Needs npm and the network once, to install the packages into the target folder; `node` for its half.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a bench that cannot go on has failed"
)]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use boa_engine::{Context, Script, Source};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use hookbench::auth0::{Kind, Point};
use hookbench::engine::{Program, lowered, lowered_package};
use hookbench::runner::modules::Folders;
use hookbench::runner::outbox::mock;
use hookbench::runner::request::{Answers, Limits, Network};
use hookbench::runner::supervisor::{RunEvent, Supervisor};
use hookbench::runner::{RunReport, RunRequest};

const EXE: &str = env!("CARGO_BIN_EXE_hookbench");

/// The packages of the tests, as their lock file has them.
fn packages() -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packages");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
    if folder.join("installed").exists() {
        return folder;
    }
    fs::create_dir_all(&folder).expect("the folder is made");
    for name in ["package.json", "package-lock.json"] {
        fs::copy(from.join(name), folder.join(name)).expect("the lock file is copied");
    }
    let done = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder)
        .status();
    assert!(done.is_ok_and(|status| status.success()), "npm installs");
    fs::copy(folder.join("package-lock.json"), folder.join("installed")).expect("it is noted");
    folder
}

fn request(source: String, packages: Option<&Path>) -> RunRequest {
    let mocks = r#"[{"method": "POST", "url": "https://hooks.slack.com/*", "respond": {"status": 200, "body": "ok"}}]"#;
    RunRequest {
        program: Program {
            point: Point::PostUserRegistration,
            kind: Kind::Hook,
            file_name: "hook.js".to_owned(),
            source,
            body: Point::PostUserRegistration.default_body().to_owned(),
            secrets: Default::default(),
            storage: None,
        },
        limits: Limits::default(),
        network: Network::Offline,
        mocks: mock::read(mocks).expect("the mocks are mocks"),
        answers: Answers::default(),
        modules: Folders {
            script: None,
            packages: packages.map(Path::to_owned),
        },
        reveal_secrets: false,
    }
}

/// A supervisor whose next worker stands ready.
fn warm() -> Supervisor {
    let warm = Supervisor::new(EXE.into());
    warm.warm();
    while warm.ready_pid().is_none() {
        std::thread::yield_now();
    }
    std::thread::sleep(Duration::from_millis(15));
    warm
}

fn answer(warm: &Supervisor, request: RunRequest) -> RunReport {
    let (sender, answered) = std::sync::mpsc::channel();
    let _handle = warm.start(request, move |event| {
        if let RunEvent::Finished(report) = event {
            // The bench has gone on when the receiver is gone.
            let _ = sender.send(report);
        }
    });
    *answered.recv().expect("the run ends")
}

/// A supervisor whose next worker stands ready and has compiled what the code requires.
fn prepared(source: &str, packages: Option<&Path>) -> Supervisor {
    let ready = warm();
    let folders = Folders {
        script: None,
        packages: packages.map(Path::to_owned),
    };
    ready.foresee(source.to_owned(), folders);
    while ready
        .ready_modules()
        .is_none_or(|modules| modules.is_empty())
    {
        std::thread::sleep(Duration::from_millis(5));
    }
    ready
}

/// How long `require` took inside of a run.
fn our_require(name: &str, packages: &Path, ahead: bool) -> Duration {
    let hook = format!(
        "module.exports = (user, context, cb) => {{ const start = process.hrtime(); require('{name}'); const [s, ns] = process.hrtime(start); cb(null, {{ ns: s * 1e9 + ns }}); }};"
    );
    let ready = if ahead {
        prepared(&hook, Some(packages))
    } else {
        warm()
    };
    let report = answer(&ready, request(hook, Some(packages)));
    let took = report.response["ns"].as_f64().expect("a number");
    Duration::from_secs_f64(took / 1e9)
}

/// The same in `node`.
fn nodes_require(name: &str, packages: &Path) -> Duration {
    let script = format!(
        "const start = process.hrtime.bigint(); require('{name}'); console.log(String(process.hrtime.bigint() - start));"
    );
    let output = Command::new("node")
        .args(["-e", &script])
        .current_dir(packages)
        .output()
        .expect("node runs");
    let took = String::from_utf8_lossy(&output.stdout);
    Duration::from_nanos(took.trim().parse().expect("nanoseconds"))
}

fn bench(criterion: &mut Criterion) {
    let packages = packages();
    let mut group = criterion.benchmark_group("modules");
    group.sample_size(10);
    for name in ["lodash", "axios"] {
        group.bench_function(format!("require {name}, node"), |bencher| {
            bencher.iter_custom(|times| (0..times).map(|_| nodes_require(name, &packages)).sum());
        });
        for (what, ahead) in [("nothing prepared", false), ("prepared", true)] {
            group.bench_function(format!("require {name}, {what}"), |bencher| {
                bencher.iter_custom(|times| {
                    (0..times)
                        .map(|_| our_require(name, &packages, ahead))
                        .sum()
                });
            });
        }
    }
    let message = "const slack = require('slack-notify')('https://hooks.slack.com/services/T/B/X'); module.exports = (user, context, cb) => { slack.send({ channel: '#new', text: user.email }, () => cb()); };";
    let newest = "const slack = require('slack-notify')('https://hooks.slack.com/services/T/B/X'); module.exports = (user, context, cb) => { slack.send({ channel: '#new', text: user.email }).then(() => cb(), cb); };";
    let installed = Some(packages.as_path());
    group.bench_function(
        "slack-notify installed and prepared, one message",
        |bencher| {
            bencher.iter_batched(
                || {
                    (
                        prepared(newest, installed),
                        request(newest.to_owned(), installed),
                    )
                },
                |(ready, request)| {
                    let report = answer(&ready, request);
                    assert!(report.error.is_none(), "{:?}", report.error);
                    report
                },
                BatchSize::PerIteration,
            );
        },
    );
    for (name, hook, folder) in [
        ("slack-notify installed, one message", newest, installed),
        ("slack-notify's stand-in, one message", message, None),
        (
            "starter hook, warm",
            Point::PostUserRegistration.starter_code(),
            None,
        ),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || (warm(), request(hook.to_owned(), folder)),
                |(warm, request)| {
                    let report = answer(&warm, request);
                    assert!(report.error.is_none(), "{:?}", report.error);
                    report
                },
                BatchSize::PerIteration,
            );
        });
    }
    let lodash = fs::read_to_string(packages.join("node_modules/lodash/lodash.js"))
        .expect("lodash is installed");
    group.bench_function("lodash lowered as a hook", |bencher| {
        bencher.iter(|| black_box(lowered(&lodash)));
    });
    group.bench_function("lodash lowered as a package", |bencher| {
        bencher.iter(|| black_box(lowered_package(&lodash)));
    });
    let text = lowered_package(&lodash).expect("lodash parses");
    for (name, text) in [
        ("lodash parsed and compiled by the engine", &text),
        (
            "lodash as it stands parsed and compiled by the engine",
            &lodash,
        ),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                Context::default,
                |mut context| {
                    let source = Source::from_bytes(text.as_bytes());
                    let script = Script::parse(source, None, &mut context).expect("it parses");
                    script.codeblock(&mut context).expect("it compiles");
                    context
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
