//! Several Hooks and Actions as one transaction: a sign-up as a whole, or all that is bound to one trigger.
//!
//! `plan` says what runs and in which order, `carry` makes each step's payload out of what came before, `chain` walks
//! through the plan; all three are pure. `conduct` runs the steps in workers. The command line and the window share it.

mod carry;
mod chain;
mod conduct;
mod gather;
mod plan;
mod report;
mod verdict;

pub use carry::{Payload, PayloadProblem};
pub use chain::{Born, Chain, Next};
pub use conduct::{FlowEvent, FlowHandle, StepTerms, Terms, start};
pub use gather::{Candidate, GatherError, Gathered, gather};
pub use plan::{Plan, PlanProblem, Stage, Step, Which, plan};
pub use report::{FlowReport, FlowStats, State, StepReport};
pub use verdict::Verdict;
