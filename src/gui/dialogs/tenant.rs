//! The built-in tenant's table, as JSON that is checked while it is typed.

use std::path::PathBuf;

use eframe::egui::{self, RichText, vec2};

use super::{Ended, buttons, modal};
use crate::gui::documents::DocId;
use crate::gui::editor::{CodeEditor, EditorState, Language};
use crate::gui::outbox::HookOutbox;
use crate::gui::theme;
use crate::runner::outbox::tenant::Table;

const INTRO: &str = "A small tenant answers calls of /oauth/token and /api/v2 (users, users-by-email, roles) at its domain. What a run changes lasts for that run.";
/// The domain of the sample bodies' tenant.
const DOMAIN: &str = "my-tenant.auth0.com";

/// What the dialog holds while it is open.
pub struct Form {
    doc: DocId,
    file: PathBuf,
    on: bool,
    table: EditorState,
}

/// The table a hook's calls are answered from.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub doc: DocId,
    pub text: String,
    pub on: bool,
}

impl Form {
    /// A dialog over a hook's tenant; without one, over a table to begin with.
    pub fn new(doc: DocId, outbox: &HookOutbox) -> Self {
        let text = if outbox.tenant.is_empty() {
            Table::example(DOMAIN)
        } else {
            outbox.tenant.clone()
        };
        Self {
            doc,
            file: outbox.files.tenant.clone(),
            on: outbox.tenant_on || outbox.tenant.is_empty(),
            table: EditorState::new(&text, Language::Json),
        }
    }
}

/// Shows the dialog.
pub fn show(ctx: &egui::Context, form: &mut Form) -> Option<Ended> {
    modal(ctx, "tenant", "Built-in tenant", 640.0, |ui| {
        let p = theme::palette(ui.ctx());
        ui.label(RichText::new(INTRO).color(p.muted));
        ui.add_space(theme::GAP);
        let height = (ctx.content_rect().height() - 330.0).clamp(160.0, 420.0);
        let frame = egui::Frame::new()
            .fill(p.surface)
            .stroke(egui::Stroke::new(1.0, p.hairline))
            .corner_radius(egui::CornerRadius::same(theme::RADIUS))
            .inner_margin(egui::Margin::symmetric(6, 5));
        frame.show(ui, |ui| {
            CodeEditor::new(&mut form.table)
                .id(egui::Id::unique("tenant table"))
                .label("Tenant")
                .font_size(theme::CODE_SMALL)
                .fill(vec2(ui.available_width(), height))
                .show(ui);
        });
        let text = form.table.text();
        let problem = Table::read(&text).err();
        match &problem {
            Some(problem) => ui.label(RichText::new(problem.to_string()).color(p.bad)),
            None => {
                let kept = format!("hookbench run --tenant reads {} too.", form.file.display());
                ui.label(RichText::new(kept).small().color(p.muted))
            }
        };
        ui.checkbox(&mut form.on, "It answers the runs of this hook");
        match buttons(ui, "Save", problem.is_none()) {
            Some(true) => Some(Ended::KeepTenant(Order {
                doc: form.doc,
                text,
                on: form.on,
            })),
            Some(false) => Some(Ended::Cancelled),
            None => None,
        }
    })
}
