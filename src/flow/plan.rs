//! Which Hooks and Actions of a workspace run in a flow, and in which order.
//!
//! Sources: the dashboard (one enabled Hook for a point, the first of a point enabled by itself), the migration guide
//! (an active Hook runs before the deployed Actions of the same point), Deploy CLI (`triggers/triggers.json`).

use std::path::PathBuf;

use thiserror::Error;

use super::gather::{Candidate, Gathered};
use crate::auth0::{Kind, Point};

/// What is run as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Pre-User Registration, the new user, Post-User Registration.
    SignUp,
    /// All that runs at one point.
    Point(Point),
}

impl Which {
    /// Stable and kebab-case, as a report names it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::SignUp => "sign-up",
            Self::Point(point) => point.id(),
        }
    }

    /// The points in the order they come.
    pub const fn points(self) -> &'static [Point] {
        match self {
            Self::SignUp => &[Point::PreUserRegistration, Point::PostUserRegistration],
            Self::Point(Point::PreUserRegistration) => &[Point::PreUserRegistration],
            Self::Point(Point::PostUserRegistration) => &[Point::PostUserRegistration],
            Self::Point(Point::CredentialsExchange) => &[Point::CredentialsExchange],
            Self::Point(Point::PostChangePassword) => &[Point::PostChangePassword],
            Self::Point(Point::SendPhoneMessage) => &[Point::SendPhoneMessage],
            Self::Point(Point::PasswordExchange) => &[Point::PasswordExchange],
            Self::Point(Point::Generic) => &[Point::Generic],
        }
    }
}

/// A flow before it runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub which: Which,
    /// In order; one may be empty.
    pub stages: Vec<Stage>,
    /// What was decided where the workspace leaves it open, one sentence each.
    pub notes: Vec<String>,
}

/// What runs at one point.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    pub point: Point,
    pub steps: Vec<Step>,
}

/// One Hook or Action of a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub name: String,
    pub script: PathBuf,
    pub source: String,
    pub kind: Kind,
    pub point: Point,
}

impl Plan {
    /// Every step in the order they run.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.stages.iter().flat_map(|stage| &stage.steps)
    }
}

/// Why there is nothing to run.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlanProblem {
    #[error(
        "Nothing here runs at {points}. A Hook takes part when its JSON says \"enabled\": true, an Action when triggers/triggers.json binds it."
    )]
    Empty { points: String },
    #[error(
        "triggers/triggers.json binds {name} to {trigger}, and there is no Action of that name. Correct the name, or add actions/{name}.json and its code."
    )]
    NoSuchAction { name: String, trigger: &'static str },
    #[error(
        "{names} are enabled for the same extensibility point ({trigger}), where Auth0 runs one Hook. Disable the others."
    )]
    SeveralHooks {
        names: String,
        trigger: &'static str,
    },
}

/// Plans a flow over what a workspace holds.
///
/// # Errors
/// Nothing would run, or the workspace contradicts itself.
pub fn plan(gathered: &Gathered, which: Which) -> Result<Plan, PlanProblem> {
    let mut plan = Plan {
        which,
        stages: Vec::new(),
        notes: Vec::new(),
    };
    for point in which.points() {
        let mut steps = Vec::new();
        steps.extend(hook(gathered, *point, &mut plan.notes)?);
        steps.extend(actions(gathered, *point, &mut plan.notes)?);
        plan.stages.push(Stage {
            point: *point,
            steps,
        });
    }
    if plan.steps().next().is_none() {
        let names: Vec<_> = which.points().iter().map(|point| point.name()).collect();
        return Err(PlanProblem::Empty {
            points: names.join(" or "),
        });
    }
    Ok(plan)
}

/// The Hook that is active at a point.
fn hook(
    gathered: &Gathered,
    point: Point,
    notes: &mut Vec<String>,
) -> Result<Option<Step>, PlanProblem> {
    let hooks = || {
        gathered
            .candidates
            .iter()
            .filter(|found| found.kind == Kind::Hook && found.point == Some(point))
    };
    let names = |found: &[&Candidate]| {
        let names: Vec<_> = found.iter().map(|hook| hook.name.as_str()).collect();
        names.join(" and ")
    };
    let enabled: Vec<_> = hooks().filter(|hook| hook.enabled == Some(true)).collect();
    let silent: Vec<_> = hooks().filter(|hook| hook.enabled.is_none()).collect();
    match (&enabled[..], &silent[..]) {
        ([one], _) => Ok(Some(step(one, point))),
        ([_, _, ..], _) => Err(PlanProblem::SeveralHooks {
            names: names(&enabled),
            trigger: point.id(),
        }),
        ([], [one]) => {
            notes.push(format!(
                "{} is taken for enabled: nothing says whether it is, and it is the only Hook for {}.",
                one.name,
                point.name()
            ));
            Ok(Some(step(one, point)))
        }
        ([], []) => Ok(None),
        ([], several) => {
            notes.push(format!(
                "No Hook runs at {}: {} are there, and none is enabled. Write \"enabled\": true into the JSON of one.",
                point.name(),
                names(several)
            ));
            Ok(None)
        }
    }
}

/// The Actions of a point, as bound; without bindings, all that are deployed.
fn actions(
    gathered: &Gathered,
    point: Point,
    notes: &mut Vec<String>,
) -> Result<Vec<Step>, PlanProblem> {
    let all = || {
        gathered
            .candidates
            .iter()
            .filter(|found| found.kind == Kind::Action)
    };
    let fits = |found: &&Candidate| {
        found.triggers.contains(&point) || found.triggers.is_empty() && found.point == Some(point)
    };
    let mut steps = Vec::new();
    match &gathered.bindings {
        Some(bindings) => {
            let bound = bindings.iter().filter(|(of, _)| *of == point);
            for name in bound.flat_map(|(_, names)| names) {
                let found = all()
                    .find(|action| action.name == *name)
                    .or_else(|| all().find(|action| folded(&action.name) == folded(name)))
                    .ok_or_else(|| PlanProblem::NoSuchAction {
                        name: name.clone(),
                        trigger: point.id(),
                    })?;
                if found.enabled == Some(false) {
                    notes.push(format!(
                        "{name} is bound to {} and not deployed, so that it does not run.",
                        point.name()
                    ));
                } else {
                    steps.push(step(found, point));
                }
            }
        }
        None => {
            let deployed = all()
                .filter(fits)
                .filter(|found| found.enabled != Some(false));
            steps.extend(deployed.map(|found| step(found, point)));
            if steps.len() > 1 {
                let names: Vec<_> = steps.iter().map(|step| step.name.as_str()).collect();
                notes.push(format!(
                    "The Actions of {} run in the order of their names ({}), because no triggers/triggers.json binds them.",
                    point.name(),
                    names.join(", ")
                ));
            }
        }
    }
    Ok(steps)
}

/// Names that Deploy CLI takes for the same.
fn folded(name: &str) -> String {
    name.to_lowercase().replace(char::is_whitespace, "-")
}

fn step(found: &Candidate, point: Point) -> Step {
    Step {
        name: found.name.clone(),
        script: found.script.clone(),
        source: found.source.clone(),
        kind: found.kind,
        point,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRE: Point = Point::PreUserRegistration;
    const POST: Point = Point::PostUserRegistration;

    fn found(name: &str, kind: Kind, point: Point, enabled: Option<bool>) -> Candidate {
        Candidate {
            name: name.to_owned(),
            script: PathBuf::from(name),
            source: String::new(),
            kind,
            point: Some(point),
            triggers: Vec::new(),
            enabled,
        }
    }

    fn names(plan: &Plan) -> Vec<&str> {
        plan.steps().map(|step| step.name.as_str()).collect()
    }

    #[test]
    fn the_enabled_hook_comes_before_the_bound_actions_in_their_order() {
        let gathered = Gathered {
            candidates: vec![
                found("a", Kind::Action, POST, Some(true)),
                found("b", Kind::Action, POST, None),
                found("off", Kind::Action, POST, Some(false)),
                found("other", Kind::Hook, PRE, None),
                found("hook", Kind::Hook, PRE, Some(true)),
                found("after", Kind::Hook, POST, None),
            ],
            bindings: Some(vec![(
                POST,
                vec!["b".to_owned(), "off".to_owned(), "A".to_owned()],
            )]),
        };
        let plan = plan(&gathered, Which::SignUp).unwrap();
        assert_eq!(names(&plan), ["hook", "after", "b", "a"]);
        assert_eq!(plan.notes.len(), 2, "{:?}", plan.notes);
    }

    #[test]
    fn without_bindings_the_names_give_the_order() {
        let gathered = Gathered {
            candidates: vec![
                found("a", Kind::Action, PRE, None),
                found("b", Kind::Action, PRE, None),
                found("post", Kind::Action, POST, None),
            ],
            bindings: None,
        };
        let all = plan(&gathered, Which::Point(PRE)).unwrap();
        assert_eq!(names(&all), ["a", "b"]);
        assert!(all.notes[0].contains("order of their names (a, b)"));
        assert_eq!(
            plan(&gathered, Which::Point(Point::SendPhoneMessage)),
            Err(PlanProblem::Empty {
                points: "Send Phone Message".to_owned()
            })
        );
    }

    #[test]
    fn contradictions_are_told() {
        let mut gathered = Gathered {
            candidates: vec![
                found("a", Kind::Hook, PRE, Some(true)),
                found("b", Kind::Hook, PRE, Some(true)),
            ],
            bindings: None,
        };
        let told = plan(&gathered, Which::SignUp).unwrap_err().to_string();
        assert!(told.starts_with("a and b are enabled"), "{told}");
        gathered.candidates.clear();
        gathered.bindings = Some(vec![(PRE, vec!["gone".to_owned()])]);
        let told = plan(&gathered, Which::SignUp).unwrap_err().to_string();
        assert!(
            told.contains("binds gone to pre-user-registration"),
            "{told}"
        );
    }
}
