//! The font of the code through the window: chosen among what is installed, kept, and done without where it is missing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on fails

#[path = "support/app.rs"]
#[allow(dead_code)] // each test file uses its part
mod app;

use app::App;
use eframe::egui::{FontFamily, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};

const CODE: &str = "module.exports = function (user, context, cb) { cb(); };\n";

/// What the code is written with, the first one first.
fn faces(app: &App) -> Vec<String> {
    app.harness.ctx.fonts(|fonts| {
        let families = &fonts.definitions().families;
        families[&FontFamily::Monospace].clone()
    })
}

#[test]
fn a_font_that_is_not_installed_is_told_and_the_built_in_one_shown() {
    let keep = tempfile::tempdir().unwrap();
    let file = keep.path().join("try me.js");
    std::fs::write(&file, CODE).unwrap();
    let data = keep.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(
        data.join("settings.json"),
        r#"{"code_font": "Nowhere Mono"}"#,
    )
    .unwrap();
    let mut app = App::at(keep.path(), Some(&file));
    app.wait_for("Code");
    app.wait_for_text("The code font “Nowhere Mono” is not installed here");
    assert_eq!(faces(&app)[0], "Hack");
    // It stays chosen, for the machine where it is installed; the list says how it is here.
    app.keys(Modifiers::COMMAND, Key::Comma);
    app.wait_for("Code font");
    app.wait("the list", |app| {
        app.harness
            .query_all_by_role(Role::ComboBox)
            .find(|node| node.accesskit_node().value().as_deref() == Some("Nowhere Mono"))
            .map(|node| node.click())
    });
    app.wait_for("Nowhere Mono (not installed)");
    app.click("Built in");
    app.click("Done");
    app.wait("the settings", |_| {
        std::fs::read_to_string(data.join("settings.json"))
            .is_ok_and(|text| text.contains("\"code_font\": \"\""))
            .then_some(())
    });
}

#[test]
fn an_installed_font_is_chosen_shown_and_kept() {
    let mut app = App::with_code(CODE);
    app.keys(Modifiers::COMMAND, Key::Comma);
    app.wait_for("Code font");
    let list = |app: &App| {
        app.harness
            .query_all_by_role(Role::ComboBox)
            .find(|node| node.accesskit_node().value().as_deref() == Some("Built in"))
            .map(|node| node.click())
    };
    app.wait("the list", |app| list(app));
    // Read in the background, whatever is installed here.
    let family = app.wait("the fonts", |app| {
        if app.shows("No other monospaced font is installed.") {
            return Some(None);
        }
        let offered = app.harness.query_all_by_role(Role::Button);
        let names: Vec<String> = offered
            .filter_map(|node| node.accesskit_node().label())
            .collect();
        let at = names.iter().position(|name| name == "Built in")?;
        let next = names.get(at + 1)?.clone();
        (!app.shows("Reading what is installed…")).then_some(Some(next))
    });
    let Some(family) = family else {
        assert!(
            std::env::var_os("CI").is_none(),
            "the gate installs a monospaced font"
        );
        return;
    };
    app.click(&family);
    app.wait("the font", |app| (faces(app)[0] == "code").then_some(()));
    assert!(
        faces(&app).contains(&"Hack".to_owned()),
        "what it lacks comes from there"
    );
    app.click("Done");
    let kept = format!("\"code_font\": \"{family}\"");
    app.wait("the settings", |app| {
        std::fs::read_to_string(app.folder.join("data/settings.json"))
            .is_ok_and(|text| text.contains(&kept))
            .then_some(())
    });
    let mut again = App::at(&app.folder, Some(&app.file()));
    again.wait("the font", |app| (faces(app)[0] == "code").then_some(()));
}
