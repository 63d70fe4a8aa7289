//! Methods of strings: linear where boa is quadratic, and lengths refused that boa ends the process for.

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::{Context, JsArgs, JsNativeError, JsResult, JsStr, JsString, JsValue};

use super::super::errors::display;

/// The longest string V8 makes.
const LONGEST: f64 = 536_870_888.0;

/// Replaces them on `String.prototype`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let prototype = context.intrinsics().constructors().string().prototype();
    super::replace(&prototype, "split", split, context)?;
    super::replace(&prototype, "replaceAll", replace_all, context)?;
    super::replace(&prototype, "repeat", repeat, context)?;
    super::replace(&prototype, "padStart", pad, context)?;
    super::replace(&prototype, "padEnd", pad, context)
}

/// Where `needle` stands in `text`, without overlapping. Never called with an empty needle.
fn places(text: JsStr<'_>, needle: JsStr<'_>, limit: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let (text, needle): (Vec<u16>, Vec<u16>) = (text.iter().collect(), needle.iter().collect());
    let Some(first) = needle.first() else {
        return found;
    };
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(next) = rest.iter().position(|unit| unit == first) else {
            break;
        };
        if found.len() >= limit {
            break;
        }
        if rest
            .get(next..)
            .is_some_and(|here| here.starts_with(&needle))
        {
            found.push(at + next);
            at += next + needle.len();
        } else {
            at += next + 1;
        }
    }
    found
}

fn split(
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let (Some(text), Some(separator)) = (this.as_string(), args.get_or_undefined(0).as_string())
    else {
        return original.call(this, args, context);
    };
    if separator.is_empty() || text.is_empty() {
        return original.call(this, args, context);
    }
    let limit = match args.get_or_undefined(1) {
        limit if limit.is_undefined() => u32::MAX,
        limit => limit.to_u32(context)?,
    } as usize;
    let mut parts: Vec<JsValue> = Vec::new();
    let mut from = 0;
    for at in places(text.as_str(), separator.as_str(), limit) {
        parts.push(text.slice(from, at).into());
        from = at + separator.len();
    }
    parts.push(text.slice(from, text.len()).into());
    parts.truncate(limit);
    Ok(JsArray::from_iter(parts, context).into())
}

fn replace_all(
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let (Some(text), Some(needle), Some(by)) = (
        this.as_string(),
        args.get_or_undefined(0).as_string(),
        args.get_or_undefined(1).as_string(),
    ) else {
        return original.call(this, args, context);
    };
    // `$` stands for something else than itself.
    if needle.is_empty() || by.contains(b'$') {
        return original.call(this, args, context);
    }
    let found = places(text.as_str(), needle.as_str(), usize::MAX);
    if found.is_empty() {
        return Ok(text.into());
    }
    let mut parts: Vec<JsString> = Vec::with_capacity(found.len() * 2 + 1);
    let mut from = 0;
    for at in found {
        parts.push(text.slice(from, at));
        parts.push(by.clone());
        from = at + needle.len();
    }
    parts.push(text.slice(from, text.len()));
    let parts: Vec<JsStr<'_>> = parts.iter().map(JsString::as_str).collect();
    Ok(JsString::concat_array(&parts).into())
}

fn repeat(
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    if let Some(text) = this.as_string() {
        let given = args.get_or_undefined(0);
        let count = given.to_number(context)?;
        if count <= -1.0 || count == f64::INFINITY {
            let message = format!("Invalid count value: {}", display(given, context));
            return Err(JsNativeError::range().with_message(message).into());
        }
        // A length of a string fits into a double.
        #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
        let length = text.len() as f64 * count.trunc();
        if length > LONGEST {
            return Err(too_long());
        }
        return original.call(this, &[count.into()], context);
    }
    original.call(this, args, context)
}

fn pad(
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let length = args.get_or_undefined(0).to_length(context)?;
    let filled = args
        .get(1)
        .is_none_or(|filler| filler.as_string().is_none_or(|text| !text.is_empty()));
    #[expect(clippy::cast_precision_loss, reason = "at most 2^53")]
    if filled && length as f64 > LONGEST {
        return Err(too_long());
    }
    original.call(this, args, context)
}

fn too_long() -> boa_engine::JsError {
    JsNativeError::range()
        .with_message("Invalid string length")
        .into()
}
