//! An archive unpacked beside its place and moved there whole.

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use flate2::read::GzDecoder;

use super::FetchError;

/// Bytes that an archive unpacks to at most.
const MOST_UNPACKED: u64 = 400 << 20;
/// Files of one package.
const MOST_FILES: usize = 50_000;

/// Unpacks an archive beside its place and moves it there whole, over what was there.
pub(super) fn unpack(
    place: &Path,
    name: &str,
    version: &str,
    archive: &[u8],
) -> Result<(), FetchError> {
    let parent = place.parent().unwrap_or(place);
    let written = |path: &Path| {
        let path = path.to_owned();
        move |source| FetchError::Write { path, source }
    };
    fs::create_dir_all(parent).map_err(written(parent))?;
    let unpacked = tempfile_in(parent).map_err(written(parent))?;
    let result = unpack_into(&unpacked, name, version, archive).and_then(|()| {
        if place.exists() {
            fs::remove_dir_all(place).map_err(written(place))?;
        }
        fs::rename(&unpacked, place).map_err(written(place))
    });
    if result.is_err() {
        // What is left of it is in nobody's way; the error says what went wrong.
        let _ = fs::remove_dir_all(&unpacked);
    }
    result
}

/// A new folder whose name begins with a full stop, as npm's own do while they are filled.
fn tempfile_in(parent: &Path) -> io::Result<PathBuf> {
    let mut tries = 0_u32;
    loop {
        let path = parent.join(format!(".hookbench-{}-{tries}", std::process::id()));
        match fs::create_dir(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries < 1_000 => {
                tries += 1;
            }
            Err(error) => return Err(error),
        }
    }
}

fn unpack_into(folder: &Path, name: &str, version: &str, archive: &[u8]) -> Result<(), FetchError> {
    let broken = |why: String| FetchError::Archive {
        name: name.to_owned(),
        version: version.to_owned(),
        why,
    };
    let unpacked = GzDecoder::new(archive).take(MOST_UNPACKED);
    let mut tar = tar::Archive::new(unpacked);
    let entries = tar.entries().map_err(|error| broken(error.to_string()))?;
    for (count, entry) in entries.enumerate() {
        if count == MOST_FILES {
            return Err(broken(format!("it has more than {MOST_FILES} files")));
        }
        let mut entry = entry.map_err(|error| broken(error.to_string()))?;
        // Files alone: a link could lead out of the folder, and folders come with what is in them.
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let path = entry
            .path()
            .map_err(|error| broken(error.to_string()))?
            .into_owned();
        // The first folder is the archive's own, usually `package`.
        let inner: PathBuf = path.components().skip(1).collect();
        let plain = inner
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if inner.as_os_str().is_empty() || !plain {
            return Err(broken(format!(
                "{} leads out of its folder",
                path.display()
            )));
        }
        let target = folder.join(&inner);
        let written = |source| FetchError::Write {
            path: target.clone(),
            source,
        };
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(written)?;
        }
        let mut file = fs::File::create(&target).map_err(written)?;
        io::copy(&mut entry, &mut file).map_err(|error| broken(error.to_string()))?;
    }
    if folder.join("package.json").is_file() {
        Ok(())
    } else {
        Err(broken("there is no package.json in it".to_owned()))
    }
}
