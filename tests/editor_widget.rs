//! The code widget driven as a user drives it: keys, pointer, clipboard, assistive technology.

use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{self, Event, ImeEvent, Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use hookbench::assist;
use hookbench::gui::editor::{CodeEditor, EditorState, Help, Language, Marker, Severity, Wish};
use hookbench::gui::theme;

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..Modifiers::COMMAND
};

struct Pane {
    state: EditorState,
    read_only: bool,
    changed: u32,
    moved: u32,
    /// Keys the widget left for others.
    left: Vec<Key>,
}

fn pane(text: &str) -> Harness<'static, Pane> {
    sized(text, Language::JavaScript, false, vec2(600.0, 300.0))
}

fn sized(text: &str, language: Language, read_only: bool, size: Vec2) -> Harness<'static, Pane> {
    let pane = Pane {
        state: EditorState::new(text, language),
        read_only,
        changed: 0,
        moved: 0,
        left: Vec::new(),
    };
    let mut installed = false;
    let mut harness = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 100.0)
        // Highlighting arrives from its own thread and asks for a frame each
        // time: how often within a run is the machine's affair. A widget that
        // never comes to rest still fails.
        .with_max_steps(1000)
        .allow_missing_glyphs()
        .build_ui_state(
            move |ui, pane: &mut Pane| {
                if !installed {
                    theme::install(ui.ctx());
                    installed = true;
                    // Fonts are there in the next frame.
                    ui.ctx().request_repaint();
                    return;
                }
                // Something else to go to with Tab.
                let _ = ui.button("Next");
                let shown = CodeEditor::new(&mut pane.state)
                    .id(egui::Id::unique("code"))
                    .label("Code")
                    .read_only(pane.read_only)
                    .show(ui);
                pane.changed += u32::from(shown.changed);
                pane.moved += u32::from(shown.cursor_moved);
                ui.input(|input| {
                    for event in &input.events {
                        if let Event::Key {
                            key, pressed: true, ..
                        } = event
                        {
                            pane.left.push(*key);
                        }
                    }
                });
            },
            pane,
        );
    harness.run();
    harness.get_by_label("Code").focus();
    harness.run();
    harness
}

fn text(harness: &Harness<'_, Pane>) -> String {
    harness.state().state.text()
}

fn press(harness: &mut Harness<'_, Pane>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

fn type_text(harness: &mut Harness<'_, Pane>, typed: &str) {
    for c in typed.chars() {
        match c {
            '\n' => harness.key_press(Key::Enter),
            c => harness.event(Event::Text(c.to_string())),
        }
    }
    harness.run();
}

#[test]
fn it_is_found_by_its_label_and_tells_its_text() {
    let harness = pane("var a = 1;\n");
    let node = harness.get_by_role_and_label(Role::MultilineTextInput, "Code");
    assert_eq!(node.value().as_deref(), Some("var a = 1;\n"));
    assert!(node.is_focused());
    assert!(harness.state().state.has_focus());
}

#[test]
fn a_long_text_is_told_in_part() {
    let harness = pane(&"// a line of text\n".repeat(20_000));
    let told = harness.get_by_label("Code").value().unwrap();
    assert_eq!(told.len(), 100_000);
}

#[test]
fn typing_enter_and_pairs() {
    let mut harness = pane("");
    type_text(&mut harness, "function f() {\nreturn [1, 'a'];");
    assert_eq!(text(&harness), "function f() {\n  return [1, 'a'];\n}");
    assert_eq!(harness.state().state.cursor(), (2, 19));
    assert!(harness.state().changed > 0);
    assert_eq!(
        harness.get_by_label("Code").value().as_deref(),
        Some("function f() {\n  return [1, 'a'];\n}")
    );
}

#[test]
fn undo_and_redo_by_both_keys() {
    let mut harness = pane("a");
    press(&mut harness, Modifiers::NONE, Key::End);
    type_text(&mut harness, "bc de");
    press(&mut harness, CTRL, Key::Z);
    assert_eq!(text(&harness), "abc ");
    press(&mut harness, CTRL, Key::Z);
    assert_eq!(text(&harness), "a");
    assert!(!harness.state().state.can_undo());
    press(&mut harness, CTRL_SHIFT, Key::Z);
    press(&mut harness, CTRL, Key::Y);
    assert_eq!(text(&harness), "abc de");
}

#[test]
fn the_clipboard_goes_through_egui() {
    let mut harness = pane("one\ntwo\n");
    harness.event(Event::Paste("x\r\ny".to_owned()));
    harness.run();
    assert_eq!(text(&harness), "x\nyone\ntwo\n");
    press(&mut harness, CTRL, Key::Z);
    assert_eq!(text(&harness), "one\ntwo\n");

    press(&mut harness, Modifiers::SHIFT, Key::End);
    harness.event(Event::Cut);
    harness.step();
    let copied =
        harness
            .output()
            .platform_output
            .commands
            .iter()
            .find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            });
    assert_eq!(copied.as_deref(), Some("one"));
    assert_eq!(text(&harness), "\ntwo\n");
}

#[test]
fn moving_and_selecting_by_keys() {
    let mut harness = pane("  first word\nsecond\nthird");
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(harness.state().state.cursor(), (1, 3));
    press(&mut harness, CTRL_SHIFT, Key::ArrowRight);
    assert_eq!(harness.state().state.selected_text(), "first");
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(harness.state().state.selected_text(), "first word\nsecond");
    press(&mut harness, CTRL, Key::End);
    assert_eq!(harness.state().state.cursor(), (3, 6));
    press(&mut harness, CTRL, Key::Home);
    assert_eq!(harness.state().state.cursor(), (1, 1));
    press(&mut harness, CTRL, Key::A);
    assert_eq!(harness.state().state.selection(), 0..25);
    assert!(harness.state().moved > 0);
}

#[test]
fn line_commands_by_keys() {
    let mut harness = pane("a\nb\nc");
    press(&mut harness, Modifiers::ALT, Key::ArrowDown);
    assert_eq!(text(&harness), "b\na\nc");
    press(&mut harness, CTRL, Key::Slash);
    assert_eq!(text(&harness), "b\n// a\nc");
    press(&mut harness, CTRL, Key::Slash);
    press(&mut harness, CTRL_SHIFT, Key::K);
    assert_eq!(text(&harness), "b\nc");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(text(&harness), "b\n  c");
    press(&mut harness, Modifiers::SHIFT, Key::Tab);
    assert_eq!(text(&harness), "b\nc");
}

#[test]
fn lines_are_copied_joined_opened_and_shifted_by_keys() {
    let shift_alt = Modifiers::SHIFT | Modifiers::ALT;
    let mut harness = pane("a {\n  b;\n}");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, shift_alt, Key::ArrowDown);
    assert_eq!(text(&harness), "a {\n  b;\n  b;\n}");
    assert_eq!(harness.state().state.cursor(), (3, 1));
    press(&mut harness, shift_alt, Key::ArrowUp);
    assert_eq!(harness.state().state.cursor(), (3, 1));
    press(&mut harness, CTRL_SHIFT, Key::G);
    assert_eq!(text(&harness), "a {\n  b;\n  b; b;\n}");
    press(&mut harness, Modifiers::ALT, Key::Enter);
    type_text(&mut harness, "c;");
    press(&mut harness, shift_alt, Key::Enter);
    type_text(&mut harness, "d;");
    assert_eq!(text(&harness), "a {\n  b;\n  b; b;\n  d;\n  c;\n}");
    press(&mut harness, CTRL, Key::CloseBracket);
    assert_eq!(text(&harness), "a {\n  b;\n  b; b;\n    d;\n  c;\n}");
    press(&mut harness, CTRL, Key::OpenBracket);
    press(&mut harness, CTRL, Key::L);
    assert_eq!(harness.state().state.selected_text(), "  d;\n");
}

#[test]
fn the_selection_grows_and_shrinks_and_the_bracket_is_found() {
    let shift_alt = Modifiers::SHIFT | Modifiers::ALT;
    let mut harness = pane("f(user.email, [1]);");
    for _ in 0..9 {
        press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    }
    let mut seen = Vec::new();
    // The second key comes before the answer about the first.
    press(&mut harness, shift_alt, Key::ArrowRight);
    press(&mut harness, shift_alt, Key::ArrowRight);
    assert_eq!(harness.state().state.selected_text(), "");
    let state = &mut harness.state_mut().state;
    let wishes = state.take_wishes();
    let [Wish::Enclosing { from }] = wishes.as_slice() else {
        panic!("one question: {wishes:?}");
    };
    let ranges = assist::enclosing(&state.text(), from.clone());
    let revision = state.revision();
    state.take_help(revision, &wishes[0], Help::Enclosing(ranges));
    seen.push(state.selected_text());
    for _ in 0..3 {
        press(&mut harness, shift_alt, Key::ArrowRight);
        seen.push(harness.state().state.selected_text());
    }
    assert_eq!(
        seen,
        [
            "user.email",
            "user.email, [1]",
            "(user.email, [1])",
            "f(user.email, [1])"
        ]
    );
    for expected in [
        "(user.email, [1])",
        "user.email, [1]",
        "user.email",
        "email",
        "",
    ] {
        press(&mut harness, shift_alt, Key::ArrowLeft);
        assert_eq!(harness.state().state.selected_text(), expected);
    }
    press(&mut harness, CTRL_SHIFT, Key::Backslash);
    assert_eq!(harness.state().state.cursor(), (1, 18));
    press(&mut harness, CTRL_SHIFT, Key::Backslash);
    assert_eq!(harness.state().state.cursor(), (1, 2));
    assert_eq!(harness.state().changed, 0);
}

#[test]
fn tab_stays_within_and_leaves_after_escape() {
    let mut harness = pane("");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(text(&harness), "  ");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().state.has_focus());
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(!harness.state().state.has_focus());
    assert_eq!(text(&harness), "  ");
}

#[test]
fn the_windows_keys_are_left_to_the_window() {
    let mut harness = pane("a");
    for (modifiers, key) in [
        (CTRL, Key::S),
        (CTRL, Key::Enter),
        (CTRL_SHIFT, Key::S),
        (Modifiers::NONE, Key::F5),
        (CTRL, Key::N),
        (CTRL, Key::O),
        (CTRL, Key::W),
        (CTRL, Key::B),
        (CTRL, Key::J),
        (CTRL, Key::Q),
        (CTRL, Key::E),
        (CTRL, Key::Num1),
        (CTRL, Key::Num2),
        (CTRL, Key::Plus),
    ] {
        press(&mut harness, modifiers, key);
        assert!(harness.state().left.contains(&key), "{key:?} was taken");
    }
    assert_eq!(text(&harness), "a");
    assert_eq!(harness.state().changed, 0);
}

#[test]
fn graphemes_are_deleted_whole() {
    let mut harness = pane("a👩‍👩‍👧e\u{301}");
    press(&mut harness, CTRL, Key::End);
    press(&mut harness, Modifiers::NONE, Key::Backspace);
    assert_eq!(text(&harness), "a👩‍👩‍👧");
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(harness.state().state.cursor(), (1, 2));
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(text(&harness), "a");
}

#[test]
fn an_input_method_composes_outside_the_text_and_commits_into_it() {
    let mut harness = pane("ab");
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    let before = harness.state().state.revision();
    harness.event(Event::Ime(ImeEvent::Preedit {
        text: "ni".to_owned(),
        active_range_chars: None,
    }));
    harness.run();
    assert_eq!(harness.state().state.revision(), before);
    harness.event(Event::Ime(ImeEvent::Commit("é".to_owned())));
    harness.run();
    assert_eq!(text(&harness), "aéb");
    assert_eq!(harness.state().state.cursor(), (1, 3));
}

#[test]
fn read_only_selects_copies_and_finds_but_does_not_change() {
    let mut harness = sized("one two", Language::Json, true, vec2(600.0, 200.0));
    type_text(&mut harness, "x\n");
    harness.event(Event::Paste("y".to_owned()));
    harness.event(Event::Cut);
    for key in [Key::Backspace, Key::Delete] {
        press(&mut harness, Modifiers::NONE, key);
    }
    press(&mut harness, CTRL, Key::Z);
    assert_eq!(text(&harness), "one two");
    press(&mut harness, CTRL_SHIFT, Key::ArrowRight);
    assert_eq!(harness.state().state.selected_text(), "one");
    press(&mut harness, CTRL, Key::F);
    assert!(harness.query_by_label("Find").is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    // Tab goes on to the next control: nothing can be indented here.
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(!harness.state().state.has_focus());
}

#[test]
fn finding_counts_steps_and_goes_round() {
    let mut harness = pane("cat dog\nCat\nconcat\n");
    press(&mut harness, CTRL, Key::F);
    harness.get_by_label("Find").type_text("cat");
    harness.run();
    assert!(harness.query_by_label("1 of 3").is_some());
    assert_eq!(harness.state().state.selection(), 0..3);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_label("2 of 3").is_some());
    press(&mut harness, Modifiers::NONE, Key::F3);
    assert!(harness.query_by_label("3 of 3").is_some());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_label("1 of 3").is_some());
    press(&mut harness, Modifiers::SHIFT, Key::F3);
    assert!(harness.query_by_label("3 of 3").is_some());

    harness.get_by_label("Match case (Alt+C)").click();
    harness.run();
    harness.get_by_label("Whole words (Alt+W)").click();
    harness.run();
    assert!(harness.query_by_label("1 of 1").is_some());

    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("Find").is_none());
    assert!(harness.state().state.has_focus());
}

#[test]
fn a_bad_expression_is_said_in_the_bar() {
    let mut harness = pane("a");
    press(&mut harness, CTRL, Key::F);
    harness.get_by_label("Regular expression (Alt+R)").click();
    harness.run();
    harness.get_by_label("Find").focus();
    harness.run();
    harness.get_by_label("Find").type_text("(");
    harness.run();
    assert!(
        harness
            .query_by_label_contains("This is no regular expression")
            .is_some()
    );
}

#[test]
fn replacing_one_and_all() {
    let mut harness = pane("aa b aa b aa");
    press(&mut harness, CTRL, Key::H);
    harness.get_by_label("Find").type_text("aa");
    harness.run();
    harness.get_by_label("Replace with").focus();
    harness.run();
    harness.get_by_label("Replace with").type_text("c");
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(text(&harness), "c b aa b aa");
    harness
        .get_by_label("Replace every match; one Ctrl+Z takes all back")
        .click();
    harness.run();
    assert_eq!(text(&harness), "c b c b c");
    harness.state_mut().state.undo();
    assert_eq!(text(&harness), "c b aa b aa");
}

#[test]
fn lines_that_were_selected_are_looked_through_alone() {
    let mut harness = pane("a one\na two\na three\na four\n");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, CTRL, Key::H);
    harness.get_by_label("Find").type_text("a ");
    harness.run();
    assert!(harness.query_by_label_contains("of 4").is_some());
    press(&mut harness, Modifiers::ALT, Key::L);
    assert!(harness.query_by_label("1 of 2").is_some());
    // What is put in makes the stretch longer.
    harness.get_by_label("Replace with").focus();
    harness.run();
    harness.get_by_label("Replace with").type_text("another ");
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_label("1 of 1").is_some());
    harness
        .get_by_label("Replace every match; one Ctrl+Z takes all back")
        .click();
    harness.run();
    assert_eq!(
        text(&harness),
        "a one\nanother two\nanother three\na four\n"
    );
    harness.get_by_label("In the selection (Alt+L)").click();
    harness.run();
    assert!(harness.query_by_label_contains("of 2").is_some());
}

#[test]
fn clicks_select_a_place_a_word_a_line() {
    let mut harness = pane("alpha beta\ngamma\n");
    let rect = harness.get_by_label("Code").rect();
    // Within "beta" on the first line, whatever the gutter takes.
    harness.state_mut().state.goto(2, 1);
    harness.run();
    let pos = egui::pos2(
        rect.left() + 20.0 + 3.0 * 7.8 + 8.0 + 7.5 * 7.8,
        rect.top() + 12.0,
    );
    let click = |harness: &mut Harness<'_, Pane>| {
        harness.hover_at(pos);
        for pressed in [true, false] {
            harness.event(Event::PointerButton {
                pos,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
        harness.run_steps(2);
    };
    click(&mut harness);
    assert_eq!(harness.state().state.cursor().0, 1);
    assert!(harness.state().state.selection().is_empty());
    click(&mut harness);
    assert_eq!(harness.state().state.selected_text(), "beta");
    click(&mut harness);
    assert_eq!(harness.state().state.selected_text(), "alpha beta\n");
}

#[test]
fn a_drag_behind_a_double_click_selects_by_words() {
    let mut harness = pane("alpha beta gamma\n");
    let rect = harness.get_by_label("Code").rect();
    let at = |cells: f32| rect.left_top() + vec2(20.0 + 3.0 * 7.8 + 8.0 + cells * 7.8, 12.0);
    harness.drag_at(at(7.5));
    harness.drop_at(at(7.5));
    harness.run_steps(1);
    harness.drag_at(at(7.5));
    harness.run_steps(1);
    harness.hover_at(at(12.5));
    harness.run_steps(1);
    assert_eq!(harness.state().state.selected_text(), "beta gamma");
    harness.hover_at(at(2.5));
    harness.run_steps(1);
    assert_eq!(harness.state().state.selected_text(), "alpha beta");
    harness.drop_at(at(2.5));
    harness.run();
}

#[test]
fn the_menu_of_the_other_button_cuts_and_selects() {
    let mut harness = pane("alpha\nbeta\n");
    harness.get_by_label("Code").click_secondary();
    harness.run();
    harness.get_by_label("Select all").click();
    harness.run();
    assert_eq!(harness.state().state.selected_text(), "alpha\nbeta\n");
    harness.get_by_label("Code").click_secondary();
    harness.run();
    harness.get_by_label("Cut").click();
    harness.run();
    assert!(harness.state().state.is_empty());
    assert!(harness.state().state.has_focus());
}

/// Each line: the text with `|` where the caret stands, keys, and both afterwards.
#[test]
fn key_sequences() {
    use Key::{
        ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Backspace, Delete, End, Enter, Home, Slash, Tab,
    };
    const NONE: Modifiers = Modifiers::NONE;
    const SHIFT: Modifiers = Modifiers::SHIFT;
    const ALT: Modifiers = Modifiers::ALT;
    type Case<'a> = (&'a str, &'a [(Modifiers, Key)], &'a str);
    let cases: &[Case<'_>] = &[
        ("a|b", &[(NONE, ArrowRight), (NONE, Backspace)], "a|"),
        ("|ab\ncd", &[(NONE, End), (NONE, Delete)], "ab|cd"),
        ("one two|", &[(CTRL, Backspace)], "one |"),
        ("|one two", &[(CTRL, Delete)], "| two"),
        (
            "one two|",
            &[(CTRL, ArrowLeft), (CTRL, ArrowLeft)],
            "|one two",
        ),
        ("f(|)", &[(NONE, Backspace)], "f|"),
        ("f(|)", &[(NONE, Enter)], "f(\n  |\n)"),
        ("[|]", &[(NONE, Enter), (NONE, Enter)], "[\n  \n  |\n]"),
        ("  x|", &[(NONE, Enter)], "  x\n  |"),
        ("a\n  b\n    |x", &[(NONE, Backspace)], "a\n  b\n  |x"),
        ("x|", &[(NONE, Tab)], "x |"),
        ("  x|", &[(SHIFT, Tab)], "x|"),
        ("a\n|b", &[(ALT, ArrowUp)], "|b\na"),
        ("|a\nb", &[(SHIFT, ArrowDown), (NONE, Delete)], "|b"),
        ("ab|\nc", &[(NONE, ArrowDown), (NONE, ArrowUp)], "ab|\nc"),
        ("  ab|", &[(SHIFT, Home), (NONE, Backspace)], "  |"),
        ("a|b", &[(CTRL, Slash)], "// a|b"),
        ("\u{1d11e}|x", &[(NONE, ArrowLeft), (NONE, Delete)], "|x"),
        ("a\r\n|b", &[(NONE, Backspace)], "a|b"),
        (
            "a|\r\nb",
            &[(NONE, ArrowRight), (NONE, Enter)],
            "a\r\n\r\n|b",
        ),
    ];
    for (before, keys, after) in cases {
        let mut harness = pane(&before.replace('|', ""));
        let (head, _) = before.split_once('|').unwrap();
        let line = u32::try_from(head.matches('\n').count()).unwrap() + 1;
        let last = head.rsplit('\n').next().unwrap();
        let column = u32::try_from(last.encode_utf16().count()).unwrap() + 1;
        harness.state_mut().state.goto(line, column);
        for (modifiers, key) in *keys {
            press(&mut harness, *modifiers, *key);
        }
        let state = &harness.state().state;
        let mut shown: Vec<char> = state.rope().chars().collect();
        shown.insert(state.selection().start, '|');
        assert_eq!(
            shown.iter().collect::<String>(),
            *after,
            "{before:?} {keys:?}"
        );
    }
}

#[test]
fn dragging_selects() {
    let mut harness = pane("alpha\nbeta\ngamma\n");
    let rect = harness.get_by_label("Code").rect();
    harness.drag_at(rect.left_top() + vec2(60.0, 12.0));
    harness.run_steps(1);
    harness.hover_at(rect.left_top() + vec2(200.0, 50.0));
    harness.run_steps(1);
    harness.drop_at(rect.left_top() + vec2(200.0, 50.0));
    harness.run();
    assert!(
        harness
            .state()
            .state
            .selected_text()
            .ends_with("beta\ngamma")
    );
}

#[test]
fn a_marker_tells_its_message_where_the_pointer_is() {
    let mut harness = pane("let x = ;\nlet y = 2;\n");
    harness.state_mut().state.set_markers(vec![Marker {
        line: 1,
        column: 1,
        end: Some((1, 10)),
        severity: Severity::Error,
        message: "An expression is missing here.".to_owned(),
        detail: None,
        fixes: Vec::new(),
    }]);
    harness.run();
    let rect = harness.get_by_label("Code").rect();
    for at in [vec2(6.0, 12.0), vec2(80.0, 12.0)] {
        harness.hover_at(rect.left_top() + at);
        harness.run_steps(60);
        assert!(
            harness
                .query_by_label("An expression is missing here.")
                .is_some(),
            "nothing said at {at:?}"
        );
        harness.hover_at(rect.left_top() + vec2(300.0, 200.0));
        harness.run_steps(10);
        assert!(
            harness
                .query_by_label("An expression is missing here.")
                .is_none()
        );
    }
}

#[test]
fn going_to_a_line_scrolls_there() {
    let mut harness = pane(&"// line\n".repeat(5_000));
    harness.state_mut().state.goto(4_000, 3);
    harness.run();
    assert_eq!(harness.state().state.cursor(), (4_000, 3));
    type_text(&mut harness, "X");
    assert_eq!(harness.state().state.rope().line(3_999), "//X line\n");
    press(&mut harness, Modifiers::NONE, Key::PageUp);
    let (line, _) = harness.state().state.cursor();
    assert!((3_980..3_995).contains(&line), "{line}");
}

#[test]
fn a_line_of_a_megabyte_can_be_edited() {
    let mut harness = pane(&"0123456789".repeat(100_000));
    press(&mut harness, Modifiers::NONE, Key::End);
    type_text(&mut harness, "end");
    assert_eq!(harness.state().state.cursor(), (1, 1_000_004));
    harness.state_mut().state.goto(1, 500_001);
    harness.run();
    type_text(&mut harness, "middle");
    assert_eq!(
        harness
            .state()
            .state
            .rope()
            .slice(499_998..500_008)
            .to_string(),
        "89middle01"
    );
}

#[test]
fn control_characters_and_wide_letters_are_harmless() {
    let source = "a\0b\u{7}\u{1b}[0m\r\n\t日本\u{202e}x\u{feff}\r\n";
    let mut harness = pane(source);
    assert_eq!(text(&harness), source);
    press(&mut harness, CTRL, Key::End);
    type_text(&mut harness, "z");
    assert_eq!(text(&harness), format!("{source}z"));
}

#[test]
fn assistive_technology_can_write() {
    let mut harness = pane("old");
    harness.get_by_label("Code").set_text_value_accesskit("new");
    harness.run();
    assert_eq!(text(&harness), "new");
    assert!(harness.state_mut().state.undo());
    assert_eq!(text(&harness), "old");
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let mut harness = pane(&"function f() { return 'a'; }\n".repeat(300));
    let until = Instant::now() + Duration::from_secs(20);
    let mut quiet = 0;
    // The colours come from a thread: a few frames are asked for until the lines in view have theirs.
    while quiet < 15 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
        if harness.ctx.has_requested_repaint() {
            harness.step();
            quiet = 0;
        } else {
            quiet += 1;
        }
    }
    assert_eq!(quiet, 15, "repaints did not end");
    harness.step();
    let delay = harness
        .output()
        .viewport_output
        .values()
        .map(|viewport| viewport.repaint_delay)
        .min();
    assert_eq!(delay, Some(Duration::MAX));
}

#[test]
fn several_cursors_type_and_escape_leaves_one() {
    let mut harness = pane("let user = 1;\nlog(user);\nuser + user;\n");
    harness.state_mut().state.goto(1, 6);
    harness.run();
    press(&mut harness, CTRL, Key::D);
    press(&mut harness, CTRL, Key::D);
    type_text(&mut harness, "id");
    assert_eq!(text(&harness), "let id = 1;\nlog(id);\nuser + user;\n");
    press(&mut harness, CTRL, Key::Z);
    assert_eq!(text(&harness), "let user = 1;\nlog(user);\nuser + user;\n");
    press(&mut harness, CTRL_SHIFT, Key::L);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    type_text(&mut harness, "s");
    assert_eq!(
        text(&harness),
        "let users = 1;\nlog(users);\nusers + users;\n"
    );
    press(&mut harness, Modifiers::NONE, Key::Escape);
    type_text(&mut harness, "!");
    assert_eq!(text(&harness).matches('!').count(), 1);
}

#[test]
fn alt_and_a_click_add_a_cursor_and_with_shift_a_block() {
    let mut harness = pane("abcd\nabcd\nabcd\n");
    let rect = harness.get_by_label("Code").rect();
    let row = 19.5;
    let at = |line: f32, column: f32| {
        rect.left_top()
            + vec2(
                20.0 + 3.0 * 7.8 + 8.0 + column * 7.8,
                4.0 + (line + 0.5) * row,
            )
    };
    let click = |harness: &mut Harness<'_, Pane>, modifiers: Modifiers, at: egui::Pos2| {
        harness.event(Event::PointerMoved(at));
        for pressed in [true, false] {
            harness.event_modifiers(
                Event::PointerButton {
                    pos: at,
                    button: egui::PointerButton::Primary,
                    pressed,
                    modifiers,
                },
                modifiers,
            );
        }
        harness.run();
    };
    click(&mut harness, Modifiers::NONE, at(0.0, 2.0));
    click(&mut harness, Modifiers::ALT, at(2.0, 2.0));
    type_text(&mut harness, "-");
    assert_eq!(text(&harness), "ab-cd\nabcd\nab-cd\n");
    press(&mut harness, CTRL, Key::Z);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    click(&mut harness, Modifiers::NONE, at(0.0, 1.0));
    click(
        &mut harness,
        Modifiers::ALT | Modifiers::SHIFT,
        at(2.0, 3.0),
    );
    type_text(&mut harness, "x");
    assert_eq!(text(&harness), "axd\naxd\naxd\n");
}

#[test]
fn selected_text_is_dragged_to_another_place() {
    let mut harness = pane("one two\n");
    harness.state_mut().state.select_range((1, 1), (1, 5));
    harness.run();
    let rect = harness.get_by_label("Code").rect();
    let at = |column: f32| rect.left_top() + vec2(20.0 + 3.0 * 7.8 + 8.0 + column * 7.8, 13.0);
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    harness.event(Event::PointerMoved(at(1.5)));
    harness.run();
    harness.event(button(at(1.5), true));
    harness.run();
    for column in [3.0, 5.0, 7.0] {
        harness.event(Event::PointerMoved(at(column)));
        harness.run();
    }
    harness.event(button(at(7.0), false));
    harness.run();
    assert_eq!(text(&harness), "twoone \n");
    assert_eq!(harness.state().state.selected_text(), "one ");
    // A click on the selection leaves a caret.
    harness.run_steps(60);
    harness.event(button(at(4.0), true));
    harness.event(button(at(4.0), false));
    harness.run();
    assert_eq!(harness.state().state.selected_text(), "");
}
