//! Modules that are compiled before the run that requires them: used where they are the same, unseen in every other way.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use hookbench::auth0::{Kind, Point};
use hookbench::engine::outside::{
    Incoming, ModuleAnswer, ModuleAsk, ModuleFormat, ModuleText, Outside,
};
use hookbench::engine::{self, Engine, Event, Program};
use hookbench::runner::modules::Folders;
use hookbench::runner::report::ErrorKind;
use hookbench::runner::request::{Answers, Limits, Network};
use hookbench::runner::supervisor::Supervisor;
use hookbench::runner::{RunReport, RunRequest};

/// A world in which files are what this table says.
#[derive(Default)]
struct World {
    files: HashMap<&'static str, (ModuleFormat, &'static str)>,
    events: Vec<Event>,
    /// How often the run used something prepared.
    used: usize,
}

impl Outside for World {
    fn tell(&mut self, event: Event) {
        self.events.push(event);
    }

    fn module(&mut self, ask: &ModuleAsk) -> ModuleAnswer {
        let name = ask.specifier.trim_start_matches("./");
        match self.files.get(name) {
            Some((format, source)) => ModuleAnswer::Found {
                path: format!("/data/io/{name}"),
                format: *format,
                source: Some((*source).to_owned()),
                other_version: None,
            },
            None => ModuleAnswer::Missing {
                message: "there is none".to_owned(),
            },
        }
    }

    fn receive(&mut self, wait: Option<Duration>) -> Option<Incoming> {
        std::thread::sleep(wait?);
        None
    }

    fn uses(&mut self, _: usize) {
        self.used += 1;
    }
}

fn program(source: &str) -> Program {
    Program {
        point: Point::Generic,
        kind: Kind::Hook,
        file_name: "hook.js".to_owned(),
        source: source.to_owned(),
        body: "{}".to_owned(),
        secrets: Default::default(),
        storage: None,
    }
}

/// Runs a script after these were prepared; the answer and the logs as text, what each module asks for, and the world.
fn run(
    script: &str,
    files: &[(&'static str, ModuleFormat, &'static str)],
    prepared: &[(&'static str, ModuleFormat, &'static str)],
    core: &[&'static str],
) -> (String, Vec<String>, World) {
    let mut world = World {
        files: files
            .iter()
            .map(|(name, format, source)| (*name, (*format, *source)))
            .collect(),
        ..World::default()
    };
    let (program, prepared, core) = (program(script), prepared.to_vec(), core.to_vec());
    let (wanted, world) = std::thread::Builder::new()
        .stack_size(engine::STACK_BYTES)
        .spawn(move || {
            let mut engine = Engine::new();
            let mut wanted = Vec::new();
            for (name, format, source) in prepared {
                let module = ModuleText {
                    path: format!("/data/io/{name}"),
                    format,
                    source: source.to_owned(),
                };
                let found = engine.prepare(module, &|| 0);
                wanted.extend(found.into_iter().map(|wanted| wanted.specifier));
            }
            for name in core {
                engine.prepare_core(name, &|| 0);
            }
            engine.run(&program, &mut world);
            (wanted, world)
        })
        .unwrap()
        .join()
        .unwrap();
    let told = world
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Answer { answer, .. } => Some(format!("{answer:?}")),
            Event::Log(line) => Some(line.text.clone()),
            Event::Uncaught { thrown, .. } => Some(format!("{thrown:?}")),
            _ => None,
        })
        .collect::<Vec<_>>()
        .join("\n");
    (told, wanted, world)
}

const SCRIPT: ModuleFormat = ModuleFormat::CommonJs;
const ES: ModuleFormat = ModuleFormat::Module;

#[test]
fn what_was_prepared_is_used_and_nothing_else_is_different() {
    let files = [
        (
            "a",
            SCRIPT,
            "#!/usr/bin/env node\nconst b = require('./b');\nexports.fail = function fail(x) { return x.y.z; };\nexports.text = fail => `${exports.fail}${b.default}`;\n",
        ),
        (
            "b",
            ES,
            "import c from './c';\nexport default class Named { #x = c; }\nexport { d } from './c';\n",
        ),
        ("c", SCRIPT, "exports.d = 1; exports.length = 3;"),
        ("broken", SCRIPT, "exports.x = 1;\nlet let = ;\n"),
        (
            "throws",
            SCRIPT,
            "\n  throw new RangeError('while loading');",
        ),
        ("waits", ES, "export const x = await Promise.resolve(4);"),
    ];
    let script =
        "const told = (work) => { try { return work(); } catch (error) { return error.stack; } };
module.exports = async (ctx, cb) => {
  console.log(told(() => require('./a').fail({})));
  console.log(told(() => require('./a').text()), require('./c'));
  console.log(told(() => require('./broken')));
  console.log(told(() => require('./throws')));
  console.log(told(() => require('./throws')));
  console.log(told(() => require('./waits')));
  console.log((await import('./waits')).x, require('util').format('%o', [1]));
  cb(null, {});
};";
    let (plain, _, alone) = run(script, &files, &[], &[]);
    let (ready, wanted, world) = run(script, &files, &files, &["internal/loader", "util", "no"]);
    assert_eq!(alone.used, 0);
    // The modules that compile, each once, and core modules.
    assert!(world.used > 5, "{}", world.used);
    assert_eq!(ready, plain);
    for part in [
        "at fail (/data/io/a:3:46)",
        "at Object.<anonymous> (/data/io/throws:2:9)",
        "SyntaxError: ",
        "ERR_REQUIRE_ASYNC_MODULE",
    ] {
        assert!(plain.contains(part), "{part} in {plain}");
    }
    assert_eq!(wanted, ["./b", "./c"]);
}

#[test]
fn another_text_is_compiled_anew() {
    let before = [("a", SCRIPT, "module.exports = 'old';")];
    for now in [
        ("a", SCRIPT, "module.exports = 'new';"),
        (
            "a",
            ES,
            "export { x as 'module.exports' }; const x = 'new';",
        ),
    ] {
        let script = "module.exports = (ctx, cb) => cb(null, { is: require('./a') });";
        let (told, _, world) = run(script, &[now], &before, &[]);
        assert!(told.contains("new"), "{told}");
        assert_eq!(world.used, 0);
    }
    // The same characters are another module where they are read another way.
    let text = "this.is = typeof module;";
    let script = "module.exports = (ctx, cb) => cb(null, { is: require('./a').is });";
    let (told, _, world) = run(script, &[("a", SCRIPT, text)], &[("a", ES, text)], &[]);
    assert!(told.contains("object"), "{told}");
    assert_eq!(world.used, 0);
}

#[test]
fn nothing_of_it_is_executed_or_seen_by_a_run_that_does_not_require_it() {
    let loud = "globalThis.seen = 1; console.log('loaded'); Object.prototype.seen = 2; for (;;);";
    let script = "module.exports = (ctx, cb) => cb(null, { seen: `${typeof seen} ${Object.keys(require.cache)}` });";
    let (told, _, world) = run(
        script,
        &[],
        &[("loud", SCRIPT, loud)],
        &["events", "stream"],
    );
    assert!(told.contains("undefined "), "{told}");
    assert!(!told.contains("loaded"), "{told}");
    assert_eq!(world.used, 0);
}

// --- through the supervisor

fn supervisor() -> Supervisor {
    Supervisor::new(env!("CARGO_BIN_EXE_hookbench").into())
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn folders(folder: &Path) -> Folders {
    Folders {
        script: Some(folder.to_owned()),
        packages: None,
    }
}

fn request(source: &str, folder: &Path) -> RunRequest {
    RunRequest {
        program: program(source),
        limits: Limits::default(),
        network: Network::Offline,
        mocks: Vec::new(),
        answers: Answers::default(),
        modules: folders(folder),
        reveal_secrets: false,
    }
}

fn answer(report: &RunReport) -> &str {
    report.response["is"]
        .as_str()
        .unwrap_or_else(|| panic!("{:?}", report.error))
}

/// Waits until a worker stands ready that was prepared for `hook`, and tells what it has compiled.
fn prepared(supervisor: &Supervisor, hook: &str, folder: &Path) -> Vec<String> {
    supervisor.foresee(hook.to_owned(), folders(folder));
    ready(supervisor, |modules| !modules.is_empty())
}

fn ready(supervisor: &Supervisor, enough: impl Fn(&[String]) -> bool) -> Vec<String> {
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(modules) = supervisor.ready_modules().filter(|found| enough(found)) {
            return modules;
        }
        assert!(Instant::now() < until, "{:?}", supervisor.ready_modules());
        std::thread::sleep(Duration::from_millis(5));
    }
}

const HOOK: &str =
    "const a = require('./a'); module.exports = (ctx, cb) => cb(null, { is: a.value });";

#[test]
fn the_ready_worker_has_what_the_code_names_and_later_what_a_run_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "package.json", "{}");
    write(
        at,
        "a.js",
        "exports.value = require('p') + (false && require('./never'));",
    );
    write(at, "never.js", "");
    write(
        at,
        "node_modules/p/index.js",
        "module.exports = require('./' + 'built') + require('path').sep;",
    );
    write(at, "node_modules/p/built.js", "module.exports = 'value';");
    let supervisor = supervisor();
    supervisor.warm();
    assert_eq!(
        prepared(&supervisor, HOOK, at),
        [
            "/data/io/a.js",
            "/data/io/never.js",
            "/data/io/node_modules/p/index.js"
        ]
    );
    let pid = supervisor.ready_pid();
    assert_eq!(answer(&supervisor.run(request(HOOK, at))), "value/false");
    let built = "/data/io/node_modules/p/built.js".to_owned();
    let modules = ready(&supervisor, |modules| modules.contains(&built));
    assert_eq!(
        modules,
        ["/data/io/a.js", &built, "/data/io/node_modules/p/index.js"]
    );
    assert_ne!(supervisor.ready_pid(), pid);
    assert_eq!(answer(&supervisor.run(request(HOOK, at))), "value/false");
    // A slip of the pen forgets nothing; a hook without modules has none.
    ready(&supervisor, |modules| modules.len() == 3);
    let slip = supervisor.run(request("const = ;", at));
    assert_eq!(slip.error.map(|error| error.kind), Some(ErrorKind::Compile));
    ready(&supervisor, |modules| modules.len() == 3);
    let plain = "module.exports = (ctx, cb) => cb(null, { is: 'plain' });";
    assert_eq!(answer(&supervisor.run(request(plain, at))), "plain");
    assert_eq!(supervisor.ready_modules(), Some(Vec::new()));
}

#[test]
fn a_file_that_changed_or_went_is_not_served_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let supervisor = supervisor();
    write(at, "a.js", "exports.value = 'one';");
    prepared(&supervisor, HOOK, at);
    write(at, "a.js", "exports.value = 'two';");
    assert_eq!(answer(&supervisor.run(request(HOOK, at))), "two");
    prepared(&supervisor, HOOK, at);
    fs::remove_file(at.join("a.js")).unwrap();
    let gone = supervisor.run(request(HOOK, at));
    assert!(
        gone.error
            .unwrap()
            .message
            .contains("Cannot find module './a'")
    );
    // Another folder's file has the same path in its run; that run is not given this worker.
    write(at, "a.js", "exports.value = 'here';");
    let other = tempfile::tempdir().unwrap();
    write(other.path(), "a.js", "exports.value = 'there';");
    prepared(&supervisor, HOOK, at);
    let pid = supervisor.ready_pid();
    let report = supervisor.run(request(HOOK, other.path()));
    assert_eq!((answer(&report), supervisor.ready_pid()), ("there", pid));
    assert_eq!(answer(&supervisor.run(request(HOOK, at))), "here");
    assert_eq!(supervisor.ready_pid(), None);
}

#[test]
fn a_run_that_comes_meanwhile_does_not_wait_and_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for number in 0..40 {
        let text = format!("exports.n = {number}; require('./m{}');", number + 1);
        write(at, &format!("m{number}.js"), &text);
    }
    write(at, "m40.js", "exports.n = 40;");
    let hook =
        "const m = require('./m0'); module.exports = (ctx, cb) => cb(null, { is: `${m.n}` });";
    let supervisor = supervisor();
    supervisor.warm();
    for _ in 0..5 {
        supervisor.foresee(hook.to_owned(), folders(at));
        assert_eq!(answer(&supervisor.run(request(hook, at))), "0");
    }
    assert_eq!(ready(&supervisor, |modules| modules.len() == 41).len(), 41);
}

#[test]
fn what_a_worker_does_not_survive_is_left_to_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    // Small as a text, and more than a worker may hold once it is read.
    write(
        at,
        "huge.js",
        &format!("module.exports = [{}];", "{},".repeat(1_300_000)),
    );
    write(at, "deep.js", &"[".repeat(100_000));
    write(at, "broken.js", "} while (");
    write(at, "a.js", "exports.value = 'small';");
    let hook = "const a = require('./a'); module.exports = (ctx, cb) => { if (ctx.never) { require('./broken'); require('./deep'); require('./huge'); } cb(null, { is: a.value }); };";
    let supervisor = supervisor();
    supervisor.foresee(hook.to_owned(), folders(at));
    // A plain worker has taken the place of the one that died.
    ready(&supervisor, |_| true);
    assert_eq!(answer(&supervisor.run(request(hook, at))), "small");
    let modules = prepared(&supervisor, hook, at);
    assert!(modules.contains(&"/data/io/a.js".to_owned()), "{modules:?}");
    assert!(
        !modules.contains(&"/data/io/huge.js".to_owned()),
        "{modules:?}"
    );
    assert_eq!(answer(&supervisor.run(request(hook, at))), "small");
}

#[test]
fn what_was_prepared_counts_against_the_runs_memory_once_it_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let functions = "exports.f = (x) => x.y;\n".repeat(20_000);
    write(
        at,
        "a.js",
        &format!("exports.value = 'large';\n{functions}"),
    );
    let mut request = request(HOOK, at);
    // What reading the text takes is no longer the run's, what it became is.
    request.limits.memory = 4 << 20;
    let other = RunRequest {
        program: program("module.exports = (ctx, cb) => cb(null, { is: 'other' });"),
        ..request.clone()
    };
    let supervisor = supervisor();
    let kind = |report: RunReport| report.error.map(|error| error.kind);
    assert_eq!(
        kind(supervisor.run(request.clone())),
        Some(ErrorKind::Memory)
    );
    prepared(&supervisor, HOOK, at);
    assert_eq!(kind(supervisor.run(request)), Some(ErrorKind::Memory));
    prepared(&supervisor, HOOK, at);
    assert_eq!(answer(&supervisor.run(other)), "other");
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_that_hangs_meanwhile_is_replaced_and_no_run_waits_for_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "a.js", "exports.value = 'here';");
    let (first, exe) = (at.join("first"), at.join("impostor"));
    let script = format!(
        "#!/bin/sh\nPATH=/usr/bin:/bin\n[ -e '{first}' ] && exec '{}' worker\n: > '{first}'\nexec sleep 1000\n",
        env!("CARGO_BIN_EXE_hookbench"),
        first = first.display()
    );
    fs::write(&exe, script).unwrap();
    fs::set_permissions(&exe, fs::Permissions::from_mode(0o755)).unwrap();
    let supervisor = Supervisor::new(exe);
    supervisor.foresee(HOOK.to_owned(), folders(at));
    let until = Instant::now() + Duration::from_secs(60);
    while !first.exists() {
        assert!(Instant::now() < until);
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(answer(&supervisor.run(request(HOOK, at))), "here");
    ready(&supervisor, |_| true);
    assert_eq!(answer(&supervisor.run(request(HOOK, at))), "here");
}
