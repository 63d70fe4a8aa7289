//! The network's place in the top bar: what the next run may reach, and what answers in its stead.

use eframe::egui::{self, RichText, Ui, vec2};

use super::Action;
use crate::gui::commands::Command;
use crate::gui::outbox::HookOutbox;
use crate::gui::theme;

const OFFLINE_HINT: &str =
    "Nothing leaves this machine: a call that no mock answers is refused. Press to change that.";
const HOSTS_HINT: &str =
    "Runs reach the allowed hosts; any other call that no mock answers is refused.";
const LIVE_HINT: &str = "The next run reaches the network: its calls leave this machine. After it runs are offline again.";

/// Shows the menu over a hook's outbox.
pub fn show(ui: &mut Ui, outbox: &mut HookOutbox, hosts: &[String], actions: &mut Vec<Action>) {
    let p = theme::palette(ui.ctx());
    let (text, ink, hint) = match (outbox.live, hosts.len()) {
        (true, _) => ("Live".to_owned(), p.caution, LIVE_HINT),
        (false, 0) => ("Offline".to_owned(), p.muted, OFFLINE_HINT),
        (false, 1) => ("1 host".to_owned(), p.caution, HOSTS_HINT),
        (false, count) => (format!("{count} hosts"), p.caution, HOSTS_HINT),
    };
    let button = egui::Button::new(RichText::new(text).color(ink))
        .frame_when_inactive(false)
        .min_size(vec2(0.0, 26.0));
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(250.0);
        if ui.selectable_label(!outbox.live, "Offline").clicked() {
            outbox.live = false;
            ui.close();
        }
        if ui
            .selectable_label(outbox.live, "Live for the next run")
            .on_hover_text("Addresses of this machine and its own network stay closed.")
            .clicked()
        {
            outbox.live = true;
            ui.close();
        }
        item(ui, Command::AllowedHosts, actions);
        ui.separator();
        item(ui, Command::Mocks, actions);
        item(ui, Command::Tenant, actions);
        ui.add_enabled_ui(!outbox.tenant.is_empty(), |ui| {
            ui.checkbox(&mut outbox.tenant_on, "The tenant answers");
        });
        ui.separator();
        ui.checkbox(&mut outbox.record, "Record live answers")
            .on_hover_text(format!(
                "Kept in {}, secrets masked.",
                outbox.files.recordings.display()
            ));
        ui.add_enabled_ui(!outbox.recorded.is_empty(), |ui| {
            let text = format!("Replay recorded answers ({})", outbox.recorded.len());
            ui.checkbox(&mut outbox.replay, text);
        });
    });
    response.on_hover_text(hint);
}

fn item(ui: &mut Ui, command: Command, actions: &mut Vec<Action>) {
    let button = egui::Button::new(command.label())
        .shortcut_text(command.shortcut_text(ui.ctx()))
        .frame_when_inactive(false);
    if ui.add(button).on_hover_text(command.describe()).clicked() {
        actions.push(Action::Do(command));
        ui.close();
    }
}
