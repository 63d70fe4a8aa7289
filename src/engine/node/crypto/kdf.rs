//! Keys from passwords and from other keys: PBKDF2, scrypt, HKDF.

use boa_engine::{Context, JsObject, JsResult};
use hkdf::Hkdf;

use super::super::functions;
use super::fault::Fault;
use super::hash::{Algorithm, with_digest};
use super::{input, outcome, size, text};

pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            // password, salt, iterations, length, digest
            ("pbkdf2", 5, |_, args, context| {
                let (password, salt) = (input(args, 0, context)?, input(args, 1, context)?);
                let rounds = u32::try_from(size(args, 2)).unwrap_or(u32::MAX);
                let result = pbkdf2(&password, &salt, rounds, size(args, 3), &text(args, 4));
                outcome(result, context)
            }),
            // password, salt, N, r, p, length
            ("scrypt", 6, |_, args, context| {
                let (password, salt) = (input(args, 0, context)?, input(args, 1, context)?);
                let result = scrypt_of(
                    &password,
                    &salt,
                    [size(args, 2), size(args, 3), size(args, 4)],
                    size(args, 5),
                );
                outcome(result, context)
            }),
            // digest, key, salt, info, length
            ("hkdf", 5, |_, args, context| {
                let key = input(args, 1, context)?;
                let salt = input(args, 2, context)?;
                let info = input(args, 3, context)?;
                let result = hkdf_of(&text(args, 0), &key, &salt, &info, size(args, 4));
                outcome(result, context)
            }),
        ],
        context,
    )
}

fn pbkdf2(
    password: &[u8],
    salt: &[u8],
    rounds: u32,
    length: usize,
    digest: &str,
) -> Result<Vec<u8>, Fault> {
    let algorithm = Algorithm::named(digest).ok_or_else(|| Fault::invalid_digest(digest))?;
    let mut key = vec![0; length];
    with_digest!(algorithm, D => pbkdf2::pbkdf2_hmac::<D>(password, salt, rounds, &mut key));
    Ok(key)
}

fn scrypt_of(
    password: &[u8],
    salt: &[u8],
    [n, r, p]: [usize; 3],
    length: usize,
) -> Result<Vec<u8>, Fault> {
    let invalid = || {
        Fault::Node(
            "RangeError",
            "ERR_CRYPTO_INVALID_SCRYPT_PARAMS",
            "Invalid scrypt params".to_owned(),
        )
    };
    if n < 2 || !n.is_power_of_two() {
        return Err(invalid());
    }
    let log_n = u8::try_from(n.ilog2()).map_err(|_| invalid())?;
    let r = u32::try_from(r).map_err(|_| invalid())?;
    let p = u32::try_from(p).map_err(|_| invalid())?;
    if r.checked_mul(p).is_none() {
        return Err(invalid());
    }
    let params = scrypt::Params::new(log_n, r, p).map_err(|_| invalid())?;
    let mut key = vec![0; length];
    if length > 0 {
        scrypt::scrypt(password, salt, &params, &mut key).map_err(|_| invalid())?;
    }
    Ok(key)
}

fn hkdf_of(
    digest: &str,
    key: &[u8],
    salt: &[u8],
    info: &[u8],
    length: usize,
) -> Result<Vec<u8>, Fault> {
    let algorithm = Algorithm::named(digest).ok_or_else(|| Fault::invalid_digest(digest))?;
    let too_long = || {
        Fault::Node(
            "RangeError",
            "ERR_CRYPTO_INVALID_KEYLEN",
            "Invalid key length".to_owned(),
        )
    };
    // Before the room is taken: RFC 5869 has at most 255 blocks.
    if length > 255 * super::hash::length(algorithm) {
        return Err(too_long());
    }
    let mut output = vec![0; length];
    with_digest!(algorithm, D => {
        Hkdf::<D>::new(Some(salt), key)
            .expand(info, &mut output)
            .map_err(|_| too_long())?;
    });
    Ok(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn pbkdf2_of_rfc_6070() {
        let key = pbkdf2(b"password", b"salt", 4096, 20, "sha1").unwrap();
        assert_eq!(hex(&key), "4b007901b765489abead49d926f721d065a429c1");
    }

    #[test]
    fn scrypt_of_rfc_7914() {
        let key = scrypt_of(b"", b"", [16, 1, 1], 64).unwrap();
        assert!(hex(&key).starts_with("77d6576238657b203b19ca42c18a0497"));
    }

    #[test]
    fn scrypt_refuses_a_cost_that_is_no_power_of_two() {
        assert!(scrypt_of(b"", b"", [3, 1, 1], 8).is_err());
        assert!(scrypt_of(b"", b"", [16, 1 << 20, 1 << 20], 8).is_err());
    }

    #[test]
    fn hkdf_of_rfc_5869() {
        let salt: Vec<u8> = (0..=0x0c).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let key = hkdf_of("sha256", &[0x0b; 22], &salt, &info, 42).unwrap();
        assert!(hex(&key).starts_with("3cb25f25faacd57a90434f64d0362f2a"));
        assert!(hkdf_of("sha256", b"k", b"", b"", 255 * 32 + 1).is_err());
    }
}
