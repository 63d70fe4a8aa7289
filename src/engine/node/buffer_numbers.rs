//! `buf.read…` and `buf.write…`: numbers in bytes, with Node's checks and errors.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::{
    Context, JsArgs, JsBigInt, JsError, JsObject, JsResult, JsValue, NativeFunction, js_string,
};

use super::bytes::View;
use super::errors::{coded, out_of_range, wrong_type};

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Unsigned,
    Signed,
    Float,
    BigUnsigned,
    BigSigned,
}

/// One way of standing in bytes; `bytes` 0 means that the caller says how many.
#[derive(Clone, Copy)]
struct Form {
    kind: Kind,
    bytes: usize,
    little: bool,
}

/// Every form by the end of its method's name.
fn forms() -> Vec<(String, Form)> {
    let mut forms = Vec::new();
    for (name, kind, bytes) in [
        ("UInt8", Kind::Unsigned, 1),
        ("Int8", Kind::Signed, 1),
        ("UInt16", Kind::Unsigned, 2),
        ("Int16", Kind::Signed, 2),
        ("UInt32", Kind::Unsigned, 4),
        ("Int32", Kind::Signed, 4),
        ("UInt", Kind::Unsigned, 0),
        ("Int", Kind::Signed, 0),
        ("Float", Kind::Float, 4),
        ("Double", Kind::Float, 8),
        ("BigUInt64", Kind::BigUnsigned, 8),
        ("BigInt64", Kind::BigSigned, 8),
    ] {
        for (end, little) in [("LE", true), ("BE", false)] {
            let form = Form {
                kind,
                bytes,
                little,
            };
            if bytes == 1 {
                if little {
                    forms.push((name.to_owned(), form));
                }
            } else {
                forms.push((format!("{name}{end}"), form));
            }
        }
    }
    forms
}

/// Puts all methods on `target`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(target: &JsObject, context: &mut Context) -> JsResult<()> {
    for (end, form) in forms() {
        let read = NativeFunction::from_copy_closure(move |this, args, context| {
            read(this, args, form, context)
        });
        let write = NativeFunction::from_copy_closure(move |this, args, context| {
            write(this, args, form, context)
        });
        for (verb, length, function) in [("read", 1, read), ("write", 2, write)] {
            let name = format!("{verb}{end}");
            let function = FunctionObjectBuilder::new(context.realm(), function)
                .name(js_string!(name.as_str()))
                .length(length + usize::from(form.bytes == 0))
                .build();
            target.set(js_string!(name.as_str()), function.clone(), true, context)?;
            if name.contains("UInt") {
                let alias = name.replace("UInt", "Uint");
                target.set(js_string!(alias), function, true, context)?;
            }
        }
    }
    Ok(())
}

fn view_of(this: &JsValue, context: &mut Context) -> JsResult<View> {
    match View::of(this, context)? {
        Some(view) => Ok(view),
        None => Err(wrong_type(
            "buffer",
            &["Buffer", "Uint8Array"],
            this,
            context,
        )),
    }
}

/// The refusal of an offset or a byte length: no number, no whole one, or outside.
fn outside(value: &JsValue, name: &str, most: f64, context: &mut Context) -> JsError {
    let Some(number) = value.as_number() else {
        return wrong_type(name, &["number"], value, context);
    };
    if number.floor() != number {
        return out_of_range(name, "an integer", value, context);
    }
    if most < 0.0 {
        return coded("ERR_BUFFER_OUT_OF_BOUNDS", &[], context);
    }
    let least = u8::from(name != "offset");
    out_of_range(name, &format!(">= {least} and <= {most}"), value, context)
}

/// How many bytes a call means.
fn width(given: &JsValue, form: Form, context: &mut Context) -> JsResult<usize> {
    if form.bytes > 0 {
        return Ok(form.bytes);
    }
    match given.as_number() {
        Some(1.0) => Ok(1),
        Some(2.0) => Ok(2),
        Some(3.0) => Ok(3),
        Some(4.0) => Ok(4),
        Some(5.0) => Ok(5),
        Some(6.0) => Ok(6),
        _ => Err(outside(given, "byteLength", 6.0, context)),
    }
}

/// Where the bytes begin.
fn place(
    given: &JsValue,
    bytes: usize,
    length: usize,
    optional: bool,
    context: &mut Context,
) -> JsResult<usize> {
    if given.is_undefined() && optional && bytes <= length {
        return Ok(0);
    }
    #[expect(clippy::cast_precision_loss, reason = "a length is far below 2^53")]
    let most = length as f64 - bytes as f64;
    let zero = JsValue::from(0);
    let given = if given.is_undefined() && optional {
        &zero
    } else {
        given
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number in range"
    )]
    match given.as_number() {
        Some(at) if at >= 0.0 && at <= most && at.fract() == 0.0 => Ok(at as usize),
        _ => Err(outside(given, "offset", most, context)),
    }
}

fn read(this: &JsValue, args: &[JsValue], form: Form, context: &mut Context) -> JsResult<JsValue> {
    let view = view_of(this, context)?;
    let given = args.get_or_undefined(0);
    if form.bytes == 0 && given.is_undefined() {
        return Err(wrong_type("offset", &["number"], given, context));
    }
    let bytes = width(args.get_or_undefined(1), form, context)?;
    let at = place(given, bytes, view.length, form.bytes > 0, context)?;
    let mut held = [0_u8; 8];
    view.read(|data| {
        for (index, byte) in data.iter().skip(at).take(bytes).enumerate() {
            let to = if form.little {
                index
            } else {
                bytes - 1 - index
            };
            held[to] = *byte;
        }
    });
    let raw = u64::from_le_bytes(held);
    let unused = 64 - 8 * u32::try_from(bytes).unwrap_or(8);
    #[expect(
        clippy::cast_possible_wrap,
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "sign extension; at most 48 bits become a number"
    )]
    Ok(match form.kind {
        Kind::Unsigned => JsValue::from(raw as f64),
        Kind::Signed => JsValue::from((((raw << unused) as i64) >> unused) as f64),
        Kind::Float if bytes == 4 => JsValue::from(f64::from(f32::from_bits(raw as u32))),
        Kind::Float => JsValue::from(f64::from_bits(raw)),
        Kind::BigUnsigned => JsBigInt::from(raw).into(),
        Kind::BigSigned => JsBigInt::from(raw as i64).into(),
    })
}

/// The words for the range of a value.
fn range(form: Form, bytes: usize) -> String {
    let bits = bytes * 8;
    let signed = matches!(form.kind, Kind::Signed | Kind::BigSigned);
    let n = if matches!(form.kind, Kind::BigSigned | Kind::BigUnsigned) {
        "n"
    } else {
        ""
    };
    if bytes > 4 {
        if signed {
            let bits = bits - 1;
            return format!(">= -(2{n} ** {bits}{n}) and < 2{n} ** {bits}{n}");
        }
        return format!(">= 0{n} and < 2{n} ** {bits}{n}");
    }
    let (least, most) = bounds(signed, bytes);
    format!(">= {least} and <= {most}")
}

fn bounds(signed: bool, bytes: usize) -> (f64, f64) {
    let bits = i32::try_from(bytes * 8).unwrap_or(8);
    if signed {
        let half = 2_f64.powi(bits - 1);
        (-half, half - 1.0)
    } else {
        (0.0, 2_f64.powi(bits) - 1.0)
    }
}

fn write(this: &JsValue, args: &[JsValue], form: Form, context: &mut Context) -> JsResult<JsValue> {
    let view = view_of(this, context)?;
    let given = args.get_or_undefined(0);
    let offset = args.get_or_undefined(1);
    let raw: u64;
    let bytes;
    match form.kind {
        Kind::BigSigned | Kind::BigUnsigned => {
            bytes = 8;
            let value = given.to_bigint(context)?;
            let text = value.to_string_radix(10);
            #[expect(clippy::cast_sign_loss, reason = "two's complement is meant")]
            let fitting = if form.kind == Kind::BigSigned {
                text.parse::<i64>().ok().map(|value| value as u64)
            } else {
                text.parse::<u64>().ok()
            };
            match fitting {
                Some(fitting) => raw = fitting,
                None => return Err(out_of_range("value", &range(form, 8), given, context)),
            }
        }
        Kind::Float => {
            bytes = form.bytes;
            let value = given.to_number(context)?;
            #[expect(clippy::cast_possible_truncation, reason = "rounding is meant")]
            let single = value as f32;
            raw = if bytes == 4 {
                u64::from(single.to_bits())
            } else {
                value.to_bits()
            };
        }
        Kind::Signed | Kind::Unsigned => {
            let value = given.to_number(context)?;
            if form.bytes == 0 && offset.is_undefined() {
                return Err(wrong_type("offset", &["number"], offset, context));
            }
            bytes = width(args.get_or_undefined(2), form, context)?;
            let (least, most) = bounds(form.kind == Kind::Signed, bytes);
            if !offset.is_undefined() && !offset.is_number() {
                return Err(wrong_type("offset", &["number"], offset, context));
            }
            if value < least || value > most {
                let value = JsValue::from(value);
                return Err(out_of_range("value", &range(form, bytes), &value, context));
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "in range; NaN becomes 0, as in Node"
            )]
            {
                raw = value as i64 as u64;
            }
        }
    }
    let at = place(offset, bytes, view.length, form.bytes > 0, context)?;
    let held = raw.to_le_bytes();
    view.write(|data| {
        for (index, byte) in data.iter_mut().skip(at).take(bytes).enumerate() {
            let from = if form.little {
                index
            } else {
                bytes - 1 - index
            };
            *byte = held[from];
        }
    });
    #[expect(clippy::cast_precision_loss, reason = "a length is far below 2^53")]
    Ok(JsValue::from((at + bytes) as f64))
}
