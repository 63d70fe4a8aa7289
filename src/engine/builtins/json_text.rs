//! `JSON.stringify` with V8's words about circles, deeper and faster than boa's.

use std::fmt::Write as _;

use boa_engine::builtins::proxy::Proxy;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, JsArgs, JsBigInt, JsNativeError, JsObject, JsResult, JsStr, JsString, JsValue,
    js_string,
};

use super::super::errors::STACK_EXHAUSTED;
use super::super::guards::constructor_name;
use super::super::state::{State, text_of};

/// Of a circle V8 shows the first two steps and the last.
const FIRST_STEPS: usize = 2;

/// Replaces `JSON.stringify`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    match super::global("JSON", context)? {
        Some(json) => super::replace(&json, "stringify", stringify, context),
        None => Ok(()),
    }
}

struct Writer {
    out: String,
    replacer: Option<JsObject>,
    allowed: Option<Vec<PropertyKey>>,
    gap: String,
    indent: String,
    /// The objects being written, with the key that led to each.
    open: Vec<(String, JsObject)>,
}

fn stringify(
    _: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let value = args.get_or_undefined(0);
    let mut writer = Writer {
        out: String::new(),
        replacer: None,
        allowed: None,
        gap: gap(args.get_or_undefined(2), context)?,
        indent: String::new(),
        open: Vec::new(),
    };
    if let Some(replacer) = args.get_or_undefined(1).as_object() {
        if replacer.is_callable() {
            writer.replacer = Some(replacer);
        } else if replacer.is_array() {
            writer.allowed = Some(allowed(&replacer, context)?);
        } else if replacer.is::<Proxy>() {
            // Rare enough to be left to boa.
            return original.call(&JsValue::undefined(), args, context);
        }
    }
    // The holder is seen by a replacer alone.
    let holder = match &writer.replacer {
        Some(_) => {
            let holder = JsObject::with_object_proto(context.intrinsics());
            holder.create_data_property(js_string!(""), value.clone(), context)?;
            Some(holder)
        }
        None => None,
    };
    if writer.property(holder.as_ref(), &Key::Name(js_string!("")), value, context)? {
        Ok(JsString::from(writer.out.as_str()).into())
    } else {
        Ok(JsValue::undefined())
    }
}

fn gap(space: &JsValue, context: &mut Context) -> JsResult<String> {
    let space = match space.as_object() {
        Some(object) if object.is::<f64>() => JsValue::from(space.to_number(context)?),
        Some(object) if object.is::<JsString>() => space.to_string(context)?.into(),
        _ => space.clone(),
    };
    if let Some(number) = space.as_number() {
        let count = if number.is_nan() {
            0.0
        } else {
            number.clamp(0.0, 10.0)
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 10"
        )]
        return Ok(" ".repeat(count as usize));
    }
    Ok(space
        .as_string()
        .map(|text| text_of(&text).chars().take(10).collect())
        .unwrap_or_default())
}

fn allowed(list: &JsObject, context: &mut Context) -> JsResult<Vec<PropertyKey>> {
    let length = list.get(js_string!("length"), context)?.to_u32(context)?;
    let mut keys: Vec<PropertyKey> = Vec::new();
    for index in 0..length {
        let item = list.get(index, context)?;
        let named = item.is_string()
            || item.is_number()
            || item
                .as_object()
                .is_some_and(|object| object.is::<f64>() || object.is::<JsString>());
        if named {
            let key = PropertyKey::from(item.to_string(context)?);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    Ok(keys)
}

/// The key of a value: made into a string only where something wants one.
enum Key {
    Name(JsString),
    Index(u64),
}

impl Key {
    fn string(&self) -> JsString {
        match self {
            Self::Name(name) => name.clone(),
            Self::Index(index) => JsString::from(index.to_string().as_str()),
        }
    }

    /// As V8 shows it in a circle.
    fn step(&self) -> String {
        match self {
            Self::Name(name) => format!("property '{}'", text_of(name)),
            Self::Index(index) => format!("index {index}"),
        }
    }
}

impl Writer {
    /// Writes one property's value; false where JSON leaves it out.
    fn property(
        &mut self,
        holder: Option<&JsObject>,
        key: &Key,
        value: &JsValue,
        context: &mut Context,
    ) -> JsResult<bool> {
        let mut value = value.clone();
        if value.is_object() || value.is_bigint() {
            let to_json = match value.as_object() {
                Some(object) => object.get(js_string!("toJSON"), context)?,
                None => value
                    .to_object(context)?
                    .get(js_string!("toJSON"), context)?,
            };
            if let Some(to_json) = to_json.as_callable() {
                value = to_json.call(&value, &[key.string().into()], context)?;
            }
        }
        if let (Some(replacer), Some(holder)) = (self.replacer.clone(), holder) {
            let args = [key.string().into(), value];
            value = replacer.call(&JsValue::from(holder.clone()), &args, context)?;
        }
        if let Some(object) = value.as_object() {
            if object.is::<f64>() {
                value = JsValue::from(value.to_number(context)?);
            } else if object.is::<JsString>() {
                value = value.to_string(context)?.into();
            } else if let Some(flag) = object.downcast_ref::<bool>() {
                value = JsValue::from(*flag);
            } else if let Some(number) = object.downcast_ref::<JsBigInt>() {
                value = JsValue::from(number.clone());
            } else if object.is_callable() {
                return Ok(false);
            } else {
                self.object(key, &object, context)?;
                return Ok(true);
            }
        }
        if let Some(text) = value.as_string() {
            quote(&text, &mut self.out);
        } else if let Some(number) = value.as_number() {
            if !number.is_finite() {
                self.out.push_str("null");
            } else if let Some(whole) = value.as_i32() {
                // Writing to a string cannot fail.
                let _ = write!(self.out, "{whole}");
            } else {
                self.out.push_str(&text_of(&value.to_string(context)?));
            }
        } else if let Some(flag) = value.as_boolean() {
            self.out.push_str(if flag { "true" } else { "false" });
        } else if value.is_null() {
            self.out.push_str("null");
        } else if value.is_bigint() {
            return Err(JsNativeError::typ()
                .with_message("Do not know how to serialize a BigInt")
                .into());
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn object(&mut self, key: &Key, object: &JsObject, context: &mut Context) -> JsResult<()> {
        if let Some(start) = self
            .open
            .iter()
            .position(|(_, open)| JsObject::equals(open, object))
        {
            let message = self.circle(start, key, context);
            return Err(JsNativeError::typ().with_message(message).into());
        }
        if State::of(context)?.stack_is_full() {
            return Err(JsNativeError::range().with_message(STACK_EXHAUSTED).into());
        }
        self.open.push((key.step(), object.clone()));
        let outer = self.indent.clone();
        self.indent.push_str(&self.gap);
        let list = object.is_array() || (object.is::<Proxy>() && is_list(object, context)?);
        let done = if list {
            self.items(object, &outer, context)
        } else {
            self.members(object, &outer, context)
        };
        self.indent = outer;
        self.open.pop();
        done
    }

    fn items(&mut self, object: &JsObject, outer: &str, context: &mut Context) -> JsResult<()> {
        let length = object
            .get(js_string!("length"), context)?
            .to_length(context)?;
        self.out.push('[');
        for index in 0..length {
            self.separate(index > 0);
            let value = object.get(index, context)?;
            if !self.property(Some(object), &Key::Index(index), &value, context)? {
                self.out.push_str("null");
            }
        }
        self.close(length > 0, outer, ']');
        Ok(())
    }

    fn members(&mut self, object: &JsObject, outer: &str, context: &mut Context) -> JsResult<()> {
        let plain = !object.is::<Proxy>();
        let keys = match &self.allowed {
            Some(keys) => keys.clone(),
            None => object
                .own_property_keys(context)?
                .into_iter()
                .filter(|key| !matches!(key, PropertyKey::Symbol(_)))
                .collect(),
        };
        let listed = self.allowed.is_some();
        self.out.push('{');
        let mut any = false;
        for key in keys {
            let value = if listed {
                object.get(key.clone(), context)?
            } else {
                let found = plain
                    .then(|| object.borrow().properties().get(&key))
                    .flatten();
                match found {
                    Some(found) if found.enumerable() == Some(false) => continue,
                    Some(found) if found.value().is_some() => {
                        found.value().cloned().unwrap_or_default()
                    }
                    // Accessors, and what strange objects make up.
                    Some(_) => object.get(key.clone(), context)?,
                    None if self.is_enumerable(object, &key, context)? => {
                        object.get(key.clone(), context)?
                    }
                    None => continue,
                }
            };
            let name = match &key {
                PropertyKey::String(name) => name.clone(),
                PropertyKey::Index(index) => JsString::from(index.get().to_string().as_str()),
                PropertyKey::Symbol(_) => continue,
            };
            let before = self.out.len();
            self.separate(any);
            quote(&name, &mut self.out);
            self.out
                .push_str(if self.gap.is_empty() { ":" } else { ": " });
            if self.property(Some(object), &Key::Name(name), &value, context)? {
                any = true;
            } else {
                self.out.truncate(before);
            }
        }
        self.close(any, outer, '}');
        Ok(())
    }

    fn is_enumerable(
        &self,
        object: &JsObject,
        key: &PropertyKey,
        context: &mut Context,
    ) -> JsResult<bool> {
        let prototype = context.intrinsics().constructors().object().prototype();
        let ask = prototype.get(js_string!("propertyIsEnumerable"), context)?;
        match ask.as_callable() {
            Some(ask) => {
                let answer = ask.call(&object.clone().into(), &[key.clone().into()], context)?;
                Ok(answer.to_boolean())
            }
            None => Ok(true),
        }
    }

    fn separate(&mut self, further: bool) {
        if further {
            self.out.push(',');
        }
        if !self.gap.is_empty() {
            self.out.push('\n');
            self.out.push_str(&self.indent);
        }
    }

    fn close(&mut self, any: bool, outer: &str, bracket: char) {
        if any && !self.gap.is_empty() {
            self.out.push('\n');
            self.out.push_str(outer);
        }
        self.out.push(bracket);
    }

    /// V8's drawing of a circle: where it starts, the way, and the key that closes it.
    fn circle(&self, start: usize, key: &Key, context: &mut Context) -> String {
        let mut text = "Converting circular structure to JSON".to_owned();
        let way = self.open.get(start..).unwrap_or_default();
        for (index, (step, object)) in way.iter().enumerate() {
            let name = constructor_name(object, context);
            if index == 0 {
                text.push_str(&format!(
                    "\n    --> starting at object with constructor '{name}'"
                ));
            } else if index <= FIRST_STEPS || index + 1 == way.len() {
                text.push_str(&format!(
                    "\n    |     {step} -> object with constructor '{name}'"
                ));
            } else if index == FIRST_STEPS + 1 {
                text.push_str("\n    |     ...");
            }
        }
        text.push_str(&format!("\n    --- {} closes the circle", key.step()));
        text
    }
}

fn is_list(object: &JsObject, context: &mut Context) -> JsResult<bool> {
    let array = context.intrinsics().constructors().array().constructor();
    let ask = array.get(js_string!("isArray"), context)?;
    match ask.as_callable() {
        Some(ask) => Ok(ask
            .call(&JsValue::undefined(), &[object.clone().into()], context)?
            .to_boolean()),
        None => Ok(false),
    }
}

fn quote(text: &JsString, out: &mut String) {
    let text: JsStr<'_> = text.as_str();
    out.push('"');
    if let Some(bytes) = text.as_latin1() {
        for byte in bytes {
            character(char::from(*byte), out);
        }
    } else {
        for unit in char::decode_utf16(text.iter()) {
            match unit {
                Ok(found) => character(found, out),
                Err(lone) => {
                    let _ = write!(out, "\\u{:04x}", lone.unpaired_surrogate());
                }
            }
        }
    }
    out.push('"');
}

fn character(found: char, out: &mut String) {
    match found {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        control if control < ' ' => {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{:04x}", u32::from(control));
        }
        other => out.push(other),
    }
}
