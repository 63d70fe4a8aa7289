//! The payload as a tree, through the window: edited by keys, by the pointer and by its menu, beside the text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on fails

#[path = "support/app.rs"]
#[allow(dead_code)] // each test file uses its part
mod app;

use app::App;
use eframe::egui::{self, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};

const CTRL: Modifiers = Modifiers::COMMAND;
const NONE: Modifiers = Modifiers::NONE;
const CODE: &str = "module.exports = function (user, context, cb) {\n  cb(null, { user });\n};\n";
const USER: &str = "{\n  \"email\": \"a@b.c\", // whose\n  \"logins\": 1.0,\n  \"big\": 1e400,\n  \"tags\": [\"x\", [null]],\n  \"app_metadata\": {}\n}";

/// A window whose user pane shows this text as a tree.
fn tree(text: &str) -> App {
    let mut app = App::with_code(CODE);
    app.write("user", text);
    app.click("user as a tree");
    app.harness.run_steps(4);
    app
}

/// What the text is, which the text view tells.
fn text(app: &mut App) -> String {
    app.click("user as text");
    app.harness.run_steps(3);
    let text = app.text("user");
    app.click("user as a tree");
    app.harness.run_steps(4);
    text
}

/// Goes down to a row; what is out of view is not told.
fn select(app: &mut App, row: &str) {
    app.harness
        .get_by_role_and_label(Role::Tree, "user")
        .focus();
    app.harness.run_steps(3);
    app.keys(NONE, Key::Home);
    for _ in 0..20 {
        if selected(app) == row {
            return;
        }
        app.keys(NONE, Key::ArrowDown);
    }
    panic!("no row {row:?}: {:?}", app.all_labels());
}

/// The row that is selected, as it is told.
fn selected(app: &App) -> String {
    let chosen = app
        .harness
        .query_all_by_role(Role::TreeItem)
        .find(|node| node.accesskit_node().is_selected() == Some(true));
    chosen
        .and_then(|node| node.accesskit_node().label())
        .unwrap_or_default()
}

fn typed(app: &mut App, text: &str) {
    app.type_letters(text);
}

/// Opens the menu of the selected row by its key and presses an entry.
fn choose(app: &mut App, entry: &str) {
    app.keys(Modifiers::SHIFT, Key::F10);
    app.harness.run_steps(4);
    app.click(entry);
    app.harness.run_steps(4);
}

#[test]
fn scalars_are_edited_by_keys_alone_and_the_rest_stays() {
    let mut app = tree(USER);
    assert_eq!(selected(&app), "user: object, 5 properties");
    app.keys(NONE, Key::ArrowDown);
    app.keys(NONE, Key::ArrowDown);
    assert_eq!(selected(&app), "logins: 1.0");
    app.keys(NONE, Key::Enter);
    assert_eq!(app.text("Value of logins"), "1.0");
    typed(&mut app, "many");
    app.keys(NONE, Key::Enter);
    assert!(
        app.shows_part("This is no number of JSON"),
        "{:?}",
        app.all_labels()
    );
    assert_eq!(app.text("Value of logins"), "many", "nothing is lost");
    app.keys(CTRL, Key::A);
    typed(&mut app, "2.50");
    app.keys(NONE, Key::Enter);
    assert!(!app.shows_part("This is no number"));
    assert_eq!(selected(&app), "logins: 2.50");
    assert_eq!(text(&mut app), USER.replace("1.0", "2.50"));
    // One step of the text, taken back and done again from the tree.
    app.keys(CTRL, Key::Z);
    assert_eq!(selected(&app), "logins: 1.0");
    app.keys(CTRL | Modifiers::SHIFT, Key::Z);
    assert_eq!(selected(&app), "logins: 2.50");
    app.keys(CTRL, Key::Z);
    assert_eq!(text(&mut app), USER);
    // A string has no quotes in its field, and Escape leaves it as it was.
    select(&mut app, "email: \"a@b.c\"");
    app.keys(NONE, Key::F2);
    assert_eq!(app.text("Value of email"), "a@b.c");
    typed(&mut app, "x");
    app.keys(NONE, Key::Escape);
    assert_eq!(selected(&app), "email: \"a@b.c\"");
    app.keys(NONE, Key::ArrowDown);
    assert_eq!(
        selected(&app),
        "logins: 1.0",
        "the tree has the keyboard again"
    );
    assert_eq!(text(&mut app), USER);
}

#[test]
fn properties_are_renamed_and_no_name_is_there_twice() {
    let mut app = tree(USER);
    select(&mut app, "email: \"a@b.c\"");
    app.keys(Modifiers::SHIFT, Key::Enter);
    assert_eq!(app.text("New name of email"), "email");
    typed(&mut app, "logins");
    app.keys(NONE, Key::Enter);
    assert!(app.shows_part("There is a property “logins” here already"));
    app.keys(CTRL, Key::A);
    typed(&mut app, "mail");
    app.keys(NONE, Key::Enter);
    assert_eq!(selected(&app), "mail: \"a@b.c\"");
    assert_eq!(text(&mut app), USER.replace("email", "mail"));
    select(&mut app, "0: \"x\"");
    choose(&mut app, "Edit the value");
    app.keys(NONE, Key::Escape);
    app.keys(Modifiers::SHIFT, Key::F2);
    assert!(app.shows_part("Items of an array have numbers for names"));
}

#[test]
fn values_are_added_removed_duplicated_and_moved() {
    let mut app = tree(USER);
    select(&mut app, "app_metadata: object, 0 properties");
    app.keys(NONE, Key::Insert);
    typed(&mut app, "plan");
    app.keys(NONE, Key::Enter);
    typed(&mut app, "gold");
    app.keys(NONE, Key::Enter);
    assert_eq!(selected(&app), "plan: \"gold\"");
    let with_plan = USER.replace("{}", "{\n    \"plan\": \"gold\"\n  }");
    assert_eq!(text(&mut app), with_plan);
    // Beside it; what is JSON is taken as that, and a name that is there is refused at once.
    app.keys(NONE, Key::Insert);
    typed(&mut app, "plan");
    app.keys(NONE, Key::Tab);
    assert!(app.shows_part("There is a property “plan” here already"));
    typed(&mut app, " b");
    app.keys(NONE, Key::Tab);
    typed(&mut app, "[1, 2]");
    app.keys(NONE, Key::Enter);
    assert_eq!(selected(&app), "plan b: array, 2 items");
    app.keys(NONE, Key::Delete);
    assert_eq!(text(&mut app), with_plan);
    app.keys(NONE, Key::Delete);
    assert_eq!(text(&mut app), USER);
    select(&mut app, "logins: 1.0");
    choose(&mut app, "Duplicate");
    assert_eq!(selected(&app), "logins 2: 1.0");
    app.keys(Modifiers::ALT, Key::ArrowUp);
    app.keys(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(selected(&app), "logins 2: 1.0");
    app.keys(Modifiers::ALT, Key::ArrowUp);
    assert!(app.shows_part("There is nothing to change places with"));
    for _ in 0..3 {
        app.keys(CTRL, Key::Z);
    }
    assert_eq!(text(&mut app), USER);
    select(&mut app, "user: object, 5 properties");
    app.keys(NONE, Key::Delete);
    assert!(app.shows_part("The whole cannot be removed"));
}

#[test]
fn the_menu_changes_types_and_is_gone_through_by_keys() {
    let mut app = tree(USER);
    select(&mut app, "logins: 1.0");
    choose(&mut app, "string");
    assert_eq!(selected(&app), "logins: \"1.0\"");
    choose(&mut app, "number");
    assert_eq!(text(&mut app), USER);
    select(&mut app, "tags: array, 2 items");
    choose(&mut app, "object");
    assert_eq!(selected(&app), "tags: object, 2 properties");
    assert_eq!(
        text(&mut app),
        USER.replace("[\"x\", [null]]", "{\"0\": \"x\", \"1\": [null]}")
    );
    app.keys(CTRL, Key::Z);
    // By keys alone: the first entry has the keyboard, the arrows go on from there.
    select(&mut app, "email: \"a@b.c\"");
    app.keys(NONE, Key::Menu);
    app.harness.run_steps(4);
    assert!(
        app.node("Edit the value Enter").is_focused(),
        "{:?}",
        app.all_labels()
    );
    app.keys(NONE, Key::ArrowDown);
    app.harness.run_steps(2);
    assert!(app.node("Rename Shift+Enter").is_focused());
    app.keys(NONE, Key::Enter);
    app.harness.run_steps(3);
    assert_eq!(app.text("New name of email"), "email");
    app.keys(NONE, Key::Escape);
    app.keys(NONE, Key::Menu);
    app.harness.run_steps(4);
    app.keys(NONE, Key::Escape);
    app.harness.run_steps(3);
    app.keys(NONE, Key::ArrowDown);
    assert_eq!(
        selected(&app),
        "logins: 1.0",
        "the tree has the keyboard again"
    );
}

#[test]
fn rows_are_opened_and_gone_through() {
    let mut app = tree(USER);
    app.keys(NONE, Key::End);
    assert_eq!(selected(&app), "app_metadata: object, 0 properties");
    app.keys(NONE, Key::ArrowUp);
    assert_eq!(selected(&app), "0: null");
    app.keys(NONE, Key::ArrowLeft);
    assert_eq!(selected(&app), "1: array, 1 item");
    app.keys(NONE, Key::ArrowLeft);
    assert!(!app.shows("0: null"));
    app.keys(NONE, Key::ArrowLeft);
    assert_eq!(selected(&app), "tags: array, 2 items");
    // What is folded stays so while something else is edited.
    app.keys(NONE, Key::Home);
    app.keys(NONE, Key::ArrowDown);
    app.keys(NONE, Key::Enter);
    typed(&mut app, "longer than it was");
    app.keys(NONE, Key::Enter);
    assert!(app.shows("0: \"x\"") && !app.shows("0: null"));
    select(&mut app, "1: array, 1 item");
    app.keys(NONE, Key::ArrowRight);
    app.keys(NONE, Key::ArrowRight);
    assert_eq!(selected(&app), "0: null");
    // Copied, and pasted as an item of the list.
    app.harness.event(egui::Event::Copy);
    app.harness
        .event(egui::Event::Paste("{ a: 'b' }".to_owned()));
    app.harness.run_steps(4);
    assert_eq!(selected(&app), "1: object, 1 property");
    assert!(text(&mut app).contains("[null, {"));
}

#[test]
fn the_pointer_edits_what_it_is_pressed_on_twice() {
    let mut app = tree(USER);
    let at = |app: &App, x: f32| {
        let row = app.node("email: \"a@b.c\"").rect();
        egui::pos2(row.left() + x, row.center().y)
    };
    for (x, label) in [(45.0, "New name of email"), (130.0, "Value of email")] {
        let pos = at(&app, x);
        app.harness.hover_at(pos);
        app.harness.run_steps(2);
        for pressed in [true, false, true, false] {
            app.harness
                .input_mut()
                .events
                .push(egui::Event::PointerButton {
                    pos,
                    button: egui::PointerButton::Primary,
                    pressed,
                    modifiers: NONE,
                });
        }
        app.harness.run_steps(4);
        assert!(app.shows(label), "{label}: {:?}", app.all_labels());
        app.keys(NONE, Key::Escape);
        assert!(!app.shows(label));
        // Not a third press.
        app.harness.run_steps(60);
    }
    // What was typed is kept where somebody goes on elsewhere.
    app.keys(NONE, Key::Enter);
    typed(&mut app, "new");
    app.field("Code").focus();
    app.harness.run_steps(4);
    assert_eq!(text(&mut app), USER.replace("a@b.c", "new"));
}

#[test]
fn a_text_that_is_no_json_says_so_and_leads_to_its_place() {
    let mut app = tree("{\n  \"email\" 1\n}");
    assert!(
        app.shows_part("No tree: line 2, column"),
        "{:?}",
        app.all_labels()
    );
    app.click("Go to the text");
    app.harness.run_steps(3);
    assert!(app.field("user").is_focused());
    app.keys(CTRL, Key::A);
    app.keys(NONE, Key::Delete);
    app.click("user as a tree");
    app.harness.run_steps(3);
    app.click("Begin an object");
    app.harness.run_steps(4);
    assert_eq!(selected(&app), "user: object, 0 properties");
    app.keys(NONE, Key::Insert);
    typed(&mut app, "email");
    app.keys(NONE, Key::Enter);
    typed(&mut app, "a@b.c");
    // What is being typed is part of what is sent.
    app.keys(CTRL, Key::Enter);
    app.wait_for("Status 200");
    assert!(app.text("Response").contains("\"email\": \"a@b.c\""));
    // What cannot be taken is not left out in silence.
    select(&mut app, "email: \"a@b.c\"");
    app.keys(Modifiers::SHIFT, Key::Insert);
    app.keys(NONE, Key::Tab);
    app.keys(CTRL, Key::Enter);
    app.wait_for_text(
        "Not run: what is being typed in user cannot be taken. Give the property a name first.",
    );
    app.keys(NONE, Key::Escape);
    // Searching needs the text.
    select(&mut app, "email: \"a@b.c\"");
    app.keys(CTRL, Key::F);
    app.wait_for("Find");
    assert_eq!(app.text("user"), "{\n  \"email\": \"a@b.c\"\n}");
}

#[test]
fn the_place_of_a_fault_and_undo_of_the_menu_find_the_pane() {
    let mut app = tree(&USER.replace(" // whose", ""));
    select(&mut app, "logins: 1.0");
    app.keys(NONE, Key::Delete);
    // The palette's Undo is that of the pane with the keyboard, tree or text.
    app.keys(CTRL | Modifiers::SHIFT, Key::P);
    app.wait_for("Find a command");
    app.field("Find a command").type_text("undo");
    app.harness.run_steps(2);
    app.keys(NONE, Key::Enter);
    app.harness.run_steps(6);
    assert!(app.shows("logins: 1.0"), "{:?}", app.all_labels());
    // The choice is kept.
    app.wait("the settings", |app| {
        std::fs::read_to_string(app.folder.join("data/settings.json"))
            .is_ok_and(|text| text.contains("\"pre-user-registration/user\""))
            .then_some(())
    });
    let mut again = App::at(&app.folder, Some(&app.file()));
    again.wait_for("user: object, 5 properties");
    app.keys(CTRL, Key::Num2);
    app.harness.run_steps(3);
    app.keys(NONE, Key::Home);
    assert_eq!(selected(&app), "user: object, 5 properties");
}

#[test]
fn the_place_stays_between_text_and_tree() {
    let mut app = tree("{\n  \"a\": 1,\n  \"b\": [true]\n}");
    select(&mut app, "0: true");
    app.keys(NONE, Key::Space);
    assert_eq!(selected(&app), "0: false");
    app.click("user as text");
    app.harness.run_steps(3);
    // The cursor stands before the value.
    app.type_letters("x");
    assert_eq!(app.text("user"), "{\n  \"a\": 1,\n  \"b\": [xfalse]\n}");
    app.keys(NONE, Key::Backspace);
    app.keys(NONE, Key::ArrowUp);
    app.click("user as a tree");
    app.harness.run_steps(4);
    assert_eq!(selected(&app), "a: 1");
}

#[test]
fn a_large_payload_lays_out_what_is_in_view() {
    let items: Vec<String> = (0..10_000)
        .map(|n| format!("  {{ \"id\": {n}, \"name\": \"user {n}\" }}"))
        .collect();
    let large = format!("[\n{}\n]", items.join(",\n"));
    let mut app = tree(&large);
    app.wait_for("user: array, 10000 items");
    let rows = app.harness.query_all_by_role(Role::TreeItem).count();
    assert!(rows < 100, "{rows} rows are laid out");
    app.keys(NONE, Key::End);
    app.wait_for("9999: object, 2 properties");
    app.keys(NONE, Key::ArrowRight);
    app.keys(NONE, Key::ArrowDown);
    assert_eq!(selected(&app), "id: 9999");
    app.keys(NONE, Key::Enter);
    typed(&mut app, "7");
    app.keys(NONE, Key::Enter);
    let after = |app: &mut App, row: &str| {
        app.wait(row, |app| (selected(app) == row).then_some(()));
    };
    after(&mut app, "id: 7");
    app.keys(CTRL, Key::Z);
    after(&mut app, "id: 9999");
    // Two in a row, the second before the first was read in the background.
    app.harness.key_press(Key::Delete);
    app.harness.key_press(Key::Delete);
    after(&mut app, "9999: object, 0 properties");
}
