//! Hashes and HMACs, whole and piece by piece.

use base64::Engine as _;
use boa_engine::{Context, JsArgs, JsNativeError, JsObject, JsResult, JsValue, js_string};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Digest;

use super::super::functions;
use super::{answer, held, hold, input, text};

/// A hash function we have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha512Trunc224,
    Sha512Trunc256,
    Ripemd160,
}

/// The names `getHashes()` tells, of those OpenSSL 3 has.
pub(super) const NAMES: &[&str] = &[
    "RSA-MD5",
    "RSA-RIPEMD160",
    "RSA-SHA1",
    "RSA-SHA1-2",
    "RSA-SHA224",
    "RSA-SHA256",
    "RSA-SHA384",
    "RSA-SHA512",
    "RSA-SHA512/224",
    "RSA-SHA512/256",
    "md5",
    "md5WithRSAEncryption",
    "ripemd",
    "ripemd160",
    "ripemd160WithRSA",
    "rmd160",
    "sha1",
    "sha1WithRSAEncryption",
    "sha224",
    "sha224WithRSAEncryption",
    "sha256",
    "sha256WithRSAEncryption",
    "sha384",
    "sha384WithRSAEncryption",
    "sha512",
    "sha512-224",
    "sha512-224WithRSAEncryption",
    "sha512-256",
    "sha512-256WithRSAEncryption",
    "sha512WithRSAEncryption",
    "ssl3-md5",
    "ssl3-sha1",
];

impl Algorithm {
    /// The algorithm of any name OpenSSL gives it, in any case.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let name = name.strip_prefix("rsa-").unwrap_or(&name);
        let name = name.strip_prefix("ssl3-").unwrap_or(name);
        let name = name.strip_suffix("withrsaencryption").unwrap_or(name);
        let name = name.strip_suffix("withrsa").unwrap_or(name);
        Some(match name {
            "md5" => Self::Md5,
            "sha1" | "sha-1" | "sha1-2" => Self::Sha1,
            "sha224" | "sha-224" | "sha2-224" => Self::Sha224,
            "sha256" | "sha-256" | "sha2-256" => Self::Sha256,
            "sha384" | "sha-384" | "sha2-384" => Self::Sha384,
            "sha512" | "sha-512" | "sha2-512" => Self::Sha512,
            "sha512-224" | "sha512/224" | "sha-512/224" | "sha2-512/224" => Self::Sha512Trunc224,
            "sha512-256" | "sha512/256" | "sha-512/256" | "sha2-512/256" => Self::Sha512Trunc256,
            "ripemd160" | "ripemd" | "rmd160" | "ripemd-160" => Self::Ripemd160,
            _ => return None,
        })
    }
}

/// Works with the type of an algorithm: `with_digest!(algorithm, D => D::digest(data))`.
macro_rules! with_digest {
    ($algorithm:expr, $D:ident => $work:expr) => {
        match $algorithm {
            $crate::engine::node::crypto::hash::Algorithm::Md5 => {
                type $D = md5::Md5;
                $work
            }
            $crate::engine::node::crypto::hash::Algorithm::Sha1 => {
                type $D = sha1::Sha1;
                $work
            }
            $crate::engine::node::crypto::hash::Algorithm::Sha224 => {
                type $D = sha2::Sha224;
                $work
            }
            $crate::engine::node::crypto::hash::Algorithm::Sha256 => {
                type $D = sha2::Sha256;
                $work
            }
            $crate::engine::node::crypto::hash::Algorithm::Sha384 => {
                type $D = sha2::Sha384;
                $work
            }
            $crate::engine::node::crypto::hash::Algorithm::Sha512 => {
                type $D = sha2::Sha512;
                $work
            }
            $crate::engine::node::crypto::hash::Algorithm::Sha512Trunc224 => {
                type $D = sha2::Sha512_224;
                $work
            }
            $crate::engine::node::crypto::hash::Algorithm::Sha512Trunc256 => {
                type $D = sha2::Sha512_256;
                $work
            }
            $crate::engine::node::crypto::hash::Algorithm::Ripemd160 => {
                type $D = ripemd::Ripemd160;
                $work
            }
        }
    };
}
pub(super) use with_digest;

/// A hash or HMAC under way.
trait Running {
    fn update(&mut self, data: &[u8]);
    fn finish(self: Box<Self>) -> Vec<u8>;
    fn fork(&self) -> Box<dyn Running>;
}

#[derive(Clone)]
struct Plain<D>(D);

impl<D: Digest + Clone + 'static> Running for Plain<D> {
    fn update(&mut self, data: &[u8]) {
        self.0.update(data);
    }
    fn finish(self: Box<Self>) -> Vec<u8> {
        self.0.finalize().to_vec()
    }
    fn fork(&self) -> Box<dyn Running> {
        Box::new(self.clone())
    }
}

#[derive(Clone)]
struct Keyed<M>(M);

impl<M: Mac + Clone + 'static> Running for Keyed<M> {
    fn update(&mut self, data: &[u8]) {
        self.0.update(data);
    }
    fn finish(self: Box<Self>) -> Vec<u8> {
        self.0.finalize().into_bytes().to_vec()
    }
    fn fork(&self) -> Box<dyn Running> {
        Box::new(self.clone())
    }
}

/// The hash of data.
pub(super) fn digest(algorithm: Algorithm, data: &[u8]) -> Vec<u8> {
    with_digest!(algorithm, D => D::digest(data).to_vec())
}

/// The bytes of a hash.
pub(super) fn length(algorithm: Algorithm) -> usize {
    with_digest!(algorithm, D => <D as Digest>::output_size())
}

fn begin(algorithm: Algorithm) -> Box<dyn Running> {
    with_digest!(algorithm, D => Box::new(Plain(D::new())))
}

fn begin_keyed(algorithm: Algorithm, key: &[u8]) -> Option<Box<dyn Running>> {
    with_digest!(algorithm, D => {
        // A key of any length will do, so this is never `None`.
        let mac = <Hmac<D> as KeyInit>::new_from_slice(key).ok()?;
        Some(Box::new(Keyed(mac)) as Box<dyn Running>)
    })
}

/// `None` once the digest was taken.
type State = Option<Box<dyn Running>>;

pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    let names: Vec<JsValue> = NAMES.iter().map(|name| js_string!(*name).into()).collect();
    let names = boa_engine::object::builtins::JsArray::from_iter(names, context);
    help.set(js_string!("hashes"), names, true, context)?;
    functions(
        help,
        &[
            // A new hash, `undefined` for an unknown name.
            ("hash", 1, |_, args, _| {
                Ok(
                    Algorithm::named(&text(args, 0)).map_or_else(JsValue::undefined, |known| {
                        hold::<State>(Some(begin(known)))
                    }),
                )
            }),
            ("hmac", 2, |_, args, context| {
                let key = input(args, 1, context)?;
                let known = Algorithm::named(&text(args, 0));
                let state = known.and_then(|known| begin_keyed(known, &key));
                Ok(state.map_or_else(JsValue::undefined, |state| hold::<State>(Some(state))))
            }),
            ("hashUpdate", 2, |_, args, context| {
                let data = input(args, 1, context)?;
                held::<State, _>(args, 0, |state| {
                    if let Some(state) = state {
                        state.update(&data);
                    }
                })?;
                Ok(JsValue::undefined())
            }),
            ("hashCopy", 1, |_, args, _| {
                let copy = held::<State, _>(args, 0, |state| {
                    state.as_ref().map(|running| running.fork())
                })?;
                Ok(hold::<State>(copy))
            }),
            ("hashDigest", 2, |_, args, context| {
                let state = held::<State, _>(args, 0, Option::take)?;
                let bytes = state.map(Running::finish).unwrap_or_default();
                encoded(&bytes, args.get_or_undefined(1), context)
            }),
            // The digest of data at once, `undefined` for an unknown name.
            ("hashOnce", 3, |_, args, context| {
                let data = input(args, 1, context)?;
                match Algorithm::named(&text(args, 0)) {
                    Some(known) => {
                        encoded(&digest(known, &data), args.get_or_undefined(2), context)
                    }
                    None => Ok(JsValue::undefined()),
                }
            }),
            ("hashLength", 1, |_, args, _| {
                Ok(Algorithm::named(&text(args, 0))
                    .map_or_else(JsValue::undefined, |known| length(known).into()))
            }),
        ],
        context,
    )
}

/// Bytes as text in the encodings digests are mostly wanted in, else as a `Uint8Array`.
fn encoded(bytes: &[u8], encoding: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    let Some(encoding) = encoding.as_string() else {
        return answer(bytes, context);
    };
    let text = match encoding.to_std_string_lossy().as_str() {
        "hex" => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        "base64" => base64::engine::general_purpose::STANDARD.encode(bytes),
        "base64url" => base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes),
        other => {
            return Err(JsNativeError::typ()
                .with_message(format!("Unknown encoding: {other}"))
                .into());
        }
    };
    Ok(js_string!(text).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn published_digests_of_abc() {
        for (name, expected) in [
            ("md5", "900150983cd24fb0d6963f7d28e17f72"),
            ("RSA-SHA1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "sha224",
                "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
            ),
            (
                "SHA256",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            ("rmd160", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"),
        ] {
            let algorithm = Algorithm::named(name).unwrap();
            assert_eq!(hex(&digest(algorithm, b"abc")), expected, "{name}");
        }
    }

    #[test]
    fn hmac_of_rfc_4231_in_two_pieces_and_forked() {
        let mut running = begin_keyed(Algorithm::Sha256, b"Jefe").unwrap();
        running.update(b"what do ya want ");
        let mut fork = running.fork();
        running.update(b"for nothing?");
        fork.update(b"for nothing?");
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex(&running.finish()), expected);
        assert_eq!(hex(&fork.finish()), expected);
    }

    #[test]
    fn every_name_that_is_told_is_known() {
        for name in NAMES {
            assert!(Algorithm::named(name).is_some(), "{name}");
        }
        assert!(Algorithm::named("sha3-256").is_none());
    }
}
