//! Keys as JSON Web Keys (RFC 7517, 7518, 8037), both ways.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use boa_engine::{Context, JsArgs, JsObject, JsResult, js_string};
use rsa::BoxedUint;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};

use super::super::super::state::string_property;
use super::super::functions;
use super::fault::Fault;
use super::keys::{EcPrivate, EcPublic, Key, given, key_of};

/// Smallest and largest modulus that is read, in bits.
const RSA_BITS: std::ops::RangeInclusive<usize> = 256..=16_384;

pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            ("keyOfJwk", 1, |_, args, context| {
                let object = args.get_or_undefined(0).to_object(context)?;
                let key = of_jwk(&mut |name| string_property(&object, name, context));
                given(key, context)
            }),
            ("keyJwk", 1, |_, args, context| {
                let key = key_of(args, 0)?;
                let object = JsObject::with_object_proto(context.intrinsics());
                for (name, value) in to_jwk(&key) {
                    object.set(js_string!(name), js_string!(value), true, context)?;
                }
                Ok(object.into())
            }),
        ],
        context,
    )
}

/// An RSA public key of its numbers, big-endian; `None` where they are none.
pub(super) fn rsa_public(modulus: &[u8], exponent: &[u8]) -> Option<rsa::PublicKey> {
    let (modulus, exponent) = (number(modulus), number(exponent));
    rsa::PublicKey::new_with_size_limits(modulus, exponent, RSA_BITS).ok()
}

fn number(bytes: &[u8]) -> BoxedUint {
    BoxedUint::from_be_slice_vartime(bytes)
}

/// The key whose fields `field` finds.
///
/// # Errors
/// Node's, where a field is missing or wrong.
fn of_jwk(field: &mut dyn FnMut(&str) -> Option<String>) -> Result<Key, Fault> {
    let invalid = |what: &str| {
        let message = format!("Invalid JWK {what} key");
        Fault::type_error("ERR_CRYPTO_INVALID_JWK", message)
    };
    let kind = field("kty").unwrap_or_default();
    let curve = field("crv").unwrap_or_default();
    let mut bytes = |name: &str| {
        let text = field(name)?;
        let text = text
            .trim_end_matches('=')
            .replace('+', "-")
            .replace('/', "_");
        URL_SAFE_NO_PAD.decode(text).ok()
    };
    match kind.as_str() {
        "RSA" => {
            let wrong = || invalid("RSA");
            let n = bytes("n").ok_or_else(wrong)?;
            let e = bytes("e").ok_or_else(wrong)?;
            let Some(d) = bytes("d") else {
                return rsa_public(&n, &e).map(Key::Rsa).ok_or_else(wrong);
            };
            let modulus = number(&n);
            let bits = modulus.bits_precision();
            let part = |bytes: Option<Vec<u8>>| {
                let bytes = bytes?;
                BoxedUint::from_be_slice(&bytes, bits.max(bytes.len() as u32 * 8)).ok()
            };
            let d = part(Some(d)).ok_or_else(wrong)?;
            let primes = vec![
                part(bytes("p")).ok_or_else(wrong)?,
                part(bytes("q")).ok_or_else(wrong)?,
            ];
            let key = rsa::PrivateKey::from_components(modulus, number(&e), d, primes);
            Ok(Key::RsaPrivate(Box::new(key.map_err(|_| wrong())?)))
        }
        "EC" => {
            if let Some(d) = bytes("d") {
                return EcPrivate::of(&curve, &d).map(Key::EcPrivate);
            }
            let wrong = || invalid("EC");
            let mut point = vec![0x04];
            point.extend(bytes("x").ok_or_else(wrong)?);
            point.extend(bytes("y").ok_or_else(wrong)?);
            match EcPublic::of(&curve, &point) {
                Err(Fault::Plain(_)) => Err(wrong()),
                result => result.map(Key::Ec),
            }
        }
        "OKP" => {
            let wrong = || invalid("OKP");
            let (part, private) = match bytes("d") {
                Some(d) => (d, true),
                None => (bytes("x").ok_or_else(wrong)?, false),
            };
            let kind = match curve.as_str() {
                "Ed25519" => "ed25519",
                "X25519" => "x25519",
                _ => return Err(wrong()),
            };
            Key::of_raw(kind, private, &part).map_err(|_| wrong())
        }
        _ => Err(Fault::type_error(
            "ERR_CRYPTO_INVALID_JWK",
            "Invalid JWK data",
        )),
    }
}

/// Names and values in Node's order.
fn to_jwk(key: &Key) -> Vec<(&'static str, String)> {
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let number = |value: &BoxedUint| URL_SAFE_NO_PAD.encode(value.to_be_bytes_trimmed_vartime());
    match key {
        Key::Rsa(key) => rsa_fields(key),
        Key::RsaPrivate(key) => {
            let mut fields = rsa_fields(key.as_public_key());
            fields.push(("d", number(key.d())));
            for (name, prime) in ["p", "q"].into_iter().zip(key.primes()) {
                fields.push((name, number(prime.as_ref())));
            }
            for (name, part) in [
                ("dp", key.dp().cloned()),
                ("dq", key.dq().cloned()),
                ("qi", key.crt_coefficient()),
            ] {
                if let Some(part) = part {
                    fields.push((name, number(&part)));
                }
            }
            fields
        }
        Key::Ec(key) => ec_fields(key),
        Key::EcPrivate(key) => {
            let mut fields = ec_fields(&key.public());
            fields.push(("d", text(&key.number())));
            fields
        }
        Key::Ed25519(_) | Key::X25519(_) | Key::Ed25519Private(_) | Key::X25519Private(_) => {
            let (kind, private) = key.kind();
            let curve = if kind == "ed25519" {
                "Ed25519"
            } else {
                "X25519"
            };
            let mut fields = vec![("crv", curve.to_owned())];
            if private {
                fields.push(("d", text(&key.raw().unwrap_or_default())));
            }
            fields.push(("x", text(&key.public().raw().unwrap_or_default())));
            fields.push(("kty", "OKP".to_owned()));
            fields
        }
    }
}

fn rsa_fields(key: &rsa::PublicKey) -> Vec<(&'static str, String)> {
    vec![
        ("kty", "RSA".to_owned()),
        ("n", URL_SAFE_NO_PAD.encode(key.n_bytes())),
        ("e", URL_SAFE_NO_PAD.encode(key.e_bytes())),
    ]
}

fn ec_fields(key: &EcPublic) -> Vec<(&'static str, String)> {
    let point = key.point(false);
    let coordinates = point.get(1..).unwrap_or_default();
    let (x, y) = coordinates.split_at(coordinates.len() / 2);
    let curve = match key {
        EcPublic::P256(_) => "P-256",
        EcPublic::P384(_) => "P-384",
        EcPublic::P521(_) => "P-521",
    };
    vec![
        ("kty", "EC".to_owned()),
        ("x", URL_SAFE_NO_PAD.encode(x)),
        ("y", URL_SAFE_NO_PAD.encode(y)),
        ("crv", curve.to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_rfc_8037_signs_under_its_public_half() {
        let private = [
            ("kty", "OKP"),
            ("crv", "Ed25519"),
            ("d", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"),
        ];
        let find = |name: &str| {
            private
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        };
        let key = of_jwk(&mut |name| find(name)).unwrap();
        let public = to_jwk(&key.public());
        assert!(public.contains(&(
            "x",
            "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo".to_owned()
        )));
    }

    #[test]
    fn a_key_without_its_fields_is_refused() {
        for kind in ["RSA", "EC", "OKP", "none"] {
            let key = of_jwk(&mut |name| (name == "kty").then(|| kind.to_owned()));
            assert!(key.is_err(), "{kind}");
        }
    }
}
