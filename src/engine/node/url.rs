//! What `url` and `punycode` get from the engine: the WHATWG URL parser and its setters, queries, domains.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};
use url::{Url, form_urlencoded, quirks};

use super::super::errors::display;
use super::functions;

/// Fills `native` of `internal/url`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            ("parse", 2, parse),
            ("change", 3, change),
            ("parseQuery", 1, parse_query),
            ("writeQuery", 1, write_query),
            ("domainToASCII", 1, |_, args, context| {
                let domain = display(args.get_or_undefined(0), context);
                Ok(js_string!(quirks::domain_to_ascii(&domain)).into())
            }),
            ("domainToUnicode", 1, |_, args, context| {
                let domain = display(args.get_or_undefined(0), context);
                Ok(js_string!(quirks::domain_to_unicode(&domain)).into())
            }),
        ],
        context,
    )
}

/// Fills `native` of `punycode`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install_punycode(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            ("encode", 1, |_, args, context| {
                let text = display(args.get_or_undefined(0), context);
                let coded = idna::punycode::encode_str(&text);
                Ok(coded.map_or(JsValue::null(), |coded| js_string!(coded).into()))
            }),
            ("decode", 1, |_, args, context| {
                let text = display(args.get_or_undefined(0), context);
                let plain = idna::punycode::decode_to_string(&text);
                Ok(plain.map_or(JsValue::null(), |plain| js_string!(plain).into()))
            }),
        ],
        context,
    )
}

/// All parts of a URL, in the order `internal/url` takes them.
fn parts(url: &Url, context: &mut Context) -> JsValue {
    let parts = [
        quirks::href(url),
        &quirks::origin(url),
        quirks::protocol(url),
        quirks::username(url),
        quirks::password(url),
        quirks::host(url),
        quirks::hostname(url),
        quirks::port(url),
        quirks::pathname(url),
        quirks::search(url),
        quirks::hash(url),
    ]
    .map(|part| JsValue::from(js_string!(part)));
    JsArray::from_iter(parts, context).into()
}

/// `(input, base)`: the parts, 1 where the input cannot be read, 2 where the base cannot.
fn parse(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let input = display(args.get_or_undefined(0), context);
    let base = args.get_or_undefined(1);
    let url = if base.is_undefined() {
        Url::parse(&input)
    } else {
        let base = display(base, context);
        match Url::parse(&base) {
            Ok(base) => base.join(&input),
            Err(_) => return Ok(2.into()),
        }
    };
    Ok(match url {
        Ok(url) => parts(&url, context),
        Err(_) => 1.into(),
    })
}

/// `(href, part, value)`: the parts after a setter; null where the value is refused.
fn change(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let href = display(args.get_or_undefined(0), context);
    let part = display(args.get_or_undefined(1), context);
    let value = display(args.get_or_undefined(2), context);
    let Ok(mut url) = Url::parse(&href) else {
        return Ok(JsValue::null());
    };
    let done = match part.as_str() {
        "href" => quirks::set_href(&mut url, &value).map_err(drop),
        "protocol" => quirks::set_protocol(&mut url, &value),
        "username" => quirks::set_username(&mut url, &value),
        "password" => quirks::set_password(&mut url, &value),
        "host" => quirks::set_host(&mut url, &value),
        "hostname" => quirks::set_hostname(&mut url, &value),
        "port" => quirks::set_port(&mut url, &value),
        "pathname" => {
            quirks::set_pathname(&mut url, &value);
            Ok(())
        }
        "search" => {
            quirks::set_search(&mut url, &value);
            Ok(())
        }
        _ => {
            quirks::set_hash(&mut url, &value);
            Ok(())
        }
    };
    Ok(match done {
        Ok(()) => parts(&url, context),
        Err(()) => JsValue::null(),
    })
}

/// Names and values of a query, one after another.
fn parse_query(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = display(args.get_or_undefined(0), context);
    let mut list = Vec::new();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        list.push(js_string!(name.as_ref()).into());
        list.push(js_string!(value.as_ref()).into());
    }
    Ok(JsArray::from_iter(list, context).into())
}

/// The query of names and values that stand one after another.
fn write_query(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let list = args.get_or_undefined(0).to_object(context)?;
    let length = list
        .get(js_string!("length"), context)?
        .to_length(context)?;
    let mut writer = form_urlencoded::Serializer::new(String::new());
    let mut at = 0;
    while at < length {
        let name = display(&list.get(at, context)?, context);
        let value = display(&list.get(at + 1, context)?, context);
        writer.append_pair(&name, &value);
        at += 2;
    }
    Ok(js_string!(writer.finish()).into())
}
