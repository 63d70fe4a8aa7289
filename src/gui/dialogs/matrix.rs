//! The matrix: the current hook over languages, connections and payload values, as a table of what each visitor would see.

use eframe::egui::{self, RichText, ScrollArea};

use super::{Ended, end_row, modal};
use crate::auth0::outcome::Tone;
use crate::gui::panes::primary;
use crate::gui::theme;
use crate::matrix::{MatrixHandle, Row};

/// Texts of a cell are cut here; the tooltip has the whole sentence.
const MOST_CHARS: usize = 60;

/// What the dialog holds while it is open.
pub struct Form {
    pub hook: String,
    /// Separated by commas.
    pub languages: String,
    pub connections: String,
    /// A path of the payload, and its values separated by commas.
    pub path: String,
    pub values: String,
    /// Names of the axes that ran.
    pub axes: Vec<String>,
    pub rows: Vec<Row>,
    /// Rows there will be.
    pub total: usize,
    pub running: bool,
    /// Messages of an older matrix are recognised by it.
    pub number: u64,
    pub handle: Option<MatrixHandle>,
    pub problem: Option<String>,
}

/// What is to be varied, each value a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub languages: Vec<String>,
    pub connections: Vec<String>,
    /// `path=value`, as the command line takes them.
    pub vary: Vec<String>,
}

impl Form {
    /// A dialog over a hook whose payload names this connection.
    pub fn new(hook: &str, connection: &str, languages: &str) -> Self {
        Self {
            hook: hook.to_owned(),
            languages: languages.to_owned(),
            connections: connection.to_owned(),
            path: String::new(),
            values: String::new(),
            axes: Vec::new(),
            rows: Vec::new(),
            total: 0,
            running: false,
            number: 0,
            handle: None,
            problem: None,
        }
    }

    fn order(&self) -> Order {
        let path = self.path.trim();
        Order {
            languages: parts(&self.languages),
            connections: parts(&self.connections),
            vary: parts(&self.values)
                .into_iter()
                .filter(|_| !path.is_empty())
                .map(|value| format!("{path}={value}"))
                .collect(),
        }
    }
}

impl Drop for Form {
    fn drop(&mut self) {
        if let Some(handle) = &self.handle {
            handle.stop();
        }
    }
}

fn parts(text: &str) -> Vec<String> {
    text.split(',')
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// Shows the dialog.
pub fn show(ctx: &egui::Context, form: &mut Form) -> Option<Ended> {
    let title = format!("What each visitor of {} sees", form.hook);
    modal(ctx, "matrix", &title, 760.0, |ui| {
        let p = theme::palette(ui.ctx());
        egui::Grid::new("matrix axes")
            .num_columns(2)
            .spacing([16.0, 8.0])
            .show(ui, |ui| {
                let field = |ui: &mut egui::Ui, name: &str, text: &mut String, hint: &str| {
                    let label = ui.label(name);
                    ui.add(
                        egui::TextEdit::singleline(text)
                            .hint_text(hint)
                            .desired_width(f32::INFINITY),
                    )
                    .labelled_by(label.id);
                    ui.end_row();
                };
                field(ui, "Languages", &mut form.languages, "en, de, fr");
                field(ui, "Connections", &mut form.connections, "Users, Partners");
                field(ui, "Value in the payload", &mut form.path, "user.email");
                field(
                    ui,
                    "Its values",
                    &mut form.values,
                    "a@example.com, b@example.org",
                );
            });
        ui.label(RichText::new("Every combination is run. Separate values with commas; an empty line varies nothing.").color(p.muted));
        if let Some(problem) = &form.problem {
            ui.label(RichText::new(problem).color(p.caution));
        }
        ui.add_space(theme::GAP);
        table(ui, form);
        ui.add_space(theme::GAP);
        end_row(ui, |ui| {
            let mut ended = None;
            if form.running {
                if ui
                    .add(egui::Button::new("Stop").min_size(egui::vec2(90.0, 30.0)))
                    .clicked()
                {
                    ended = Some(Ended::StopMatrix);
                }
                ui.label(
                    RichText::new(format!("{} of {}", form.rows.len(), form.total)).color(p.muted),
                );
            } else if primary(ui, "Run all", 90.0).clicked() {
                ended = Some(Ended::RunMatrix(form.order()));
            }
            if ui
                .add(egui::Button::new("Close").min_size(egui::vec2(80.0, 30.0)))
                .clicked()
            {
                ended = Some(Ended::Cancelled);
            }
            ended
        })
    })
}

fn table(ui: &mut egui::Ui, form: &Form) {
    if form.axes.is_empty() {
        return;
    }
    let p = theme::palette(ui.ctx());
    let height = (ui.ctx().content_rect().height() - 400.0).max(140.0);
    ScrollArea::both()
        .id_salt("matrix table")
        .max_height(height)
        .min_scrolled_height(height.min(240.0))
        .show(ui, |ui| {
            egui::Grid::new("matrix rows")
                .num_columns(form.axes.len() + 2)
                .spacing([22.0, 6.0])
                .striped(true)
                .show(ui, |ui| {
                    let head = |ui: &mut egui::Ui, text: &str| {
                        ui.label(
                            RichText::new(text)
                                .font(theme::bold(theme::SMALL))
                                .color(p.muted),
                        );
                    };
                    for axis in &form.axes {
                        head(ui, axis);
                    }
                    head(ui, "outcome");
                    head(ui, "the visitor reads");
                    ui.end_row();
                    for row in &form.rows {
                        for value in row.values.values() {
                            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                            ui.label(RichText::new(cut(&text)).font(theme::mono(theme::CODE_SMALL)));
                        }
                        let ink = match row.sight.tone {
                            Tone::Good => p.good,
                            Tone::Bad => p.bad,
                            Tone::Caution => p.caution,
                        };
                        ui.label(RichText::new(&row.sight.kind).color(ink))
                            .on_hover_text(&row.sight.summary);
                        let (text, ink) = match &row.sight.new_universal_login {
                            Some(text) => (cut(text), p.text),
                            None if row.sight.general_text => {
                                ("Auth0's own general text".to_owned(), p.muted)
                            }
                            None => ("goes on".to_owned(), p.muted),
                        };
                        ui.label(RichText::new(text).color(ink))
                            .on_hover_text("Under New Universal Login. Classic Universal Login shows Auth0's own general text.");
                        ui.end_row();
                    }
                });
        });
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
