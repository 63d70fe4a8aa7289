//! Hosts that runs may reach though they are offline, and the proxy of live calls.

use eframe::egui::{self, RichText};

use super::{Ended, buttons, modal};
use crate::gui::theme;
use crate::runner::outbox::target::host_problem;

const INTRO: &str = "Runs of every hook reach these hosts, also where their addresses lie on this machine or in its own network. One a line: api.example.com, *.example.com, localhost:8080.";
const PROXY: &str = "Empty: as HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment say.";

/// What the dialog holds while it is open.
pub struct Form {
    hosts: String,
    proxy: String,
}

/// Hosts and proxy as they are to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub hosts: Vec<String>,
    pub proxy: String,
}

impl Form {
    /// A dialog over the hosts and the proxy of the settings.
    pub fn new(hosts: &[String], proxy: &str) -> Self {
        Self {
            hosts: hosts.join("\n"),
            proxy: proxy.to_owned(),
        }
    }

    fn order(&self) -> Result<Order, String> {
        let mut hosts = Vec::new();
        for host in self
            .hosts
            .lines()
            .map(str::trim)
            .filter(|host| !host.is_empty())
        {
            if let Some(problem) = host_problem(host) {
                return Err(format!("{host:?} {problem}."));
            }
            if !hosts.iter().any(|known| known == host) {
                hosts.push(host.to_owned());
            }
        }
        Ok(Order {
            hosts,
            proxy: self.proxy.trim().to_owned(),
        })
    }
}

/// Shows the dialog.
pub fn show(ctx: &egui::Context, form: &mut Form) -> Option<Ended> {
    modal(ctx, "network", "Allowed hosts", 460.0, |ui| {
        let p = theme::palette(ui.ctx());
        ui.label(RichText::new(INTRO).color(p.muted));
        let hosts = ui.add(
            egui::TextEdit::multiline(&mut form.hosts)
                .font(egui::TextStyle::Monospace)
                .hint_text("api.example.com")
                .desired_rows(4)
                .desired_width(f32::INFINITY),
        );
        hosts.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::MultilineTextInput, true, "Allowed hosts")
        });
        ui.add_space(theme::GAP);
        ui.label("Proxy").on_hover_text(PROXY);
        let proxy = ui.add(
            egui::TextEdit::singleline(&mut form.proxy)
                .font(egui::TextStyle::Monospace)
                .hint_text("http://proxy.example.com:3128")
                .desired_width(f32::INFINITY),
        );
        proxy.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Proxy"));
        ui.label(RichText::new(PROXY).small().color(p.muted));
        let order = form.order();
        if let Err(problem) = &order {
            ui.label(RichText::new(problem).color(p.bad));
        }
        match buttons(ui, "Save", order.is_ok()) {
            Some(true) => order.ok().map(Ended::KeepNetwork),
            Some(false) => Some(Ended::Cancelled),
            None => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_line_by_line_once_each() {
        let form = Form {
            hosts: " a.com \n\nlocalhost:80\na.com".to_owned(),
            proxy: " ".to_owned(),
        };
        let order = form.order().unwrap();
        assert_eq!((order.hosts.len(), order.proxy.as_str()), (2, ""));
        let wrong = Form {
            hosts: "https://a.com".to_owned(),
            proxy: String::new(),
        };
        assert!(wrong.order().is_err());
    }
}
