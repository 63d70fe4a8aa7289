//! The widget: takes the frame's input, keeps the scroll, and paints the lines in view.

use eframe::egui::{self, Response, Sense, Ui, Vec2};

use super::state::EditorState;
use crate::gui::theme;

/// The code widget over an [`EditorState`]; shown in every frame like any egui widget.
pub struct CodeEditor<'a> {
    state: &'a mut EditorState,
    id: Option<egui::Id>,
    label: &'a str,
    read_only: bool,
    gutter: bool,
    font_size: f32,
    size: Option<Vec2>,
}

/// What one frame of the widget brought.
#[derive(Debug)]
pub struct EditorResponse {
    pub response: Response,
    /// The text changed in this frame.
    pub changed: bool,
    /// The caret or the selection is another than before this frame.
    pub cursor_moved: bool,
}

impl<'a> CodeEditor<'a> {
    /// A widget with line numbers, in the theme's code size, filling what room there is.
    pub fn new(state: &'a mut EditorState) -> Self {
        Self {
            state,
            id: None,
            label: "Code",
            read_only: false,
            gutter: true,
            font_size: theme::CODE,
            size: None,
        }
    }

    /// The widget's identity; needed where several editors may be shown in one place.
    pub fn id(mut self, id: egui::Id) -> Self {
        self.id = Some(id);
        self
    }

    /// What assistive technology calls it.
    pub fn label(mut self, label: &'a str) -> Self {
        self.label = label;
        self
    }

    /// Text can be selected, copied and searched, not changed.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// Line numbers and marker dots at the left.
    pub fn gutter(mut self, gutter: bool) -> Self {
        self.gutter = gutter;
        self
    }

    /// Size of the text in points.
    pub fn font_size(mut self, size: f32) -> Self {
        self.font_size = size;
        self
    }

    /// The room to take, in points.
    pub fn fill(mut self, size: Vec2) -> Self {
        self.size = Some(size);
        self
    }

    /// Shows the widget.
    pub fn show(self, ui: &mut Ui) -> EditorResponse {
        let size = self.size.unwrap_or_else(|| ui.available_size());
        let id = self.id.unwrap_or_else(|| ui.id().with("code editor"));
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let revision = self.state.revision();
        let cursor = self.state.cursor();
        EditorResponse {
            response,
            changed: self.state.revision() != revision,
            cursor_moved: self.state.cursor() != cursor,
        }
    }
}
