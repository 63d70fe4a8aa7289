//! npm's registry: what it tells of a package, which version is meant, and the archive it vouches for.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use node_semver::{Range, Version};
use serde::Deserialize;
use sha1::Sha1;
use sha2::{Digest, Sha512};
use ureq::Agent;

use super::FetchError;

/// What a registry tells of a package at most, in bytes.
const MOST_DOCUMENT: u64 = 64 << 20;
/// Bytes of an archive.
const MOST_ARCHIVE: u64 = 100 << 20;

/// What the registry tells of a package.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    #[serde(rename = "dist-tags", default)]
    tags: BTreeMap<String, String>,
    #[serde(default)]
    versions: BTreeMap<String, Release>,
}

/// One version of a package.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Release {
    #[serde(default)]
    pub dependencies: BTreeMap<String, String>,
    /// Those of them that it can do without.
    #[serde(default)]
    pub optional_dependencies: BTreeMap<String, String>,
    /// What has to lie beside it.
    #[serde(default)]
    pub peer_dependencies: BTreeMap<String, String>,
    #[serde(default)]
    pub peer_dependencies_meta: BTreeMap<String, PeerMeta>,
    dist: Dist,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct PeerMeta {
    #[serde(default)]
    pub optional: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct Dist {
    tarball: String,
    integrity: Option<String>,
    shasum: Option<String>,
}

/// A registry, asked once for each package.
pub(super) struct Registry {
    agent: Agent,
    address: String,
    documents: HashMap<String, Arc<Document>>,
}

impl Registry {
    pub fn new(agent: Agent, address: &str) -> Self {
        Self {
            agent,
            address: address.trim_end_matches('/').to_owned(),
            documents: HashMap::new(),
        }
    }

    /// The version that is meant by a range, and what the registry tells of it.
    pub fn release(&mut self, name: &str, range: &str) -> Result<(String, Release), FetchError> {
        let document = self.document(name)?;
        let version = choose(&document, name, range)?;
        let release = document.versions.get(&version).cloned();
        let release = release.ok_or_else(|| FetchError::NoVersion {
            name: name.to_owned(),
            range: range.to_owned(),
        })?;
        Ok((version, release))
    }

    fn document(&mut self, name: &str) -> Result<Arc<Document>, FetchError> {
        if let Some(known) = self.documents.get(name) {
            return Ok(Arc::clone(known));
        }
        // The slash of a scope is part of the name.
        let url = format!("{}/{}", self.address, name.replace('/', "%2f"));
        let text = self.get(name, &url, MOST_DOCUMENT)?;
        let document = serde_json::from_slice(&text).map_err(|error| FetchError::Document {
            name: name.to_owned(),
            why: error.to_string(),
        })?;
        let document = Arc::new(document);
        self.documents
            .insert(name.to_owned(), Arc::clone(&document));
        Ok(document)
    }

    /// The archive's bytes, once they are what the registry says they are.
    pub fn archive(
        &self,
        name: &str,
        version: &str,
        release: &Release,
    ) -> Result<Vec<u8>, FetchError> {
        let bytes = self.get(name, &release.dist.tarball, MOST_ARCHIVE)?;
        if vouched_for(&bytes, &release.dist) {
            Ok(bytes)
        } else {
            Err(FetchError::Checksum {
                name: name.to_owned(),
                version: version.to_owned(),
            })
        }
    }

    fn get(&self, name: &str, url: &str, most: u64) -> Result<Vec<u8>, FetchError> {
        let unreachable = |why: String| FetchError::Unreachable {
            name: name.to_owned(),
            why,
        };
        let mut answer = self
            .agent
            .get(url)
            // Of a package the short form; an archive comes as it is, whatever is asked for.
            .header("Accept", "application/vnd.npm.install-v1+json, */*")
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
        answer
            .body_mut()
            .with_config()
            .limit(most)
            .read_to_vec()
            .map_err(|error| unreachable(error.to_string()))
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
