//! What an object is called when it is shown: constructor, tag, function kind, boxed primitive.

use boa_engine::builtins::date::Date;
use boa_engine::builtins::error::Error;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsObject, JsString, JsSymbol, JsValue, js_string};

use super::state::{State, string_property, text_of};

/// An own property, without running a getter.
pub(super) fn own(
    object: &JsObject,
    key: &PropertyKey,
    context: &mut Context,
) -> Option<PropertyDescriptor> {
    let stored = object.borrow().properties().get(key);
    if stored.is_some() {
        return stored;
    }
    // Exotic objects (typed arrays, strings, proxies) keep some properties elsewhere.
    if object.is_ordinary() || !object.has_own_property(key.clone(), context).ok()? {
        return None;
    }
    let value = object.get(key.clone(), context).ok()?;
    Some(
        PropertyDescriptor::builder()
            .value(value)
            .writable(true)
            .enumerable(true)
            .configurable(true)
            .build(),
    )
}

pub(super) fn is_plain_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

pub(super) fn length_of(object: &JsObject, context: &mut Context) -> usize {
    let length = object
        .get(js_string!("length"), context)
        .ok()
        .and_then(|length| length.as_number());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "lengths are non-negative integers"
    )]
    length.map_or(0, |length| length.clamp(0.0, 9e15) as usize)
}

pub(super) fn is_arguments(object: &JsObject, context: &mut Context) -> bool {
    let key = PropertyKey::from(js_string!("callee"));
    own(object, &js_string!("length").into(), context)
        .is_some_and(|found| found.enumerable() == Some(false))
        && own(object, &key, context).is_some_and(|found| found.enumerable() == Some(false))
}

/// The name of the nearest constructor; `None` for an object without a prototype chain.
pub(super) fn constructor_name(object: &JsObject, context: &mut Context) -> Option<String> {
    let mut link = Some(object.clone());
    while let Some(here) = link {
        let name = own(&here, &js_string!("constructor").into(), context)
            .and_then(|found| found.value().and_then(JsValue::as_object))
            .filter(JsObject::is_callable)
            .and_then(|constructor| string_property(&constructor, "name", context));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            return Some(name);
        }
        link = here.prototype();
    }
    None
}

pub(super) fn tag_of(
    object: &JsObject,
    constructor: Option<&str>,
    context: &mut Context,
) -> String {
    let tag = object
        .get(PropertyKey::from(JsSymbol::to_string_tag()), context)
        .ok()
        .and_then(|tag| tag.as_string().map(|tag| text_of(&tag)))
        .unwrap_or_default();
    if Some(tag.as_str()) == constructor {
        String::new()
    } else {
        tag
    }
}

pub(super) fn prefix(
    constructor: Option<&str>,
    tag: &str,
    fallback: &str,
    size: Option<usize>,
) -> String {
    let size = size.map(|size| format!("({size})")).unwrap_or_default();
    let tag = |name: &str| {
        if tag.is_empty() || tag == name {
            String::new()
        } else {
            format!("[{tag}] ")
        }
    };
    match constructor {
        None => format!("[{fallback}{size}: null prototype] {}", tag(fallback)),
        Some(name) => format!("{name}{size} {}", tag(name)),
    }
}

/// The primitive inside `new String("x")` and its like.
pub(super) fn boxed(object: &JsObject) -> Option<JsValue> {
    let inner = object.is::<JsString>()
        || object.is::<f64>()
        || object.is::<bool>()
        || object.is::<JsSymbol>()
        || object.is::<boa_engine::JsBigInt>();
    if !inner {
        return None;
    }
    if let Some(symbol) = object.downcast_ref::<JsSymbol>() {
        return Some(symbol.clone().into());
    }
    if let Some(text) = object.downcast_ref::<JsString>() {
        return Some(text.clone().into());
    }
    if let Some(number) = object.downcast_ref::<f64>() {
        return Some((*number).into());
    }
    if let Some(flag) = object.downcast_ref::<bool>() {
        return Some((*flag).into());
    }
    object
        .downcast_ref::<boa_engine::JsBigInt>()
        .map(|big| big.clone().into())
}

pub(super) fn call_text(
    object: &JsObject,
    choose: impl Fn(&super::state::Primordials) -> JsFunction,
    context: &mut Context,
) -> String {
    let Ok(primordials) = State::of(context).and_then(|state| state.primordials()) else {
        return String::new();
    };
    choose(&primordials)
        .call(&object.clone().into(), &[], context)
        .ok()
        .and_then(|text| text.as_string().map(|text| text_of(&text)))
        .unwrap_or_default()
}

/// A class of the author's: its `prototype` cannot be replaced, and it is no built-in.
fn is_class(object: &JsObject, context: &mut Context) -> bool {
    own(object, &js_string!("prototype").into(), context)
        .is_some_and(|found| found.writable() == Some(false))
        && object.is::<boa_engine::builtins::function::OrdinaryFunction>()
}

pub(super) fn function_base(
    object: &JsObject,
    constructor: Option<&str>,
    tag: &str,
    context: &mut Context,
) -> String {
    let name = string_property(object, "name", context).unwrap_or_default();
    if is_class(object, context) {
        let mut base = if name.is_empty() {
            "[class (anonymous)".to_owned()
        } else {
            format!("[class {name}")
        };
        if let Some(parent) = object.prototype()
            && let Some(parent) =
                string_property(&parent, "name", context).filter(|name| !name.is_empty())
        {
            base.push_str(&format!(" extends {parent}"));
        }
        return base + "]";
    }
    let special = [
        "AsyncFunction",
        "GeneratorFunction",
        "AsyncGeneratorFunction",
    ];
    let kind = constructor
        .filter(|name| special.contains(name))
        .unwrap_or("Function");
    let mut base = if name.is_empty() {
        format!("[{kind} (anonymous)]")
    } else {
        format!("[{kind}: {name}]")
    };
    if constructor.is_none() {
        base.push_str(" [null prototype]");
    }
    if !tag.is_empty() && Some(tag) != constructor {
        base.push_str(&format!(" [{tag}]"));
    }
    base
}

/// Whether `%s` shows the object by its own `toString`.
pub(super) fn has_own_text(object: &JsObject, context: &mut Context) -> bool {
    if object.is::<Error>() || object.is::<Date>() {
        return true;
    }
    let mut link = Some(object.clone());
    while let Some(here) = link {
        if own(&here, &js_string!("toString").into(), context).is_some() {
            let name = own(&here, &js_string!("constructor").into(), context)
                .and_then(|found| found.value().and_then(JsValue::as_object))
                .and_then(|constructor| string_property(&constructor, "name", context));
            return !matches!(
                name.as_deref(),
                Some("Object" | "Array" | "Function" | "RegExp" | "Map" | "Set")
            );
        }
        link = here.prototype();
    }
    false
}
