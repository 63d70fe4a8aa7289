//! Query parameters: how they are read, and the pages that lists come in.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::answer::Answer;

/// Most entries of a page, as the Management API has it.
const MAX_PER_PAGE: usize = 100;
const PER_PAGE: usize = 50;

/// The parameters of a URL.
pub struct Query(Vec<(String, String)>);

impl Query {
    pub fn of(text: Option<&str>) -> Self {
        Self(form(text.unwrap_or_default()))
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// True for `name=true`.
    pub fn says(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    /// A number of the query.
    fn number(&self, name: &str) -> Result<Option<usize>, Answer> {
        self.get(name)
            .map(|text| {
                text.parse().map_err(|_| {
                    Answer::invalid_query(&format!(
                        "Expected type integer but found type string for {name}"
                    ))
                })
            })
            .transpose()
    }

    /// The page that is asked for, bare or with its totals, the entries under `key`.
    pub fn page(&self, entries: Vec<Value>, key: &str) -> Answer {
        let (page, size) = match (self.number("page"), self.number("per_page")) {
            (Ok(page), Ok(size)) => (page.unwrap_or(0), size.unwrap_or(PER_PAGE)),
            (Err(refused), _) | (_, Err(refused)) => return refused,
        };
        if size > MAX_PER_PAGE {
            return Answer::invalid_query(&format!(
                "Value {size} is greater than maximum {MAX_PER_PAGE} on property per_page"
            ));
        }
        let total = entries.len();
        let start = page.saturating_mul(size);
        let shown: Vec<Value> = entries.into_iter().skip(start).take(size).collect();
        if !self.says("include_totals") {
            return Answer::ok(shown.into());
        }
        let mut body = json!({
            "start": start,
            "limit": size,
            "length": shown.len(),
            "total": total,
        });
        body[key] = shown.into();
        Answer::ok(body)
    }

    /// The properties that `fields` names, or with `include_fields=false` all others.
    pub fn fields(&self, mut entry: Map<String, Value>) -> Value {
        if let Some(fields) = self.get("fields").filter(|fields| !fields.is_empty()) {
            let names: Vec<_> = fields.split(',').map(str::trim).collect();
            let wanted = self.get("include_fields") != Some("false");
            entry.retain(|name, _| names.contains(&name.as_str()) == wanted);
        }
        entry.into()
    }
}

/// Pairs of a form or a query.
pub fn form(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (
                decoded(&name.replace('+', " ")),
                decoded(&value.replace('+', " ")),
            )
        })
        .collect()
}

/// A text without its percent escapes.
pub fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
