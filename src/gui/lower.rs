//! The tabs of the lower pane.

use eframe::egui::Ui;

use super::panes::tab;

/// Which of them is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LowerTab {
    #[default]
    Logs,
    Http,
}

/// The row of tabs; the HTTP tab counts the calls of the run that is shown.
pub fn tabs(ui: &mut Ui, current: &mut LowerTab, calls: usize) {
    ui.spacing_mut().item_spacing.x = 13.0;
    if tab(ui, *current == LowerTab::Logs, "Logs").clicked() {
        *current = LowerTab::Logs;
    }
    if tab(ui, *current == LowerTab::Http, &format!("HTTP {calls}")).clicked() {
        *current = LowerTab::Http;
    }
}
