//! Where errors and log lines point: the author's own lines and columns, V8's words.

use hookbench::auth0::Point;
use hookbench::engine::{Answer, FailureKind};

use super::support::{body, hook, program, run};

#[test]
fn thrown_errors_name_the_authors_place() {
    let run = hook(
        "function inner() {\n  throw new TypeError('deep');\n}\nmodule.exports = function (user, context, cb) {\n  inner();\n};",
    );
    let thrown = run.unhandled();
    assert_eq!(
        (thrown.line, thrown.name.as_deref()),
        (Some(2), Some("TypeError"))
    );
    let stack = thrown.stack.as_deref().unwrap();
    assert!(
        stack.starts_with("TypeError: deep\n    at inner (hook.js:2:"),
        "{stack}"
    );
    assert!(
        stack.contains("\n    at module.exports (hook.js:5:"),
        "{stack}"
    );
}

#[test]
fn the_first_line_has_no_shift() {
    let thrown_column = |source: &str| hook(source).unhandled().column;
    let first = thrown_column("module.exports = function () { throw new Error('x'); };");
    let second = thrown_column("\nmodule.exports = function () { throw new Error('x'); };");
    assert_eq!(first, second);
}

#[test]
fn rewriting_shifts_no_column() {
    let column = |source: &str| body(source).unhandled().column.unwrap();
    let with =
        column("try { throw 1 } catch (e) { var q = []; q.length = 0; throw new Error('x'); }");
    let without = column(
        "try { throw 1 } catch ( _) { var q = []; q.lengthy= 0; throw new Error('x'); }"
            .replace("_", "e")
            .as_str(),
    );
    assert_eq!(with + 1, without);
}

#[test]
fn v8s_words() {
    for (code, message) in [
        (
            "user.nothing.here",
            "Cannot read properties of undefined (reading 'here')",
        ),
        ("user.save()", "user.save is not a function"),
        ("missing", "missing is not defined"),
        ("let n = 5;\nn();", "n is not a function"),
        ("new user.Thing()", "user.Thing is not a constructor"),
    ] {
        let run = body(code);
        assert_eq!(run.unhandled().message.as_deref(), Some(message), "{code}");
        let caught = body(&format!("try {{ {code} }} catch (e) {{ cb(e.message) }}"));
        assert_eq!(
            caught.failure().message.as_deref(),
            Some(message),
            "{code} caught"
        );
    }
}

#[test]
fn what_does_not_compile() {
    for (source, line) in [
        (
            "module.exports = function (user, context, cb) {\n  cb(null, {;\n};",
            2,
        ),
        ("let a;\nlet a;", 2),
        (
            "\nfunction (user, context, callback) { callback(null, user, context); }",
            2,
        ),
        ("import x from 'y';", 1),
        ("class PreUserRegistrationError {}", 1),
    ] {
        let run = hook(source);
        let Some(Answer::Failure {
            kind: FailureKind::Compile,
            thrown,
        }) = run.answer()
        else {
            panic!("{source}: {run:?}");
        };
        assert_eq!(
            thrown.message.as_deref(),
            Some("Unable to compile the extensibility code as javascript")
        );
        assert_eq!(thrown.line, Some(line), "{source}");
        assert!(
            thrown
                .properties
                .as_deref()
                .unwrap()
                .contains("\"error_description\"")
        );
    }
    let run = hook("undefinedThing();");
    assert_eq!(run.failure().line, Some(1));
    assert!(
        run.failure()
            .properties
            .as_deref()
            .unwrap()
            .contains("undefinedThing is not defined")
    );
    let run = hook("throw 'lstr'");
    assert_eq!(
        run.failure()
            .properties
            .as_deref()
            .map(|p| p.contains("error_description")),
        Some(false)
    );
    let deep = format!("module.exports = {}1{}", "(".repeat(3000), ")".repeat(3000));
    assert!(matches!(
        hook(&deep).answer(),
        Some(Answer::Failure {
            kind: FailureKind::Compile,
            ..
        })
    ));
}

#[test]
fn payloads_are_refused_verbatim() {
    for (payload, message) in [
        ("5", "Body received by extensibility point is not an object"),
        (
            "{}",
            "Body.user received by extensibility point is not an object",
        ),
        (
            "{\"user\":{},\"context\":{}}",
            "Body.context.connection received by extensibility point is not an object",
        ),
    ] {
        let run = run(program(
            Point::PreUserRegistration,
            "module.exports = (u, c, cb) => cb()",
            payload,
        ));
        let Some(Answer::Failure {
            kind: FailureKind::InvalidPayload,
            thrown,
        }) = run.answer()
        else {
            panic!("{run:?}");
        };
        assert_eq!(thrown.message.as_deref(), Some(message));
    }
    let deep = format!(
        "{{\"user\":{{\"d\":{}{}}},\"context\":{{\"connection\":{{}}}}}}",
        "[".repeat(500),
        "]".repeat(500)
    );
    assert_eq!(
        run(program(
            Point::PreUserRegistration,
            "module.exports = (u, c, cb) => cb()",
            &deep
        ))
        .data(),
        "{}"
    );
}

#[test]
fn log_lines_know_their_line() {
    let run = body("console.log('one');\n\nconsole.warn('two');\ncb();\nconsole.error('three')");
    let lines: Vec<_> = run
        .logs()
        .iter()
        .map(|line| (line.line, line.after_response))
        .collect();
    assert_eq!(lines, [(Some(2), false), (Some(4), false), (Some(6), true)]);
}

#[test]
fn exhausted_stack_ends_the_run_with_a_range_error() {
    let run = body("let n = 0;\nfunction f() { n++; f(); }\nf();");
    assert_eq!(
        run.unhandled().display,
        "RangeError: Maximum call stack size exceeded"
    );
    let run = body("let n = 0;\nfunction f() { if (++n < 9000) f(); }\nf();\ncb(null, n);");
    assert_eq!(run.data(), "9000");
}
