//! JSON text read without a limit of depth: boa and serde both refuse what Node accepts (more than 127 levels).
//!
//! Numbers keep their text in the `Value` and become doubles in the engine, as `JSON.parse` does.

use boa_engine::object::builtins::JsArray;
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue};
use serde_json::{Map, Number, Value};
use thiserror::Error;

/// Text that is not JSON, with its place.
#[derive(Debug, Error, PartialEq, Eq)]
#[error(
    "The payload is not JSON: {what} in line {line}, column {column}. Correct it there and run again."
)]
pub(super) struct NotJson {
    what: String,
    line: usize,
    column: usize,
}

/// The deepest nesting that is read; Node stops at a similar depth of its own stack.
const MAX_DEPTH: usize = 20_000;

/// Reads one JSON document.
///
/// # Errors
/// Where the text is not JSON, or nested deeper than 20,000 levels.
pub(super) fn parse(text: &str) -> Result<Value, NotJson> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        depth: 0,
    };
    reader.blank();
    let value = reader.value()?;
    reader.blank();
    match reader.bytes.get(reader.at) {
        None => Ok(value),
        Some(_) => Err(reader.unexpected()),
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn blank(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn fail(&self, what: impl Into<String>) -> NotJson {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        NotJson {
            what: what.into(),
            line,
            column,
        }
    }

    fn unexpected(&self) -> NotJson {
        match self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
        {
            None => self.fail("the text ends too early"),
            Some(found) => self.fail(format!("unexpected `{found}`")),
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), NotJson> {
        if self.bytes.get(self.at) == Some(&byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    fn value(&mut self) -> Result<Value, NotJson> {
        match self.bytes.get(self.at) {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::String),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.unexpected()),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, NotJson>) -> Result<Value, NotJson> {
        if self.depth >= MAX_DEPTH {
            return Err(self.fail(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        self.depth += 1;
        self.at += 1;
        self.blank();
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Value, NotJson> {
        let mut map = Map::new();
        if self.bytes.get(self.at) == Some(&b'}') {
            self.at += 1;
            return Ok(Value::Object(map));
        }
        loop {
            if self.bytes.get(self.at) != Some(&b'"') {
                return Err(self.unexpected());
            }
            let key = self.string()?;
            self.blank();
            self.expect(b':')?;
            self.blank();
            let value = self.value()?;
            map.insert(key, value);
            self.blank();
            if self.bytes.get(self.at) == Some(&b'}') {
                self.at += 1;
                return Ok(Value::Object(map));
            }
            self.expect(b',')?;
            self.blank();
        }
    }

    fn array(&mut self) -> Result<Value, NotJson> {
        let mut items = Vec::new();
        if self.bytes.get(self.at) == Some(&b']') {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value()?);
            self.blank();
            if self.bytes.get(self.at) == Some(&b']') {
                self.at += 1;
                return Ok(Value::Array(items));
            }
            self.expect(b',')?;
            self.blank();
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, NotJson> {
        if self
            .text
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
        {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.unexpected())
        }
    }

    /// A string or a number is one flat token: serde_json reads it once its end is known.
    fn string(&mut self) -> Result<String, NotJson> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.bytes.get(self.at) {
                None => return Err(self.fail("the text ends inside a string")),
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(byte) if *byte < 0x20 => {
                    return Err(self.fail("a line break or control character inside a string"));
                }
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        let token = self.text.get(start..self.at).unwrap_or_default();
        serde_json::from_str(token).map_err(|_| self.fail("a broken escape in a string"))
    }

    fn number(&mut self) -> Result<Value, NotJson> {
        let start = self.at;
        while matches!(
            self.bytes.get(self.at),
            Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')
        ) {
            self.at += 1;
        }
        let token = self.text.get(start..self.at).unwrap_or_default();
        serde_json::from_str::<Number>(token)
            .map(Value::Number)
            .map_err(|_| self.fail("a broken number"))
    }
}

/// Builds the engine's value, as `JSON.parse` would: `__proto__` is an ordinary key.
///
/// # Errors
/// Only what the engine itself refuses.
pub(super) fn to_engine(value: &Value, context: &mut Context) -> JsResult<JsValue> {
    Ok(match value {
        Value::Null => JsValue::null(),
        Value::Bool(flag) => JsValue::from(*flag),
        Value::Number(number) => {
            JsValue::from(number.to_string().parse::<f64>().unwrap_or(f64::NAN))
        }
        Value::String(text) => JsValue::from(JsString::from(text.as_str())),
        Value::Array(items) => {
            let mut list = Vec::with_capacity(items.len());
            for item in items {
                list.push(to_engine(item, context)?);
            }
            JsArray::from_iter(list, context).into()
        }
        Value::Object(map) => {
            let object = JsObject::with_object_proto(context.intrinsics());
            for (key, item) in map {
                let item = to_engine(item, context)?;
                object.define_property_or_throw(
                    PropertyKey::from(JsString::from(key.as_str())),
                    PropertyDescriptor::builder()
                        .value(item)
                        .writable(true)
                        .enumerable(true)
                        .configurable(true),
                    context,
                )?;
            }
            object.into()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_serde_reads() {
        for text in [
            r#"{"a":[1,-2.5e3,"x\n\u00e9",true,false,null],"b":{}}"#,
            "[]",
            " 3 ",
            "\"\"",
        ] {
            assert_eq!(
                parse(text).unwrap(),
                serde_json::from_str::<Value>(text).unwrap(),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_with_the_place() {
        for (text, part) in [
            ("", "ends too early in line 1, column 1"),
            ("{\n  a: 1}", "unexpected `a` in line 2, column 3"),
            ("[1,]", "unexpected `]` in line 1, column 4"),
            ("{} x", "unexpected `x`"),
            ("\"ab", "ends inside a string"),
            ("01", "broken number"),
        ] {
            let message = parse(text).unwrap_err().to_string();
            assert!(message.contains(part), "{text:?}: {message}");
        }
    }

    #[test]
    fn nests_deeper_than_serde_allows() {
        let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
        assert!(parse(&deep).is_ok());
    }
}
