//! The clock of `performance`: milliseconds since the run began, and when that was.

use std::time::{SystemTime, UNIX_EPOCH};

use boa_engine::{Context, JsObject, JsResult};

use super::super::state::State;
use super::functions;

/// Fills `native` of `perf_hooks`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            ("now", 0, |_, _, context| {
                Ok(State::of(context)?.now_ms().into())
            }),
            ("origin", 0, |_, _, context| {
                let now = SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .unwrap_or_default();
                Ok((now.as_secs_f64() * 1000.0 - State::of(context)?.now_ms()).into())
            }),
        ],
        context,
    )
}
