//! Where the panes stand in the window, and which of them give way in a small one.

use eframe::egui::{self, Ui};

use super::app::{HookbenchApp, folder_name};
use super::lower::{Counts, LowerTab};
use super::panes::{self, runner, sidebar};
use super::theme;

/// Under these widths, in points, the hooks fold to a rail and the code yields to the Runner.
const RAIL_BELOW: f32 = 1_100.0;
/// Under this height the logs fold.
const FOLD_LOGS_BELOW: f32 = 560.0;

impl HookbenchApp {
    pub(super) fn bars(&mut self, ui: &mut Ui, actions: &mut Vec<panes::Action>) {
        let p = theme::palette(ui.ctx());
        let bar = egui::Frame::new()
            .fill(p.surface)
            .inner_margin(egui::Margin::symmetric(10, 0));
        let workspace = self.workspace.as_ref().map(|w| folder_name(&w.root));
        // The sign-up has its own title and buttons.
        let current = self.current.filter(|_| !self.flow_shown());
        egui::Panel::top("top bar")
            .exact_size(44.0)
            .resizable(false)
            .frame(bar)
            .show(ui, |ui| {
                let shown = panes::topbar::Bar {
                    workspace: workspace.as_deref(),
                    logs_shown: self.settings.panes.logs_shown && !self.logs_folded(),
                    runner_shown: self.settings.panes.runner_shown,
                    recent: &self.settings.recent,
                    hosts: &self.settings.allowed_hosts,
                    presenting: self.presenting,
                };
                let doc = self
                    .documents
                    .iter_mut()
                    .find(|doc| Some(doc.id) == current);
                actions.extend(panes::topbar::show(ui, &shown, doc));
            });
        // It names files and paths; in a presentation only what went wrong is worth that.
        let told = self.status.as_ref().is_some_and(|status| status.bad);
        if self.presenting && !told {
            return;
        }
        egui::Panel::bottom("status bar")
            .exact_size(26.0)
            .resizable(false)
            .frame(bar)
            .show(ui, |ui| {
                let doc = self
                    .documents
                    .iter_mut()
                    .find(|doc| Some(doc.id) == current);
                panes::statusbar::show(
                    ui,
                    doc,
                    self.status.as_ref(),
                    self.supervisor.protections(),
                );
            });
    }

    fn logs_folded(&self) -> bool {
        self.low && !self.logs_forced
    }

    pub(super) fn side_panes(&mut self, ui: &mut Ui, actions: &mut Vec<panes::Action>) {
        let p = theme::palette(ui.ctx());
        let size = ui.ctx().content_rect().size();
        self.narrow = size.x < RAIL_BELOW;
        self.low = size.y < FOLD_LOGS_BELOW;
        if !self.narrow {
            self.sidebar_forced = false;
        }
        if !self.low {
            self.logs_forced = false;
        }
        let pane = egui::Frame::new()
            .fill(p.pane)
            .inner_margin(egui::Margin::symmetric(14, 0));
        let has_doc = self.current.is_some();
        let wide = self.settings.panes.sidebar_shown && (!self.narrow || self.sidebar_forced);
        let listed = (has_doc || self.workspace.is_some()) && !self.presenting;
        let flow_shown = self.flow_shown();
        let sign_up = self.flow.as_ref().map(|flow| flow.shown);
        if wide && listed {
            let shown = egui::Panel::left("hooks")
                .resizable(true)
                .default_size(self.settings.panes.sidebar_width)
                .size_range(150.0..=420.0)
                .frame(pane)
                .show(ui, |ui| {
                    actions.extend(sidebar::show(
                        ui,
                        self.workspace.as_ref(),
                        &mut self.documents,
                        self.current.filter(|_| !flow_shown),
                        sign_up,
                    ));
                });
            self.settings.panes.sidebar_width = shown.response.rect.width().round();
        } else if listed {
            egui::Panel::left("hooks rail")
                .exact_size(sidebar::RAIL)
                .resizable(false)
                .frame(egui::Frame::new().fill(p.pane))
                .show(ui, |ui| actions.extend(sidebar::rail(ui)));
        }
        let runner_shown = self.settings.panes.runner_shown || self.presenting;
        if has_doc && runner_shown && !self.flow_shown() {
            let current = self.current;
            // The code keeps a strip however narrow the window is.
            let beside = if self.presenting {
                ui.available_width() / 2.0
            } else {
                220.0
            };
            let most = (ui.available_width() - beside).max(runner::LEAST_WIDTH);
            let shown = egui::Panel::right("runner")
                .resizable(true)
                .default_size(self.settings.panes.runner_width.min(most))
                .size_range(runner::LEAST_WIDTH.min(most)..=most)
                .frame(pane)
                .show(ui, |ui| {
                    let Self {
                        documents,
                        settings,
                        view,
                        presenting,
                        ..
                    } = self;
                    if let Some(doc) = documents.iter_mut().find(|doc| Some(doc.id) == current) {
                        actions.extend(runner::show(ui, doc, settings, view, *presenting));
                    }
                });
            if !self.narrow && !self.presenting {
                self.settings.panes.runner_width = shown.response.rect.width().round();
            }
        }
    }

    pub(super) fn middle(&mut self, ui: &mut Ui, actions: &mut Vec<panes::Action>) {
        let p = theme::palette(ui.ctx());
        let current = self.current;
        let flow_shown = self.flow_shown();
        let logs_shown = self.settings.panes.logs_shown && !self.logs_folded() && !self.presenting;
        if current.is_some() && logs_shown && !flow_shown {
            let most = (ui.available_height() - 120.0).max(80.0);
            let shown = egui::Panel::bottom("logs")
                .resizable(true)
                .default_size(self.settings.panes.logs_height.min(most))
                .size_range(70.0..=most)
                .frame(
                    egui::Frame::new()
                        .fill(p.surface)
                        .inner_margin(egui::Margin::symmetric(12, 6)),
                )
                .show(ui, |ui| {
                    // The panel is as high as it was made, however few lines there are.
                    ui.set_min_size(ui.available_size());
                    let doc = self
                        .documents
                        .iter_mut()
                        .find(|doc| Some(doc.id) == current);
                    actions.extend(match self.lower {
                        LowerTab::Logs => {
                            let counts = doc.as_deref().map(Counts::of).unwrap_or_default();
                            panes::logs::show(
                                ui,
                                &mut self.logs,
                                &mut self.settings.autoscroll,
                                (&mut self.lower, counts),
                            )
                        }
                        LowerTab::Http => panes::http::show(ui, doc, &mut self.lower),
                        LowerTab::Problems => {
                            panes::problems::show(ui, doc.as_deref(), &mut self.lower)
                        }
                    });
                });
            self.settings.panes.logs_height = shown.response.rect.height().round();
        }
        egui::CentralPanel::default()
            .frame(egui::Frame::new().fill(p.surface))
            .show(ui, |ui| {
                if let Some(flow) = self.flow.as_mut().filter(|flow| flow.shown) {
                    let folder = self.workspace.as_ref().map(|w| folder_name(&w.root));
                    let folder = folder.unwrap_or_default();
                    actions.extend(panes::flow::show(
                        ui,
                        flow,
                        &folder,
                        (&mut self.view, self.settings.wrap_lines),
                    ));
                    return;
                }
                let drafts = self.drafts.len();
                self.tidy_split();
                if self.documents.len() > 1 && current.is_some() && !self.presenting {
                    actions.extend(panes::tabs::show(ui, &mut self.documents, current));
                }
                match current {
                    Some(current) => {
                        if drafts > 0 {
                            panes::welcome::recovery(ui, drafts, actions);
                        }
                        if self.settings.run_note_shown && !self.presenting {
                            panes::code::run_note(ui, actions);
                        }
                        self.show_code(ui, current, actions);
                    }
                    None => actions.extend(panes::welcome::show(
                        ui,
                        &self.settings,
                        drafts,
                        self.status.as_ref(),
                    )),
                }
            });
    }
}
