//! Node's encodings of text as bytes and back: utf8, utf16le, latin1, ascii, hex, base64, base64url.

use boa_engine::{JsStr, JsString};

/// How text stands in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Encoding {
    Utf8,
    Utf16,
    Latin1,
    Ascii,
    Hex,
    Base64,
    Base64Url,
}

impl Encoding {
    /// The encoding of a name, in any case; `None` for a name Node does not know.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "utf8" | "utf-8" => Self::Utf8,
            "ucs2" | "ucs-2" | "utf16le" | "utf-16le" => Self::Utf16,
            "latin1" | "binary" => Self::Latin1,
            "ascii" => Self::Ascii,
            "hex" => Self::Hex,
            "base64" => Self::Base64,
            "base64url" => Self::Base64Url,
            _ => return None,
        })
    }

    /// The bytes of a text.
    pub fn bytes(self, text: &JsString) -> Vec<u8> {
        match self {
            Self::Utf8 => text.to_std_string_lossy().into_bytes(),
            Self::Utf16 => text.iter().flat_map(u16::to_le_bytes).collect(),
            Self::Latin1 | Self::Ascii => text.iter().map(low_byte).collect(),
            Self::Hex => hex_bytes(text),
            Self::Base64 | Self::Base64Url => base64_bytes(text),
        }
    }

    /// The text of bytes.
    pub fn text(self, bytes: &[u8]) -> JsString {
        match self {
            Self::Utf8 => utf8_text(bytes),
            Self::Utf16 => JsString::from(
                bytes
                    .chunks_exact(2)
                    .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                    .collect::<Vec<u16>>()
                    .as_slice(),
            ),
            Self::Latin1 => JsString::from(JsStr::latin1(bytes)),
            Self::Ascii => {
                let bytes: Vec<u8> = bytes.iter().map(|byte| byte & 0x7f).collect();
                JsString::from(JsStr::latin1(&bytes))
            }
            Self::Hex => {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                let digits: Vec<u8> = bytes
                    .iter()
                    .flat_map(|byte| {
                        [
                            DIGITS[usize::from(byte >> 4)],
                            DIGITS[usize::from(byte & 15)],
                        ]
                    })
                    .collect();
                JsString::from(JsStr::latin1(&digits))
            }
            Self::Base64 => base64_text(&base64::engine::general_purpose::STANDARD, bytes),
            Self::Base64Url => {
                base64_text(&base64::engine::general_purpose::URL_SAFE_NO_PAD, bytes)
            }
        }
    }

    /// How many bytes a text takes; for base64 Node's estimate, which trusts the text.
    pub fn length(self, text: &JsString) -> usize {
        match self {
            Self::Utf8 => utf8_length(text),
            Self::Utf16 => text.len() * 2,
            Self::Latin1 | Self::Ascii => text.len(),
            Self::Hex => text.len() / 2,
            Self::Base64 | Self::Base64Url => {
                let end = text.iter().collect::<Vec<u16>>();
                let padding = end
                    .iter()
                    .rev()
                    .take(2)
                    .take_while(|unit| **unit == u16::from(b'='))
                    .count();
                (end.len() - padding) * 3 / 4
            }
        }
    }

    /// As many bytes of a text as fit into `room`, whole characters only.
    pub fn fitting(self, text: &JsString, room: usize) -> Vec<u8> {
        let mut bytes = self.bytes(text);
        if bytes.len() > room {
            bytes.truncate(match self {
                Self::Utf8 => (0..=room)
                    .rev()
                    .find(|at| bytes.get(*at).is_none_or(|byte| byte & 0xc0 != 0x80))
                    .unwrap_or(0),
                Self::Utf16 => room & !1,
                _ => room,
            });
        }
        bytes
    }
}

/// The text of UTF-8, U+FFFD for what is none.
pub(in super::super) fn utf8_text(bytes: &[u8]) -> JsString {
    if bytes.is_ascii() {
        JsString::from(JsStr::latin1(bytes))
    } else {
        JsString::from(String::from_utf8_lossy(bytes).as_ref())
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low byte is meant")]
fn low_byte(unit: u16) -> u8 {
    unit as u8
}

fn utf8_length(text: &JsString) -> usize {
    text.code_points()
        .map(|point| match point {
            boa_engine::string::CodePoint::Unicode(letter) => letter.len_utf8(),
            boa_engine::string::CodePoint::UnpairedSurrogate(_) => 3,
        })
        .sum()
}

/// Pairs of digits up to the first that is none.
fn hex_bytes(text: &JsString) -> Vec<u8> {
    let digits: Vec<u16> = text.iter().collect();
    digits
        .chunks_exact(2)
        .map_while(|pair| {
            let digit = |unit: u16| char::from_u32(u32::from(unit))?.to_digit(16);
            u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()
        })
        .collect()
}

/// Both alphabets, anything else skipped, up to the first `=`.
fn base64_bytes(text: &JsString) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for unit in text.iter() {
        let value = match u8::try_from(unit) {
            Ok(letter @ b'A'..=b'Z') => letter - b'A',
            Ok(letter @ b'a'..=b'z') => letter - b'a' + 26,
            Ok(digit @ b'0'..=b'9') => digit - b'0' + 52,
            Ok(b'+' | b'-') => 62,
            Ok(b'/' | b'_') => 63,
            Ok(b'=') => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).unwrap_or(0));
        }
    }
    bytes
}

fn base64_text(engine: &impl base64::Engine, bytes: &[u8]) -> JsString {
    JsString::from(JsStr::latin1(engine.encode(bytes).as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use boa_engine::js_string;

    #[test]
    fn text_goes_to_bytes_and_back() {
        let text = js_string!("aé€😀");
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            assert_eq!(encoding.text(&encoding.bytes(&text)), text);
            assert_eq!(encoding.length(&text), encoding.bytes(&text).len());
        }
        assert_eq!(Encoding::Hex.bytes(&js_string!("0aFFzz11")), [10, 255]);
        assert_eq!(
            Encoding::Base64.bytes(&js_string!("aGk_ -==x")),
            b"hi?\xf8"[..3]
        );
    }

    #[test]
    fn only_whole_characters_are_cut_off() {
        assert_eq!(Encoding::Utf8.fitting(&js_string!("a€b"), 3), b"a");
        assert_eq!(
            Encoding::Utf8.fitting(&js_string!("a€b"), 4),
            "a€".as_bytes()
        );
        assert_eq!(Encoding::Utf16.fitting(&js_string!("ab"), 3), b"a\0");
    }
}
