//! PEM: the first block of a text taken apart (RFC 7468, and the headers of RFC 1421 that OpenSSL encrypts with), and
//! blocks written.

use base64::Engine as _;

use super::cipher;
use super::fault::Fault;
use super::hash::{Algorithm, digest};

/// A block of PEM.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub label: String,
    /// Cipher and nonce of `DEK-Info`, where the block is encrypted the old way.
    pub sealed: Option<(String, Vec<u8>)>,
    pub der: Vec<u8>,
}

/// The first block of a text; `None` where there is none that can be read.
pub(super) fn first_block(text: &str) -> Option<Block> {
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    let mut sealed = None;
    let mut encoded = String::with_capacity(body.len());
    for line in body.lines().map(str::trim) {
        match line.split_once(':') {
            Some(("DEK-Info", value)) => {
                let (name, iv) = value.split_once(',')?;
                sealed = Some((name.trim().to_ascii_lowercase(), unhex(iv.trim())?));
            }
            Some(_) => {}
            None => encoded.extend(line.chars().filter(|c| !c.is_whitespace())),
        }
    }
    let der = base64::engine::general_purpose::STANDARD
        .decode(encoded)
        .ok()?;
    Some(Block {
        label: label.to_owned(),
        sealed,
        der,
    })
}

/// A block with lines of 64 characters, as OpenSSL writes it.
pub(super) fn block(label: &str, der: &[u8]) -> String {
    let encoded = base64::engine::general_purpose::STANDARD.encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    for (index, character) in encoded.char_indices() {
        if index > 0 && index % 64 == 0 {
            text.push('\n');
        }
        text.push(character);
    }
    text.push_str(&format!("\n-----END {label}-----\n"));
    text
}

/// What an old-style encrypted block holds.
///
/// # Errors
/// For a wrong passphrase or a cipher we do not have.
pub(super) fn unseal(
    name: &str,
    iv: &[u8],
    passphrase: &[u8],
    der: &[u8],
) -> Result<Vec<u8>, Fault> {
    let length = match name {
        "aes-128-cbc" => 16,
        "aes-192-cbc" | "des-ede3-cbc" => 24,
        "aes-256-cbc" => 32,
        _ => return Err(Fault::UNSUPPORTED_KEY),
    };
    let salt = iv.get(..8).ok_or(Fault::UNSUPPORTED_KEY)?;
    // OpenSSL's EVP_BytesToKey with MD5 and one round.
    let mut key: Vec<u8> = Vec::new();
    let mut last: Vec<u8> = Vec::new();
    while key.len() < length {
        last.extend_from_slice(passphrase);
        last.extend_from_slice(salt);
        last = digest(Algorithm::Md5, &last);
        key.extend_from_slice(&last);
    }
    key.truncate(length);
    cipher::at_once(name, &key, iv, false, der)
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    Some(
        digits
            .chunks_exact(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_found_behind_other_text_and_comes_back_as_it_was() {
        let der: Vec<u8> = (0..100).collect();
        let text = format!("subject=/CN=x\r\n{}tail", block("PUBLIC KEY", &der));
        let found = first_block(&text.replace('\n', "\r\n")).unwrap();
        assert_eq!((found.label.as_str(), found.der), ("PUBLIC KEY", der));
    }

    #[test]
    fn broken_blocks_are_none() {
        for text in [
            "",
            "-----BEGIN X-----",
            "-----BEGIN X-----\n*\n-----END X-----",
            "-----BEGIN X-----\nAAAA\n-----END Y-----",
        ] {
            assert_eq!(first_block(text), None, "{text}");
        }
    }
}
