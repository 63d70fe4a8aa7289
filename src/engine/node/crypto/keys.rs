//! Asymmetric keys: RSA, the three NIST curves, Ed25519 and X25519; read from and written to DER, PEM and raw bytes.

use std::rc::Rc;

use boa_engine::{Context, JsArgs, JsBigInt, JsObject, JsResult, JsValue, js_string};
use p256::elliptic_curve::Generate;
use pkcs8::der::{Decode, SliceReader, Tagged, asn1::AnyRef};
use pkcs8::spki::SubjectPublicKeyInfoRef;
use pkcs8::{EncodePrivateKey, EncodePublicKey, ObjectIdentifier, PrivateKeyInfoRef};
use rsa::BoxedUint;
use rsa::pkcs1::{EncodeRsaPrivateKey, EncodeRsaPublicKey};
use rsa::traits::PublicKeyParts;

use super::super::functions;
use super::fault::Fault;
use super::random::random;
use super::{answer, held, hold, input, jwk, optional, outcome, pem, size, text, word};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const X25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.110");

/// A key pair's half. A private key is also its public key.
pub(super) enum Key {
    RsaPrivate(Box<rsa::PrivateKey>),
    Rsa(rsa::PublicKey),
    EcPrivate(EcPrivate),
    Ec(EcPublic),
    Ed25519Private(ed25519_dalek::SigningKey),
    Ed25519(ed25519_dalek::VerifyingKey),
    X25519Private(x25519_dalek::StaticSecret),
    X25519(x25519_dalek::PublicKey),
}

pub(super) enum EcPrivate {
    P256(p256::SecretKey),
    P384(p384::SecretKey),
    P521(p521::SecretKey),
}

pub(super) enum EcPublic {
    P256(p256::PublicKey),
    P384(p384::PublicKey),
    P521(p521::PublicKey),
}

/// Works with the key of any curve: `with_curve!(EcPublic, key, key => key.to_sec1_bytes())`.
macro_rules! with_curve {
    ($Kind:ident, $key:expr, $inner:ident => $work:expr) => {
        match $key {
            $Kind::P256($inner) => $work,
            $Kind::P384($inner) => $work,
            $Kind::P521($inner) => $work,
        }
    };
}

impl EcPrivate {
    /// Of the number alone; the curve by any of its names.
    ///
    /// # Errors
    /// For another curve or a number out of its range.
    pub fn of(curve: &str, number: &[u8]) -> Result<Self, Fault> {
        let wrong = || Fault::type_error("ERR_CRYPTO_INVALID_KEYTYPE", "Invalid key type");
        Ok(match curve_named(curve)? {
            Curve::P256 => Self::P256(p256::SecretKey::from_slice(number).map_err(|_| wrong())?),
            Curve::P384 => Self::P384(p384::SecretKey::from_slice(number).map_err(|_| wrong())?),
            Curve::P521 => Self::P521(p521::SecretKey::from_slice(number).map_err(|_| wrong())?),
        })
    }

    fn generate(curve: Curve) -> Self {
        match curve {
            Curve::P256 => Self::P256(p256::SecretKey::generate()),
            Curve::P384 => Self::P384(p384::SecretKey::generate()),
            Curve::P521 => Self::P521(p521::SecretKey::generate()),
        }
    }

    pub fn public(&self) -> EcPublic {
        match self {
            Self::P256(key) => EcPublic::P256(key.public_key()),
            Self::P384(key) => EcPublic::P384(key.public_key()),
            Self::P521(key) => EcPublic::P521(key.public_key()),
        }
    }

    pub fn number(&self) -> Vec<u8> {
        with_curve!(Self, self, key => key.to_bytes().to_vec())
    }
}

impl EcPublic {
    /// Of a point, compressed or not (SEC 1, 2.3.3); the curve by any of its names.
    ///
    /// # Errors
    /// For another curve or a point that is not on it.
    pub fn of(curve: &str, point: &[u8]) -> Result<Self, Fault> {
        let wrong = || Fault::Plain("Public key is not valid for specified curve");
        Ok(match curve_named(curve)? {
            Curve::P256 => {
                Self::P256(p256::PublicKey::from_sec1_bytes(point).map_err(|_| wrong())?)
            }
            Curve::P384 => {
                Self::P384(p384::PublicKey::from_sec1_bytes(point).map_err(|_| wrong())?)
            }
            Curve::P521 => {
                Self::P521(p521::PublicKey::from_sec1_bytes(point).map_err(|_| wrong())?)
            }
        })
    }

    pub fn point(&self, compressed: bool) -> Vec<u8> {
        use p256::elliptic_curve::sec1::ToSec1Point;
        with_curve!(Self, self, key => key.as_affine().to_sec1_point(compressed).as_bytes().to_vec())
    }

    /// OpenSSL's name of the curve.
    pub fn curve(&self) -> &'static str {
        match self {
            Self::P256(_) => "prime256v1",
            Self::P384(_) => "secp384r1",
            Self::P521(_) => "secp521r1",
        }
    }
}

#[derive(Clone, Copy)]
enum Curve {
    P256,
    P384,
    P521,
}

fn curve_named(name: &str) -> Result<Curve, Fault> {
    match name {
        "P-256" | "prime256v1" | "secp256r1" => Ok(Curve::P256),
        "P-384" | "secp384r1" => Ok(Curve::P384),
        "P-521" | "secp521r1" => Ok(Curve::P521),
        _ => Err(Fault::type_error(
            "ERR_CRYPTO_INVALID_CURVE",
            "Invalid EC curve name",
        )),
    }
}

impl Key {
    /// `rsa`, `ec`, `ed25519` or `x25519`, and whether it is the private half.
    pub fn kind(&self) -> (&'static str, bool) {
        match self {
            Self::RsaPrivate(_) => ("rsa", true),
            Self::Rsa(_) => ("rsa", false),
            Self::EcPrivate(_) => ("ec", true),
            Self::Ec(_) => ("ec", false),
            Self::Ed25519Private(_) => ("ed25519", true),
            Self::Ed25519(_) => ("ed25519", false),
            Self::X25519Private(_) => ("x25519", true),
            Self::X25519(_) => ("x25519", false),
        }
    }

    /// The public half.
    pub fn public(&self) -> Self {
        match self {
            Self::RsaPrivate(key) => Self::Rsa(key.to_public_key()),
            Self::Rsa(key) => Self::Rsa(key.clone()),
            Self::EcPrivate(key) => Self::Ec(key.public()),
            Self::Ec(key) => Self::Ec(match key {
                EcPublic::P256(key) => EcPublic::P256(*key),
                EcPublic::P384(key) => EcPublic::P384(*key),
                EcPublic::P521(key) => EcPublic::P521(*key),
            }),
            Self::Ed25519Private(key) => Self::Ed25519(key.verifying_key()),
            Self::Ed25519(key) => Self::Ed25519(*key),
            Self::X25519Private(key) => Self::X25519(x25519_dalek::PublicKey::from(key)),
            Self::X25519(key) => Self::X25519(*key),
        }
    }

    /// The RSA key to encrypt with or verify by, of either half.
    ///
    /// # Errors
    /// For a key of another kind.
    pub fn rsa_public(&self) -> Result<rsa::PublicKey, Fault> {
        match self {
            Self::RsaPrivate(key) => Ok(key.to_public_key()),
            Self::Rsa(key) => Ok(key.clone()),
            _ => Err(Fault::WRONG_KEY_TYPE),
        }
    }

    /// In DER: `pkcs8`, `pkcs1`, `sec1` for private keys, `spki`, `pkcs1` for public ones.
    ///
    /// # Errors
    /// For a form that this kind of key does not have.
    pub fn der(&self, form: &str) -> Result<Vec<u8>, Fault> {
        let done = |der: Option<Vec<u8>>| der.ok_or(Fault::Plain("The key could not be encoded"));
        match (self, form) {
            (Self::RsaPrivate(key), "pkcs8") => {
                done(key.to_pkcs8_der().ok().map(|der| der.as_bytes().to_vec()))
            }
            (Self::RsaPrivate(key), "pkcs1") => {
                done(key.to_pkcs1_der().ok().map(|der| der.as_bytes().to_vec()))
            }
            (Self::Rsa(key), "spki") => done(
                key.to_public_key_der()
                    .ok()
                    .map(|der| der.as_bytes().to_vec()),
            ),
            (Self::Rsa(key), "pkcs1") => {
                done(key.to_pkcs1_der().ok().map(|der| der.as_bytes().to_vec()))
            }
            (Self::EcPrivate(key), "pkcs8") => done(
                with_curve!(EcPrivate, key, key => key.to_pkcs8_der().ok().map(|der| der.as_bytes().to_vec())),
            ),
            (Self::EcPrivate(key), "sec1") => done(
                with_curve!(EcPrivate, key, key => key.to_sec1_der().ok().map(|der| der.to_vec())),
            ),
            (Self::Ec(key), "spki") => done(
                with_curve!(EcPublic, key, key => key.to_public_key_der().ok().map(|der| der.as_bytes().to_vec())),
            ),
            (Self::Ed25519Private(key), "pkcs8") => Ok(edwards_private(0x70, key.as_bytes())),
            (Self::X25519Private(key), "pkcs8") => Ok(edwards_private(0x6e, key.as_bytes())),
            (Self::Ed25519(key), "spki") => Ok(edwards_public(0x70, key.as_bytes())),
            (Self::X25519(key), "spki") => Ok(edwards_public(0x6e, key.as_bytes())),
            _ => Err(Fault::type_error(
                "ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS",
                format!(
                    "The selected key encoding {form} does not support the key type {}.",
                    self.kind().0
                ),
            )),
        }
    }

    /// Point, or the 32 bytes of the Edwards and Montgomery curves; none for RSA.
    pub fn raw(&self) -> Option<Vec<u8>> {
        match self {
            Self::Ec(key) => Some(key.point(false)),
            Self::EcPrivate(key) => Some(key.number()),
            Self::Ed25519(key) => Some(key.as_bytes().to_vec()),
            Self::X25519(key) => Some(key.as_bytes().to_vec()),
            Self::Ed25519Private(key) => Some(key.as_bytes().to_vec()),
            Self::X25519Private(key) => Some(key.as_bytes().to_vec()),
            Self::Rsa(_) | Self::RsaPrivate(_) => None,
        }
    }

    /// From raw bytes: kind (`ed25519`, `x25519` or a curve), whether private.
    ///
    /// # Errors
    /// For bytes that are no such key.
    pub fn of_raw(kind: &str, private: bool, bytes: &[u8]) -> Result<Self, Fault> {
        let wrong = || Fault::type_error("ERR_CRYPTO_INVALID_KEYTYPE", "Invalid key type");
        if !matches!(kind, "ed25519" | "x25519") {
            return match private {
                true => EcPrivate::of(kind, bytes).map(Self::EcPrivate),
                false => EcPublic::of(kind, bytes).map(Self::Ec),
            };
        }
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| wrong())?;
        Ok(match (kind, private) {
            ("ed25519", true) => {
                Self::Ed25519Private(ed25519_dalek::SigningKey::from_bytes(&bytes))
            }
            ("ed25519", false) => {
                Self::Ed25519(ed25519_dalek::VerifyingKey::from_bytes(&bytes).map_err(|_| wrong())?)
            }
            (_, true) => Self::X25519Private(x25519_dalek::StaticSecret::from(bytes)),
            (_, false) => Self::X25519(x25519_dalek::PublicKey::from(bytes)),
        })
    }

    /// A new private key: `rsa` with its bits, `ec` with its curve, `ed25519`, `x25519`.
    ///
    /// # Errors
    /// For a size or a curve that there is not.
    fn generate(kind: &str, bits: usize, exponent: u64, curve: &str) -> Result<Self, Fault> {
        Ok(match kind {
            "rsa" => {
                if !(512..=8192).contains(&bits) {
                    return Err(Fault::Plain(
                        "Hookbench makes RSA keys of 512 to 8192 bits: choose such a modulusLength.",
                    ));
                }
                let key = rsa::PrivateKey::new_with_exp_unchecked(
                    &mut getrandom::SysRng,
                    bits,
                    BoxedUint::from(exponent),
                );
                Self::RsaPrivate(Box::new(
                    key.map_err(|_| Fault::Plain("No RSA key of this kind could be made."))?,
                ))
            }
            "ec" => Self::EcPrivate(EcPrivate::generate(curve_named(curve)?)),
            _ => {
                let seed = random(32).map_err(|_| Fault::Plain("No random bytes"))?;
                Self::of_raw(kind, true, &seed)?
            }
        })
    }

    /// A private key in DER of any form that fits.
    ///
    /// # Errors
    /// OpenSSL's, where it is none.
    fn private_of_der(der: &[u8]) -> Result<Self, Fault> {
        if let Ok(info) = PrivateKeyInfoRef::from_der(der) {
            return private_of_info(&info).ok_or(Fault::UNSUPPORTED_KEY);
        }
        if let Ok(key) = rsa::pkcs1::RsaPrivateKeyRef::from_der(der) {
            let key = rsa::PrivateKey::try_from(key).map_err(|_| Fault::UNSUPPORTED_KEY)?;
            return Ok(Self::RsaPrivate(Box::new(key)));
        }
        if let Some(key) = sec1_private(der) {
            return Ok(Self::EcPrivate(key));
        }
        Err(match AnyRef::from_der(der) {
            Ok(_) => Fault::UNSUPPORTED_KEY,
            Err(_) => Fault::NOT_ENOUGH_DATA,
        })
    }

    /// A public key in DER: SubjectPublicKeyInfo, PKCS #1, or the one in a certificate.
    ///
    /// # Errors
    /// OpenSSL's, where it is none.
    fn public_of_der(der: &[u8]) -> Result<Self, Fault> {
        if let Ok(info) = SubjectPublicKeyInfoRef::from_der(der) {
            return public_of_info(&info).ok_or(Fault::UNSUPPORTED_KEY);
        }
        if let Ok(key) = rsa::pkcs1::RsaPublicKeyRef::from_der(der) {
            return jwk::rsa_public(key.modulus.as_bytes(), key.public_exponent.as_bytes())
                .map(Self::Rsa)
                .ok_or(Fault::UNSUPPORTED_KEY);
        }
        if let Some(key) = certified(der) {
            return Ok(key);
        }
        Self::private_of_der(der).map(|key| key.public())
    }

    /// A key in PEM; a private one serves where a public one is wanted.
    ///
    /// # Errors
    /// OpenSSL's, where it is none, or where a passphrase is missing or wrong.
    pub fn of_pem(text: &str, private: bool, passphrase: Option<&[u8]>) -> Result<Self, Fault> {
        let block = pem::first_block(text).ok_or(Fault::UNSUPPORTED_KEY)?;
        let key = match block.label.as_str() {
            "PUBLIC KEY"
            | "RSA PUBLIC KEY"
            | "CERTIFICATE"
            | "X509 CERTIFICATE"
            | "TRUSTED CERTIFICATE" => {
                if private {
                    return Err(Fault::UNSUPPORTED_KEY);
                }
                return Self::public_of_der(&block.der);
            }
            "ENCRYPTED PRIVATE KEY" => unlocked(&block.der, passphrase)?,
            "PRIVATE KEY" | "RSA PRIVATE KEY" | "EC PRIVATE KEY" => match &block.sealed {
                Some((name, iv)) => {
                    let passphrase = passphrase.ok_or(Fault::PASSPHRASE_NEEDED)?;
                    let der = pem::unseal(name, iv, passphrase, &block.der)?;
                    Self::private_of_der(&der).map_err(|_| Fault::BAD_DECRYPT)?
                }
                None => Self::private_of_der(&block.der).map_err(|_| Fault::UNSUPPORTED_KEY)?,
            },
            _ => return Err(Fault::UNSUPPORTED_KEY),
        };
        Ok(if private { key } else { key.public() })
    }
}

fn unlocked(der: &[u8], passphrase: Option<&[u8]>) -> Result<Key, Fault> {
    let passphrase = passphrase.ok_or(Fault::PASSPHRASE_NEEDED)?;
    let sealed =
        pkcs8::EncryptedPrivateKeyInfoRef::from_der(der).map_err(|_| Fault::UNSUPPORTED_KEY)?;
    let opened = sealed.decrypt(passphrase).map_err(|_| Fault::BAD_DECRYPT)?;
    Key::private_of_der(opened.as_bytes()).map_err(|_| Fault::BAD_DECRYPT)
}

fn private_of_info(info: &PrivateKeyInfoRef<'_>) -> Option<Key> {
    let bytes = info.private_key.as_bytes();
    match info.algorithm.oid {
        RSA => {
            let key = rsa::pkcs1::RsaPrivateKeyRef::from_der(bytes).ok()?;
            Some(Key::RsaPrivate(Box::new(
                rsa::PrivateKey::try_from(key).ok()?,
            )))
        }
        EC => p256::SecretKey::try_from(info.clone())
            .map(EcPrivate::P256)
            .or_else(|_| p384::SecretKey::try_from(info.clone()).map(EcPrivate::P384))
            .or_else(|_| p521::SecretKey::try_from(info.clone()).map(EcPrivate::P521))
            .ok()
            .map(Key::EcPrivate),
        // An OCTET STRING within the OCTET STRING (RFC 8410).
        ED25519 | X25519 => {
            let kind = if info.algorithm.oid == ED25519 {
                "ed25519"
            } else {
                "x25519"
            };
            Key::of_raw(kind, true, bytes.strip_prefix(&[0x04, 0x20])?).ok()
        }
        _ => None,
    }
}

fn public_of_info(info: &SubjectPublicKeyInfoRef<'_>) -> Option<Key> {
    let bytes = info.subject_public_key.as_bytes()?;
    match info.algorithm.oid {
        RSA => {
            let key = rsa::pkcs1::RsaPublicKeyRef::from_der(bytes).ok()?;
            jwk::rsa_public(key.modulus.as_bytes(), key.public_exponent.as_bytes()).map(Key::Rsa)
        }
        EC => p256::PublicKey::try_from(info)
            .map(EcPublic::P256)
            .or_else(|_| p384::PublicKey::try_from(info).map(EcPublic::P384))
            .or_else(|_| p521::PublicKey::try_from(info).map(EcPublic::P521))
            .ok()
            .map(Key::Ec),
        ED25519 => Key::of_raw("ed25519", false, bytes).ok(),
        X25519 => Key::of_raw("x25519", false, bytes).ok(),
        _ => None,
    }
}

fn sec1_private(der: &[u8]) -> Option<EcPrivate> {
    p256::SecretKey::from_sec1_der(der)
        .map(EcPrivate::P256)
        .or_else(|_| p384::SecretKey::from_sec1_der(der).map(EcPrivate::P384))
        .or_else(|_| p521::SecretKey::from_sec1_der(der).map(EcPrivate::P521))
        .ok()
}

/// The public key of an X.509 certificate (RFC 5280, 4.1): the field behind the subject.
fn certified(der: &[u8]) -> Option<Key> {
    let certificate = AnyRef::from_der(der).ok()?;
    let mut outer = SliceReader::new(certificate.value()).ok()?;
    let body = AnyRef::decode(&mut outer).ok()?;
    let mut fields = SliceReader::new(body.value()).ok()?;
    let first = AnyRef::decode(&mut fields).ok()?;
    // The version is optional, and the only field with a tag of its own in front.
    let skipped = if first.tag().is_context_specific() {
        5
    } else {
        4
    };
    for _ in 0..skipped {
        AnyRef::decode(&mut fields).ok()?;
    }
    let info = SubjectPublicKeyInfoRef::decode(&mut fields).ok()?;
    public_of_info(&info)
}

/// PKCS #8 of RFC 8410; the last byte of the curve's identifier.
fn edwards_private(curve: u8, seed: &[u8; 32]) -> Vec<u8> {
    let mut der = vec![
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, curve, 0x04, 0x22, 0x04,
        0x20,
    ];
    der.extend_from_slice(seed);
    der
}

fn edwards_public(curve: u8, point: &[u8; 32]) -> Vec<u8> {
    let mut der = vec![
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, curve, 0x03, 0x21, 0x00,
    ];
    der.extend_from_slice(point);
    der
}

/// PKCS #8 under a passphrase, with OpenSSL's rounds.
fn sealed(der: &[u8], cipher: &str, passphrase: &[u8]) -> Result<Vec<u8>, Fault> {
    use pkcs8::pkcs5::pbes2::Parameters;
    const ROUNDS: u32 = 2048;
    let no_random = || Fault::Plain("No random bytes");
    let salt = random(16).map_err(|_| no_random())?;
    let iv: [u8; 16] = random(16)
        .ok()
        .and_then(|iv| iv.try_into().ok())
        .ok_or_else(no_random)?;
    let parameters = match cipher.to_ascii_lowercase().as_str() {
        "aes-128-cbc" | "aes128" => Parameters::generate_pbkdf2_sha256_aes128cbc(ROUNDS, &salt, iv),
        "aes-256-cbc" | "aes256" => Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS, &salt, iv),
        _ => {
            return Err(Fault::Node(
                "Error",
                "ERR_CRYPTO_UNKNOWN_CIPHER",
                "Unknown cipher: Hookbench encrypts keys with aes-128-cbc and aes-256-cbc."
                    .to_owned(),
            ));
        }
    };
    let failed = || Fault::Plain("The key could not be encrypted");
    let info = PrivateKeyInfoRef::from_der(der).map_err(|_| failed())?;
    let sealed = info
        .encrypt_with_params(parameters.map_err(|_| failed())?, passphrase)
        .map_err(|_| failed())?;
    Ok(sealed.as_bytes().to_vec())
}

/// The key an argument holds.
pub(super) fn key_of(args: &[JsValue], index: usize) -> JsResult<Rc<Key>> {
    held::<Rc<Key>, _>(args, index, |key| Rc::clone(key))
}

pub(super) fn given(result: Result<Key, Fault>, context: &mut Context) -> JsResult<JsValue> {
    match result {
        Ok(key) => Ok(hold(Rc::new(key))),
        Err(fault) => Err(fault.thrown(context)),
    }
}

pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    jwk::install(help, context)?;
    functions(
        help,
        &[
            // PEM text, whether private, passphrase
            ("keyOfPem", 3, |_, args, context| {
                let passphrase = optional(args, 2, context)?;
                let private = args.get_or_undefined(1).to_boolean();
                let text = input(args, 0, context)?;
                let text = String::from_utf8_lossy(&text);
                given(Key::of_pem(&text, private, passphrase.as_deref()), context)
            }),
            // DER, whether private, passphrase
            ("keyOfDer", 3, |_, args, context| {
                let der = input(args, 0, context)?;
                let passphrase = optional(args, 2, context)?;
                let private = args.get_or_undefined(1).to_boolean();
                let key = match (private, &passphrase) {
                    (true, Some(passphrase)) => unlocked(&der, Some(passphrase)),
                    (true, None) => Key::private_of_der(&der),
                    (false, _) => Key::public_of_der(&der),
                };
                given(key, context)
            }),
            ("keyOfRaw", 3, |_, args, context| {
                let bytes = input(args, 2, context)?;
                let private = args.get_or_undefined(1).to_boolean();
                given(Key::of_raw(&text(args, 0), private, &bytes), context)
            }),
            ("keyRaw", 2, |_, args, context| {
                let key = key_of(args, 0)?;
                let bytes = match &*key {
                    Key::Ec(key) => Some(key.point(args.get_or_undefined(1).to_boolean())),
                    key => key.raw(),
                };
                bytes.map_or_else(|| Ok(JsValue::undefined()), |bytes| answer(&bytes, context))
            }),
            ("keyDer", 2, |_, args, context| {
                let key = key_of(args, 0)?;
                outcome(key.der(&text(args, 1)), context)
            }),
            // key, form, cipher, passphrase: encrypted PKCS #8
            ("keySealed", 4, |_, args, context| {
                let key = key_of(args, 0)?;
                let passphrase = input(args, 3, context)?;
                let der = key
                    .der(&text(args, 1))
                    .and_then(|der| sealed(&der, &text(args, 2), &passphrase));
                outcome(der, context)
            }),
            ("pem", 2, |_, args, context| {
                let der = input(args, 1, context)?;
                Ok(js_string!(pem::block(&text(args, 0), &der)).into())
            }),
            // The DER of a PEM text's first block, `undefined` where there is none.
            ("pemDer", 1, |_, args, context| {
                match pem::first_block(&text(args, 0)) {
                    Some(block) => answer(&block.der, context),
                    None => Ok(JsValue::undefined()),
                }
            }),
            ("keyPublic", 1, |_, args, _| {
                Ok(hold(Rc::new(key_of(args, 0)?.public())))
            }),
            // [kind, whether private, details…]: bits and exponent of RSA, the curve of EC
            ("keyInfo", 1, |_, args, context| {
                let key = key_of(args, 0)?;
                let (kind, private) = key.kind();
                let mut list = vec![word(kind), private.into()];
                match &*key {
                    Key::Ec(key) => list.push(word(key.curve())),
                    Key::EcPrivate(key) => list.push(word(key.public().curve())),
                    _ => {
                        if let Ok(key) = key.rsa_public() {
                            list.push(key.n().bit_width_vartime().into());
                            let exponent: String =
                                key.e_bytes().iter().map(|b| format!("{b:02x}")).collect();
                            let exponent = JsBigInt::from_string_radix(&exponent, 16);
                            list.push(exponent.map_or_else(JsValue::undefined, JsValue::from));
                        }
                    }
                }
                Ok(boa_engine::object::builtins::JsArray::from_iter(list, context).into())
            }),
            // kind, bits, exponent, curve
            ("keyGenerate", 4, |_, args, context| {
                let exponent = size(args, 2) as u64;
                let key = Key::generate(&text(args, 0), size(args, 1), exponent, &text(args, 3));
                given(key, context)
            }),
            // private, public: what both agree upon
            ("keyAgree", 2, |_, args, context| {
                let (private, public) = (key_of(args, 0)?, key_of(args, 1)?);
                outcome(agree(&private, &public), context)
            }),
        ],
        context,
    )
}

fn agree(private: &Key, public: &Key) -> Result<Vec<u8>, Fault> {
    let both = (private, public);
    Ok(match both {
        (Key::X25519Private(private), Key::X25519(public)) => {
            let secret = private.diffie_hellman(public);
            if !secret.was_contributory() {
                return Err(Fault::Plain("failed during derivation"));
            }
            secret.as_bytes().to_vec()
        }
        (Key::EcPrivate(EcPrivate::P256(private)), Key::Ec(EcPublic::P256(public))) => {
            private.diffie_hellman(public).raw_secret_bytes().to_vec()
        }
        (Key::EcPrivate(EcPrivate::P384(private)), Key::Ec(EcPublic::P384(public))) => {
            private.diffie_hellman(public).raw_secret_bytes().to_vec()
        }
        (Key::EcPrivate(EcPrivate::P521(private)), Key::Ec(EcPublic::P521(public))) => {
            private.diffie_hellman(public).raw_secret_bytes().to_vec()
        }
        _ => {
            return Err(Fault::Node(
                "Error",
                "ERR_CRYPTO_INCOMPATIBLE_KEY",
                format!(
                    "Incompatible key types for Diffie-Hellman: {} and {}",
                    private.kind().0,
                    public.kind().0
                ),
            ));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_comes_back_from_der_and_pem() {
        for (kind, curve) in [
            ("rsa", ""),
            ("ec", "P-256"),
            ("ec", "secp384r1"),
            ("ec", "P-521"),
            ("ed25519", ""),
            ("x25519", ""),
        ] {
            let key = Key::generate(kind, 1024, 65537, curve).unwrap();
            let der = key.der("pkcs8").unwrap();
            let again = Key::private_of_der(&der).unwrap();
            assert_eq!(again.der("pkcs8").unwrap(), der, "{kind} {curve}");
            let spki = key.public().der("spki").unwrap();
            let text = pem::block("PUBLIC KEY", &spki);
            let public = Key::of_pem(&text, false, None).unwrap();
            assert_eq!(public.der("spki").unwrap(), spki, "{kind} {curve}");
            assert!(Key::of_pem(&text, true, None).is_err());
            let locked = sealed(&der, "aes-256-cbc", b"pass").unwrap();
            let text = pem::block("ENCRYPTED PRIVATE KEY", &locked);
            let opened = Key::of_pem(&text, true, Some(b"pass")).unwrap();
            assert_eq!(opened.der("pkcs8").unwrap(), der);
            assert_eq!(
                Key::of_pem(&text, true, None).err(),
                Some(Fault::PASSPHRASE_NEEDED)
            );
            assert_eq!(
                Key::of_pem(&text, true, Some(b"no")).err(),
                Some(Fault::BAD_DECRYPT)
            );
        }
    }

    #[test]
    fn both_sides_agree_on_every_curve() {
        for (kind, curve) in [
            ("ec", "P-256"),
            ("ec", "P-384"),
            ("ec", "P-521"),
            ("x25519", ""),
        ] {
            let one = Key::generate(kind, 0, 0, curve).unwrap();
            let other = Key::generate(kind, 0, 0, curve).unwrap();
            let shared = agree(&one, &other.public()).unwrap();
            assert_eq!(shared, agree(&other, &one.public()).unwrap(), "{curve}");
            assert!(agree(&one, &one).is_err());
        }
    }

    #[test]
    fn what_is_no_key_is_refused_in_the_words_of_openssl() {
        let fault = Key::of_pem("not a key", true, None).err();
        assert_eq!(fault, Some(Fault::UNSUPPORTED_KEY));
        assert!(Key::private_of_der(b"foo").is_err());
        assert!(Key::public_of_der(&[0x30, 0x80]).is_err());
    }
}
