//! The HTTP tab, the editor of mocks, the network's menu and the tenant, as a user types and clicks them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on fails

#[path = "support/app.rs"]
#[allow(dead_code)] // each test file uses its part
mod app;

use app::App;
use eframe::egui::{Key, Modifiers};
use hookbench::runner::outbox::mock;

const RETURNS: &str =
    "module.exports = function (user, context, cb) {\n  cb(null, { user: user });\n};\n";

fn open_mocks(app: &mut App) {
    app.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::U);
    app.wait_for("Mocks of try me");
}

/// The one file of mocks that is kept for a hook outside a workspace.
fn kept(app: &mut App) -> String {
    let folder = app.folder.join("data/mocks");
    app.wait("the file of mocks", |_| {
        let file = std::fs::read_dir(&folder).ok()?.flatten().next()?;
        std::fs::read_to_string(file.path()).ok()
    })
}

#[test]
fn a_mock_is_added_and_kept_and_found_again() {
    let mut app = App::with_code(RETURNS);
    open_mocks(&mut app);
    assert!(app.shows_part("No mocks yet"));
    app.click("+ Add mock");
    app.write("URL of the mock", "https://api.example.com/*");
    app.write("Body", "{\"ok\": ");
    assert!(
        app.shows_part("Not JSON, so it is sent as text"),
        "{:?}",
        app.all_labels()
    );
    app.write("Body", "{\"ok\": true}");
    assert!(!app.shows_part("Not JSON"));
    app.click_nth("Save", 1);
    app.wait_gone("Mocks of try me");
    let mocks = mock::read(&kept(&mut app)).unwrap();
    assert_eq!(mocks.len(), 1);
    assert_eq!(mocks[0].url, "https://api.example.com/*");
    assert_eq!(mocks[0].respond[0].response().body, b"{\"ok\":true}");
    // In another window, too.
    let mut again = App::at(&app.folder.clone(), Some(&app.file()));
    again.wait_for("Code");
    open_mocks(&mut again);
    assert_eq!(again.text("URL of the mock"), "https://api.example.com/*");
    again.click("Remove this mock");
    again.click("Cancel");
    again.wait_gone("Mocks of try me");
    open_mocks(&mut again);
    assert!(
        !again.shows_part("No mocks yet"),
        "what was cancelled is not kept"
    );
}

#[test]
fn mocks_come_from_a_file_whose_faults_are_named_and_go_to_one() {
    let mut app = App::with_code(RETURNS);
    let file = app.folder.join("mine.json");
    open_mocks(&mut app);
    let good = r#"[{"method":"GET","url":"https://a.com/x","respond":{"status":503}}]"#;
    std::fs::write(&file, good.replace("503", "99")).unwrap();
    app.answer(&file);
    app.click("Add from a file…");
    app.wait_for_text("entry 1: the status 99");
    std::fs::write(&file, good).unwrap();
    app.answer(&file);
    app.click("Add from a file…");
    app.wait_for_text("GET a.com/x");
    assert!(!app.shows_part("entry 1"));
    app.click("Duplicate this mock");
    app.write("URL of the mock", "https://b.com/");
    let out = app.folder.join("out.json");
    app.answer(&out);
    app.click("Save to a file…");
    let text = app.wait("the saved file", |_| std::fs::read_to_string(&out).ok());
    let urls: Vec<_> = mock::read(&text)
        .unwrap()
        .into_iter()
        .map(|mock| mock.url)
        .collect();
    assert_eq!(urls, ["https://a.com/x", "https://b.com/"]);
    app.write("URL of the mock", " ");
    assert!(app.shows_part("Mock 2: it has no url"));
}

#[test]
fn the_network_is_opened_for_hosts_and_for_one_run() {
    let mut app = App::with_code(RETURNS);
    app.click("Offline");
    app.click("Allowed hosts…");
    app.wait_for("Proxy");
    app.write("Allowed hosts", "https://a.com");
    assert!(app.shows_part("is no host"));
    app.write("Allowed hosts", "api.example.com\nlocalhost:8080");
    app.click_nth("Save", 1);
    app.wait_for("2 hosts");
    app.click("2 hosts");
    app.click("Live for the next run");
    app.wait_for("Live");
    app.keys(Modifiers::COMMAND, Key::Enter);
    app.wait_for_text("finished webtask request");
    app.wait_for("2 hosts");
}

#[test]
fn the_tenants_table_is_checked_while_it_is_typed() {
    let mut app = App::with_code(RETURNS);
    app.click("Offline");
    app.click("Built-in tenant…");
    app.wait_for("Built-in tenant");
    app.write(
        "Tenant",
        "{\"domain\": \"acme.auth0.com\", \"users\": [{}]}",
    );
    assert!(app.shows_part("users entry 1"), "{:?}", app.all_labels());
    app.write("Tenant", "{\"domain\": \"acme.auth0.com\", \"users\": []}");
    app.click_nth("Save", 1);
    app.wait_gone("Built-in tenant");
    app.wait_for_text("Kept the tenant's table");
}

#[test]
fn the_tab_says_what_would_fill_it() {
    let mut app = App::with_code(RETURNS);
    app.click("HTTP 0");
    assert!(app.shows_part("No HTTP calls yet"));
    app.keys(Modifiers::COMMAND, Key::Enter);
    app.wait_for("This run made no HTTP calls.");
    app.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::J);
    assert!(app.shows_part("finished webtask request"));
}
