//! `util.format`: printf-style places, then the rest with spaces between, as Node joins console arguments.

use boa_engine::{Context, JsValue};

use super::errors::display;
use super::inspect::{Options, inspect};
use super::state::text_of;

/// Joins the arguments of a console call into its text.
pub(super) fn format(args: &[JsValue], context: &mut Context) -> String {
    let mut rest = args;
    let mut text = String::new();
    if let Some(template) = args.first().and_then(JsValue::as_string) {
        let template = text_of(&template);
        if args.len() == 1 {
            return template;
        }
        let (filled, used) = fill(&template, &args[1..], context);
        text = filled;
        rest = args.get(1 + used..).unwrap_or_default();
    } else if let Some((first, others)) = args.split_first() {
        text = shown(first, context);
        rest = others;
    }
    for value in rest {
        text.push(' ');
        text.push_str(&shown(value, context));
    }
    text
}

fn shown(value: &JsValue, context: &mut Context) -> String {
    match value.as_string() {
        Some(string) => text_of(&string),
        None => inspect(value, &Options::default(), context),
    }
}

/// Fills the places of a template; returns the text and how many arguments it took.
fn fill(template: &str, args: &[JsValue], context: &mut Context) -> (String, usize) {
    let mut text = String::with_capacity(template.len());
    let mut used = 0;
    let mut rest = template;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        let place = rest[at + 1..].chars().next();
        if place == Some('%') {
            text.push('%');
            rest = &rest[at + 2..];
            continue;
        }
        let argument = args.get(used);
        let filled = match (place, argument) {
            (Some('s'), Some(value)) => Some(as_string(value, context)),
            (Some('d'), Some(value)) => Some(as_number(value, context)),
            (Some('i'), Some(value)) => Some(as_integer(value, context)),
            (Some('f'), Some(value)) => Some(as_float(value, context)),
            (Some('j'), Some(value)) => Some(as_json(value, context)),
            (Some('o'), Some(value)) => {
                let options = Options {
                    show_hidden: true,
                    depth: Some(4),
                    ..Options::default()
                };
                Some(inspect(value, &options, context))
            }
            (Some('O'), Some(value)) => Some(inspect(value, &Options::default(), context)),
            (Some('c'), Some(_)) => Some(String::new()),
            _ => None,
        };
        match (filled, place) {
            (Some(filled), Some(place)) => {
                text.push_str(&filled);
                used += 1;
                rest = &rest[at + 1 + place.len_utf8()..];
            }
            _ => {
                text.push('%');
                rest = &rest[at + 1..];
            }
        }
    }
    text.push_str(rest);
    (text, used)
}

fn as_string(value: &JsValue, context: &mut Context) -> String {
    if let Some(string) = value.as_string() {
        return text_of(&string);
    }
    if value.is_bigint() {
        return format!("{}n", display(value, context));
    }
    if value
        .as_number()
        .is_some_and(|number| number == 0.0 && number.is_sign_negative())
    {
        return "-0".to_owned();
    }
    let Some(object) = value.as_object() else {
        return display(value, context);
    };
    // An object with its own way to become text is shown by it; others are inspected flat.
    if super::inspect_names::has_own_text(&object, context) {
        return display(value, context);
    }
    inspect(
        value,
        &Options {
            depth: Some(0),
            compact_single_line: true,
            ..Options::default()
        },
        context,
    )
}

fn number_of(value: &JsValue, context: &mut Context) -> f64 {
    if value.is_object() || value.is_symbol() {
        return f64::NAN;
    }
    value.to_number(context).unwrap_or(f64::NAN)
}

fn show_number(number: f64, context: &mut Context) -> String {
    if number == 0.0 && number.is_sign_negative() {
        return "-0".to_owned();
    }
    display(&JsValue::from(number), context)
}

fn as_number(value: &JsValue, context: &mut Context) -> String {
    if value.is_bigint() {
        return format!("{}n", display(value, context));
    }
    let number = number_of(value, context);
    show_number(number, context)
}

fn as_integer(value: &JsValue, context: &mut Context) -> String {
    if value.is_bigint() {
        return format!("{}n", display(value, context));
    }
    let number = as_leading_number(value, context).trunc();
    show_number(number, context)
}

fn as_float(value: &JsValue, context: &mut Context) -> String {
    let number = as_leading_number(value, context);
    show_number(number, context)
}

/// `parseFloat`: the number a text begins with.
fn as_leading_number(value: &JsValue, context: &mut Context) -> f64 {
    if value.is_object() || value.is_symbol() {
        return f64::NAN;
    }
    let text = display(value, context);
    let text = text.trim_start();
    let end = (0..=text.len()).rev().find(|end| {
        text.is_char_boundary(*end)
            && text[..*end].parse::<f64>().is_ok()
            && !text[..*end].to_ascii_lowercase().contains("nan")
            && !text[..*end].to_ascii_lowercase().contains("inf")
    });
    end.and_then(|end| text[..end].parse().ok())
        .unwrap_or(f64::NAN)
}

fn as_json(value: &JsValue, context: &mut Context) -> String {
    match super::errors::stringify(value, context) {
        Ok(Some(text)) => text,
        Ok(None) => "undefined".to_owned(),
        Err(_) => "[Circular]".to_owned(),
    }
}
