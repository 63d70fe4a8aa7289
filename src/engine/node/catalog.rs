//! The core modules there are, each with its JavaScript and its help, and the globals that come out of them.

use boa_engine::{Context, JsObject, JsResult};

use super::{
    assert, async_hooks, buffer, crypto, errors, intl, loader, module, outbox, perf_hooks, process,
    text_encoding, url, util, zlib,
};

/// One core module.
pub struct CoreModule {
    /// As it is required, without `node:`. Names that begin with `internal/` are for other core modules alone.
    pub name: &'static str,
    /// A function body that fills `module.exports`; it sees `module`, `exports`, `require` (core modules alone, with
    /// the internal ones) and `native`. The engine's lowering does not see it: write `list['length'] = n`.
    pub source: &'static str,
    /// Fills the object that the source calls `native`.
    pub native: fn(&JsObject, &mut Context) -> JsResult<()>,
}

/// The core modules there are, by name, beside those of [`super::streaming`].
pub const CORE: &[CoreModule] = &[
    CoreModule {
        name: "assert",
        source: include_str!("../../../assets/node/assert.js"),
        native: assert::install,
    },
    CoreModule {
        name: "internal/encoding",
        source: include_str!("../../../assets/node/internal/encoding.js"),
        native: text_encoding::install,
    },
    CoreModule {
        name: "module",
        source: include_str!("../../../assets/node/module.js"),
        native: module::install,
    },
    CoreModule {
        name: "worker_threads",
        source: include_str!("../../../assets/node/worker_threads.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/message_channel",
        source: include_str!("../../../assets/node/internal/message_channel.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/structured_clone",
        source: include_str!("../../../assets/node/internal/structured_clone.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/assertion_error",
        source: include_str!("../../../assets/node/internal/assertion_error.js"),
        native: unaided,
    },
    CoreModule {
        name: "assert/strict",
        source: include_str!("../../../assets/node/assert/strict.js"),
        native: unaided,
    },
    CoreModule {
        name: "vm",
        source: include_str!("../../../assets/node/vm.js"),
        native: unaided,
    },
    CoreModule {
        name: "v8",
        source: include_str!("../../../assets/node/v8.js"),
        native: unaided,
    },
    CoreModule {
        name: "os",
        source: include_str!("../../../assets/node/os.js"),
        native: unaided,
    },
    CoreModule {
        name: "constants",
        source: include_str!("../../../assets/node/constants.js"),
        native: unaided,
    },
    CoreModule {
        name: "domain",
        source: include_str!("../../../assets/node/domain.js"),
        native: unaided,
    },
    CoreModule {
        name: "sys",
        source: include_str!("../../../assets/node/sys.js"),
        native: unaided,
    },
    CoreModule {
        name: "util/types",
        source: include_str!("../../../assets/node/util/types.js"),
        native: unaided,
    },
    CoreModule {
        name: "path/win32",
        source: include_str!("../../../assets/node/path/win32.js"),
        native: unaided,
    },
    CoreModule {
        name: "path/posix",
        source: include_str!("../../../assets/node/path/posix.js"),
        native: unaided,
    },
    CoreModule {
        name: "tty",
        source: include_str!("../../../assets/node/tty.js"),
        native: unaided,
    },
    CoreModule {
        name: "readline/promises",
        source: include_str!("../../../assets/node/readline/promises.js"),
        native: unaided,
    },
    CoreModule {
        name: "readline",
        source: include_str!("../../../assets/node/readline.js"),
        native: unaided,
    },
    CoreModule {
        name: "wasi",
        source: include_str!("../../../assets/node/wasi.js"),
        native: unaided,
    },
    CoreModule {
        name: "console",
        source: include_str!("../../../assets/node/console.js"),
        native: unaided,
    },
    CoreModule {
        name: "trace_events",
        source: include_str!("../../../assets/node/trace_events.js"),
        native: unaided,
    },
    CoreModule {
        name: "repl",
        source: include_str!("../../../assets/node/repl.js"),
        native: unaided,
    },
    CoreModule {
        name: "inspector/promises",
        source: include_str!("../../../assets/node/inspector/promises.js"),
        native: unaided,
    },
    CoreModule {
        name: "inspector",
        source: include_str!("../../../assets/node/inspector.js"),
        native: unaided,
    },
    CoreModule {
        name: "dgram",
        source: include_str!("../../../assets/node/dgram.js"),
        native: unaided,
    },
    CoreModule {
        name: "http2",
        source: include_str!("../../../assets/node/http2.js"),
        native: unaided,
    },
    CoreModule {
        name: "cluster",
        source: include_str!("../../../assets/node/cluster.js"),
        native: unaided,
    },
    CoreModule {
        name: "child_process",
        source: include_str!("../../../assets/node/child_process.js"),
        native: unaided,
    },
    CoreModule {
        name: "dns/promises",
        source: include_str!("../../../assets/node/dns/promises.js"),
        native: unaided,
    },
    CoreModule {
        name: "dns",
        source: include_str!("../../../assets/node/dns.js"),
        native: unaided,
    },
    CoreModule {
        name: "tls",
        source: include_str!("../../../assets/node/tls.js"),
        native: unaided,
    },
    CoreModule {
        name: "net",
        source: include_str!("../../../assets/node/net.js"),
        native: unaided,
    },
    CoreModule {
        name: "fs/promises",
        source: include_str!("../../../assets/node/fs/promises.js"),
        native: unaided,
    },
    CoreModule {
        name: "fs",
        source: include_str!("../../../assets/node/fs.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/uv",
        source: include_str!("../../../assets/node/internal/uv.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/refusal",
        source: include_str!("../../../assets/node/internal/refusal.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/process",
        source: include_str!("../../../assets/node/internal/process.js"),
        native: process::help,
    },
    CoreModule {
        name: "async_hooks",
        source: include_str!("../../../assets/node/async_hooks.js"),
        native: async_hooks::install,
    },
    CoreModule {
        name: "internal/types",
        source: include_str!("../../../assets/node/internal/types.js"),
        native: util::install,
    },
    CoreModule {
        name: "internal/intl",
        source: include_str!("../../../assets/node/internal/intl.js"),
        native: intl::install,
    },
    CoreModule {
        name: "internal/intl/dates",
        source: include_str!("../../../assets/node/internal/intl/dates.js"),
        native: intl::install,
    },
    CoreModule {
        name: "timers/promises",
        source: include_str!("../../../assets/node/timers/promises.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/parse_args",
        source: include_str!("../../../assets/node/internal/parse_args.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/comparisons",
        source: include_str!("../../../assets/node/internal/comparisons.js"),
        native: unaided,
    },
    CoreModule {
        name: "diagnostics_channel",
        source: include_str!("../../../assets/node/diagnostics_channel.js"),
        native: unaided,
    },
    CoreModule {
        name: "string_decoder",
        source: include_str!("../../../assets/node/string_decoder.js"),
        native: unaided,
    },
    CoreModule {
        name: "path",
        source: include_str!("../../../assets/node/path.js"),
        native: unaided,
    },
    CoreModule {
        name: "perf_hooks",
        source: include_str!("../../../assets/node/perf_hooks.js"),
        native: perf_hooks::install,
    },
    CoreModule {
        name: "punycode",
        source: include_str!("../../../assets/node/punycode.js"),
        native: url::install_punycode,
    },
    CoreModule {
        name: "querystring",
        source: include_str!("../../../assets/node/querystring.js"),
        native: unaided,
    },
    CoreModule {
        name: "url",
        source: include_str!("../../../assets/node/url.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/url",
        source: include_str!("../../../assets/node/internal/url.js"),
        native: url::install,
    },
    CoreModule {
        name: "internal/abort_controller",
        source: include_str!("../../../assets/node/internal/abort_controller.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/event_target",
        source: include_str!("../../../assets/node/internal/event_target.js"),
        native: unaided,
    },
    CoreModule {
        name: "buffer",
        source: include_str!("../../../assets/node/buffer.js"),
        native: buffer::install,
    },
    CoreModule {
        name: "crypto",
        source: include_str!("../../../assets/node/crypto.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/cipher",
        source: include_str!("../../../assets/node/internal/crypto/cipher.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/hash",
        source: include_str!("../../../assets/node/internal/crypto/hash.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/keys",
        source: include_str!("../../../assets/node/internal/crypto/keys.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/lazy",
        source: include_str!("../../../assets/node/internal/crypto/lazy.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/random",
        source: include_str!("../../../assets/node/internal/crypto/random.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/sign",
        source: include_str!("../../../assets/node/internal/crypto/sign.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/web",
        source: include_str!("../../../assets/node/internal/crypto/web.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/web_keys",
        source: include_str!("../../../assets/node/internal/crypto/web_keys.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/crypto/native",
        source: "module.exports = native;",
        native: crypto::install,
    },
    CoreModule {
        name: "events",
        source: include_str!("../../../assets/node/events.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/dom_exception",
        source: include_str!("../../../assets/node/internal/dom_exception.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/errors",
        source: include_str!("../../../assets/node/internal/errors.js"),
        native: errors::install,
    },
    CoreModule {
        name: "internal/validators",
        source: include_str!("../../../assets/node/internal/validators.js"),
        native: unaided,
    },
    CoreModule {
        name: "internal/loader",
        source: include_str!("../../../assets/node/internal/loader.js"),
        native: loader::install,
    },
    CoreModule {
        name: "internal/outbox",
        source: include_str!("../../../assets/node/internal/outbox.js"),
        native: outbox::install,
    },
    CoreModule {
        name: "process",
        source: "module.exports = process;",
        native: unaided,
    },
    CoreModule {
        name: "timers",
        source: include_str!("../../../assets/node/timers.js"),
        native: unaided,
    },
    CoreModule {
        name: "util",
        source: include_str!("../../../assets/node/util.js"),
        native: util::install,
    },
    CoreModule {
        name: "zlib",
        source: include_str!("../../../assets/node/zlib.js"),
        native: zlib::install,
    },
];

/// Globals that are there from the start and loaded when they are first read: the name, and the core module that
/// exports it under the same name.
pub const LAZY_GLOBALS: &[(&str, &str)] = &[
    ("PerformanceObserverEntryList", "perf_hooks"),
    ("PerformanceObserver", "perf_hooks"),
    ("PerformanceMeasure", "perf_hooks"),
    ("PerformanceMark", "perf_hooks"),
    ("PerformanceEntry", "perf_hooks"),
    ("Performance", "perf_hooks"),
    ("BroadcastChannel", "internal/message_channel"),
    ("MessagePort", "internal/message_channel"),
    ("MessageEvent", "internal/message_channel"),
    ("MessageChannel", "internal/message_channel"),
    ("Intl", "internal/intl"),
    ("structuredClone", "internal/structured_clone"),
    ("TextEncoder", "internal/encoding"),
    ("TextDecoder", "internal/encoding"),
    ("performance", "perf_hooks"),
    ("URLSearchParams", "internal/url"),
    ("URL", "internal/url"),
    ("Buffer", "buffer"),
    ("DOMException", "internal/dom_exception"),
    ("AbortController", "internal/abort_controller"),
    ("AbortSignal", "internal/abort_controller"),
    ("CustomEvent", "internal/event_target"),
    ("Event", "internal/event_target"),
    ("EventTarget", "internal/event_target"),
    ("Crypto", "internal/crypto/web"),
    ("CryptoKey", "internal/crypto/web"),
    ("SubtleCrypto", "internal/crypto/web"),
    ("atob", "buffer"),
    ("btoa", "buffer"),
    ("crypto", "internal/crypto/web"),
    ("Blob", "internal/fetch/blob"),
    ("ByteLengthQueuingStrategy", "stream/web"),
    ("CompressionStream", "stream/web"),
    ("CountQueuingStrategy", "stream/web"),
    ("DecompressionStream", "stream/web"),
    ("File", "internal/fetch/blob"),
    ("FormData", "internal/fetch/form_data"),
    ("Headers", "internal/fetch/headers"),
    ("ReadableByteStreamController", "stream/web"),
    ("ReadableStream", "stream/web"),
    ("ReadableStreamBYOBReader", "stream/web"),
    ("ReadableStreamBYOBRequest", "stream/web"),
    ("ReadableStreamDefaultController", "stream/web"),
    ("ReadableStreamDefaultReader", "stream/web"),
    ("Request", "internal/fetch/request"),
    ("Response", "internal/fetch/response"),
    ("TextDecoderStream", "stream/web"),
    ("TextEncoderStream", "stream/web"),
    ("TransformStream", "stream/web"),
    ("TransformStreamDefaultController", "stream/web"),
    ("WritableStream", "stream/web"),
    ("WritableStreamDefaultController", "stream/web"),
    ("WritableStreamDefaultWriter", "stream/web"),
    ("fetch", "internal/fetch/fetch"),
];

/// A module that needs no help of the engine.
pub fn unaided(_: &JsObject, _: &mut Context) -> JsResult<()> {
    Ok(())
}
