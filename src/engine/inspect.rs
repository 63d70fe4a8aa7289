//! `util.inspect`: values as Node shows them, with its rules for line breaks, grouping and references.
//!
//! Runs natively over the objects' own properties, so that a hook which overwrites built-ins changes nothing.

use boa_engine::builtins::date::Date;
use boa_engine::builtins::error::Error;
use boa_engine::builtins::promise::PromiseState;
use boa_engine::builtins::regexp::RegExp;
use boa_engine::object::builtins::{
    JsArrayBuffer, JsDataView, JsMap, JsPromise, JsSet, JsTypedArray,
};
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use super::errors;
use super::inspect_error;
use super::inspect_layout::{Kind, Layout, escape, group};
use super::inspect_names::{
    boxed, call_text, constructor_name, function_base, is_arguments, is_plain_name, length_of, own,
    prefix, tag_of,
};
use super::state::{State, text_of};

/// What can be asked of an inspection; the defaults are Node's.
#[derive(Clone, Debug)]
pub(super) struct Options {
    /// Below zero not even the value itself is opened.
    pub depth: Option<i64>,
    pub show_hidden: bool,
    pub break_length: usize,
    /// Everything on one line, as `%s` shows objects.
    pub compact_single_line: bool,
    /// So many inner levels share a line where they fit.
    pub compact: usize,
    pub max_array_length: usize,
    pub max_string_length: usize,
    pub sorted: bool,
    /// Whether objects are asked how they want to be shown.
    pub custom: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            depth: Some(2),
            show_hidden: false,
            break_length: 80,
            compact_single_line: false,
            compact: 3,
            max_array_length: 100,
            max_string_length: MAX_STRING,
            sorted: false,
            custom: true,
        }
    }
}

/// Longer strings are cut, as in Node.
const MAX_STRING: usize = 10_000;
/// Nesting that even `depth: null` does not pass; the native stack ends before it matters.
const MAX_LEVELS: usize = 1_000;

/// Shows a value.
pub(super) fn inspect(value: &JsValue, options: &Options, context: &mut Context) -> String {
    let mut inspector = Inspector {
        options,
        indentation: 0,
        current_depth: 0,
        seen: Vec::new(),
        circular: Vec::new(),
    };
    inspector.value(value, 0, context)
}

struct Inspector<'o> {
    options: &'o Options,
    indentation: usize,
    current_depth: usize,
    seen: Vec<JsObject>,
    circular: Vec<JsObject>,
}

impl Inspector<'_> {
    fn value(&mut self, value: &JsValue, level: usize, context: &mut Context) -> String {
        if let Some(string) = value.as_string() {
            return self.string(&text_of(&string));
        }
        if let Some(object) = value.as_object() {
            return self.object(&object, level, context);
        }
        if value
            .as_number()
            .is_some_and(|number| number == 0.0 && number.is_sign_negative())
        {
            return "-0".to_owned();
        }
        let text = errors::display(value, context);
        if value.is_bigint() {
            format!("{text}n")
        } else {
            text
        }
    }

    fn string(&self, text: &str) -> String {
        let length = text.encode_utf16().count();
        let most = self.options.max_string_length;
        let (text, rest) = if length > most {
            let kept: String = text.chars().take(most).collect();
            let more = length - most;
            (
                kept,
                format!(
                    "... {more} more character{}",
                    if more > 1 { "s" } else { "" }
                ),
            )
        } else {
            (text.to_owned(), String::new())
        };
        let room = self
            .options
            .break_length
            .saturating_sub(self.indentation + 4);
        if length > 16 && length > room && text.trim_end_matches('\n').contains('\n') {
            let glue = format!(" +\n{}", " ".repeat(self.indentation + 2));
            let lines: Vec<String> = text.split_inclusive('\n').map(escape).collect();
            return lines.join(&glue) + &rest;
        }
        escape(&text) + &rest
    }

    fn object(&mut self, object: &JsObject, level: usize, context: &mut Context) -> String {
        errors::mend(&object.clone().into(), context);
        if let Some(text) = self.custom(object, level, context) {
            return text;
        }
        if let Some(at) = self
            .seen
            .iter()
            .position(|seen| JsObject::equals(seen, object))
        {
            let known = self.seen[at].clone();
            let index = self
                .circular
                .iter()
                .position(|c| JsObject::equals(c, &known))
                .unwrap_or_else(|| {
                    self.circular.push(known);
                    self.circular.len() - 1
                });
            return format!("[Circular *{}]", index + 1);
        }
        let too_deep = self
            .options
            .depth
            .is_some_and(|depth| i64::try_from(level).unwrap_or(i64::MAX) > depth)
            || level > MAX_LEVELS;
        self.raw(object, level, too_deep, context)
    }

    /// The object's own way of being shown: `[util.inspect.custom](depth, options)`.
    fn custom(&mut self, object: &JsObject, level: usize, context: &mut Context) -> Option<String> {
        if !self.options.custom {
            return None;
        }
        let symbol = State::of(context).ok()?.inspect_symbol.borrow().clone()?;
        let method = object
            .get(PropertyKey::from(symbol), context)
            .ok()?
            .as_callable()?;
        let (depth, options) = self.passed_on(level, context).ok()?;
        let util = super::node::load("util", context).ok()?.as_object()?;
        let inspect = util.get(js_string!("inspect"), context).ok()?;
        let shown = method
            .call(
                &object.clone().into(),
                &[depth, options.into(), inspect],
                context,
            )
            .ok()?;
        if shown
            .as_object()
            .is_some_and(|shown| JsObject::equals(&shown, object))
        {
            return None;
        }
        match shown.as_string() {
            Some(text) => {
                Some(text_of(&text).replace('\n', &format!("\n{}", " ".repeat(self.indentation))))
            }
            None => Some(self.value(&shown, level, context)),
        }
    }

    /// The depth that is left and the options, as an object's own method gets them.
    fn passed_on(&self, level: usize, context: &mut Context) -> JsResult<(JsValue, JsObject)> {
        let depth = self.options.depth.map_or(JsValue::null(), |depth| {
            let left = depth.saturating_sub(i64::try_from(level).unwrap_or(i64::MAX));
            JsValue::from(i32::try_from(left).unwrap_or(i32::MAX))
        });
        let options = JsObject::with_object_proto(context.intrinsics());
        let count = |number: usize| -> JsValue {
            match u32::try_from(number) {
                Ok(number) => number.into(),
                Err(_) => f64::INFINITY.into(),
            }
        };
        let stylize = errors::native(context, "stylize", 2, |_, args, context| {
            let text = args.first().cloned().unwrap_or_default();
            Ok(text.to_string(context)?.into())
        });
        let values: [(&str, JsValue); 9] = [
            ("depth", depth.clone()),
            ("showHidden", self.options.show_hidden.into()),
            ("colors", false.into()),
            ("customInspect", true.into()),
            ("maxArrayLength", count(self.options.max_array_length)),
            ("maxStringLength", count(self.options.max_string_length)),
            ("breakLength", count(self.options.break_length)),
            ("compact", count(self.options.compact)),
            ("stylize", stylize.into()),
        ];
        for (key, value) in values {
            options.set(js_string!(key), value, false, context)?;
        }
        Ok((depth, options))
    }

    fn raw(
        &mut self,
        object: &JsObject,
        level: usize,
        too_deep: bool,
        context: &mut Context,
    ) -> String {
        let constructor = constructor_name(object, context);
        let mut tag = tag_of(object, constructor.as_deref(), context);
        // A tag that stands among the properties is shown there.
        let tag_key = PropertyKey::from(boa_engine::JsSymbol::to_string_tag());
        if object.is::<Error>()
            || own(object, &tag_key, context)
                .is_some_and(|found| found.enumerable() == Some(true) || self.options.show_hidden)
        {
            tag.clear();
        }
        let mut keys = self.keys(object, context);
        let mut base = String::new();
        let mut kind = Kind::Object;
        let mut entries = Entries::None;
        let mut close = "}";
        let open;
        let typed_array = JsTypedArray::from_object(object.clone()).ok();
        if object.is_array() {
            let length = length_of(object, context);
            keys.retain(|key| !matches!(key, PropertyKey::Index(_)));
            let prefix = if constructor.as_deref() == Some("Array") && tag.is_empty() {
                String::new()
            } else {
                prefix(constructor.as_deref(), &tag, "Array", Some(length))
            };
            open = format!("{prefix}[");
            close = "]";
            if length == 0 && keys.is_empty() {
                return format!("{open}]");
            }
            kind = Kind::Array;
            entries = Entries::Array(length);
        } else if let Some(array) = typed_array {
            let length = array.length(context).unwrap_or(0);
            keys.retain(|key| !matches!(key, PropertyKey::Index(_)));
            let name = constructor.clone().unwrap_or_else(|| tag.clone());
            open = format!("{}[", prefix(Some(&name), "", &name, Some(length)));
            close = "]";
            if length == 0 && keys.is_empty() {
                return format!("{open}]");
            }
            kind = Kind::Array;
            entries = Entries::Array(length);
        } else if let Ok(set) = JsSet::from_object(object.clone()) {
            open = format!(
                "{}{{",
                prefix(constructor.as_deref(), &tag, "Set", Some(set.size()))
            );
            let mut items = Vec::new();
            // Copying out cannot fail; the closure never returns an error.
            let _ = set.for_each_native(|item| {
                items.push(item);
                Ok(())
            });
            if items.is_empty() && keys.is_empty() {
                return format!("{open}}}");
            }
            entries = Entries::Set(items);
        } else if let Ok(map) = JsMap::from_object(object.clone()) {
            let mut items = Vec::new();
            let _ = map.for_each_native(|key, item| {
                items.push((key, item));
                Ok(())
            });
            open = format!(
                "{}{{",
                prefix(constructor.as_deref(), &tag, "Map", Some(items.len()))
            );
            if items.is_empty() && keys.is_empty() {
                return format!("{open}}}");
            }
            entries = Entries::Map(items);
        } else if object.is_callable() {
            base = function_base(object, constructor.as_deref(), &tag, context);
            if keys.is_empty() {
                return base;
            }
            open = "{".to_owned();
        } else if object.is::<RegExp>() {
            base = call_text(object, |p| p.regexp_to_string.clone(), context);
            if keys.is_empty() || too_deep {
                return base;
            }
            open = "{".to_owned();
        } else if object.is::<Date>() {
            base = call_text(object, |p| p.date_to_iso.clone(), context);
            if base.is_empty() {
                "Invalid Date".clone_into(&mut base);
            }
            if keys.is_empty() {
                return base;
            }
            open = "{".to_owned();
        } else if errors::is_error(&object.clone().into(), context) {
            base = inspect_error::show(
                object,
                constructor.as_deref(),
                &mut keys,
                self.indentation,
                context,
            );
            if keys.is_empty() {
                return base;
            }
            open = "{".to_owned();
        } else if let Some(primitive) = boxed(object) {
            let inner = self.value(&primitive, level, context);
            let name = if primitive.is_string() {
                keys.retain(|key| !matches!(key, PropertyKey::Index(_)));
                "String"
            } else if primitive.is_boolean() {
                "Boolean"
            } else if primitive.is_bigint() {
                "BigInt"
            } else if primitive.is_symbol() {
                "Symbol"
            } else {
                "Number"
            };
            base = format!("[{name}: {inner}]");
            if keys.is_empty() {
                return base;
            }
            open = "{".to_owned();
        } else if let Ok(promise) = JsPromise::from_object(object.clone()) {
            open = format!(
                "{}{{",
                prefix(constructor.as_deref(), &tag, "Promise", None)
            );
            entries = Entries::Promise(promise.state());
        } else if let Ok(buffer) = JsArrayBuffer::from_object(object.clone()) {
            open = format!(
                "{}{{",
                prefix(constructor.as_deref(), &tag, "ArrayBuffer", None)
            );
            entries = Entries::Bytes(buffer);
        } else if let Ok(view) = JsDataView::from_object(object.clone()) {
            open = format!(
                "{}{{",
                prefix(constructor.as_deref(), &tag, "DataView", None)
            );
            entries = Entries::View(view);
        } else if constructor.as_deref() == Some("Object") && is_arguments(object, context) {
            open = "[Arguments] {".to_owned();
            if keys.is_empty() {
                return format!("{open}}}");
            }
        } else if matches!(constructor.as_deref(), Some("WeakMap" | "WeakSet")) {
            open = format!("{}{{", prefix(constructor.as_deref(), "", "WeakMap", None));
            entries = Entries::Unknown;
        } else {
            let plain = constructor.as_deref() == Some("Object") && tag.is_empty();
            open = if plain {
                "{".to_owned()
            } else {
                format!("{}{{", prefix(constructor.as_deref(), &tag, "Object", None))
            };
            if keys.is_empty() {
                return format!("{open}}}");
            }
        }
        if too_deep {
            let name = prefix(
                constructor.as_deref(),
                &tag,
                if kind == Kind::Array {
                    "Array"
                } else {
                    "Object"
                },
                None,
            );
            return format!("[{}]", name.trim_end());
        }
        self.seen.push(object.clone());
        self.current_depth = level;
        let next = level + 1;
        let mut output = self.entries(object, entries, next, context);
        for key in keys {
            output.push(self.property(object, &key, next, context));
        }
        self.seen.pop();
        let mut open = open;
        if let Some(index) = self
            .circular
            .iter()
            .position(|c| JsObject::equals(c, object))
        {
            let reference = format!("<ref *{}>", index + 1);
            if base.is_empty() {
                open = format!("{reference} {open}");
            } else {
                base = format!("{reference} {base}");
            }
        }
        if self.options.sorted && kind == Kind::Object {
            output.sort();
        }
        self.reduce(object, output, &base, (&open, close), kind, level, context)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one layout decision, as Node's own function takes them"
    )]
    fn reduce(
        &self,
        object: &JsObject,
        output: Vec<String>,
        base: &str,
        braces: (&str, &str),
        kind: Kind,
        level: usize,
        context: &mut Context,
    ) -> String {
        let layout = Layout {
            break_length: self.options.break_length,
            indentation: self.indentation,
        };
        if self.options.compact_single_line {
            return layout.one_line(&output, base, braces);
        }
        let entries = output.len();
        let output = if kind == Kind::Array && entries > 6 {
            let cut = length_of(object, context) > self.options.max_array_length;
            let numeric = (0..entries).all(|index| {
                let item = object
                    .get(u32::try_from(index).unwrap_or(u32::MAX), context)
                    .unwrap_or_default();
                item.is_number() || item.is_bigint()
            });
            group(output, &layout, cut, numeric)
        } else {
            output
        };
        if self.current_depth - level.min(self.current_depth) < self.options.compact
            && entries == output.len()
            && let Some(line) = layout.fitting(&output, base, braces)
        {
            return line;
        }
        layout.broken(&output, base, braces)
    }

    fn keys(&self, object: &JsObject, context: &mut Context) -> Vec<PropertyKey> {
        let mut keys = object.own_property_keys(context).unwrap_or_default();
        keys.retain(|key| {
            let shown = own(object, key, context)
                .and_then(|found| found.enumerable())
                .unwrap_or(false);
            shown || self.options.show_hidden && matches!(key, PropertyKey::String(_))
        });
        keys
    }

    fn entries(
        &mut self,
        object: &JsObject,
        entries: Entries,
        level: usize,
        context: &mut Context,
    ) -> Vec<String> {
        match entries {
            Entries::None => Vec::new(),
            Entries::Unknown => vec!["<items unknown>".to_owned()],
            Entries::Array(length) => self.items(object, length, level, context),
            Entries::Bytes(buffer) => {
                let bytes = buffer.to_vec().unwrap_or_default();
                let most = self.options.max_array_length.min(50);
                let mut shown: Vec<String> = bytes
                    .iter()
                    .take(most)
                    .map(|byte| format!("{byte:02x}"))
                    .collect();
                if bytes.len() > most {
                    let more = bytes.len() - most;
                    let end = if more > 1 { "s" } else { "" };
                    shown.push(format!("... {more} more byte{end}"));
                }
                vec![
                    format!("[Uint8Contents]: <{}>", shown.join(" ")),
                    format!("byteLength: {}", bytes.len()),
                ]
            }
            Entries::View(view) => {
                let length = view.byte_length(context).unwrap_or(0);
                let offset = view.byte_offset(context).unwrap_or(0);
                self.indentation += 2;
                let buffer = view.buffer(context).unwrap_or_default();
                let buffer = self.value(&buffer, level, context);
                self.indentation -= 2;
                vec![
                    format!("byteLength: {length}"),
                    format!("byteOffset: {offset}"),
                    format!("buffer: {buffer}"),
                ]
            }
            Entries::Set(items) => {
                self.indentation += 2;
                let shown = items
                    .iter()
                    .map(|item| self.value(item, level, context))
                    .collect();
                self.indentation -= 2;
                shown
            }
            Entries::Map(items) => {
                self.indentation += 2;
                let mut shown = Vec::with_capacity(items.len());
                for (key, item) in &items {
                    let key = self.value(key, level, context);
                    shown.push(format!("{key} => {}", self.value(item, level, context)));
                }
                self.indentation -= 2;
                shown
            }
            Entries::Promise(PromiseState::Pending) => vec!["<pending>".to_owned()],
            Entries::Promise(PromiseState::Fulfilled(value)) => {
                self.indentation += 2;
                let shown = self.value(&value, level, context);
                self.indentation -= 2;
                vec![shown]
            }
            Entries::Promise(PromiseState::Rejected(value)) => {
                self.indentation += 2;
                let shown = self.value(&value, level, context);
                self.indentation -= 2;
                vec![format!("<rejected> {shown}")]
            }
        }
    }

    fn items(
        &mut self,
        object: &JsObject,
        length: usize,
        level: usize,
        context: &mut Context,
    ) -> Vec<String> {
        let mut output = Vec::new();
        let mut index = 0;
        while index < length && output.len() < self.options.max_array_length {
            let key = PropertyKey::from(u32::try_from(index).unwrap_or(u32::MAX));
            if own(object, &key, context).is_some() {
                output.push(self.element(object, &key, level, context));
                index += 1;
                continue;
            }
            let start = index;
            while index < length
                && own(
                    object,
                    &PropertyKey::from(u32::try_from(index).unwrap_or(u32::MAX)),
                    context,
                )
                .is_none()
            {
                index += 1;
            }
            let holes = index - start;
            output.push(format!(
                "<{holes} empty item{}>",
                if holes > 1 { "s" } else { "" }
            ));
        }
        if index < length {
            let more = length - index;
            output.push(format!(
                "... {more} more item{}",
                if more > 1 { "s" } else { "" }
            ));
        }
        output
    }

    fn element(
        &mut self,
        object: &JsObject,
        key: &PropertyKey,
        level: usize,
        context: &mut Context,
    ) -> String {
        let Some(found) = own(object, key, context) else {
            return "undefined".to_owned();
        };
        self.described(&found, level, context)
    }

    fn described(
        &mut self,
        found: &PropertyDescriptor,
        level: usize,
        context: &mut Context,
    ) -> String {
        if let Some(value) = found.value() {
            self.indentation += 2;
            let shown = self.value(value, level, context);
            self.indentation -= 2;
            return shown;
        }
        let is_set =
            |accessor: Option<&JsValue>| accessor.is_some_and(|accessor| !accessor.is_undefined());
        match (is_set(found.get()), is_set(found.set())) {
            (true, true) => "[Getter/Setter]".to_owned(),
            (true, false) => "[Getter]".to_owned(),
            (false, true) => "[Setter]".to_owned(),
            (false, false) => "undefined".to_owned(),
        }
    }

    fn property(
        &mut self,
        object: &JsObject,
        key: &PropertyKey,
        level: usize,
        context: &mut Context,
    ) -> String {
        let Some(found) = own(object, key, context) else {
            return String::new();
        };
        let shown = self.described(&found, level, context);
        let name = match key {
            PropertyKey::Symbol(symbol) => {
                format!("[{}]", symbol.descriptive_string().to_std_string_lossy())
            }
            key => {
                let text = errors::display(&JsValue::from(key.clone()), context);
                if found.enumerable() == Some(false) {
                    format!("[{text}]")
                } else if text == "__proto__" {
                    "['__proto__']".to_owned()
                } else if is_plain_name(&text) {
                    text
                } else {
                    escape(&text)
                }
            }
        };
        format!("{name}: {shown}")
    }
}

/// What an object holds besides its properties.
enum Entries {
    None,
    Unknown,
    Array(usize),
    Set(Vec<JsValue>),
    Map(Vec<(JsValue, JsValue)>),
    Promise(PromiseState),
    Bytes(JsArrayBuffer),
    View(JsDataView),
}
