//! What came of a flow, in the four ways a script cares about.

/// How a flow ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The transaction went through; a step that runs beside it may have failed.
    Through,
    /// A step denied or failed where that counts.
    Refused,
    /// A limit, or the user, ended it.
    Ended,
    /// Hookbench's own fault.
    Fault,
}
