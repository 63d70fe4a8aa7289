//! The window's icons, drawn as strokes in the colour of the text beside them, and the buttons that show them.

use eframe::egui::{
    self, Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo,
    vec2,
};

use super::theme;

/// A picture of 16×16 points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Wrench,
    Save,
    Logs,
    Runner,
    Hooks,
    Play,
    Stop,
    Close,
    Plus,
    ChevronDown,
    ChevronRight,
    Trash,
    Download,
    Copy,
    Restore,
    Eye,
    More,
    Folder,
    File,
}

impl Icon {
    /// Draws the icon into a square around `center`, `size` points wide.
    pub fn paint(self, painter: &Painter, center: Pos2, size: f32, color: Color32) {
        let unit = size / 16.0;
        let stroke = Stroke::new((1.3 * unit).max(1.0), color);
        let at = |x: f32, y: f32| center + vec2(x - 8.0, y - 8.0) * unit;
        let line = |points: &[(f32, f32)]| {
            let points = points.iter().map(|&(x, y)| at(x, y)).collect();
            painter.add(Shape::line(points, stroke));
        };
        let closed = |points: &[(f32, f32)]| {
            let points = points.iter().map(|&(x, y)| at(x, y)).collect();
            painter.add(Shape::closed_line(points, stroke));
        };
        let filled = |points: &[(f32, f32)]| {
            let points = points.iter().map(|&(x, y)| at(x, y)).collect();
            painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
        };
        let circle = |x: f32, y: f32, r: f32| {
            painter.circle_stroke(at(x, y), r * unit, stroke);
        };
        match self {
            Self::Wrench => {
                // The jaw: an open ring; the handle: a slanted bar.
                let ring: Vec<Pos2> = (0..=20)
                    .map(|step| {
                        let turn =
                            (-0.05 + 0.75 * f32::from(step as u8) / 20.0) * std::f32::consts::TAU;
                        at(10.6 + 3.6 * turn.cos(), 5.4 + 3.6 * turn.sin())
                    })
                    .collect();
                painter.add(Shape::line(ring, stroke));
                line(&[(10.7, 1.8), (10.7, 5.3), (14.1, 5.3)]);
                line(&[(8.0, 7.9), (2.6, 13.3)]);
            }
            Self::Save => {
                closed(&[
                    (2.5, 2.5),
                    (11.2, 2.5),
                    (13.5, 4.8),
                    (13.5, 13.5),
                    (2.5, 13.5),
                ]);
                line(&[(5.2, 2.8), (5.2, 5.8), (10.2, 5.8), (10.2, 2.8)]);
                line(&[(4.8, 13.2), (4.8, 9.2), (11.2, 9.2), (11.2, 13.2)]);
            }
            Self::Logs => {
                closed(&[(3.0, 2.0), (13.0, 2.0), (13.0, 14.0), (3.0, 14.0)]);
                line(&[(5.5, 5.2), (10.5, 5.2)]);
                line(&[(5.5, 8.0), (10.5, 8.0)]);
                line(&[(5.5, 10.8), (10.5, 10.8)]);
            }
            Self::Runner => {
                closed(&[(2.0, 3.0), (14.0, 3.0), (14.0, 13.0), (2.0, 13.0)]);
                line(&[(9.5, 3.2), (9.5, 12.8)]);
            }
            Self::Hooks => {
                closed(&[(2.0, 3.0), (14.0, 3.0), (14.0, 13.0), (2.0, 13.0)]);
                line(&[(6.5, 3.2), (6.5, 12.8)]);
            }
            Self::Play => filled(&[(4.5, 2.8), (13.0, 8.0), (4.5, 13.2)]),
            Self::Stop => filled(&[(4.0, 4.0), (12.0, 4.0), (12.0, 12.0), (4.0, 12.0)]),
            Self::Close => {
                line(&[(4.2, 4.2), (11.8, 11.8)]);
                line(&[(11.8, 4.2), (4.2, 11.8)]);
            }
            Self::Plus => {
                line(&[(8.0, 3.2), (8.0, 12.8)]);
                line(&[(3.2, 8.0), (12.8, 8.0)]);
            }
            Self::ChevronDown => line(&[(4.2, 6.2), (8.0, 10.0), (11.8, 6.2)]),
            Self::ChevronRight => line(&[(6.2, 4.2), (10.0, 8.0), (6.2, 11.8)]),
            Self::Trash => {
                line(&[(2.8, 4.3), (13.2, 4.3)]);
                line(&[(6.2, 4.0), (6.2, 2.4), (9.8, 2.4), (9.8, 4.0)]);
                closed(&[(4.0, 4.4), (12.0, 4.4), (11.3, 13.6), (4.7, 13.6)]);
                line(&[(6.8, 6.8), (6.9, 11.2)]);
                line(&[(9.2, 6.8), (9.1, 11.2)]);
            }
            Self::Download => {
                line(&[(8.0, 2.4), (8.0, 10.0)]);
                line(&[(4.8, 7.0), (8.0, 10.2), (11.2, 7.0)]);
                line(&[(2.6, 10.4), (2.6, 13.4), (13.4, 13.4), (13.4, 10.4)]);
            }
            Self::Copy => {
                closed(&[(5.5, 5.5), (13.5, 5.5), (13.5, 13.5), (5.5, 13.5)]);
                line(&[
                    (3.4, 10.4),
                    (2.5, 10.4),
                    (2.5, 2.5),
                    (10.4, 2.5),
                    (10.4, 3.4),
                ]);
            }
            Self::Restore => {
                line(&[(6.4, 2.8), (3.0, 6.2), (6.4, 9.6)]);
                line(&[
                    (3.2, 6.2),
                    (10.0, 6.2),
                    (13.0, 9.2),
                    (13.0, 10.2),
                    (10.0, 13.2),
                    (5.0, 13.2),
                ]);
            }
            Self::Eye => {
                line(&[(1.6, 8.0), (4.4, 5.0), (8.0, 3.9), (11.6, 5.0), (14.4, 8.0)]);
                line(&[
                    (1.6, 8.0),
                    (4.4, 11.0),
                    (8.0, 12.1),
                    (11.6, 11.0),
                    (14.4, 8.0),
                ]);
                circle(8.0, 8.0, 2.1);
            }
            Self::More => {
                for x in [3.5, 8.0, 12.5] {
                    painter.circle_filled(at(x, 8.0), 1.3 * unit, color);
                }
            }
            Self::Folder => closed(&[
                (1.8, 3.4),
                (6.4, 3.4),
                (8.0, 5.2),
                (14.2, 5.2),
                (14.2, 13.0),
                (1.8, 13.0),
            ]),
            Self::File => {
                closed(&[
                    (3.5, 1.8),
                    (9.6, 1.8),
                    (12.5, 4.7),
                    (12.5, 14.2),
                    (3.5, 14.2),
                ]);
                line(&[(9.4, 2.0), (9.4, 4.9), (12.3, 4.9)]);
            }
        }
    }
}

/// How an icon button stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// With a hairline around it, as in the top bar.
    Framed,
    /// Only the picture until the pointer is over it.
    Plain,
}

/// A square button that shows only an icon; `label` names it for screen readers, `hint` is its tooltip.
pub fn button(ui: &mut Ui, icon: Icon, label: &str, hint: &str, look: Look) -> Response {
    toggle(ui, icon, label, hint, look, false)
}

/// An icon button that shows whether what it toggles is on.
pub fn toggle(ui: &mut Ui, icon: Icon, label: &str, hint: &str, look: Look, on: bool) -> Response {
    let side = match look {
        Look::Framed => 30.0,
        Look::Plain => 24.0,
    };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, on, label));
    if ui.is_rect_visible(rect) {
        paint_button(ui, rect, &response, icon, look, on);
    }
    if hint.is_empty() {
        response
    } else {
        response.on_hover_text(hint)
    }
}

fn paint_button(ui: &Ui, rect: Rect, response: &Response, icon: Icon, look: Look, on: bool) {
    let p = theme::palette(ui.ctx());
    let hovered = response.hovered() || response.has_focus();
    let fill = match (look, hovered, on) {
        (_, true, _) => p.raised,
        (Look::Framed, false, true) => p.raised,
        _ => Color32::TRANSPARENT,
    };
    let line = if response.has_focus() {
        p.accent
    } else if look == Look::Framed {
        p.hairline
    } else {
        Color32::TRANSPARENT
    };
    ui.painter().rect(
        rect.shrink(0.5),
        egui::CornerRadius::same(theme::RADIUS),
        fill,
        Stroke::new(1.0, line),
        egui::StrokeKind::Inside,
    );
    let color = if !ui.is_enabled() {
        p.faint
    } else if on || hovered {
        p.text
    } else {
        p.muted
    };
    icon.paint(ui.painter(), rect.center(), 16.0, color);
}
