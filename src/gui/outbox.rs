//! What answers a hook's HTTP calls in the window: its mocks, recordings and tenant, and how it is kept and chosen.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::app::HookbenchApp;
use super::background::{Message, Purpose, Stores};
use super::dialogs::native::{Ask, AskKind};
use super::dialogs::{Dialog, mocks, network, tenant};
use super::documents::DocId;
use crate::runner::outbox::mock::{self, Mock, MockResponse};
use crate::runner::outbox::recording::{self, Recorded};
use crate::runner::outbox::target::Target;
use crate::runner::outbox::tenant::Table;
use crate::runner::report::ReportRequest;
use crate::runner::request::{Answers, Network};
use crate::workspace::outbox_files::{Answers as Kept, OutboxFiles};

/// A filter of file dialogs.
pub const JSON: (&str, &[&str]) = ("JSON", &["json"]);

/// One hook's side of the outbox.
#[derive(Clone, Debug, Default)]
pub struct HookOutbox {
    pub mocks: Vec<Mock>,
    pub recorded: Vec<Recorded>,
    /// The tenant's table as it was typed; empty where there is none.
    pub tenant: String,
    pub files: Files,
    /// The next run may use the network.
    pub live: bool,
    pub record: bool,
    pub replay: bool,
    pub tenant_on: bool,
    /// The call whose details are shown, by its id.
    pub selected: Option<u32>,
}

/// Where it is kept.
#[derive(Clone, Debug, Default)]
pub struct Files {
    pub mocks: PathBuf,
    pub recordings: PathBuf,
    pub tenant: PathBuf,
}

impl Files {
    fn of(files: &OutboxFiles, script: &Path) -> Self {
        Self {
            mocks: files.path_of(script, Kept::Mocks),
            recordings: files.path_of(script, Kept::Recordings),
            tenant: files.path_of(script, Kept::Tenant),
        }
    }
}

impl HookOutbox {
    /// Reads what is kept for a hook; each fault becomes a sentence.
    pub fn load(stores: &Stores, script: &Path, problems: &mut Vec<String>) -> Self {
        let files = Files::of(&stores.outbox, script);
        let mut text = |kept: Kept| {
            stores.outbox.read(script, kept).unwrap_or_else(|error| {
                problems.push(error.to_string());
                None
            })
        };
        let (mocks, recorded, tenant) = (
            text(Kept::Mocks),
            text(Kept::Recordings),
            text(Kept::Tenant),
        );
        let mocks = mocks.map_or_else(Vec::new, |text| {
            mock::read(&text).unwrap_or_else(|error| {
                problems.push(format!("{}, {error}.", files.mocks.display()));
                Vec::new()
            })
        });
        let recorded = recorded.map_or_else(Vec::new, |text| {
            recording::read(&text).unwrap_or_else(|error| {
                problems.push(format!("{}, {error}.", files.recordings.display()));
                Vec::new()
            })
        });
        Self {
            mocks,
            replay: !recorded.is_empty(),
            recorded,
            tenant: tenant.unwrap_or_default(),
            files,
            ..Self::default()
        }
    }

    /// The tenant that answers, where it is switched on and its table is right.
    pub fn table(&self) -> Option<Table> {
        if !self.tenant_on {
            return None;
        }
        Table::read(&self.tenant).ok()
    }

    /// What answers the next run's calls.
    pub fn answers(&self, allowed_hosts: &[String], proxy: &str) -> (Network, Vec<Mock>, Answers) {
        let network = if self.live {
            Network::Live
        } else {
            Network::Offline
        };
        let answers = Answers {
            replay: if self.replay {
                self.recorded.clone()
            } else {
                Vec::new()
            },
            tenant: self.table(),
            allowed_hosts: allowed_hosts.to_vec(),
            record: self.record,
            proxy: (!proxy.is_empty()).then(|| proxy.to_owned()),
        };
        (network, self.mocks.clone(), answers)
    }
}

/// The text of a call as a command for a terminal: POSIX shells read it, secrets are masked as everywhere.
pub fn curl(call: &ReportRequest) -> String {
    let mut text = format!("curl -X {} {}", quoted(&call.method), quoted(&call.url));
    for (name, value) in &call.headers {
        // curl counts by itself.
        if name.eq_ignore_ascii_case("content-length") {
            continue;
        }
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let _ = write!(text, " \\\n  -H {}", quoted(&format!("{name}: {value}")));
    }
    if !call.body.is_empty() {
        let _ = write!(text, " \\\n  --data-raw {}", quoted(&call.body));
    }
    text
}

fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A mock that answers a call again: as it was answered, or with an empty JSON object.
pub fn mock_of(call: &ReportRequest) -> Mock {
    let respond = match &call.response {
        Some(response) => {
            let kind = response
                .headers
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
            MockResponse {
                status: response.status,
                headers: kind
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .into_iter()
                    .collect(),
                body: serde_json::from_str(&response.body)
                    .ok()
                    .filter(|value: &serde_json::Value| value.is_object() || value.is_array())
                    .unwrap_or_else(|| response.body.clone().into()),
                ..MockResponse::default()
            }
        }
        None => MockResponse {
            body: serde_json::json!({}),
            ..MockResponse::default()
        },
    };
    // A secret's place in the URL may hold any value; the rest of it is what it was.
    let url = match Target::of(&call.url) {
        Some(_) | None if !call.url.contains("[secret ") => call.url.clone(),
        _ => without_masks(&call.url),
    };
    Mock::new(call.method.clone(), url, respond)
}

/// The masks of secrets as `*`.
fn without_masks(url: &str) -> String {
    let mut out = String::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once("[secret ") {
        out.push_str(before);
        match after.split_once(']') {
            Some((_, after)) => {
                out.push('*');
                rest = after;
            }
            None => {
                rest = "";
                out.push_str("[secret ");
                out.push_str(after);
            }
        }
    }
    out + rest
}

impl HookbenchApp {
    /// Opens the editor of the current hook's mocks, with one more if a call is to be answered.
    pub(super) fn edit_mocks(&mut self, answer: Option<u32>) {
        let Some(doc) = self.doc() else { return };
        let call = answer.and_then(|id| {
            let run = doc.run.as_ref()?;
            run.calls.iter().find(|call| call.id == id).map(mock_of)
        });
        let file = doc.outbox.files.mocks.clone();
        let mut form = mocks::Form::new(doc.id, doc.name(), &doc.outbox.mocks, file);
        if let Some(mock) = call {
            form.add(&mock);
        }
        self.dialog = Some(Dialog::Mocks(Box::new(form)));
    }

    /// Opens the table of the tenant.
    pub(super) fn edit_tenant(&mut self) {
        let Some(doc) = self.doc() else { return };
        let form = tenant::Form::new(doc.id, &doc.outbox);
        self.dialog = Some(Dialog::Tenant(Box::new(form)));
    }

    /// Opens the list of allowed hosts.
    pub(super) fn edit_network(&mut self) {
        let form = network::Form::new(&self.settings.allowed_hosts, &self.settings.proxy);
        self.dialog = Some(Dialog::Network(form));
    }

    pub(super) fn keep_mocks(&mut self, id: DocId, mocks: Vec<Mock>) {
        let text = mock::write(&mocks);
        let count = mocks.len();
        let Some(doc) = self.document(id) else { return };
        doc.outbox.mocks = mocks;
        let told = if count == 1 {
            "Kept 1 mock.".to_owned()
        } else {
            format!("Kept {count} mocks.")
        };
        self.keep_answers(id, Kept::Mocks, text, told);
    }

    pub(super) fn keep_tenant(&mut self, id: DocId, text: String, on: bool) {
        let Some(doc) = self.document(id) else { return };
        doc.outbox.tenant.clone_from(&text);
        doc.outbox.tenant_on = on;
        self.keep_answers(
            id,
            Kept::Tenant,
            text,
            "Kept the tenant's table.".to_owned(),
        );
    }

    /// Keeps what a run has recorded; it answers further runs at once.
    pub(super) fn keep_recorded(&mut self, id: DocId) {
        let Some(doc) = self.document(id) else { return };
        let Some(run) = doc.run.as_mut() else { return };
        let now = std::mem::take(&mut run.recorded);
        if now.is_empty() {
            return;
        }
        let told = format!(
            "Recorded {} live answers in {}.",
            now.len(),
            doc.outbox.files.recordings.display()
        );
        doc.outbox.recorded = recording::merged(std::mem::take(&mut doc.outbox.recorded), &now);
        let text = recording::write(&doc.outbox.recorded);
        self.keep_answers(id, Kept::Recordings, text, told);
    }

    /// Takes a hook's mocks along to the file it was saved as, unless that one has its own.
    pub(super) fn follow_outbox(&mut self, id: DocId, path: &Path) {
        let files = Files::of(&self.outbox_files, path);
        let Some(doc) = self.document(id) else { return };
        doc.outbox.files = files;
        let mocks = doc.outbox.mocks.clone();
        if !mocks.is_empty() && !doc.outbox.files.mocks.exists() {
            self.keep_mocks(id, mocks);
        }
    }

    fn keep_answers(&mut self, id: DocId, kept: Kept, text: String, told: String) {
        let Some(doc) = self.document(id) else { return };
        let path = doc.path().clone();
        self.background.submit(move |stores| {
            Some(match stores.outbox.write(&path, kept, &text) {
                Ok(()) => Message::Notice(told),
                Err(error) => Message::Failed(error.to_string()),
            })
        });
    }

    /// Asks for a file of mocks to add, or to write them to.
    pub(super) fn ask_mocks_file(&mut self, save: bool) {
        let Some(id) = self.current else { return };
        let ask = Ask {
            purpose: if save {
                Purpose::SaveMocks
            } else {
                Purpose::MocksFile(id)
            },
            kind: if save {
                AskKind::SaveFile
            } else {
                AskKind::OpenFile
            },
            title: if save {
                "Save the mocks"
            } else {
                "Choose a file of mocks"
            },
            folder: self.near(),
            file_name: save.then(|| "mocks.json".to_owned()),
            filter: Some(JSON),
        };
        self.ask(ask);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call() -> ReportRequest {
        serde_json::from_value(serde_json::json!({
            "id": 1, "at_ms": 1.0, "method": "POST", "url": "https://a.com/[secret KEY]/x?y=1&z=2",
            "headers": {"content-type": "application/json", "content-length": "9"},
            "body": "{\"a\":\"it's\"}", "answered": "refused", "response": null, "failure": null,
            "line": 3, "after_response": false
        }))
        .unwrap()
    }

    #[test]
    fn a_call_becomes_a_command_that_a_shell_reads() {
        assert_eq!(
            curl(&call()),
            "curl -X POST 'https://a.com/[secret KEY]/x?y=1&z=2' \\\n  -H 'content-type: application/json' \\\n  --data-raw '{\"a\":\"it'\\''s\"}'"
        );
    }

    #[test]
    fn a_refused_call_becomes_a_mock_that_fits_it_whatever_the_secret() {
        let mock = mock_of(&call());
        assert_eq!(
            (
                mock.method.as_str(),
                mock.url.as_str(),
                mock.respond[0].status
            ),
            ("POST", "https://a.com/*/x?y=1&z=2", 200)
        );
        assert_eq!(mock::problem(&mock), None);
    }
}
