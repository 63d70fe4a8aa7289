//! How a worker came to its end, read from its status and its last words.

use std::process::ExitStatus;

/// How a run's worker came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The engine had nothing left to do.
    Finished,
    TimedOut,
    /// It computed longer than it may, whatever the clock on the wall says.
    CpuTime,
    OutOfMemory,
    Stopped,
    /// The worker ended unasked or talked nonsense: what is known of it.
    Crashed(String),
    /// The run never began: why.
    Unstarted(String),
}

impl End {
    /// What a worker died of that nobody killed, by its status and its last words on standard error.
    #[must_use]
    pub fn of_death(status: Option<ExitStatus>, stderr: &str) -> Self {
        // Rust's own words: an allocation was refused; a collection would not fit into the address space. Then the
        // parser's, whose arena was refused more.
        let words = [
            "memory allocation of",
            "capacity overflow",
            "\nout of memory",
        ];
        if words.iter().any(|words| stderr.contains(words)) {
            return Self::OutOfMemory;
        }
        let status = status.map_or_else(
            || "its status is not known".to_owned(),
            |status| status.to_string(),
        );
        Self::Crashed(if stderr.contains("has overflowed its stack") {
            format!("the code recursed deeper than the engine's stack is large ({status})")
        } else if stderr.is_empty() {
            status
        } else {
            format!("{status}: {stderr}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deaths_are_told_apart() {
        let of = |stderr| End::of_death(None, stderr);
        assert_eq!(
            of("memory allocation of 400 bytes failed"),
            End::OutOfMemory
        );
        assert_eq!(
            of(
                "thread 'engine' (7) panicked at oxc_allocator/src/arena/utils.rs:112:5:\nout of memory\nnote: run"
            ),
            End::OutOfMemory
        );
        assert!(
            matches!(of("thread 'engine' has overflowed its stack"), End::Crashed(text) if text.contains("recursed"))
        );
        assert!(matches!(of(""), End::Crashed(_)));
    }
}
