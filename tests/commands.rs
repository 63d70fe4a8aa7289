//! Every command through the palette: it is there when it should be, and does what it says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on fails

#[path = "support/app.rs"]
#[allow(dead_code)] // each test file uses its part
mod app;

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use app::App;
use eframe::egui::{self, Key, Modifiers, ViewportCommand};
use egui_kittest::kittest::Queryable;
use hookbench::gui::commands::Command;

const CTRL: Modifiers = Modifiers::COMMAND;
const NONE: Modifiers = Modifiers::NONE;
const CODE: &str = "const limit = 3;\nmodule.exports = function (user, context, cb) {\n  console.log(limit, user.email);\n  cb(null, { user });\n};\n";

/// Notices an order to close, which is gone with its frame.
struct Closing(Arc<AtomicBool>);

impl egui::Plugin for Closing {
    fn debug_name(&self) -> &'static str {
        "closing"
    }

    fn output_hook(&mut self, _: &egui::Context, output: &mut egui::FullOutput) {
        let mut outputs = output.viewport_output.values();
        if outputs.any(|one| one.commands.contains(&ViewportCommand::Close)) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

/// Types a command's name into the palette and presses Enter.
fn perform(app: &mut App, command: Command) {
    app.keys(CTRL | Modifiers::SHIFT, Key::P);
    app.wait_for("Find a command");
    app.field("Find a command").type_text(command.label());
    app.harness.run_steps(2);
    assert!(app.shows_part(command.label()), "{command:?} is not listed");
    app.keys(NONE, Key::Enter);
    app.harness.run_steps(6);
}

fn open() -> App {
    let mut app = App::with_code(CODE);
    app.keys(CTRL, Key::Num1);
    app
}

fn ran(app: &mut App) {
    perform(app, Command::Run);
    app.wait("the end of the run", |app| {
        (app.shows_part("finished webtask request") && !app.shows("Stop")).then_some(())
    });
}

fn code(app: &App) -> String {
    app.text("Code")
}

/// The code once a command was carried out with the cursor there.
fn after(command: Command, place: &str) -> String {
    let mut app = open();
    app.go(place);
    perform(&mut app, command);
    code(&app)
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

/// What shows that a command did what it says. Every command has its arm: a new one does not compile without.
fn check(command: Command) {
    let before = lines(CODE);
    match command {
        Command::NewHook => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("Create");
        }
        Command::OpenFile => {
            let mut app = open();
            let other = app.folder.join("other.js");
            fs::write(&other, "other();\n").unwrap();
            app.answer(other);
            perform(&mut app, command);
            app.wait("the other file", |app| {
                (code(app) == "other();\n").then_some(())
            });
        }
        Command::OpenFolder => {
            let mut app = open();
            let folder = app.folder.join("hooks of mine");
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("a.js"), CODE).unwrap();
            app.answer(folder);
            perform(&mut app, command);
            app.wait_for("hooks of mine");
        }
        Command::Save => {
            let mut app = open();
            app.type_letters("//");
            perform(&mut app, command);
            app.wait("the file", |app| {
                app.on_disk().starts_with("//const").then_some(())
            });
        }
        Command::SaveAs => {
            let mut app = open();
            let copy = app.folder.join("copy.js");
            app.answer(&copy);
            perform(&mut app, command);
            app.wait("the copy", |_| copy.exists().then_some(()));
            assert_eq!(fs::read_to_string(&copy).unwrap(), CODE);
        }
        Command::CloseHook => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_gone("Code");
        }
        Command::Versions => {
            let mut app = open();
            ran(&mut app);
            perform(&mut app, command);
            app.wait_for_text("Bring back the version of");
        }
        Command::CompareSaved => {
            let mut app = open();
            app.type_letters("//");
            perform(&mut app, command);
            app.wait_for("Changed: const limit = 3; to //const limit = 3;");
        }
        Command::CompareResponses => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for_text("Two finished runs are needed");
            ran(&mut app);
            app.click("Clear logs");
            app.write("user", "{ \"email\": \"new@example.com\" }");
            ran(&mut app);
            perform(&mut app, command);
            app.wait_for_text("new@example.com");
            app.wait_for("Copy as a patch");
        }
        Command::Quit => {
            let mut app = open();
            let asked = Arc::<AtomicBool>::default();
            app.harness.ctx.add_plugin(Closing(Arc::clone(&asked)));
            perform(&mut app, command);
            assert!(asked.load(Ordering::Relaxed), "nothing asked to close");
        }
        Command::Undo | Command::Redo => {
            let mut app = open();
            app.type_letters("x");
            perform(&mut app, Command::Undo);
            assert_eq!(code(&app), CODE);
            perform(&mut app, Command::Redo);
            assert!(code(&app).starts_with("xconst"));
        }
        Command::Find => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("Find");
        }
        Command::Replace => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("Replace with");
        }
        Command::SelectAll => {
            let mut app = open();
            perform(&mut app, command);
            app.type_letters("x");
            assert_eq!(code(&app), "x");
        }
        Command::SelectLine => {
            let mut app = open();
            perform(&mut app, command);
            app.type_letters("x");
            assert_eq!(
                lines(&code(&app))[0],
                "xmodule.exports = function (user, context, cb) {"
            );
        }
        Command::ExpandSelection | Command::ShrinkSelection => {
            let mut app = open();
            app.go("3:28");
            perform(&mut app, Command::ExpandSelection);
            perform(&mut app, Command::ExpandSelection);
            app.wait_for_text("10 selected");
            if command == Command::ShrinkSelection {
                perform(&mut app, command);
            }
            app.type_letters("x");
            let wanted = if command == Command::ShrinkSelection {
                "  console.log(limit, user.x);"
            } else {
                "  console.log(limit, x);"
            };
            assert_eq!(lines(&code(&app))[2], wanted);
        }
        Command::CursorAbove => {
            let mut app = open();
            app.go("2:1");
            perform(&mut app, command);
            app.type_letters("x");
            assert!(code(&app).starts_with("xconst limit = 3;\nxmodule"));
        }
        Command::CursorBelow => {
            let mut app = open();
            perform(&mut app, command);
            app.type_letters("x");
            assert!(code(&app).starts_with("xconst limit = 3;\nxmodule"));
        }
        Command::SelectNextOccurrence => {
            let mut app = open();
            app.go("1:8");
            perform(&mut app, command);
            perform(&mut app, command);
            app.type_letters("x");
            assert_eq!(code(&app), CODE.replace("limit", "x"));
        }
        Command::SelectAllOccurrences => {
            let mut app = open();
            app.go("2:28");
            perform(&mut app, command);
            app.type_letters("x");
            assert_eq!(code(&app), CODE.replace("user", "x"));
        }
        Command::ToggleComment => assert_eq!(lines(&after(command, "1"))[0], "// const limit = 3;"),
        Command::MoveLineUp => assert_eq!(lines(&after(command, "2"))[0], before[1]),
        Command::MoveLineDown => assert_eq!(lines(&after(command, "1"))[1], before[0]),
        Command::CopyLineUp | Command::CopyLineDown => {
            let mut app = open();
            perform(&mut app, command);
            assert_eq!(lines(&code(&app))[..2], [before[0], before[0]]);
            let line = if command == Command::CopyLineUp { 1 } else { 2 };
            assert!(app.shows_part(&format!("ln {line}, col 1")));
        }
        Command::DeleteLine => assert_eq!(lines(&after(command, "1"))[0], before[1]),
        Command::JoinLines => assert!(after(command, "1").starts_with("const limit = 3; module")),
        Command::InsertLineBelow => assert_eq!(lines(&after(command, "1"))[1], ""),
        Command::InsertLineAbove => assert_eq!(lines(&after(command, "1"))[0], ""),
        Command::Indent => assert_eq!(lines(&after(command, "1"))[0], "  const limit = 3;"),
        Command::Outdent => assert_eq!(lines(&after(command, "4"))[3], "cb(null, { user });"),
        Command::GoToBracket => {
            let mut app = open();
            app.go("2:47");
            perform(&mut app, command);
            app.wait_for_text("ln 5, col 1");
        }
        Command::GoToLine => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("A line's number, or line:column, such as 12:5.");
        }
        Command::NextProblem | Command::PreviousProblem => {
            let mut app = App::with_code(
                &CODE.replace("cb(null", "log(user.password);\n  done();\n  cb(null"),
            );
            app.keys(CTRL, Key::Num1);
            app.wait_for("Problems 1");
            perform(&mut app, command);
            app.wait_for_text("ln 5, col 3");
        }
        Command::QuickFix => {
            let mut app = App::with_code(&CODE.replace("cb(null", "done(null"));
            app.wait_for("Problems 1");
            app.go("4:4");
            perform(&mut app, command);
            app.wait_for("Write cb instead of done");
        }
        Command::Complete => {
            let mut app = open();
            app.go("3:27");
            perform(&mut app, command);
            app.wait_for("emailVerified");
        }
        Command::ParameterHints => {
            let mut app = open();
            app.go("4:7");
            perform(&mut app, command);
            app.wait_for_text("cb(error, response)");
        }
        Command::Describe => {
            let mut app = open();
            app.go("3:28");
            perform(&mut app, command);
            app.wait_for("user.email: string");
        }
        Command::GoToDefinition => {
            let mut app = open();
            app.go("3:17");
            perform(&mut app, command);
            app.wait_for_text("ln 1, col 7");
        }
        Command::Rename => {
            let mut app = open();
            app.go("3:17");
            perform(&mut app, command);
            app.wait_for("New name");
        }
        Command::GoToSymbol => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("module.exports (hook, line 2)");
        }
        Command::Fold | Command::FoldAll | Command::Unfold | Command::UnfoldAll => {
            let mut app = open();
            app.go("4:3");
            let fold = if matches!(command, Command::FoldAll | Command::UnfoldAll) {
                Command::FoldAll
            } else {
                Command::Fold
            };
            perform(&mut app, fold);
            app.wait_for_text("ln 2, col 48");
            app.keys(NONE, Key::ArrowDown);
            if matches!(command, Command::Fold | Command::FoldAll) {
                app.wait_for_text("ln 5, col");
            } else {
                app.keys(NONE, Key::ArrowUp);
                app.wait_for_text("ln 2, col");
                perform(&mut app, command);
                app.keys(NONE, Key::ArrowDown);
                app.wait_for_text("ln 3, col");
            }
        }
        Command::FormatJson | Command::SortKeys => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for_text("Put the cursor into a pane with JSON");
            app.write("user", "{\"b\": 1, \"a\": 2.50}");
            perform(&mut app, command);
            let wanted = if command == Command::SortKeys {
                "{\n  \"a\": 2.50,\n  \"b\": 1\n}"
            } else {
                "{\n  \"b\": 1,\n  \"a\": 2.50\n}"
            };
            assert_eq!(app.text("user"), wanted);
        }
        Command::Run => {
            let mut app = open();
            ran(&mut app);
            assert!(app.shows("Status 200"));
        }
        Command::Stop => {
            let mut app =
                App::with_code("module.exports = (user, context, cb) => { for (;;) {} };\n");
            perform(&mut app, Command::Run);
            app.wait_for("Stop");
            perform(&mut app, command);
            app.wait_for("Stopped");
        }
        Command::RunSignUp => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for_text("A sign-up is run over a folder of hooks");
        }
        Command::Matrix => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for_text("What each visitor");
        }
        Command::ResetTestData => {
            let mut app = open();
            app.write("user", "{}");
            perform(&mut app, command);
            assert!(app.text("user").contains("user1@foo.com"));
        }
        Command::Secrets => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("Secrets of try me");
        }
        Command::Mocks => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("Mocks of try me");
        }
        Command::Tenant => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("Built-in tenant");
        }
        Command::AllowedHosts => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("Proxy");
        }
        Command::Storage => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for_text("context.webtask.storage");
        }
        Command::Modules => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for_text("NPM Modules of");
        }
        Command::ClearHistory => {
            let mut app = open();
            ran(&mut app);
            perform(&mut app, command);
            assert!(!app.shows_part("Run at "));
        }
        Command::ClearLogs => {
            let mut app = open();
            ran(&mut app);
            perform(&mut app, command);
            app.wait("empty logs", |app| {
                (!app.shows_part("finished webtask request")).then_some(())
            });
        }
        Command::SaveLogs => {
            let mut app = open();
            let file = app.folder.join("logs.txt");
            app.answer(&file);
            perform(&mut app, command);
            app.wait("the file", |_| file.exists().then_some(()));
        }
        Command::FocusCode => {
            let mut app = open();
            app.field("user").focus();
            app.harness.run_steps(2);
            perform(&mut app, command);
            assert!(app.field("Code").is_focused());
        }
        Command::FocusRunner => {
            let mut app = open();
            perform(&mut app, command);
            assert!(app.field("user").is_focused());
        }
        Command::NextPane => {
            let mut app = open();
            perform(&mut app, command);
            assert!(app.field("user").is_focused());
        }
        Command::SplitCode => {
            let mut app = open();
            perform(&mut app, command);
            // The cursor is in the new half, and what is written there is in both.
            assert!(app.field("Code, right half").is_focused());
            app.field("Code, right half").type_text("X");
            app.harness.run_steps(2);
            assert!(code(&app).starts_with('X'));
            perform(&mut app, command);
            assert!(app.field("Code").is_focused() && !app.shows("Code, right half"));
        }
        Command::OtherHalf => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for_text("The code is not split");
            perform(&mut app, Command::SplitCode);
            perform(&mut app, command);
            assert!(app.field("Code").is_focused());
            perform(&mut app, command);
            assert!(app.field("Code, right half").is_focused());
        }
        Command::NextTab | Command::PreviousTab => {
            let mut app = open();
            let other = app.folder.join("other.js");
            fs::write(&other, "other();\n").unwrap();
            app.answer(other);
            perform(&mut app, Command::OpenFile);
            app.wait("the other file", |app| {
                (code(app) == "other();\n").then_some(())
            });
            perform(&mut app, command);
            app.wait("the first again", |app| (code(app) == CODE).then_some(()));
        }
        Command::Present => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("End presentation");
            assert!(!app.shows("Reset test data") && !app.shows("+ New hook"));
            app.click("End presentation");
            app.wait_for("Reset test data");
        }
        Command::ToggleSidebar => {
            let mut app = open();
            assert!(app.shows("Open files"));
            perform(&mut app, command);
            assert!(!app.shows("Open files"));
        }
        Command::ToggleRunner => {
            let mut app = open();
            perform(&mut app, command);
            assert!(!app.shows("Reset test data"));
        }
        Command::ToggleLogs => {
            let mut app = open();
            perform(&mut app, command);
            assert!(!app.shows("Search text in logs"));
        }
        Command::ToggleCalls => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for_text("No HTTP calls yet");
        }
        Command::ToggleProblems => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for_text("Nothing is wrong as far as can be told");
        }
        Command::WrapLines => {
            let long = format!("// {}\nlast();\n", "word ".repeat(200));
            let mut app = App::with_code(&long);
            app.keys(CTRL, Key::Num1);
            perform(&mut app, command);
            // Down goes to the next row, which is still in the comment.
            app.keys(NONE, Key::ArrowDown);
            app.field("Code").type_text("X");
            app.harness.run_steps(2);
            let lines = code(&app);
            let (first, last) = lines.split_once('\n').expect("two lines");
            assert!(first.contains('X') && !first.starts_with('X'), "{first}");
            assert_eq!(last, "last();\n");
        }
        Command::ZoomIn => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("110 %");
        }
        Command::ZoomOut => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("90 %");
        }
        Command::ZoomReset => {
            let mut app = open();
            perform(&mut app, Command::ZoomIn);
            perform(&mut app, command);
            app.wait_for("100 %");
        }
        Command::Settings => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("Memory limit");
            app.click("High contrast");
            app.wait("the settings", |app| {
                fs::read_to_string(app.folder.join("data/settings.json"))
                    .is_ok_and(|text| text.contains("\"high_contrast\": true"))
                    .then_some(())
            });
        }
        Command::Palette => {
            let mut app = open();
            app.keys(CTRL | Modifiers::SHIFT, Key::P);
            app.wait_for("Find a command");
        }
        Command::Shortcuts => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for("Search commands and keys");
        }
        Command::Differences => {
            let mut app = open();
            perform(&mut app, command);
            app.wait_for_text("Differences from Node");
        }
    }
}

/// Those that mean something without a hook.
const WITHOUT_A_HOOK: &[Command] = &[
    Command::NewHook,
    Command::OpenFile,
    Command::OpenFolder,
    Command::Quit,
    Command::RunSignUp,
    Command::AllowedHosts,
    Command::ToggleSidebar,
    Command::WrapLines,
    Command::ZoomIn,
    Command::ZoomOut,
    Command::ZoomReset,
    Command::Settings,
    Command::Palette,
    Command::Shortcuts,
    Command::Differences,
];

#[test]
fn the_file_and_run_commands_do_what_they_say() {
    for command in of(&["File", "Run"]) {
        eprintln!("{command:?}");
        check(command);
    }
}

#[test]
fn the_edit_commands_do_what_they_say() {
    for command in of(&["Edit"]) {
        eprintln!("{command:?}");
        check(command);
    }
}

#[test]
fn the_view_commands_do_what_they_say() {
    for command in of(&["View"]) {
        eprintln!("{command:?}");
        check(command);
    }
}

fn of(groups: &[&str]) -> Vec<Command> {
    Command::ALL
        .into_iter()
        .filter(|command| groups.contains(&command.group().title()))
        .collect()
}

#[test]
fn without_a_hook_the_others_are_not_offered() {
    let mut app = App::empty();
    app.keys(CTRL | Modifiers::SHIFT, Key::P);
    app.wait_for("Find a command");
    let listed: Vec<String> = app
        .all_labels()
        .into_iter()
        .filter_map(|label| label.strip_prefix("ListBoxOption: ").map(str::to_owned))
        .collect();
    for command in Command::ALL {
        let there = listed.iter().any(|label| {
            label == command.label() || label.starts_with(&format!("{} (", command.label()))
        });
        let wanted = WITHOUT_A_HOOK.contains(&command) && command != Command::Palette;
        assert_eq!(there, wanted, "{command:?}");
    }
    assert_eq!(app.harness.query_all_by_label("Code").count(), 0);
}
