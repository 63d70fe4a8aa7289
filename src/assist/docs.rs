//! What is known of names that no payload holds: the callback's company, `api`, the console, Node's everyday objects.
//! They stand in `assets/assist/names.txt`; what the payload holds comes from `auth0`.

use std::sync::LazyLock;

use crate::auth0::{Kind, Point};

/// One documented name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Doc {
    /// Dotted; of a module's exports `module:name`, of what every text or list has `string.name` and `array.name`.
    pub path: &'static str,
    /// A type such as `object`, or of a function its parameters in parentheses.
    pub kind: &'static str,
    /// One sentence.
    pub text: &'static str,
}

impl Doc {
    /// Whether it can be called.
    pub fn is_function(&self) -> bool {
        self.kind.starts_with('(')
    }

    /// The last name of the path.
    pub fn name(&self) -> &'static str {
        self.path.rsplit(['.', ':']).next().unwrap_or(self.path)
    }
}

/// Every name of the file, with its section.
static NAMES: LazyLock<Vec<(&'static str, Doc)>> =
    LazyLock::new(|| read(include_str!("../../assets/assist/names.txt")));

fn read(text: &'static str) -> Vec<(&'static str, Doc)> {
    let mut section = "";
    let mut names = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if let [path, kind, text] = line.split(" | ").collect::<Vec<_>>()[..] {
            names.push((section, Doc { path, kind, text }));
        }
    }
    names
}

/// What `api` has at a trigger, by the first names behind it.
fn api_of(point: Point) -> &'static [&'static str] {
    match point {
        Point::PreUserRegistration => &["access", "validation", "user", "cache"],
        Point::CredentialsExchange => &["access", "accessToken", "transaction", "cache"],
        _ => &["cache"],
    }
}

/// Whether a script of this kind at `point` has a name of the file.
fn has(point: Point, kind: Kind, section: &str, doc: &Doc) -> bool {
    let hook = kind == Kind::Hook;
    match section {
        "api" => {
            let first = doc.path.split('.').nth(1).unwrap_or_default();
            !hook && api_of(point).contains(&first)
        }
        "event" => !hook,
        "webtask" => hook && point != Point::Generic,
        "errors" => hook && point.error_classes().contains(&doc.path),
        _ => true,
    }
}

/// Everything documented for a script of this kind at `point`: the payload first.
pub(super) fn all(point: Point, kind: Kind) -> impl Iterator<Item = Doc> {
    let payload = point
        .parameters()
        .iter()
        .filter(move |_| kind == Kind::Hook)
        .map(|one| Doc {
            path: one.path,
            kind: one.kind,
            text: one.text,
        });
    let names = NAMES
        .iter()
        .filter(move |(section, doc)| has(point, kind, section, doc))
        .map(move |(_, doc)| {
            // One name, another meaning.
            if doc.path == "api.access.deny" && point == Point::CredentialsExchange {
                Doc {
                    kind: "(code, reason?)",
                    text: "Refuses the token; code is invalid_scope, invalid_request or server_error.",
                    ..*doc
                }
            } else {
                *doc
            }
        });
    payload.chain(names)
}

/// What is documented under a path.
pub(super) fn of(point: Point, kind: Kind, path: &str) -> Option<Doc> {
    all(point, kind).find(|doc| doc.path == path)
}

/// What is documented right below a path, which ends in `.` or `:`.
pub(super) fn below(point: Point, kind: Kind, path: &str) -> impl Iterator<Item = Doc> {
    all(point, kind).filter(move |doc| {
        doc.path
            .strip_prefix(path)
            .is_some_and(|rest| !rest.is_empty() && !rest.contains(['.', ':']))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_of_the_file_is_a_name_a_section_or_a_remark() {
        let text = include_str!("../../assets/assist/names.txt");
        let names = text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with(['#', '[']))
            .count();
        assert_eq!(NAMES.len(), names);
        assert!(names > 200, "only {names}");
        for (section, doc) in NAMES.iter() {
            assert!(!section.is_empty() && !doc.path.is_empty() && !doc.kind.is_empty());
            assert!(!doc.text.is_empty(), "{}", doc.path);
        }
    }

    #[test]
    fn every_path_stands_once_and_below_one_that_is_known() {
        for point in Point::ALL {
            for kind in [Kind::Hook, Kind::Action] {
                let mut seen = HashSet::new();
                let known: HashSet<_> = all(point, kind).map(|doc| doc.path).collect();
                for doc in all(point, kind) {
                    assert!(seen.insert(doc.path), "{}", doc.path);
                    let parent = doc.path.rsplit_once('.').map(|(parent, _)| parent);
                    let open = ["string", "array", "event", "api"];
                    if let Some(parent) = parent.filter(|parent| !open.contains(parent))
                        && !doc.path.contains(':')
                    {
                        assert!(known.contains(parent), "{point:?} {parent}");
                    }
                }
            }
        }
    }
}
