//! Text files: read with what is needed to write them back as they were, and saved without ever losing a version.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::atomic::{self, Access};
use super::data_dir::hex;
pub use super::file_error::FileError;

/// The largest file Hookbench opens, in bytes: 160 times what Auth0 accepts as a hook, and enough for bundles.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// How lines end in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineEnding {
    #[default]
    Lf,
    CrLf,
    /// Several kinds side by side; such a text is kept as it is.
    Mixed,
}

/// What a file's bytes were: two files with the same content have the same fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fingerprint {
    sha256: String,
    len: u64,
}

impl Fingerprint {
    /// The fingerprint of a file that holds `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            sha256: hex(&Sha256::digest(bytes)),
            len: bytes.len() as u64,
        }
    }
}

/// A text as read from disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFile {
    /// Without BOM; lines end in LF, except where `line_ending` is `Mixed`.
    pub text: String,
    pub line_ending: LineEnding,
    /// Whether the file starts with the UTF-8 mark.
    pub bom: bool,
    pub fingerprint: Fingerprint,
}

/// How to write a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaveAs {
    pub line_ending: LineEnding,
    pub bom: bool,
    /// The version the text was made from. A file that holds another one by now is not overwritten.
    pub expected: Option<Fingerprint>,
}

/// Reads a text file of at most [`MAX_BYTES`] in UTF-8.
///
/// # Errors
/// Missing, a folder, too large, not UTF-8, or not readable for this user.
pub fn load(path: &Path) -> Result<TextFile, FileError> {
    let bytes = read(path)?;
    let fingerprint = Fingerprint::of(&bytes);
    let bom = bytes.starts_with(BOM);
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            return Err(not_utf8(
                path,
                error.as_bytes(),
                error.utf8_error().valid_up_to(),
            ));
        }
    };
    let text = if bom {
        text[BOM.len()..].to_owned()
    } else {
        text
    };
    let line_ending = line_ending_of(&text);
    Ok(TextFile {
        text: match line_ending {
            LineEnding::CrLf => text.replace("\r\n", "\n"),
            LineEnding::Lf | LineEnding::Mixed => text,
        },
        line_ending,
        bom,
        fingerprint,
    })
}

/// The fingerprint of the file as it is now.
///
/// # Errors
/// As [`load`], but for the encoding, which does not matter.
pub fn fingerprint(path: &Path) -> Result<Fingerprint, FileError> {
    read(path).map(|bytes| Fingerprint::of(&bytes))
}

/// Saves `text` in one step: afterwards the file holds the old version or the new one, also after a crash. Permissions
/// stay, a link's target is written. A file that is gone is written anew, whatever `expected` says: nothing is lost.
///
/// # Errors
/// [`FileError::ChangedOutside`] if the file holds another version than `expected`; read-only file, folder or disk;
/// full disk; missing folder.
pub fn save(path: &Path, text: &str, how: &SaveAs) -> Result<Fingerprint, FileError> {
    let target = atomic::real_path(path);
    let bytes = encode(text, how);
    let staged = atomic::stage(&target, &bytes, Access::AsBefore)?;
    // Compared last, so that no time-consuming step lies between the comparison and the replacement.
    if let Some(expected) = &how.expected {
        match fingerprint(&target) {
            Ok(found) if found == *expected => {}
            Err(FileError::NotFound { .. }) => {}
            Ok(_) | Err(FileError::TooLarge { .. }) => {
                return Err(FileError::ChangedOutside {
                    path: path.to_owned(),
                });
            }
            Err(error) => return Err(error),
        }
    }
    atomic::commit(&target, staged)?;
    Ok(Fingerprint::of(&bytes))
}

fn encode(text: &str, how: &SaveAs) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + BOM.len());
    if how.bom {
        bytes.extend_from_slice(BOM);
    }
    match how.line_ending {
        // Pasted text may bring its own CRLF along, which must not become CR CR LF.
        LineEnding::CrLf => {
            bytes.extend_from_slice(text.replace("\r\n", "\n").replace('\n', "\r\n").as_bytes())
        }
        LineEnding::Lf | LineEnding::Mixed => bytes.extend_from_slice(text.as_bytes()),
    }
    bytes
}

fn line_ending_of(text: &str) -> LineEnding {
    let crlf = text.matches("\r\n").count();
    let lf = text.matches('\n').count();
    let cr = text.matches('\r').count();
    if cr == 0 {
        LineEnding::Lf
    } else if crlf == lf && crlf == cr {
        LineEnding::CrLf
    } else {
        LineEnding::Mixed
    }
}

fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    let failed = |error: std::io::Error| FileError::reading(path, &error);
    let metadata = fs::metadata(path).map_err(failed)?;
    let owned = || path.to_owned();
    if metadata.is_dir() {
        return Err(FileError::IsFolder { path: owned() });
    }
    // Reading from a pipe would wait for ever.
    if !metadata.is_file() {
        return Err(FileError::NotRegular { path: owned() });
    }
    let too_large = |len: u64| FileError::TooLarge {
        path: owned(),
        megabytes: len.div_ceil(1024 * 1024),
    };
    if metadata.len() > MAX_BYTES {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    File::open(path)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    // Some files, such as those of /proc, say 0 and hold more; others grow meanwhile.
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

fn not_utf8(path: &Path, bytes: &[u8], valid: usize) -> FileError {
    let path = path.to_owned();
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return FileError::Utf16 { path };
    }
    let good = String::from_utf8_lossy(&bytes[..valid]);
    let line = good.matches('\n').count() + 1;
    let column = good.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    FileError::NotUtf8 { path, line, column }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.js");
        fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    fn unchanged(file: &TextFile) -> SaveAs {
        SaveAs {
            line_ending: file.line_ending,
            bom: file.bom,
            expected: Some(file.fingerprint.clone()),
        }
    }

    #[test]
    fn a_bom_is_taken_off_and_put_back() {
        let (_folder, path) = written(b"\xef\xbb\xbfa\r\nb\r\n");
        let file = load(&path).unwrap();
        assert_eq!((file.text.as_str(), file.bom), ("a\nb\n", true));
        save(&path, "a\nb\nc", &unchanged(&file)).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"\xef\xbb\xbfa\r\nb\r\nc");
    }

    #[test]
    fn mixed_ends_stay_as_they_are() {
        let (_folder, path) = written(b"a\r\nb\nc\rd");
        let file = load(&path).unwrap();
        assert_eq!(file.line_ending, LineEnding::Mixed);
        assert_eq!(file.text, "a\r\nb\nc\rd");
    }

    #[test]
    fn the_first_bad_byte_is_counted_in_characters() {
        let (_folder, path) = written(b"// caf\xc3\xa9\n// \xc3\xa9 caf\xe9\n");
        let error = load(&path).unwrap_err();
        assert_eq!(
            error,
            FileError::NotUtf8 {
                path,
                line: 2,
                column: 9
            }
        );
    }

    #[test]
    fn a_pipe_does_not_hang() {
        let null = Path::new("/dev/null");
        if cfg!(unix) {
            assert_eq!(
                load(null).unwrap_err(),
                FileError::NotRegular {
                    path: null.to_owned()
                }
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
        #[test]
        fn loading_and_saving_changes_no_byte(text in "\u{feff}?([ab\u{e9}]|\r\n|\n|\r){0,12}") {
            let (_folder, path) = written(text.as_bytes());
            let file = load(&path).unwrap();
            let print = save(&path, &file.text, &unchanged(&file)).unwrap();
            prop_assert_eq!(fs::read(&path).unwrap(), text.as_bytes());
            prop_assert_eq!(print, file.fingerprint);
        }
    }
}
