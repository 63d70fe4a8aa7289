//! The tabs of the lower pane.

use eframe::egui::Ui;

use super::app::HookbenchApp;
use super::documents::Document;
use super::panes::tab;

/// Which of them is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LowerTab {
    #[default]
    Logs,
    Http,
    Problems,
}

/// What the tabs count of the hook that is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// HTTP calls of the run.
    pub calls: usize,
    /// Errors and warnings of code and payload.
    pub problems: usize,
}

impl Counts {
    /// Of a hook.
    pub fn of(doc: &Document) -> Self {
        Self {
            calls: doc.calls(),
            problems: doc.code.problem_count() + doc.body.problems().count(),
        }
    }
}

/// The row of tabs.
pub fn tabs(ui: &mut Ui, current: &mut LowerTab, counts: Counts) {
    ui.spacing_mut().item_spacing.x = 13.0;
    let Counts { calls, problems } = counts;
    for (shown, text) in [
        (LowerTab::Logs, "Logs".to_owned()),
        (LowerTab::Http, format!("HTTP {calls}")),
        (LowerTab::Problems, format!("Problems {problems}")),
    ] {
        if tab(ui, *current == shown, &text).clicked() {
            *current = shown;
        }
    }
}

impl HookbenchApp {
    /// Shows a tab, or the logs again where it is shown already.
    pub(super) fn show_lower(&mut self, tab: LowerTab) {
        let shown = self.settings.panes.logs_shown && self.lower == tab;
        self.settings.panes.logs_shown = true;
        self.logs_forced = true;
        self.lower = if shown { LowerTab::Logs } else { tab };
    }
}
