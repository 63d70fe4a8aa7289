//! The panes of the window, one file each. A pane shows what it is given and says what was asked for.

pub mod banner;
pub mod code;
pub mod flow;
pub mod history;
pub mod http;
pub mod logs;
pub mod network_menu;
pub mod outcome;
mod pipeline;
pub mod problems;
pub mod request;
pub mod response;
pub mod runner;
pub mod sidebar;
pub mod statusbar;
pub mod tabs;
pub mod topbar;
pub mod welcome;

use std::path::PathBuf;

use eframe::egui::{
    self, Color32, CornerRadius, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use super::body::BodyProblem;
use super::commands::Command;
use super::documents::DocId;
use super::theme;
use crate::auth0::Point;
use crate::workspace::HookEntry;

/// What a pane asks the application to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    Do(Command),
    Open(HookEntry),
    OpenPath(PathBuf),
    Show(DocId),
    CloseTab(DocId),
    /// A gallery hook, by its id.
    Gallery(&'static str),
    SetPoint(Point),
    GoTo {
        line: u32,
        column: u32,
    },
    /// List the repairs of what is marked there.
    Repair {
        line: u32,
        column: u32,
    },
    GoToBody(BodyProblem),
    ShowWholeBody(bool),
    ShowRun(usize),
    RestoreRun(usize),
    SaveResponse,
    CopyResponse,
    DismissBanner,
    ReloadFromDisk,
    KeepMine,
    ForgetRecent(PathBuf),
    RecoverDrafts,
    DiscardDrafts,
    DismissRunNote,
    /// Show this hook in one half of the split code.
    ShowInHalf {
        right: bool,
        id: DocId,
    },
    CloseHalf {
        right: bool,
    },
    /// Bring the sign-up back, or let the hooks back into its place.
    ShowFlow,
    HideFlow,
    StopFlow,
    /// Open the script of a step of the sign-up, by its index, with its run.
    OpenStep(usize),
    /// A mock for the call with this id.
    AnswerCall(u32),
    CopyCurl(u32),
}

/// Text that can be pressed, in the accent colour, without a frame.
pub fn link(ui: &mut Ui, text: &str) -> Response {
    let p = theme::palette(ui.ctx());
    ui.add(
        egui::Button::new(RichText::new(text).color(p.accent))
            .frame(false)
            .min_size(vec2(0.0, 20.0)),
    )
    .on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A small rounded label, such as a hook's extensibility point.
pub fn badge(ui: &mut Ui, text: &str, ink: Color32, fill: Color32) -> Response {
    let galley = ui.painter().layout_no_wrap(
        text.to_owned(),
        egui::FontId::proportional(theme::SMALL),
        ink,
    );
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(16.0, 6.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().rect_filled(rect, CornerRadius::same(10), fill);
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, ink);
    response
}

/// The ground of a row in a list: of the chosen one, or of the one under the pointer.
pub fn row_ground(ui: &Ui, chosen: bool, response: &Response) {
    let p = theme::palette(ui.ctx());
    let fill = if chosen {
        p.raised
    } else if response.hovered() || response.has_focus() {
        p.hover
    } else {
        return;
    };
    ui.painter()
        .rect_filled(response.rect, CornerRadius::same(theme::RADIUS), fill);
}

/// The heading of a section of a pane.
pub fn heading(ui: &mut Ui, text: &str) -> Response {
    let p = theme::palette(ui.ctx());
    ui.label(
        RichText::new(text)
            .font(theme::bold(theme::BODY))
            .color(p.text),
    )
}

/// A hairline across the pane, edge to edge.
pub fn hairline(ui: &mut Ui) {
    let p = theme::palette(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(
        rect.x_range().expand(theme::PANE),
        rect.center().y,
        Stroke::new(1.0, p.hairline),
    );
}

/// One of a row of tabs: text, underlined with the accent when it is the current one.
pub fn tab(ui: &mut Ui, selected: bool, text: &str) -> Response {
    let p = theme::palette(ui.ctx());
    let ink = if selected { p.text } else { p.muted };
    let galley = ui.painter().layout_no_wrap(
        text.to_owned(),
        egui::FontId::proportional(theme::BODY),
        ink,
    );
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, text));
    let ink = if response.hovered() || response.has_focus() {
        p.text
    } else {
        ink
    };
    ui.painter().galley_with_override_text_color(
        rect.left_center() - vec2(0.0, galley.size().y / 2.0),
        galley,
        ink,
    );
    if selected || response.has_focus() {
        ui.painter().hline(
            rect.x_range(),
            rect.bottom() - 1.0,
            Stroke::new(2.0, p.accent),
        );
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// The one button of a pane that is meant to be pressed next.
pub fn primary(ui: &mut Ui, text: &str, min_width: f32) -> Response {
    let p = theme::palette(ui.ctx());
    ui.add(
        egui::Button::new(
            RichText::new(text)
                .font(theme::bold(theme::BODY))
                .color(p.on_accent),
        )
        .fill(p.accent)
        .stroke(Stroke::NONE)
        .min_size(vec2(min_width, 30.0)),
    )
}
