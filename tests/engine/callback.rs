//! What the 6.x compilers make of each way to call back (auth0-ext-compilers 6.1.0), row by row.

use hookbench::engine::{Answer, FailureKind};

use super::support::body;

#[test]
fn successes() {
    for (call, data) in [
        ("cb()", "{}"),
        ("cb(null, undefined)", "{}"),
        ("cb(null, null)", "{}"),
        ("cb(null, false)", "{}"),
        ("cb(null, 0)", "{}"),
        ("cb(null, '')", "{}"),
        ("cb(null, 'str')", "\"str\""),
        ("cb(null, 42)", "42"),
        ("cb(null, [1])", "[1]"),
        ("cb(null, function () {})", "no data"),
        ("cb(false, { a: 1 })", "{\"a\":1}"),
        ("cb('', { a: 1 })", "{\"a\":1}"),
        ("cb(0, { a: 1 }, 5)", "{\"a\":1}"),
        (
            "cb(null, {a:undefined,b:null,c:NaN,d:Infinity,e(){},f:new Date(0),g:Symbol('x'),h:[undefined,()=>1],i:new Map(),j:/x/})",
            "{\"b\":null,\"c\":null,\"d\":null,\"f\":\"1970-01-01T00:00:00.000Z\",\"h\":[null,null],\"i\":{},\"j\":{}}",
        ),
    ] {
        assert_eq!(body(call).data(), data, "{call}");
    }
}

#[test]
fn failures() {
    for (call, message) in [
        ("cb('nope')", "nope"),
        ("cb(42)", "42"),
        ("cb(true)", "true"),
        ("cb({})", "[object Object]"),
        ("cb({ message: '' })", "[object Object]"),
        ("cb({ message: 'x', code: 5 })", "x"),
        ("cb([])", "Unknown error"),
        ("cb(new Error('boom'))", "boom"),
        ("cb(new Error('boom'), { dropped: 1 })", "boom"),
    ] {
        let run = body(call);
        let thrown = run.failure();
        assert_eq!(thrown.message.as_deref(), Some(message), "{call}");
        let stack = thrown.stack.as_deref().unwrap();
        assert!(
            stack.starts_with(&format!(
                "Error: {message}\n    at module.exports (hook.js:2:"
            )),
            "{call}: {stack}"
        );
        assert_eq!(thrown.line, Some(2), "{call}");
        let properties: serde_json::Value =
            serde_json::from_str(thrown.properties.as_deref().unwrap()).unwrap();
        let keys: Vec<&String> = properties.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["stack", "message"], "{call}");
    }
}

#[test]
fn own_properties_in_v8s_order() {
    let run = body(
        "const e = new Error('x'); e.code = 'c'; e.statusCode = 403; e.foo = undefined; e.fn = () => 1; e.data = {a: [1]}; cb(e);",
    );
    let properties: serde_json::Value =
        serde_json::from_str(run.failure().properties.as_deref().unwrap()).unwrap();
    let keys: Vec<&String> = properties.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["stack", "message", "code", "statusCode", "data"]);
    let run = body("class Mine extends PreUserRegistrationError {}\ncb(new Mine('log', 'shown'));");
    let properties: serde_json::Value =
        serde_json::from_str(run.failure().properties.as_deref().unwrap()).unwrap();
    let keys: Vec<&String> = properties.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["stack", "message", "name", "friendlyMessage"]);
    assert_eq!(properties["name"], "Mine");
    assert_eq!(properties["friendlyMessage"], "shown");
}

#[test]
fn what_cannot_be_serialized() {
    for call in [
        "user.self = user; cb(null, user)",
        "cb(null, 1n)",
        "cb(null, {toJSON() { throw new Error('t') }})",
    ] {
        match body(call).answer() {
            Some(Answer::Failure {
                kind: FailureKind::Serialization,
                thrown,
            }) => assert_eq!(
                thrown.message.as_deref(),
                Some("Error when JSON serializing the result of the extension point")
            ),
            other => panic!("{call}: {other:?}"),
        }
    }
    let run = body("const e = new Error('x'); e.self = e; cb(e)");
    let message = run.failure().message.clone().unwrap();
    assert!(
        message.starts_with("Error serializing error: Converting circular structure to JSON"),
        "{message}"
    );
    let run = body("const e = new Error('x'); e.big = 1n; cb(e)");
    assert_eq!(
        run.failure().message.as_deref(),
        Some("Error serializing error: Do not know how to serialize a BigInt")
    );
}

#[test]
fn twice_warns_and_ends_the_run() {
    let run = body("cb(null, {a: 1});\ncb(null, {a: 2});");
    assert_eq!(run.data(), "{\"a\":1}");
    let warnings = run.warnings();
    assert_eq!(
        (warnings[0].code.as_str(), warnings[0].line),
        ("callback-twice", Some(3))
    );
    let (thrown, rejected) = run.uncaught().unwrap();
    assert_eq!(
        thrown.message.as_deref(),
        Some("Cannot write headers after they are sent to the client")
    );
    assert!(!rejected);
}

#[test]
fn throws() {
    assert_eq!(body("throw new Error('x')").unhandled().display, "Error: x");
    let run = body("throw 'str'");
    assert_eq!(run.unhandled().display, "str");
    assert_eq!(run.unhandled().message, None);
    let run = body("cb();\nthrow new Error('late');");
    assert_eq!(run.data(), "{}");
    assert_eq!(run.uncaught().unwrap().0.line, Some(3));
    let run = body("setTimeout(() => { throw new Error('timer') }, 1)");
    assert!(run.answer().is_none());
    assert_eq!(run.uncaught().unwrap().0.message.as_deref(), Some("timer"));
    let run = super::support::hook("module.exports = async () => { throw new Error('async') }");
    assert!(run.answer().is_none());
    let (thrown, rejected) = run.uncaught().unwrap();
    assert!(rejected);
    assert_eq!(thrown.message.as_deref(), Some("async"));
}

#[test]
fn not_a_function() {
    for source in [
        "module.exports = {}",
        "module.exports = 'x'",
        "module.exports = undefined",
        "",
        "exports.default = () => 1",
        "function f() {}",
    ] {
        assert_eq!(
            super::support::hook(source).unhandled().display,
            "TypeError: func is not a function",
            "{source}"
        );
    }
    let run = super::support::hook("return function (user, context, cb) { cb(null, {r: 1}) }");
    assert_eq!(run.data(), "{\"r\":1}");
}
