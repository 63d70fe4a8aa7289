//! Edits from text to text.

use proptest::prelude::*;

use super::{Edit, EditError, JsonSource, ReadError, ValueKind, as_value};

fn read(text: &str) -> JsonSource {
    JsonSource::read(text.to_owned()).unwrap()
}

/// The value that begins where `|` stands, with the text without it.
fn marked(text: &str) -> (JsonSource, usize) {
    let at = text.find('|').unwrap();
    let source = read(&text.replacen('|', "", 1));
    let index = source.at(at).unwrap();
    (source, index)
}

/// The text after an edit at the mark, with a mark where the edit leaves it.
fn done(
    text: &str,
    edit: impl FnOnce(&JsonSource, usize) -> Result<Edit, EditError>,
) -> Result<String, EditError> {
    let (source, index) = marked(text);
    let edit = edit(&source, index)?;
    let mut after = edit.applied(source.text());
    let again = read(&after);
    assert!(
        again.at(edit.target).is_some(),
        "{after} at {}",
        edit.target
    );
    for (from, to) in &edit.moved {
        assert_eq!(
            source.text()[from.clone()],
            after[*to..to + from.len()],
            "{after}"
        );
    }
    after.insert(edit.target, '|');
    Ok(after)
}

fn set(text: &str, new: &str) -> Result<String, EditError> {
    done(text, |source, index| source.set_scalar(index, new))
}

fn removed(text: &str) -> String {
    done(text, JsonSource::remove).unwrap()
}

/// Inserts into the marked container.
fn inserted(text: &str, at: usize, name: &str, value: &str) -> String {
    done(text, |source, index| {
        source.insert(index, at, Some(name), value, "  ")
    })
    .unwrap()
}

fn of_kind(text: &str, kind: ValueKind) -> String {
    done(text, |source, index| source.set_kind(index, kind, "  ")).unwrap()
}

#[test]
fn a_scalar_is_replaced_and_nothing_else() {
    assert_eq!(
        set("{\r\n\t\"a\" : |1.0 ,\r\n\"b\":1e400}", "2.50").unwrap(),
        "{\r\n\t\"a\" : |2.50 ,\r\n\"b\":1e400}"
    );
    assert_eq!(
        set("[|\"ä\"]", "ö \"x\"\n").unwrap(),
        "[|\"ö \\\"x\\\"\\n\"]"
    );
    // A string is what it says, quotes and digits included, and unchanged ones keep their escapes.
    assert_eq!(set("[|\"1\"]", "12").unwrap(), "[|\"12\"]");
    assert_eq!(set("[|\"\\u00e4\"]", "ä").unwrap(), "[|\"\\u00e4\"]");
    assert_eq!(set("|true", " false ").unwrap(), "|false");
    assert_eq!(
        set("{\"a\": |1, \"a\": 1}", "2").unwrap(),
        "{\"a\": |2, \"a\": 1}"
    );
    for bad in [
        "", "01", "1.", "+1", "NaN", "\"1\"", "1 2", "1 // one", "true",
    ] {
        assert_eq!(set("[|1]", bad), Err(EditError::NotANumber), "{bad}");
    }
    assert_eq!(set("[|true]", "yes"), Err(EditError::NotABoolean));
    assert_eq!(set("[|null]", "0"), Err(EditError::NotNull));
    assert_eq!(set("[|{}]", "0"), Err(EditError::Container));
}

#[test]
fn a_name_is_changed_and_none_is_there_twice() {
    let rename = |text: &str, name: &str| done(text, |source, index| source.rename(index, name));
    assert_eq!(
        rename("{\"a\": |1, /* b */ \"b\" : 2}", "ä \"").unwrap(),
        "{\"ä \\\"\": |1, /* b */ \"b\" : 2}"
    );
    assert_eq!(
        rename("{\"a\": |1, \"b\": 2}", "b"),
        Err(EditError::DuplicateName("b".to_owned()))
    );
    // The same name in other letters, and a name that stands twice, may stay.
    assert_eq!(
        rename("{\"\\u0061\": |1}", "a").unwrap(),
        "{\"\\u0061\": |1}"
    );
    assert_eq!(
        rename("{\"a\": 1, \"a\": |2}", "c").unwrap(),
        "{\"a\": 1, \"c\": |2}"
    );
    assert_eq!(rename("[|1]", "a"), Err(EditError::Whole));
    assert_eq!(rename("|1", "a"), Err(EditError::Whole));
    assert_eq!(rename("{\"a\": |1}", "").unwrap(), "{\"\": |1}");
}

#[test]
fn a_value_is_inserted_as_the_others_stand() {
    let file = "|{\n    \"a\": 1,\n    \"b\": 2\n}\n";
    assert_eq!(
        inserted(file, 9, "c", "3"),
        "{\n    \"a\": 1,\n    \"b\": 2,\n    \"c\": |3\n}\n"
    );
    assert_eq!(
        inserted(file, 1, "c", "{\n  \"d\": []\n}"),
        "{\n    \"a\": 1,\n    \"c\": |{\n      \"d\": []\n    },\n    \"b\": 2\n}\n"
    );
    assert_eq!(
        inserted(file, 0, "c", "3"),
        "{\n    \"c\": |3,\n    \"a\": 1,\n    \"b\": 2\n}\n"
    );
    let line = "|{ \"a\": 1, \"b\": 2 }";
    assert_eq!(
        inserted(line, 2, "c", "3"),
        "{ \"a\": 1, \"b\": 2, \"c\": |3 }"
    );
    assert_eq!(
        inserted(line, 1, "c", "3"),
        "{ \"a\": 1, \"c\": |3, \"b\": 2 }"
    );
    assert_eq!(
        inserted(line, 0, "c", "3"),
        "{ \"c\": |3, \"a\": 1, \"b\": 2 }"
    );
    assert_eq!(inserted("|{\"a\":1}", 1, "c", "3"), "{\"a\":1,\"c\":|3}");
    assert_eq!(inserted("|[1,2]", 1, "", "3"), "[1,|3,2]");
    assert_eq!(inserted("|[1]", 1, "", "3"), "[1, |3]");
    assert_eq!(
        inserted("|[\r\n\t1\r\n]", 1, "", "3"),
        "[\r\n\t1,\r\n\t|3\r\n]"
    );
    let twice = done("|{\"a\": 1}", |source, index| {
        source.insert(index, 0, Some("a"), "1", "  ")
    });
    assert_eq!(twice, Err(EditError::DuplicateName("a".to_owned())));
}

#[test]
fn an_empty_container_is_opened_as_the_file_is_indented() {
    assert_eq!(inserted("|{}", 0, "a", "1"), "{\n  \"a\": |1\n}");
    assert_eq!(
        inserted("{\r\n  \"a\": |[]\r\n}", 0, "", "1"),
        "{\r\n  \"a\": [\r\n    |1\r\n  ]\r\n}"
    );
    assert_eq!(
        inserted("{\n  \"a\": |{\n  }\n}", 0, "b", "1"),
        "{\n  \"a\": {\n    \"b\": |1\n  }\n}"
    );
    assert_eq!(inserted("{\"a\":|{}}", 0, "b", "1"), "{\"a\":{\"b\":|1}}");
    assert_eq!(
        inserted("{ \"a\": |{} }", 0, "b", "1"),
        "{ \"a\": { \"b\": |1 } }"
    );
    assert_eq!(
        inserted("{\n  \"a\": |{ // none\n  }\n}", 0, "b", "1"),
        "{\n  \"a\": { // none\n    \"b\": |1\n  }\n}"
    );
    assert_eq!(inserted("[|[/* no */]]", 0, "", "1"), "[[/* no */ |1]]");
}

#[test]
fn comments_stay_with_what_they_are_about() {
    let file = "|{\n  // first\n  \"a\": 1, // one\n  // second\n  \"b\": 2 // two\n}";
    assert_eq!(
        inserted(file, 1, "c", "3"),
        "{\n  // first\n  \"a\": 1, // one\n  \"c\": |3,\n  // second\n  \"b\": 2 // two\n}"
    );
    assert_eq!(
        inserted(file, 2, "c", "3"),
        "{\n  // first\n  \"a\": 1, // one\n  // second\n  \"b\": 2, // two\n  \"c\": |3\n}"
    );
    assert_eq!(
        inserted(file, 0, "c", "3"),
        "{\n  \"c\": |3,\n  // first\n  \"a\": 1, // one\n  // second\n  \"b\": 2 // two\n}"
    );
    assert_eq!(
        removed("{\n  \"a\": |1, // one\n  \"b\": 2\n}"),
        "{\n  // one\n  \"b\": |2\n}"
    );
    assert_eq!(
        removed("{\n  \"a\": 1, // one\n  \"b\": |2 // two\n}"),
        "{\n  \"a\": |1 // one // two\n}"
    );
    assert_eq!(removed("[|1 /* a */, /* b */ 2]"), "[ /* a */ /* b */ |2]");
    assert_eq!(removed("[ /* a */ |1 ]"), "|[ /* a */ ]");
}

#[test]
fn a_value_is_removed_with_its_comma() {
    assert_eq!(
        removed("{\n  \"a\": |1,\n  \"b\": 2\n}"),
        "{\n  \"b\": |2\n}"
    );
    assert_eq!(
        removed("{\r\n  \"a\": 1,\r\n  \"b\": |{\r\n  }\r\n}\r\n"),
        "{\r\n  \"a\": |1\r\n}\r\n"
    );
    assert_eq!(
        removed("{\"a\": 1, \"b\": |2, \"c\": 3}"),
        "{\"a\": 1, \"c\": |3}"
    );
    assert_eq!(removed("{\n  \"a\": |1\n}"), "|{}");
    assert_eq!(removed("[[|1], 2]"), "[|[], 2]");
    assert_eq!(removed("[1,|[2]]"), "[|1]");
    assert_eq!(done("|[]", JsonSource::remove), Err(EditError::Whole));
    // Of two with one name the one that is meant goes.
    assert_eq!(removed("{\"a\": 1, \"a\": |2}"), "{\"a\": |1}");
}

#[test]
fn a_value_is_duplicated_under_a_name_of_its_own() {
    let duplicate = |text: &str| done(text, |source, index| source.duplicate(index, "  "));
    assert_eq!(
        duplicate("{\n  \"a\": |{\n    \"b\": 1.0\n  },\n  \"a 2\": 1\n}").unwrap(),
        "{\n  \"a\": {\n    \"b\": 1.0\n  },\n  \"a 3\": |{\n    \"b\": 1.0\n  },\n  \"a 2\": 1\n}"
    );
    assert_eq!(duplicate("[|1e400]").unwrap(), "[1e400, |1e400]");
    assert_eq!(duplicate("|1"), Err(EditError::Whole));
}

#[test]
fn neighbours_change_places() {
    let up = |text: &str| done(text, |source, index| source.move_by_one(index, false));
    let down = |text: &str| done(text, |source, index| source.move_by_one(index, true));
    assert_eq!(
        down("{\n  \"a\": |1,\n  \"long\": {\"b\": 2}\n}").unwrap(),
        "{\n  \"long\": {\"b\": 2},\n  \"a\": |1\n}"
    );
    assert_eq!(up("[1, 2, |\"ü\"]").unwrap(), "[1, |\"ü\", 2]");
    assert_eq!(up("[|1, 2]"), Err(EditError::Edge));
    assert_eq!(down("[1, |2]"), Err(EditError::Edge));
    assert_eq!(down("|1"), Err(EditError::Whole));
}

#[test]
fn another_kind_takes_along_what_it_can_hold() {
    use ValueKind::{Array, Boolean, Null, Number, Object, String};
    for (before, kind, after) in [
        ("[|1.0]", String, "[|\"1.0\"]"),
        ("[|true]", String, "[|\"true\"]"),
        ("[|null]", String, "[|\"\"]"),
        (
            "[|{ \"a\": [1, \"x y\"] }]",
            String,
            "[|\"{\\\"a\\\":[1,\\\"x y\\\"]}\"]",
        ),
        ("[|\"1e3\"]", Number, "[|1e3]"),
        ("[|\"x\"]", Number, "[|0]"),
        ("[|true]", Number, "[|1]"),
        ("[|\"true\"]", Boolean, "[|true]"),
        ("[|2]", Boolean, "[|true]"),
        ("[|0.0]", Boolean, "[|false]"),
        ("[|[1]]", Null, "[|null]"),
        ("[|1]", Array, "[|[1]]"),
        ("[\n  |1\n]", Array, "[\n  |[\n    1\n  ]\n]"),
        ("[|null]", Array, "[|[]]"),
        ("[|{}]", Array, "[|[]]"),
        ("[|\"x\"]", Object, "[|{}]"),
        ("[|\"{\\\"a\\\": 1}\"]", Object, "[|{\"a\": 1}]"),
        ("[|\"[1]\"]", Object, "[|{}]"),
        (
            "|[1, /* two */ [2]]",
            Object,
            "|{\"0\": 1, /* two */ \"1\": [2]}",
        ),
        ("|{\"a\": 1.0,\n \"a\" : 2}", Array, "|[1.0,\n 2]"),
        ("[|1]", Number, "[|1]"),
    ] {
        assert_eq!(of_kind(before, kind), after, "{before} as {kind:?}");
    }
}

#[test]
fn what_is_typed_for_a_new_value_is_json_or_a_text() {
    assert_eq!(as_value(" 1.50 "), "1.50");
    assert_eq!(as_value("{\"a\": [1]}"), "{\"a\": [1]}");
    assert_eq!(as_value("\"quoted\""), "\"quoted\"");
    assert_eq!(as_value("not quoted "), "\"not quoted \"");
    assert_eq!(as_value(""), "\"\"");
    assert_eq!(as_value("{"), "\"{\"");
}

#[test]
fn places_and_paths_are_found() {
    let source = read("{\"user\": {\"a b\": [1, {\"x\": null}]}}");
    let null = source.at(source.text().find("null").unwrap()).unwrap();
    assert_eq!(source.path(null, "event"), "event.user[\"a b\"][1].x");
    assert_eq!(source.get(null).unwrap().depth, 4);
    assert_eq!(
        source.around(source.text().find("\"x\"").unwrap()),
        Some(null)
    );
    assert_eq!(source.around(0), Some(0));
    assert_eq!(source.around(99), None);
}

#[test]
fn what_is_no_json_is_refused_at_its_place_and_depth_is_not() {
    for (text, at) in [
        ("", 0),
        ("{\"a\": 1,}", 8),
        ("[1 2]", 3),
        ("{a: 1}", 1),
        ("[1]]", 3),
        ("\"\u{1}\"", 1),
        ("[/* x", 1),
        ("\"\\x\"", 2),
        ("[01]", 2),
        ("{\"a\" 1}", 5),
    ] {
        assert_eq!(
            JsonSource::read(text.to_owned()).err(),
            Some(ReadError::NotJson(at)),
            "{text}"
        );
    }
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let source = read(&deep);
    assert_eq!(source.len(), 100_001);
    let edit = source.set_scalar(100_000, "2").unwrap();
    assert_eq!(edit.changes, [(100_000..100_001, "2".to_owned())]);
    let wide = format!("[{}1]", "1,".repeat(super::MOST_VALUES));
    assert_eq!(JsonSource::read(wide).err(), Some(ReadError::TooMany));
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i32>().prop_map(Into::into),
        "[a-zé\"\\\\/ ]{0,6}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::vec(("[a-d\"é]{0,2}", inner), 0..4)
                .prop_map(|pairs| serde_json::Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    /// Every edit of every value leaves JSON, in which the values that are not concerned are as they were.
    #[test]
    fn edits_leave_json(value in json(), pretty in any::<bool>(), at in any::<prop::sample::Index>(), what in 0..12_usize) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        let source = read(&text);
        let index = at.index(source.len());
        let node = source.get(index).unwrap().clone();
        let edit = match what {
            0 => source.set_scalar(index, "7"),
            1 => source.rename(index, "new name"),
            2 => source.remove(index),
            3 => source.duplicate(index, "  "),
            4 => source.move_by_one(index, true),
            5 if node.kind.is_container() => {
                source.insert(index, node.count / 2, Some("new name"), "{\n  \"x\": 1\n}", "  ")
            }
            5 => source.insert(0, 0, Some("new name"), "1", "  ").and(Err(EditError::Gone)),
            what => source.set_kind(index, ValueKind::ALL[what - 6], "  "),
        };
        let Ok(edit) = edit else { return Ok(()) };
        let after = edit.applied(&text);
        let again = JsonSource::read(after.clone());
        prop_assert!(again.is_ok(), "{} became {}", text, after);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&after).is_ok(), "{} became {}", text, after);
        let target = again.unwrap().at(edit.target);
        prop_assert!(target.is_some(), "{} became {} at {}", text, after, edit.target);
        if what == 4 || what == 3 {
            prop_assert!(after.len() >= text.len());
        }
    }

    /// Whatever serde_json takes for JSON has a tree, of the same values.
    #[test]
    fn what_is_json_is_read(text in "[\\[\\]{},:\"a1e+.\\-ntrufls \\\\]{0,12}") {
        if serde_json::from_str::<serde_json::Value>(&text).is_ok() {
            prop_assert!(JsonSource::read(text).is_ok());
        } else if let Ok(source) = JsonSource::read(text.clone()) {
            // Half a surrogate pair is the one thing that only one of them takes.
            prop_assert!(text.contains("\\u"), "{}", source.text());
        }
    }
}
