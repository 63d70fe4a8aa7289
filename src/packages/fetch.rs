//! Packages fetched from npm's registry without npm: the newest versions that fit, what they depend on, each archive
//! checked against the registry's checksum and unpacked. No script of any package is run.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use node_semver::{Range, Version};
use serde::Deserialize;
use sha1::Sha1;
use sha2::{Digest, Sha512};
use ureq::Agent;

use super::needs::name_problem;
use crate::runner::outbox::system_tls;

/// npm's registry.
const REGISTRY: &str = "https://registry.npmjs.org";
/// What a registry tells of a package at most, in bytes.
const MOST_DOCUMENT: u64 = 64 << 20;
/// Bytes of an archive, and of what it unpacks to.
const MOST_ARCHIVE: u64 = 100 << 20;
const MOST_UNPACKED: u64 = 400 << 20;
/// Files of one package.
const MOST_FILES: usize = 50_000;
/// Packages of one installation.
const MOST_PACKAGES: usize = 1_000;
/// How long the registry may take for one answer.
const PATIENCE: Duration = Duration::from_secs(120);

/// Why packages were not fetched.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error(
        "npm's registry could not be reached for {name}: {why}. Check the network or the proxy, and try again."
    )]
    Unreachable { name: String, why: String },
    #[error("npm's registry has no package called {name}. Check how it is written.")]
    NoPackage { name: String },
    #[error("npm's registry has no version {range} of {name}. Choose another one.")]
    NoVersion { name: String, range: String },
    #[error(
        "{name} is asked for as {range}, which is no version that npm's registry could have. Install it with npm."
    )]
    Elsewhere { name: String, range: String },
    #[error("What the registry says of {name} cannot be read: {why}.")]
    Document { name: String, why: String },
    #[error(
        "The archive of {name} {version} is not the one the registry vouches for, so it was not unpacked. Try again; if it stays so, something between here and the registry changes it."
    )]
    Checksum { name: String, version: String },
    #[error("The archive of {name} {version} cannot be unpacked: {why}.")]
    Archive {
        name: String,
        version: String,
        why: String,
    },
    #[error(
        "{path} cannot be written: {source}. Make the folder writable, or keep the hook elsewhere."
    )]
    Write { path: PathBuf, source: io::Error },
    #[error("More than {MOST_PACKAGES} packages are asked for; install them with npm.")]
    TooMany,
    #[error("The installation was stopped.")]
    Stopped,
}

/// What the registry tells of a package.
#[derive(Debug, Deserialize)]
struct Document {
    #[serde(rename = "dist-tags", default)]
    tags: BTreeMap<String, String>,
    #[serde(default)]
    versions: BTreeMap<String, Release>,
}

/// One version of a package.
#[derive(Clone, Debug, Deserialize)]
struct Release {
    #[serde(default)]
    dependencies: BTreeMap<String, String>,
    dist: Dist,
}

#[derive(Clone, Debug, Deserialize)]
struct Dist {
    tarball: String,
    integrity: Option<String>,
    shasum: Option<String>,
}

/// Something that is to be put into a `node_modules`.
struct Wanted {
    name: String,
    range: String,
    /// The package that asks, as folders below the top: none for the hook itself.
    asker: Vec<String>,
}

/// Fetches packages for one folder.
pub(super) struct Fetcher {
    agent: Agent,
    registry: String,
    stopped: Arc<AtomicBool>,
    documents: HashMap<String, Arc<Document>>,
}

impl Fetcher {
    /// From npm's registry; ends soon once `stopped` is set.
    pub fn new(stopped: Arc<AtomicBool>) -> Self {
        Self::from_registry(REGISTRY, stopped)
    }

    fn from_registry(registry: &str, stopped: Arc<AtomicBool>) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .tls_config(system_tls())
            .user_agent(concat!("hookbench/", env!("CARGO_PKG_VERSION")))
            .build();
        Self {
            agent: config.into(),
            registry: registry.trim_end_matches('/').to_owned(),
            stopped,
            documents: HashMap::new(),
        }
    }

    /// Puts `packages` (`name@version`) and what they depend on into the `node_modules` of `folder`; `tell` hears of
    /// each. What is there already and fits stays.
    ///
    /// # Errors
    /// The first package that cannot be had; those before it stay.
    pub fn install(
        &mut self,
        folder: &Path,
        packages: &[String],
        tell: &mut impl FnMut(String),
    ) -> Result<(), FetchError> {
        let mut wanted: VecDeque<Wanted> = packages
            .iter()
            .map(|package| {
                let (name, range) = split(package);
                Wanted {
                    name: name.to_owned(),
                    range: range.to_owned(),
                    asker: Vec::new(),
                }
            })
            .collect();
        let mut fetched = 0_usize;
        while let Some(want) = wanted.pop_front() {
            if self.stopped.load(Ordering::Relaxed) {
                return Err(FetchError::Stopped);
            }
            if name_problem(&want.name).is_some() {
                return Err(FetchError::NoPackage { name: want.name });
            }
            let Some(place) = place_for(folder, &want) else {
                continue;
            };
            if fetched == MOST_PACKAGES {
                return Err(FetchError::TooMany);
            }
            fetched += 1;
            let document = self.document(&want.name)?;
            let version = choose(&document, &want.name, &want.range)?;
            let release = document
                .versions
                .get(&version)
                .ok_or_else(|| FetchError::NoVersion {
                    name: want.name.clone(),
                    range: want.range.clone(),
                })?;
            let archive = self.archive(&want.name, &version, &release.dist)?;
            unpack(&place.path(folder), &want.name, &version, &archive)?;
            tell(format!("{} {version}", want.name));
            let asker = [place.within, vec![want.name.clone()]].concat();
            for (name, range) in &release.dependencies {
                wanted.push_back(Wanted {
                    name: name.clone(),
                    range: range.clone(),
                    asker: asker.clone(),
                });
            }
        }
        tell(match fetched {
            0 => "Everything was there already.".to_owned(),
            1 => "Fetched 1 package.".to_owned(),
            count => format!("Fetched {count} packages."),
        });
        Ok(())
    }

    fn document(&mut self, name: &str) -> Result<Arc<Document>, FetchError> {
        if let Some(known) = self.documents.get(name) {
            return Ok(Arc::clone(known));
        }
        // The slash of a scope is part of the name.
        let url = format!("{}/{}", self.registry, name.replace('/', "%2f"));
        let unreachable = |why: String| FetchError::Unreachable {
            name: name.to_owned(),
            why,
        };
        let mut answer = self
            .agent
            .get(&url)
            .header("Accept", "application/vnd.npm.install-v1+json")
            .call()
            .map_err(|error| unreachable(error.to_string()))?;
        match answer.status().as_u16() {
            200 => {}
            404 => {
                return Err(FetchError::NoPackage {
                    name: name.to_owned(),
                });
            }
            status => return Err(unreachable(format!("it answered {status}"))),
        }
        let text = answer
            .body_mut()
            .with_config()
            .limit(MOST_DOCUMENT)
            .read_to_vec()
            .map_err(|error| unreachable(error.to_string()))?;
        let document: Document =
            serde_json::from_slice(&text).map_err(|error| FetchError::Document {
                name: name.to_owned(),
                why: error.to_string(),
            })?;
        let document = Arc::new(document);
        self.documents
            .insert(name.to_owned(), Arc::clone(&document));
        Ok(document)
    }

    /// The archive's bytes, once they are what the registry says they are.
    fn archive(&self, name: &str, version: &str, dist: &Dist) -> Result<Vec<u8>, FetchError> {
        let unreachable = |why: String| FetchError::Unreachable {
            name: name.to_owned(),
            why,
        };
        let mut answer = self
            .agent
            .get(&dist.tarball)
            .call()
            .map_err(|error| unreachable(error.to_string()))?;
        if answer.status().as_u16() != 200 {
            return Err(unreachable(format!(
                "it answered {}",
                answer.status().as_u16()
            )));
        }
        let bytes = answer
            .body_mut()
            .with_config()
            .limit(MOST_ARCHIVE)
            .read_to_vec()
            .map_err(|error| unreachable(error.to_string()))?;
        if vouched_for(&bytes, dist) {
            Ok(bytes)
        } else {
            Err(FetchError::Checksum {
                name: name.to_owned(),
                version: version.to_owned(),
            })
        }
    }
}

/// `name@range`, where a scope has an `@` of its own; without a range the newest.
fn split(package: &str) -> (&str, &str) {
    match package.char_indices().skip(1).find(|(_, c)| *c == '@') {
        Some((at, _)) => (&package[..at], &package[at + 1..]),
        None => (package, "latest"),
    }
}

/// Where a package goes: the folders of packages below the top `node_modules` it lies in.
struct Place {
    within: Vec<String>,
    name: String,
}

impl Place {
    fn path(&self, folder: &Path) -> PathBuf {
        modules_of(folder, &self.within).join(&self.name)
    }
}

fn modules_of(folder: &Path, within: &[String]) -> PathBuf {
    let mut path = folder.to_owned();
    for package in within {
        path = path.join("node_modules").join(package);
    }
    path.join("node_modules")
}

/// The highest place from which the asker finds the package and where no other version stands; `None` where one that
/// fits is found already.
fn place_for(folder: &Path, want: &Wanted) -> Option<Place> {
    // What Node finds first counts, from the asker's own folder upwards.
    for depth in (0..=want.asker.len()).rev() {
        let within = &want.asker[..depth];
        let there = modules_of(folder, within).join(&want.name);
        if let Some(version) = installed_version(&there) {
            if fits(&version, &want.range) {
                return None;
            }
            // Below the one that does not fit; the hook's own wish replaces it.
            let below = want.asker[..(depth + 1).min(want.asker.len())].to_vec();
            return Some(Place {
                within: below,
                name: want.name.clone(),
            });
        }
    }
    Some(Place {
        within: Vec::new(),
        name: want.name.clone(),
    })
}

fn installed_version(package: &Path) -> Option<String> {
    let text = fs::read(package.join("package.json")).ok()?;
    let config: serde_json::Value = serde_json::from_slice(&text).ok()?;
    Some(config.get("version")?.as_str()?.to_owned())
}

fn fits(version: &str, range: &str) -> bool {
    match (Version::parse(version), Range::parse(range)) {
        (Ok(version), Ok(range)) => range.satisfies(&version),
        // A tag: whatever stands there was once meant by it.
        (Ok(_), Err(_)) => true,
        _ => false,
    }
}

/// The version that npm would take: that of a tag, the newest if it fits, else the highest that does.
fn choose(document: &Document, name: &str, range: &str) -> Result<String, FetchError> {
    let range = range.trim();
    let range = if range.is_empty() { "*" } else { range };
    if let Some(version) = document.tags.get(range) {
        return Ok(version.clone());
    }
    let parsed = Range::parse(range).map_err(|_| FetchError::Elsewhere {
        name: name.to_owned(),
        range: range.to_owned(),
    })?;
    let fitting = |text: &&String| {
        Version::parse(text.as_str()).is_ok_and(|version| parsed.satisfies(&version))
    };
    if let Some(latest) = document.tags.get("latest").filter(fitting) {
        return Ok(latest.clone());
    }
    document
        .versions
        .keys()
        .filter_map(|text| Some((Version::parse(text).ok()?, text)))
        .filter(|(version, _)| parsed.satisfies(version))
        .max_by(|(one, _), (other, _)| one.cmp(other))
        .map(|(_, text)| text.clone())
        .ok_or_else(|| FetchError::NoVersion {
            name: name.to_owned(),
            range: range.to_owned(),
        })
}

/// Whether the bytes have the checksum of the registry; without one nobody vouches for them.
fn vouched_for(bytes: &[u8], dist: &Dist) -> bool {
    if let Some(integrity) = &dist.integrity
        && let Some(wanted) = integrity
            .split_whitespace()
            .find_map(|one| one.strip_prefix("sha512-"))
    {
        return STANDARD.encode(Sha512::digest(bytes)) == wanted;
    }
    dist.shasum.as_ref().is_some_and(|wanted| {
        let sum = Sha1::digest(bytes);
        let hex: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        hex.eq_ignore_ascii_case(wanted)
    })
}

/// Unpacks an archive beside its place and moves it there whole, over what was there.
fn unpack(place: &Path, name: &str, version: &str, archive: &[u8]) -> Result<(), FetchError> {
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

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use serde_json::{Value, json};

    use super::*;

    fn tarball(files: &[(&str, &str)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (path, text) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            // Written by hand, so that a test can lead out of the folder.
            header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
            header.set_cksum();
            builder.append(&header, text.as_bytes()).unwrap();
        }
        builder.into_inner().unwrap().finish().unwrap()
    }

    fn package(name: &str, version: &str) -> Vec<u8> {
        tarball(&[
            (
                "package/package.json",
                &json!({"name": name, "version": version, "scripts": {"postinstall": "exit 1"}})
                    .to_string(),
            ),
            ("package/lib/index.js", "module.exports = 1;"),
        ])
    }

    /// Serves `paths`, each once asked for, on a port of its own; tells its address.
    struct Registry {
        address: String,
        answers: Arc<std::sync::Mutex<HashMap<String, Vec<u8>>>>,
    }

    impl Registry {
        fn new() -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = format!("http://{}", listener.local_addr().unwrap());
            let answers: Arc<std::sync::Mutex<HashMap<String, Vec<u8>>>> = Arc::default();
            let shared = Arc::clone(&answers);
            std::thread::spawn(move || {
                for stream in listener.incoming() {
                    let mut stream = stream.unwrap();
                    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                    let first = lines.next().unwrap().unwrap();
                    while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
                    let path = first.split(' ').nth(1).unwrap().to_owned();
                    let body = shared.lock().unwrap().get(&path).cloned();
                    let (status, body) = match body {
                        Some(body) => ("200 OK", body),
                        None => ("404 Not Found", Vec::new()),
                    };
                    let head = format!(
                        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                        body.len()
                    );
                    stream.write_all(head.as_bytes()).unwrap();
                    stream.write_all(&body).unwrap();
                }
            });
            Self { address, answers }
        }

        /// Adds versions of a package, each with what it depends on.
        fn add(&self, name: &str, versions: &[(&str, Value)]) -> &Self {
            let mut document = json!({"dist-tags": {}, "versions": {}});
            for (version, dependencies) in versions {
                let archive = package(name, version);
                let path = format!("/{}-{version}.tgz", name.replace('/', "-"));
                document["versions"][version] = json!({
                    "dependencies": dependencies,
                    "dist": {
                        "tarball": format!("{}{path}", self.address),
                        "integrity": format!("sha512-{}", STANDARD.encode(Sha512::digest(&archive))),
                    },
                });
                document["dist-tags"]["latest"] = json!(version);
                self.put(&path, archive);
            }
            self.put(
                &format!("/{}", name.replace('/', "%2f")),
                document.to_string().into_bytes(),
            );
            self
        }

        fn put(&self, path: &str, body: Vec<u8>) {
            self.answers.lock().unwrap().insert(path.to_owned(), body);
        }

        fn install(&self, folder: &Path, packages: &[&str]) -> Result<Vec<String>, String> {
            let packages: Vec<String> = packages.iter().map(ToString::to_string).collect();
            let mut lines = Vec::new();
            Fetcher::from_registry(&self.address, Arc::default())
                .install(folder, &packages, &mut |line| lines.push(line))
                .map_err(|error| error.to_string())?;
            Ok(lines)
        }
    }

    fn versions(folder: &Path, paths: &[&str]) -> Vec<Option<String>> {
        paths
            .iter()
            .map(|path| installed_version(&folder.join(path)))
            .collect()
    }

    #[test]
    fn packages_come_with_what_they_depend_on_each_where_node_finds_it() {
        let registry = Registry::new();
        registry
            .add("a", &[("1.2.0", json!({"b": "^1.0.0", "@s/c": "~2.1"}))])
            .add(
                "b",
                &[
                    ("1.0.5", json!({})),
                    ("1.9.0", json!({})),
                    ("2.0.0", json!({})),
                ],
            )
            .add(
                "@s/c",
                &[("2.1.4", json!({"b": "2.x"})), ("2.2.0", json!({}))],
            );
        let folder = tempfile::tempdir().unwrap();
        let lines = registry.install(folder.path(), &["a@^1.0.0"]).unwrap();
        assert_eq!(
            lines.last().map(String::as_str),
            Some("Fetched 4 packages.")
        );
        assert_eq!(
            versions(
                folder.path(),
                &[
                    "node_modules/a",
                    "node_modules/b",
                    "node_modules/@s/c",
                    "node_modules/@s/c/node_modules/b",
                ]
            ),
            [Some("1.2.0"), Some("1.9.0"), Some("2.1.4"), Some("2.0.0")]
                .map(|v| v.map(str::to_owned))
        );
        // Nothing is fetched twice, and nothing but packages is left.
        let lines = registry.install(folder.path(), &["a"]).unwrap();
        assert_eq!(lines, ["Everything was there already."]);
        let left: Vec<_> = fs::read_dir(folder.path().join("node_modules"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with('.'))
            .collect();
        assert_eq!(left, [""; 0]);
        // The hook's own wish for another version takes the place of the one there.
        registry.install(folder.path(), &["b@1.0.5"]).unwrap();
        assert_eq!(
            versions(folder.path(), &["node_modules/b"]),
            [Some("1.0.5".to_owned())]
        );
    }

    #[test]
    fn what_is_not_what_it_should_be_is_refused_in_a_sentence() {
        let registry = Registry::new();
        registry.add("a", &[("1.0.0", json!({}))]);
        let folder = tempfile::tempdir().unwrap();
        let refused = |packages: &[&str]| registry.install(folder.path(), packages).unwrap_err();
        assert!(refused(&["nothing"]).contains("no package called nothing"));
        assert!(refused(&["a@^2"]).contains("no version ^2 of a"));
        assert!(refused(&["a@git+https://x.y/z"]).contains("Install it with npm"));
        assert!(refused(&["../a"]).contains("no package called"));
        registry.put("/a-1.0.0.tgz", package("a", "6.6.6"));
        assert!(refused(&["a"]).contains("not the one the registry vouches for"));
        assert_eq!(versions(folder.path(), &["node_modules/a"]), [None]);
        for (files, why) in [
            (
                &[("package/../../../out.js", "x")][..],
                "leads out of its folder",
            ),
            (&[("package/index.js", "x")][..], "no package.json"),
        ] {
            let archive = tarball(files);
            let integrity = format!("sha512-{}", STANDARD.encode(Sha512::digest(&archive)));
            let document = json!({"dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": {"dist": {
                "tarball": format!("{}/bad.tgz", registry.address), "integrity": integrity}}}});
            registry.put("/bad.tgz", archive);
            registry.put("/bad", document.to_string().into_bytes());
            assert!(refused(&["bad"]).contains(why), "{why}");
        }
        assert!(!folder.path().join("out.js").exists());
        let unvouched = json!({"dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": {"dist": {
            "tarball": format!("{}/bad.tgz", registry.address)}}}});
        registry.put("/bad", unvouched.to_string().into_bytes());
        assert!(refused(&["bad"]).contains("vouches"));
    }

    #[test]
    fn a_registry_that_is_not_there_and_a_stop_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let stopped = Arc::new(AtomicBool::new(true));
        let packages = ["a".to_owned()];
        let mut fetcher = Fetcher::from_registry("http://127.0.0.1:9", Arc::clone(&stopped));
        let ask = |fetcher: &mut Fetcher| {
            fetcher
                .install(folder.path(), &packages, &mut |_| {})
                .unwrap_err()
                .to_string()
        };
        assert_eq!(ask(&mut fetcher), "The installation was stopped.");
        stopped.store(false, Ordering::Relaxed);
        assert!(ask(&mut fetcher).contains("could not be reached for a"));
    }

    #[test]
    fn names_and_ranges_are_told_apart() {
        assert_eq!(split("a@^1"), ("a", "^1"));
        assert_eq!(split("@s/a@1.x"), ("@s/a", "1.x"));
        assert_eq!(split("@s/a"), ("@s/a", "latest"));
    }
}
