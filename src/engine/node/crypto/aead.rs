//! Authenticated ciphers in pieces: GCM over AES and GHASH (NIST SP 800-38D), ChaCha20-Poly1305 (RFC 8439).

use aes::cipher::{Array, BlockCipherEncrypt, BlockSizeUser, KeyInit, KeyIvInit};
use aes::{Aes128, Aes192, Aes256};
use ghash::GHash;
use ghash::universal_hash::UniversalHash;
use poly1305::Poly1305;
use subtle::ConstantTimeEq;

use super::cipher::{Transform, stream};
use super::fault::Fault;

const TAG: usize = 16;
const UNAUTHENTIC: Fault = Fault::Plain("Unsupported state or unable to authenticate data");

/// An authenticated cipher under way.
pub(super) struct Aead {
    keystream: Transform,
    mac: Mac,
    /// The mask of GCM's tag; none for Poly1305.
    mask: Option<[u8; TAG]>,
    encrypt: bool,
    tag_length: Option<usize>,
    pending: Vec<u8>,
    aad_bytes: u64,
    data_bytes: u64,
    expected: Option<Vec<u8>>,
    tag: Option<Vec<u8>>,
}

enum Mac {
    Ghash(GHash),
    Poly1305(Box<Poly1305>),
}

impl Mac {
    /// Takes data; what is no whole block is filled up with zeros.
    fn take(&mut self, data: &[u8]) {
        match self {
            Self::Ghash(mac) => mac.update_padded(data),
            Self::Poly1305(mac) => mac.update_padded(data),
        }
    }

    fn finish(&self) -> [u8; TAG] {
        match self {
            Self::Ghash(mac) => mac.clone().finalize().into(),
            Self::Poly1305(mac) => Poly1305::clone(mac).finalize().into(),
        }
    }
}

impl Aead {
    /// AES-GCM with a nonce of any length; `None` if the key has a wrong length.
    ///
    /// # Errors
    /// For a tag length that GCM does not have.
    pub fn gcm(
        key: &[u8],
        nonce: &[u8],
        encrypt: bool,
        tag_length: Option<usize>,
    ) -> Result<Option<Self>, Fault> {
        if let Some(length) = tag_length
            && !(matches!(length, 4 | 8) || (12..=16).contains(&length))
        {
            return Err(wrong_tag_length(length));
        }
        let parts = match key.len() {
            16 => gcm_parts::<Aes128>(key, nonce),
            24 => gcm_parts::<Aes192>(key, nonce),
            _ => gcm_parts::<Aes256>(key, nonce),
        };
        Ok(parts.map(|(keystream, mac, mask)| {
            Self::new(keystream, Mac::Ghash(mac), Some(mask), encrypt, tag_length)
        }))
    }

    /// ChaCha20-Poly1305; `None` if key or nonce have a wrong length.
    ///
    /// # Errors
    /// For a tag longer than 16 bytes.
    pub fn chacha(
        key: &[u8],
        nonce: &[u8],
        encrypt: bool,
        tag_length: Option<usize>,
    ) -> Result<Option<Self>, Fault> {
        if let Some(length) = tag_length
            && length > TAG
        {
            return Err(wrong_tag_length(length));
        }
        let mut whole = vec![0; 12usize.saturating_sub(nonce.len())];
        whole.extend_from_slice(nonce);
        let Ok(cipher) = chacha20::ChaCha20::new_from_slices(key, &whole) else {
            return Ok(None);
        };
        let mut keystream = stream(cipher);
        // The first block of the stream is the one-time key.
        let mut first = [0; 64];
        keystream(&mut first);
        let Some(one_time) = first
            .first_chunk::<32>()
            .and_then(|key| Poly1305::new_from_slice(key).ok())
        else {
            return Ok(None);
        };
        let mac = Mac::Poly1305(Box::new(one_time));
        Ok(Some(Self::new(keystream, mac, None, encrypt, tag_length)))
    }

    fn new(
        keystream: Transform,
        mac: Mac,
        mask: Option<[u8; TAG]>,
        encrypt: bool,
        tag_length: Option<usize>,
    ) -> Self {
        Self {
            keystream,
            mac,
            mask,
            encrypt,
            tag_length,
            pending: Vec::new(),
            aad_bytes: 0,
            data_bytes: 0,
            expected: None,
            tag: None,
        }
    }

    /// Data that is authenticated alone; `false` once other data has come.
    pub fn add(&mut self, data: &[u8]) -> bool {
        if self.data_bytes > 0 {
            return false;
        }
        self.aad_bytes += data.len() as u64;
        self.absorb(data);
        true
    }

    pub fn update(&mut self, data: &[u8]) -> Vec<u8> {
        if data.is_empty() {
            return Vec::new();
        }
        if self.data_bytes == 0 {
            self.fill_up();
        }
        self.data_bytes += data.len() as u64;
        let mut bytes = data.to_vec();
        if !self.encrypt {
            self.absorb(data);
        }
        (self.keystream)(&mut bytes);
        if self.encrypt {
            self.absorb(&bytes);
        }
        bytes
    }

    /// Makes the tag, or compares it with the one expected.
    ///
    /// # Errors
    /// When it is missing or another.
    pub fn finish(&mut self) -> Result<(), Fault> {
        self.fill_up();
        let mut lengths = [0; 16];
        let (aad, data) = lengths.split_at_mut(8);
        match self.mac {
            Mac::Ghash(_) => {
                aad.copy_from_slice(&(self.aad_bytes * 8).to_be_bytes());
                data.copy_from_slice(&(self.data_bytes * 8).to_be_bytes());
            }
            Mac::Poly1305(_) => {
                aad.copy_from_slice(&self.aad_bytes.to_le_bytes());
                data.copy_from_slice(&self.data_bytes.to_le_bytes());
            }
        }
        self.mac.take(&lengths);
        let mut tag = self.mac.finish();
        if let Some(mask) = &self.mask {
            for (byte, mask) in tag.iter_mut().zip(mask) {
                *byte ^= mask;
            }
        }
        if self.encrypt {
            let length = self.tag_length.unwrap_or(TAG);
            self.tag = Some(tag.iter().copied().take(length).collect());
            return Ok(());
        }
        let expected = self.expected.as_ref().ok_or(UNAUTHENTIC)?;
        let made = tag.get(..expected.len()).unwrap_or(&tag);
        match bool::from(made.ct_eq(expected)) {
            true => Ok(()),
            false => Err(UNAUTHENTIC),
        }
    }

    /// The tag, once it is made.
    pub fn tag(&self) -> Option<Vec<u8>> {
        self.tag.clone()
    }

    /// Notes the tag to compare with; `false` if there is one already.
    ///
    /// # Errors
    /// For a length that is not allowed or not the one told at the start.
    pub fn expect(&mut self, tag: &[u8]) -> Result<bool, Fault> {
        if self.expected.is_some() {
            return Ok(false);
        }
        let fits = match (&self.mac, self.tag_length) {
            (_, Some(length)) => tag.len() == length,
            (Mac::Ghash(_), None) => matches!(tag.len(), 4 | 8) || (12..=16).contains(&tag.len()),
            (Mac::Poly1305(_), None) => tag.len() == TAG,
        };
        if !fits {
            return Err(wrong_tag_length(tag.len()));
        }
        self.expected = Some(tag.to_vec());
        Ok(true)
    }

    fn absorb(&mut self, data: &[u8]) {
        if self.pending.is_empty() {
            let whole = data.len() - data.len() % TAG;
            let (blocks, rest) = data.split_at(whole);
            self.mac.take(blocks);
            self.pending.extend_from_slice(rest);
            return;
        }
        self.pending.extend_from_slice(data);
        let whole = self.pending.len() - self.pending.len() % TAG;
        let rest = self.pending.split_off(whole);
        let blocks = std::mem::replace(&mut self.pending, rest);
        self.mac.take(&blocks);
    }

    fn fill_up(&mut self) {
        let rest = std::mem::take(&mut self.pending);
        self.mac.take(&rest);
    }
}

fn wrong_tag_length(length: usize) -> Fault {
    Fault::type_error(
        "ERR_CRYPTO_INVALID_AUTH_TAG",
        format!("Invalid authentication tag length: {length}"),
    )
}

/// Keystream from the second counter on, GHASH with its key, and the mask of the tag.
fn gcm_parts<C>(key: &[u8], nonce: &[u8]) -> Option<(Transform, GHash, [u8; TAG])>
where
    C: BlockCipherEncrypt + BlockSizeUser<BlockSize = aes::cipher::consts::U16> + KeyInit + 'static,
    ctr::Ctr32BE<C>: aes::cipher::StreamCipher + KeyIvInit,
{
    let cipher = C::new_from_slice(key).ok()?;
    let mut hash_key = Array::default();
    cipher.encrypt_block(&mut hash_key);
    let hash_key: [u8; TAG] = hash_key.into();
    let ghash = GHash::new_from_slice(&hash_key).ok()?;
    let first: [u8; TAG] = match <[u8; 12]>::try_from(nonce) {
        Ok(nonce) => {
            let mut block = [0; TAG];
            let (front, back) = block.split_at_mut(12);
            front.copy_from_slice(&nonce);
            back.copy_from_slice(&1u32.to_be_bytes());
            block
        }
        Err(_) => {
            let mut derive = ghash.clone();
            derive.update_padded(nonce);
            let mut lengths = [0; TAG];
            let (_, bits) = lengths.split_at_mut(8);
            bits.copy_from_slice(&(nonce.len() as u64 * 8).to_be_bytes());
            derive.update_padded(&lengths);
            derive.finalize().into()
        }
    };
    let mut keystream = stream(ctr::Ctr32BE::<C>::new_from_slices(key, &first).ok()?);
    let mut mask = [0; TAG];
    keystream(&mut mask);
    Some((keystream, ghash, mask))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len() / 2)
            .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap())
            .collect()
    }

    const KEY: &str = "feffe9928665731c6d6a8f9467308308";
    const PLAIN: &str = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72\
                         1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    const AAD: &str = "feedfacedeadbeeffeedfacedeadbeefabaddad2";

    fn gcm(nonce: &str, piece: usize) -> (Vec<u8>, Vec<u8>) {
        let mut aead = Aead::gcm(&bytes(KEY), &bytes(nonce), true, None)
            .unwrap()
            .unwrap();
        assert!(aead.add(&bytes(AAD)));
        let sealed = bytes(PLAIN)
            .chunks(piece)
            .flat_map(|part| aead.update(part))
            .collect();
        aead.finish().unwrap();
        (sealed, aead.tag().unwrap())
    }

    #[test]
    fn the_gcm_specifications_test_case_4_in_pieces_of_any_size() {
        for piece in [1, 7, 16, 17, 60] {
            let (sealed, tag) = gcm("cafebabefacedbaddecaf888", piece);
            assert_eq!(sealed[..16], bytes("42831ec2217774244b7221b784d0d49c"));
            assert_eq!(tag, bytes("5bc94fbc3221a5db94fae95ae7121a47"));
        }
    }

    #[test]
    fn a_nonce_of_eight_bytes_as_in_test_case_5() {
        let (_, tag) = gcm("cafebabefacedbad", 16);
        assert_eq!(tag, bytes("3612d2e79e3b0785561be14aaca2fccb"));
    }

    #[test]
    fn chacha20_poly1305_of_rfc_8439() {
        let key: Vec<u8> = (0x80..0xa0).collect();
        let nonce = bytes("070000004041424344454647");
        let text = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
        let mut aead = Aead::chacha(&key, &nonce, true, None).unwrap().unwrap();
        assert!(aead.add(&bytes("50515253c0c1c2c3c4c5c6c7")));
        let sealed = aead.update(text);
        aead.finish().unwrap();
        assert_eq!(sealed[..8], bytes("d31a8d34648e60db"));
        assert_eq!(
            aead.tag().unwrap(),
            bytes("1ae10b594f09e26a7e902ecbd0600691")
        );
    }

    #[test]
    fn another_tag_and_none_are_refused() {
        for tag in [None, Some([0; 16])] {
            let mut aead = Aead::gcm(&[1; 16], &[2; 12], false, None).unwrap().unwrap();
            if let Some(tag) = tag {
                assert!(aead.expect(&tag).unwrap());
                assert!(!aead.expect(&tag).unwrap());
            }
            aead.update(b"data");
            assert_eq!(aead.finish(), Err(UNAUTHENTIC));
        }
    }
}
