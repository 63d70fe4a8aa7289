//! Packages fetched from npm's registry without npm: the newest versions that fit, what they depend on, each archive
//! checked against the registry's checksum and unpacked. No script of any package is run.

mod place;
mod registry;
mod unpack;

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ureq::Agent;

use self::place::{Asks, Place, Wanted, dependents, place_for};
use self::registry::{Registry, Release};
use self::unpack::unpack;
use super::needs::name_problem;
use crate::runner::outbox::system_tls;

/// npm's registry.
const REGISTRY: &str = "https://registry.npmjs.org";
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

/// The client of an installation; shutting it down breaks a download off.
pub(super) fn client() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .tls_config(system_tls())
        .user_agent(concat!("hookbench/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

/// Fetches packages for one folder.
pub(super) struct Fetcher {
    registry: Registry,
    stopped: Arc<AtomicBool>,
}

impl Fetcher {
    /// From npm's registry; ends once `stopped` is set, at the latest with the answer that is awaited.
    pub fn new(client: Agent, stopped: Arc<AtomicBool>) -> Self {
        Self {
            registry: Registry::new(client, REGISTRY),
            stopped,
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
        let mut wanted: VecDeque<Wanted> = packages.iter().map(|package| own(package)).collect();
        let mut fetched = 0_usize;
        while let Some(want) = wanted.pop_front() {
            let Some(place) = place_for(folder, &want) else {
                continue;
            };
            if fetched == MOST_PACKAGES {
                return Err(FetchError::TooMany);
            }
            let found = match self.fetch(folder, &want, &place) {
                // An error is the stop's own doing once that was asked for.
                _ if self.stopped.load(Ordering::Relaxed) => return Err(FetchError::Stopped),
                Err(error) if want.asks == Asks::Optionally => {
                    tell(format!("{} is left out: {error}", want.name));
                    continue;
                }
                found => found?,
            };
            fetched += 1;
            tell(format!("{} {}", want.name, found.version));
            if found.replaced {
                wanted.extend(dependents(folder, &want.name));
            }
            wanted.extend(wanted_by(&found.release, &want.name, &place));
        }
        tell(match fetched {
            0 => "Everything was there already.".to_owned(),
            1 => "Fetched 1 package.".to_owned(),
            count => format!("Fetched {count} packages."),
        });
        Ok(())
    }

    fn fetch(&mut self, folder: &Path, want: &Wanted, place: &Place) -> Result<Found, FetchError> {
        if self.stopped.load(Ordering::Relaxed) {
            return Err(FetchError::Stopped);
        }
        if name_problem(&want.name).is_some() {
            return Err(FetchError::NoPackage {
                name: want.name.clone(),
            });
        }
        let (version, release) = self.registry.release(&want.name, &want.range)?;
        let archive = self.registry.archive(&want.name, &version, &release)?;
        let path = place.path(folder);
        let replaced = path.exists();
        unpack(&path, &want.name, &version, &archive)?;
        Ok(Found {
            version,
            release,
            replaced,
        })
    }
}

/// A package that was fetched.
struct Found {
    version: String,
    release: Release,
    /// Whether another version stood in its place, which others may still want.
    replaced: bool,
}

/// What a package that was put into a place wants itself.
fn wanted_by(release: &Release, name: &str, place: &Place) -> Vec<Wanted> {
    let inside = [place.within.clone(), vec![name.to_owned()]].concat();
    let depends = release.dependencies.iter().map(|(name, range)| Wanted {
        name: name.clone(),
        range: range.clone(),
        asker: inside.clone(),
        asks: if release.optional_dependencies.contains_key(name) {
            Asks::Optionally
        } else {
            Asks::Package
        },
    });
    let peers = release
        .peer_dependencies
        .iter()
        .filter(|(name, _)| {
            let meta = release.peer_dependencies_meta.get(*name);
            !meta.is_some_and(|meta| meta.optional)
        })
        .map(|(name, range)| Wanted {
            name: name.clone(),
            range: range.clone(),
            asker: place.within.clone(),
            asks: Asks::Peer,
        });
    depends.chain(peers).collect()
}

/// What the hook wants.
fn own(package: &str) -> Wanted {
    let (name, range) = split(package);
    Wanted {
        name: name.to_owned(),
        range: range.to_owned(),
        asker: Vec::new(),
        asks: Asks::Hook,
    }
}

/// `name@range`, where a scope has an `@` of its own; without a range the newest.
fn split(package: &str) -> (&str, &str) {
    match package.char_indices().skip(1).find(|(_, c)| *c == '@') {
        Some((at, _)) => (&package[..at], &package[at + 1..]),
        None => (package, "latest"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::fs;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use serde_json::{Value, json};
    use sha2::{Digest, Sha512};

    use super::*;

    fn from_registry(address: &str, stopped: Arc<AtomicBool>) -> Fetcher {
        Fetcher {
            registry: Registry::new(client(), address),
            stopped,
        }
    }

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

    fn package(name: &str, version: &str, dependencies: &Value) -> Vec<u8> {
        tarball(&[
            (
                "package/package.json",
                &json!({"name": name, "version": version, "dependencies": dependencies, "scripts": {"postinstall": "exit 1"}})
                    .to_string(),
            ),
            ("package/lib/index.js", "module.exports = 1;"),
        ])
    }

    /// Serves `paths`, each once asked for, on a port of its own; tells its address.
    struct Served {
        address: String,
        answers: Arc<std::sync::Mutex<HashMap<String, Vec<u8>>>>,
    }

    impl Served {
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
                let archive = package(name, version, dependencies);
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

        /// Adds to what the registry tells of a version.
        fn extend(&self, name: &str, version: &str, more: &Value) {
            let path = format!("/{name}");
            let text = self.answers.lock().unwrap()[&path].clone();
            let mut document: Value = serde_json::from_slice(&text).unwrap();
            for (key, value) in more.as_object().unwrap() {
                document["versions"][version][key] = value.clone();
            }
            self.put(&path, document.to_string().into_bytes());
        }

        fn put(&self, path: &str, body: Vec<u8>) {
            self.answers.lock().unwrap().insert(path.to_owned(), body);
        }

        fn install(&self, folder: &Path, packages: &[&str]) -> Result<Vec<String>, String> {
            let packages: Vec<String> = packages.iter().map(ToString::to_string).collect();
            let mut lines = Vec::new();
            from_registry(&self.address, Arc::default())
                .install(folder, &packages, &mut |line| lines.push(line))
                .map_err(|error| error.to_string())?;
            Ok(lines)
        }
    }

    fn versions(folder: &Path, paths: &[&str]) -> Vec<Option<String>> {
        paths
            .iter()
            .map(|path| place::Config::of(&folder.join(path)).map(|config| config.version))
            .collect()
    }

    #[test]
    fn packages_come_with_what_they_depend_on_each_where_node_finds_it() {
        let registry = Served::new();
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
        // The hook's own wish takes the place of the one there; who depends on that keeps it below itself.
        registry.install(folder.path(), &["b@2.0.0"]).unwrap();
        assert_eq!(
            versions(
                folder.path(),
                &["node_modules/b", "node_modules/a/node_modules/b"]
            ),
            [Some("2.0.0".to_owned()), Some("1.9.0".to_owned())]
        );
    }

    #[test]
    fn peers_lie_beside_and_what_is_optional_may_be_missing() {
        let registry = Served::new();
        registry
            .add("host", &[("1.0.0", json!({})), ("2.0.0", json!({}))])
            .add("plugin", &[("1.0.0", json!({"nowhere": "*"}))])
            .extend(
                "plugin",
                "1.0.0",
                &json!({
                    "optionalDependencies": {"nowhere": "*"},
                    "peerDependencies": {"host": "1.x", "spare": "1.x"},
                    "peerDependenciesMeta": {"spare": {"optional": true}},
                }),
            );
        let folder = tempfile::tempdir().unwrap();
        let lines = registry.install(folder.path(), &["plugin"]).unwrap();
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("nowhere is left out: ")),
            "{lines:?}"
        );
        let beside = ["node_modules/host", "node_modules/spare"];
        assert_eq!(
            versions(folder.path(), &beside),
            [Some("1.0.0".to_owned()), None]
        );
        // The hook's own choice of a host stays, whatever a plugin would like.
        let other = tempfile::tempdir().unwrap();
        registry
            .install(other.path(), &["host@2", "plugin"])
            .unwrap();
        assert_eq!(
            versions(other.path(), &beside),
            [Some("2.0.0".to_owned()), None]
        );
    }

    #[test]
    fn a_stop_breaks_off_a_download_that_does_not_come() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let stopped = Arc::<AtomicBool>::default();
        let client = client();
        let mut fetcher = Fetcher {
            registry: Registry::new(client.clone(), &address),
            stopped: Arc::clone(&stopped),
        };
        let path = folder.path().to_owned();
        let install = std::thread::spawn(move || {
            let asked = fetcher.install(&path, &["a".to_owned()], &mut |_| {});
            asked.unwrap_err().to_string()
        });
        // It is asked, and never answers.
        let (_silent, _) = listener.accept().unwrap();
        stopped.store(true, Ordering::Relaxed);
        client.shutdown();
        assert_eq!(install.join().unwrap(), "The installation was stopped.");
    }

    #[test]
    fn what_is_not_what_it_should_be_is_refused_in_a_sentence() {
        let registry = Served::new();
        registry.add("a", &[("1.0.0", json!({}))]);
        let folder = tempfile::tempdir().unwrap();
        let refused = |packages: &[&str]| registry.install(folder.path(), packages).unwrap_err();
        assert!(refused(&["nothing"]).contains("no package called nothing"));
        assert!(refused(&["a@^2"]).contains("no version ^2 of a"));
        assert!(refused(&["a@git+https://x.y/z"]).contains("Install it with npm"));
        assert!(refused(&["../a"]).contains("no package called"));
        registry.put("/a-1.0.0.tgz", package("a", "6.6.6", &json!({})));
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
        let mut fetcher = from_registry("http://127.0.0.1:9", Arc::clone(&stopped));
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
