//! Warnings that only a run can tell: which there are, and those about the sizes of what a run was given and did.

use serde_json::Value;

use crate::auth0::{Kind, limits};
use crate::engine::{LogLine, Warning};

/// A kind of warning that a run tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunWarning {
    /// Stable and kebab-case; what a silencing comment names.
    pub code: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// Where the fact comes from.
    pub source: &'static str,
}

const fn of(code: &'static str, about: &'static str, source: &'static str) -> RunWarning {
    RunWarning {
        code,
        about,
        source,
    }
}

const LIMITS: &str = "Hookbench: the limits of a run's report";

/// Every warning of runs, beside those that a rule finds in the code as well.
pub const RUN_WARNINGS: [RunWarning; 19] = [
    of(
        "uncaught-after-response",
        "An error that nothing caught came after the answer: the response stands, the sandbox's process ends.",
        "Measured: auth0-ext-compilers 6.1.0, Node's uncaught exceptions",
    ),
    of(
        "process-exit",
        "The code ends the process, with it everything that was still to come.",
        "Node.js docs: process.exit; measured: auth0-ext-compilers 6.1.0",
    ),
    of(
        "command-after-end",
        "A method of `api` is called after the Action has ended, so that nothing comes of it.",
        "Auth0 docs: Actions, the handler's promise ends the Action",
    ),
    of(
        "work-left-behind",
        "An Action ended while work it had started was still going on.",
        "Auth0 docs: Actions, Coding guidelines (await asynchronous work)",
    ),
    of(
        "metadata-size",
        "`user_metadata` or `app_metadata` becomes larger than the 32 kB that one session may hold.",
        "Auth0 docs: Actions, Limitations (metadata)",
    ),
    of(
        "secrets-count",
        "A hook has more than 20 secrets, an Action more than 30.",
        "Auth0 docs: Hooks, Secrets; Actions, Limitations",
    ),
    of(
        "secret-size",
        "A secret of an Action has a name of more than 128 or a value of more than 4,096 characters.",
        "Auth0 docs: Actions, Limitations (secrets)",
    ),
    of(
        "log-length",
        "A line that an Action logs is longer than the 256 characters that Auth0 keeps.",
        "Auth0 docs: Actions, Limitations (console.log)",
    ),
    of(
        "stand-in",
        "A package is not installed; a small stand-in of Hookbench answers in its place.",
        "Hookbench: the stand-ins it has",
    ),
    of(
        "module-missing",
        "A `require` finds nothing, which throws.",
        "Node.js docs: Modules, MODULE_NOT_FOUND",
    ),
    of(
        "other-version",
        "A module is required with a version; another one is installed and answers.",
        "Auth0 docs: Node 18 migration (dependencies)",
    ),
    of(
        "response-too-deep",
        "The response is nested too deeply to be shown as a tree.",
        LIMITS,
    ),
    of(
        "response-too-large",
        "The response is too large for the report.",
        LIMITS,
    ),
    of("error-truncated", "The texts of an error are cut.", LIMITS),
    of("log-truncated", "Log lines are left out.", LIMITS),
    of("log-line-cut", "Log lines are cut.", LIMITS),
    of("commands-truncated", "Calls of `api` are left out.", LIMITS),
    of(
        "calls-refused",
        "HTTP calls were too many or too large.",
        LIMITS,
    ),
    of(
        "warnings-truncated",
        "Further warnings are left out.",
        LIMITS,
    ),
];

/// Characters of one console line that Auth0 keeps of an Action.
const LOG_CHARS: usize = 256;
/// Secrets of one Action.
const ACTION_SECRETS: usize = 30;
/// Characters of an Action's secret: of its name, of its value.
const ACTION_SECRET_CHARS: (usize, usize) = (128, 4096);

fn warning(code: &str, message: String, line: Option<u32>) -> Warning {
    Warning {
        code: code.to_owned(),
        message,
        line,
        column: None,
    }
}

/// What is to be said of a hook's secrets: names and values.
pub fn of_secrets<'a>(
    kind: Kind,
    secrets: impl Iterator<Item = (&'a String, &'a String)>,
) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut count = 0;
    for (name, value) in secrets {
        count += 1;
        let (names, values) = ACTION_SECRET_CHARS;
        if kind == Kind::Action && name.chars().count() > names {
            let message = format!(
                "The secret {name} has a name of {} characters; Auth0 allows {names}. Give it a shorter one.",
                name.chars().count()
            );
            found.push(warning("secret-size", message, None));
        }
        if kind == Kind::Action && value.chars().count() > values {
            let message = format!(
                "The secret {name} has {} characters; Auth0 allows {values}. Split it, or fetch it where it is needed.",
                value.chars().count()
            );
            found.push(warning("secret-size", message, None));
        }
    }
    let (most, noun) = match kind {
        Kind::Hook => (limits::MAX_SECRETS, "a hook"),
        Kind::Action => (ACTION_SECRETS, "an Action"),
    };
    if count > most {
        let message = format!(
            "There are {count} secrets; Auth0 allows {most} for {noun}. Keep several values in one as JSON."
        );
        found.push(warning("secrets-count", message, None));
    }
    found
}

/// What is to be said of a line that was logged.
pub fn of_line(kind: Kind, line: &LogLine) -> Option<Warning> {
    // Counted no further than matters: lines may be long.
    let longer = kind == Kind::Action && line.text.chars().nth(LOG_CHARS).is_some();
    longer.then(|| {
        let message = format!("Auth0 keeps {LOG_CHARS} characters of a line that an Action logs; the rest of this one is lost there. Log less at once.");
        warning("log-length", message, line.line)
    })
}

/// What is to be said of the metadata that an outcome tells.
pub fn of_outcome(outcome: &Value) -> Vec<Warning> {
    ["user_metadata", "app_metadata"]
        .into_iter()
        .filter_map(|name| {
            outcome[name]["merged"].as_object()?;
            let bytes = outcome[name]["merged"].to_string().len();
            (bytes > limits::METADATA_BYTES).then(|| {
                let message = format!("{name} becomes {bytes} bytes large; Auth0 allows {}. Keep in it what is needed at every login, and the rest elsewhere.", limits::METADATA_BYTES);
                warning("metadata-size", message, None)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Level;
    use serde_json::json;

    fn codes(found: &[Warning]) -> Vec<&str> {
        found.iter().map(|one| one.code.as_str()).collect()
    }

    #[test]
    fn secrets_are_counted_and_measured() {
        let secrets = |count: usize, value: &str| -> Vec<(String, String)> {
            (0..count)
                .map(|n| (format!("K{n}"), value.to_owned()))
                .collect()
        };
        let told = |kind, secrets: &[(String, String)]| {
            of_secrets(kind, secrets.iter().map(|(name, value)| (name, value)))
        };
        assert_eq!(told(Kind::Hook, &secrets(20, "v")), []);
        assert_eq!(
            codes(&told(Kind::Hook, &secrets(21, "v"))),
            ["secrets-count"]
        );
        assert_eq!(told(Kind::Action, &secrets(30, "v")), []);
        assert_eq!(
            codes(&told(Kind::Action, &secrets(31, "v"))),
            ["secrets-count"]
        );
        let long = told(Kind::Action, &secrets(1, &"v".repeat(4097)));
        assert_eq!(codes(&long), ["secret-size"]);
        assert!(!long[0].message.contains("vvv"));
        assert_eq!(told(Kind::Hook, &secrets(1, &"v".repeat(4097))), []);
        let name = vec![("N".repeat(129), "v".to_owned())];
        assert_eq!(codes(&told(Kind::Action, &name)), ["secret-size"]);
    }

    #[test]
    fn lines_of_actions_are_measured_in_characters() {
        let line = |text: String| LogLine {
            at_ms: 0.0,
            level: Level::Log,
            text,
            after_response: false,
            line: Some(7),
        };
        assert_eq!(of_line(Kind::Action, &line("ä".repeat(256))), None);
        assert_eq!(of_line(Kind::Hook, &line("ä".repeat(257))), None);
        let told = of_line(Kind::Action, &line("ä".repeat(257))).unwrap();
        assert_eq!((told.code.as_str(), told.line), ("log-length", Some(7)));
    }

    #[test]
    fn metadata_is_measured_as_a_whole() {
        let with = |bytes: usize| json!({"app_metadata": {"merged": {"a": "x".repeat(bytes)}, "changes": []}});
        assert_eq!(of_outcome(&with(limits::METADATA_BYTES - 8)), []);
        assert_eq!(
            codes(&of_outcome(&with(limits::METADATA_BYTES - 7))),
            ["metadata-size"]
        );
        assert_eq!(of_outcome(&json!({"kind": "denied"})), []);
    }

    #[test]
    fn no_code_is_listed_twice_or_is_a_rules_own() {
        for (index, one) in RUN_WARNINGS.iter().enumerate() {
            let same = |other: &RunWarning| other.code == one.code;
            assert!(!RUN_WARNINGS[index + 1..].iter().any(same), "{}", one.code);
            assert!(
                crate::analysis::RULES
                    .iter()
                    .all(|rule| rule.code != one.code)
            );
        }
    }
}
