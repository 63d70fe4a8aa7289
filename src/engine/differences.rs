//! What scripts do otherwise here than on Node, each with an example. The README's table, the window's help and the lists
//! of what tests may find different are all of this table; a test runs each example here and in Node.

/// One thing that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// What the tests' lists of differing lines call it.
    pub id: &'static str,
    /// A sentence or two for the author of a hook.
    pub what: &'static str,
    /// A script that shows it on one line.
    pub example: &'static str,
    /// What it prints on Node 22.
    pub node: &'static str,
    /// What it prints here.
    pub here: &'static str,
}

/// All that is known, the most likely to be met first.
pub const DIFFERENCES: &[Difference] = &[
    Difference {
        id: "host",
        what: "There is no host: `process.env` is empty, `process` and `os` tell of a made-up machine, and `fs`, `net`, `tls`, `dns`, `child_process`, `worker_threads` and the like refuse what they are asked for.",
        example: "try { require('fs').readFileSync('/etc/hostname'); console.log('read') } catch (e) { console.log(e.code) }",
        node: "read",
        here: "ERR_ACCESS_DENIED",
    },
    Difference {
        id: "intl",
        what: "`Intl` knows the forms of English (US, GB, CA), German, French, Spanish and Swedish, and English for all other locales; names of units, regions and relative times are English and few.",
        example: "console.log((12345.5).toLocaleString('it-IT'))",
        node: "12.345,5",
        here: "12,345.5",
    },
    Difference {
        id: "import",
        what: "An ES module runs as a function: one that awaits at its top level is reached by `import()` alone, what an `import` takes from CommonJS is every property, and a namespace's properties can be redefined.",
        example: "import('fs').then((m) => console.log(Object.getOwnPropertyDescriptor(m, 'readFileSync').configurable))",
        node: "false",
        here: "true",
    },
    Difference {
        id: "stack-depth",
        what: "Recursion ends at about 10,000 calls, as deep as in Node with its smallest stack; how deep Node gets depends on the size of a function's frame.",
        example: "let n = 0; function f() { n++; f() } try { f() } catch (e) { console.log(e.name, n > 12000) }",
        node: "RangeError true",
        here: "RangeError false",
    },
    Difference {
        id: "endless-to-string",
        what: "A `toString` that asks for its own text without end gives some text instead of a RangeError.",
        example: "const o = { toString() { return '' + this } }; try { console.log(typeof ('' + o)) } catch (e) { console.log(e.name) }",
        node: "RangeError",
        here: "string",
    },
    Difference {
        id: "strict-words",
        what: "Errors that strict mode throws for writing what cannot be written or deleting what cannot be deleted have other words.",
        example: "(() => { 'use strict'; try { Object.freeze({}).b = 2 } catch (e) { console.log(e.message) } })()",
        node: "Cannot add property b, object is not extensible",
        here: "Cannot assign to read only property 'b' of object '#<Object>'",
    },
    Difference {
        id: "destructuring-words",
        what: "An error of taking apart `null` or `undefined` names the value, not always the property or the callee, and stands at the start of its function.",
        example: "try { const { a: { b } } = { a: null } } catch (e) { console.log(e.message) }",
        node: "Cannot read properties of null (reading 'b')",
        here: "Cannot destructure 'null' as it is null.",
    },
    Difference {
        id: "rare-words",
        what: "Rare errors of the built-ins have the engine's own words; their class is the same.",
        example: "try { Array.from(5, 6) } catch (e) { console.log(e.message) }",
        node: "6 is not a function",
        here: "`number` is not callable",
    },
    Difference {
        id: "syntax-words",
        what: "What does not compile in `eval`, `new Function` or `new RegExp` is told in the engine's words.",
        example: "try { new Function('if(') } catch (e) { console.log(e.message) }",
        node: "Unexpected token '}'",
        here: "Unexpected end of input",
    },
    Difference {
        id: "call-sites",
        what: "`Error.prepareStackTrace` is given the frames of scripts alone, without the functions and the `this` they were called with.",
        example: "Error.prepareStackTrace = (error, sites) => typeof sites[0].getFunction(); (function f() { console.log(new Error('x').stack) })()",
        node: "function",
        here: "undefined",
    },
    Difference {
        id: "inspect",
        what: "`util.inspect` and `console.log` cannot look into a Proxy, and a class given for `%s` is shown without its text.",
        example: "console.log(require('util').inspect(new Proxy({ a: 1 }, {}), { showProxy: true }))",
        node: "Proxy [ { a: 1 }, {} ]",
        here: "{ a: 1 }",
    },
    Difference {
        id: "webassembly",
        what: "There is no `WebAssembly`: packages that bring compiled code do not load.",
        example: "console.log(typeof WebAssembly)",
        node: "object",
        here: "undefined",
    },
    Difference {
        id: "crypto",
        what: "`crypto` has RSA, the curves P-256, P-384, P-521, Ed25519 and X25519; AES (CBC, CTR, ECB, GCM), triple DES, ChaCha20-Poly1305; MD5, SHA-1, SHA-2, RIPEMD-160. What it does not have (SHA-3, Diffie-Hellman by primes, DSA, other curves and modes) says so. Of a certificate it reads key and fingerprints. Work with a callback is done at once, and the callback comes in a later turn.",
        example: "try { require('crypto').createHash('sha3-256'); console.log('made') } catch (e) { console.log(e.message) }",
        node: "made",
        here: "Digest method not supported",
    },
    Difference {
        id: "zlib",
        what: "`zlib` packs into other bytes than Node's, of about the same size, and has no dictionaries; what is unpacked at once ends at 128 MiB.",
        example: "const z = require('zlib'); try { z.deflateSync('a', { dictionary: Buffer.from('a') }); console.log('packed') } catch (e) { console.log('refused') }",
        node: "packed",
        here: "refused",
    },
    Difference {
        id: "nesting",
        what: "Brackets nested more than 1,000 deep do not compile.",
        example: "try { new Function('return ' + '['.repeat(1500) + ']'.repeat(1500)); console.log('compiles') } catch (e) { console.log(e.name) }",
        node: "compiles",
        here: "RangeError",
    },
    Difference {
        id: "corners",
        what: "Corners of the core modules in which Node does not follow its own documents or standards, and this does; or rests on its machine.",
        example: "console.log(JSON.stringify(require('path').parse('/..').ext))",
        node: "\".\"",
        here: "\"\"",
    },
];

/// The whole as a table in Markdown, as it stands in the README.
pub fn markdown() -> String {
    let mut table = "| what | example | on Node | here |\n|---|---|---|---|\n".to_owned();
    for difference in DIFFERENCES {
        // Two backticks, so that one may stand within.
        let code = |text: &str| format!("`` {} ``", text.replace('|', "\\|"));
        let row = [
            difference.what.to_owned(),
            code(difference.example),
            code(difference.node),
            code(difference.here),
        ];
        table.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    table
}
