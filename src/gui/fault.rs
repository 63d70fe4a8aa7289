//! A fault of Hookbench's own: caught at the edge of a frame, so that it costs the window and not the edits.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use eframe::egui::{self, RichText, Ui, ViewportCommand};

use super::app::HookbenchApp;
use super::panes::primary;
use super::theme;

/// The widest that the text becomes, in points.
const WIDTH: f32 = 560.0;

impl HookbenchApp {
    /// Does a part of a frame. If it panics, unsaved edits are kept at once, and from then on the window says so alone:
    /// what it holds may be half changed.
    pub(super) fn guarded(&mut self, part: impl FnOnce(&mut Self)) {
        if self.fault.is_some() {
            return;
        }
        if let Err(fault) = catch_unwind(AssertUnwindSafe(|| part(self))) {
            self.fault = Some(text_of(fault.as_ref()));
            // A second fault while the edits are kept must not keep the first from being told.
            let _ = catch_unwind(AssertUnwindSafe(|| self.shut_down()));
        }
    }

    /// What is shown in place of everything else after a fault.
    pub(super) fn show_fault(&self, ui: &mut Ui) {
        let Some(fault) = &self.fault else { return };
        let p = theme::palette(ui.ctx());
        let report = format!(
            "Hookbench {} on {}\n{fault}",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS
        );
        let frame = egui::Frame::new().fill(p.surface).inner_margin(32);
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            ui.set_max_width(WIDTH);
            ui.add_space(theme::GAP);
            ui.label(
                RichText::new("Hookbench met a fault of its own")
                    .font(theme::bold(theme::TITLE))
                    .color(p.text),
            );
            ui.add_space(theme::GAP);
            ui.label("Your unsaved edits were kept and are offered at the next start. Saved files are as they were.");
            ui.label("Close this window and start Hookbench again. Please report the fault with this text:");
            ui.add_space(theme::GAP);
            egui::Frame::new()
                .fill(p.raised)
                .inner_margin(12)
                .corner_radius(theme::RADIUS)
                .show(ui, |ui| {
                    ui.set_width(ui.available_width().min(WIDTH));
                    ui.label(RichText::new(&report).monospace());
                });
            ui.add_space(2.0 * theme::GAP);
            ui.horizontal(|ui| {
                if primary(ui, "Close", 90.0).clicked() {
                    ui.ctx().send_viewport_cmd(ViewportCommand::Close);
                }
                if ui.button("Copy the text").clicked() {
                    ui.ctx().copy_text(report.clone());
                }
            });
        });
    }
}

fn text_of(fault: &(dyn Any + Send)) -> String {
    fault
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| fault.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a fault without words".to_owned())
}
