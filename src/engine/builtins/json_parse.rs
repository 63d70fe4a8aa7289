//! `JSON.parse` with V8's messages, without a limit of depth, and several times faster than boa's.

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsArgs, JsNativeError, JsObject, JsResult, JsStr, JsString, JsValue};

use super::super::errors::STACK_EXHAUSTED;
use super::super::state::State;

/// V8 shows this much of the text on both sides of an unexpected token.
const SURROUNDING: usize = 10;

/// Replaces `JSON.parse`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    match super::global("JSON", context)? {
        Some(json) => super::replace(&json, "parse", parse, context),
        None => Ok(()),
    }
}

fn parse(
    this: &JsValue,
    args: &[JsValue],
    original: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = args.get_or_undefined(0).to_string(context)?;
    let value = read(&text, context)?;
    if args.get_or_undefined(1).is_callable() {
        // The walk of the reviver is boa's own.
        let reviver = args.get_or_undefined(1).clone();
        return original.call(this, &[text.into(), reviver], context);
    }
    Ok(value)
}

/// Reads one JSON document.
///
/// # Errors
/// The SyntaxError in V8's words; a RangeError where it is nested too deeply for the stack.
fn read(text: &JsString, context: &mut Context) -> JsResult<JsValue> {
    let units = text.to_vec();
    let mut reader = Reader {
        units: &units,
        at: 0,
        depth: 0,
    };
    let result = reader.document(context);
    match result {
        Ok(value) => Ok(value),
        Err(Fault::Exhausted) => Err(JsNativeError::range().with_message(STACK_EXHAUSTED).into()),
        Err(fault) => {
            let message = reader.message(&fault);
            Err(JsNativeError::syntax().with_message(message).into())
        }
    }
}

/// Why the text is no JSON at the reader's place.
enum Fault {
    /// V8's words, to which the place is added.
    Words(&'static str),
    /// What V8 says of a token it did not expect.
    Token,
    Exhausted,
}

struct Reader<'a> {
    units: &'a [u16],
    at: usize,
    depth: usize,
}

fn is_digit(unit: Option<u16>) -> bool {
    unit.is_some_and(|unit| (u16::from(b'0')..=u16::from(b'9')).contains(&unit))
}

impl Reader<'_> {
    fn peek(&self) -> Option<u16> {
        self.units.get(self.at).copied()
    }

    fn is(&self, byte: u8) -> bool {
        self.peek() == Some(u16::from(byte))
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(0x20 | 0x09 | 0x0a | 0x0d)) {
            self.at += 1;
        }
    }

    fn document(&mut self, context: &mut Context) -> Result<JsValue, Fault> {
        self.blank();
        let value = self.value(context)?;
        self.blank();
        if self.at < self.units.len() {
            return Err(Fault::Words(
                "Unexpected non-whitespace character after JSON",
            ));
        }
        Ok(value)
    }

    fn value(&mut self, context: &mut Context) -> Result<JsValue, Fault> {
        let Some(unit) = self.peek() else {
            return Err(Fault::Token);
        };
        match u8::try_from(unit).unwrap_or(0) {
            b'{' | b'[' => {
                self.depth += 1;
                // Looking costs something: only where it could matter.
                if self.depth.is_multiple_of(64)
                    && State::of(context).is_ok_and(|state| state.stack_is_full())
                {
                    return Err(Fault::Exhausted);
                }
                self.at += 1;
                let value = if unit == u16::from(b'{') {
                    self.object(context)
                } else {
                    self.array(context)
                };
                self.depth -= 1;
                value
            }
            b'"' => self.string().map(JsValue::from),
            b't' => self.word("true", JsValue::from(true)),
            b'f' => self.word("false", JsValue::from(false)),
            b'n' => self.word("null", JsValue::null()),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(Fault::Token),
        }
    }

    fn word(&mut self, word: &str, value: JsValue) -> Result<JsValue, Fault> {
        for byte in word.bytes() {
            if !self.is(byte) {
                return Err(Fault::Token);
            }
            self.at += 1;
        }
        Ok(value)
    }

    fn object(&mut self, context: &mut Context) -> Result<JsValue, Fault> {
        let object = JsObject::with_object_proto(context.intrinsics());
        self.blank();
        if self.is(b'}') {
            self.at += 1;
            return Ok(object.into());
        }
        let mut first = true;
        loop {
            if !self.is(b'"') {
                return Err(Fault::Words(if first {
                    "Expected property name or '}' in JSON"
                } else {
                    "Expected double-quoted property name in JSON"
                }));
            }
            first = false;
            let key = self.string()?;
            self.blank();
            if !self.is(b':') {
                return Err(Fault::Words("Expected ':' after property name in JSON"));
            }
            self.at += 1;
            self.blank();
            let value = self.value(context)?;
            object.insert_property(
                PropertyKey::from(key),
                PropertyDescriptor::builder()
                    .value(value)
                    .writable(true)
                    .enumerable(true)
                    .configurable(true),
            );
            self.blank();
            if self.is(b'}') {
                self.at += 1;
                return Ok(object.into());
            }
            if !self.is(b',') {
                return Err(Fault::Words(
                    "Expected ',' or '}' after property value in JSON",
                ));
            }
            self.at += 1;
            self.blank();
        }
    }

    fn array(&mut self, context: &mut Context) -> Result<JsValue, Fault> {
        let mut items = Vec::new();
        self.blank();
        if self.is(b']') {
            self.at += 1;
            return Ok(JsArray::from_iter(items, context).into());
        }
        loop {
            items.push(self.value(context)?);
            self.blank();
            if self.is(b']') {
                self.at += 1;
                return Ok(JsArray::from_iter(items, context).into());
            }
            if !self.is(b',') {
                return Err(Fault::Words(
                    "Expected ',' or ']' after array element in JSON",
                ));
            }
            self.at += 1;
            self.blank();
        }
    }

    fn string(&mut self) -> Result<JsString, Fault> {
        self.at += 1;
        let start = self.at;
        loop {
            match self.peek() {
                None => return Err(Fault::Words("Unterminated string in JSON")),
                Some(0x22) => {
                    let text = made(self.units.get(start..self.at).unwrap_or_default());
                    self.at += 1;
                    return Ok(text);
                }
                Some(0x5c) => break,
                Some(unit) if unit < 0x20 => {
                    return Err(Fault::Words(
                        "Bad control character in string literal in JSON",
                    ));
                }
                Some(_) => self.at += 1,
            }
        }
        let mut text = self.units.get(start..self.at).unwrap_or_default().to_vec();
        loop {
            match self.peek() {
                None => return Err(Fault::Words("Unterminated string in JSON")),
                Some(0x22) => {
                    self.at += 1;
                    return Ok(made(&text));
                }
                Some(0x5c) => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                Some(unit) if unit < 0x20 => {
                    return Err(Fault::Words(
                        "Bad control character in string literal in JSON",
                    ));
                }
                Some(unit) => {
                    self.at += 1;
                    text.push(unit);
                }
            }
        }
    }

    fn escape(&mut self) -> Result<u16, Fault> {
        let Some(unit) = self.peek() else {
            return Err(Fault::Words("Unterminated string in JSON"));
        };
        let meant = match u8::try_from(unit).unwrap_or(0) {
            byte @ (b'"' | b'\\' | b'/') => u16::from(byte),
            b'b' => 0x08,
            b'f' => 0x0c,
            b'n' => 0x0a,
            b'r' => 0x0d,
            b't' => 0x09,
            b'u' => {
                let mut code = 0;
                for _ in 0..4 {
                    self.at += 1;
                    let digit = self
                        .peek()
                        .and_then(|unit| char::from_u32(u32::from(unit)))
                        .and_then(|digit| digit.to_digit(16));
                    let Some(digit) = digit else {
                        return Err(Fault::Words("Bad Unicode escape in JSON"));
                    };
                    code = code * 16 + digit;
                }
                u16::try_from(code).unwrap_or(0xfffd)
            }
            _ => return Err(Fault::Words("Bad escaped character in JSON")),
        };
        self.at += 1;
        Ok(meant)
    }

    fn number(&mut self) -> Result<JsValue, Fault> {
        let start = self.at;
        if self.is(b'-') {
            self.at += 1;
            if !is_digit(self.peek()) {
                return Err(Fault::Words("No number after minus sign in JSON"));
            }
        }
        if self.is(b'0') {
            self.at += 1;
            if is_digit(self.peek()) {
                return Err(Fault::Words("Unexpected number in JSON"));
            }
        }
        while is_digit(self.peek()) {
            self.at += 1;
        }
        let mut whole = true;
        if self.is(b'.') {
            whole = false;
            self.at += 1;
            if !is_digit(self.peek()) {
                return Err(Fault::Words("Unterminated fractional number in JSON"));
            }
            while is_digit(self.peek()) {
                self.at += 1;
            }
        }
        if self.is(b'e') || self.is(b'E') {
            whole = false;
            self.at += 1;
            if self.is(b'+') || self.is(b'-') {
                self.at += 1;
            }
            if !is_digit(self.peek()) {
                return Err(Fault::Words("Exponent part is missing a number in JSON"));
            }
            while is_digit(self.peek()) {
                self.at += 1;
            }
        }
        let token = self.units.get(start..self.at).unwrap_or_default();
        let token = String::from_utf16_lossy(token);
        if whole
            && token != "-0"
            && let Ok(number) = token.parse::<i32>()
        {
            return Ok(JsValue::from(number));
        }
        Ok(JsValue::from(token.parse::<f64>().unwrap_or(f64::NAN)))
    }

    fn message(&self, fault: &Fault) -> String {
        match fault {
            Fault::Words(words) => {
                let (line, column) = self.place();
                format!(
                    "{words} at position {} (line {line} column {column})",
                    self.at
                )
            }
            Fault::Token | Fault::Exhausted => self.unexpected(),
        }
    }

    fn place(&self) -> (usize, usize) {
        let before = self.units.get(..self.at).unwrap_or(self.units);
        let (mut line, mut start) = (1, 0);
        for (index, unit) in before.iter().enumerate() {
            // A carriage return counts with the line feed after it.
            let lone = *unit == 0x0d && self.units.get(index + 1) != Some(&0x0a);
            if *unit == 0x0a || lone {
                line += 1;
                start = index + 1;
            }
        }
        (line, self.at - start + 1)
    }

    fn unexpected(&self) -> String {
        let Some(unit) = self.peek() else {
            return "Unexpected end of JSON input".to_owned();
        };
        if unit == 0x22 || is_digit(Some(unit)) || unit == u16::from(b'-') {
            let kind = if unit == 0x22 { "string" } else { "number" };
            let (line, column) = self.place();
            return format!(
                "Unexpected {kind} in JSON at position {} (line {line} column {column})",
                self.at
            );
        }
        let whole = String::from_utf16_lossy(self.units);
        if matches!(
            whole.as_str(),
            "undefined" | "NaN" | "Infinity" | "[object Object]"
        ) {
            return format!("\"{whole}\" is not valid JSON");
        }
        let token = String::from_utf16_lossy(&[unit]);
        let length = self.units.len();
        let part = |from: usize, to: usize| {
            String::from_utf16_lossy(self.units.get(from..to).unwrap_or_default())
        };
        let shown = if length <= 2 * SURROUNDING {
            format!("\"{whole}\"")
        } else if self.at < SURROUNDING {
            format!("\"{}\"...", part(0, self.at + SURROUNDING))
        } else if self.at >= length - SURROUNDING {
            format!("...\"{}\"", part(self.at - SURROUNDING, length))
        } else {
            format!(
                "...\"{}\"...",
                part(self.at - SURROUNDING, self.at + SURROUNDING)
            )
        };
        format!("Unexpected token '{token}', {shown} is not valid JSON")
    }
}

/// A string in the narrower of the engine's two forms where it fits.
fn made(units: &[u16]) -> JsString {
    let narrow: Option<Vec<u8>> = units.iter().map(|unit| u8::try_from(*unit).ok()).collect();
    match narrow {
        Some(narrow) => JsString::from(JsStr::latin1(&narrow)),
        None => JsString::from(units),
    }
}
