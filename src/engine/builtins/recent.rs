//! Names that boa has and Node 22 has not: a hook that asks whether they are there must hear the same answer.

use boa_engine::{Context, JsObject, JsResult, js_string};

/// Objects by the path from the global one, each with the names that are taken off.
const NEWER: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "AsyncDisposableStack",
            "DisposableStack",
            "Float16Array",
            "SuppressedError",
            "Temporal",
        ],
    ),
    ("Math", &["f16round", "sumPrecise"]),
    ("RegExp", &["escape"]),
    ("Promise", &["try"]),
    ("Error", &["isError"]),
    ("Iterator", &["concat", "zip", "zipKeyed"]),
    ("Uint8Array", &["fromBase64", "fromHex"]),
    (
        "Uint8Array.prototype",
        &["toBase64", "toHex", "setFromBase64", "setFromHex"],
    ),
    ("DataView.prototype", &["getFloat16", "setFloat16"]),
    ("Map.prototype", &["getOrInsert", "getOrInsertComputed"]),
    ("WeakMap.prototype", &["getOrInsert", "getOrInsertComputed"]),
    ("Atomics", &["pause"]),
    ("JSON", &["rawJSON", "isRawJSON"]),
];

/// Takes the names off.
///
/// # Errors
/// Only if the engine refuses to delete.
pub(super) fn hide(context: &mut Context) -> JsResult<()> {
    for (path, names) in NEWER {
        let mut object: Option<JsObject> = Some(context.global_object());
        for part in path.split('.').filter(|part| !part.is_empty()) {
            object = match object {
                Some(object) => object.get(js_string!(part), context)?.as_object(),
                None => None,
            };
        }
        let Some(object) = object else { continue };
        for name in *names {
            object.delete_property_or_throw(js_string!(*name), context)?;
        }
    }
    Ok(())
}
