//! What remains of a flow: the document `hookbench flow --format json` prints and the window shows.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::verdict::Verdict;
use crate::auth0::{Kind, Point};
use crate::runner::RunReport;
use crate::runner::report::ErrorKind;

/// A whole flow. Field order is the document's order.
#[derive(Clone, Debug, Serialize)]
pub struct FlowReport {
    pub schema: u32,
    /// `sign-up`, or the id of the one point.
    pub flow: &'static str,
    /// What Auth0 does with the whole: as a run's `outcome`, and `step`, the index of the step that ended it early.
    pub outcome: Value,
    /// The user as created; null where none was.
    pub user: Value,
    pub steps: Vec<StepReport>,
    /// What was decided where the workspace leaves it open.
    pub notes: Vec<String>,
    pub stats: FlowStats,
    #[serde(skip)]
    pub verdict: Verdict,
}

/// One Hook or Action of the flow.
#[derive(Clone, Debug, Serialize)]
pub struct StepReport {
    pub name: String,
    /// Below the workspace's folder where it lies in it.
    pub file: PathBuf,
    pub kind: Kind,
    pub point: Point,
    pub state: State,
    /// The body or event it was given; null where it did not run.
    pub payload: Value,
    /// The report of its run; null where it did not run.
    #[serde(serialize_with = "report_or_null")]
    pub report: Option<Arc<RunReport>>,
}

/// Where a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Not begun yet.
    Waiting,
    Running,
    Ran,
    /// The flow ended before it.
    NotReached,
}

/// Figures of the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct FlowStats {
    /// Milliseconds from the first step's start to the last one's end.
    pub total_ms: f64,
    /// The largest peak of a step.
    pub peak_memory_bytes: u64,
}

impl StepReport {
    /// Whether the step ran and neither failed nor denied.
    #[must_use]
    pub fn went_well(&self) -> bool {
        self.report
            .as_ref()
            .is_some_and(|report| report.error.is_none() && !report.denies())
    }
}

/// How a flow ends that this run ended.
pub(super) fn verdict_of(report: &RunReport) -> Verdict {
    match report.error.as_ref().map(|error| error.kind) {
        Some(ErrorKind::Timeout | ErrorKind::Memory | ErrorKind::Stopped) => Verdict::Ended,
        Some(ErrorKind::Crash) => Verdict::Fault,
        _ => Verdict::Refused,
    }
}

fn report_or_null<S: Serializer>(
    report: &Option<Arc<RunReport>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    report.as_deref().serialize(serializer)
}
