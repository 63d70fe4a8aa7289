//! The matrix of the current hook: from the dialog's order to its rows.

use super::app::HookbenchApp;
use super::background::Message;
use super::dialogs::{Dialog, matrix};
use super::documents::Banner;
use super::running::request_of;
use crate::matrix::{self as runs, Axes, MatrixEvent};

impl HookbenchApp {
    /// Opens the dialog over the current hook.
    pub(super) fn open_matrix(&mut self) {
        let Some(doc) = self.doc() else { return };
        let body = match doc.body.text() {
            Ok(body) => body,
            Err(problem) => {
                doc.banner = Some(Banner::Body(problem));
                return;
            }
        };
        let body: serde_json::Value = serde_json::from_str(&body).unwrap_or_default();
        let connection = body["context"]["connection"]["name"]
            .as_str()
            .or_else(|| body["connection"]["name"].as_str())
            .unwrap_or_default();
        let form = matrix::Form::new(doc.name(), connection, "en, de, fr");
        self.dialog = Some(Dialog::Matrix(form));
    }

    /// Runs what the dialog asks for.
    pub(super) fn run_matrix(&mut self, order: &matrix::Order) {
        let limits = self.limits();
        let number = self.next_id;
        self.next_id += 1;
        let supervisor = (*self.supervisor).clone();
        let mailbox = self.background.mailbox();
        let (hosts, proxy) = (
            self.settings.allowed_hosts.clone(),
            self.settings.proxy.clone(),
        );
        let prepared = self.doc().map(|doc| {
            let body = doc.body.text().map_err(|problem| {
                format!(
                    "The payload ({}) is not JSON. Repair it in the Runner first.",
                    problem.pane
                )
            })?;
            let axes = Axes::of(&order.languages, &order.connections, &order.vary);
            let axes = axes.map_err(|problem| problem.to_string())?;
            let cells = axes.cells(doc.point, doc.kind, &body);
            let cells = cells.map_err(|problem| problem.to_string())?;
            let mut request = request_of(doc, body, limits);
            // Mocks and what was recorded answer; nothing leaves the machine so many times.
            (_, request.mocks, request.answers) = doc.outbox.answers(&hosts, &proxy);
            Ok((request, axes, cells))
        });
        let Some(Dialog::Matrix(form)) = &mut self.dialog else {
            return;
        };
        form.problem = None;
        form.rows.clear();
        form.axes.clear();
        match prepared {
            None => {}
            Some(Err(problem)) => form.problem = Some(problem),
            Some(Ok((request, axes, cells))) => {
                form.axes = axes.list().iter().map(|axis| axis.name.clone()).collect();
                form.total = cells.len();
                form.number = number;
                let started = runs::start(supervisor, request, axes, cells, move |event| {
                    mailbox.send(Message::Matrix { number, event });
                });
                match started {
                    Ok(handle) => {
                        form.handle = Some(handle);
                        form.running = true;
                    }
                    Err(error) => {
                        form.problem = Some(format!("The runs could not be started: {error}."));
                    }
                }
            }
        }
    }

    /// Takes a row in, or the end.
    pub(super) fn matrix_event(&mut self, number: u64, event: MatrixEvent) {
        let Some(Dialog::Matrix(form)) = &mut self.dialog else {
            return;
        };
        if form.number != number {
            return;
        }
        match event {
            MatrixEvent::Row(row) => form.rows.push(*row),
            MatrixEvent::Finished { stopped } => {
                form.running = false;
                form.handle = None;
                if stopped {
                    form.problem = Some("Stopped before the last combination.".to_owned());
                }
            }
        }
    }

    /// Ends the running matrix; its rows so far stay.
    pub(super) fn stop_matrix(&mut self) {
        if let Some(Dialog::Matrix(form)) = &self.dialog
            && let Some(handle) = &form.handle
        {
            handle.stop();
        }
    }
}
