//! The dialogs, one file each. Only one is open at a time; Escape closes it without effect.

pub mod close;
pub mod native;
pub mod new_hook;
pub mod secrets;
pub mod settings;
pub mod shortcuts;

use eframe::egui::{self, RichText, Ui};

use super::theme;

/// The dialog that is open.
pub enum Dialog {
    NewHook(new_hook::Form),
    Secrets(secrets::Form),
    Settings,
    Shortcuts,
    Close(close::Question),
}

/// How a dialog ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    Cancelled,
    Create(new_hook::Order),
    ChooseFolder,
    KeepSecrets(secrets::Order),
    ChooseSecretsFile,
    SaveAllAndClose,
    DiscardAndClose,
}

/// Shows `content` in the middle of the window, over a veil; `None` while it is open.
pub fn modal(
    ctx: &egui::Context,
    id: &str,
    title: &str,
    width: f32,
    content: impl FnOnce(&mut Ui) -> Option<Ended>,
) -> Option<Ended> {
    let screen = ctx.content_rect();
    let response = egui::Modal::new(egui::Id::unique(id)).show(ctx, |ui| {
        ui.set_width(width.min(screen.width() - 48.0));
        let p = theme::palette(ui.ctx());
        ui.label(
            RichText::new(title)
                .font(theme::bold(theme::TITLE))
                .color(p.text),
        );
        ui.add_space(theme::GAP);
        egui::ScrollArea::vertical()
            .max_height(screen.height() - 120.0)
            .show(ui, content)
            .inner
    });
    if response.inner.is_some() {
        return response.inner;
    }
    response.should_close().then_some(Ended::Cancelled)
}

/// The row of buttons at a dialog's end; the one to press next stands at the right.
pub fn buttons(ui: &mut Ui, confirm: &str, enabled: bool) -> Option<bool> {
    let mut pressed = None;
    ui.add_space(theme::GAP);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.add_enabled_ui(enabled, |ui| {
            if super::panes::primary(ui, confirm, 90.0).clicked() {
                pressed = Some(true);
            }
        });
        if ui
            .add(egui::Button::new("Cancel").min_size(egui::vec2(80.0, 30.0)))
            .clicked()
        {
            pressed = Some(false);
        }
    });
    pressed
}
