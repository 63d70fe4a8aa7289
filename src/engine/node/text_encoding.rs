//! What `TextEncoder` and `TextDecoder` get from the engine: UTF-8, and the web's old encodings.

use std::cell::RefCell;

use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, Trace, js_string,
};
use encoding_rs::{CoderResult, Decoder, DecoderResult, Encoding};

use super::super::errors::display;
use super::bytes::{View, to_bytes};
use super::encoding::Encoding as NodeEncoding;
use super::functions;

/// A decoder between two chunks, held by a JavaScript object.
#[derive(Trace, Finalize, JsData)]
struct Held {
    #[unsafe_ignore_trace]
    decoder: RefCell<Decoder>,
}

/// Fills `native` of `internal/encoding`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            ("encode", 1, |_, args, context| {
                let text = args.get_or_undefined(0).to_string(context)?;
                Ok(to_bytes(&NodeEncoding::Utf8.bytes(&text), context)?.into())
            }),
            ("encodeInto", 2, encode_into),
            ("labelled", 1, |_, args, context| {
                let label = display(args.get_or_undefined(0), context);
                let found = Encoding::for_label_no_replacement(label.as_bytes());
                Ok(found.map_or(JsValue::null(), |found| {
                    js_string!(found.name().to_ascii_lowercase()).into()
                }))
            }),
            ("create", 2, create),
            ("decode", 4, decode),
        ],
        context,
    )
}

/// How many units of the text were read and how many bytes written, whole characters only.
fn encode_into(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = args.get_or_undefined(0).to_string(context)?;
    let Some(target) = View::of(args.get_or_undefined(1), context)? else {
        return Ok(JsValue::undefined());
    };
    let bytes = NodeEncoding::Utf8.fitting(&text, target.length);
    let read = String::from_utf8_lossy(&bytes).encode_utf16().count();
    target.write(|data| {
        for (to, from) in data.iter_mut().zip(&bytes) {
            *to = *from;
        }
    });
    let counts =
        [read, bytes.len()].map(|count| JsValue::from(u32::try_from(count).unwrap_or(u32::MAX)));
    Ok(JsArray::from_iter(counts, context).into())
}

fn create(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = display(args.get_or_undefined(0), context);
    let keep_mark = args.get_or_undefined(1).to_boolean();
    let encoding = Encoding::for_label(name.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    let decoder = if keep_mark {
        encoding.new_decoder_without_bom_handling()
    } else {
        encoding.new_decoder_with_bom_removal()
    };
    let held = Held {
        decoder: RefCell::new(decoder),
    };
    Ok(JsObject::from_proto_and_data(None, held).into())
}

/// `(decoder, bytes, fatal, more to come)`: the text, null where there are no bytes, false where fatal ones are wrong.
fn decode(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(view) = View::of(args.get_or_undefined(1), context)? else {
        return Ok(JsValue::null());
    };
    let Some(object) = args.get_or_undefined(0).as_object() else {
        return Ok(JsValue::null());
    };
    let fatal = args.get_or_undefined(2).to_boolean();
    let last = !args.get_or_undefined(3).to_boolean();
    let Some(held) = object.downcast_ref::<Held>() else {
        return Ok(JsValue::null());
    };
    let mut decoder = held.decoder.borrow_mut();
    let text = view.read(|bytes| run(&mut decoder, bytes, fatal, last));
    Ok(text.map_or_else(|| false.into(), |text| js_string!(text).into()))
}

/// The text of a chunk; `None` where it is wrong and that is fatal.
fn run(decoder: &mut Decoder, bytes: &[u8], fatal: bool, last: bool) -> Option<String> {
    let room = decoder
        .max_utf8_buffer_length(bytes.len())
        .unwrap_or(bytes.len() * 3 + 16);
    let mut text = String::with_capacity(room);
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        if fatal {
            let (result, read) =
                decoder.decode_to_string_without_replacement(rest, &mut text, last);
            at += read;
            match result {
                DecoderResult::InputEmpty => return Some(text),
                DecoderResult::OutputFull => text.reserve(rest.len() + 16),
                DecoderResult::Malformed(_, _) => return None,
            }
        } else {
            let (result, read, _) = decoder.decode_to_string(rest, &mut text, last);
            at += read;
            match result {
                CoderResult::InputEmpty => return Some(text),
                CoderResult::OutputFull => text.reserve(rest.len() + 16),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_faults_told() {
        let mut decoder = encoding_rs::UTF_8.new_decoder_with_bom_removal();
        let first = run(&mut decoder, b"\xef\xbb\xbfa\xe2\x82", true, false);
        assert_eq!(first.as_deref(), Some("a"));
        assert_eq!(run(&mut decoder, b"\xac", true, true).as_deref(), Some("€"));
        let mut decoder = encoding_rs::UTF_8.new_decoder();
        assert_eq!(run(&mut decoder, b"\xff", true, true), None);
    }
}
