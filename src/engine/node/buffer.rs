//! What `buffer` gets from the engine: text to bytes and back, search, comparison, copies, numbers.

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsStr, JsString, JsValue, js_string};

use super::super::errors::display;
use super::bytes::{View, adopt, to_buffer};
use super::encoding::Encoding;
use super::errors::{coded, wrong_type};
use super::{buffer_numbers, functions};

/// Fills `native` of `buffer`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            ("adopt", 1, adopt),
            ("fromText", 2, from_text),
            ("toString", 3, to_text),
            ("textLength", 2, text_length),
            ("writeText", 5, write_text),
            ("knows", 1, |_, args, context| {
                Ok(encoding(args.get_or_undefined(0), context).is_some().into())
            }),
            ("repeat", 4, repeat),
            ("compare", 2, compare),
            ("indexOf", 5, index_of),
            ("copy", 5, copy),
            ("concat", 2, concat),
            ("swap", 2, swap),
            ("list", 1, list),
            ("isUtf8", 1, |_, args, context| {
                let view = View::of(args.get_or_undefined(0), context)?;
                let valid = |view: View| view.read(|bytes| std::str::from_utf8(bytes).is_ok());
                Ok(view.is_some_and(valid).into())
            }),
            ("isAscii", 1, |_, args, context| {
                let view = View::of(args.get_or_undefined(0), context)?;
                Ok(view.is_some_and(|view| view.read(<[u8]>::is_ascii)).into())
            }),
            ("atob", 1, from_base64),
            ("btoa", 1, to_base64),
        ],
        context,
    )?;
    let numbers = JsObject::with_object_proto(context.intrinsics());
    buffer_numbers::install(&numbers, context)?;
    help.set(js_string!("numbers"), numbers, true, context)?;
    Ok(())
}

/// The encoding of a value; UTF-8 where none is given.
fn encoding(value: &JsValue, context: &mut Context) -> Option<Encoding> {
    if value.is_undefined() {
        return Some(Encoding::Utf8);
    }
    Encoding::named(&display(value, context))
}

fn demanded(value: &JsValue, context: &mut Context) -> JsResult<Encoding> {
    match encoding(value, context) {
        Some(encoding) => Ok(encoding),
        None => Err(coded(
            "ERR_UNKNOWN_ENCODING",
            std::slice::from_ref(value),
            context,
        )),
    }
}

fn string(value: &JsValue, context: &mut Context) -> JsResult<JsString> {
    match value.as_string() {
        Some(text) => Ok(text),
        None => Err(wrong_type("argument", &["string"], value, context)),
    }
}

fn view(value: &JsValue, context: &mut Context) -> JsResult<View> {
    match View::of(value, context)? {
        Some(view) => Ok(view),
        None => Err(wrong_type(
            "buffer",
            &["Buffer", "Uint8Array"],
            value,
            context,
        )),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what is there"
)]
fn index(value: &JsValue, most: usize, context: &mut Context) -> JsResult<usize> {
    let number = value.to_number(context)?;
    Ok(if number.is_nan() || number <= 0.0 {
        0
    } else {
        (number.min(9e15) as usize).min(most)
    })
}

#[expect(clippy::cast_precision_loss, reason = "a length is far below 2^53")]
fn count(number: usize) -> JsValue {
    JsValue::from(number as f64)
}

fn from_text(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = string(args.get_or_undefined(0), context)?;
    let encoding = demanded(args.get_or_undefined(1), context)?;
    Ok(to_buffer(&encoding.bytes(&text), context)?.into())
}

/// `buf.toString(encoding, start, end)`, as a method.
fn to_text(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let view = view(this, context)?;
    let start = index(args.get_or_undefined(1), usize::MAX, context)?;
    if start > 0 && start >= view.length {
        return Ok(js_string!().into());
    }
    let end = match args.get_or_undefined(2) {
        end if end.is_undefined() => view.length,
        end => index(end, view.length, context)?,
    };
    if end <= start {
        return Ok(js_string!().into());
    }
    let encoding = demanded(args.get_or_undefined(0), context)?;
    let text = view.read(|bytes| encoding.text(bytes.get(start..end).unwrap_or_default()));
    Ok(text.into())
}

fn text_length(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = string(args.get_or_undefined(0), context)?;
    let encoding = encoding(args.get_or_undefined(1), context).unwrap_or(Encoding::Utf8);
    Ok(count(encoding.length(&text)))
}

/// `(buffer, text, offset, length, encoding)`: how many bytes were written.
fn write_text(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let view = view(args.get_or_undefined(0), context)?;
    let text = args.get_or_undefined(1);
    let Some(text) = text.as_string() else {
        return Err(wrong_type("string", &["string"], text, context));
    };
    let offset = index(args.get_or_undefined(2), view.length, context)?;
    let length = index(args.get_or_undefined(3), view.length - offset, context)?;
    let encoding = demanded(args.get_or_undefined(4), context)?;
    let bytes = encoding.fitting(&text, length);
    view.write(|data| {
        for (to, from) in data.iter_mut().skip(offset).zip(&bytes) {
            *to = *from;
        }
    });
    Ok(count(bytes.len()))
}

/// `(buffer, pattern, start, end)`: fills by repeating; false where the pattern is empty.
fn repeat(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let target = view(args.get_or_undefined(0), context)?;
    let pattern = view(args.get_or_undefined(1), context)?.read(<[u8]>::to_vec);
    let end = index(args.get_or_undefined(3), target.length, context)?;
    let start = index(args.get_or_undefined(2), end, context)?;
    if pattern.is_empty() {
        return Ok(false.into());
    }
    target.write(|data| {
        let stretch = data.get_mut(start..end).unwrap_or_default();
        for (to, from) in stretch.iter_mut().zip(pattern.iter().cycle()) {
            *to = *from;
        }
    });
    Ok(true.into())
}

fn compare(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let left = view(args.get_or_undefined(0), context)?;
    let right = view(args.get_or_undefined(1), context)?;
    let order = left.read(|left| right.read(|right| left.cmp(right)));
    Ok(JsValue::from(order as i8))
}

/// `(buffer, pattern bytes, offset, forward, step)`: where the pattern stands, or -1.
fn index_of(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let hay = view(args.get_or_undefined(0), context)?;
    let needle = view(args.get_or_undefined(1), context)?.read(<[u8]>::to_vec);
    let offset = args.get_or_undefined(2).to_integer_or_infinity(context)?;
    let forward = args.get_or_undefined(3).to_boolean();
    let step = index(args.get_or_undefined(4), 2, context)?.max(1);
    let length = i64::try_from(hay.length).unwrap_or(i64::MAX);
    let wanted = i64::try_from(needle.len()).unwrap_or(i64::MAX);
    let offset = match offset {
        boa_engine::value::IntegerOrInfinity::Integer(offset) => offset,
        boa_engine::value::IntegerOrInfinity::PositiveInfinity => i64::from(i32::MAX),
        boa_engine::value::IntegerOrInfinity::NegativeInfinity => i64::from(i32::MIN),
    };
    // Node's rules: a negative offset counts from the end, one that leaves no room ends at the edge.
    let start = if offset < 0 {
        if offset + length >= 0 {
            offset + length
        } else if forward || wanted == 0 {
            0
        } else {
            return Ok((-1).into());
        }
    } else if offset.saturating_add(wanted) <= length {
        offset
    } else if wanted == 0 {
        length
    } else if forward {
        return Ok((-1).into());
    } else {
        length - 1
    };
    // UTF-16 is searched by whole units.
    let start = usize::try_from(start).unwrap_or(0) / step * step;
    if needle.is_empty() {
        return Ok(count(start));
    }
    let found = hay.read(|hay| {
        let last = hay.len().checked_sub(needle.len())?;
        let fits = |at: &usize| hay.get(*at..*at + needle.len()) == Some(needle.as_slice());
        if forward {
            if needle.len() == 1 && step == 1 {
                let wanted = needle.first()?;
                return Some(start + hay.get(start..)?.iter().position(|byte| byte == wanted)?);
            }
            (start..=last).step_by(step).find(fits)
        } else {
            (0..=start.min(last))
                .rev()
                .find(|at| at % step == 0 && fits(at))
        }
    });
    Ok(found.map_or_else(|| (-1).into(), count))
}

/// `(source, target, targetStart, sourceStart, sourceEnd)`, all in range: how many bytes were copied.
fn copy(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let source = view(args.get_or_undefined(0), context)?;
    let target = view(args.get_or_undefined(1), context)?;
    let to = index(args.get_or_undefined(2), target.length, context)?;
    let end = index(args.get_or_undefined(4), source.length, context)?;
    let start = index(args.get_or_undefined(3), end, context)?;
    // Both may be the same memory.
    let bytes = source.read(|data| data.get(start..end).unwrap_or_default().to_vec());
    let room = target.length - to;
    let amount = bytes.len().min(room);
    target.write(|data| {
        for (to, from) in data.iter_mut().skip(to).zip(&bytes) {
            *to = *from;
        }
    });
    Ok(count(amount))
}

/// `(list of byte views, total length)`: one buffer, cut or filled up with zeros.
fn concat(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let list = args.get_or_undefined(0).to_object(context)?;
    let parts = list
        .get(js_string!("length"), context)?
        .to_length(context)?;
    let total = index(args.get_or_undefined(1), usize::MAX, context)?;
    let mut bytes = Vec::new();
    for at in 0..parts {
        let part = list.get(at, context)?;
        view(&part, context)?.read(|part| bytes.extend_from_slice(part));
        if bytes.len() > total {
            break;
        }
    }
    bytes.resize(total, 0);
    Ok(to_buffer(&bytes, context)?.into())
}

fn swap(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let target = view(args.get_or_undefined(0), context)?;
    let size = index(args.get_or_undefined(1), 8, context)?.max(1);
    target.write(|data| data.chunks_exact_mut(size).for_each(<[u8]>::reverse));
    Ok(args.get_or_undefined(0).clone())
}

/// The bytes as an array of numbers.
fn list(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let view = view(args.get_or_undefined(0), context)?;
    let items: Vec<JsValue> =
        view.read(|bytes| bytes.iter().map(|byte| JsValue::from(*byte)).collect());
    Ok(boa_engine::object::builtins::JsArray::from_iter(items, context).into())
}

/// `atob` of the web: null where the text is not whole, false where a letter is none of base64's.
fn from_base64(_: &JsValue, args: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let Some(text) = args.get_or_undefined(0).as_string() else {
        return Ok(JsValue::null());
    };
    let mut letters: Vec<u16> = text
        .iter()
        .filter(|unit| !matches!(unit, 0x20 | 0x09 | 0x0a | 0x0c | 0x0d))
        .collect();
    if letters.len().is_multiple_of(4) {
        for _ in 0..2 {
            if letters.last() == Some(&u16::from(b'=')) {
                letters.pop();
            }
        }
    }
    let allowed = |unit: &u16| {
        u8::try_from(*unit)
            .is_ok_and(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/')
    };
    if !letters.iter().all(allowed) {
        return Ok(false.into());
    }
    if letters.len() % 4 == 1 {
        return Ok(JsValue::null());
    }
    let bytes = Encoding::Base64.bytes(&JsString::from(letters.as_slice()));
    Ok(JsString::from(JsStr::latin1(&bytes)).into())
}

/// `btoa` of the web: false where a letter is above U+00FF.
fn to_base64(_: &JsValue, args: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let Some(text) = args.get_or_undefined(0).as_string() else {
        return Ok(JsValue::null());
    };
    if text.iter().any(|unit| unit > 0xff) {
        return Ok(false.into());
    }
    Ok(Encoding::Base64.text(&Encoding::Latin1.bytes(&text)).into())
}
