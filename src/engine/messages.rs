//! V8's words for errors that boa reports in its own, with what failed read from the source at the place.

use super::culprit::{self, Culprit};
use super::position::{Frame, ScriptMap};

/// Messages that need nothing but other words.
const WORDS: &[(&str, &str)] = &[
    (
        "cannot serialize bigint to JSON",
        "Do not know how to serialize a BigInt",
    ),
    ("invalid array length", "Invalid array length"),
    ("Invalid array length", "Invalid array length"),
    (
        "can't convert symbol to string",
        "Cannot convert a Symbol value to a string",
    ),
    (
        "argument must not be a symbol",
        "Cannot convert a Symbol value to a number",
    ),
    (
        "argument must not be a bigint",
        "Cannot convert a BigInt value to a number",
    ),
    (
        "cannot mix BigInt and other types, use explicit conversions",
        "Cannot mix BigInt and other types, use explicit conversions",
    ),
    ("invalid escape character found", "URI malformed"),
    ("non-terminated escape character found", "URI malformed"),
    ("trying to encode an invalid string", "URI malformed"),
    ("bad length for array", "Invalid array length"),
    (
        "cannot convert object to primitive value",
        "Cannot convert object to primitive value",
    ),
    (
        "Reflect.ownKeys: target must be an object",
        "Reflect.ownKeys called on non-object",
    ),
    (
        "precision must be an integer at least 1 and no greater than 100",
        "toPrecision() argument must be between 1 and 100",
    ),
    (
        "radix must be an integer at least 2 and no greater than 36",
        "toString() radix argument must be between 2 and 36",
    ),
    (
        "cannot convert Symbol to a BigInt",
        "Cannot convert Symbol() to a BigInt",
    ),
    (
        "cannot convert null or undefined to Object",
        "Cannot convert undefined or null to object",
    ),
    (
        "Object.defineProperty: expected 'this' to be an Object",
        "Object.defineProperty called on non-object",
    ),
    (
        "can't set prototype of this object",
        "Cyclic __proto__ value",
    ),
    (
        "Proxy constructor called with non-object handler",
        "Cannot create proxy with a non-object as target or handler",
    ),
    (
        "Proxy constructor called with non-object target",
        "Cannot create proxy with a non-object as target or handler",
    ),
    (
        "Proxy constructor called on undefined new target",
        "Constructor Proxy requires 'new'",
    ),
    ("'this' is not a Date", "this is not a Date object."),
    (
        "not a function",
        "Function.prototype.toString requires that 'this' be a Function",
    ),
    (
        "Property descriptor getter must be callable",
        "Getter must be a function",
    ),
    (
        "Property descriptor setter must be callable",
        "Setter must be a function",
    ),
    (
        "Invalid property descriptor.Cannot both specify accessors and a value or writable attribute",
        "Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, #<Object>",
    ),
    (
        "Array.prototype.reduce: called on an empty array and with no initial value",
        "Reduce of empty array with no initial value",
    ),
    (
        "Array.prototype.reduceRight: called on an empty array and with no initial value",
        "Reduce of empty array with no initial value",
    ),
    (
        "cyclic object value",
        "Converting circular structure to JSON",
    ),
    (
        "right-hand side of 'instanceof' is not callable",
        "Right-hand side of 'instanceof' is not callable",
    ),
    (
        "no promise in Promise.any was fulfilled.",
        "All promises were rejected",
    ),
    (
        "cannot reinitialize `this` binding",
        "Super constructor may only be called once",
    ),
    (
        "Proxy object has empty handler and target",
        "Cannot perform 'get' on a proxy that has been revoked",
    ),
    (
        "cannot convert null to a BigInt",
        "Cannot convert null to a BigInt",
    ),
    (
        "cannot convert undefined to a BigInt",
        "Cannot convert undefined to a BigInt",
    ),
    ("BigInt division by zero", "Division by zero"),
];

/// The better message, or `None` where boa's own is as good or nothing can be read.
pub(super) fn improve(message: &str, frame: Option<&Frame>, script: &ScriptMap) -> Option<String> {
    if let Some(words) = words(message) {
        return Some(words);
    }
    let at = frame.and_then(|frame| script.offset(frame.line, frame.column))?;
    from_source(message, || culprit::find(&script.source, at))
}

fn words(message: &str) -> Option<String> {
    if let Some((_, words)) = WORDS.iter().find(|(known, _)| *known == message) {
        return Some((*words).to_owned());
    }
    if message.starts_with("cannot mutate an immutable binding") {
        return Some("Assignment to constant variable.".to_owned());
    }
    if message.starts_with("right-hand side of 'instanceof' should be an object") {
        return Some("Right-hand side of 'instanceof' is not an object".to_owned());
    }
    if let Some(name) = message.strip_prefix("cannot assign to uninitialized global property ") {
        return Some(format!("{} is not defined", name.trim_matches('`')));
    }
    if let Some(key) = message.strip_prefix("cannot redefine property: ") {
        return Some(format!("Cannot redefine property: {key}"));
    }
    if let Some(key) = message.strip_prefix("cannot delete non-configurable property: ") {
        let of = if key.parse::<u32>().is_ok() {
            "[object Array]"
        } else {
            "#<Object>"
        };
        return Some(format!("Cannot delete property '{key}' of {of}"));
    }
    if let Some(point) = message.strip_prefix("codepoint `") {
        return Some(format!("Invalid code point {}", point.split('`').next()?));
    }
    if let Some(rest) = message.strip_prefix("cannot convert string '") {
        let text = rest.strip_suffix("' to bigint primitive")?;
        return Some(format!("Cannot convert {text} to a BigInt"));
    }
    if let Some(rest) = message.strip_prefix("cannot convert ")
        && let Some(number) = rest.strip_suffix(" to a BigInt")
    {
        return Some(format!(
            "The number {number} cannot be converted to a BigInt because it is not an integer"
        ));
    }
    if let Some(rest) = message.strip_prefix("cannot call `")
        && let Some(name) = rest.strip_suffix("` constructor without new")
    {
        return Some(format!("Constructor {name} requires 'new'"));
    }
    if message.starts_with("WeakMap.set: expected target") {
        return Some("Invalid value used as weak map key".to_owned());
    }
    if message.starts_with("WeakSet.add: expected target") {
        return Some("Invalid value used in weak set".to_owned());
    }
    message
        .starts_with("Object.")
        .then(|| message.split_once(": expected 'proto' to be an Object or null, got `"))
        .flatten()
        .map(|(_, kind)| match kind.trim_end_matches('`') {
            "undefined" => "Object prototype may only be an Object or null: undefined".to_owned(),
            kind => format!("Object prototype may only be an Object or null: {kind}"),
        })
}

fn from_source(message: &str, found: impl Fn() -> Option<Culprit>) -> Option<String> {
    Some(match message {
        "not a callable function" => format!("{} is not a function", found()?.callee?),
        "not a constructor" => format!("{} is not a constructor", found()?.constructed?),
        "class constructor cannot be invoked without 'new'" => {
            let callee = found()?.callee?;
            let class = [".call", ".apply", ".bind"]
                .iter()
                .find_map(|method| callee.strip_suffix(method))
                .unwrap_or(&callee);
            format!("Class constructor {class} cannot be invoked without 'new'")
        }
        "access of uninitialized binding" => {
            let found = found()?;
            let name = match found.name?.as_str() {
                "new" => found.constructed?,
                name => name.to_owned(),
            };
            format!("Cannot access '{name}' before initialization")
        }
        "Promise executor is not callable" => {
            let given = found()?.given.unwrap_or_else(|| "undefined".to_owned());
            format!("Promise resolver {given} is not a function")
        }
        "Index must be between 0 and  2^53 - 1" => {
            let found = found()?;
            match (found.constructed?.as_str(), found.given) {
                ("ArrayBuffer", _) => "Invalid array buffer length".to_owned(),
                (_, given) => format!("Invalid typed array length: {}", given?),
            }
        }
        "Private element does not exist on object" => {
            let (name, written) = found()?.private?;
            if written {
                format!(
                    "Cannot write private member #{name} to an object whose class did not declare it"
                )
            } else {
                format!(
                    "Cannot read private member #{name} from an object whose class did not declare it"
                )
            }
        }
        "private property was defined without a setter" => {
            format!("'#{}' was defined without a setter", found()?.private?.0)
        }
        "private property was defined without a getter" => {
            format!("'#{}' was defined without a getter", found()?.private?.0)
        }
        "Cannot delete property" => {
            let name = found()?.property?.name;
            format!("Cannot delete property '{name}' of #<Object>")
        }
        _ if message.starts_with("failed to create matcher: ") => {
            let pattern = found()?.pattern?;
            let words = match message.trim_start_matches("failed to create matcher: ") {
                "Unbalanced bracket" => "Unterminated character class",
                "Unbalanced parenthesis"
                    if pattern.matches(')').count() > pattern.matches('(').count() =>
                {
                    "Unmatched ')'"
                }
                "Unbalanced parenthesis" => "Unterminated group",
                "Invalid atom character" => "Nothing to repeat",
                "Incomplete escape" => "\\ at end of pattern",
                "Invalid quantifier" => "numbers out of order in {} quantifier",
                "Invalid unicode escape" => "Invalid Unicode escape",
                "Invalid token at named capture group identifier" => "Invalid capture group name",
                range if range.starts_with("Range values reversed") => {
                    "Range out of order in character class"
                }
                missing if missing.starts_with("Backreference to invalid named") => {
                    "Invalid named capture referenced"
                }
                other => other,
            };
            format!("Invalid regular expression: /{pattern}/: {words}")
        }
        "Cannot destructure 'null' value" => "Cannot destructure 'null' as it is null.".to_owned(),
        "Cannot destructure 'undefined' value" => {
            "Cannot destructure 'undefined' as it is undefined.".to_owned()
        }
        _ if message.starts_with("cannot convert 'null' or 'undefined' to object") => {
            property(found()?.property)
        }
        _ if message.ends_with("is not iterable") => {
            let found = found()?;
            // A built-in iterates its argument here: what scripts iterate themselves was looked at before.
            let value = match message.split('`').nth(1)? {
                kind @ ("object" | "function") => kind.to_owned(),
                kind => format!("{kind} {}", found.given.or(found.argument)?),
            };
            format!("{value} is not iterable (cannot read property Symbol(Symbol.iterator))")
        }
        _ if is_about_callback(message) => {
            format!("{} is not a function", found()?.argument?)
        }
        _ => return read_only(message, found),
    })
}

/// Whether a built-in complains of the function it was given.
fn is_about_callback(message: &str) -> bool {
    (message.contains("allback") || message.contains("predicate"))
        && (message.contains("not callable")
            || message.contains("must be callable")
            || message.contains("invalid callback"))
}

fn property(property: Option<culprit::Property>) -> String {
    let Some(property) = property else {
        return "Cannot convert undefined or null to object".to_owned();
    };
    // What may well be null was asked beforehand; here undefined is by far the more common.
    let value = if property.of_null {
        "null"
    } else {
        "undefined"
    };
    let name = property.name;
    if property.written {
        format!("Cannot set properties of {value} (setting '{name}')")
    } else {
        format!("Cannot read properties of {value} (reading '{name}')")
    }
}

/// Writing where it is not allowed. boa does not tell the object; most are plain ones.
fn read_only(message: &str, found: impl Fn() -> Option<Culprit>) -> Option<String> {
    let key = message.strip_prefix("cannot set non-writable property: ")?;
    let method = found()
        .and_then(|found| found.callee)
        .and_then(|callee| callee.rsplit('.').next().map(str::to_owned));
    Some(match method.as_deref() {
        Some("push" | "unshift" | "splice") if key != "length" => {
            format!("Cannot add property {key}, object is not extensible")
        }
        _ if key.parse::<u32>().is_ok() || key == "length" => {
            format!("Cannot assign to read only property '{key}' of object '[object Array]'")
        }
        _ => format!("Cannot assign to read only property '{key}' of object '#<Object>'"),
    })
}
