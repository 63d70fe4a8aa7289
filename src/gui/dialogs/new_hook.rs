//! New hook: a name and an extensibility point give the starter code.

use std::path::PathBuf;

use eframe::egui::{self, Key, RichText};

use super::{Ended, buttons, modal};
use crate::auth0::Point;
use crate::auth0::gallery::GalleryItem;
use crate::gui::panes::link;
use crate::gui::theme;

/// What the dialog holds while it is open.
pub struct Form {
    pub name: String,
    pub point: Point,
    /// Code of the gallery; the point's starter code where there is none.
    code: Option<&'static str>,
    /// Payload of the gallery; the point's default body where there is none.
    body: Option<&'static str>,
    /// The workspace the hook is created in.
    pub folder: PathBuf,
    /// Why the last attempt failed.
    pub problem: Option<String>,
    fresh: bool,
    /// True while the hook is being written.
    pub waiting: bool,
}

/// A hook to be created.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub name: String,
    pub point: Point,
    pub code: String,
    pub body: Option<&'static str>,
    pub folder: PathBuf,
}

impl Form {
    /// A dialog for a hook in `folder`.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            name: String::new(),
            point: Point::PreUserRegistration,
            code: None,
            body: None,
            folder,
            problem: None,
            fresh: true,
            waiting: false,
        }
    }

    /// A dialog filled from an example.
    pub fn of_example(folder: PathBuf, item: &GalleryItem) -> Self {
        Self {
            name: item.id.to_owned(),
            point: item.point,
            code: Some(item.code),
            body: item.body,
            ..Self::new(folder)
        }
    }
}

/// Shows the dialog.
pub fn show(ctx: &egui::Context, form: &mut Form) -> Option<Ended> {
    modal(ctx, "new hook", "New hook", 460.0, |ui| {
        let p = theme::palette(ui.ctx());
        let label = ui.label("Name");
        let name = ui
            .add(
                egui::TextEdit::singleline(&mut form.name)
                    .hint_text("add-metadata")
                    .desired_width(f32::INFINITY),
            )
            .labelled_by(label.id);
        if form.fresh {
            name.request_focus();
            form.fresh = false;
        }
        ui.add_space(theme::GAP_SMALL);
        let label = ui.label("Hook");
        egui::ComboBox::from_id_salt("extensibility point")
            .selected_text(form.point.name())
            .width(ui.available_width())
            .show_ui(ui, |ui| {
                for point in Point::ALL {
                    ui.selectable_value(&mut form.point, point, point.name());
                }
            })
            .response
            .labelled_by(label.id);
        ui.label(
            RichText::new(format!(
                "{}, {}",
                form.point.signature(),
                if form.point.blocking() {
                    "blocking"
                } else {
                    "non-blocking"
                }
            ))
            .monospace()
            .size(theme::SMALL)
            .color(p.muted),
        );
        ui.add_space(theme::GAP_SMALL);
        ui.label("Folder");
        let mut choose = false;
        ui.horizontal(|ui| {
            choose = link(ui, "Change…").clicked();
            ui.add(
                egui::Label::new(RichText::new(form.folder.display().to_string()).color(p.muted))
                    .truncate(),
            );
        });
        if let Some(problem) = &form.problem {
            ui.add_space(theme::GAP_SMALL);
            ui.label(RichText::new(problem).color(p.bad));
        }
        // Enter in the name's field is meant; on a button it is the button's.
        let enter = name.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let ready = !form.name.trim().is_empty() && !form.waiting;
        let pressed = buttons(ui, "Create", ready);
        if choose {
            return Some(Ended::ChooseFolder);
        }
        if pressed == Some(true) || (enter && ready) {
            form.waiting = true;
            return Some(Ended::Create(Order {
                name: form.name.trim().to_owned(),
                point: form.point,
                code: form
                    .code
                    .unwrap_or_else(|| form.point.starter_code())
                    .to_owned(),
                body: form.body,
                folder: form.folder.clone(),
            }));
        }
        (pressed == Some(false)).then_some(Ended::Cancelled)
    })
}
