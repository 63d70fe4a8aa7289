//! What a hook finds around it: context.webtask, core modules, timers, built-ins it has overwritten.

use hookbench::auth0::Point;

use super::support::{body, hook, program, run};

#[test]
fn webtask_has_its_keys_and_secrets() {
    let run = body(
        "cb(null, [Object.keys(context.webtask), context.webtask.secrets.KEY, context.webtask.data.KEY, context.webtask.body.user === user])",
    );
    assert_eq!(
        run.data(),
        "[[\"data\",\"headers\",\"id\",\"params\",\"query\",\"secrets\",\"meta\",\"storage\",\"token\",\"body_raw\",\"body\",\"create_token\",\"create_token_url\"],\"s3cret\",\"s3cret\",true]"
    );
    let sms = Point::SendPhoneMessage;
    let circular = run_at(
        sms,
        "module.exports = (recipient, text, context, cb) => cb(null, context)",
    );
    assert!(
        circular
            .failure()
            .message
            .as_deref()
            .unwrap()
            .starts_with("Error when JSON serializing")
    );
    assert_eq!(
        run_at(
            sms,
            "module.exports = (recipient, text, context, cb) => cb()"
        )
        .data(),
        "no data"
    );
    assert_eq!(
        run_at(sms, "module.exports = (r, t, c, cb) => cb(null, null)").data(),
        "null"
    );
    let client = run_at(
        Point::CredentialsExchange,
        "module.exports = (client, scope, audience, context, cb) => cb(null, [client.name, scope, audience, typeof context.webtask])",
    );
    assert_eq!(
        client.data(),
        "[\"client-name\",[\"read:connections\"],\"https://my-tenant.auth0.com/api/v2/\",\"object\"]"
    );
}

fn run_at(point: Point, source: &str) -> super::support::Run {
    run(program(point, source, point.default_body()))
}

#[test]
fn storage_keeps_one_document_and_refuses_a_blind_write() {
    let run = body(
        "const s = context.webtask.storage;\ntry { s.set({ n: 1 }, () => {}) } catch (e) { console.log(e.message) }\n\
         s.get((e, d) => { console.log(e, d); s.set({ n: 1 }, (e) => s.get((e, d) => cb(e, d))) });",
    );
    assert_eq!(
        run.text(),
        "When calling storage.set without having called storage.get before, you must specify the .force option.\nnull undefined"
    );
    assert_eq!(run.data(), "{\"n\":1}");
}

#[test]
fn overwritten_built_ins_disturb_nothing() {
    let run = body(
        "JSON.stringify = () => 'mine'; Object.keys = Object.getOwnPropertyNames = () => []; Array.prototype.map = null;\n\
         Array.prototype.push = null; globalThis.Error = null; Error.prototype && 1; Object.defineProperty = null;\n",
    );
    assert!(run.answer().is_some() || run.uncaught().is_some() || run.unhandled().line.is_some());
    let run = body(
        "JSON.stringify = () => 'mine'; Object.keys = () => []; Array.prototype.map = null; Array.prototype.push = null;\n\
         Array.prototype.join = null; String.prototype.replace = null; Object.getOwnPropertyNames = null;\n\
         globalThis.Map = globalThis.Symbol = globalThis.Promise = null; globalThis.Error = null;\n\
         console.log('%s', 'still', { a: [1, 2] });\ncb('nope');",
    );
    assert_eq!(run.text(), "still { a: [ 1, 2 ] }");
    assert_eq!(run.failure().message.as_deref(), Some("nope"));
    assert!(
        run.failure()
            .properties
            .as_deref()
            .unwrap()
            .starts_with("{\"stack\":\"Error: nope")
    );
}

#[test]
fn a_missing_module_is_nodes_error_and_our_sentence() {
    let run = body("try { require('lodash') } catch (e) { cb(null, [e.code, e.message]) }");
    assert!(
        run.data()
            .starts_with("[\"MODULE_NOT_FOUND\",\"Cannot find module 'lodash'"),
        "{}",
        run.data()
    );
    let warnings = run.warnings();
    assert_eq!(warnings[0].code, "module-missing");
    assert!(warnings[0].message.contains("lodash"), "{:?}", warnings[0]);
}

#[test]
fn nothing_of_the_host_is_visible() {
    let run = body(
        "cb(null, [process.env, process.platform, process.cwd(), __filename, __dirname, typeof process.version])",
    );
    assert_eq!(
        run.data(),
        "[{},\"linux\",\"/data/io\",\"/data/io/hook.js\",\"/data/io\",\"string\"]"
    );
}

#[test]
fn work_goes_on_after_the_callback() {
    let run = body("cb(null, {});\nsetTimeout(() => console.log('later'), 20);");
    assert_eq!(run.text(), "later");
    assert!(run.logs()[0].after_response && run.logs()[0].at_ms >= 19.0);
    let run = body("cb(); setInterval(() => {}, 5).unref(); setTimeout(() => {}, 1e6).unref();");
    assert_eq!(run.data(), "{}");
}

#[test]
fn use_strict_at_the_top_has_no_effect() {
    let run = hook(
        "'use strict';\nmodule.exports = function (user, context, cb) { leaked = 1; cb(null, { global: this === globalThis }); };",
    );
    assert_eq!(run.data(), "{\"global\":true}");
}

#[test]
fn shortening_an_array_works_every_time() {
    let run = body(
        "const q = [];\nfor (let i = 0; i < 3; i++) { q.push(1, 2, 3); q.length = 1; }\ncb(null, q);",
    );
    assert_eq!(run.data(), "[1]");
}

#[test]
fn an_unhandled_rejection_ends_the_run_and_a_handled_one_does_not() {
    let run = body("Promise.reject(new Error('lost'));\nsetTimeout(() => cb(), 5);");
    assert!(run.answer().is_none());
    assert!(
        run.uncaught()
            .is_some_and(|(thrown, rejected)| rejected && thrown.line == Some(2))
    );
    let run = body("Promise.reject(new Error('kept')).catch((e) => cb(e));");
    assert_eq!(run.failure().message.as_deref(), Some("kept"));
    let run = body("(async () => { try { await user.none.x } catch (e) { cb(e) } })();");
    assert_eq!(
        run.failure().message.as_deref(),
        Some("Cannot read properties of undefined (reading 'x')")
    );
    let run = body("Promise.resolve().then(() => user.none.x).catch((e) => cb(e.message));");
    assert_eq!(
        run.failure().message.as_deref(),
        Some("Cannot read properties of undefined (reading 'x')")
    );
}
