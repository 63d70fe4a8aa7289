//! ES modules: `require` of them and `import()`, in a folder of local files and packages, here and in Node.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test ends by panicking"
)]

#[path = "support/node.rs"]
mod node;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The files that all cases share.
const FILES: &[(&str, &str)] = &[
    ("package.json", "{}"),
    (
        "lib/counter.mjs",
        "export let count = 0;\nexport function up() { count++; return this; }\nexport { count as 'a name' };\nexport default class Named { static x = 1; }\n",
    ),
    (
        "lib/uses.mjs",
        "import Named, { count, up as increase } from './counter.mjs';\nimport * as all from './counter.mjs';\nimport fs, { readFileSync } from 'node:fs';\nimport cjs, { named } from './plain.cjs';\nimport { sep } from 'path';\nconst before = count;\nconst self = increase();\nexport const result = { before, after: count, self: self === undefined, same: all.count === count, name: Named.name, fs: fs.readFileSync === readFileSync, cjs, named, sep, short: { count }, keys: Object.keys(all) };\nexport const thisIs = typeof this;\n",
    ),
    ("lib/plain.cjs", "exports.named = 'n'; exports.other = 2;\n"),
    (
        "lib/a.mjs",
        "import { b } from './b.mjs';\nexport const a = 'a';\nexport const seen = () => b;\n",
    ),
    (
        "lib/b.mjs",
        "import { a, seen } from './a.mjs';\nexport const b = 'b';\nexport const late = () => a + seen();\n",
    ),
    (
        "lib/early.mjs",
        "import { value } from './late.mjs';\nexport const mine = 1;\n",
    ),
    (
        "lib/late.mjs",
        "import { mine } from './early.mjs';\nexport const value = mine;\n",
    ),
    (
        "lib/stars.mjs",
        "export * from './a.mjs';\nexport * from './counter.mjs';\nexport * as sub from './b.mjs';\nexport const zero = 0;\n",
    ),
    (
        "lib/waits.mjs",
        "export const value = await Promise.resolve(7);\n",
    ),
    (
        "lib/throws.mjs",
        "export const x = 1;\nthrow new RangeError('at load');\n",
    ),
    ("lib/wrong.mjs", "export const = 1;\n"),
    (
        "lib/meta.mjs",
        "export default [import.meta.filename.endsWith('lib/meta.mjs'), import.meta.url.startsWith('file://'), import.meta.dirname.endsWith('lib'), typeof import.meta.resolve];\n",
    ),
    (
        "lib/fn.mjs",
        "export default function () { return [...arguments].length; }\nexport async function* gen() { yield 1; }\nexport const arrow = async ({ a = 1 } = {}) => a;\n",
    ),
    (
        "lib/dynamic.mjs",
        "export const load = async (name) => (await import(name)).a;\n",
    ),
    (
        "node_modules/only-esm/package.json",
        "{\"type\":\"module\",\"version\":\"1.0.0\",\"exports\":{\".\":\"./index.js\",\"./sub\":\"./sub.js\"}}",
    ),
    (
        "node_modules/only-esm/index.js",
        "export default (x) => x * 2;\nexport const kind = 'esm';\n",
    ),
    (
        "node_modules/only-esm/sub.js",
        "export { kind } from 'only-esm';\n",
    ),
    (
        "node_modules/both/package.json",
        "{\"exports\":{\"import\":\"./m.mjs\",\"require\":\"./c.js\"}}",
    ),
    ("node_modules/both/m.mjs", "export const form = 'import';\n"),
    ("node_modules/both/c.js", "exports.form = 'require';\n"),
    (
        "node_modules/own/package.json",
        "{\"type\":\"module\",\"main\":\"i.js\"}",
    ),
    (
        "node_modules/own/i.js",
        "const value = { own: true };\nexport { value as 'module.exports' };\n",
    ),
];

/// Each is the body of an async function; its result is compared.
const CASES: &[&str] = &[
    "return (await import('./lib/uses.mjs')).result;",
    "const m = require('./lib/uses.mjs'); return [m.thisIs, m.result.before];",
    "const m = require('./lib/counter.mjs'); m.up(); m.up(); return [m.count, m['a name'], Object.keys(m), m.default.x, m.__esModule, Object.prototype.toString.call(m)];",
    "const m = await import('./lib/a.mjs'); return [m.a, m.seen(), (await import('./lib/b.mjs')).late(), m === await import('./lib/a.mjs')];",
    "return await import('./lib/early.mjs').catch((error) => error.name);",
    "const m = await import('./lib/stars.mjs'); return [Object.keys(m), m.sub.b, m.zero, m.count];",
    "return (await import('./lib/waits.mjs')).value;",
    "try { require('./lib/waits.mjs'); } catch (error) { return [error.code, error.name]; }",
    "const seen = []; for (let i = 0; i < 2; i++) { try { await import('./lib/throws.mjs'); } catch (error) { seen.push(error.message); } } return seen;",
    "return await import('./lib/wrong.mjs').catch((error) => error.name);",
    "return (await import('./lib/meta.mjs')).default;",
    "const m = await import('./lib/fn.mjs'); const all = []; for await (const x of m.gen()) all.push(x); return [m.default(1, 2), all, await m.arrow(), Object.keys(m)];",
    "return (await import('./lib/dynamic.mjs')).load('./a.mjs');",
    "const m = require('only-esm'); return [m.default(4), m.kind, require('only-esm/sub').kind, m.__esModule];",
    "return [require('both').form, (await import('both')).form];",
    "return require('own');",
    "const m = await import('fs'); return [typeof m.default.readFileSync, m.default === require('fs'), 'readFileSync' in m];",
    "return await import('nothing-here').catch((error) => [error.code, error.name]);",
    "return await import('./lib/nothing.mjs').catch((error) => error.code);",
    "return await import('./lib/a').catch((error) => error.code);",
    "return await import('node:nothing').catch((error) => error.code);",
    "return await import('only-esm/inner').catch((error) => error.code);",
    "const m = await import('./lib/plain.cjs'); return [m.default, m.named, m.other];",
    "let order = []; const p = import('./lib/a.mjs').then(() => order.push('import')); order.push('sync'); await p; return order;",
];

fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn script(case: &str) -> String {
    format!(
        "const main = async () => {{ {case} }};\nmodule.exports = (context, cb) => main().then((result) => cb(null, {{ result }}), (error) => cb(null, {{ thrown: String(error && error.stack) }}));\n"
    )
}

#[test]
fn modules_are_loaded_as_node_loads_them() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        write(folder.path(), name, text);
    }
    let mut faults = Vec::new();
    for case in CASES {
        write(folder.path(), "hook.js", &script(case));
        let output = Command::new(env!("CARGO_BIN_EXE_hookbench"))
            .args(["run", "--point", "generic", "--format", "json"])
            .arg(folder.path().join("hook.js"))
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let here = if report["error"].is_null() {
            report["response"].to_string()
        } else {
            report["error"].to_string()
        };
        let Some(mut node) = node::command() else {
            return;
        };
        let output = node
            .args([
                "--no-warnings",
                "-e",
                "require('./hook.js')({}, (error, result) => console.log(JSON.stringify(result)))",
            ])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let there = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if here != there {
            faults.push(format!("{case}\n  node {there}\n  here {here}"));
        }
    }
    assert!(
        faults.is_empty(),
        "{} differ:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
