//! A flow under way: which step is next, with which payload, and what its report means for those behind it. Pure.
//!
//! Sources: the API objects' pages (after `api.access.deny` no further Action runs; metadata is written once, at the end
//! of the trigger), the page of the post-user-registration flow (its Actions run in order, beside the transaction). What
//! follows an Action that fails beside the transaction is not documented: here the next one runs.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::carry::Payload;
use super::plan::{Plan, Step, Which};
use super::report::{FlowReport, FlowStats, State, StepReport, verdict_of};
use super::verdict::Verdict;
use crate::auth0::action::Command;
use crate::auth0::outcome::{self, End, Tone};
use crate::auth0::{Kind, Point};
use crate::runner::RunReport;
use crate::runner::report::ErrorKind;

/// What the database gives a new user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Born {
    /// Without its prefix.
    pub id: String,
    /// An ISO date.
    pub at: String,
}

/// The step that runs next.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// Its place among all steps.
    pub index: usize,
    pub step: Step,
    /// JSON text.
    pub payload: String,
}

/// A flow under way.
#[derive(Clone, Debug)]
pub struct Chain {
    which: Which,
    steps: Vec<Step>,
    notes: Vec<String>,
    born: Born,
    /// As given, for what changed over the whole.
    first: Payload,
    /// As the next step gets it.
    payload: Payload,
    /// Payloads and reports of the steps that ran.
    done: Vec<(Value, Arc<RunReport>)>,
    /// What the steps so far asked for, in the words of `api`.
    commands: Vec<Command>,
    /// True once the user is there.
    created: bool,
    /// The step whose report ended the flow early.
    ended_by: Option<usize>,
}

impl Chain {
    /// The flow of a plan over a payload of its first point.
    #[must_use]
    pub fn new(plan: Plan, payload: Payload, born: Born) -> Self {
        let mut chain = Self {
            which: plan.which,
            steps: plan
                .stages
                .into_iter()
                .flat_map(|stage| stage.steps)
                .collect(),
            notes: plan.notes,
            born,
            first: payload.clone(),
            payload,
            done: Vec::new(),
            commands: Vec::new(),
            created: false,
            ended_by: None,
        };
        chain.arrive();
        chain
    }

    /// The next step; `None` at the end.
    #[must_use]
    pub fn next(&self) -> Option<Next> {
        let index = self.done.len();
        let step = self.steps.get(index).filter(|_| self.ended_by.is_none())?;
        Some(Next {
            index,
            step: step.clone(),
            payload: self.payload.text(step.kind),
        })
    }

    /// Takes in the report of the step that was next. The payload is kept as `shown`, its secrets masked.
    pub fn take(&mut self, shown: Value, report: Arc<RunReport>) {
        let index = self.done.len();
        let Some(step) = self.steps.get(index) else {
            return;
        };
        let stopped = report
            .error
            .as_ref()
            .is_some_and(|error| error.kind == ErrorKind::Stopped);
        let kind = report.outcome["kind"].as_str().unwrap_or_default();
        let through = !step.point.blocking()
            || matches!(kind, "registered" | "token-issued" | "sent" | "answered");
        if stopped || !through {
            self.ended_by = Some(index);
        } else {
            let commands = commands_of(step.kind, &report);
            let point = step.point;
            self.carry(point, &report.outcome);
            self.commands.extend(commands);
        }
        self.done.push((shown, report));
        self.arrive();
    }

    /// Creates the user where the flow has come to the end of what runs before that.
    fn arrive(&mut self) {
        let before = self
            .steps
            .get(self.done.len())
            .is_some_and(|step| step.point == Point::PreUserRegistration);
        if self.which == Which::SignUp && !before && !self.created && self.ended_by.is_none() {
            self.created = true;
            if let Some(id) = self.chosen_id() {
                self.born.id = id;
            }
            self.payload = self.payload.registered(&self.born.id, &self.born.at);
        }
    }

    /// The id that an Action has chosen, or that the payload has.
    fn chosen_id(&self) -> Option<String> {
        let set = self
            .commands
            .iter()
            .rfind(|command| command.api == "user.setUserId")
            .and_then(|command| command.args.first()?.as_str().map(str::to_owned));
        set.or_else(|| self.first.body["user"]["id"].as_str().map(str::to_owned))
    }

    /// Lets the steps behind see what a step has done.
    fn carry(&mut self, point: Point, outcome: &Value) {
        match point {
            Point::PreUserRegistration => {
                for key in ["user_metadata", "app_metadata"] {
                    if let Some(merged) = outcome[key]["merged"].as_object() {
                        self.payload.set_metadata(key, merged);
                    }
                }
            }
            Point::CredentialsExchange => self.payload.set_token(
                outcome["scope"]["granted"].clone(),
                outcome["claims"].clone(),
            ),
            _ => {}
        }
    }

    /// The flow as it stands; at the end, as it remains. `running` is true while the next step runs.
    #[must_use]
    pub fn report(&self, root: &Path, total: Duration, running: bool) -> FlowReport {
        let steps: Vec<StepReport> = self
            .steps
            .iter()
            .enumerate()
            .map(|(index, step)| {
                let done = self.done.get(index);
                StepReport {
                    name: step.name.clone(),
                    file: step
                        .script
                        .strip_prefix(root)
                        .unwrap_or(&step.script)
                        .to_owned(),
                    kind: step.kind,
                    point: step.point,
                    state: match done {
                        Some(_) => State::Ran,
                        None if self.ended_by.is_some() => State::NotReached,
                        None if running && index == self.done.len() => State::Running,
                        None => State::Waiting,
                    },
                    payload: done.map_or(Value::Null, |(payload, _)| payload.clone()),
                    report: done.map(|(_, report)| Arc::clone(report)),
                }
            })
            .collect();
        FlowReport {
            schema: 1,
            flow: self.which.id(),
            outcome: self.outcome(&steps),
            user: self.user(),
            notes: self.notes.clone(),
            stats: FlowStats {
                total_ms: (total.as_secs_f64() * 1e6).round() / 1e3,
                peak_memory_bytes: self
                    .done
                    .iter()
                    .map(|(_, report)| report.stats.peak_memory_bytes)
                    .max()
                    .unwrap_or_default(),
            },
            verdict: match self.ended_by.and_then(|index| self.done.get(index)) {
                // Whoever is registered stays registered, also when the rest was stopped.
                Some((_, report)) if !self.created => verdict_of(report),
                _ => Verdict::Through,
            },
            steps,
        }
    }

    /// The user as the database has it now.
    fn user(&self) -> Value {
        if !self.created {
            return Value::Null;
        }
        let mut user = Map::new();
        user.insert(
            "user_id".to_owned(),
            json!(self.payload.user_id(&self.born.id)),
        );
        if let Some(all) = self.payload.event["user"].as_object() {
            for (name, value) in all {
                if name != "tenant" {
                    user.insert(name.clone(), value.clone());
                }
            }
        }
        Value::Object(user)
    }

    /// What Auth0 does with the whole.
    fn outcome(&self, steps: &[StepReport]) -> Value {
        if let Some((index, (_, report))) = self
            .ended_by
            .and_then(|index| Some((index, self.done.get(index)?)))
            && !self.created
        {
            let mut outcome = report.outcome.clone();
            if let (Some(outcome), Some(step)) = (outcome.as_object_mut(), steps.get(index)) {
                let said = outcome.get("summary").and_then(Value::as_str);
                let summary = format!("{}: {}", step.name, said.unwrap_or_default());
                outcome.insert("summary".to_owned(), json!(summary));
                outcome.insert("step".to_owned(), json!(index));
            }
            return outcome;
        }
        let point = match self.which {
            Which::SignUp => Point::PreUserRegistration,
            Which::Point(point) => point,
        };
        let end = End::Answered { data: None };
        let mut whole = outcome::of_action(point, &self.first.event, &self.commands, &end);
        if self.which == Which::SignUp && self.commands.is_empty() {
            whole.summary =
                "The person is registered, with the metadata of the payload unchanged.".to_owned();
        }
        let beside: Vec<&StepReport> = steps
            .iter()
            .filter(|step| !step.point.blocking() && step.report.is_some())
            .collect();
        let failed: Vec<&str> = beside
            .iter()
            .filter(|step| !step.went_well())
            .map(|step| step.name.as_str())
            .collect();
        if !failed.is_empty() {
            whole.tone = Tone::Caution;
            whole.summary.push_str(&format!(
                " Afterwards {} failed, which changes nothing.",
                failed.join(" and ")
            ));
        }
        if self.ended_by.is_some() {
            whole.tone = Tone::Caution;
            whole.summary.push_str(" The rest was stopped.");
        }
        whole.to_value()
    }
}

/// What a step that went through has asked for. A Hook's answer is told in the same words.
fn commands_of(kind: Kind, report: &RunReport) -> Vec<Command> {
    if kind == Kind::Action {
        return report
            .commands
            .iter()
            .filter_map(|command| serde_json::from_value(command.clone()).ok())
            .collect();
    }
    let mut commands = Vec::new();
    let mut say = |api: &str, args: Vec<Value>| {
        commands.push(Command {
            api: api.to_owned(),
            args,
        });
    };
    for (key, api) in [
        ("user_metadata", "user.setUserMetadata"),
        ("app_metadata", "user.setAppMetadata"),
    ] {
        for change in report.outcome[key]["changes"]
            .as_array()
            .into_iter()
            .flatten()
        {
            say(api, vec![change["name"].clone(), change["to"].clone()]);
        }
    }
    if let Some(granted) = report.outcome["scope"]["granted"].as_array() {
        match granted.is_empty() {
            true => say("transaction.clearTargetScopes", Vec::new()),
            false => say("transaction.setTargetScopes", vec![json!(granted)]),
        }
    }
    for (name, value) in report.outcome["claims"].as_object().into_iter().flatten() {
        say(
            "accessToken.setCustomClaim",
            vec![json!(name), value.clone()],
        );
    }
    commands
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::flow::Stage;
    use crate::runner::report::{ReportError, Stats};

    const PRE: Point = Point::PreUserRegistration;
    const POST: Point = Point::PostUserRegistration;

    fn step(name: &str, kind: Kind, point: Point) -> Step {
        Step {
            name: name.to_owned(),
            script: PathBuf::from("/w").join(name),
            source: String::new(),
            kind,
            point,
        }
    }

    fn chain(which: Which, steps: Vec<Step>) -> Chain {
        let first = steps[0].clone();
        let plan = Plan {
            which,
            stages: vec![Stage {
                point: first.point,
                steps,
            }],
            notes: Vec::new(),
        };
        let born = Born {
            id: "5f7c8ec7c33c6c004bbafe82".to_owned(),
            at: "2026-01-02T03:04:05.000Z".to_owned(),
        };
        Chain::new(plan, Payload::sample(first.point, first.kind), born)
    }

    fn report(
        step: &Step,
        payload: &str,
        commands: &[(&str, Value)],
        error: Option<ErrorKind>,
    ) -> Arc<RunReport> {
        let commands: Vec<Command> = commands
            .iter()
            .map(|(api, args)| Command {
                api: (*api).to_owned(),
                args: args.as_array().unwrap().clone(),
            })
            .collect();
        let event: Value = serde_json::from_str(payload).unwrap();
        let end = match error {
            None => End::Answered { data: None },
            Some(_) => End::Unhandled {
                display: "boom".to_owned(),
            },
        };
        Arc::new(RunReport {
            schema: 1,
            point: Some(step.point),
            kind: step.kind,
            wire: Value::Null,
            wire5: Value::Null,
            response: Value::Null,
            transaction: Value::Null,
            outcome: outcome::of_action(step.point, &event, &commands, &end).to_value(),
            commands: commands.iter().map(|command| json!(command)).collect(),
            logs: Vec::new(),
            requests: Vec::new(),
            warnings: Vec::new(),
            error: error.map(|kind| ReportError {
                kind,
                message: "boom".to_owned(),
                stack: None,
                line: None,
                column: None,
            }),
            stats: Stats::default(),
        })
    }

    /// Runs the next step with these calls or this error; the event it got.
    fn go(chain: &mut Chain, commands: &[(&str, Value)], error: Option<ErrorKind>) -> Value {
        let next = chain.next().unwrap();
        let payload: Value = serde_json::from_str(&next.payload).unwrap();
        chain.take(
            payload.clone(),
            report(&next.step, &next.payload, commands, error),
        );
        payload
    }

    fn end(chain: &Chain) -> FlowReport {
        assert_eq!(chain.next(), None);
        chain.report(Path::new("/w"), Duration::ZERO, false)
    }

    #[test]
    fn later_actions_see_what_earlier_ones_set_and_the_database_has_it_all() {
        let mut chain = chain(
            Which::SignUp,
            vec![
                step("a", Kind::Action, PRE),
                step("b", Kind::Action, PRE),
                step("c", Kind::Action, POST),
                step("d", Kind::Action, POST),
            ],
        );
        go(
            &mut chain,
            &[("user.setAppMetadata", json!(["plan", "full"]))],
            None,
        );
        let seen = go(
            &mut chain,
            &[
                ("user.setAppMetadata", json!(["score", 7])),
                ("user.setUserId", json!(["mine"])),
            ],
            None,
        );
        assert_eq!(seen["user"]["app_metadata"], json!({"plan": "full"}));
        let born = go(&mut chain, &[], Some(ErrorKind::Rejected));
        assert_eq!(born["user"]["user_id"], "auth0|mine");
        assert_eq!(
            born["user"]["app_metadata"],
            json!({"plan": "full", "score": 7})
        );
        go(&mut chain, &[], None);
        let report = end(&chain);
        assert_eq!(report.verdict, Verdict::Through);
        assert_eq!(report.outcome["kind"], "registered");
        assert_eq!(
            report.outcome["app_metadata"]["changes"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
        let said = report.outcome["summary"].as_str().unwrap();
        assert!(
            said.ends_with("Afterwards c failed, which changes nothing."),
            "{said}"
        );
        assert_eq!(report.user["user_id"], "auth0|mine");
    }

    #[test]
    fn a_denial_ends_the_flow_and_creates_nobody() {
        let mut chain = chain(
            Which::SignUp,
            vec![
                step("a", Kind::Action, PRE),
                step("b", Kind::Action, PRE),
                step("c", Kind::Action, POST),
            ],
        );
        go(&mut chain, &[("access.deny", json!(["no", "Sorry"]))], None);
        let report = end(&chain);
        assert_eq!(
            (report.verdict, &report.user),
            (Verdict::Refused, &Value::Null)
        );
        assert_eq!(report.outcome["step"], 0);
        assert_eq!(report.outcome["visitor"]["new_universal_login"], "Sorry");
        let states: Vec<_> = report.steps.iter().map(|step| step.state).collect();
        assert_eq!(states, [State::Ran, State::NotReached, State::NotReached]);
    }

    #[test]
    fn a_limit_before_the_database_is_told_from_a_denial() {
        let steps = || vec![step("a", Kind::Action, PRE), step("b", Kind::Action, POST)];
        let mut early = chain(Which::SignUp, steps());
        go(&mut early, &[], Some(ErrorKind::Timeout));
        assert_eq!(end(&early).verdict, Verdict::Ended);
        let mut late = chain(Which::SignUp, steps());
        go(&mut late, &[], None);
        go(&mut late, &[], Some(ErrorKind::Timeout));
        assert_eq!(end(&late).verdict, Verdict::Through);
    }

    #[test]
    fn a_token_grows_from_action_to_action() {
        let point = Point::CredentialsExchange;
        let mut chain = chain(
            Which::Point(point),
            vec![
                step("a", Kind::Action, point),
                step("b", Kind::Action, point),
            ],
        );
        go(
            &mut chain,
            &[
                ("accessToken.setCustomClaim", json!(["https://a.b/c", 1])),
                ("transaction.addTargetScope", json!(["write:it"])),
            ],
            None,
        );
        let seen = go(
            &mut chain,
            &[("accessToken.setCustomClaim", json!(["https://a.b/d", 2]))],
            None,
        );
        assert_eq!(
            seen["accessToken"]["customClaims"],
            json!({"https://a.b/c": 1})
        );
        let report = end(&chain);
        assert_eq!(
            report.outcome["claims"],
            json!({"https://a.b/c": 1, "https://a.b/d": 2})
        );
        assert_eq!(report.outcome["scope"]["added"], json!(["write:it"]));
    }
}
