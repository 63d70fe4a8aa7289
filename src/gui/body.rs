//! The request body being edited: one JSON pane for each parameter of the point, or the whole at once; an Action's
//! event has one pane.

use eframe::egui::Context;

use super::editor::{EditorState, Language, Marker, Severity};
use super::payload_tree::PayloadTree;
use crate::auth0::payload::{self, JsonProblem};
use crate::auth0::{Kind, Point, action};

/// One parameter's JSON.
pub struct Pane {
    pub name: &'static str,
    pub editor: EditorState,
    pub problem: Option<JsonProblem>,
    pub open: bool,
    pub tree: PayloadTree,
    /// Something is to be shown that only the text can show.
    pub wants_text: bool,
    /// It was shown otherwise in the last frame: the keyboard goes to what is shown now.
    pub switched: bool,
    checked: Option<u64>,
}

/// What keeps a body from being sent.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyProblem {
    /// The pane's name, or `body` for the whole.
    pub pane: &'static str,
    pub problem: JsonProblem,
}

/// The body of one hook's test run.
pub struct Body {
    point: Point,
    kind: Kind,
    pub panes: Vec<Pane>,
    pub whole: Pane,
    pub whole_shown: bool,
    /// The body the panes were split from: keys they cannot show, and the order of all keys.
    source: String,
}

/// The one pane of an Action.
const EVENT: &str = "event";

/// What the panes start with: the point's default body, or its Action's event.
pub fn default_text(point: Point, kind: Kind) -> &'static str {
    match kind {
        Kind::Hook => point.default_body(),
        Kind::Action => action::default_event(point),
    }
}

fn new_pane(name: &'static str) -> Pane {
    Pane {
        name,
        editor: EditorState::new("", Language::Json),
        problem: None,
        open: true,
        tree: PayloadTree::default(),
        wants_text: false,
        switched: false,
        checked: None,
    }
}

impl Body {
    /// The panes of `point`, filled from `text`, or from the point's default body.
    pub fn new(point: Point, kind: Kind, text: Option<&str>) -> Self {
        let names = match kind {
            Kind::Hook => point.arguments(),
            Kind::Action => &[EVENT],
        };
        let mut body = Self {
            point,
            kind,
            panes: names.iter().map(|name| new_pane(name)).collect(),
            whole: new_pane("body"),
            whole_shown: false,
            source: String::new(),
        };
        body.fill(text.unwrap_or_else(|| default_text(point, kind)), true);
        body
    }

    /// Replaces everything, as one step that each pane can undo. Text that cannot be split is shown whole.
    pub fn set_text(&mut self, text: &str) {
        self.fill(text, false);
    }

    fn fill(&mut self, text: &str, fresh: bool) {
        let put = |editor: &mut EditorState, text: &str| {
            if fresh {
                editor.reset(text);
            } else {
                editor.set_text(text);
            }
        };
        if self.kind == Kind::Action {
            for pane in &mut self.panes {
                put(&mut pane.editor, text.trim_end());
            }
            return self.check();
        }
        match payload::split(self.point, text) {
            Ok(parts) => {
                for pane in &mut self.panes {
                    let part = parts.iter().find(|part| part.name == pane.name);
                    put(&mut pane.editor, part.map_or("", |part| &part.text));
                }
                text.clone_into(&mut self.source);
                if self.whole_shown {
                    put(&mut self.whole.editor, text.trim_end());
                }
            }
            Err(_) => {
                put(&mut self.whole.editor, text.trim_end());
                self.whole_shown = true;
            }
        }
        self.check();
    }

    /// What is no JSON of what is shown, with the pane's name.
    pub fn problems(&self) -> impl Iterator<Item = (&'static str, &JsonProblem)> {
        let panes = if self.whole_shown {
            std::slice::from_ref(&self.whole)
        } else {
            self.panes.as_slice()
        };
        panes
            .iter()
            .filter_map(|pane| Some((pane.name, pane.problem.as_ref()?)))
    }

    /// Checks what changed since the last check, and marks the places of faults.
    pub fn check(&mut self) {
        for pane in self.panes.iter_mut().chain([&mut self.whole]) {
            let revision = pane.editor.revision();
            if pane.checked == Some(revision) {
                continue;
            }
            pane.checked = Some(revision);
            let text = pane.editor.text();
            // An empty parameter is one the body leaves out, which the platform allows for some.
            pane.problem = if text.trim().is_empty() && !matches!(pane.name, "body" | EVENT) {
                None
            } else {
                payload::json_error(&text)
            };
            pane.editor.set_markers(
                pane.problem
                    .iter()
                    .map(|problem| Marker {
                        line: problem.line,
                        column: problem.column,
                        end: None,
                        severity: Severity::Error,
                        message: problem.message.clone(),
                        detail: None,
                        fixes: Vec::new(),
                    })
                    .collect(),
            );
        }
    }

    /// Switches between the panes and the whole body. Panes stay when the whole is no JSON.
    pub fn show_whole(&mut self, whole: bool) -> Result<(), BodyProblem> {
        if whole == self.whole_shown || self.kind == Kind::Action {
            return Ok(());
        }
        let text = self.text()?;
        if whole {
            self.whole.editor.set_text(text.trim_end());
            self.whole_shown = true;
        } else {
            // What has no parameters stays whole, and says why.
            payload::split(self.point, &text).map_err(|error| BodyProblem {
                pane: "body",
                problem: error.place().unwrap_or_else(|| JsonProblem {
                    line: 1,
                    column: 1,
                    message: error.to_string(),
                }),
            })?;
            self.whole_shown = false;
            self.fill(&text, false);
        }
        self.check();
        Ok(())
    }

    /// The whole body as JSON text, as it would be sent.
    ///
    /// # Errors
    /// The first pane that is not JSON, with the place.
    pub fn text(&mut self) -> Result<String, BodyProblem> {
        for pane in self.shown() {
            // What is being typed in a tree is meant as well.
            pane.tree.settle(&mut pane.editor);
        }
        self.joined()
    }

    fn shown(&mut self) -> &mut [Pane] {
        if self.whole_shown {
            std::slice::from_mut(&mut self.whole)
        } else {
            self.panes.as_mut_slice()
        }
    }

    /// What is being typed in a tree and cannot be taken into the text: the pane, and why.
    pub fn untaken(&mut self) -> Option<(&'static str, String)> {
        self.shown()
            .iter()
            .find_map(|pane| Some((pane.name, pane.tree.problem()?.to_owned())))
    }

    fn joined(&mut self) -> Result<String, BodyProblem> {
        self.check();
        if self.whole_shown {
            return match &self.whole.problem {
                Some(problem) => Err(BodyProblem {
                    pane: "body",
                    problem: problem.clone(),
                }),
                None => Ok(self.whole.editor.text()),
            };
        }
        if let Some(pane) = self.panes.iter().find(|pane| pane.problem.is_some())
            && let Some(problem) = &pane.problem
        {
            return Err(BodyProblem {
                pane: pane.name,
                problem: problem.clone(),
            });
        }
        if self.kind == Kind::Action {
            return Ok(self.panes.iter().map(|pane| pane.editor.text()).collect());
        }
        let parts: Vec<payload::Pane> = self
            .panes
            .iter()
            .map(|pane| payload::Pane {
                name: pane.name,
                text: pane.editor.text(),
            })
            .collect();
        payload::join(self.point, &parts, &self.source).map_err(|error| BodyProblem {
            pane: error.pane().unwrap_or("body"),
            problem: error.place().unwrap_or_else(|| JsonProblem {
                line: 1,
                column: 1,
                message: error.to_string(),
            }),
        })
    }

    /// The body to keep for the next start: as sent where it is JSON, else the panes' texts put together
    /// as they are, which opens as a whole with its fault marked.
    pub fn text_to_keep(&mut self) -> String {
        self.joined().unwrap_or_else(|_| {
            if self.whole_shown {
                return self.whole.editor.text();
            }
            if self.kind == Kind::Action {
                return self.panes.iter().map(|pane| pane.editor.text()).collect();
            }
            let mut parts: Vec<String> = self
                .panes
                .iter()
                .filter(|pane| !pane.editor.is_empty())
                .map(|pane| format!("  \"{}\": {}", pane.name, pane.editor.text().trim()))
                .collect();
            // Keys without a pane are kept as well.
            if let Ok(serde_json::Value::Object(source)) = serde_json::from_str(&self.source) {
                let rest = source
                    .iter()
                    .filter(|(key, _)| !self.panes.iter().any(|pane| pane.name == *key));
                parts.extend(rest.map(|(key, value)| {
                    format!("  {}: {value}", serde_json::Value::from(key.as_str()))
                }));
            }
            format!("{{\n{}\n}}", parts.join(",\n"))
        })
    }

    /// Revisions of all panes in one number that changes with every edit.
    pub fn revision(&self) -> u64 {
        self.panes
            .iter()
            .chain([&self.whole])
            .map(|pane| pane.editor.revision())
            .fold(u64::from(self.whole_shown), |sum, revision| {
                sum.wrapping_mul(31).wrapping_add(revision)
            })
    }

    /// Puts the cursor of the pane with the problem at its place.
    pub fn go_to(&mut self, problem: &BodyProblem, ctx: &Context) {
        let pane = if problem.pane == "body" {
            Some(&mut self.whole)
        } else {
            self.panes.iter_mut().find(|pane| pane.name == problem.pane)
        };
        if let Some(pane) = pane {
            pane.open = true;
            pane.wants_text = true;
            pane.editor
                .goto(problem.problem.line, problem.problem.column);
            pane.editor.request_focus();
            ctx.request_repaint();
        }
    }
}
