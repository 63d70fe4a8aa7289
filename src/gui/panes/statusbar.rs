//! The bar at the bottom: size out of 100 kB at the left, cursor and file facts at the right.

use eframe::egui::{self, Align, Layout, RichText, Ui};

use crate::auth0::limits;
use crate::gui::documents::Document;
use crate::gui::theme;
use crate::runner::platform::Protections;
use crate::workspace::text_file::LineEnding;

/// The last thing worth telling, with whether it is bad news.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    pub text: String,
    pub bad: bool,
    /// It is not about a hook, and stays when one is opened.
    pub lasting: bool,
}

/// Shows the bar.
pub fn show(
    ui: &mut Ui,
    doc: Option<&mut Document>,
    status: Option<&Status>,
    protections: Option<Protections>,
) {
    let p = theme::palette(ui.ctx());
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        if let Some(doc) = doc {
            let bytes = doc.code.len_bytes();
            let over = bytes > limits::CODE_BYTES;
            let size = RichText::new(limits::code_size_text(bytes))
                .small()
                .color(if over { p.bad } else { p.muted });
            ui.label(size).on_hover_text(if over {
                "Auth0 took no more than 100 kB of code. It runs here all the same."
            } else {
                "The size of the code; Auth0 took up to 100 kB."
            });
            if let Some(protections) = protections {
                sandbox(ui, protections);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 16.0;
                let ending = match doc.line_ending {
                    LineEnding::Lf => "LF",
                    LineEnding::CrLf => "CRLF",
                    LineEnding::Mixed => "mixed line ends",
                };
                ui.label(RichText::new(ending).small().color(p.muted));
                let encoding = if doc.bom { "UTF-8 with BOM" } else { "UTF-8" };
                ui.label(RichText::new(encoding).small().color(p.muted));
                let (line, column) = doc.code.cursor();
                let within = doc.symbols_around(line);
                let selected = doc.code.selection().len();
                let mut text = format!("ln {line}, col {column}");
                if selected > 0 {
                    text.push_str(&format!(" ({selected} selected)"));
                }
                ui.label(RichText::new(text).small().color(p.muted));
                if !within.is_empty() {
                    let text = RichText::new(within.join(" › ")).small().color(p.muted);
                    ui.add(egui::Label::new(text).truncate())
                        .on_hover_text("The functions around the cursor");
                }
                message(ui, status);
            });
        } else {
            message(ui, status);
        }
    });
}

/// What the system holds hook code in with, in a few words; all of it on hover.
fn sandbox(ui: &mut Ui, protections: Protections) {
    let p = theme::palette(ui.ctx());
    let held = [
        ("files", protections.files),
        ("network", protections.sockets),
        ("processes", protections.processes),
    ];
    let closed: Vec<&str> = held
        .iter()
        .filter(|(_, held)| *held)
        .map(|(name, _)| *name)
        .collect();
    let (text, ink) = if closed.len() == held.len() {
        (format!("Sandbox: {} closed", closed.join(", ")), p.muted)
    } else if closed.is_empty() {
        ("Sandbox: the engine alone".to_owned(), p.caution)
    } else {
        (
            format!("Sandbox: only {} closed", closed.join(", ")),
            p.caution,
        )
    };
    ui.label(RichText::new(text).small().color(ink))
        .on_hover_ui(|ui| {
            ui.label("The engine gives hook code no way out of its process. Around that process the system adds:");
            egui::Grid::new("protections")
                .num_columns(2)
                .spacing([2.0 * theme::GAP, theme::GAP_SMALL])
                .show(ui, |ui| {
                    for (name, held) in protections.list() {
                        let (word, ink) = if held {
                            ("held by the system", p.good)
                        } else {
                            ("not held on this system", p.caution)
                        };
                        ui.label(name);
                        ui.label(RichText::new(word).color(ink));
                        ui.end_row();
                    }
                });
        });
}

fn message(ui: &mut Ui, status: Option<&Status>) {
    let p = theme::palette(ui.ctx());
    if let Some(status) = status {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let ink = if status.bad { p.bad } else { p.muted };
            ui.add(egui::Label::new(RichText::new(&status.text).small().color(ink)).truncate())
                .on_hover_text(&status.text);
        });
    }
}
