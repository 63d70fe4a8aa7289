//! Help while writing, through the window: problems and their repairs, suggestions, parameters, names.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on fails

#[path = "support/app.rs"]
#[allow(dead_code)] // each test file uses its part
mod app;

use app::App;
use eframe::egui::{self, Key, Modifiers};

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const NONE: Modifiers = Modifiers::NONE;

fn hook(body: &str) -> String {
    format!("module.exports = function (user, context, cb) {{\n  {body}\n}};\n")
}

/// Waits for a row of the list at the cursor; the panes have labels of their own.
fn listed(app: &mut App, label: &str) {
    let row = format!("ListBoxOption: {label}");
    app.wait(&row, |app| app.all_labels().contains(&row).then_some(()));
}

#[test]
fn problems_are_listed_gone_to_and_repaired() {
    let mut app = App::with_code(&hook(
        "done(null, { user });\n  log(user.password);\n  cb();",
    ));
    app.wait_for("Problems 1");
    app.keys(CTRL_SHIFT, Key::M);
    app.wait_for_text("Warning: done does not exist in this hook");
    app.keys(CTRL, Key::Num1);
    app.keys(NONE, Key::F8);
    app.wait_for_text("ln 2, col 3");
    assert!(
        app.shows_twice("done does not exist in this hook"),
        "told at the cursor too: {:?}",
        app.all_labels()
    );
    app.keys(CTRL, Key::Period);
    app.wait_for("Write cb instead of done");
    assert!(app.shows("Silence callback-other-name here with a comment"));
    app.keys(NONE, Key::Enter);
    assert!(app.text("Code").contains("\n  cb(null, { user });\n"));
    // Now it is called twice, which one click repairs.
    app.wait_for_text("cb is called a second time here");
    app.click("Fix…");
    app.wait_for("Put return in front of the call on line 2");
    app.click("Put return in front of the call on line 2");
    assert!(
        app.text("Code")
            .contains("\n  return cb(null, { user });\n")
    );
    app.wait_for("Problems 0");
    assert!(app.shows_part("Nothing is wrong as far as can be told"));
    // One step each to take back.
    app.keys(CTRL, Key::Num1);
    app.keys(CTRL, Key::Z);
    app.keys(CTRL, Key::Z);
    assert!(app.text("Code").contains("\n  done(null, { user });\n"));
    // No problem here, no list.
    app.go("1");
    app.keys(CTRL, Key::Period);
    app.wait_for_text("There is nothing to repair on this line");
}

#[test]
fn a_syntax_error_has_its_repair_and_a_payload_its_row() {
    let mut app = App::with_code(
        "import axios from 'axios';\nmodule.exports = (user, context, cb) => cb();\n",
    );
    app.keys(CTRL_SHIFT, Key::M);
    app.wait_for_text("Error: ");
    app.click("Fix…");
    app.wait_for("Write it with require");
    app.keys(NONE, Key::Enter);
    assert!(
        app.text("Code")
            .starts_with("const axios = require('axios');\n")
    );
    app.wait_for("Problems 0");
    app.write("user", "{ \"email\" 1 }");
    app.wait_for("Problems 1");
    app.wait_for_text("(user, ln 1)");
}

#[test]
fn suggestions_come_while_typing_and_are_accepted_by_a_key() {
    let mut app = App::with_code(&hook("log();"));
    app.go("2:7");
    app.type_letters("us");
    listed(&mut app, "user");
    app.keys(NONE, Key::Tab);
    app.type_letters(".em");
    listed(&mut app, "email");
    assert!(app.shows("emailVerified"));
    app.type_letters("ail");
    app.keys(NONE, Key::ArrowDown);
    app.keys(NONE, Key::ArrowUp);
    // All of it is typed: Enter begins a line, as it does without a list.
    app.keys(NONE, Key::Escape);
    app.wait_gone("emailVerified");
    assert!(
        app.text("Code").contains("log(user.email);"),
        "{}",
        app.text("Code")
    );
    // A suggestion brings its caret along.
    app.go("2:1");
    app.type_letters("de");
    listed(&mut app, "deny");
    app.keys(NONE, Key::Enter);
    app.type_letters("no");
    assert!(
        app.text("Code")
            .contains("PreUserRegistrationError('no', '')"),
        "{}",
        app.text("Code")
    );
}

#[test]
fn suggestions_are_asked_for_with_secrets_modules_and_json() {
    let mut app = App::with_code(&hook("log(context.webtask.secrets.);\n  require('');"));
    std::fs::write(app.folder.join("helper.js"), "exports.x = 1;").unwrap();
    app.keys(CTRL_SHIFT, Key::E);
    app.wait_for_text("Secrets of try me");
    app.write("Name of secret 1", "SLACK_URL");
    app.write("Value of secret 1", "https://example.com/1");
    app.node_button("Save");
    app.wait_for_text("Kept 1 secret");
    app.go("2:31");
    app.keys(CTRL, Key::Space);
    listed(&mut app, "SLACK_URL");
    app.keys(NONE, Key::Enter);
    assert!(app.text("Code").contains("secrets.SLACK_URL)"));
    app.go("3:12");
    app.keys(CTRL, Key::Space);
    listed(&mut app, "./helper");
    app.keys(NONE, Key::Escape);
    app.wait_gone("./helper");
    // In the payload.
    app.write("user", "{}");
    app.keys(NONE, Key::ArrowLeft);
    app.type_letters("\"");
    listed(&mut app, "username");
    app.type_letters("username");
    app.keys(NONE, Key::Enter);
    assert!(
        app.text("user").starts_with("{\"username\": \""),
        "{}",
        app.text("user")
    );
}

#[test]
fn parameters_and_meanings_are_told() {
    let mut app = App::with_code(&hook(
        "cb(new PreUserRegistrationError('no'));\n  log(user.email);",
    ));
    app.go("2:39");
    app.type_letters(",");
    app.wait_for_text("PreUserRegistrationError(logMessage, userMessage?)");
    app.keys(NONE, Key::Escape);
    app.wait("the parameters to go", |app| {
        (!app.shows_part("(logMessage, userMessage?)")).then_some(())
    });
    app.go("3:14");
    app.keys(CTRL_SHIFT, Key::I);
    app.wait_for("user.email: string");
    app.wait_for_text("In the payload: \"user1@foo.com\"");
    app.keys(NONE, Key::ArrowLeft);
    app.wait_gone("user.email: string");
    // And where the pointer rests.
    let at = app.field("Code").rect().left_top() + egui::vec2(48.0 + 13.0 * 8.0, 19.5 * 2.5 + 4.0);
    app.harness.hover_at(at);
    app.wait_for("user.email: string");
}

#[test]
fn a_name_is_changed_in_all_its_places() {
    let mut app = App::with_code(&hook(
        "const limit = 3;\n  log(limit, user.limit, { limit });\n  cb();",
    ));
    app.go("3:9");
    app.keys(NONE, Key::F2);
    app.wait_for("New name");
    app.field("New name").type_text("2x");
    app.harness.run_steps(2);
    app.keys(NONE, Key::Enter);
    app.wait_for_text("2x is no name");
    app.keys(CTRL, Key::A);
    app.field("New name").type_text("most");
    app.harness.run_steps(2);
    app.keys(NONE, Key::Enter);
    app.wait_gone("New name");
    let code = app.text("Code");
    assert!(
        code.contains("const most = 3;\n  log(most, user.limit, { limit: most });"),
        "{code}"
    );
    app.harness.run_steps(3);
    app.keys(CTRL, Key::Z);
    assert!(app.text("Code").contains("const limit = 3;"));
    // Beside a name there is nothing to change.
    app.go("3:1");
    app.keys(NONE, Key::F2);
    app.wait_for_text("Put the cursor on a variable");
}

#[test]
fn definitions_and_symbols_are_gone_to() {
    let mut app = App::with_code(
        "const helper = require('./helper');\nfunction check(user) {\n  return helper.ok(user);\n}\nmodule.exports = function (user, context, cb) {\n  cb(check(user) ? null : 'no');\n};\n",
    );
    std::fs::write(
        app.folder.join("helper.js"),
        "const yes = true;\nexports.ok = () => yes;\n",
    )
    .unwrap();
    app.go("6:8");
    app.keys(NONE, Key::F12);
    app.wait_for_text("ln 2, col 10");
    app.keys(CTRL_SHIFT, Key::O);
    app.wait_for("module.exports (hook, line 5)");
    assert!(app.shows("helper (variable, line 1)"));
    app.field("Find a command").type_text("mod");
    app.harness.run_steps(2);
    app.keys(NONE, Key::Enter);
    app.wait_for_text("ln 5, col 8");
    app.go("5:1");
    app.keys(NONE, Key::F12);
    app.wait_for_text("This name is not declared in this script");
    app.go("3:18");
    app.keys(NONE, Key::F12);
    app.wait("the file beside it", |app| {
        app.text("Code").contains("exports.ok").then_some(())
    });
    app.wait_for_text("ln 2, col 1");
}

#[test]
fn an_object_of_javascript_is_pasted_as_json() {
    let mut app = App::with_code(&hook("cb();"));
    app.write("user", "{ email: 'a@b.c', tags: ['x',], /* old */ n: -1 }");
    let user: serde_json::Value = serde_json::from_str(&app.text("user")).unwrap();
    assert_eq!(user["email"], "a@b.c");
    assert_eq!(user["n"], -1);
}

#[test]
fn keys_are_changed_and_kept() {
    let mut app = App::with_code(&hook("cb();"));
    app.keys(NONE, Key::F1);
    app.wait_for("Search commands and keys");
    app.field("Search commands and keys")
        .type_text("delete line");
    app.harness.run_steps(3);
    app.click("Keys of Delete line: Ctrl+Shift+K");
    app.wait_for("Keys of Delete line: Press the keys…");
    app.keys(NONE, Key::X);
    app.wait_for_text("Hold Ctrl or Alt");
    app.keys(CTRL, Key::D);
    app.wait_for("Keys of Delete line: Ctrl+D");
    app.wait_for_text("Select next occurrence has lost these keys");
    app.click("Close");
    app.wait_gone("Search commands and keys");
    app.go("2");
    app.keys(CTRL, Key::D);
    assert_eq!(app.text("Code").lines().count(), 2);
    // Another window knows them, too.
    app.wait("the settings", |app| {
        std::fs::read_to_string(app.folder.join("data/settings.json"))
            .is_ok_and(|text| text.contains("\"DeleteLine\""))
            .then_some(())
    });
    let mut again = App::at(&app.folder, Some(&app.file()));
    again.wait_for("Code");
    again.go("1");
    again.keys(CTRL, Key::D);
    assert!(again.text("Code").starts_with("  cb();"));
    again.keys(NONE, Key::F1);
    again.wait_for("Reset all");
    again.click("Reset all");
    again.wait_for("Keys of Delete line: Ctrl+Shift+K");
}

#[test]
fn alt_and_a_letter_write_nothing_where_they_are_a_command() {
    let mut app = App::with_code(&hook("cb();"));
    app.write("user", "{\"b\": 1}");
    // Key and text come with one frame, as the window's system hands them over.
    let press = |app: &mut App, key: Key| {
        let modifiers = Modifiers::SHIFT | Modifiers::ALT;
        let input = app.harness.input_mut();
        input.events.push(egui::Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        });
        input.events.push(egui::Event::Text(key.name().to_owned()));
        app.harness.run_steps(1);
        app.harness.run_steps(2);
    };
    press(&mut app, Key::F);
    assert_eq!(app.text("user"), "{\n  \"b\": 1\n}");
    // Where they are none, they are letters.
    app.keys(CTRL, Key::End);
    press(&mut app, Key::X);
    assert_eq!(app.text("user"), "{\n  \"b\": 1\n}X");
}

#[test]
fn a_presentation_shows_no_paths_and_ends_for_what_it_hides() {
    let mut app = App::with_code(&hook("cb(null, { user });"));
    let folder = app
        .folder
        .file_name()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    app.keys(NONE, Key::F11);
    app.wait_for("End presentation");
    app.keys(CTRL, Key::Enter);
    app.wait_for("Status 200");
    app.wait("the file to be saved", |app| {
        app.shows("try me").then_some(())
    });
    assert!(!app.shows_part(&folder), "{:?}", app.all_labels());
    assert!(!app.shows_part("kB of 100 kB"));
    app.keys(CTRL, Key::Num2);
    app.wait_gone("End presentation");
    assert!(app.shows("Reset test data"));
    // A payload that is no JSON is led to, presentation or not.
    app.write("user", "{");
    app.keys(NONE, Key::F11);
    app.keys(CTRL, Key::Enter);
    app.click("Show the place");
    app.wait_gone("End presentation");
}

#[test]
fn keys_of_the_settings_that_are_none_are_told_though_a_hook_is_opened() {
    let keep = tempfile::tempdir().unwrap();
    let data = keep.path().join("data");
    std::fs::create_dir_all(&data).unwrap();
    let settings = r#"{"shortcuts": {"Save": ["Ctrl+Nothing"], "Undo": ["F9"]}}"#;
    std::fs::write(data.join("settings.json"), settings).unwrap();
    let file = keep.path().join("one.js");
    std::fs::write(&file, hook("cb();")).unwrap();
    let mut app = App::at(keep.path(), Some(&file));
    app.wait_for("Code");
    app.wait_for_text("give Save the keys Ctrl+Nothing, which there are not");
    app.go("2:3");
    app.type_letters("x");
    app.keys(NONE, Key::F9);
    assert!(app.text("Code").contains("\n  cb();"));
}

/// Opens another hook, which goes into the right half.
fn open_at_the_right(app: &mut App, body: &str) {
    let other = app.folder.join("other.js");
    std::fs::write(&other, hook(body)).unwrap();
    app.answer(other);
    app.keys(CTRL, Key::O);
    app.wait("the other hook", |app| {
        app.text("Code, right half").contains(body).then_some(())
    });
}

#[test]
fn two_hooks_stand_beside_each_other_and_the_cursor_tells_which_is_run() {
    let mut app = App::with_code(&hook("cb(null, { user: { a: 1 } });"));
    app.keys(CTRL, Key::Backslash);
    app.wait_for("Code, right half");
    // The new half is gone to, and takes the hook that is opened.
    open_at_the_right(&mut app, "cb(null, { user: { b: 2 } });");
    assert!(app.text("Code").contains("a: 1"));
    app.keys(CTRL, Key::Enter);
    app.wait("the answer of the right one", |app| {
        app.shows("Response")
            .then(|| app.text("Response"))
            .filter(|text| text.contains("\"b\": 2"))
    });
    // A click into the left half takes the Runner along.
    app.field("Code").click();
    app.harness.run_steps(4);
    app.keys(CTRL, Key::Enter);
    app.wait("the answer of the left one", |app| {
        app.shows("Response")
            .then(|| app.text("Response"))
            .filter(|text| text.contains("\"a\": 1"))
    });
    app.click("Hook in the right half: other");
    app.harness.run_steps(2);
    app.click("Show try me in the right half");
    app.wait("one hook twice", |app| {
        app.text("Code, right half").contains("a: 1").then_some(())
    });
    app.click("Close the left half");
    app.harness.run_steps(4);
    assert!(!app.shows("Close the right half"));
    assert!(app.text("Code").contains("a: 1"));
}

#[test]
fn a_save_tidies_the_lines_that_were_changed() {
    let mut app = App::with_code("var a;  \nvar b;\nvar c = `x  \ny`;");
    app.go("2:7");
    app.type_letters("  ");
    app.go("3:9");
    app.type_letters("1 + ");
    app.go("1:1");
    app.keys(CTRL, Key::S);
    app.wait("the file", |app| {
        (app.on_disk() == "var a;  \nvar b;\nvar c = 1 + `x  \ny`;").then_some(())
    });
    app.go("4:1");
    app.type_letters("y");
    app.go("1:1");
    app.keys(CTRL, Key::S);
    app.wait("the last line to be ended", |app| {
        app.on_disk().ends_with("\nyy`;\n").then_some(())
    });
}

#[test]
fn a_closed_hook_leaves_the_other_half_alone_and_a_presentation_keeps_the_cursor() {
    let mut app = App::with_code(&hook("cb(null, 1);"));
    app.keys(CTRL, Key::Backslash);
    app.wait_for("Code, right half");
    // One hook twice: what is typed at one side goes on as anywhere else.
    app.keys(CTRL, Key::Home);
    app.type_letters("()");
    assert!(
        app.text("Code").starts_with("()module"),
        "{}",
        app.text("Code")
    );
    app.keys(CTRL, Key::Z);
    app.keys(CTRL, Key::S);
    open_at_the_right(&mut app, "cb(null, 2);");
    app.keys(NONE, Key::F11);
    app.wait_for("End presentation");
    app.harness.run_steps(3);
    assert!(app.field("Code").is_focused());
    app.keys(NONE, Key::F11);
    app.wait_for("Code, right half");
    app.harness.run_steps(3);
    assert!(app.field("Code, right half").is_focused());
    app.keys(CTRL, Key::W);
    app.wait("one half alone", |app| {
        (!app.shows("Code, right half") && app.text("Code").contains("cb(null, 1)")).then_some(())
    });
    app.harness.run_steps(3);
    assert!(app.field("Code").is_focused());
}
