//! NPM Modules: what the hook needs and what a run finds of it; packages are added, removed, installed and stubbed.

use eframe::egui::{self, RichText, ScrollArea, Ui};

use super::{Ended, end_row, modal};
use crate::gui::documents::DocId;
use crate::gui::panes::{link, primary};
use crate::gui::theme;
use crate::packages::{Install, Need, Source, command_line, name_problem, version_problem};

/// Height of what npm says, in points.
const OUTPUT: f32 = 96.0;

/// What the dialog holds while it is open.
pub struct Form {
    pub doc: DocId,
    hook: String,
    /// The name of the file the dependencies stand in.
    pub file: String,
    /// Read in the background.
    pub needs: Option<Vec<Need>>,
    name: String,
    version: String,
    pub problem: Option<String>,
    /// The number of the installation whose news are shown.
    pub number: u64,
    pub install: Option<Install>,
    pub output: Vec<String>,
}

/// One change of the hook's packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Ask for a version of a package; `None` takes it out of the list.
    Set(String, Option<String>),
    /// Write a stub of a package.
    Stub(String),
    /// Install these, as `name@version`.
    Install(Vec<String>),
    Stop,
}

impl Form {
    /// A dialog over one hook; what it needs comes later.
    pub fn new(doc: DocId, hook: &str) -> Self {
        Self {
            doc,
            hook: hook.to_owned(),
            file: String::new(),
            needs: None,
            name: String::new(),
            version: String::new(),
            problem: None,
            number: 0,
            install: None,
            output: Vec::new(),
        }
    }
}

impl Drop for Form {
    fn drop(&mut self) {
        // Nobody would hear of it any more, nor could stop it.
        if let Some(install) = &self.install {
            install.stop();
        }
    }
}

/// What is to be installed: everything that no run finds as it is asked for.
fn absent(needs: &[Need]) -> Vec<String> {
    needs
        .iter()
        .filter(|need| match &need.source {
            Source::Core => false,
            Source::Missing | Source::StandIn => true,
            // A range is npm's to judge; a number says itself whether it is there.
            Source::Installed(version) => need.wanted.as_ref().is_some_and(|wanted| {
                wanted.starts_with(|c: char| c.is_ascii_digit())
                    && !wanted.contains(' ')
                    && version.as_ref() != Some(wanted)
            }),
        })
        .map(|need| match &need.wanted {
            Some(wanted) if !wanted.is_empty() => format!("{}@{wanted}", need.name),
            _ => need.name.clone(),
        })
        .collect()
}

/// Shows the dialog.
pub fn show(ctx: &egui::Context, form: &mut Form) -> Option<Ended> {
    let title = format!("NPM Modules of {}", form.hook);
    modal(ctx, "modules", &title, 640.0, |ui| {
        let p = theme::palette(ui.ctx());
        let doc = form.doc;
        let mut order = None;
        ui.label(
            RichText::new("A run finds packages in node_modules beside the hook or above it. None of their scripts is run when they are installed.")
                .color(p.muted),
        );
        ui.add_space(theme::GAP);
        match &form.needs {
            None => {
                ui.label(RichText::new("Looking…").color(p.muted));
            }
            Some(needs) if needs.is_empty() => {
                ui.label(
                    RichText::new("The hook requires nothing, and nothing is asked for.")
                        .color(p.muted),
                );
            }
            Some(needs) => table(ui, needs, form.install.is_some(), &mut order),
        }
        ui.add_space(theme::GAP);
        add_row(ui, form, &mut order);
        if let Some(problem) = &form.problem {
            ui.label(RichText::new(problem).color(p.bad));
        }
        if !form.output.is_empty() {
            output(ui, &form.output);
        }
        ui.add_space(theme::GAP);
        let absent = form.needs.as_deref().map(absent).unwrap_or_default();
        let closed = end_row(ui, |ui| {
            if form.install.is_some() {
                if ui
                    .add(egui::Button::new("Stop").min_size(egui::vec2(90.0, 30.0)))
                    .clicked()
                {
                    order = Some(Order::Stop);
                }
                ui.label(RichText::new("Installing…").color(p.muted));
            } else if absent.is_empty() {
                return primary(ui, "Done", 90.0).clicked();
            } else {
                let text = match absent.len() {
                    1 => "Install 1 package".to_owned(),
                    count => format!("Install {count} packages"),
                };
                if primary(ui, &text, 140.0)
                    .on_hover_text(command_line(&absent))
                    .clicked()
                {
                    order = Some(Order::Install(absent));
                }
            }
            ui.add(egui::Button::new("Close").min_size(egui::vec2(80.0, 30.0)))
                .clicked()
        });
        match order {
            Some(order) => Some(Ended::Modules(doc, order)),
            None => closed.then_some(Ended::Cancelled),
        }
    })
}

fn table(ui: &mut Ui, needs: &[Need], busy: bool, order: &mut Option<Order>) {
    let p = theme::palette(ui.ctx());
    ScrollArea::vertical()
        .id_salt("modules table")
        .max_height(220.0)
        .show(ui, |ui| {
            egui::Grid::new("modules")
                .num_columns(4)
                .spacing([20.0, 6.0])
                .min_col_width(132.0)
                .striped(true)
                .show(ui, |ui| {
                    for text in ["Module", "Version asked for", "What a run finds", ""] {
                        ui.label(
                            RichText::new(text)
                                .font(theme::bold(theme::SMALL))
                                .color(p.muted),
                        );
                    }
                    ui.end_row();
                    for need in needs {
                        row(ui, need, busy, order);
                        ui.end_row();
                    }
                });
        });
}

fn row(ui: &mut Ui, need: &Need, busy: bool, order: &mut Option<Order>) {
    let p = theme::palette(ui.ctx());
    let name = RichText::new(&need.name).font(theme::mono(theme::CODE_SMALL));
    let name = ui.label(name);
    if !need.required {
        name.on_hover_text("The code does not require it by this name.");
    }
    match &need.wanted {
        Some(version) => ui.label(RichText::new(version).font(theme::mono(theme::CODE_SMALL))),
        None => ui.label(RichText::new("any").color(p.muted)),
    };
    let (text, ink, why) = match &need.source {
        Source::Core => ("part of Node".to_owned(), p.muted, "Nothing to install."),
        Source::Installed(Some(version)) => (
            format!("installed {version}"),
            p.good,
            "From node_modules beside the hook or above it.",
        ),
        Source::Installed(None) => (
            "installed".to_owned(),
            p.good,
            "From node_modules; its package.json tells no version.",
        ),
        Source::StandIn => (
            "a stand-in".to_owned(),
            p.caution,
            "A small stand-in of Hookbench answers, which does what most hooks use. An installed package always wins.",
        ),
        Source::Missing => (
            "nothing".to_owned(),
            p.bad,
            "Requiring it throws. Install it, or create a stub to try the rest of the hook.",
        ),
    };
    ui.label(RichText::new(text).color(ink)).on_hover_text(why);
    ui.add_enabled_ui(!busy, |ui| {
        ui.horizontal(|ui| {
            if need.wanted.is_some() {
                let remove = link(ui, "Remove");
                remove.widget_info(|| label(format!("Remove {}", need.name)));
                if remove.clicked() {
                    *order = Some(Order::Set(need.name.clone(), None));
                }
            } else if need.source != Source::Core {
                let version = match &need.source {
                    Source::Installed(Some(version)) => version.clone(),
                    _ => "latest".to_owned(),
                };
                let add = link(ui, "Add").on_hover_text("Write it into the hook's list.");
                add.widget_info(|| label(format!("Add {}", need.name)));
                if add.clicked() {
                    *order = Some(Order::Set(need.name.clone(), Some(version)));
                }
            }
            if need.source == Source::Missing {
                let stub = link(ui, "Create a stub")
                    .on_hover_text("A module in node_modules that logs what it is called with.");
                stub.widget_info(|| label(format!("Create a stub of {}", need.name)));
                if stub.clicked() {
                    *order = Some(Order::Stub(need.name.clone()));
                }
            }
        });
    });
}

fn label(text: String) -> egui::WidgetInfo {
    egui::WidgetInfo::labeled(egui::Role::Button, true, text)
}

fn add_row(ui: &mut Ui, form: &mut Form, order: &mut Option<Order>) {
    let p = theme::palette(ui.ctx());
    let mut enter = false;
    ui.horizontal(|ui| {
        let mut field =
            |ui: &mut Ui, name: &'static str, text: &mut String, hint: &str, width: f32| {
                let field = ui.add(
                    egui::TextEdit::singleline(text)
                        .hint_text(hint)
                        .font(egui::TextStyle::Monospace)
                        .desired_width(width),
                );
                field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
                enter |=
                    field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            };
        field(ui, "Module name", &mut form.name, "axios", 230.0);
        field(ui, "Module version", &mut form.version, "latest", 110.0);
        let pressed = ui
            .add_enabled(
                !form.name.trim().is_empty() && form.install.is_none(),
                egui::Button::new("Add module"),
            )
            .clicked();
        if (pressed || enter) && !form.name.trim().is_empty() {
            let name = form.name.trim().to_owned();
            let version = match form.version.trim() {
                "" => "latest".to_owned(),
                version => version.to_owned(),
            };
            form.problem = name_problem(&name).or_else(|| version_problem(&version));
            if form.problem.is_none() {
                form.name.clear();
                form.version.clear();
                *order = Some(Order::Set(name, Some(version)));
            }
        }
    });
    if !form.file.is_empty() {
        let text = format!("The list is kept in {}.", form.file);
        ui.label(RichText::new(text).small().color(p.muted));
    }
}

fn output(ui: &mut Ui, lines: &[String]) {
    let p = theme::palette(ui.ctx());
    egui::Frame::new()
        .fill(p.raised)
        .inner_margin(8)
        .corner_radius(theme::RADIUS)
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt("npm output")
                .max_height(OUTPUT)
                .stick_to_bottom(true)
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    for line in lines {
                        ui.label(RichText::new(line).font(theme::mono(theme::CODE_SMALL)));
                    }
                });
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_as_it_is_asked_for_is_installed() {
        let need = |name: &str, wanted: Option<&str>, source| Need {
            name: name.to_owned(),
            wanted: wanted.map(str::to_owned),
            required: true,
            source,
        };
        let there = |version: &str| Source::Installed(Some(version.to_owned()));
        let needs = [
            need("fs", None, Source::Core),
            need("axios", None, Source::StandIn),
            need("gone", Some("^1.0"), Source::Missing),
            need("old", Some("2.0.0"), there("1.0.0")),
            need("same", Some("2.0.0"), there("2.0.0")),
            need("range", Some("^2.0.0"), there("2.1.0")),
            need("free", None, there("1.0.0")),
        ];
        assert_eq!(absent(&needs), ["axios", "gone@^1.0", "old@2.0.0"]);
    }
}
