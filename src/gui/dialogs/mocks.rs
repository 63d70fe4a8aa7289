//! The editor of a hook's mocks: their list at the left, the chosen one at the right.

use std::path::PathBuf;

use eframe::egui::{self, Align, Layout, RichText, ScrollArea, Ui, vec2};
use serde_json::{Map, Value};

use super::{Ended, buttons, modal};
use crate::gui::documents::DocId;
use crate::gui::icons::{self, Icon, Look};
use crate::gui::panes::link;
use crate::gui::theme;
use crate::runner::outbox::mock::{self, Fault, MAX_DELAY_MS, Mock, MockResponse, When};

const INTRO: &str = "The first mock that fits a call answers it. In the URL * stands for any text.";
const EMPTY: &str =
    "No mocks yet: every call is refused. Add one, or take a file that hookbench run --mock reads.";
/// Width of the list, in points.
const LIST: f32 = 230.0;
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "*"];

/// One mock as it is typed.
struct Entry {
    enabled: bool,
    method: String,
    url: String,
    /// `name: value` lines.
    when_headers: String,
    when_body: String,
    /// 0 for all calls.
    times: u32,
    answers: Vec<Answer>,
    shown: usize,
}

/// One answer as it is typed.
#[derive(Clone)]
struct Answer {
    status: u16,
    headers: String,
    body: String,
    body_base64: Option<String>,
    delay_ms: u64,
    fault: Option<Fault>,
}

/// What the dialog holds while it is open.
pub struct Form {
    pub doc: DocId,
    hook: String,
    file: PathBuf,
    entries: Vec<Entry>,
    shown: usize,
    pub problem: Option<String>,
    focus_url: bool,
}

/// The mocks a hook is to have.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub doc: DocId,
    pub mocks: Vec<Mock>,
}

impl Form {
    /// A dialog over the mocks of one hook, which are kept in `file`.
    pub fn new(doc: DocId, hook: &str, mocks: &[Mock], file: PathBuf) -> Self {
        Self {
            doc,
            hook: hook.to_owned(),
            file,
            entries: mocks.iter().map(Entry::of).collect(),
            shown: 0,
            problem: None,
            focus_url: false,
        }
    }

    /// Adds a mock and shows it.
    pub fn add(&mut self, mock: &Mock) {
        self.entries.push(Entry::of(mock));
        self.shown = self.entries.len() - 1;
        self.focus_url = true;
    }

    /// Adds the mocks of a file.
    pub fn merge(&mut self, mocks: &[Mock]) {
        self.problem = None;
        self.shown = self.entries.len();
        self.entries.extend(mocks.iter().map(Entry::of));
    }

    /// The mocks as they stand.
    ///
    /// # Errors
    /// The first entry that is none, in a sentence.
    pub fn mocks(&self) -> Result<Vec<Mock>, String> {
        self.entries
            .iter()
            .zip(1..)
            .map(|(entry, number)| {
                entry
                    .mock()
                    .map_err(|problem| format!("Mock {number}: {problem}."))
            })
            .collect()
    }
}

impl Entry {
    fn of(mock: &Mock) -> Self {
        Self {
            enabled: mock.enabled,
            method: mock.method.clone(),
            url: mock.url.clone(),
            when_headers: lines_of(&mock.when.headers),
            when_body: text_of(&mock.when.body),
            times: mock.times.unwrap_or(0),
            answers: mock.respond.iter().map(Answer::of).collect(),
            shown: 0,
        }
    }

    fn mock(&self) -> Result<Mock, String> {
        let mock = Mock {
            method: self.method.trim().to_owned(),
            url: self.url.trim().to_owned(),
            enabled: self.enabled,
            when: When {
                headers: headers_of(&self.when_headers)?,
                body: value_of(&self.when_body),
            },
            times: (self.times > 0).then_some(self.times),
            respond: self
                .answers
                .iter()
                .map(Answer::response)
                .collect::<Result<_, _>>()?,
        };
        match mock::problem(&mock) {
            None => Ok(mock),
            Some(problem) => Err(problem),
        }
    }
}

impl Answer {
    fn of(response: &MockResponse) -> Self {
        Self {
            status: response.status,
            headers: lines_of(&response.headers),
            body: text_of(&response.body),
            body_base64: response.body_base64.clone(),
            delay_ms: response.delay_ms,
            fault: response.fault,
        }
    }

    fn response(&self) -> Result<MockResponse, String> {
        Ok(MockResponse {
            status: self.status,
            headers: headers_of(&self.headers)?,
            body: value_of(&self.body),
            body_base64: self.body_base64.clone(),
            delay_ms: self.delay_ms,
            fault: self.fault,
        })
    }
}

/// A body as it is typed: objects and lists are JSON, all else is a text.
fn value_of(text: &str) -> Value {
    if text.trim().is_empty() {
        return Value::Null;
    }
    serde_json::from_str(text)
        .ok()
        .filter(|value: &Value| value.is_object() || value.is_array())
        .unwrap_or_else(|| Value::from(text))
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => serde_json::to_string_pretty(value).unwrap_or_default(),
    }
}

fn lines_of(headers: &Map<String, Value>) -> String {
    let mut lines = Vec::new();
    for (name, value) in headers {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        lines.extend(values.iter().map(|value| match value.as_str() {
            Some(text) => format!("{name}: {text}"),
            None => format!("{name}: {value}"),
        }));
    }
    lines.join("\n")
}

fn headers_of(lines: &str) -> Result<Map<String, Value>, String> {
    let mut headers = Map::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let (name, value) = line
            .split_once(':')
            .map(|(name, value)| (name.trim().to_owned(), Value::from(value.trim())))
            .filter(|(name, _)| !name.is_empty() && !name.contains(char::is_whitespace))
            .ok_or_else(|| format!("the header line {line:?} is not name: value"))?;
        match headers.get_mut(&name) {
            None => {
                headers.insert(name, value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(known) => *known = Value::from(vec![known.take(), value]),
        }
    }
    Ok(headers)
}

/// What is to be said of a body that begins like JSON and is none.
fn json_problem(text: &str) -> Option<String> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    serde_json::from_str::<Value>(text)
        .err()
        .map(|error| format!("Not JSON, so it is sent as text: {error}"))
}

/// Shows the dialog.
pub fn show(ctx: &egui::Context, form: &mut Form) -> Option<Ended> {
    let title = format!("Mocks of {}", form.hook);
    modal(ctx, "mocks", &title, 860.0, |ui| {
        let p = theme::palette(ui.ctx());
        ui.label(RichText::new(INTRO).color(p.muted))
            .on_hover_text(format!("Kept in {}", form.file.display()));
        ui.add_space(theme::GAP);
        let mut ended = None;
        let height = (ctx.content_rect().height() - 300.0).clamp(220.0, 440.0);
        // As high as it is, and no more: the line between would take all there is, and push the buttons out of sight.
        let both = vec2(ui.available_width(), height);
        ui.allocate_ui_with_layout(both, Layout::left_to_right(Align::Min), |ui| {
            ui.set_max_height(height);
            ui.allocate_ui(vec2(LIST, height), |ui| {
                ui.set_width(LIST);
                ui.set_min_height(height);
                ui.vertical(|ui| ended = list(ui, form, height));
            });
            ui.add(egui::Separator::default().vertical());
            let rest = vec2(ui.available_width(), height);
            ui.allocate_ui_with_layout(rest, Layout::top_down(Align::Min), |ui| {
                ui.set_max_width(rest.x);
                ScrollArea::vertical()
                    .id_salt("mock")
                    .auto_shrink(false)
                    .max_height(height)
                    .show(ui, |ui| editor(ui, form));
            });
        });
        let checked = form.mocks();
        if let Some(problem) = form.problem.as_ref().or(checked.as_ref().err()) {
            ui.label(RichText::new(problem).color(p.bad));
        }
        match buttons(ui, "Save", checked.is_ok()) {
            Some(true) => checked.ok().map(|mocks| {
                Ended::KeepMocks(Order {
                    doc: form.doc,
                    mocks,
                })
            }),
            Some(false) => Some(Ended::Cancelled),
            None => ended,
        }
    })
}

fn list(ui: &mut Ui, form: &mut Form, height: f32) -> Option<Ended> {
    let p = theme::palette(ui.ctx());
    let mut ended = None;
    ScrollArea::vertical()
        .id_salt("mocks")
        .auto_shrink(false)
        .max_height(height - 64.0)
        .show(ui, |ui| {
            if form.entries.is_empty() {
                ui.label(RichText::new(EMPTY).color(p.muted));
            }
            for (index, entry) in form.entries.iter_mut().enumerate() {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 4.0;
                    let check = ui.checkbox(&mut entry.enabled, "");
                    check.widget_info(|| {
                        let label = format!("Mock {} answers", index + 1);
                        egui::WidgetInfo::selected(egui::Role::CheckBox, true, entry.enabled, label)
                    });
                    let text = format!("{} {}", entry.method, short(&entry.url));
                    let ink = if entry.enabled { p.text } else { p.muted };
                    let label = egui::Button::selectable(
                        form.shown == index,
                        RichText::new(text).small().color(ink),
                    )
                    .truncate();
                    let size = vec2(ui.available_width(), 22.0);
                    if ui
                        .add_sized(size, label)
                        .on_hover_text(&entry.url)
                        .clicked()
                    {
                        form.shown = index;
                    }
                });
            }
        });
    ui.horizontal(|ui| {
        if link(ui, "+ Add mock").clicked() {
            form.add(&Mock::new("GET", "https://", MockResponse::default()));
        }
        if !form.entries.is_empty() {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let remove = "Remove this mock";
                if icons::button(ui, Icon::Trash, remove, remove, Look::Plain).clicked()
                    && form.shown < form.entries.len()
                {
                    form.entries.remove(form.shown);
                    form.shown = form.shown.min(form.entries.len().saturating_sub(1));
                }
                let copy = "Duplicate this mock";
                if icons::button(ui, Icon::Copy, copy, copy, Look::Plain).clicked()
                    && let Some(mock) = form.entries.get(form.shown).map(Entry::mock)
                {
                    match mock {
                        Ok(mock) => form.add(&mock),
                        Err(problem) => form.problem = Some(problem),
                    }
                }
            });
        }
    });
    ui.horizontal(|ui| {
        if link(ui, "Add from a file…").clicked() {
            ended = Some(Ended::ChooseMocksFile);
        }
        if !form.entries.is_empty() && link(ui, "Save to a file…").clicked() {
            ended = Some(Ended::SaveMocksFile);
        }
    });
    ended
}

/// A URL without its scheme, for the list.
fn short(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

fn field(ui: &mut Ui, label: &str, text: &mut String, hint: &str) -> egui::Response {
    let edit = egui::TextEdit::singleline(text)
        .hint_text(hint)
        .font(egui::TextStyle::Monospace)
        .desired_width(ui.available_width() - 8.0);
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
    response
}

fn area(ui: &mut Ui, label: &str, text: &mut String, hint: &str, rows: usize) {
    ui.label(
        RichText::new(label)
            .small()
            .color(theme::palette(ui.ctx()).muted),
    );
    let edit = egui::TextEdit::multiline(text)
        .hint_text(hint)
        .font(egui::FontId::monospace(theme::CODE_SMALL))
        .desired_rows(rows)
        .desired_width(ui.available_width() - 8.0);
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MultilineTextInput, true, label));
}

fn editor(ui: &mut Ui, form: &mut Form) {
    let focus = std::mem::take(&mut form.focus_url);
    let Some(entry) = form.entries.get_mut(form.shown) else {
        return;
    };
    ui.horizontal(|ui| {
        egui::ComboBox::from_id_salt("mock method")
            .selected_text(&entry.method)
            .width(84.0)
            .show_ui(ui, |ui| {
                for method in METHODS {
                    let text = if method == "*" { "any method" } else { method };
                    ui.selectable_value(&mut entry.method, method.to_owned(), text);
                }
            });
        let url = field(
            ui,
            "URL of the mock",
            &mut entry.url,
            "https://api.example.com/*",
        );
        if focus {
            url.request_focus();
        }
    });
    answer_tabs(ui, entry);
    if let Some(answer) = entry.answers.get_mut(entry.shown) {
        answer_editor(ui, answer);
    }
    ui.add_space(theme::GAP_SMALL);
    egui::CollapsingHeader::new("Only for some calls")
        .id_salt("mock when")
        .default_open(
            !entry.when_headers.is_empty() || !entry.when_body.is_empty() || entry.times > 0,
        )
        .show(ui, |ui| {
            area(
                ui,
                "With these headers",
                &mut entry.when_headers,
                "authorization: Bearer *",
                1,
            );
            let hint = "{\"user\": {\"email\": \"a@b.c\"}} or a text with *";
            area(ui, "With a body that holds", &mut entry.when_body, hint, 2);
            ui.horizontal(|ui| {
                ui.label("Answers");
                let times = egui::DragValue::new(&mut entry.times).range(0..=10_000);
                ui.add(times).on_hover_text("0 for every call");
                ui.label(match entry.times {
                    0 => "calls: all",
                    1 => "call, then it fits no more",
                    _ => "calls, then it fits no more",
                });
            });
        });
}

fn answer_tabs(ui: &mut Ui, entry: &mut Entry) {
    ui.horizontal(|ui| {
        if entry.answers.len() > 1 {
            for index in 0..entry.answers.len() {
                let text = format!("Answer {}", index + 1);
                if crate::gui::panes::tab(ui, entry.shown == index, &text).clicked() {
                    entry.shown = index;
                }
            }
            if link(ui, "Remove").clicked() && entry.shown < entry.answers.len() {
                entry.answers.remove(entry.shown);
                entry.shown = entry.shown.min(entry.answers.len().saturating_sub(1));
            }
        }
        if link(ui, "+ Then answer")
            .on_hover_text(
                "Add an answer for the next call; the last one stays for all further calls",
            )
            .clicked()
            && let Some(last) = entry.answers.last().cloned()
        {
            entry.answers.push(last);
            entry.shown = entry.answers.len() - 1;
        }
    });
}

fn answer_editor(ui: &mut Ui, answer: &mut Answer) {
    let p = theme::palette(ui.ctx());
    ui.horizontal(|ui| {
        let status = ui.label("Status");
        ui.add(egui::DragValue::new(&mut answer.status).range(100..=599))
            .labelled_by(status.id);
        let delay = ui.label("Delay");
        ui.add(
            egui::DragValue::new(&mut answer.delay_ms)
                .range(0..=MAX_DELAY_MS)
                .speed(10)
                .suffix(" ms"),
        )
        .labelled_by(delay.id);
        ui.label("Fault");
        egui::ComboBox::from_id_salt("mock fault")
            .selected_text(answer.fault.map_or("none", Fault::label))
            .width(150.0)
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut answer.fault, None, "none");
                for fault in Fault::ALL {
                    ui.selectable_value(&mut answer.fault, Some(fault), fault.label());
                }
            });
    });
    if let Some(fault) = answer.fault.filter(|fault| *fault != Fault::BrokenJson) {
        let text = match fault {
            Fault::Timeout if answer.delay_ms == 0 => {
                "No answer ever comes; with a delay the connection times out after it."
            }
            _ => "The call fails; status, headers and body are not sent.",
        };
        ui.label(RichText::new(text).color(p.muted));
        return;
    }
    area(
        ui,
        "Headers",
        &mut answer.headers,
        "content-type: application/json",
        2,
    );
    if answer.body_base64.is_some() {
        ui.horizontal(|ui| {
            ui.label(RichText::new("The body is bytes, not text.").color(p.muted));
            if link(ui, "Write a text instead").clicked() {
                answer.body_base64 = None;
            }
        });
        return;
    }
    area(ui, "Body", &mut answer.body, "{\"ok\": true}", 6);
    if let Some(problem) = json_problem(&answer.body) {
        ui.label(RichText::new(problem).small().color(p.caution));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mocks_come_out_as_they_went_in() {
        let text = r#"[{"method":"GET","url":"https://a/*","when":{"headers":{"a":"b"},"body":{"x":1}},"times":2,"respond":[{"status":500,"headers":{"set-cookie":["a=1","b=2"]},"body":"plain","delay_ms":5},{"status":200,"body":[1],"fault":"broken-json"}]},{"method":"*","url":"x","enabled":false,"respond":{"status":200,"body_base64":"/w=="}}]"#;
        let mocks = mock::read(text).unwrap();
        let form = Form::new(1, "hook", &mocks, PathBuf::new());
        assert_eq!(form.mocks().unwrap(), mocks);
    }

    #[test]
    fn what_is_no_mock_is_told_with_its_number() {
        let mut form = Form::new(1, "hook", &[], PathBuf::new());
        form.add(&Mock::new("GET", "https://a", MockResponse::default()));
        form.add(&Mock::new("GET", " ", MockResponse::default()));
        assert!(form.mocks().unwrap_err().starts_with("Mock 2: "));
        form.entries[1].url = "x".to_owned();
        form.entries[1].answers[0].headers = "no colon".to_owned();
        assert!(form.mocks().unwrap_err().contains("no colon"));
        assert!(json_problem("{").is_some() && json_problem("text").is_none());
    }
}
