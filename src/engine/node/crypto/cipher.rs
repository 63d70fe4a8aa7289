//! Ciphers piece by piece, as Node's Cipheriv has them: AES in CBC, ECB, CTR and GCM, triple DES, ChaCha20-Poly1305.

use aes::cipher::{
    Array, BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, KeyInit,
    KeyIvInit, StreamCipher,
};
use aes::{Aes128, Aes192, Aes256};
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};
use des::TdesEde3;

use super::super::functions;
use super::aead::Aead;
use super::fault::Fault;
use super::{held, hold, input, optional, outcome, size, text, word};

/// Changes whole blocks, or any bytes of a stream, in place.
pub(super) type Transform = Box<dyn FnMut(&mut [u8])>;

/// How a cipher goes on from block to block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Cbc,
    Ecb,
    Ctr,
    Gcm,
    ChaCha,
}

/// A cipher by its name.
struct Suite {
    name: &'static str,
    mode: Mode,
    key: usize,
    iv: usize,
    block: usize,
}

const fn suite(name: &'static str, mode: Mode, key: usize, iv: usize, block: usize) -> Suite {
    Suite {
        name,
        mode,
        key,
        iv,
        block,
    }
}

/// What `getCiphers()` tells; sizes in bytes.
const SUITES: &[Suite] = &[
    suite("aes-128-cbc", Mode::Cbc, 16, 16, 16),
    suite("aes-128-ctr", Mode::Ctr, 16, 16, 1),
    suite("aes-128-ecb", Mode::Ecb, 16, 0, 16),
    suite("aes-128-gcm", Mode::Gcm, 16, 12, 1),
    suite("aes-192-cbc", Mode::Cbc, 24, 16, 16),
    suite("aes-192-ctr", Mode::Ctr, 24, 16, 1),
    suite("aes-192-ecb", Mode::Ecb, 24, 0, 16),
    suite("aes-192-gcm", Mode::Gcm, 24, 12, 1),
    suite("aes-256-cbc", Mode::Cbc, 32, 16, 16),
    suite("aes-256-ctr", Mode::Ctr, 32, 16, 1),
    suite("aes-256-ecb", Mode::Ecb, 32, 0, 16),
    suite("aes-256-gcm", Mode::Gcm, 32, 12, 1),
    suite("aes128", Mode::Cbc, 16, 16, 16),
    suite("aes192", Mode::Cbc, 24, 16, 16),
    suite("aes256", Mode::Cbc, 32, 16, 16),
    suite("chacha20-poly1305", Mode::ChaCha, 32, 12, 1),
    suite("des-ede3-cbc", Mode::Cbc, 24, 8, 8),
    suite("des-ede3-ecb", Mode::Ecb, 24, 0, 8),
    suite("des3", Mode::Cbc, 24, 8, 8),
    suite("id-aes128-GCM", Mode::Gcm, 16, 12, 1),
    suite("id-aes192-GCM", Mode::Gcm, 24, 12, 1),
    suite("id-aes256-GCM", Mode::Gcm, 32, 12, 1),
];

fn named(name: &str) -> Option<&'static Suite> {
    SUITES
        .iter()
        .find(|suite| suite.name.eq_ignore_ascii_case(name))
}

/// A cipher under way.
pub(super) struct Cipher {
    body: Body,
    encrypt: bool,
    ended: bool,
}

enum Body {
    Blocks {
        transform: Transform,
        block: usize,
        padding: bool,
        pending: Vec<u8>,
    },
    Stream(Transform),
    Aead(Box<Aead>),
}

impl Cipher {
    /// Begins; `tag_length` in bytes where the options tell one.
    ///
    /// # Errors
    /// Node's: an unknown cipher, a key or nonce of the wrong length, a tag of a length that is not allowed.
    pub fn new(
        name: &str,
        key: &[u8],
        iv: Option<&[u8]>,
        encrypt: bool,
        tag_length: Option<usize>,
    ) -> Result<Self, Fault> {
        let Some(suite) = named(name) else {
            return Err(Fault::Node(
                "Error",
                "ERR_CRYPTO_UNKNOWN_CIPHER",
                "Unknown cipher".to_owned(),
            ));
        };
        let wrong_iv =
            || Fault::type_error("ERR_CRYPTO_INVALID_IV", "Invalid initialization vector");
        let given = iv.unwrap_or_default();
        let iv_fits = match suite.mode {
            Mode::Gcm => !given.is_empty(),
            // A shorter nonce is padded in front, as OpenSSL does.
            Mode::ChaCha => (1..=12).contains(&given.len()),
            _ => given.len() == suite.iv,
        };
        if !iv_fits {
            return Err(wrong_iv());
        }
        if key.len() != suite.key {
            return Err(Fault::Node(
                "RangeError",
                "ERR_CRYPTO_INVALID_KEYLEN",
                "Invalid key length".to_owned(),
            ));
        }
        let body = match suite.mode {
            Mode::Cbc | Mode::Ecb => Body::Blocks {
                transform: blocks(suite, key, given, encrypt).ok_or_else(wrong_iv)?,
                block: suite.block,
                padding: true,
                pending: Vec::new(),
            },
            Mode::Ctr => Body::Stream(counter(key, given).ok_or_else(wrong_iv)?),
            Mode::Gcm => Body::Aead(Box::new(
                Aead::gcm(key, given, encrypt, tag_length)?.ok_or_else(wrong_iv)?,
            )),
            Mode::ChaCha => Body::Aead(Box::new(
                Aead::chacha(key, given, encrypt, tag_length)?.ok_or_else(wrong_iv)?,
            )),
        };
        Ok(Self {
            body,
            encrypt,
            ended: false,
        })
    }

    /// What a piece of data yields at once.
    ///
    /// # Errors
    /// After the end.
    pub fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Fault> {
        if self.ended {
            return Err(Fault::Plain("Trying to add data in unsupported state"));
        }
        match &mut self.body {
            Body::Stream(transform) => {
                let mut bytes = data.to_vec();
                transform(&mut bytes);
                Ok(bytes)
            }
            Body::Aead(aead) => Ok(aead.update(data)),
            Body::Blocks {
                transform,
                block,
                padding,
                pending,
            } => {
                pending.extend_from_slice(data);
                let mut ready = pending.len() - pending.len() % *block;
                // The last block may be the padding: it waits.
                if !self.encrypt && *padding && ready == pending.len() && ready > 0 {
                    ready -= *block;
                }
                let rest = pending.split_off(ready);
                let mut bytes = std::mem::replace(pending, rest);
                transform(&mut bytes);
                Ok(bytes)
            }
        }
    }

    /// What is left at the end.
    ///
    /// # Errors
    /// A length that does not fit, padding that is none, a tag that does not match.
    pub fn finish(&mut self) -> Result<Vec<u8>, Fault> {
        if std::mem::replace(&mut self.ended, true) {
            return Err(Fault::Node(
                "Error",
                "ERR_CRYPTO_INVALID_STATE",
                "Invalid state".to_owned(),
            ));
        }
        match &mut self.body {
            Body::Stream(_) => Ok(Vec::new()),
            Body::Aead(aead) => aead.finish().map(|()| Vec::new()),
            Body::Blocks {
                transform,
                block,
                padding,
                pending,
            } => {
                let mut bytes = std::mem::take(pending);
                if !*padding {
                    return match bytes.is_empty() {
                        true => Ok(bytes),
                        false => Err(Fault::WRONG_FINAL_BLOCK),
                    };
                }
                if self.encrypt {
                    let missing = *block - bytes.len() % *block;
                    bytes.resize(bytes.len() + missing, missing as u8);
                    transform(&mut bytes);
                    return Ok(bytes);
                }
                if bytes.len() != *block {
                    return Err(Fault::WRONG_FINAL_BLOCK);
                }
                transform(&mut bytes);
                let count = bytes.last().copied().map_or(0, usize::from);
                let kept = bytes
                    .len()
                    .checked_sub(count)
                    .filter(|_| {
                        count > 0
                            && bytes
                                .iter()
                                .rev()
                                .take(count)
                                .all(|b| usize::from(*b) == count)
                    })
                    .ok_or(Fault::BAD_DECRYPT)?;
                bytes.truncate(kept);
                Ok(bytes)
            }
        }
    }

    fn set_padding(&mut self, wanted: bool) -> bool {
        if let Body::Blocks { padding, .. } = &mut self.body {
            *padding = wanted;
        }
        !self.ended
    }
}

/// A whole message at once.
///
/// # Errors
/// As [`Cipher::new`] and [`Cipher::finish`].
pub(super) fn at_once(
    name: &str,
    key: &[u8],
    iv: &[u8],
    encrypt: bool,
    data: &[u8],
) -> Result<Vec<u8>, Fault> {
    let mut cipher = Cipher::new(name, key, Some(iv), encrypt, None)?;
    let mut bytes = cipher.update(data)?;
    bytes.extend(cipher.finish()?);
    Ok(bytes)
}

fn encrypting<C: BlockModeEncrypt + 'static>(mut mode: C) -> Transform {
    Box::new(move |data| mode.encrypt_blocks(Array::slice_as_chunks_mut(data).0))
}

fn decrypting<C: BlockModeDecrypt + 'static>(mut mode: C) -> Transform {
    Box::new(move |data| mode.decrypt_blocks(Array::slice_as_chunks_mut(data).0))
}

fn codebook<C: BlockCipherEncrypt + BlockCipherDecrypt + 'static>(
    cipher: C,
    encrypt: bool,
) -> Transform {
    match encrypt {
        true => Box::new(move |data| cipher.encrypt_blocks(Array::slice_as_chunks_mut(data).0)),
        false => Box::new(move |data| cipher.decrypt_blocks(Array::slice_as_chunks_mut(data).0)),
    }
}

/// `None` only if key or nonce are of the wrong length.
fn blocks(suite: &Suite, key: &[u8], iv: &[u8], encrypt: bool) -> Option<Transform> {
    macro_rules! of {
        ($Block:ty) => {
            match (suite.mode, encrypt) {
                (Mode::Ecb, _) => codebook(<$Block>::new_from_slice(key).ok()?, encrypt),
                (_, true) => encrypting(cbc::Encryptor::<$Block>::new_from_slices(key, iv).ok()?),
                (_, false) => decrypting(cbc::Decryptor::<$Block>::new_from_slices(key, iv).ok()?),
            }
        };
    }
    Some(match (suite.block, suite.key) {
        (8, _) => of!(TdesEde3),
        (_, 16) => of!(Aes128),
        (_, 24) => of!(Aes192),
        _ => of!(Aes256),
    })
}

pub(super) fn stream<C: StreamCipher + 'static>(mut cipher: C) -> Transform {
    // A stream that has come to its end, after 2^36 bytes at least, leaves the data as they are.
    Box::new(move |data| {
        let _ = cipher.try_apply_keystream(data);
    })
}

fn counter(key: &[u8], iv: &[u8]) -> Option<Transform> {
    Some(match key.len() {
        16 => stream(ctr::Ctr128BE::<Aes128>::new_from_slices(key, iv).ok()?),
        24 => stream(ctr::Ctr128BE::<Aes192>::new_from_slices(key, iv).ok()?),
        _ => stream(ctr::Ctr128BE::<Aes256>::new_from_slices(key, iv).ok()?),
    })
}

pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    let names: Vec<JsValue> = SUITES
        .iter()
        .map(|suite| js_string!(suite.name).into())
        .collect();
    let names = boa_engine::object::builtins::JsArray::from_iter(names, context);
    help.set(js_string!("ciphers"), names, true, context)?;
    functions(
        help,
        &[
            // name, key, iv or null, whether to encrypt, the tag's length or undefined
            ("cipher", 5, |_, args, context| {
                let key = input(args, 1, context)?;
                let iv = optional(args, 2, context)?;
                let encrypt = args.get_or_undefined(3).to_boolean();
                let tag_length = args
                    .get(4)
                    .filter(|value| !value.is_undefined())
                    .map(|_| size(args, 4));
                match Cipher::new(&text(args, 0), &key, iv.as_deref(), encrypt, tag_length) {
                    Ok(cipher) => Ok(hold(cipher)),
                    Err(fault) => Err(fault.thrown(context)),
                }
            }),
            ("cipherUpdate", 2, |_, args, context| {
                let data = input(args, 1, context)?;
                let result = held::<Cipher, _>(args, 0, |cipher| cipher.update(&data))?;
                outcome(result, context)
            }),
            ("cipherFinal", 1, |_, args, context| {
                let result = held::<Cipher, _>(args, 0, Cipher::finish)?;
                outcome(result, context)
            }),
            ("cipherPadding", 2, |_, args, _| {
                let wanted = args.get_or_undefined(1).to_boolean();
                held::<Cipher, _>(args, 0, |cipher| cipher.set_padding(wanted)).map(JsValue::from)
            }),
            // The next three answer `false` or `undefined` where the state does not allow it.
            ("cipherAAD", 2, |_, args, context| {
                let data = input(args, 1, context)?;
                held::<Cipher, _>(args, 0, |cipher| match &mut cipher.body {
                    Body::Aead(aead) if !cipher.ended => aead.add(&data),
                    _ => false,
                })
                .map(JsValue::from)
            }),
            ("cipherTag", 1, |_, args, context| {
                let tag = held::<Cipher, _>(args, 0, |cipher| match &cipher.body {
                    Body::Aead(aead) if cipher.encrypt => aead.tag(),
                    _ => None,
                })?;
                match tag {
                    Some(tag) => super::answer(&tag, context),
                    None => Ok(JsValue::undefined()),
                }
            }),
            ("cipherExpect", 2, |_, args, context| {
                let tag = input(args, 1, context)?;
                let result = held::<Cipher, _>(args, 0, |cipher| match &mut cipher.body {
                    Body::Aead(aead) if !cipher.encrypt && !cipher.ended => aead.expect(&tag),
                    _ => Ok(false),
                })?;
                match result {
                    Ok(done) => Ok(done.into()),
                    Err(fault) => Err(fault.thrown(context)),
                }
            }),
            // [name, mode, key bytes, nonce bytes, block bytes] or undefined
            ("cipherInfo", 1, |_, args, context| {
                let Some(suite) = named(&text(args, 0)) else {
                    return Ok(JsValue::undefined());
                };
                let mode = match suite.mode {
                    Mode::Cbc => "cbc",
                    Mode::Ecb => "ecb",
                    Mode::Ctr => "ctr",
                    Mode::Gcm => "gcm",
                    Mode::ChaCha => "stream",
                };
                let list = [
                    word(suite.name),
                    word(mode),
                    suite.key.into(),
                    suite.iv.into(),
                    suite.block.into(),
                ];
                Ok(boa_engine::object::builtins::JsArray::from_iter(list, context).into())
            }),
        ],
        context,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len() / 2)
            .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap())
            .collect()
    }

    #[test]
    fn aes_cbc_of_nist_sp_800_38a() {
        let key = bytes("2b7e151628aed2a6abf7158809cf4f3c");
        let iv = bytes("000102030405060708090a0b0c0d0e0f");
        let plain = bytes("6bc1bee22e409f96e93d7e117393172a");
        let sealed = at_once("aes-128-cbc", &key, &iv, true, &plain).unwrap();
        assert_eq!(sealed[..16], bytes("7649abac8119b246cee98e9b12e9197d"));
        assert_eq!(sealed.len(), 32);
        let opened = at_once("AES-128-CBC", &key, &iv, false, &sealed).unwrap();
        assert_eq!(opened, plain);
    }

    #[test]
    fn aes_ctr_of_nist_sp_800_38a_byte_by_byte() {
        let key = bytes("2b7e151628aed2a6abf7158809cf4f3c");
        let iv = bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
        let plain = bytes("6bc1bee22e409f96e93d7e117393172a");
        let mut cipher = Cipher::new("aes-128-ctr", &key, Some(&iv), true, None).unwrap();
        let sealed: Vec<u8> = plain
            .iter()
            .flat_map(|byte| cipher.update(&[*byte]).unwrap())
            .collect();
        assert_eq!(sealed, bytes("874d6191b620e3261bef6864990db6ce"));
    }

    #[test]
    fn what_was_tampered_with_is_a_bad_decrypt() {
        let sealed = at_once("aes-256-cbc", &[1; 32], &[2; 16], true, b"secret").unwrap();
        let wrong = at_once("aes-256-cbc", &[3; 32], &[2; 16], false, &sealed);
        assert_eq!(wrong, Err(Fault::BAD_DECRYPT));
        let short = at_once("aes-256-cbc", &[1; 32], &[2; 16], false, &sealed[..15]);
        assert_eq!(short, Err(Fault::WRONG_FINAL_BLOCK));
    }

    #[test]
    fn every_suite_gives_back_what_it_took() {
        for suite in SUITES {
            let key: Vec<u8> = (0..suite.key as u8).collect();
            let iv = vec![7; suite.iv];
            let mut seal = Cipher::new(suite.name, &key, Some(&iv), true, None).unwrap();
            let mut sealed = seal.update(b"thirty-three bytes of plain text ").unwrap();
            sealed.extend(seal.finish().unwrap());
            let tag = match suite.mode == Mode::ChaCha {
                true => Some(16),
                false => None,
            };
            let mut open = Cipher::new(suite.name, &key, Some(&iv), false, tag).unwrap();
            if let (Body::Aead(open), Body::Aead(seal)) = (&mut open.body, &seal.body) {
                assert!(open.expect(&seal.tag().unwrap()).unwrap(), "{}", suite.name);
            }
            let mut opened = open.update(&sealed[..5]).unwrap();
            opened.extend(open.update(&sealed[5..]).unwrap());
            opened.extend(open.finish().unwrap());
            assert_eq!(
                opened, b"thirty-three bytes of plain text ",
                "{}",
                suite.name
            );
        }
    }
}
