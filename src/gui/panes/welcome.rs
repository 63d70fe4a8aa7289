//! What the window shows with nothing open: New, Open, the recent files, and the gallery.

use eframe::egui::{
    self, Align, CornerRadius, Layout, RichText, ScrollArea, Sense, Stroke, Ui, vec2,
};

use super::statusbar::Status;
use super::{Action, heading, link, primary};
use crate::auth0::gallery::{GALLERY, GalleryItem};
use crate::gui::commands::Command;
use crate::gui::icons::{self, Icon, Look};
use crate::gui::theme;
use crate::workspace::settings::Settings;

const TAGLINE: &str = "Write, run and demonstrate Auth0 Hooks, offline.";
const CARD: f32 = 250.0;

/// Shows the pane.
pub fn show(
    ui: &mut Ui,
    settings: &Settings,
    drafts: usize,
    status: Option<&Status>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let p = theme::palette(ui.ctx());
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let width = (ui.available_width() - 2.0 * 28.0).clamp(220.0, 830.0);
        let left = ((ui.available_width() - width) / 2.0).max(0.0);
        ui.horizontal_top(|ui| {
            ui.add_space(left);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.add_space(28.0);
                ui.label(
                    RichText::new("Hookbench")
                        .font(theme::bold(26.0))
                        .color(p.text),
                );
                ui.label(RichText::new(TAGLINE).color(p.muted));
                ui.add_space(theme::PANE);
                if drafts > 0 {
                    recovery(ui, drafts, &mut actions);
                }
                if let Some(status) = status.filter(|status| status.bad) {
                    failure(ui, &status.text);
                }
                start(ui, &mut actions);
                ui.add_space(theme::PANE);
                recent(ui, settings, &mut actions);
                heading(ui, "Start from an example");
                ui.add_space(theme::GAP_SMALL);
                gallery(ui, &mut actions);
                ui.add_space(28.0);
            });
        });
    });
    actions
}

/// The ground of a message on this pane.
fn strip(fill: egui::Color32) -> egui::Frame {
    egui::Frame::new()
        .fill(fill)
        .corner_radius(CornerRadius::same(theme::RADIUS))
        .inner_margin(egui::Margin::symmetric(12, 8))
}

/// What could not be opened, where the eye is: the status bar alone is easily missed.
fn failure(ui: &mut Ui, text: &str) {
    let p = theme::palette(ui.ctx());
    strip(p.bad_surface).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.add(egui::Label::new(RichText::new(text).color(p.bad)).wrap());
    });
    ui.add_space(theme::GAP);
}

/// The offer to bring unsaved edits of an earlier session back.
pub fn recovery(ui: &mut Ui, drafts: usize, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    strip(p.caution_surface).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let text = if drafts == 1 {
                "Hookbench ended with unsaved edits in one hook.".to_owned()
            } else {
                format!("Hookbench ended with unsaved edits in {drafts} hooks.")
            };
            ui.label(RichText::new(text).color(p.caution));
            if link(ui, "Bring them back").clicked() {
                actions.push(Action::RecoverDrafts);
            }
            if link(ui, "Discard them").clicked() {
                actions.push(Action::DiscardDrafts);
            }
        });
    });
    ui.add_space(theme::GAP);
}

fn start(ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        if primary(ui, "New hook…", 120.0)
            .on_hover_text(Command::NewHook.describe())
            .clicked()
        {
            actions.push(Action::Do(Command::NewHook));
        }
        for command in [Command::OpenFile, Command::OpenFolder] {
            let keys = command.shortcut_text(ui.ctx());
            if ui
                .add(egui::Button::new(command.label()).min_size(vec2(110.0, 30.0)))
                .on_hover_text(format!("{} ({keys})", command.describe()))
                .clicked()
            {
                actions.push(Action::Do(command));
            }
        }
    });
    let p = theme::palette(ui.ctx());
    ui.label(
        RichText::new("Or drop a .js file or a folder onto this window.")
            .small()
            .color(p.muted),
    );
}

fn recent(ui: &mut Ui, settings: &Settings, actions: &mut Vec<Action>) {
    if settings.recent.is_empty() {
        return;
    }
    let p = theme::palette(ui.ctx());
    heading(ui, "Recent");
    for path in settings.recent.iter().take(6) {
        ui.horizontal(|ui| {
            let name = path.file_name().map_or_else(
                || path.display().to_string(),
                |name| name.to_string_lossy().into_owned(),
            );
            if link(ui, &name)
                .on_hover_text(path.display().to_string())
                .clicked()
            {
                actions.push(Action::OpenPath(path.clone()));
            }
            let folder = path
                .parent()
                .map(|parent| parent.display().to_string())
                .unwrap_or_default();
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icons::button(
                    ui,
                    Icon::Close,
                    &format!("Forget {name}"),
                    "Take it off this list; the file stays",
                    Look::Plain,
                )
                .clicked()
                {
                    actions.push(Action::ForgetRecent(path.clone()));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(RichText::new(folder).color(p.muted)).truncate());
                });
            });
        });
    }
    ui.add_space(theme::PANE);
}

fn gallery(ui: &mut Ui, actions: &mut Vec<Action>) {
    let gap = 10.0;
    let columns = ((ui.available_width() + gap) / (CARD + gap))
        .floor()
        .max(1.0);
    let width = (ui.available_width() - gap * (columns - 1.0)) / columns;
    for row in GALLERY.chunks(columns as usize) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for item in row {
                if card(ui, item, width).clicked() {
                    actions.push(Action::Gallery(item.id));
                }
            }
        });
        ui.add_space(4.0);
    }
}

fn card(ui: &mut Ui, item: &GalleryItem, width: f32) -> egui::Response {
    let p = theme::palette(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(width, 92.0), Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::Role::Button,
            true,
            format!("{}: {}", item.title, item.point.name()),
        )
    });
    let over = response.hovered() || response.has_focus();
    ui.painter().rect(
        rect,
        CornerRadius::same(theme::RADIUS + 2),
        if over { p.hover } else { p.surface },
        Stroke::new(1.0, if over { p.accent } else { p.hairline }),
        egui::StrokeKind::Inside,
    );
    let inner = rect.shrink2(vec2(12.0, 9.0));
    let mut job = egui::text::LayoutJob::default();
    job.wrap.max_width = inner.width();
    job.wrap.max_rows = 4;
    let line = |text: &str, font: egui::FontId, color, job: &mut egui::text::LayoutJob| {
        job.append(text, 0.0, egui::TextFormat::simple(font, color));
    };
    line(item.title, theme::bold(theme::BODY), p.text, &mut job);
    line(
        "\n",
        egui::FontId::proportional(theme::SMALL),
        p.muted,
        &mut job,
    );
    line(
        item.point.name(),
        egui::FontId::proportional(theme::SMALL),
        p.accent,
        &mut job,
    );
    line(
        "\n",
        egui::FontId::proportional(theme::SMALL),
        p.muted,
        &mut job,
    );
    line(
        item.description,
        egui::FontId::proportional(theme::SMALL),
        p.muted,
        &mut job,
    );
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(inner.min, galley, p.text);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
