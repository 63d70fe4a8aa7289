//! The room `workspace` through its public face: folders, text files, drafts, secrets, settings, the watcher.
//!
//! Tests that need another process run this very test again, told by an environment variable to play the other part.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests may panic, their functions too"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant, SystemTime};

use hookbench::auth0::Point;
use hookbench::workspace::drafts::{Draft, Drafts};
use hookbench::workspace::secrets::SecretStore;
use hookbench::workspace::settings::{Settings, ThemeChoice};
use hookbench::workspace::text_file::{self, FileError, LineEnding, SaveAs};
use hookbench::workspace::watch::Watcher;
use hookbench::workspace::{DataDir, Workspace, set_point};
use serde_json::{Value, json};

const OTHER_PART: &str = "HOOKBENCH_TEST_OTHER_PART";

fn same_test(program: &Path, test: &str, part: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["--exact", test, "--nocapture"])
        .env(OTHER_PART, part);
    command
}

fn other_part() -> Option<PathBuf> {
    std::env::var_os(OTHER_PART).map(PathBuf::from)
}

fn json_of(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What Deploy CLI exports: names with hyphens, an `id`, masked secrets, script paths in both of its styles.
fn exported(root: &Path) {
    let hooks = root.join("hooks");
    fs::create_dir_all(root.join("rules")).unwrap();
    fs::create_dir(&hooks).unwrap();
    fs::write(root.join("tenant.json"), "{}").unwrap();
    let sidecar = json!({
        "id": "00001", "triggerId": "credentials-exchange", "name": "cce hook", "enabled": true,
        "script": "./hooks/client-credentials-exchange.js",
        "secrets": {"api-key": "_VALUE_NOT_SHOWN_"}, "dependencies": {"bcrypt": "3.0.6"},
    });
    fs::write(hooks.join("cce-hook.json"), format!("{sidecar:#}")).unwrap();
    fs::write(
        hooks.join("client-credentials-exchange.js"),
        "module.exports = 1;",
    )
    .unwrap();
    let sidecar = json!({"triggerId": "send-phone-message", "name": "Sms", "script": "./sms.js"});
    fs::write(hooks.join("sms.json"), sidecar.to_string()).unwrap();
    fs::write(hooks.join("sms.js"), "").unwrap();
}

#[test]
fn a_deploy_cli_folder_opens_and_stays_readable() {
    let folder = tempfile::tempdir().unwrap();
    exported(folder.path());
    let mut workspace = Workspace::open(folder.path()).unwrap();
    assert_eq!(workspace.problems, Vec::<String>::new());
    let seen: Vec<_> = workspace
        .hooks
        .iter()
        .map(|h| (h.name.as_str(), h.point, h.enabled))
        .collect();
    assert_eq!(
        seen,
        [
            ("cce hook", Some(Point::CredentialsExchange), true),
            ("Sms", Some(Point::SendPhoneMessage), false),
        ]
    );
    let hooks = folder.path().join("hooks");
    let script = hooks.join("client-credentials-exchange.js");
    assert_eq!(workspace.entry_of_file(&script).unwrap().script, script);

    // Changed and added to, every sidecar still holds what Deploy CLI requires, and what it wrote.
    let entry = workspace.hooks[0].clone();
    set_point(&entry, Point::PostUserRegistration).unwrap();
    workspace
        .create_hook(
            "Add roles",
            Point::CredentialsExchange,
            "module.exports = 2;",
        )
        .unwrap();
    let changed = json_of(&hooks.join("cce-hook.json"));
    assert_eq!(changed["triggerId"], "post-user-registration");
    assert_eq!(changed["id"], "00001");
    assert_eq!(changed["secrets"]["api-key"], "_VALUE_NOT_SHOWN_");
    assert_eq!(changed["script"], "./hooks/client-credentials-exchange.js");
    let added = json_of(&hooks.join("Add-roles.json"));
    for (key, value) in [
        ("name", json!("Add roles")),
        ("triggerId", json!("credentials-exchange")),
        ("script", json!("./Add-roles.js")),
        ("enabled", json!(false)),
        ("secrets", json!({})),
        ("dependencies", json!({})),
    ] {
        assert_eq!(added[key], value, "{key}");
    }
    workspace.reload().unwrap();
    assert_eq!(workspace.problems, Vec::<String>::new());
    assert_eq!(workspace.hooks.len(), 3);
    assert_eq!(workspace.hooks[1].point, Some(Point::PostUserRegistration));
}

#[test]
fn broken_sidecars_are_told_by_name_and_cost_no_other_hook() {
    let folder = tempfile::tempdir().unwrap();
    exported(folder.path());
    let hooks = folder.path().join("hooks");
    fs::write(hooks.join("torn.json"), "{\"name\": ").unwrap();
    fs::write(hooks.join("latin.json"), b"{\"name\": \"caf\xe9\"}").unwrap();
    fs::write(hooks.join("other.json"), "[1]").unwrap();
    fs::write(
        hooks.join("lost.json"),
        r#"{"triggerId":"generic","name":"lost","script":"./gone.js"}"#,
    )
    .unwrap();
    fs::write(
        hooks.join("odd.json"),
        r#"{"triggerId":"pre-login","name":"odd","script":"./odd.js"}"#,
    )
    .unwrap();
    fs::write(hooks.join("odd.js"), "").unwrap();
    let workspace = Workspace::open(folder.path()).unwrap();
    for file in [
        "torn.json",
        "latin.json",
        "other.json",
        "lost.json",
        "odd.json",
    ] {
        let told: Vec<_> = workspace
            .problems
            .iter()
            .filter(|p| p.contains(file))
            .collect();
        assert_eq!(told.len(), 1, "{file}: {:?}", workspace.problems);
        assert!(told[0].ends_with('.'), "{}", told[0]);
    }
    let of = |name: &str| {
        workspace
            .hooks
            .iter()
            .find(|hook| hook.name == name)
            .unwrap()
    };
    assert!(of("lost").problem.as_ref().unwrap().contains("gone.js"));
    assert_eq!((of("odd").point, &of("odd").problem), (None, &None));
    assert_eq!(of("cce hook").problem, None);
}

#[test]
fn a_folder_that_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.js");
    fs::write(&file, "").unwrap();
    for path in [file, folder.path().join("gone")] {
        let told = Workspace::open(&path).unwrap_err().to_string();
        assert!(told.starts_with(path.to_str().unwrap()), "{told}");
    }
}

#[test]
fn what_is_no_text_is_refused_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("latin1.js"), b"a\nbb\xe9").unwrap();
    fs::write(at("utf16.js"), b"\xff\xfea\0").unwrap();
    fs::File::create(at("big.js"))
        .unwrap()
        .set_len(20 * 1024 * 1024)
        .unwrap();
    let cases = [
        ("latin1.js", "line 2, column 3"),
        ("utf16.js", "UTF-16"),
        ("big.js", "is 20 MB; Hookbench opens files up to 16 MB"),
        ("missing.js", "does not exist"),
        ("", "is a folder"),
    ];
    for (name, part) in cases {
        let told = text_file::load(&at(name)).unwrap_err().to_string();
        assert!(
            told.contains(part) && told.contains(folder.path().to_str().unwrap()),
            "{told}"
        );
    }
    fs::File::options()
        .write(true)
        .open(at("big.js"))
        .unwrap()
        .set_len(16 * 1024 * 1024)
        .unwrap();
    assert_eq!(
        text_file::load(&at("big.js")).unwrap().text.len(),
        16 * 1024 * 1024
    );
}

#[test]
fn crlf_permissions_and_links_survive_a_save() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.js");
    fs::write(&path, "a\r\nb\r\n").unwrap();
    let file = text_file::load(&path).unwrap();
    assert_eq!(
        (file.text.as_str(), file.line_ending),
        ("a\nb\n", LineEnding::CrLf)
    );
    let how = SaveAs {
        line_ending: file.line_ending,
        bom: file.bom,
        expected: Some(file.fingerprint),
    };
    #[cfg(unix)]
    let through = {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o751)).unwrap();
        let link = folder.path().join("link.js");
        std::os::unix::fs::symlink("a.js", &link).unwrap();
        link
    };
    #[cfg(not(unix))]
    let through = path.clone();
    let print = text_file::save(&through, "a\nb\nc\n", &how).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"a\r\nb\r\nc\r\n");
    assert_eq!(text_file::fingerprint(&path).unwrap(), print);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o751
        );
        assert!(through.symlink_metadata().unwrap().is_symlink());
    }
}

#[test]
fn a_file_changed_outside_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.js");
    fs::write(&path, "mine").unwrap();
    let read = text_file::load(&path).unwrap().fingerprint;
    let how = SaveAs {
        expected: Some(read),
        ..SaveAs::default()
    };
    // Same length, and the old time of change: only the content tells.
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, "hers").unwrap();
    fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(time)
        .unwrap();
    let error = text_file::save(&path, "new", &how).unwrap_err();
    assert_eq!(error, FileError::ChangedOutside { path: path.clone() });
    assert_eq!(fs::read_to_string(&path).unwrap(), "hers");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    fs::write(&path, "mine").unwrap();
    text_file::save(&path, "new", &how).unwrap();
    fs::remove_file(&path).unwrap();
    text_file::save(&path, "newer", &how).unwrap();
    let gone = folder.path().join("gone/a.js");
    let error = text_file::save(&gone, "new", &how).unwrap_err();
    assert!(matches!(error, FileError::FolderGone { .. }), "{error}");
}

/// Runs as the user `nobody` where the tests run as root, to whom nothing is forbidden.
#[cfg(unix)]
#[test]
fn files_and_folders_without_permission_are_refused() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    let how = SaveAs::default();
    if let Some(folder) = other_part() {
        let told = |error: FileError| error.to_string();
        let secret = folder.join("secret.js");
        assert_eq!(
            text_file::load(&secret).unwrap_err(),
            FileError::NotReadable { path: secret }
        );
        let locked = folder.join("locked/a.js");
        assert_eq!(text_file::load(&locked).unwrap().text, "old");
        let error = text_file::save(&locked, "new", &how).unwrap_err();
        assert!(told(error).contains("is read-only"));
        let error = text_file::save(&folder.join("locked/new.js"), "new", &how).unwrap_err();
        assert!(matches!(error, FileError::ReadOnlyFolder { .. }), "{error}");
        let data = DataDir::at(folder.join("locked/data"));
        assert!(Settings::default().save(&data).is_err());
        let mut workspace = Workspace::open(folder.join("locked")).unwrap();
        assert!(workspace.create_hook("new", Point::Generic, "").is_err());
        let error = Workspace::open(folder.join("closed")).unwrap_err();
        assert!(error.to_string().contains("may not read"), "{error}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mode =
        |name: &str, mode| fs::set_permissions(at(name), fs::Permissions::from_mode(mode)).unwrap();
    fs::create_dir(at("locked")).unwrap();
    fs::create_dir(at("closed")).unwrap();
    fs::write(at("locked/a.js"), "old").unwrap();
    fs::write(at("secret.js"), "").unwrap();
    // A copy, because nobody may not be let into the folder the tests were built in.
    let program = at("program");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    for (name, bits) in [
        ("", 0o755),
        ("program", 0o755),
        ("locked/a.js", 0o666),
        ("locked", 0o555),
        ("closed", 0o000),
        ("secret.js", 0o000),
    ] {
        mode(name, bits);
    }
    let mut child = same_test(
        &program,
        "files_and_folders_without_permission_are_refused",
        folder.path(),
    );
    if fs::metadata(folder.path()).unwrap().uid() == 0 {
        child.uid(65534).gid(65534);
    }
    let done = child.current_dir("/").output().unwrap();
    mode("locked", 0o755);
    mode("closed", 0o755);
    assert!(
        done.status.success(),
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(String::from_utf8_lossy(&done.stdout).contains("1 passed"));
    assert_eq!(fs::read_to_string(at("locked/a.js")).unwrap(), "old");
    assert_eq!(fs::read_dir(at("locked")).unwrap().count(), 1);
}

/// A limit on file sizes stands for every write that fails half-way, such as on a full disk.
#[cfg(unix)]
#[test]
fn a_write_that_fails_half_way_leaves_the_old_version() {
    if let Some(path) = other_part() {
        let error = text_file::save(&path, &"x".repeat(1 << 20), &SaveAs::default()).unwrap_err();
        println!("refused: {error}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.js");
    fs::write(&path, "old").unwrap();
    let test = "a_write_that_fails_half_way_leaves_the_old_version";
    let done = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 64; exec \"$0\" --exact \"$1\" --nocapture",
        ])
        .arg(std::env::current_exe().unwrap())
        .arg(test)
        .env(OTHER_PART, &path)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&done.stdout);
    assert!(
        done.status.success() && told.contains("refused: "),
        "{told}"
    );
    assert!(told.contains(path.to_str().unwrap()), "{told}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// A disk of its own that is really full: everything that is kept says so, and keeps what it had.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing_and_is_told() {
    use hookbench::workspace::run_history::{History, HistoryEntry};
    use hookbench::workspace::snapshots::{Snapshots, Why};
    let test = "a_full_disk_loses_nothing_and_is_told";
    if let Some(disk) = other_part() {
        let hook = disk.join("a.js");
        let data = DataDir::at(disk.join("data"));
        let run = |n: usize| HistoryEntry {
            id: n.to_string(),
            at: SystemTime::now(),
            status: None,
            completion: String::new(),
            duration_ms: 1.0,
            body: String::new(),
            report: Value::Null,
        };
        let secrets = |value: &str| BTreeMap::from([("KEY".to_owned(), value.to_owned())]);
        text_file::save(&hook, "old", &SaveAs::default()).unwrap();
        Drafts::new(&data).keep(&draft(1)).unwrap();
        Snapshots::new(&data)
            .keep(&hook, "version", Why::Run)
            .unwrap();
        History::new(&data).append(&hook, &run(1)).unwrap();
        Settings::default().save(&data).unwrap();
        SecretStore::new(&data).set(&hook, &secrets("old")).unwrap();
        let mut filler = fs::File::create(disk.join("filler")).unwrap();
        while filler.write_all(&[7; 512]).is_ok() {}

        let long = "x".repeat(100_000);
        let full =
            |error: FileError| assert!(matches!(error, FileError::DiskFull { .. }), "{error}");
        full(text_file::save(&hook, &long, &SaveAs::default()).unwrap_err());
        full(
            Snapshots::new(&data)
                .keep(&hook, &long, Why::Run)
                .unwrap_err(),
        );
        full(
            SecretStore::new(&data)
                .set(&hook, &secrets(&long))
                .unwrap_err(),
        );
        let mut settings = Settings::default();
        settings.proxy = long;
        full(settings.save(&data).unwrap_err());
        // Lines that are added may fit into what is left of the last block; some time they do not.
        let history = History::new(&data);
        full(
            (2..1000)
                .find_map(|n| history.append(&hook, &run(n)).err())
                .unwrap(),
        );

        assert_eq!(fs::read_to_string(&hook).unwrap(), "old");
        let kept = Snapshots::new(&data);
        let versions = kept.list(&hook).unwrap();
        assert_eq!(versions.len(), 1);
        assert_eq!(kept.read(&hook, &versions[0].id).unwrap(), "version");
        let all = history.list(&hook, 1000).unwrap();
        assert!(all.iter().any(|run| run.id == "1") && all.len() < 999);
        assert_eq!(Settings::load(&data), (Settings::default(), None));
        assert_eq!(SecretStore::new(&data).get(&hook).unwrap(), secrets("old"));
        // With room again everything goes on, the torn line of the history included.
        drop(filler);
        fs::remove_file(disk.join("filler")).unwrap();
        text_file::save(&hook, "new", &SaveAs::default()).unwrap();
        history.append(&hook, &run(5000)).unwrap();
        assert_eq!(history.list(&hook, 1).unwrap()[0].id, "5000");
        println!("full and free again");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // In a name space of its own, where this process may mount.
    let done = Command::new("unshare")
        .args([
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o size=256k none \"$1\" && exec \"$0\" --exact \"$2\" --nocapture",
        ])
        .arg(std::env::current_exe().unwrap())
        .arg(folder.path())
        .arg(test)
        .env(OTHER_PART, folder.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&done.stdout);
    let failed = String::from_utf8_lossy(&done.stderr);
    // Some containers forbid name spaces; then there is no disk that could be filled.
    if ["unshare: ", "mount: "]
        .iter()
        .any(|tool| failed.contains(tool))
    {
        eprintln!("not tried: {failed}");
        return;
    }
    assert!(told.contains("full and free again"), "{told}{failed}");
}

fn draft(n: u32) -> Draft {
    let path = PathBuf::from("/somewhere/hook.js");
    Draft {
        id: Draft::id_of(&path),
        path: Some(path),
        code: format!("{n}\n").repeat(5000),
        body: Some(format!("{{\"n\": {n}}}")),
        at: SystemTime::now(),
        base: None,
    }
}

#[test]
fn a_kill_while_drafts_are_saved_loses_nothing() {
    let test = "a_kill_while_drafts_are_saved_loses_nothing";
    if let Some(data) = other_part() {
        let drafts = Drafts::new(&DataDir::at(data));
        for n in 1.. {
            drafts.keep(&draft(n)).unwrap();
            println!("\nkept {n}");
            std::io::stdout().flush().unwrap();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    for round in 0..12_u64 {
        let data = folder.path().join(round.to_string());
        let mut child: Child = same_test(&std::env::current_exe().unwrap(), test, &data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let number = |line: String| {
            line.strip_prefix("kept ")
                .and_then(|n| n.parse::<u32>().ok())
        };
        let mut last = lines
            .by_ref()
            .find_map(|line| number(line.unwrap()))
            .unwrap();
        // While the session lives its drafts are nobody else's.
        let other = Drafts::new(&DataDir::at(&data));
        assert_eq!(other.list().unwrap(), []);
        std::thread::sleep(Duration::from_micros(1700 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        last = lines
            .filter_map(|line| number(line.unwrap()))
            .last()
            .unwrap_or(last);
        let left = other.list().unwrap();
        assert_eq!(left.len(), 1, "round {round}");
        let n: u32 = left[0].code.lines().next().unwrap().parse().unwrap();
        assert!(n == last || n == last + 1, "kept {last}, found {n}");
        assert_eq!(left[0].code, draft(n).code);
        assert_eq!(left[0].body, draft(n).body);
    }
}

#[test]
fn secrets_are_readable_by_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::at(folder.path().join("data"));
    let mut store = SecretStore::new(&data);
    let hook = folder.path().join("a.js");
    fs::write(&hook, "").unwrap();
    let secrets = BTreeMap::from([("API_KEY".to_owned(), "hunter2 \"é\"\n".to_owned())]);
    for _ in 0..2 {
        store.set(&hook, &secrets).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(data.path("secrets.json"))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
            let mode = fs::metadata(folder.path().join("data"))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o700);
            assert_eq!(store.warning(), None);
        }
    }
    // By whichever path the hook is reached.
    assert_eq!(
        store.get(&folder.path().join("./data/../a.js")).unwrap(),
        secrets
    );
}

#[test]
fn settings_keep_what_a_newer_hookbench_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::at(folder.path());
    let newer = r#"{"theme": "dark", "zoom": 1.25, "future": {"n": 7.10, "list": [1, "x"]}, "panes": {"map_width": 33, "logs_height": 99}}"#;
    fs::write(data.path("settings.json"), newer).unwrap();
    let (mut settings, problem) = Settings::load(&data);
    assert_eq!(problem, None);
    assert_eq!(
        (settings.theme, settings.zoom, settings.panes.logs_height),
        (ThemeChoice::Dark, 1.25, 99.0)
    );
    assert_eq!(
        (
            settings.time_limit_s,
            settings.memory_mib,
            settings.panes.runner_width
        ),
        (20, 256, 430.0)
    );
    settings.note_recent("/tmp/a.js");
    settings.window = Some([1280.0, 800.0]);
    settings.panes.pane_heights.insert("user".to_owned(), 120.0);
    settings.save(&data).unwrap();
    assert_eq!(Settings::load(&data), (settings, None));
    let written = fs::read_to_string(data.path("settings.json")).unwrap();
    assert!(written.contains("7.10"), "{written}");
    assert_eq!(
        json_of(&data.path("settings.json"))["panes"]["map_width"],
        json!(33)
    );
}

#[test]
fn the_watcher_notices_atomic_replacements_and_new_hooks() {
    let folder = tempfile::tempdir().unwrap();
    exported(folder.path());
    let hooks = folder.path().join("hooks");
    let single = folder.path().join("single.js");
    fs::write(&single, "old").unwrap();
    let (told, heard) = mpsc::channel();
    let mut watcher = Watcher::new(move |path| {
        let _ = told.send(path);
    });
    let next = || heard.recv_timeout(Duration::from_secs(20)).unwrap();
    watcher.watch(&[single.clone(), hooks.clone()]);
    assert_eq!(watcher.problem(), None);

    // Ten saves in a burst are one message, and neither temporary files nor other files of the folder are told.
    fs::write(folder.path().join("stranger.js"), "").unwrap();
    for n in 0..10 {
        text_file::save(&single, &n.to_string(), &SaveAs::default()).unwrap();
    }
    let begun = Instant::now();
    assert_eq!(next(), single);
    assert!(begun.elapsed() < Duration::from_secs(5));
    fs::write(hooks.join("new.js"), "").unwrap();
    assert_eq!(next(), hooks.join("new.js"));
    // The replaced file is still watched.
    fs::write(&single, "again").unwrap();
    assert_eq!(next(), single);
    watcher.watch(&[]);
    fs::write(&single, "unheard").unwrap();
    assert!(heard.recv_timeout(Duration::from_millis(700)).is_err());
}
