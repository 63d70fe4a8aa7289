//! Secrets: names and values of `context.webtask.secrets`, masked but while a button is held.

use std::collections::BTreeMap;

use eframe::egui::{self, RichText, ScrollArea, Ui};

use super::{Ended, buttons, modal};
use crate::auth0::limits;
use crate::gui::documents::DocId;
use crate::gui::icons::{self, Icon, Look};
use crate::gui::panes::link;
use crate::gui::theme;
use crate::workspace::secrets::name_problem;

struct Row {
    name: String,
    value: String,
    shown: bool,
}

/// What the dialog holds while it is open.
pub struct Form {
    pub doc: DocId,
    hook: String,
    rows: Vec<Row>,
    pub problem: Option<String>,
    focus_last: bool,
    /// Enter was pressed in a value.
    enter: bool,
}

/// The secrets a hook is to have.
#[derive(Clone, PartialEq)]
pub struct Order {
    pub doc: DocId,
    pub secrets: BTreeMap<String, String>,
}

/// Names only: the values are nobody's business but the hook's.
impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Order")
            .field("doc", &self.doc)
            .field("names", &self.secrets.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

impl Form {
    /// A dialog over the secrets of one hook.
    pub fn new(doc: DocId, hook: &str, secrets: &BTreeMap<String, String>) -> Self {
        let mut form = Self {
            doc,
            hook: hook.to_owned(),
            rows: secrets
                .iter()
                .map(|(name, value)| Row {
                    name: name.clone(),
                    value: value.clone(),
                    shown: false,
                })
                .collect(),
            problem: None,
            focus_last: false,
            enter: false,
        };
        if form.rows.is_empty() {
            form.add_row();
        }
        form
    }

    /// An empty row that gets the cursor.
    fn add_row(&mut self) {
        self.rows.push(Row {
            name: String::new(),
            value: String::new(),
            shown: false,
        });
        self.focus_last = true;
    }

    /// Adds the secrets of a `.env` file; a name that is there already gets the file's value.
    pub fn merge(&mut self, secrets: BTreeMap<String, String>) {
        self.problem = None;
        for (name, value) in secrets {
            match self.rows.iter_mut().find(|row| row.name == name) {
                Some(row) => row.value = value,
                None => self.rows.push(Row {
                    name,
                    value,
                    shown: false,
                }),
            }
        }
    }

    fn check(&self) -> Option<String> {
        let mut seen = std::collections::HashSet::new();
        for (index, row) in self.rows.iter().enumerate() {
            let name = row.name.trim();
            if name.is_empty() && !row.value.is_empty() {
                return Some(format!("Row {} has a value but no name.", index + 1));
            }
            if !name.is_empty()
                && let Some(problem) = name_problem(name)
            {
                return Some(problem);
            }
            if !name.is_empty() && !seen.insert(name) {
                return Some(format!(
                    "{name} is there twice; each name can have one value."
                ));
            }
        }
        None
    }

    fn secrets(&self) -> BTreeMap<String, String> {
        self.rows
            .iter()
            .filter(|row| !row.name.trim().is_empty())
            .map(|row| (row.name.trim().to_owned(), row.value.clone()))
            .collect()
    }
}

/// Shows the dialog.
pub fn show(ctx: &egui::Context, form: &mut Form) -> Option<Ended> {
    let title = format!("Secrets of {}", form.hook);
    modal(ctx, "secrets", &title, 560.0, |ui| {
        let p = theme::palette(ui.ctx());
        ui.label(
            RichText::new("The hook reads them as context.webtask.secrets.NAME. Values stay in your data folder, readable by you alone, and are masked wherever a run shows them.")
                .color(p.muted),
        );
        ui.add_space(theme::GAP);
        rows(ui, form);
        let mut from_file = false;
        ui.horizontal(|ui| {
            if link(ui, "+ Add secret").clicked() {
                form.add_row();
            }
            from_file = link(ui, "Add from a .env file…").clicked();
        });
        if form.rows.len() > limits::MAX_SECRETS {
            ui.label(
                RichText::new(format!(
                    "Auth0 allowed {} secrets for a hook; these are {}.",
                    limits::MAX_SECRETS,
                    form.rows.len()
                ))
                .color(p.caution),
            );
        }
        let problem = form.problem.clone().or_else(|| form.check());
        if let Some(problem) = &problem {
            ui.label(RichText::new(problem).color(p.bad));
        }
        let valid = form.check().is_none();
        let enter = std::mem::take(&mut form.enter) && valid;
        let pressed = buttons(ui, "Save", valid);
        match if enter { Some(true) } else { pressed } {
            Some(true) => Some(Ended::KeepSecrets(Order {
                doc: form.doc,
                secrets: form.secrets(),
            })),
            Some(false) => Some(Ended::Cancelled),
            None => from_file.then_some(Ended::ChooseSecretsFile),
        }
    })
}

fn rows(ui: &mut Ui, form: &mut Form) {
    if form.rows.is_empty() {
        ui.weak("No secrets yet.");
        return;
    }
    let mut removed = None;
    let count = form.rows.len();
    ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
        for (index, row) in form.rows.iter_mut().enumerate() {
            ui.horizontal(|ui| {
                let width = (ui.available_width() - 2.0 * 24.0 - 4.0 * theme::GAP).max(160.0);
                let name = ui.add(
                    egui::TextEdit::singleline(&mut row.name)
                        .hint_text("NAME")
                        .font(egui::TextStyle::Monospace)
                        .desired_width(width * 0.42),
                );
                name.widget_info(|| {
                    egui::WidgetInfo::labeled(
                        egui::Role::TextInput,
                        true,
                        format!("Name of secret {}", index + 1),
                    )
                });
                if form.focus_last && index + 1 == count {
                    name.request_focus();
                    form.focus_last = false;
                }
                let value = ui.add(
                    egui::TextEdit::singleline(&mut row.value)
                        .hint_text("value")
                        .password(!row.shown)
                        .font(egui::TextStyle::Monospace)
                        .desired_width(width * 0.58),
                );
                value.widget_info(|| {
                    egui::WidgetInfo::labeled(
                        egui::Role::TextInput,
                        true,
                        format!("Value of secret {}", index + 1),
                    )
                });
                if value.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
                    form.enter = true;
                }
                // For as long as it is held: nobody forgets to hide it again before showing the screen to others.
                let text = "Hold to show the value";
                let eye = icons::toggle(ui, Icon::Eye, text, text, Look::Plain, row.shown);
                let held = eye.is_pointer_button_down_on()
                    || (eye.has_focus() && ui.input(|input| input.key_down(egui::Key::Space)));
                if held != row.shown {
                    row.shown = held;
                    ui.ctx().request_repaint();
                }
                if icons::button(
                    ui,
                    Icon::Trash,
                    "Delete secret",
                    "Delete this secret",
                    Look::Plain,
                )
                .clicked()
                {
                    removed = Some(index);
                }
            });
        }
    });
    if let Some(index) = removed {
        form.rows.remove(index);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        let mut form = Form::new(1, "hook", &BTreeMap::new());
        for (name, value) in pairs {
            form.rows.push(Row {
                name: (*name).to_owned(),
                value: (*value).to_owned(),
                shown: false,
            });
        }
        form
    }

    #[test]
    fn a_name_twice_or_a_value_without_a_name_is_refused() {
        assert!(form(&[("A", "1"), ("A", "2")]).check().is_some());
        assert!(form(&[("", "1")]).check().is_some());
        assert!(form(&[("A", "1"), ("", "")]).check().is_none());
    }

    #[test]
    fn empty_rows_are_left_out_and_names_trimmed() {
        let secrets = form(&[(" A ", "1"), ("", "")]).secrets();
        assert_eq!(secrets, BTreeMap::from([("A".to_owned(), "1".to_owned())]));
    }

    #[test]
    fn a_file_replaces_values_of_the_same_name() {
        let mut form = form(&[("A", "1")]);
        form.merge(BTreeMap::from([
            ("A".to_owned(), "2".to_owned()),
            ("B".to_owned(), "3".to_owned()),
        ]));
        assert_eq!(form.secrets()["A"], "2");
        assert_eq!(form.secrets().len(), 2);
    }

    #[test]
    fn debug_output_holds_no_value() {
        let order = Order {
            doc: 1,
            secrets: BTreeMap::from([("A".to_owned(), "hush".to_owned())]),
        };
        assert!(!format!("{order:?}").contains("hush"));
    }
}
