//! The warnings through their public face: on code that is fine, on code that is not, silenced, and on the command line.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

use hookbench::analysis::{Finding, RULES, warnings};
use hookbench::auth0::Point;
use hookbench::auth0::gallery::GALLERY;
use hookbench::runner::run_warnings::RUN_WARNINGS;
use serde_json::{Value, json};

fn codes(point: Point, source: &str) -> Vec<&'static str> {
    assert_eq!(hookbench::syntax::check(source), [], "{source}");
    warnings(point, source, None)
        .iter()
        .map(|finding| finding.code)
        .collect()
}

#[test]
fn the_gallery_and_the_starters_have_nothing_to_say() {
    for item in GALLERY {
        let body: Option<Value> = item.body.map(|body| serde_json::from_str(body).unwrap());
        let found = warnings(item.point, item.code, body.as_ref());
        assert_eq!(found, [], "{}", item.id);
    }
    for point in Point::ALL
        .into_iter()
        .chain([Point::PasswordExchange, Point::Generic])
    {
        assert_eq!(warnings(point, point.starter_code(), None), [], "{point:?}");
    }
}

/// Hooks as the documents write them, in our own words: nothing but what is true of them is told.
#[test]
fn documented_shapes_of_hooks_have_no_false_alarms() {
    let cases: &[(Point, &str, &[&str])] = &[
        (
            Point::PostUserRegistration,
            "module.exports = function (user, context, cb) {
  var CHAT_HOOK = 'ADDRESS OF THE CHANNEL HERE';
  var chat = require('chat-notify')(CHAT_HOOK);
  chat.success({ text: 'New: ' + (user.username || user.email), channel: '#news' });
  // The request goes on by itself.
  cb();
};",
            &["module-unavailable"],
        ),
        (
            Point::PostUserRegistration,
            "module.exports = function (user, context, cb) { cb(null, { chat_notified: true }); };",
            &["response-ignored"],
        ),
        (
            Point::PreUserRegistration,
            "module.exports = function (user, context, cb) {
  const isDenied = user.email.endsWith('.test');
  if (isDenied) {
    const TEXTS = { en: 'Not here.', es: 'Aquí no.' };
    const text = TEXTS[context.renderLanguage] || TEXTS['en'];
    return cb(new PreUserRegistrationError('Denied by the hook', text));
  }
};",
            &[],
        ),
        (
            Point::PreUserRegistration,
            "module.exports = function (user, context, cb) {
  const domains = ['example.com'];
  const allowed = domains.some(domain => {
    const parts = user.email.split('@');
    return parts[parts.length - 1].toLowerCase() === domain;
  });
  if (!allowed) {
    return cb('No registration from there.');
  }
  const response = { user };
  return cb(null, response);
};",
            &[],
        ),
        (
            Point::PreUserRegistration,
            "module.exports = async (user, context, cb) => {
  try {
    const score = await rate(user.email, context.webtask.secrets.RATING_KEY);
    if (score < 3) { return cb(new PreUserRegistrationError('low score ' + score)); }
    user.app_metadata = Object.assign({}, user.app_metadata, { score });
    cb(null, { user });
  } catch (error) {
    console.error('rating failed', error.message);
    cb(error);
  }
};
function rate(email, key) { return Promise.resolve(email.length + key.length); }",
            &[],
        ),
        (
            Point::CredentialsExchange,
            "module.exports = function (client, scope, audience, context, cb) {
  var token = {};
  token.scope = scope;
  token['https://example.com/plan'] = client.metadata.plan;
  token.scope.push('extra');
  if (!client.metadata.plan) { return cb(new InvalidScopeError('none')); }
  cb(null, token);
};",
            &[],
        ),
        (
            Point::SendPhoneMessage,
            "const events = require('events');
module.exports = hook;
function hook(recipient, text, context, cb) {
  const line = new events.EventEmitter();
  let ended = false;
  const end = error => { if (!ended) { ended = true; cb(error, {}); } };
  const timer = setTimeout(() => end(new SendPhoneMessageError('late')), 1000);
  line.once('sent', () => { clearTimeout(timer); end(); });
  setImmediate(() => line.emit('sent'));
}",
            &[],
        ),
    ];
    for (point, source, expected) in cases {
        assert_eq!(codes(*point, source), *expected, "{source}");
    }
}

#[test]
fn mistakes_are_told_with_their_place_in_the_order_of_the_text() {
    let source = "// 😀
module.exports = function (user, context, callback) {
  console.log('😀', user.password);
  if (user.email) { callback(null, user, context); }
  cb(null, { user });
  callback(new ServerError('x'));
};";
    let found: Vec<_> = warnings(Point::PreUserRegistration, source, None)
        .into_iter()
        .map(|finding| (finding.code, finding.line, finding.column))
        .collect();
    assert_eq!(
        found,
        [
            ("password-logged", 3, 21),
            ("response-property-ignored", 4, 36),
            ("rules-callback", 4, 42),
            ("callback-other-name", 5, 3),
            ("callback-twice", 6, 3),
            ("error-class-elsewhere", 6, 16),
        ]
    );
}

#[test]
fn every_finding_is_a_sentence_with_a_place_inside_of_the_text() {
    let source = "module.exports = function (user, context, cb) {
  const apiKey = 'q7Zp2Lx9Vb4Tn8Rk3Wd6'; require('request@2.88.0'); require('./lib');
  console.log(context, user); user.app_metadata.email = 1; user.user_metadata['a.b'] = 2;
  setTimeout(() => { cb(null, { email: 1 }); }, 1);
  cb(null, context); cb(null, user, context); done(new ServerError(context.requestLanguage));
};";
    let found = warnings(Point::PreUserRegistration, source, None);
    let lines: Vec<&str> = source.lines().collect();
    let distinct: BTreeSet<_> = found.iter().map(|finding| finding.code).collect();
    assert!(distinct.len() >= 12, "{distinct:?}");
    for Finding {
        message,
        line,
        column,
        end_line,
        end_column,
        ..
    } in &found
    {
        assert!(
            message.ends_with('.') && !message.contains(". "),
            "{message}"
        );
        assert!((line, column) < (end_line, end_column), "{message}");
        let text = lines[*end_line as usize - 1];
        assert!(*end_column as usize <= text.encode_utf16().count() + 1);
    }
}

#[test]
fn code_that_does_not_parse_and_actions_are_left_to_others() {
    assert_eq!(warnings(Point::PreUserRegistration, "cb(;", None), []);
    assert_eq!(
        warnings(Point::PreUserRegistration, &"(".repeat(5_000), None),
        []
    );
    let action = "const axios = require('axios@1.0.0');
exports.onExecutePostUserRegistration = async (event, api) => { console.log(event.user); };";
    assert_eq!(
        codes(Point::PostUserRegistration, action),
        ["pinned-require"]
    );
    let first = "module.exports = async (event, context) => ({ user: event.user });";
    assert_eq!(codes(Point::PreUserRegistration, first), [""; 0]);
}

#[test]
fn comments_silence_one_line_or_the_file() {
    let hook = |comment: &str| {
        format!(
            "module.exports = function (user, context, cb) {{\n  cb();\n  {comment}\n  cb();\n}};"
        )
    };
    let point = Point::PreUserRegistration;
    assert_eq!(codes(point, &hook("")), ["callback-twice"]);
    assert_eq!(
        codes(point, &hook("// hookbench-ignore callback-twice")),
        [""; 0]
    );
    assert_eq!(
        codes(point, &hook("// hookbench-ignore code-size")),
        ["callback-twice"]
    );
    let file = format!("/* hookbench-ignore-file callback-twice */\n{}", hook(""));
    assert_eq!(codes(point, &file), [""; 0]);
}

#[test]
fn three_thousand_lines_take_no_time_to_speak_of() {
    let mut source = "module.exports = function (user, context, cb) {\n".to_owned();
    for index in 0..995 {
        source += &format!(
            "  if (user.score === {index}) {{\n    user.user_metadata.score{index} = context.connection.name; return cb(null, {{ user }});\n  }}\n"
        );
    }
    source += "  cb(null, { user });\n};\n";
    assert!(source.lines().count() > 2_980);
    let began = Instant::now();
    let found: Vec<_> = warnings(Point::PreUserRegistration, &source, None)
        .iter()
        .map(|finding| finding.code)
        .collect();
    // Generous: an unoptimised build on a busy machine. What it takes otherwise stands in the README.
    assert!(began.elapsed().as_millis() < 2_000, "{:?}", began.elapsed());
    eprintln!("3,000 lines: {:?}", began.elapsed());
    assert_eq!(found, ["code-size"; 1]);
}

/// Whatever nests as deep as the parser allows is looked at without overflowing a stack.
#[test]
fn deep_and_long_code_is_survived() {
    for piece in [
        "if(a)", "a.b.", "a=>", "x=", "a?b:", "cb(", "{", "user.", "a||", "a+", "[", "({a:",
    ] {
        for count in [300, 900, 19_000] {
            let inside = format!("{}1", piece.repeat(count));
            for tail in [
                "",
                &")".repeat(count),
                &"}".repeat(count),
                &"]".repeat(count),
                &"})".repeat(count),
            ] {
                let source = format!(
                    "module.exports = function (user, context, cb) {{ console.log({inside}{tail}); cb(null, {inside}{tail}); }};"
                );
                let _ = warnings(Point::PreUserRegistration, &source, None);
                let source = format!(
                    "module.exports = function (user, context, cb) {{ {inside}{tail}; cb(); }};"
                );
                let _ = warnings(Point::PreUserRegistration, &source, None);
            }
        }
    }
}

/// The README's table, which this test writes when `HOOKBENCH_UPDATE_README` is set and else compares.
#[test]
fn the_readme_lists_every_warning() {
    let mut table = String::from("| code | what it is about | source |\n|---|---|---|\n");
    for rule in RULES {
        table.push_str(&format!(
            "| `{}` | {} | {} |\n",
            rule.code, rule.about, rule.source
        ));
    }
    table.push_str(
        "\nWhat only a run can tell:\n\n| code | what it is about | source |\n|---|---|---|\n",
    );
    for one in RUN_WARNINGS {
        table.push_str(&format!(
            "| `{}` | {} | {} |\n",
            one.code, one.about, one.source
        ));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(path).unwrap();
    let start_mark = "<!-- warnings: written by the test `the_readme_lists_every_warning` -->\n";
    let start = readme.find(start_mark).unwrap() + start_mark.len();
    let end = readme.find("<!-- warnings end -->").unwrap();
    if std::env::var_os("HOOKBENCH_UPDATE_README").is_some() {
        let new = format!("{}{table}{}", &readme[..start], &readme[end..]);
        fs::write(path, new).unwrap();
    } else {
        assert_eq!(
            &readme[start..end],
            table,
            "set HOOKBENCH_UPDATE_README=1 and run this test"
        );
    }
}

#[test]
fn every_code_is_listed_once() {
    let codes: BTreeSet<_> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), RULES.len());
}

fn hookbench(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hookbench"))
        .args(arguments)
        .current_dir(folder)
        .env("HOOKBENCH_DATA_DIR", folder.join("data"))
        .output()
        .unwrap()
}

#[test]
fn check_tells_files_and_folders_of_hooks() {
    let folder = tempfile::tempdir().unwrap();
    let hooks = folder.path().join("hooks");
    fs::create_dir(&hooks).unwrap();
    fs::write(
        hooks.join("fine.js"),
        Point::PreUserRegistration.starter_code(),
    )
    .unwrap();
    fs::write(
        hooks.join("told.js"),
        "module.exports = function (user, context, cb) {\n  cb(null, { done: true });\n};\n",
    )
    .unwrap();
    fs::write(
        hooks.join("told.json"),
        r#"{"name": "told", "triggerId": "post-change-password", "script": "./hooks/told.js"}"#,
    )
    .unwrap();
    fs::write(
        hooks.join("broken.js"),
        "module.exports = function (user, {\n",
    )
    .unwrap();

    let fine = hookbench(folder.path(), &["check", "hooks/fine.js"]);
    assert_eq!(fine.status.code(), Some(0), "{fine:?}");
    assert_eq!(
        String::from_utf8_lossy(&fine.stdout),
        "1 script checked, 0 findings.\n"
    );

    let all = hookbench(folder.path(), &["check", ".", "--format", "json"]);
    assert_eq!(all.status.code(), Some(1), "{all:?}");
    let document: Value = serde_json::from_slice(&all.stdout).unwrap();
    let files = document["files"].as_array().unwrap();
    let told: Vec<_> = files
        .iter()
        .map(|file| {
            let name = Path::new(file["path"].as_str().unwrap())
                .file_name()
                .unwrap();
            let found = &file["findings"][0];
            (
                name.to_str().unwrap().to_owned(),
                file["point"].clone(),
                found["code"].clone(),
                found["line"].clone(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "broken.js".to_owned(),
                json!("pre-user-registration"),
                json!("syntax"),
                json!(2)
            ),
            (
                "fine.js".to_owned(),
                json!("pre-user-registration"),
                Value::Null,
                Value::Null
            ),
            (
                "told.js".to_owned(),
                json!("post-change-password"),
                json!("response-ignored"),
                json!(2)
            ),
        ]
    );

    let text = hookbench(
        folder.path(),
        &["check", "hooks/told.js", "--point", "send-phone-message"],
    );
    assert_eq!(text.status.code(), Some(1), "{text:?}");
    let told = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(told.starts_with("hooks/told.js:1:18: warning hook-parameters: Auth0 calls a Send Phone Message hook with (recipient, text, context, cb)"), "{told}");

    for wrong in [
        &["check"][..],
        &["check", "nothing.js"],
        &["check", "data-that-is-not-there/"],
        &["check", "hooks/fine.js", "--point", "post-login"],
    ] {
        let answer = hookbench(folder.path(), wrong);
        assert_eq!(answer.status.code(), Some(2), "{answer:?}");
        assert!(!answer.stderr.is_empty());
    }
}

#[test]
fn a_run_reports_them_after_its_own_and_none_twice() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("hook.js");
    fs::write(
        &script,
        "module.exports = function (user, context, cb) {\n  user.email = 'x';\n  cb(null, { user });\n  cb();\n};\n",
    )
    .unwrap();
    let ran = hookbench(folder.path(), &["run", "hook.js", "--format", "json"]);
    let report: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let told: Vec<_> = report["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|warning| (warning["code"].as_str().unwrap(), warning["line"].as_u64()))
        .filter(|(code, _)| *code != "uncaught-after-response")
        .collect();
    assert_eq!(
        told,
        [
            ("callback-twice", Some(4)),
            ("response-property-ignored", Some(2))
        ]
    );
}
