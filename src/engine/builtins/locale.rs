//! `toLocaleString` and its kin: `internal/intl` does what boa leaves out, loaded when it is first asked.

use boa_engine::builtins::date::Date;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsArgs, JsNativeError, JsObject, JsResult, JsValue, js_string};

use super::super::node;
use super::{global, replace};

pub(super) fn install(context: &mut Context) -> JsResult<()> {
    if let Some(number) = prototype("Number", context)? {
        replace(&number, "toLocaleString", number_text, context)?;
    }
    if let Some(number) = prototype("BigInt", context)? {
        replace(&number, "toLocaleString", number_text, context)?;
    }
    if let Some(date) = prototype("Date", context)? {
        replace(&date, "toLocaleString", date_time_text, context)?;
        replace(&date, "toLocaleDateString", date_text, context)?;
        replace(&date, "toLocaleTimeString", time_text, context)?;
    }
    if let Some(array) = prototype("Array", context)? {
        replace(&array, "toLocaleString", array_text, context)?;
    }
    if let Some(string) = prototype("String", context)? {
        replace(&string, "localeCompare", compare, context)?;
    }
    Ok(())
}

fn prototype(name: &str, context: &mut Context) -> JsResult<Option<JsObject>> {
    let Some(class) = global(name, context)? else {
        return Ok(None);
    };
    Ok(class.get(js_string!("prototype"), context)?.as_object())
}

/// Calls a function of `internal/intl`.
fn by_intl(name: &str, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let intl = node::load("internal/intl", context)?.to_object(context)?;
    let function = intl.get(js_string!(name), context)?;
    let function = function.as_callable().ok_or_else(JsNativeError::typ)?;
    function.call(&JsValue::undefined(), args, context)
}

/// The value and what a method was given: locales and options.
fn given(value: JsValue, args: &[JsValue]) -> [JsValue; 3] {
    [
        value,
        args.get_or_undefined(0).clone(),
        args.get_or_undefined(1).clone(),
    ]
}

fn number_text(
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    // boa's own refuses what is no number, and takes a Number object apart.
    let value = if this.is_number() || this.is_bigint() {
        this.clone()
    } else {
        original.call(this, &[], context)?;
        this.to_primitive(context, boa_engine::value::PreferredType::Number)?
    };
    by_intl("number", &given(value, args), context)
}

fn date(
    name: &str,
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let is_date = this.as_object().is_some_and(|object| object.is::<Date>());
    if !is_date {
        return original.call(this, args, context);
    }
    let time = this.to_number(context)?;
    by_intl(name, &given(time.into(), args), context)
}

fn date_time_text(
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    date("dateTime", this, args, original, context)
}

fn date_text(
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    date("date", this, args, original, context)
}

fn time_text(
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    date("time", this, args, original, context)
}

/// The elements' own texts with commas between them; boa puts a space behind each.
fn array_text(
    this: &JsValue,
    args: &[JsValue],
    _: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let array = this.to_object(context)?;
    let length = array
        .get(js_string!("length"), context)?
        .to_length(context)?;
    let mut text = Vec::new();
    for index in 0..length {
        if index > 0 {
            text.push(js_string!(","));
        }
        let element = array.get(index, context)?;
        if element.is_null_or_undefined() {
            continue;
        }
        let object = element.to_object(context)?;
        let own = object.get(js_string!("toLocaleString"), context)?;
        let own = own
            .as_callable()
            .ok_or_else(|| JsNativeError::typ().with_message("toLocaleString is not a function"))?;
        let part = own.call(&element, args, context)?;
        text.push(part.to_string(context)?);
    }
    let parts: Vec<_> = text.iter().map(|part| part.as_str()).collect();
    Ok(boa_engine::JsString::concat_array(&parts).into())
}

fn compare(
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    if this.is_null_or_undefined() {
        return original.call(this, args, context);
    }
    let this = this.to_string(context)?;
    let other = args.get_or_undefined(0).to_string(context)?;
    let all = [
        this.into(),
        other.into(),
        args.get_or_undefined(1).clone(),
        args.get_or_undefined(2).clone(),
    ];
    by_intl("compare", &all, context)
}
