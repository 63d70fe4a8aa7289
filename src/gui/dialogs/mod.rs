//! The dialogs, one file each. Only one is open at a time; Escape closes it without effect.

pub mod close;
pub mod diff;
pub mod differences;
pub mod matrix;
pub mod mocks;
pub mod modules;
pub mod native;
pub mod network;
pub mod new_hook;
pub mod palette;
pub mod secrets;
pub mod settings;
pub mod shortcuts;
pub mod storage;
pub mod tenant;
pub mod versions;

use eframe::egui::{self, RichText, Ui};

use super::commands::Command;
use super::documents::DocId;
use super::theme;

/// Space around a dialog's content, in points.
const MARGIN: i8 = 20;
/// Height of the row of buttons, in points.
const ROW: f32 = 30.0;

/// The dialog that is open.
pub enum Dialog {
    NewHook(new_hook::Form),
    Secrets(secrets::Form),
    Settings,
    Shortcuts(shortcuts::Form),
    Differences,
    Close(close::Question),
    Versions(versions::List),
    Diff(Box<diff::View>),
    Mocks(Box<mocks::Form>),
    Tenant(Box<tenant::Form>),
    Network(network::Form),
    Matrix(matrix::Form),
    Storage(Box<storage::Form>),
    Modules(Box<modules::Form>),
    Palette(palette::Search),
}

/// How a dialog ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    Cancelled,
    /// Carry a command out.
    Perform(Command),
    /// Put the cursor of the code there; both are 1-based.
    GoTo {
        line: u32,
        column: u32,
    },
    Create(new_hook::Order),
    ChooseFolder,
    KeepSecrets(secrets::Order),
    ChooseSecretsFile,
    KeepMocks(mocks::Order),
    ChooseMocksFile,
    SaveMocksFile,
    KeepTenant(tenant::Order),
    KeepNetwork(network::Order),
    RunMatrix(matrix::Order),
    StopMatrix,
    /// Keep this text as the document of a hook; nothing forgets it.
    KeepStorage(DocId, Option<String>),
    /// Change the packages of a hook; the dialog stays open.
    Modules(DocId, modules::Order),
    SaveAllAndClose,
    DiscardAndClose,
    /// Put a kept version of a hook back into its pane, by the version's id.
    BringBack(DocId, String),
    /// Show what became of such a version since.
    CompareVersion(DocId, String),
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
    let style = ctx.style_of(ctx.theme());
    let frame = egui::Frame::popup(&style).inner_margin(egui::Margin::same(MARGIN));
    let modal = egui::Modal::new(egui::Id::unique(id)).frame(frame);
    let response = modal.show(ctx, |ui| {
        ui.set_width(width.min(screen.width() - 96.0));
        let p = theme::palette(ui.ctx());
        ui.label(
            RichText::new(title)
                .font(theme::bold(theme::TITLE))
                .color(p.text),
        );
        ui.add_space(theme::GAP);
        let most = (screen.height() - 150.0).max(120.0);
        egui::ScrollArea::vertical()
            .max_height(most)
            .min_scrolled_height(most)
            .show(ui, content)
            .inner
    });
    if response.inner.is_some() {
        return response.inner;
    }
    // Escape ends a dialog; a click beside it does not, for what was typed would be gone.
    let escaped = response.is_top_modal
        && !response.any_popup_open
        && ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
    escaped.then_some(Ended::Cancelled)
}

/// A dialog's last row, laid out from the right.
pub fn end_row<T>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> T) -> T {
    // A height of its own: a right-to-left row would else take all that is left of the screen.
    let size = egui::vec2(ui.available_width(), ROW);
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, content).inner
}

/// The row of buttons at a dialog's end; the one to press next stands at the right.
pub fn buttons(ui: &mut Ui, confirm: &str, enabled: bool) -> Option<bool> {
    let mut pressed = None;
    ui.add_space(theme::GAP);
    end_row(ui, |ui| {
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
