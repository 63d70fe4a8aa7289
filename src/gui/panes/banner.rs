//! The strip above the code that asks for a decision or tells of a failure.

use eframe::egui::{self, RichText, Ui};

use super::{Action, link};
use crate::gui::commands::Command;
use crate::gui::documents::Banner;
use crate::gui::icons::{self, Icon, Look};
use crate::gui::theme;

/// Room for the button at the right, in points.
const DISMISS: f32 = 36.0;

/// Shows `banner` across the pane.
pub fn show(ui: &mut Ui, name: &str, banner: &Banner) -> Vec<Action> {
    let mut actions = Vec::new();
    let p = theme::palette(ui.ctx());
    let (ink, fill) = match banner {
        Banner::SaveFailed(_) | Banner::Body(_) => (p.bad, p.bad_surface),
        Banner::Conflict { .. } | Banner::Gone | Banner::Note(_) => (p.caution, p.caution_surface),
    };
    let frame = egui::Frame::new()
        .fill(fill)
        .inner_margin(egui::Margin::symmetric(12, 6));
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal_top(|ui| {
            let width = ui.available_width() - DISMISS;
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.add(egui::Label::new(RichText::new(text(name, banner)).color(ink)).wrap());
            });
            if icons::button(ui, Icon::Close, "Dismiss", "Hide this message", Look::Plain).clicked()
            {
                actions.push(Action::DismissBanner);
            }
        });
        if !matches!(banner, Banner::Note(_)) {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 16.0;
                buttons(ui, banner, &mut actions);
            });
        }
    });
    actions
}

fn buttons(ui: &mut Ui, banner: &Banner, actions: &mut Vec<Action>) {
    match banner {
        Banner::Conflict { .. } => {
            if link(ui, "Keep mine")
                .on_hover_text("Keep the edits here; the next save overwrites the file, whose version is kept.")
                .clicked()
            {
                actions.push(Action::KeepMine);
            }
            if link(ui, "Load the file")
                .on_hover_text("Take the file's text over; Undo brings your edits back.")
                .clicked()
            {
                actions.push(Action::ReloadFromDisk);
            }
        }
        Banner::Gone => {
            if link(ui, "Save it again")
                .on_hover_text("Write the file anew from what stands here.")
                .clicked()
            {
                actions.push(Action::KeepMine);
                actions.push(Action::Do(Command::Save));
            }
        }
        Banner::SaveFailed(_) => {
            if link(ui, "Save as…").clicked() {
                actions.push(Action::Do(Command::SaveAs));
            }
            if link(ui, "Try again").clicked() {
                actions.push(Action::Do(Command::Save));
            }
        }
        Banner::Body(problem) => {
            if link(ui, "Show the place").clicked() {
                actions.push(Action::GoToBody(problem.clone()));
            }
        }
        Banner::Note(_) => {}
    }
}

fn text(name: &str, banner: &Banner) -> String {
    match banner {
        Banner::Conflict { text, .. } => text.clone(),
        Banner::Gone => format!("The file of {name} is gone from disk. Its text is still here."),
        Banner::SaveFailed(text) => format!("{text} Your edits are still here."),
        Banner::Body(problem) => format!(
            "Not run: {} is not JSON at line {}, column {}. {}",
            if problem.pane == "body" {
                "the body"
            } else {
                problem.pane
            },
            problem.problem.line,
            problem.problem.column,
            problem.problem.message
        ),
        Banner::Note(text) => text.clone(),
    }
}
