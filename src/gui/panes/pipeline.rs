//! The pipeline as a picture: a box for each station, the path taken in the colour of the outcome.

use eframe::egui::{self, Color32, CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::auth0::outcome::Tone;
use crate::auth0::pipeline::{self, Passage};
use crate::auth0::{Kind, Point};
use crate::gui::theme::{self, Palette};
use crate::runner::report::RunReport;

const HEIGHT: f32 = 26.0;
const SIDE: f32 = 8.0;
/// The shortest line between two boxes.
const LEAST_LINE: f32 = 6.0;
const MOST_LINE: f32 = 22.0;

/// Shows the stations of the report's point.
pub fn show(ui: &mut Ui, report: &RunReport) {
    let p = theme::palette(ui.ctx());
    let own = match report.kind {
        Kind::Hook => "This hook",
        Kind::Action => "This Action",
    };
    let point = report.point.unwrap_or(Point::Generic);
    let stations = pipeline::of(point, own, &report.outcome);
    let boxes: Vec<_> = stations
        .iter()
        .map(|station| {
            let ink = ink(station.passage, p);
            let font = egui::FontId::proportional(theme::SMALL);
            let text = ui
                .painter()
                .layout_no_wrap(station.label.to_owned(), font, ink);
            (text, ink, station.passage)
        })
        .collect();
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, true, pipeline::sentence(&stations))
    });
    let widths: f32 = boxes.iter().map(|(text, ..)| text.size().x).sum();
    let count = boxes.len() as f32;
    let gaps = (count - 1.0).max(1.0);
    let free = rect.width() - widths - 2.0 * SIDE * count;
    let line = (free / gaps).clamp(LEAST_LINE, MOST_LINE);
    // In a very narrow pane the boxes come closer to their texts before anything is cut.
    let side = if free < LEAST_LINE * gaps {
        ((rect.width() - widths - LEAST_LINE * gaps) / (2.0 * count)).max(2.0)
    } else {
        SIDE
    };
    let painter = ui.painter().with_clip_rect(rect.expand(1.0));
    let mut left = rect.left() + 0.5;
    for (at, (text, ink, passage)) in boxes.into_iter().enumerate() {
        let stroke = match passage {
            Passage::NotReached => Stroke::new(1.0, p.hairline),
            _ => Stroke::new(1.0, ink),
        };
        if at > 0 {
            let y = rect.center().y;
            painter.line_segment(
                [pos2(left + 1.0, y), pos2(left + line - 1.0, y)],
                Stroke::new(2.0, stroke.color),
            );
            left += line;
        }
        let size = vec2(text.size().x + 2.0 * side, HEIGHT - 2.0);
        let place = Rect::from_min_size(pos2(left, rect.top() + 1.0), size);
        let fill = match passage {
            Passage::Own(tone) => surface(tone, p),
            _ => p.surface,
        };
        let radius = CornerRadius::same(theme::RADIUS);
        painter.rect(place, radius, fill, stroke, StrokeKind::Inside);
        painter.galley(place.center() - text.size() / 2.0, text, ink);
        left = place.right();
    }
}

fn ink(passage: Passage, p: &Palette) -> Color32 {
    match passage {
        Passage::Before | Passage::Own(Tone::Good) | Passage::Behind(Tone::Good) => p.good,
        Passage::Own(Tone::Bad) | Passage::Behind(Tone::Bad) => p.bad,
        Passage::Own(Tone::Caution) | Passage::Behind(Tone::Caution) => p.caution,
        Passage::NotReached => p.faint,
    }
}

fn surface(tone: Tone, p: &Palette) -> Color32 {
    match tone {
        Tone::Good => p.good_surface,
        Tone::Bad => p.bad_surface,
        Tone::Caution => p.caution_surface,
    }
}
