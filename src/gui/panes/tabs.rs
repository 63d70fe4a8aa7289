//! The open hooks as tabs above the code, where there are several.

use eframe::egui::{self, Align2, FontId, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::Action;
use crate::gui::commands::Command;
use crate::gui::documents::{DocId, Document};
use crate::gui::icons::Icon;
use crate::gui::theme;

const HEIGHT: f32 = 30.0;
const MOST_WIDTH: f32 = 220.0;
/// Left of a name, and right of it with the sign that closes.
const LEFT: f32 = 12.0;
const RIGHT: f32 = 30.0;

/// Shows the tabs; `current` is the one in front.
pub fn show(ui: &mut Ui, documents: &mut [Document], current: Option<DocId>) -> Vec<Action> {
    let mut actions = Vec::new();
    let p = theme::palette(ui.ctx());
    let frame = egui::Frame::new().fill(p.pane);
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        egui::ScrollArea::horizontal()
            .id_salt("tabs")
            .auto_shrink([false, true])
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
            .show(ui, |ui| {
                ui.horizontal(|ui| {
                    for doc in documents {
                        show_tab(ui, doc, current == Some(doc.id), &mut actions);
                    }
                });
            });
    });
    actions
}

fn show_tab(ui: &mut Ui, doc: &mut Document, selected: bool, actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    let star = if doc.is_dirty() { "*" } else { "" };
    let name = format!("{}{star}", doc.name());
    let ink = if selected { p.text } else { p.muted };
    let mut job = egui::text::LayoutJob::simple_singleline(
        name.clone(),
        FontId::proportional(theme::BODY),
        ink,
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(MOST_WIDTH - LEFT - RIGHT);
    let galley = ui.painter().layout_job(job);
    let size = vec2(galley.size().x + LEFT + RIGHT, HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::Tab, true, selected, &name));
    if selected {
        // Once, when another came to the front: after that the strip stays where it was scrolled to.
        let front = egui::Id::unique("front tab");
        if ui.data(|data| data.get_temp(front)) != Some(doc.id) {
            ui.data_mut(|data| data.insert_temp(front, doc.id));
            response.scroll_to_me(None);
        }
        ui.painter().rect_filled(rect, 0.0, p.surface);
        let line = Stroke::new(2.0, p.accent);
        ui.painter().hline(rect.x_range(), rect.top() + 1.0, line);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 0.0, p.hover);
    }
    let at =
        Align2::LEFT_CENTER.anchor_size(pos2(rect.left() + LEFT, rect.center().y), galley.size());
    ui.painter().galley(at.min, galley, ink);
    ui.painter().vline(
        rect.right(),
        rect.y_range().shrink(6.0),
        Stroke::new(1.0, p.hairline),
    );
    let close = egui::Rect::from_center_size(
        pos2(rect.right() - RIGHT / 2.0 + 1.0, rect.center().y),
        vec2(20.0, 20.0),
    );
    let cross = ui.interact(close, response.id.with("close"), Sense::click());
    cross.widget_info(|| {
        WidgetInfo::labeled(egui::Role::Button, true, format!("Close {}", doc.name()))
    });
    if cross.hovered() {
        ui.painter()
            .rect_filled(close, egui::CornerRadius::same(4), p.raised);
    }
    let shown = selected || response.hovered() || cross.hovered() || cross.has_focus();
    if shown {
        let ink = if cross.hovered() { p.text } else { p.muted };
        Icon::Close.paint(ui.painter(), close.center(), 11.0, ink);
    }
    let middle = response.middle_clicked();
    if cross.on_hover_text(Command::CloseHook.describe()).clicked() || middle {
        actions.push(Action::CloseTab(doc.id));
    } else if response
        .on_hover_text(doc.path().display().to_string())
        .clicked()
    {
        actions.push(Action::Show(doc.id));
    }
}
