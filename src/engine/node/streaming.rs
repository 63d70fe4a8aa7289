//! The core modules that stream and speak HTTP: all JavaScript, over `internal/outbox`.

use super::catalog::{CoreModule, unaided};

/// A module that is JavaScript alone.
macro_rules! script {
    ($name:literal, $file:literal) => {
        CoreModule {
            name: $name,
            source: include_str!(concat!("../../../assets/node/", $file)),
            native: unaided,
        }
    };
}

pub(super) const MODULES: &[CoreModule] = &[
    script!("http", "http.js"),
    script!("https", "https.js"),
    script!("internal/axios_errors", "internal/axios_errors.js"),
    script!("internal/axios_parts", "internal/axios_parts.js"),
    script!("internal/fetch/blob", "internal/fetch/blob.js"),
    script!("internal/fetch/body", "internal/fetch/body.js"),
    script!("internal/fetch/fetch", "internal/fetch/fetch.js"),
    script!("internal/fetch/form_data", "internal/fetch/form_data.js"),
    script!("internal/fetch/headers", "internal/fetch/headers.js"),
    script!("internal/fetch/request", "internal/fetch/request.js"),
    script!("internal/fetch/response", "internal/fetch/response.js"),
    script!("internal/http/agent", "internal/http/agent.js"),
    script!("internal/http/client", "internal/http/client.js"),
    script!("internal/http/common", "internal/http/common.js"),
    script!("internal/http/exchange", "internal/http/exchange.js"),
    script!("internal/http/incoming", "internal/http/incoming.js"),
    script!("internal/http/outgoing", "internal/http/outgoing.js"),
    script!("internal/http/socket", "internal/http/socket.js"),
    script!("internal/streams/abort", "internal/streams/abort.js"),
    script!("internal/streams/chunks", "internal/streams/chunks.js"),
    script!("internal/streams/compose", "internal/streams/compose.js"),
    script!("internal/streams/duplex", "internal/streams/duplex.js"),
    script!("internal/streams/finished", "internal/streams/finished.js"),
    script!(
        "internal/streams/iteration",
        "internal/streams/iteration.js"
    ),
    script!("internal/streams/kinds", "internal/streams/kinds.js"),
    script!("internal/streams/legacy", "internal/streams/legacy.js"),
    script!(
        "internal/streams/lifecycle",
        "internal/streams/lifecycle.js"
    ),
    script!(
        "internal/streams/operators",
        "internal/streams/operators.js"
    ),
    script!("internal/streams/pipe", "internal/streams/pipe.js"),
    script!("internal/streams/pipeline", "internal/streams/pipeline.js"),
    script!("internal/streams/readable", "internal/streams/readable.js"),
    script!("internal/streams/writable", "internal/streams/writable.js"),
    script!(
        "internal/webstreams/adapters",
        "internal/webstreams/adapters.js"
    ),
    script!("internal/webstreams/bytes", "internal/webstreams/bytes.js"),
    script!("internal/webstreams/pipe", "internal/webstreams/pipe.js"),
    script!(
        "internal/webstreams/readable",
        "internal/webstreams/readable.js"
    ),
    script!(
        "internal/webstreams/shared",
        "internal/webstreams/shared.js"
    ),
    script!("internal/webstreams/text", "internal/webstreams/text.js"),
    script!(
        "internal/webstreams/transform",
        "internal/webstreams/transform.js"
    ),
    script!(
        "internal/webstreams/writable",
        "internal/webstreams/writable.js"
    ),
    script!("internal/call_site", "internal/call_site.js"),
    script!("internal/intl/locales", "internal/intl/locales.js"),
    script!("internal/intl/numbers", "internal/intl/numbers.js"),
    script!("internal/intl/words", "internal/intl/words.js"),
    script!("stand-in/@slack/webhook", "stand-in/@slack/webhook.js"),
    script!("stand-in/axios", "stand-in/axios.js"),
    script!("stand-in/node-fetch", "stand-in/node-fetch.js"),
    script!("stand-in/request", "stand-in/request.js"),
    script!("stand-in/slack-notify", "stand-in/slack-notify.js"),
    script!("stream", "stream.js"),
    script!("stream/consumers", "stream_consumers.js"),
    script!("stream/promises", "stream_promises.js"),
    script!("stream/web", "stream_web.js"),
];
