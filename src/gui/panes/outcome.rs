//! What Auth0 does with the answer, as a sentence and the facts behind it.

use eframe::egui::text::LayoutJob;
use eframe::egui::{self, Color32, RichText, Stroke, TextFormat, Ui};
use serde_json::Value;

use super::{heading, pipeline};
use crate::auth0::outcome::{Tone, tell};
use crate::gui::theme::{self, Palette};
use crate::runner::report::RunReport;

/// Values longer than this are cut, with an ellipsis; the response shows them whole.
const MOST_CHARS: usize = 80;
/// Objects and arrays with more parts are told by their size.
const MOST_PARTS: usize = 8;
/// Texts of logs and visitors are shown up to here.
const MOST_TEXT: usize = 600;
/// More facts than these are counted, not shown.
const MOST_FACTS: usize = 120;

/// Shows the outcome of `report`.
pub fn show(ui: &mut Ui, report: &RunReport) {
    heading(ui, "What Auth0 does with it");
    pipeline::show(ui, report);
    card(ui, &report.outcome, &report.commands);
}

/// The sentence of an outcome and the facts behind it, on the colour of its tone.
pub fn card(ui: &mut Ui, outcome: &Value, commands: &[Value]) {
    let p = theme::palette(ui.ctx());
    let (tone, sentence) = tell(outcome);
    let (ink, fill) = match tone {
        Tone::Good => (p.good, p.good_surface),
        Tone::Bad => (p.bad, p.bad_surface),
        Tone::Caution => (p.caution, p.caution_surface),
    };
    let frame = egui::Frame::new()
        .fill(fill)
        .corner_radius(egui::CornerRadius::same(theme::RADIUS))
        .inner_margin(egui::Margin {
            left: 14,
            right: 12,
            top: 9,
            bottom: 9,
        });
    let shown = frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.label(
            RichText::new(sentence)
                .font(theme::bold(theme::BODY))
                .color(ink),
        );
        let facts: Vec<_> = calls(commands, p).chain(facts(outcome, p)).collect();
        let more = facts.len().saturating_sub(MOST_FACTS);
        for line in facts.into_iter().take(MOST_FACTS) {
            ui.add(egui::Label::new(line).wrap());
        }
        if more > 0 {
            ui.label(RichText::new(format!("and {more} more")).color(p.muted));
        }
    });
    let rect = shown.response.rect;
    ui.painter().vline(
        rect.left() + 1.5,
        rect.y_range().shrink(3.0),
        Stroke::new(3.0, ink),
    );
}

/// The calls of an Action's `api`, in their order.
fn calls<'a>(commands: &'a [Value], p: &'a Palette) -> impl Iterator<Item = LayoutJob> + 'a {
    commands.iter().map(|command| {
        let args: Vec<String> = list(&command["args"]).iter().map(short).collect();
        let call = format!("api.{}({})", text(&command["api"]), args.join(", "));
        Line::code(p, &call).job
    })
}

/// One line for each fact, in the order of what happens.
fn facts(outcome: &Value, p: &Palette) -> Vec<LayoutJob> {
    let mut lines = Vec::new();
    for name in ["user_metadata", "app_metadata"] {
        let metadata = &outcome[name];
        for change in list(&metadata["changes"]) {
            let (word, ink) = match text(&change["change"]) {
                "added" => ("added", p.good),
                word => (word, p.caution),
            };
            let mut line = Line::code(p, &format!("{name}.{} ", text(&change["name"])));
            line.put(word, ink, true);
            if let Some(from) = change.get("from") {
                line.put(&format!(" {} →", short(from)), p.muted, true);
            }
            line.put(&format!(" {}", short(&change["to"])), p.text, true);
            lines.push(line.job);
        }
        for refused in list(&metadata["refused"]) {
            lines.push(left_out(
                p,
                &format!("{name}.{}", text(&refused["name"])),
                refused,
            ));
        }
    }
    let scope = &outcome["scope"];
    if scope.is_object() {
        let granted = words(&scope["granted"]);
        lines.push(fact(
            p,
            "Scope",
            if granted.is_empty() { "none" } else { &granted },
        ));
        for (key, word, ink) in [
            ("added", "added", p.good),
            ("removed", "removed", p.caution),
        ] {
            for each in list(&scope[key]) {
                let mut line = Line::code(p, &format!("{} ", text(each)));
                line.put(word, ink, true);
                lines.push(line.job);
            }
        }
    }
    if let Some(claims) = outcome["claims"].as_object() {
        for (name, value) in claims {
            let mut line = Line::code(p, &format!("{name} "));
            line.put("claim", p.good, true);
            line.put(&format!(" {}", short(value)), p.text, true);
            lines.push(line.job);
        }
    }
    lines.extend(
        list(&outcome["dropped"])
            .iter()
            .map(|each| left_out(p, text(&each["name"]), each)),
    );
    for ignored in list(&outcome["ignored"]) {
        let mut line = Line::code(p, &format!("{} ", text(&ignored["path"])));
        let changed = ignored["changed"].as_bool().unwrap_or_default();
        line.put(
            if changed {
                "changed, but ignored"
            } else {
                "ignored"
            },
            if changed { p.caution } else { p.muted },
            true,
        );
        lines.push(line.job);
    }
    let oauth = &outcome["oauth"];
    if oauth.is_object() {
        lines.push(fact(
            p,
            "Token endpoint",
            &format!("HTTP {} {}", oauth["status"], text(&oauth["error"])),
        ));
        lines.push(fact(p, "Description", text(&oauth["error_description"])));
    }
    for invalid in list(&outcome["validation"]) {
        lines.push(fact(p, text(&invalid["code"]), text(&invalid["message"])));
    }
    let visitor = &outcome["visitor"];
    if visitor.is_object() {
        for (key, login) in [
            ("new_universal_login", "Visitor, New Universal Login"),
            ("classic_universal_login", "Visitor, Classic"),
        ] {
            let said = visitor[key].as_str().unwrap_or("Auth0's own general text");
            lines.push(fact(p, login, said));
        }
        if let Some(language) = visitor["language"].as_str() {
            lines.push(fact(p, "Language", language));
        }
    }
    let log = &outcome["log"];
    if log.is_object() {
        let entry = format!(
            "{} {}: {}",
            text(&log["code"]),
            text(&log["name"]),
            text(&log["text"])
        );
        lines.push(fact(p, "Tenant log", &entry));
    }
    lines.extend(list(&outcome["notes"]).iter().map(|note| {
        let mut line = Line::default();
        line.put(text(note), p.muted, false);
        line.job
    }));
    lines
}

fn left_out(p: &Palette, name: &str, dropped: &Value) -> LayoutJob {
    let mut line = Line::code(p, &format!("{name} "));
    line.put("left out", p.caution, true);
    line.put(&format!(": {}", text(&dropped["reason"])), p.muted, false);
    line.job
}

fn fact(p: &Palette, what: &str, said: &str) -> LayoutJob {
    let mut line = Line::default();
    line.put(&format!("{what}: "), p.muted, false);
    line.put(said, p.text, false);
    line.job
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A text of the document, cut where it is too long for a pane.
fn text(value: &Value) -> &str {
    let whole = value.as_str().unwrap_or_default();
    whole
        .char_indices()
        .nth(MOST_TEXT)
        .map_or(whole, |(end, _)| &whole[..end])
}

fn words(value: &Value) -> String {
    list(value).iter().map(text).collect::<Vec<_>>().join(" ")
}

/// The value as JSON, as far as it fits; what is large is told by its size, not written out for every frame.
fn short(value: &Value) -> String {
    let whole = match value {
        Value::String(long) if long.len() > MOST_CHARS => {
            let cut: String = long.chars().take(MOST_CHARS).collect();
            return format!("{}…", Value::from(cut));
        }
        Value::Object(map) if map.len() > MOST_PARTS || nested(map.values()) => {
            return format!("{{ {} properties }}", map.len());
        }
        Value::Array(items) if items.len() > MOST_PARTS || nested(items.iter()) => {
            return format!("[ {} items ]", items.len());
        }
        value => value.to_string(),
    };
    match whole.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", &whole[..end]),
        None => whole,
    }
}

/// True where writing a value out could take long: it holds others, or long strings.
fn nested<'a>(mut values: impl Iterator<Item = &'a Value>) -> bool {
    values.any(|value| match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::String(text) => text.len() > MOST_CHARS,
        _ => false,
    })
}

/// A line in several colours.
#[derive(Default)]
struct Line {
    job: LayoutJob,
}

impl Line {
    fn code(p: &Palette, text: &str) -> Self {
        let mut line = Self::default();
        line.put(text, p.text, true);
        line
    }

    fn put(&mut self, text: &str, ink: Color32, code: bool) {
        let font = if code {
            theme::mono(theme::CODE_SMALL)
        } else {
            egui::FontId::proportional(theme::BODY)
        };
        self.job.append(text, 0.0, TextFormat::simple(font, ink));
    }
}
