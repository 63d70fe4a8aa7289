//! The rows of the list at the caret.

use eframe::egui::{self, Align2, Color32, FontId, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::popup::{Choices, Popup, ROWS};
use crate::assist::SuggestionKind;
use crate::gui::panes::row_ground;
use crate::gui::theme::{self, Palette};

pub(super) const ROW: f32 = 24.0;
const LEAST_WIDTH: f32 = 240.0;
const MOST_WIDTH: f32 = 560.0;
/// Room for the letter that tells what a suggestion is.
const SIGN: f32 = 22.0;

/// What one row shows.
struct Row<'a> {
    name: &'a str,
    sign: Option<SuggestionKind>,
    detail: &'a str,
}

/// Shows the rows, and below them what the chosen one does; the one that was clicked.
pub(super) fn show(ui: &mut Ui, popup: &mut Popup) -> Option<usize> {
    let p = theme::palette(ui.ctx());
    let count = popup.len();
    let reveal = std::mem::take(&mut popup.reveal);
    let width = width(ui, popup, p);
    ui.set_width(width);
    let mut clicked = None;
    #[allow(clippy::cast_precision_loss)] // a handful of rows
    let height = count.min(ROWS) as f32 * ROW;
    let mut scroll = egui::ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .auto_shrink([false, true]);
    if reveal {
        let first = popup.chosen.saturating_sub(ROWS / 2);
        let fits = popup.chosen < ROWS && first == 0;
        #[allow(clippy::cast_precision_loss)] // at most 200 rows
        let offset = if fits { 0.0 } else { first as f32 * ROW };
        scroll = scroll.vertical_scroll_offset(offset);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    scroll.show_rows(ui, ROW, count, |ui, shown| {
        for index in shown {
            let Some(row) = row(popup, index) else {
                continue;
            };
            if show_row(ui, &row, index == popup.chosen, p) {
                clicked = Some(index);
            }
        }
    });
    if let Choices::Suggestions(suggested) = &popup.choices
        && let Some(one) = suggested.row(popup.chosen)
        && !one.doc.is_empty()
    {
        ui.add_space(theme::GAP_SMALL);
        ui.separator();
        ui.add_space(theme::GAP_SMALL);
        ui.add(
            egui::Label::new(egui::RichText::new(&one.doc).small().color(p.muted))
                .wrap()
                .selectable(false),
        );
    }
    clicked
}

fn row(popup: &Popup, index: usize) -> Option<Row<'_>> {
    match &popup.choices {
        Choices::Fixes(fixes) => fixes.get(index).map(|fix| Row {
            name: &fix.title,
            sign: None,
            detail: "",
        }),
        Choices::Suggestions(suggested) => suggested.row(index).map(|one| Row {
            name: &one.label,
            sign: Some(one.kind),
            detail: &one.detail,
        }),
    }
}

/// Wide enough for the rows in view first.
fn width(ui: &Ui, popup: &Popup, p: &Palette) -> f32 {
    let measure = |text: &str, font: FontId| {
        ui.painter()
            .layout_no_wrap(text.to_owned(), font, p.text)
            .size()
            .x
    };
    let widest = (0..popup.len().min(3 * ROWS))
        .filter_map(|index| row(popup, index))
        .map(|row| {
            let name = match row.sign {
                Some(_) => SIGN + measure(row.name, theme::mono(theme::CODE)),
                None => measure(row.name, FontId::proportional(theme::BODY)),
            };
            let detail: String = row.detail.chars().take(60).collect();
            name + measure(&detail, FontId::proportional(theme::SMALL))
        })
        .fold(0.0, f32::max);
    (widest + 5.0 * theme::GAP).clamp(LEAST_WIDTH, MOST_WIDTH)
}

fn show_row(ui: &mut Ui, row: &Row<'_>, selected: bool, p: &Palette) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(egui::Role::ListBoxOption, true, selected, row.name));
    row_ground(ui, selected, &response);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let mut left = rect.left() + theme::GAP;
    let font = match row.sign {
        Some(kind) => {
            let (letter, color) = sign(kind, p);
            painter.text(
                pos2(left + 4.0, rect.center().y),
                Align2::CENTER_CENTER,
                letter,
                theme::mono(theme::SMALL),
                color,
            );
            left += SIGN - theme::GAP;
            theme::mono(theme::CODE)
        }
        None => FontId::proportional(theme::BODY),
    };
    let name = painter.text(
        pos2(left, rect.center().y),
        Align2::LEFT_CENTER,
        row.name,
        font,
        p.text,
    );
    if !row.detail.is_empty() {
        let room = Rect::from_min_max(
            pos2(name.right() + 2.0 * theme::GAP, rect.top()),
            pos2(rect.right() - theme::GAP, rect.bottom()),
        );
        if room.width() > 20.0 {
            let mut child = ui.new_child(
                egui::UiBuilder::new()
                    .max_rect(room)
                    .layout(egui::Layout::right_to_left(egui::Align::Center)),
            );
            let text = egui::RichText::new(row.detail).small().color(p.muted);
            child.add(egui::Label::new(text).truncate().selectable(false));
        }
    }
    response.clicked()
}

/// The letter and colour of a kind.
fn sign(kind: SuggestionKind, p: &Palette) -> (&'static str, Color32) {
    match kind {
        SuggestionKind::Property => ("p", p.property),
        SuggestionKind::Function => ("f", p.function),
        SuggestionKind::Variable => ("v", p.accent),
        SuggestionKind::Class => ("C", p.caution),
        SuggestionKind::Module => ("m", p.string),
        SuggestionKind::Keyword => ("k", p.keyword),
        SuggestionKind::Secret => ("s", p.method),
        SuggestionKind::Snippet => ("≡", p.muted),
    }
}
