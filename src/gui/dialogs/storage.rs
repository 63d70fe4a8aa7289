//! Storage: the one JSON document that a hook finds through `context.webtask.storage.get`.

use eframe::egui::{self, RichText, vec2};

use super::{Ended, buttons, modal};
use crate::auth0::limits;
use crate::gui::documents::DocId;
use crate::gui::editor::{CodeEditor, EditorState, Language};
use crate::gui::panes::link;
use crate::gui::theme;

/// Height of the text, in points.
const HEIGHT: f32 = 240.0;

/// What the dialog holds while it is open.
pub struct Form {
    doc: DocId,
    hook: String,
    text: EditorState,
}

impl Form {
    /// A dialog over the document of one hook.
    pub fn new(doc: DocId, hook: &str, kept: Option<&str>) -> Self {
        let pretty = kept.map(
            |text| match serde_json::from_str::<serde_json::Value>(text) {
                Ok(value) => format!("{value:#}"),
                Err(_) => text.to_owned(),
            },
        );
        let mut text = EditorState::new(&pretty.unwrap_or_default(), Language::Json);
        text.request_focus();
        Self {
            doc,
            hook: hook.to_owned(),
            text,
        }
    }
}

/// Shows the dialog.
pub fn show(ctx: &egui::Context, form: &mut Form) -> Option<Ended> {
    let title = format!("Storage of {}", form.hook);
    modal(ctx, "storage", &title, 560.0, |ui| {
        let p = theme::palette(ui.ctx());
        ui.label(
            RichText::new(
                "What context.webtask.storage.get finds. Each run that calls storage.set leaves its document here.",
            )
            .color(p.muted),
        );
        ui.add_space(theme::GAP_SMALL);
        let size = vec2(ui.available_width() - 14.0, HEIGHT);
        egui::Frame::new()
            .stroke(egui::Stroke::new(1.0, p.hairline))
            .corner_radius(egui::CornerRadius::same(theme::RADIUS))
            .inner_margin(egui::Margin::symmetric(6, 5))
            .show(ui, |ui| {
                CodeEditor::new(&mut form.text)
                    .id(egui::Id::unique("storage text"))
                    .label("Storage document")
                    .gutter(false)
                    .font_size(theme::CODE_SMALL)
                    .fill(size)
                    .show(ui);
            });
        let text = form.text.text();
        let empty = text.trim().is_empty();
        let problem = match serde_json::from_str::<serde_json::Value>(&text) {
            _ if empty => None,
            Err(error) => Some(format!("This is not JSON: {error}.")),
            Ok(_) if text.len() > limits::STORAGE_BYTES => {
                Some("This is more than the 500 kB that a document may have.".to_owned())
            }
            Ok(_) => None,
        };
        match &problem {
            Some(problem) => ui.label(RichText::new(problem).color(p.caution)),
            None if empty => {
                ui.label(RichText::new("Empty: the hook finds nothing.").color(p.muted))
            }
            None => ui.label(RichText::new(format!("{} bytes", text.len())).color(p.muted)),
        };
        if !empty && link(ui, "Clear").clicked() {
            form.text.set_text("");
        }
        match buttons(ui, "Keep", problem.is_none()) {
            Some(true) => Some(Ended::KeepStorage(form.doc, (!empty).then_some(text))),
            Some(false) => Some(Ended::Cancelled),
            None => None,
        }
    })
}
