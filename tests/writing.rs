//! Help while writing, through the window: problems and their repairs, suggestions, parameters, names.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on fails

#[path = "support/app.rs"]
#[allow(dead_code)] // each test file uses its part
mod app;

use app::App;
use eframe::egui::{self, Event, Key, Modifiers};

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const NONE: Modifiers = Modifiers::NONE;

fn hook(body: &str) -> String {
    format!("module.exports = function (user, context, cb) {{\n  {body}\n}};\n")
}

/// Goes to a place of the code, which is then where the keyboard is.
fn go(app: &mut App, place: &str) {
    app.keys(CTRL, Key::G);
    app.wait_for("Find a command");
    app.field("Find a command").type_text(place);
    app.harness.run_steps(2);
    app.keys(NONE, Key::Enter);
    app.wait_gone("Find a command");
    app.harness.run_steps(4);
}

fn type_letters(app: &mut App, text: &str) {
    for c in text.chars() {
        app.harness.event(Event::Text(c.to_string()));
        app.harness.run_steps(1);
    }
    app.harness.run_steps(2);
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
    go(&mut app, "1");
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
    go(&mut app, "2:7");
    type_letters(&mut app, "us");
    listed(&mut app, "user");
    app.keys(NONE, Key::Tab);
    type_letters(&mut app, ".em");
    listed(&mut app, "email");
    assert!(app.shows("emailVerified"));
    type_letters(&mut app, "ail");
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
    go(&mut app, "2:1");
    type_letters(&mut app, "de");
    listed(&mut app, "deny");
    app.keys(NONE, Key::Enter);
    type_letters(&mut app, "no");
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
    go(&mut app, "2:31");
    app.keys(CTRL, Key::Space);
    listed(&mut app, "SLACK_URL");
    app.keys(NONE, Key::Enter);
    assert!(app.text("Code").contains("secrets.SLACK_URL)"));
    go(&mut app, "3:12");
    app.keys(CTRL, Key::Space);
    listed(&mut app, "./helper");
    app.keys(NONE, Key::Escape);
    app.wait_gone("./helper");
    // In the payload.
    app.write("user", "{}");
    app.keys(NONE, Key::ArrowLeft);
    type_letters(&mut app, "\"");
    listed(&mut app, "username");
    type_letters(&mut app, "username");
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
    go(&mut app, "2:39");
    type_letters(&mut app, ",");
    app.wait_for_text("PreUserRegistrationError(logMessage, userMessage?)");
    app.keys(NONE, Key::Escape);
    app.wait("the parameters to go", |app| {
        (!app.shows_part("(logMessage, userMessage?)")).then_some(())
    });
    go(&mut app, "3:14");
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
    go(&mut app, "3:9");
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
    go(&mut app, "3:1");
    app.keys(NONE, Key::F2);
    app.wait_for_text("Put the cursor on a variable");
}

#[test]
fn definitions_and_symbols_are_gone_to() {
    let mut app = App::with_code(
        "const helper = require('./helper');\nfunction check(user) {\n  return helper.ok(user);\n}\nmodule.exports = function (user, context, cb) {\n  cb(check(user) ? null : 'no');\n};\n",
    );
    std::fs::write(app.folder.join("helper.js"), "exports.ok = () => true;\n").unwrap();
    go(&mut app, "6:8");
    app.keys(NONE, Key::F12);
    app.wait_for_text("ln 2, col 10");
    app.keys(CTRL_SHIFT, Key::O);
    app.wait_for("module.exports (hook, line 5)");
    assert!(app.shows("helper (variable, line 1)"));
    app.field("Find a command").type_text("mod");
    app.harness.run_steps(2);
    app.keys(NONE, Key::Enter);
    app.wait_for_text("ln 5, col 8");
    go(&mut app, "5:1");
    app.keys(NONE, Key::F12);
    app.wait_for_text("This name is not declared");
    go(&mut app, "3:12");
    app.keys(NONE, Key::F12);
    app.wait("the file beside it", |app| {
        app.text("Code").contains("exports.ok").then_some(())
    });
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
    go(&mut app, "2");
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
    go(&mut again, "1");
    again.keys(CTRL, Key::D);
    assert!(again.text("Code").starts_with("  cb();"));
    again.keys(NONE, Key::F1);
    again.wait_for("Reset all");
    again.click("Reset all");
    again.wait_for("Keys of Delete line: Ctrl+Shift+K");
}
