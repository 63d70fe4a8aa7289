//! Bytes from anywhere: every target of `tests/fuzz` is fed with its corpus, and with changes of it, a bounded number of
//! times. `HOOKBENCH_FUZZ_CASES` sets another number; `tests/fuzz/README.md` tells of the coverage-guided programs.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends by panicking"
)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

#[path = "fuzz/targets.rs"]
mod targets;

/// One change to bytes; several together make a case.
#[derive(Clone, Debug)]
enum Change {
    Set(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Repeat(Index, usize),
    /// The rest is taken from another entry of the corpus.
    Splice(Index, Index, Index),
}

/// Pieces that mean something to one parser or another.
const WORDS: [&str; 30] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "`",
    "\\",
    "${",
    "/*",
    "*/",
    "//",
    "null",
    "-0",
    "1e999",
    "\u{feff}",
    "\r\n",
    "\0",
    "\u{202e}",
    "😀",
    "\\ud800",
    "=>",
    "async ",
    "await ",
    "...",
    "(((((((((",
    "__proto__",
    "$ref",
    "://",
    "=",
];

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (at(), prop::collection::vec(any::<u8>(), 1..4))
            .prop_map(|(at, new)| Change::Insert(at, new)),
        (at(), select(&WORDS[..])).prop_map(|(at, word)| Change::Insert(at, word.into())),
        (at(), 1..40_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        (at(), 1..200_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
        (at(), at(), at()).prop_map(|(at, other, from)| Change::Splice(at, other, from)),
    ]
}

fn changed(corpus: &[Vec<u8>], first: &Index, changes: &[Change]) -> Vec<u8> {
    let mut bytes = first.get(corpus).clone();
    for change in changes {
        match change {
            Change::Set(at, byte) => {
                if let Some(place) = (!bytes.is_empty()).then(|| at.index(bytes.len())) {
                    bytes[place] = *byte;
                }
            }
            Change::Insert(at, new) => {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, new.iter().copied());
            }
            Change::Remove(at, length) => {
                let at = at.index(bytes.len() + 1);
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Change::Repeat(at, length) => {
                let at = at.index(bytes.len() + 1);
                bytes.extend_from_within(at..(at + length).min(bytes.len()));
            }
            Change::Splice(at, other, from) => {
                let other = other.get(corpus);
                bytes.truncate(at.index(bytes.len() + 1));
                bytes.extend_from_slice(&other[from.index(other.len() + 1)..]);
            }
        }
    }
    bytes
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/corpus")
        .join(name);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let corpus: Vec<_> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    assert!(corpus.len() > 3, "{} is nearly empty", folder.display());
    corpus
}

/// Feeds a target; one that fails is given as few changes as still fail, and the bytes are shown.
fn feed(name: &str, cases: u32, target: impl Fn(&[u8])) {
    let corpus = corpus(name);
    for entry in &corpus {
        target(entry);
    }
    let asked = std::env::var("HOOKBENCH_FUZZ_CASES")
        .ok()
        .map(|text| text.parse().expect("a number of cases"));
    let mut runner = TestRunner::new(Config {
        cases: asked.unwrap_or(cases),
        // A failing case belongs into the corpus.
        failure_persistence: None,
        ..Config::default()
    });
    let cases = (any::<Index>(), prop::collection::vec(change(), 1..8));
    let result = runner.run(&cases, |(first, changes)| {
        let bytes = changed(&corpus, &first, &changes);
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| target(&bytes)));
        prop_assert!(
            outcome.is_ok(),
            "{name} fails on {:?}",
            String::from_utf8_lossy(&bytes)
        );
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// A test per target, so that one that ends the process is known by its name.
macro_rules! fed {
    ($($name:ident $cases:literal),*) => {
        $(#[test]
        fn $name() {
            feed(stringify!($name), $cases, targets::$name);
        })*

        #[test]
        fn every_target_is_fed() {
            let fed = [$(stringify!($name)),*];
            assert_eq!(targets::TARGETS.map(|(name, _)| name), fed);
        }
    };
}

fed!(frames 40_000, payload 4000, mocks 40_000, settings 8000, deploy 3000, source 6000);

#[test]
fn run() {
    let program = Path::new(env!("CARGO_BIN_EXE_hookbench"));
    feed("run", 300, |bytes| targets::run(bytes, program));
}
