//! Signatures made and checked: RSA (PKCS #1 v1.5 and PSS), ECDSA, Ed25519; and RSA encryption.

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue};
use p256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use p256::ecdsa::signature::{Signer, Verifier};
use rsa::traits::PublicKeyParts;
use rsa::{Oaep, Pkcs1v15Encrypt, Pkcs1v15Sign, Pss};

use super::super::functions;
use super::fault::Fault;
use super::hash::{Algorithm, digest, length, with_digest};
use super::keys::{EcPrivate, EcPublic, Key, key_of};
use super::{input, optional, outcome, rsa_padding, size, text};

/// `RSA_PKCS1_PADDING`.
const PKCS1: usize = 1;
/// `RSA_NO_PADDING`.
const NO_PADDING: usize = 3;
/// `RSA_PKCS1_PSS_PADDING`.
const PSS: usize = 6;

/// How a signature is made.
struct Scheme {
    padding: usize,
    /// -1: as long as the digest; -2: the longest there is, and whatever is found when checking.
    salt: i32,
    /// r and s side by side (IEEE P1363) instead of DER.
    plain: bool,
}

/// What is signed: the digest, or for Ed25519 the message itself.
struct Subject {
    algorithm: Option<Algorithm>,
    data: Vec<u8>,
}

fn sign(key: &Key, subject: &Subject, scheme: &Scheme) -> Result<Vec<u8>, Fault> {
    match key {
        Key::Ed25519Private(key) => match subject.algorithm {
            None => Ok(key.sign(&subject.data).to_bytes().to_vec()),
            Some(_) => Err(Fault::INVALID_DIGEST_FOR_KEY),
        },
        Key::RsaPrivate(key) => {
            let algorithm = subject.algorithm.unwrap_or(Algorithm::Sha256);
            let mut random = getrandom::SysRng;
            if scheme.padding == PSS {
                let salt = salt_length(key.size(), key.n().bit_width_vartime(), algorithm, scheme)?;
                with_digest!(algorithm, D => key.sign_with_rng(
                    &mut random, Pss::<D>::new_with_salt(salt), &subject.data))
                .map_err(|_| Fault::TOO_LARGE_FOR_KEY)
            } else {
                with_digest!(algorithm, D => key.sign_with_rng(
                    &mut random, Pkcs1v15Sign::new::<D>(), &subject.data))
                .map_err(|_| Fault::DIGEST_TOO_BIG)
            }
        }
        Key::EcPrivate(key) => {
            let failed = |_| Fault::Plain("The key cannot sign this.");
            macro_rules! of {
                ($curve:ident, $key:expr, $width:expr) => {{
                    let signer = $curve::ecdsa::SigningKey::from($key);
                    let hash = widened(&subject.data, $width);
                    let made: $curve::ecdsa::Signature =
                        signer.sign_prehash(&hash).map_err(failed)?;
                    match scheme.plain {
                        true => made.to_bytes().to_vec(),
                        false => made.to_der().as_bytes().to_vec(),
                    }
                }};
            }
            Ok(match key {
                EcPrivate::P256(key) => of!(p256, key.clone(), 32),
                EcPrivate::P384(key) => of!(p384, key.clone(), 48),
                EcPrivate::P521(key) => of!(p521, key.clone(), 66),
            })
        }
        _ => Err(Fault::WRONG_KEY_TYPE),
    }
}

/// Whether the signature is right; one that cannot be read is not.
fn verify(key: &Key, subject: &Subject, scheme: &Scheme, signature: &[u8]) -> Result<bool, Fault> {
    match key.public() {
        Key::Ed25519(key) => match subject.algorithm {
            None => Ok(ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(&subject.data, &signature).is_ok())),
            Some(_) => Err(Fault::INVALID_DIGEST_FOR_KEY),
        },
        Key::Rsa(key) => {
            let algorithm = subject.algorithm.unwrap_or(Algorithm::Sha256);
            let done = if scheme.padding == PSS {
                let salt = match scheme.salt {
                    -2 => None,
                    -1 => Some(length(algorithm)),
                    given => usize::try_from(given).ok(),
                };
                with_digest!(algorithm, D => {
                    let mut scheme = Pss::<D>::new();
                    scheme.salt_len = salt;
                    key.verify(scheme, &subject.data, signature)
                })
            } else {
                with_digest!(algorithm, D => key.verify(
                    Pkcs1v15Sign::new::<D>(), &subject.data, signature))
            };
            Ok(done.is_ok())
        }
        Key::Ec(key) => {
            macro_rules! of {
                ($curve:ident, $key:expr, $width:expr) => {{
                    let hash = widened(&subject.data, $width);
                    let signature = match scheme.plain {
                        true => $curve::ecdsa::Signature::from_slice(signature),
                        false => $curve::ecdsa::Signature::from_der(signature),
                    };
                    signature.is_ok_and(|signature| {
                        $curve::ecdsa::VerifyingKey::from($key)
                            .verify_prehash(&hash, &signature)
                            .is_ok()
                    })
                }};
            }
            Ok(match key {
                EcPublic::P256(key) => of!(p256, key, 32),
                EcPublic::P384(key) => of!(p384, key, 48),
                EcPublic::P521(key) => of!(p521, key, 66),
            })
        }
        _ => Err(Fault::WRONG_KEY_TYPE),
    }
}

/// The crates refuse digests shorter than half the field; the standard has them as they are, so zeros go in front.
fn widened(hash: &[u8], width: usize) -> Vec<u8> {
    let mut wide = vec![0; width.saturating_sub(hash.len())];
    wide.extend_from_slice(hash);
    wide
}

fn salt_length(
    bytes: usize,
    bits: u32,
    algorithm: Algorithm,
    scheme: &Scheme,
) -> Result<usize, Fault> {
    let hash = length(algorithm);
    // One byte less where the leading bit falls on a byte of its own (RFC 8017, 9.1.1).
    let room = if bits % 8 == 1 {
        bytes.saturating_sub(1)
    } else {
        bytes
    };
    let most = room.checked_sub(hash + 2).ok_or(Fault::DIGEST_TOO_BIG)?;
    let salt = match scheme.salt {
        -2 => most,
        -1 => hash,
        given => usize::try_from(given).unwrap_or(usize::MAX),
    };
    match salt <= most {
        true => Ok(salt),
        false => Err(Fault::TOO_LARGE_FOR_KEY),
    }
}

/// OAEP's or PKCS #1's, by its number, hash and label.
struct Wrapping {
    padding: usize,
    hash: Algorithm,
    label: Vec<u8>,
}

fn encrypt(key: &Key, wrapping: Wrapping, data: &[u8]) -> Result<Vec<u8>, Fault> {
    let key = key.rsa_public()?;
    let mut random = getrandom::SysRng;
    let too_large = |_| Fault::TOO_LARGE_FOR_KEY;
    match wrapping.padding {
        PKCS1 => key
            .encrypt(&mut random, Pkcs1v15Encrypt, data)
            .map_err(too_large),
        NO_PADDING => rsa_padding::raw_public(&key, data),
        _ => with_digest!(wrapping.hash, D => key.encrypt(
            &mut random, Oaep::<D>::new_with_label(wrapping.label), data))
        .map_err(too_large),
    }
}

fn decrypt(key: &Key, wrapping: Wrapping, data: &[u8]) -> Result<Vec<u8>, Fault> {
    let Key::RsaPrivate(key) = key else {
        return Err(Fault::WRONG_KEY_TYPE);
    };
    let mut random = getrandom::SysRng;
    match wrapping.padding {
        PKCS1 => key
            .decrypt_blinded(&mut random, Pkcs1v15Encrypt, data)
            .map_err(|_| Fault::TOO_LARGE_FOR_KEY),
        NO_PADDING => rsa_padding::raw_private(key, data),
        _ => with_digest!(wrapping.hash, D => key.decrypt_blinded(
            &mut random, Oaep::<D>::new_with_label(wrapping.label), data))
        .map_err(|_| Fault::OAEP_DECODING),
    }
}

/// Arguments: key, digest name or null, data, whether these are digested already, padding, salt, whether plain.
fn asked(args: &[JsValue], context: &mut Context) -> JsResult<(Subject, Scheme)> {
    let name = text(args, 1);
    let algorithm = Algorithm::named(&name);
    if algorithm.is_none() && !name.is_empty() {
        return Err(Fault::invalid_digest(&name).thrown(context));
    }
    let mut data = input(args, 2, context)?;
    if let Some(algorithm) = algorithm
        && !args.get_or_undefined(3).to_boolean()
    {
        data = digest(algorithm, &data);
    }
    let salt = args.get_or_undefined(5).as_number().unwrap_or(-2.0);
    let scheme = Scheme {
        padding: size(args, 4),
        salt: salt as i32,
        plain: args.get_or_undefined(6).to_boolean(),
    };
    Ok((Subject { algorithm, data }, scheme))
}

/// RSA and ECDSA sign a digest; without a name Node takes the key's usual one.
fn settled(mut subject: Subject, key: &Key) -> Subject {
    if subject.algorithm.is_none() && !matches!(key.kind().0, "ed25519") {
        subject.data = digest(Algorithm::Sha256, &subject.data);
        subject.algorithm = Some(Algorithm::Sha256);
    }
    subject
}

fn wrapping(args: &[JsValue], context: &mut Context) -> JsResult<Wrapping> {
    let name = text(args, 3);
    let hash = match name.as_str() {
        "" => Algorithm::Sha1,
        name => match Algorithm::named(name) {
            Some(hash) => hash,
            None => return Err(Fault::invalid_digest(name).thrown(context)),
        },
    };
    Ok(Wrapping {
        padding: size(args, 2),
        hash,
        label: optional(args, 4, context)?.unwrap_or_default(),
    })
}

pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            ("sign", 7, |_, args, context| {
                let key = key_of(args, 0)?;
                let (subject, scheme) = asked(args, context)?;
                outcome(sign(&key, &settled(subject, &key), &scheme), context)
            }),
            // as `sign`, and the signature
            ("verify", 8, |_, args, context| {
                let key = key_of(args, 0)?;
                let (subject, scheme) = asked(args, context)?;
                let signature = input(args, 7, context)?;
                match verify(&key, &settled(subject, &key), &scheme, &signature) {
                    Ok(right) => Ok(right.into()),
                    Err(fault) => Err(fault.thrown(context)),
                }
            }),
            // key, data, padding, hash, label
            ("rsaEncrypt", 5, |_, args, context| {
                let (key, data) = (key_of(args, 0)?, input(args, 1, context)?);
                let wrapping = wrapping(args, context)?;
                outcome(encrypt(&key, wrapping, &data), context)
            }),
            ("rsaDecrypt", 5, |_, args, context| {
                let (key, data) = (key_of(args, 0)?, input(args, 1, context)?);
                let wrapping = wrapping(args, context)?;
                outcome(decrypt(&key, wrapping, &data), context)
            }),
            // The other way round: key, data, padding
            ("rsaPrivateEncrypt", 3, |_, args, context| {
                let (key, data) = (key_of(args, 0)?, input(args, 1, context)?);
                let result = match &*key {
                    Key::RsaPrivate(key) => rsa_padding::seal(key, &data, size(args, 2)),
                    _ => Err(Fault::WRONG_KEY_TYPE),
                };
                outcome(result, context)
            }),
            ("rsaPublicDecrypt", 3, |_, args, context| {
                let (key, data) = (key_of(args, 0)?, input(args, 1, context)?);
                let result = key
                    .rsa_public()
                    .and_then(|key| rsa_padding::open(&key, &data, size(args, 2)));
                outcome(result, context)
            }),
        ],
        context,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(name: Option<&str>, data: &[u8]) -> Subject {
        let algorithm = name.map(|name| Algorithm::named(name).unwrap());
        let data = algorithm.map_or_else(|| data.to_vec(), |known| digest(known, data));
        Subject { algorithm, data }
    }

    fn key(kind: &str, curve: &str) -> Key {
        match kind {
            "rsa" => Key::RsaPrivate(Box::new(
                rsa::PrivateKey::new(&mut getrandom::SysRng, 1024).unwrap(),
            )),
            _ => {
                let mut number = [7; 66];
                number[0] = 0;
                let width = match curve {
                    "P-256" | "" => 32,
                    "P-384" => 48,
                    _ => 66,
                };
                let kind = if curve.is_empty() { kind } else { curve };
                Key::of_raw(kind, true, &number[..width]).unwrap()
            }
        }
    }

    #[test]
    fn every_scheme_verifies_what_it_signed_and_nothing_else() {
        for (kind, curve, hash, padding, plain) in [
            ("rsa", "", Some("sha256"), PKCS1, false),
            ("rsa", "", Some("sha1"), PKCS1, false),
            ("rsa", "", Some("sha256"), PSS, false),
            ("ec", "P-256", Some("sha256"), PKCS1, false),
            ("ec", "P-384", Some("sha1"), PKCS1, true),
            ("ec", "P-521", Some("sha512"), PKCS1, true),
            ("ed25519", "", None, PKCS1, false),
        ] {
            let key = key(kind, curve);
            let scheme = Scheme {
                padding,
                salt: -2,
                plain,
            };
            let signature = sign(&key, &subject(hash, b"message"), &scheme).unwrap();
            let check = |data: &[u8], signature: &[u8]| {
                verify(&key, &subject(hash, data), &scheme, signature).unwrap()
            };
            assert!(check(b"message", &signature), "{kind} {curve} {padding}");
            assert!(!check(b"massage", &signature), "{kind} {curve} {padding}");
            assert!(!check(b"message", b"no signature"), "{kind} {curve}");
        }
    }

    #[test]
    fn rsa_gives_back_what_it_wrapped() {
        let key = key("rsa", "");
        for padding in [PKCS1, 4] {
            let wrapping = || Wrapping {
                padding,
                hash: Algorithm::Sha256,
                label: b"label".to_vec(),
            };
            let sealed = encrypt(&key, wrapping(), b"secret").unwrap();
            assert_eq!(decrypt(&key, wrapping(), &sealed).unwrap(), b"secret");
            let long = encrypt(&key, wrapping(), &[1; 200]);
            assert_eq!(long, Err(Fault::TOO_LARGE_FOR_KEY));
        }
        let Key::RsaPrivate(private) = &key else {
            panic!("an RSA key");
        };
        let sealed = rsa_padding::seal(private, b"secret", PKCS1).unwrap();
        let public = key.rsa_public().unwrap();
        assert_eq!(
            rsa_padding::open(&public, &sealed, PKCS1).unwrap(),
            b"secret"
        );
    }
}
