//! `console.table`: rows and columns in a frame, as Node draws them.

use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsArgs, JsResult, JsValue};
use unicode_width::UnicodeWidthStr;

use super::errors::display;
use super::format::format;
use super::inspect::{Options, inspect};
use super::{Level, console};

/// The most rows that are drawn; a log line is no place for more.
const MAX_ROWS: usize = 1_000;

/// The row's name, its cells by column, and the value where the row is no object.
type Row = (String, Vec<(String, String)>, Option<String>);

/// `console.table(data)`; what is not an object is logged as it is.
///
/// # Errors
/// What a getter of the data throws.
pub(super) fn table(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(data) = args.get_or_undefined(0).as_object() else {
        let text = format(args, context);
        return console::send(Level::Log, text, context);
    };
    let mut columns: Vec<String> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let is_array = data.is_array();
    let flat = Options {
        depth: Some(0),
        ..Options::default()
    };
    for key in data.own_property_keys(context)?.into_iter().take(MAX_ROWS) {
        if matches!(key, PropertyKey::Symbol(_))
            || is_array && !matches!(key, PropertyKey::Index(_))
        {
            continue;
        }
        let value = data.get(key.clone(), context)?;
        let name = display(&JsValue::from(key), context);
        let Some(row) = value.as_object().filter(|row| !row.is_callable()) else {
            rows.push((name, Vec::new(), Some(inspect(&value, &flat, context))));
            continue;
        };
        let mut cells = Vec::new();
        for column in row.own_property_keys(context)? {
            if matches!(column, PropertyKey::Symbol(_))
                || row.is_array() && !matches!(column, PropertyKey::Index(_))
            {
                continue;
            }
            let cell = row.get(column.clone(), context)?;
            let column = display(&JsValue::from(column), context);
            if !columns.contains(&column) {
                columns.push(column.clone());
            }
            cells.push((column, inspect(&cell, &flat, context)));
        }
        rows.push((name, cells, None));
    }
    let with_values = rows.iter().any(|(_, _, value)| value.is_some());
    let mut head = vec!["(index)".to_owned()];
    head.extend(columns.iter().cloned());
    if with_values {
        head.push("Values".to_owned());
    }
    let body = rows
        .into_iter()
        .map(|(name, cells, value)| {
            let mut line = vec![name];
            for column in &columns {
                let cell = cells
                    .iter()
                    .find(|(name, _)| name == column)
                    .map(|(_, cell)| cell.clone());
                line.push(cell.unwrap_or_default());
            }
            if with_values {
                line.push(value.unwrap_or_default());
            }
            line
        })
        .collect::<Vec<_>>();
    console::send(Level::Log, draw(&head, &body), context)
}

/// Draws the frame; cells stand at the left, as Node 20 and 22 draw them.
fn draw(head: &[String], body: &[Vec<String>]) -> String {
    let widths: Vec<usize> = head
        .iter()
        .enumerate()
        .map(|(column, title)| {
            let cells = body
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.width());
            cells.chain([title.width()]).max().unwrap_or(0) + 2
        })
        .collect();
    let rule = |left: &str, middle: &str, right: &str| {
        let parts: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        format!("{left}{}{right}", parts.join(middle))
    };
    let line = |cells: &[String]| {
        let parts: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| {
                let room = width.saturating_sub(cell.width());
                let left = room.min(1);
                format!("{}{cell}{}", " ".repeat(left), " ".repeat(room - left))
            })
            .collect();
        format!("│{}│", parts.join("│"))
    };
    let mut lines = vec![rule("┌", "┬", "┐"), line(head), rule("├", "┼", "┤")];
    lines.extend(body.iter().map(|row| line(row)));
    lines.push(rule("└", "┴", "┘"));
    lines.join("\n")
}
