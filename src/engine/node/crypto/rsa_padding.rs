//! RSA without a scheme, and with the plain padding of `privateEncrypt` (RFC 8017, 8.2 and 9.2 without the hash's name).

use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, Pkcs1v15Sign, hazmat};

use super::fault::Fault;

/// `RSA_NO_PADDING`.
const NO_PADDING: usize = 3;

/// The public operation on a whole block.
///
/// # Errors
/// For data that are not of the modulus's length, or above it.
pub(super) fn raw_public(key: &rsa::PublicKey, data: &[u8]) -> Result<Vec<u8>, Fault> {
    let number = block(data, key)?;
    let result = hazmat::rsa_encrypt(key, &number).map_err(|_| Fault::TOO_LARGE_FOR_KEY)?;
    Ok(wide(&result, key.size()))
}

/// The private operation on a whole block.
///
/// # Errors
/// As [`raw_public`].
pub(super) fn raw_private(key: &rsa::PrivateKey, data: &[u8]) -> Result<Vec<u8>, Fault> {
    let number = block(data, key.as_public_key())?;
    let mut random = getrandom::SysRng;
    let result = hazmat::rsa_decrypt_and_check(key, Some(&mut random), &number)
        .map_err(|_| Fault::TOO_LARGE_FOR_KEY)?;
    Ok(wide(&result, key.size()))
}

/// `privateEncrypt`.
///
/// # Errors
/// For data too long for the key.
pub(super) fn seal(key: &rsa::PrivateKey, data: &[u8], padding: usize) -> Result<Vec<u8>, Fault> {
    if padding == NO_PADDING {
        return raw_private(key, data);
    }
    let mut random = getrandom::SysRng;
    key.sign_with_rng(&mut random, Pkcs1v15Sign::new_unprefixed(), data)
        .map_err(|_| Fault::TOO_LARGE_FOR_KEY)
}

/// `publicDecrypt`.
///
/// # Errors
/// Where the padding is none.
pub(super) fn open(key: &rsa::PublicKey, data: &[u8], padding: usize) -> Result<Vec<u8>, Fault> {
    let plain = raw_public(key, data)?;
    if padding == NO_PADDING {
        return Ok(plain);
    }
    let invalid = Fault::OpenSsl(
        0x0200_0072,
        "rsa routines",
        "padding check failed",
        "ERR_OSSL_RSA_PADDING_CHECK_FAILED",
    );
    // 00 01 FF … FF 00 data, with at least eight FF.
    let Some(rest) = plain.strip_prefix(&[0x00, 0x01]) else {
        return Err(invalid);
    };
    let filled = rest.iter().take_while(|byte| **byte == 0xFF).count();
    match rest.split_at_checked(filled) {
        Some((_, [0x00, data @ ..])) if filled >= 8 => Ok(data.to_vec()),
        _ => Err(invalid),
    }
}

fn block(data: &[u8], key: &rsa::PublicKey) -> Result<BoxedUint, Fault> {
    if data.len() != key.size() {
        return Err(Fault::TOO_LARGE_FOR_KEY);
    }
    BoxedUint::from_be_slice(data, key.n_bits_precision()).map_err(|_| Fault::TOO_LARGE_FOR_KEY)
}

fn wide(number: &BoxedUint, size: usize) -> Vec<u8> {
    let bytes = number.to_be_bytes_trimmed_vartime();
    let mut wide = vec![0; size.saturating_sub(bytes.len())];
    wide.extend_from_slice(&bytes);
    wide
}
