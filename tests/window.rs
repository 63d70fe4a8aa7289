//! The window through its AccessKit tree: every pane and command, typed and clicked as a user would.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on fails

#[path = "support/app.rs"]
#[allow(dead_code)] // each test file uses its part
mod app;

use app::App;
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use hookbench::gui::commands::Command;

const RETURNS_USER: &str = "module.exports = function (user, context, cb) {\n  console.log('hello %s', user.username);\n  cb(null, { user: user });\n};\n";
const CTRL: Modifiers = Modifiers::COMMAND;

fn ran(app: &mut App) {
    app.keys(CTRL, Key::Enter);
    app.wait_for("Run");
    app.wait("the end of the run", |app| {
        (app.shows_part("finished webtask request") && !app.shows("Stop")).then_some(())
    });
}

#[test]
fn a_hook_is_typed_run_and_its_response_read() {
    let mut app = App::with_code("");
    app.write("Code", "module.exports = function (user, context, cb) {\n  console.log('typed for', user.email);\n  cb(null, { user: { app_metadata: { plan: 'gold' } } });\n};\n");
    assert!(app.shows("try me*"), "a dirty hook has its star");
    app.click("Run");
    app.wait_for("Status 200");
    app.wait_for_text("finished webtask request");
    let response: serde_json::Value = serde_json::from_str(&app.text("Response")).unwrap();
    assert_eq!(response["user"]["app_metadata"]["plan"], "gold");
    assert!(
        app.shows_part("typed for user1@foo.com"),
        "{:?}",
        app.all_labels()
    );
    assert!(app.shows_part("with HTTP 200 in"));
    app.wait_for("try me");
    assert!(app.on_disk().contains("plan: 'gold'"), "running saves");
}

#[test]
fn the_same_hook_runs_twice_in_a_row_and_each_run_has_its_row() {
    let mut app = App::with_code(RETURNS_USER);
    ran(&mut app);
    app.click("Clear logs");
    ran(&mut app);
    let rows = app.harness.query_all_by_label_contains("Run at ").count();
    assert_eq!(rows, 2);
    app.click("Clear history");
    assert_eq!(
        app.harness.query_all_by_label_contains("Run at ").count(),
        0
    );
}

#[test]
fn an_error_names_its_line_and_leads_to_it() {
    let mut app = App::with_code(
        "module.exports = function (user, context, cb) {\n  var x = user.profile.name;\n  cb();\n};\n",
    );
    ran(&mut app);
    assert!(app.shows("The hook threw an exception"));
    assert!(app.shows("Status 500"));
    app.click("Go to line 2");
    assert!(app.shows_part("ln 2, col"), "{:?}", app.all_labels());
}

#[test]
fn code_that_does_not_compile_says_so_and_the_window_goes_on() {
    let mut app = App::with_code(
        "module.exports = function (user, context, cb) {\n  cb(null, { user: user ;\n};\n",
    );
    ran(&mut app);
    assert!(app.shows("The hook does not compile"));
    app.click("Go to line 2");
    app.write("Code", RETURNS_USER);
    app.click("Clear logs");
    ran(&mut app);
    assert!(app.shows("Status 200"));
}

#[test]
fn a_warning_stands_at_its_line_until_the_code_is_mended() {
    let twice = "module.exports = function (user, context, cb) {\n  cb();\n  cb();\n};\n";
    let mut app = App::with_code(twice);
    let said = |app: &mut App| {
        // On the second call, whose line is marked; a tooltip opens where the pointer rests.
        let at = app.field("Code").rect().left_top() + egui::vec2(70.0, 19.0 * 2.5);
        app.harness.hover_at(at);
        app.harness.run_steps(60);
        app.shows_part("(callback-twice)")
    };
    app.wait("the warning", |app| said(app).then_some(()));
    app.write(
        "Code",
        &twice.replace("  cb();\n  cb", "  return cb();\n  cb"),
    );
    app.wait("no warning", |app| (!said(app)).then_some(()));
}

#[test]
fn the_palette_finds_a_command_and_carries_it_out_by_keys_alone() {
    let mut app = App::with_code("one();\ntwo();\n");
    app.keys(CTRL, Key::Num1);
    app.keys(CTRL | Modifiers::SHIFT, Key::P);
    app.wait_for("Find a command");
    assert!(
        app.shows("Delete line (Ctrl+Shift+K)"),
        "{:?}",
        app.all_labels()
    );
    app.field("Find a command").type_text("tog com");
    app.harness.run_steps(2);
    assert!(
        app.shows("Toggle comment (Ctrl+Slash)"),
        "{:?}",
        app.all_labels()
    );
    assert!(!app.shows("Delete line (Ctrl+Shift+K)"));
    app.keys(Modifiers::NONE, Key::Enter);
    app.wait_gone("Find a command");
    assert_eq!(app.text("Code"), "// one();\ntwo();\n");
    // The pane has the keyboard again.
    app.harness.run_steps(4);
    app.keys(CTRL, Key::Slash);
    assert_eq!(app.text("Code"), "one();\ntwo();\n");

    app.keys(CTRL | Modifiers::SHIFT, Key::P);
    app.keys(Modifiers::NONE, Key::ArrowDown);
    app.keys(Modifiers::NONE, Key::Escape);
    app.wait_gone("Find a command");
}

#[test]
fn every_command_stands_in_the_palette() {
    let mut app = App::with_code(RETURNS_USER);
    for command in Command::ALL {
        if command == Command::Palette {
            continue;
        }
        app.keys(CTRL | Modifiers::SHIFT, Key::P);
        app.wait_for("Find a command");
        app.field("Find a command").type_text(command.label());
        app.harness.run_steps(2);
        assert!(app.shows_part(command.label()), "{command:?}");
        app.keys(Modifiers::NONE, Key::Escape);
        app.wait_gone("Find a command");
    }
}

#[test]
fn a_line_is_gone_to_by_its_number() {
    let mut app = App::with_code(&"line();\n".repeat(80));
    app.keys(CTRL, Key::G);
    app.wait_for("Find a command");
    app.field("Find a command").type_text("72:3");
    app.harness.run_steps(2);
    assert!(
        app.shows("Go to line 72, column 3"),
        "{:?}",
        app.all_labels()
    );
    app.keys(Modifiers::NONE, Key::Enter);
    app.wait_for_text("ln 72, col 3");
}

#[test]
fn an_endless_loop_is_stopped() {
    let mut app =
        App::with_code("module.exports = function (user, context, cb) {\n  while (true) {}\n};\n");
    app.keys(CTRL, Key::Enter);
    app.wait_for("Stop");
    app.click("Stop");
    app.wait_for("Run");
    app.wait_for("Stopped");
    assert!(app.shows_part("without an answer (stopped)"));
}

#[test]
fn json_that_is_none_is_marked_and_not_sent() {
    let mut app = App::with_code(RETURNS_USER);
    app.write("user", "{\n  \"email\" \"a@b.c\"\n}");
    assert!(app.shows_part("line 2, column"), "{:?}", app.all_labels());
    app.keys(CTRL, Key::Enter);
    app.wait_for_text("Not run: user is not JSON at line 2");
    assert!(!app.shows_part("new webtask request"));
    app.click("Reset test data");
    assert!(app.text("user").contains("user1@foo.com"));
    ran(&mut app);
    assert!(app.shows("Status 200"));
    assert!(
        !app.shows_part("Not run:"),
        "the banner goes with its cause"
    );
}

#[test]
fn each_parameter_has_a_pane_and_the_whole_body_a_view() {
    let mut app = App::with_code(RETURNS_USER);
    assert!(
        app.text("context")
            .contains("Username-Password-Authentication")
    );
    app.write("user", "{ \"email\": \"whole@foo.com\" }");
    app.click("Whole body");
    let body: serde_json::Value = serde_json::from_str(&app.text("body")).unwrap();
    assert_eq!(body["user"]["email"], "whole@foo.com");
    assert_eq!(body["context"]["connection"]["id"], "con_xxxxxxxxxxxxxxxx");
    app.click("Parameters");
    assert!(app.text("user").contains("whole@foo.com"));
}

#[test]
fn every_point_has_the_panes_of_its_parameters() {
    let mut app = App::with_code(
        "module.exports = function (recipient, text, context, cb) {\n  cb(null, { id: text.length });\n};\n",
    );
    for pane in ["recipient", "text", "context"] {
        assert!(app.shows(pane), "{pane}: {:?}", app.all_labels());
    }
    ran(&mut app);
    assert!(app.shows("Status 200"), "{:?}", app.all_labels());
}

#[test]
fn the_response_has_a_tree_and_both_wires() {
    let mut app = App::with_code(RETURNS_USER);
    ran(&mut app);
    app.click("Wire 6.x");
    let wire: serde_json::Value = serde_json::from_str(&app.text("Response")).unwrap();
    assert_eq!(wire["status"], "success");
    app.click("Wire 5.x");
    let wire: serde_json::Value = serde_json::from_str(&app.text("Response")).unwrap();
    assert_eq!(wire["statusCode"], 200);
    app.click("Transaction");
    let pair: serde_json::Value = serde_json::from_str(&app.text("Response")).unwrap();
    let body = hookbench::auth0::Point::PreUserRegistration.default_body();
    assert_eq!(
        pair,
        serde_json::from_str::<serde_json::Value>(body).unwrap()
    );
    app.click("Tree");
    assert!(app.shows_part("user"), "{:?}", app.all_labels());
    app.click("Headers");
    assert!(app.shows_part("content-type"));
    let copy = app.folder.join("response.json");
    app.answer(&copy);
    app.click("Save response");
    app.wait("the saved response", |_| copy.exists().then_some(()));
}

#[test]
fn the_outcome_stands_under_the_response() {
    let mut app = App::with_code(
        "module.exports = function (user, context, cb) {\n  cb(new PreUserRegistrationError('log text', 'visitor text'));\n};\n",
    );
    ran(&mut app);
    assert!(app.shows("What Auth0 does with it"));
    assert!(app.shows("Pipeline: Sign-up, This hook; not reached: Database, Post hook."));
    assert!(app.shows_part("visitor text"), "{:?}", app.all_labels());
    assert!(app.shows_part("log text"));
}

#[test]
fn an_earlier_run_is_opened_with_a_click_and_restored_with_another() {
    let mut app = App::with_code(RETURNS_USER);
    app.write("user", "{ \"username\": \"first\" }");
    ran(&mut app);
    app.write("user", "{ \"username\": \"second\" }");
    app.click("Clear logs");
    ran(&mut app);
    assert!(app.text("Response").contains("second"));
    assert_eq!(
        app.harness.query_all_by_label_contains("Run at ").count(),
        2
    );
    app.click_nth("Run at ", 1);
    assert!(
        app.text("Response").contains("first"),
        "{}",
        app.text("Response")
    );
    app.click_nth("Restore this run's payload", 1);
    assert!(app.text("user").contains("first"));
}

#[test]
fn the_logs_are_searched_filtered_saved_and_cleared() {
    let mut app = App::with_code(
        "module.exports = function (user, context, cb) {\n  console.log('plain words');\n  console.error('loud words');\n  cb();\n};\n",
    );
    ran(&mut app);
    assert!(app.shows("plain words") && app.shows("loud words"));
    assert!(app.shows("line 3"), "a line leads to where it was logged");
    app.write("Search text in logs", "loud");
    assert!(!app.shows("plain words") && app.shows("loud words"));
    app.write("Search text in logs", "");
    let file = app.folder.join("logs.txt");
    app.answer(&file);
    app.click("Save logs");
    app.wait("the saved logs", |_| file.exists().then_some(()));
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("loud words")
    );
    app.click("Clear logs");
    assert!(!app.shows("loud words"));
}

#[test]
fn secrets_reach_the_hook_and_are_masked_in_what_is_shown() {
    let mut app = App::with_code(
        "module.exports = function (user, context, cb) {\n  console.log('the key is ' + context.webtask.secrets.API_KEY);\n  cb(null, { length: context.webtask.secrets.API_KEY.length });\n};\n",
    );
    app.keys(CTRL | Modifiers::SHIFT, Key::E);
    app.wait_for_text("Secrets of try me");
    app.click("+ Add secret");
    app.write("Name of secret 1", "API_KEY");
    app.write("Value of secret 1", "hush-hush-42");
    app.node_button("Save");
    app.wait_for_text("Kept 1 secret");
    ran(&mut app);
    assert!(
        app.text("Response").contains("12"),
        "{}",
        app.text("Response")
    );
    assert!(!app.shows_part("hush-hush-42"), "{:?}", app.all_labels());
}

#[test]
fn a_secret_is_shown_only_while_its_button_is_held() {
    let mut app = App::with_code(RETURNS_USER);
    app.keys(CTRL | Modifiers::SHIFT, Key::E);
    app.wait_for_text("Secrets of try me");
    app.write("Name of secret 1", "API_KEY");
    app.write("Value of secret 1", "hush-hush-42");
    assert_eq!(app.text("Value of secret 1"), "•".repeat(12));
    let eye = app.node("Hold to show the value").rect().center();
    let press = |pressed| egui::Event::PointerButton {
        pos: eye,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    app.harness.event(egui::Event::PointerMoved(eye));
    app.harness.event(press(true));
    app.harness.run_steps(3);
    assert_eq!(app.text("Value of secret 1"), "hush-hush-42");
    app.harness.event(press(false));
    app.harness.run_steps(3);
    assert_eq!(app.text("Value of secret 1"), "•".repeat(12));
}

#[test]
fn a_new_hook_is_made_from_its_points_starter_and_runs() {
    let mut app = App::empty();
    let folder = app.folder.join("my hooks");
    app.keys(CTRL, Key::N);
    app.wait_for("Create");
    app.answer(&folder);
    app.click("Change…");
    app.type_in("Name", "first-hook");
    app.keys(Modifiers::NONE, Key::Enter);
    app.wait_for("Code");
    assert!(
        app.text("Code")
            .contains("module.exports = function (user, context, cb)")
    );
    assert!(folder.join("hooks/first-hook.js").is_file());
    ran(&mut app);
    assert!(app.shows("Status 200"));
}

#[test]
fn a_name_that_cannot_be_a_hooks_is_explained_and_the_dialog_stays() {
    let mut app = App::empty();
    app.answer(app.folder.clone());
    app.keys(CTRL, Key::N);
    app.click("Change…");
    app.type_in("Name", "no/slashes");
    app.click("Create");
    app.wait("the sentence", |app| {
        app.shows_part("letters").then_some(())
    });
    assert!(app.shows("Create"));
    app.keys(Modifiers::NONE, Key::Escape);
    assert!(!app.shows("Create"));
}

#[test]
fn the_gallery_opens_a_hook_that_runs() {
    let mut app = App::empty();
    app.answer(app.folder.join("examples"));
    let card = hookbench::auth0::gallery::GALLERY
        .iter()
        .find(|item| item.id.contains("deny"))
        .unwrap();
    let label = format!("{}: {}", card.title, card.point.name());
    app.click(&label);
    app.click("Change…");
    app.click("Create");
    app.wait_for("Code");
    ran(&mut app);
    assert!(app.shows("What Auth0 does with it"));
}

#[test]
fn files_that_cannot_be_opened_are_explained() {
    let mut app = App::empty();
    let latin = app.folder.join("latin.js");
    std::fs::write(&latin, b"// caf\xe9\n").unwrap();
    let huge = app.folder.join("huge.js");
    std::fs::write(&huge, vec![b'x'; 20 * 1024 * 1024]).unwrap();
    for (path, part) in [
        (latin, "UTF-8"),
        (app.folder.join("missing.js"), "missing.js"),
        (huge, "huge.js"),
    ] {
        app.answer(path);
        app.keys(CTRL, Key::O);
        app.wait_for_text(part);
    }
    assert!(app.shows("Start from an example"), "the window goes on");
}

#[test]
fn a_clean_hook_follows_its_file_and_a_dirty_one_asks() {
    let mut app = App::with_code(RETURNS_USER);
    std::fs::write(app.file(), "// from outside\n").unwrap();
    app.wait("the new text", |app| {
        app.text("Code").contains("from outside").then_some(())
    });
    app.type_in("Code", "mine ");
    std::fs::write(app.file(), "// again from outside\n").unwrap();
    app.wait_for_text("changed on disk while you edited it here");
    assert!(app.text("Code").contains("mine"));
    app.click("Keep mine");
    app.keys(CTRL, Key::S);
    app.wait("the save", |app| {
        app.on_disk().contains("mine").then_some(())
    });
    app.wait_for("try me");
}

#[test]
fn a_save_over_a_file_changed_outside_does_not_overwrite_it() {
    let mut app = App::with_code(RETURNS_USER);
    app.type_in("Code", "mine ");
    std::fs::write(app.file(), "// theirs\n").unwrap();
    app.keys(CTRL, Key::S);
    app.wait_for_text("changed on disk while you edited it here");
    assert_eq!(app.on_disk(), "// theirs\n");
    app.click("Load the file");
    assert!(app.text("Code").contains("theirs"));
}

#[test]
fn a_file_that_cannot_be_written_leaves_the_edits_in_the_pane() {
    let mut app = App::with_code(RETURNS_USER);
    app.type_in("Code", "mine ");
    // The folder goes: not even root can write there.
    std::fs::remove_file(app.file()).unwrap();
    app.wait_for_text("is gone from disk");
    let stand_in = app.folder.join("try me.js");
    std::fs::create_dir(&stand_in).unwrap();
    app.keys(CTRL, Key::S);
    app.wait_for_text("Your edits are still here.");
    assert!(app.text("Code").contains("mine"));
    let other = app.folder.join("other.js");
    app.answer(&other);
    app.click("Save as…");
    app.wait("the other file", |_| other.is_file().then_some(()));
    app.wait_for("other");
}

#[test]
fn edits_of_a_killed_session_are_offered_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kept.js");
    std::fs::write(&file, RETURNS_USER).unwrap();
    let data = hookbench::workspace::DataDir::at(folder.path().join("data"));
    // A session that ended without a word: its draft is there, its lock is not held by anybody.
    {
        use hookbench::workspace::drafts::{Draft, Drafts};
        let drafts = Drafts::new(&data);
        drafts
            .keep(&Draft {
                id: Draft::id_of(&file),
                path: Some(file.clone()),
                code: "// rescued\n".to_owned(),
                body: None,
                at: std::time::SystemTime::now(),
                base: None,
            })
            .unwrap();
    }
    let mut app = App::at(folder.path(), None);
    app.wait_for_text("ended with unsaved edits in one hook");
    app.click("Bring them back");
    app.wait_for("Code");
    assert!(app.text("Code").contains("rescued"));
    assert!(app.shows("kept*"));
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        RETURNS_USER,
        "the file is as it was"
    );
}

#[test]
fn two_windows_on_one_file_overwrite_nothing_of_each_other() {
    let mut first = App::with_code(RETURNS_USER);
    let file = first.file();
    let mut second = App::at(&first.folder.clone(), Some(&file));
    second.wait_for("Code");
    second.type_in("Code", "/* second */ ");
    first.type_in("Code", "/* first */ ");
    first.keys(CTRL, Key::S);
    first.wait_for_text("Saved");
    second.keys(CTRL, Key::S);
    second.wait_for_text("Keep mine");
    assert_eq!(first.on_disk(), format!("/* first */ {RETURNS_USER}"));
    assert!(second.text("Code").starts_with("/* second */"));
    second.click("Keep mine");
    second.keys(CTRL, Key::S);
    second.wait_for_text("Saved");
    assert_eq!(first.on_disk(), format!("/* second */ {RETURNS_USER}"));
    // What was overwritten on purpose is among the versions.
    use hookbench::workspace::snapshots::Snapshots;
    let versions = Snapshots::new(&hookbench::workspace::DataDir::at(
        first.folder.join("data"),
    ));
    let kept: Vec<_> = versions.list(&file).unwrap();
    let kept: Vec<_> = kept
        .iter()
        .filter_map(|one| versions.read(&file, &one.id).ok())
        .collect();
    assert!(
        kept.contains(&format!("/* first */ {RETURNS_USER}")),
        "{kept:?}"
    );
    // The first window, clean since its save, shows what the second wrote.
    first.wait("the other window's text", |app| {
        app.text("Code").starts_with("/* second */").then_some(())
    });
}

#[test]
fn a_fault_of_the_window_itself_costs_no_edit() {
    use hookbench::workspace::drafts::Drafts;
    let mut app = App::with_code(RETURNS_USER);
    app.type_in("Code", "mine ");
    app.answer(app::FAULT);
    app.keys(CTRL, Key::O);
    app.wait_for("Hookbench met a fault of its own");
    app.wait_for_text(app::FAULT);
    assert!(
        !app.shows("Code"),
        "nothing that may be half changed is shown"
    );
    assert!(app.shows("Close") && app.shows("Copy the text"));
    assert_eq!(app.on_disk(), RETURNS_USER);
    // As the next start finds it, when the window is gone.
    let data = hookbench::workspace::DataDir::at(app.folder.join("data"));
    drop(app.harness);
    let drafts = Drafts::new(&data);
    let start = std::time::Instant::now();
    let mut left = drafts.list().unwrap();
    while left.is_empty() && start.elapsed() < std::time::Duration::from_secs(20) {
        std::thread::sleep(std::time::Duration::from_millis(20));
        left = drafts.list().unwrap();
    }
    assert!(left[0].code.starts_with("mine "), "{left:?}");
}

#[test]
fn closing_a_dirty_hook_asks_first() {
    let mut app = App::with_code(RETURNS_USER);
    app.type_in("Code", "mine ");
    app.keys(CTRL, Key::W);
    app.wait_for("Save before closing?");
    app.click("Cancel");
    assert!(app.shows("Code"));
    app.keys(CTRL, Key::W);
    app.click("Discard");
    app.wait_gone("Code");
    assert_eq!(app.on_disk(), RETURNS_USER);
}

#[test]
fn panes_are_hidden_and_stay_hidden_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.js");
    std::fs::write(&file, RETURNS_USER).unwrap();
    {
        let mut app = App::at(folder.path(), Some(&file));
        app.wait_for("Code");
        assert!(app.shows("Hide logs"));
        app.keys(CTRL, Key::J);
        app.keys(CTRL | Modifiers::SHIFT, Key::R);
        assert!(!app.shows("Hide logs") && !app.shows("Reset test data"));
        app.harness.state_mut().shut_down();
    }
    let mut app = App::at(folder.path(), Some(&file));
    app.wait_for("Code");
    assert!(!app.shows("Hide logs") && !app.shows("Reset test data"));
}

#[test]
fn a_folder_shows_its_hooks_by_point() {
    let folder = tempfile::tempdir().unwrap();
    let hooks = folder.path().join("space/hooks");
    std::fs::create_dir_all(&hooks).unwrap();
    std::fs::write(hooks.join("greet.js"), RETURNS_USER).unwrap();
    std::fs::write(
        hooks.join("greet.json"),
        r#"{"triggerId":"post-user-registration","name":"greet","script":"./greet.js","enabled":true,"secrets":{},"dependencies":{}}"#,
    )
    .unwrap();
    let mut app = App::at(folder.path(), Some(&folder.path().join("space")));
    app.wait_for("Code");
    assert!(app.shows("greet"));
    assert!(app.shows("Post-User Registration"));
    assert!(app.shows("Non-blocking"));
}

#[test]
fn an_idle_window_asks_for_no_frame() {
    let mut app = App::with_code(RETURNS_USER);
    ran(&mut app);
    // Drafts, settings and colours settle.
    for _ in 0..80 {
        app.harness.step();
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    let delay = app
        .harness
        .output()
        .viewport_output
        .values()
        .map(|viewport| viewport.repaint_delay)
        .min()
        .unwrap();
    assert_eq!(
        delay,
        std::time::Duration::MAX,
        "the idle window wants another frame"
    );
}

#[test]
fn every_command_can_be_asked_for_with_and_without_a_hook() {
    for mut app in [App::empty(), App::with_code(RETURNS_USER)] {
        for command in Command::ALL {
            if command == Command::Quit {
                continue;
            }
            for keys in command.shortcuts() {
                app.keys(keys.modifiers, keys.logical_key);
                app.keys(Modifiers::NONE, Key::Escape);
            }
        }
        app.harness.run_steps(3);
    }
}

#[test]
fn a_small_window_keeps_the_runner_usable() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("small.js");
    std::fs::write(&file, RETURNS_USER).unwrap();
    let mut app = App::sized(folder.path(), Some(&file), [1024.0, 700.0]);
    app.wait_for("Code");
    ran(&mut app);
    assert!(
        app.shows("Show the hooks"),
        "the list is folded to its rail"
    );
    assert!(app.shows("Status 200"));
    let run = app.node("Run").rect();
    assert!(run.right() <= 1024.0 && run.left() >= 0.0, "{run:?}");
    app.click("Show the hooks");
    assert!(app.shows("+ New hook"));
}

#[test]
fn settings_change_the_theme_at_once() {
    let mut app = App::with_code(RETURNS_USER);
    app.keys(CTRL, Key::Comma);
    app.wait_for("Light");
    app.click("Light");
    assert_eq!(app.harness.ctx.theme(), egui::Theme::Light);
    app.click("Done");
    assert!(!app.shows("Light"));
}

#[test]
fn every_input_has_a_name_for_screen_readers() {
    let mut app = App::empty();
    app.harness.check_accessibility();
    app = App::with_code(RETURNS_USER);
    ran(&mut app);
    app.harness.check_accessibility();
    app.click("Tree");
    app.keys(CTRL, Key::F);
    app.harness.check_accessibility();
    app.keys(Modifiers::NONE, Key::Escape);
    for (keys, inside) in [
        ((CTRL, Key::N), "Create"),
        ((CTRL | Modifiers::SHIFT, Key::E), "+ Add secret"),
        ((CTRL, Key::Comma), "Memory limit"),
        ((Modifiers::NONE, Key::F1), "Close"),
    ] {
        app.keys(keys.0, keys.1);
        app.wait_for(inside);
        if inside == "+ Add secret" {
            app.click(inside);
        }
        app.harness.check_accessibility();
        app.keys(Modifiers::NONE, Key::Escape);
    }
    app.click("Tools");
    app.wait_for_text("Keyboard shortcuts");
    app.harness.check_accessibility();
}

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_file_dropped_onto_the_window_opens() {
    let mut app = App::empty();
    let file = app.folder.join("dropped.js");
    std::fs::write(&file, RETURNS_USER).unwrap();
    app.harness
        .input_mut()
        .dropped_files
        .push(std::sync::Arc::new(Dropped(file)));
    app.wait_for("Code");
    assert!(app.text("Code").contains("module.exports"));
}

#[test]
fn a_notice_is_a_strip_and_never_covers_the_code() {
    let mut app = App::with_code(RETURNS_USER);
    app.write("user", "{bad");
    app.keys(CTRL, Key::Enter);
    app.wait_for_text("Not run:");
    let code = app.field("Code").rect();
    assert!(code.height() > 300.0, "the code pane is left {code:?}");
    app.click("Reset test data");
    app.type_in("Code", "mine ");
    std::fs::write(app.file(), "// theirs\n").unwrap();
    app.wait_for_text("changed on disk while you edited it here");
    let code = app.field("Code").rect();
    assert!(code.height() > 300.0, "the code pane is left {code:?}");
}

#[test]
fn saving_with_a_conflict_open_says_that_nothing_was_saved() {
    let mut app = App::with_code(RETURNS_USER);
    app.type_in("Code", "mine ");
    std::fs::write(app.file(), "// theirs\n").unwrap();
    app.wait_for_text("changed on disk while you edited it here");
    app.keys(CTRL, Key::S);
    app.wait_for_text("Not saved: decide above");
    assert_eq!(app.on_disk(), "// theirs\n");
}

#[test]
fn a_saved_hook_leaves_no_draft_behind() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.js");
    std::fs::write(&file, RETURNS_USER).unwrap();
    {
        let mut app = App::at(folder.path(), Some(&file));
        app.wait_for("Code");
        app.type_in("Code", "// kept ");
        // Long enough for a draft.
        for _ in 0..40 {
            app.harness.step();
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        app.keys(CTRL, Key::S);
        app.wait_for("a");
        app.harness.state_mut().shut_down();
    }
    let mut app = App::at(folder.path(), Some(&file));
    app.wait_for("Code");
    for _ in 0..20 {
        app.harness.step();
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(!app.shows_part("unsaved edits"), "{:?}", app.all_labels());
}

#[test]
fn rescued_edits_over_a_file_that_changed_since_are_a_conflict() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kept.js");
    std::fs::write(&file, RETURNS_USER).unwrap();
    let base = hookbench::workspace::text_file::fingerprint(&file).unwrap();
    let data = hookbench::workspace::DataDir::at(folder.path().join("data"));
    {
        use hookbench::workspace::drafts::{Draft, Drafts};
        Drafts::new(&data)
            .keep(&Draft {
                id: Draft::id_of(&file),
                path: Some(file.clone()),
                code: "// rescued\n".to_owned(),
                body: None,
                at: std::time::SystemTime::now(),
                base: Some(base),
            })
            .unwrap();
    }
    std::fs::write(&file, "// pulled from elsewhere\n").unwrap();
    let mut app = App::at(folder.path(), None);
    app.wait_for_text("ended with unsaved edits");
    app.click("Bring them back");
    app.wait_for_text("The file changed after these rescued edits were made");
    app.keys(CTRL, Key::S);
    app.harness.run_steps(5);
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        "// pulled from elsewhere\n"
    );
}

#[test]
fn two_saves_at_once_both_reach_the_file() {
    let mut app = App::with_code(RETURNS_USER);
    app.type_in("Code", "// one ");
    app.harness.key_press_modifiers(CTRL, Key::S);
    app.field("Code").type_text("two ");
    app.harness.key_press_modifiers(CTRL, Key::S);
    app.wait("both", |app| app.on_disk().contains("two").then_some(()));
    app.wait_for("try me");
    assert!(!app.shows_part("changed on disk"));
}

#[test]
fn an_earlier_version_is_brought_back() {
    let mut app = App::with_code("// the first\n");
    app.write("Code", "// the second\n");
    app.keys(CTRL, Key::S);
    app.wait_for("try me");
    app.click("Tools");
    app.click("Earlier versions…");
    app.wait_for_text("Bring back the version of");
    app.click_nth("Bring back the version of", 0);
    app.wait("the first text", |app| {
        app.text("Code").contains("the first").then_some(())
    });
    assert!(
        app.on_disk().contains("the second"),
        "the file waits for a save"
    );
}

#[test]
fn after_a_dialog_the_keyboard_is_back_in_the_pane() {
    let mut app = App::with_code(RETURNS_USER);
    app.type_in("Code", "a");
    app.keys(Modifiers::NONE, Key::F1);
    app.wait_for("Close");
    app.keys(Modifiers::NONE, Key::Escape);
    app.harness.run_steps(3);
    assert!(app.field("Code").is_focused());
}

#[test]
fn enter_on_cancel_creates_nothing() {
    let mut app = App::empty();
    app.answer(app.folder.join("new"));
    app.keys(CTRL, Key::N);
    app.click("Change…");
    app.type_in("Name", "unwanted");
    app.node("Cancel").focus();
    app.harness.run_steps(2);
    app.keys(Modifiers::NONE, Key::Enter);
    app.wait_gone("Create");
    assert!(!app.folder.join("new/hooks/unwanted.js").exists());
}

#[test]
fn a_tap_within_one_frame_puts_the_caret_there() {
    let mut app = App::with_code(RETURNS_USER);
    let at = app.field("user").rect().center();
    let button = |pressed| egui::Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    app.harness.hover_at(at);
    app.harness.run_steps(2);
    app.harness
        .input_mut()
        .events
        .extend([button(true), button(false)]);
    app.harness.run_steps(2);
    assert!(app.field("user").is_focused());
}

#[test]
fn an_action_is_opened_and_run_over_its_event() {
    let mut app = App::with_code(
        "exports.onExecutePreUserRegistration = async (event, api) => {\n  console.log('for', event.user.nickname);\n  api.user.setAppMetadata('plan', 'gold');\n};\n",
    );
    assert!(
        app.shows("Pre-User Registration Action"),
        "the handler tells the point"
    );
    assert!(app.text("event").contains("\"strategy\": \"stragegy\""));
    assert!(!app.shows("Whole body") && !app.shows("Wire 6.x"));
    app.keys(CTRL, Key::Enter);
    app.wait_for("Status ended");
    let response: serde_json::Value = serde_json::from_str(&app.text("Response")).unwrap();
    assert_eq!(response["logs"], "for j+smith\n");
    assert_eq!(response["error"], serde_json::json!({}));
    assert!(app.shows_part("api.user.setAppMetadata(\"plan\", \"gold\")"));
    assert!(app.shows_part("with 1 property of metadata set"));
    assert!(app.shows("Response") && app.shows("Tree") && !app.shows("Wire 6.x"));
}

#[test]
fn code_that_becomes_an_action_gets_its_event() {
    let mut app = App::with_code(RETURNS_USER);
    app.write(
        "Code",
        "exports.onExecutePostUserRegistration = async (event, api) => { throw new Error('no'); };\n",
    );
    app.keys(CTRL, Key::Enter);
    app.wait_for_text("The code is an Action now");
    assert!(app.text("event").contains("auth0|5f7c8ec7c33c6c004bbafe82"));
    app.keys(CTRL, Key::Enter);
    app.wait_for("Status rejected");
    assert!(app.shows("The Action failed") && app.shows_part("The person stays registered"));
}

#[test]
fn an_action_that_cannot_run_says_so_when_it_is_opened() {
    let app = App::with_code("exports.onExecutePostLogin = async (event, api) => {};\n");
    assert!(app.shows_part("a trigger that Hookbench does not run: it exports onExecutePostLogin"));
}

#[test]
fn a_sign_up_runs_over_the_folder_and_each_step_can_be_opened() {
    let keep = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(keep.path().join(name), text).unwrap();
    write(
        "a plan.js",
        "module.exports = function (user, context, cb) {\n  cb(null, { user: { app_metadata: { plan: 'gold' } } });\n};\n",
    );
    write(
        "b welcome.js",
        "exports.onExecutePostUserRegistration = async (event) => { console.log(event.user.app_metadata.plan); };\n",
    );
    write(
        "c crm.js",
        "exports.onExecutePostUserRegistration = async () => { throw new Error('the CRM is down'); };\n",
    );
    let mut app = App::at(&keep.path().join("kept"), Some(keep.path()));
    app.wait_for("Code");
    app.keys(CTRL | Modifiers::SHIFT, Key::Enter);
    app.wait_for_text("Afterwards c crm failed, which changes nothing.");
    assert!(app.shows_part("Database: auth0|"), "{:?}", app.all_labels());
    let user: serde_json::Value = serde_json::from_str(&app.text("New user")).unwrap();
    assert_eq!(user["app_metadata"]["plan"], "gold");
    app.click("b welcome, Post-User Registration Action");
    app.wait_for("Console");
    assert!(app.shows("gold"), "{:?}", app.all_labels());
    app.click("c crm, Post-User Registration Action");
    app.wait_for("The Action failed");
    app.click("Open in the editor");
    app.wait_for("Code");
    app.wait_for_text("the CRM is down");
    assert!(app.shows("Runner"), "{:?}", app.all_labels());
    app.click("Back to the sign-up");
    app.wait_for("What came of the whole");
    app.click("Close");
    app.wait_for("Code");
}

#[test]
fn the_matrix_tells_what_each_visitor_sees() {
    let mut app = App::with_code(
        "module.exports = function (user, context, cb) {\n  cb(new PreUserRegistrationError('no', 'Text in ' + context.renderLanguage));\n};\n",
    );
    app.click("Tools");
    app.click("Run");
    app.click("What each visitor sees…");
    app.wait_for("Run all");
    app.click("Run all");
    app.wait_for("Text in fr");
    assert!(app.shows("Text in en") && app.shows("Text in de"));
    app.click("Close");
    app.wait_gone("Run all");
}

#[test]
fn storage_is_edited_and_kept_after_a_run() {
    let mut app = App::with_code(
        "module.exports = function (user, context, cb) {\n  var storage = context.webtask.storage;\n  storage.get(function (e, data) {\n    data.count += 1;\n    storage.set(data, function (e) { cb(e, { user: {} }); });\n  });\n};\n",
    );
    app.click("Tools");
    app.click("Storage…");
    app.wait_for("Storage document");
    app.write("Storage document", "{\"count\": 41}");
    app.click("Keep");
    app.wait_gone("Storage document");
    ran(&mut app);
    app.click("Tools");
    app.click("Storage…");
    app.wait_for("Storage document");
    let text: serde_json::Value = serde_json::from_str(&app.text("Storage document")).unwrap();
    assert_eq!(text["count"], 42);
}

#[test]
fn modules_are_listed_added_removed_and_stubbed() {
    let mut app = App::with_code(
        "const _ = require('left-pad');\nrequire('axios');\nrequire('crypto');\nmodule.exports = function (user, context, cb) {\n  cb(null, { got: String(_.pad(user.username)) });\n};\n",
    );
    app.click("Tools");
    app.click("NPM Modules…");
    app.wait_for_text("NPM Modules of try me");
    app.wait_for("left-pad");
    for text in ["axios", "a stand-in", "crypto", "part of Node", "nothing"] {
        assert!(app.shows(text), "{text}: {:?}", app.all_labels());
    }
    assert!(app.shows("Install 2 packages"));
    // A wrong name is explained, and nothing is written.
    app.write("Module name", "../evil");
    app.click("Add module");
    app.wait_for_text("A package is named as in npm's registry");
    assert!(!app.folder.join("package.json").exists());
    app.write("Module name", "ms");
    app.write("Module version", "2.1.3");
    app.click("Add module");
    app.wait_for("Remove ms");
    let list = std::fs::read_to_string(app.folder.join("package.json")).unwrap();
    assert!(list.contains("\"ms\": \"2.1.3\""), "{list}");
    app.click("Remove ms");
    app.wait_gone("Remove ms");
    app.click("Create a stub of left-pad");
    app.wait_for("installed 0.0.0-stub");
    app.click("Close");
    app.wait_gone("Module name");
    ran(&mut app);
    assert!(app.shows("Status 200"), "{:?}", app.all_labels());
    app.wait_for_text("left-pad.pad is called with user1");
    // What was said of the missing module is said no more.
    assert!(!app.shows_part("left-pad is not installed"));
}
