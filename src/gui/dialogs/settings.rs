//! Settings: theme, font, size, and the limits of a run. Changes hold at once.

use eframe::egui::{self, RichText};

use super::{Ended, end_row, modal};
use crate::auth0::limits;
use crate::gui::panes::primary;
use crate::gui::theme;
use crate::workspace::settings::{Settings, ThemeChoice};

/// What the built-in font is called.
const BUILT_IN: &str = "Built in";
const READING: &str = "Reading what is installed…";
const NO_FONTS: &str = "No other monospaced font is installed.";
/// Width of the list of fonts, in points.
const LIST: f32 = 220.0;
/// Letters that are easily taken for each other.
const SAMPLE: &str = "if (l1 !== O0) { cb(null, `{}`); }";

/// Shows the dialog over `settings`. `families` are the monospaced fonts that are installed, once they are known.
pub fn show(
    ctx: &egui::Context,
    settings: &mut Settings,
    families: Option<&[String]>,
) -> Option<Ended> {
    modal(ctx, "settings", "Settings", 420.0, |ui| {
        let p = theme::palette(ui.ctx());
        egui::Grid::new("settings")
            .num_columns(2)
            .spacing([24.0, 10.0])
            .show(ui, |ui| {
                ui.label("Theme");
                ui.horizontal(|ui| {
                    for (choice, text) in [
                        (ThemeChoice::System, "System"),
                        (ThemeChoice::Light, "Light"),
                        (ThemeChoice::Dark, "Dark"),
                    ] {
                        ui.selectable_value(&mut settings.theme, choice, text);
                    }
                });
                ui.end_row();

                ui.label("Contrast");
                ui.checkbox(&mut settings.high_contrast, "High contrast");
                ui.end_row();

                let label = ui.label("Size");
                let mut percent = settings.zoom * 100.0;
                ui.add(
                    egui::Slider::new(&mut percent, 50.0..=300.0)
                        .step_by(10.0)
                        .suffix(" %")
                        // The window would grow under the pointer while the slider is dragged.
                        .update_while_editing(false),
                )
                .labelled_by(label.id);
                settings.zoom = percent / 100.0;
                ui.end_row();

                let label = ui.label("Code font");
                ui.vertical(|ui| {
                    font(ui, &mut settings.code_font, families, label.id);
                    let sample = RichText::new(SAMPLE).font(theme::mono(theme::CODE));
                    ui.label(sample.color(p.muted));
                });
                ui.end_row();

                let label = ui.label("Code size");
                ui.add(
                    egui::DragValue::new(&mut settings.code_size)
                        .range(8.0..=40.0)
                        .speed(0.25)
                        .fixed_decimals(0)
                        .suffix(" pt"),
                )
                .labelled_by(label.id);
                ui.end_row();

                ui.label("Long lines");
                ui.checkbox(&mut settings.wrap_lines, "Wrap long lines");
                ui.end_row();

                ui.label("Saving");
                ui.checkbox(&mut settings.tidy_on_save, "Tidy changed lines")
                    .on_hover_text(
                        "Takes blanks off the ends of the lines that were changed, and ends the last line of the file if it was. Other lines stay as they are.",
                    );
                ui.end_row();

                let label = ui.label("Time limit");
                ui.add(
                    egui::DragValue::new(&mut settings.time_limit_s)
                        .range(1..=3600)
                        .suffix(" s"),
                )
                .labelled_by(label.id);
                ui.end_row();

                let label = ui.label("Processor time");
                ui.add(
                    egui::DragValue::new(&mut settings.cpu_limit_s)
                        .range(1..=3600)
                        .suffix(" s"),
                )
                .labelled_by(label.id);
                ui.end_row();

                let label = ui.label("Memory limit");
                ui.add(
                    egui::DragValue::new(&mut settings.memory_mib)
                        .range(32..=16_384)
                        .speed(8)
                        .suffix(" MiB"),
                )
                .labelled_by(label.id);
                ui.end_row();
            });
        ui.label(
            RichText::new(format!(
                "Auth0 ends a hook after {} s; it publishes no limit of processor time or memory.",
                limits::TIME_LIMIT.as_secs()
            ))
            .color(p.muted),
        );
        ui.add_space(theme::GAP);
        let done = end_row(ui, |ui| primary(ui, "Done", 90.0).clicked());
        done.then_some(Ended::Cancelled)
    })
}

/// The list of fonts; the choice stays while it is not known what is installed, and where it no longer is.
fn font(ui: &mut egui::Ui, chosen: &mut String, families: Option<&[String]>, label: egui::Id) {
    let p = theme::palette(ui.ctx());
    let shown = if chosen.is_empty() {
        BUILT_IN
    } else {
        chosen.as_str()
    };
    let list = egui::ComboBox::from_id_salt("code font")
        .width(LIST)
        .selected_text(shown)
        .show_ui(ui, |ui| {
            let mut offered = vec![String::new()];
            offered.extend(families.unwrap_or_default().iter().cloned());
            if !offered.contains(chosen) {
                offered.push(chosen.clone());
            }
            for family in offered {
                let known = families.is_none_or(|all| family.is_empty() || all.contains(&family));
                let text = match family.as_str() {
                    "" => BUILT_IN.to_owned(),
                    name if known => name.to_owned(),
                    name => format!("{name} (not installed)"),
                };
                ui.selectable_value(chosen, family, text);
            }
            match families {
                None => {
                    ui.label(RichText::new(READING).color(p.muted));
                }
                Some([]) => {
                    ui.label(RichText::new(NO_FONTS).color(p.muted));
                }
                Some(_) => {}
            }
        });
    list.response.labelled_by(label);
}
