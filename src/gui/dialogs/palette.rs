//! The command palette: every command by its name, found by a few letters; `:` goes to a line instead, `@` to a
//! function, class or variable.

use std::cmp::Reverse;

use eframe::egui::{
    self, Align, Align2, Key, Modifiers, RichText, ScrollArea, Sense, TextEdit, Ui, WidgetInfo,
    pos2, vec2,
};

use super::Ended;
use crate::assist::SymbolKind;
use crate::gui::commands::Command;
use crate::gui::documents::ListedSymbol;
use crate::gui::panes::row_ground;
use crate::gui::panes::topbar::needs_hook;
use crate::gui::{fuzzy, theme};

/// What the field is called.
const FIELD: &str = "Find a command";
/// Height of a row, in points.
const ROW: f32 = 28.0;
/// Width of the palette, and its distance from the top of the window, in points.
const WIDTH: f32 = 560.0;
const TOP: f32 = 64.0;
const MOST_HEIGHT: f32 = 340.0;

/// What is typed, and which row is chosen.
#[derive(Debug, Default)]
pub struct Search {
    typed: String,
    chosen: usize,
    /// The field took the keyboard already.
    begun: bool,
    /// The symbols of the open hook.
    symbols: Vec<ListedSymbol>,
}

impl Search {
    /// Over all commands.
    pub fn commands() -> Self {
        Self::default()
    }

    /// For a line's number.
    pub fn line() -> Self {
        Self {
            typed: ":".to_owned(),
            ..Self::default()
        }
    }

    /// For one of the symbols.
    pub fn symbol() -> Self {
        Self {
            typed: "@".to_owned(),
            ..Self::default()
        }
    }

    /// Takes in the symbols that became known since.
    pub fn set_symbols(&mut self, symbols: Vec<ListedSymbol>) {
        self.symbols = symbols;
    }

    /// With the symbols that `@` lists.
    pub fn among(self, symbols: Vec<ListedSymbol>) -> Self {
        Self { symbols, ..self }
    }
}

/// The commands that fit, the best first. Without a hook those that need one are left out.
fn fitting(typed: &str, has_hook: bool) -> Vec<Command> {
    let mut found: Vec<(i32, Command)> = Command::ALL
        .into_iter()
        .filter(|command| *command != Command::Palette)
        .filter(|command| has_hook || !needs_hook(*command))
        .filter_map(|command| {
            let name = fuzzy::score(typed, command.label());
            // "view settings" finds by the group, too, after all that fit by name.
            let group = format!("{} {}", command.group().title(), command.label());
            let score = name.or_else(|| fuzzy::score(typed, &group).map(|score| score - 1_000))?;
            Some((score, command))
        })
        .collect();
    if !typed.trim().is_empty() {
        found.sort_by_key(|(score, _)| Reverse(*score));
    }
    found.into_iter().map(|(_, command)| command).collect()
}

/// The place that `12` or `12:5` names; both are 1-based.
fn place(typed: &str) -> Option<(u32, u32)> {
    let (line, column) = match typed.trim().split_once([':', ',']) {
        Some((line, column)) => (line, column.trim().parse().ok()?),
        None => (typed, 1),
    };
    let line: u32 = line.trim().parse().ok()?;
    (line > 0 && column > 0).then_some((line, column))
}

/// Shows the palette.
pub fn show(ctx: &egui::Context, search: &mut Search, has_hook: bool) -> Option<Ended> {
    let style = ctx.style_of(ctx.theme());
    let id = egui::Id::unique("palette");
    let area = egui::Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, TOP));
    let modal = egui::Modal::new(id)
        .area(area)
        .frame(egui::Frame::popup(&style).inner_margin(egui::Margin::same(8)));
    // Before the field sees them: it would move its own cursor.
    let keys = Keys::take(ctx);
    let response = modal.show(ctx, |ui| {
        ui.set_width(WIDTH.min(ctx.content_rect().width() - 48.0));
        content(ui, search, has_hook, keys)
    });
    if response.inner.is_some() {
        return response.inner;
    }
    let escaped = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    (escaped || response.backdrop_response.clicked()).then_some(Ended::Cancelled)
}

#[derive(Clone, Copy)]
struct Keys {
    steps: isize,
    enter: bool,
}

impl Keys {
    fn take(ctx: &egui::Context) -> Self {
        ctx.input_mut(|input| {
            let mut count = |key| {
                isize::try_from(input.count_and_consume_key(Modifiers::NONE, key)).unwrap_or(0)
            };
            let page = 8;
            let steps = count(Key::ArrowDown) - count(Key::ArrowUp)
                + page * (count(Key::PageDown) - count(Key::PageUp));
            Self {
                steps,
                enter: count(Key::Enter) > 0,
            }
        })
    }
}

fn content(ui: &mut Ui, search: &mut Search, has_hook: bool, keys: Keys) -> Option<Ended> {
    let field = egui::Id::unique("palette field");
    let response = ui.add(
        TextEdit::singleline(&mut search.typed)
            .id(field)
            .hint_text("Type a command's name, or : and a line, or @ and a function")
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 6)),
    );
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, &search.typed, &search.typed, "");
        info.label = Some(FIELD.to_owned());
        info
    });
    if !search.begun {
        search.begun = true;
        response.request_focus();
        put_cursor_at_end(ui.ctx(), field, &search.typed);
    } else if !response.has_focus() {
        response.request_focus();
    }
    if response.changed() {
        search.chosen = 0;
    }
    ui.add_space(theme::GAP_SMALL);
    if let Some(typed) = search.typed.strip_prefix(':') {
        return line_row(ui, typed, has_hook, keys);
    }
    if let Some(typed) = search.typed.strip_prefix('@') {
        let found = fitting_symbols(typed, &search.symbols);
        if found.is_empty() {
            ui.weak("The code has no function, class or variable that is called so.");
            return None;
        }
        let asked = rows(ui, &found, &mut search.chosen, keys, symbol_row)?;
        let (line, column) = (asked.line, asked.column);
        return Some(Ended::GoTo { line, column });
    }
    let found = fitting(&search.typed, has_hook);
    if found.is_empty() {
        ui.weak("No command is called so.");
        return None;
    }
    rows(
        ui,
        &found,
        &mut search.chosen,
        keys,
        |ui, command, chosen| row(ui, *command, chosen),
    )
    .map(|command| Ended::Perform(*command))
}

/// The rows, of which one is chosen; the one that was asked for.
fn rows<'a, T>(
    ui: &mut Ui,
    found: &'a [T],
    chosen: &mut usize,
    keys: Keys,
    mut show_row: impl FnMut(&mut Ui, &T, bool) -> egui::Response,
) -> Option<&'a T> {
    let count = isize::try_from(found.len()).unwrap_or(isize::MAX);
    let at = isize::try_from(*chosen).unwrap_or(0);
    // One step past an end goes round; a page stops there.
    let at = if keys.steps.abs() == 1 {
        (at + keys.steps).rem_euclid(count)
    } else {
        (at + keys.steps).clamp(0, count - 1)
    };
    *chosen = at.unsigned_abs();
    let mut asked = None;
    ScrollArea::vertical()
        .id_salt("palette rows")
        .max_height(MOST_HEIGHT.min(ui.ctx().content_rect().height() - 160.0))
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (index, one) in found.iter().enumerate() {
                let response = show_row(ui, one, index == *chosen);
                if index == *chosen && (keys.steps != 0 || response.gained_focus()) {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    asked = Some(one);
                }
            }
        });
    if keys.enter {
        asked = found.get(*chosen);
    }
    asked
}

/// The symbols that fit, in the order of the text while nothing is typed.
fn fitting_symbols(typed: &str, symbols: &[ListedSymbol]) -> Vec<ListedSymbol> {
    let mut found: Vec<(i32, &ListedSymbol)> = symbols
        .iter()
        .filter_map(|symbol| Some((fuzzy::score(typed, &symbol.name)?, symbol)))
        .collect();
    if !typed.trim().is_empty() {
        found.sort_by_key(|(score, _)| Reverse(*score));
    }
    found
        .into_iter()
        .map(|(_, symbol)| symbol.clone())
        .collect()
}

fn symbol_row(ui: &mut Ui, symbol: &ListedSymbol, chosen: bool) -> egui::Response {
    let p = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let kind = match symbol.kind {
        SymbolKind::Hook => "hook",
        SymbolKind::Function => "function",
        SymbolKind::Class => "class",
        SymbolKind::Variable => "variable",
    };
    response.widget_info(|| {
        let label = format!("{} ({kind}, line {})", symbol.name, symbol.line);
        WidgetInfo::selected(egui::Role::ListBoxOption, true, chosen, label)
    });
    row_ground(ui, chosen, &response);
    #[allow(clippy::cast_precision_loss)] // a handful of functions
    let indent = symbol.depth.min(8) as f32 * 14.0;
    let name = ui.painter().text(
        pos2(rect.left() + theme::GAP + indent, rect.center().y),
        Align2::LEFT_CENTER,
        &symbol.name,
        theme::mono(theme::CODE),
        p.text,
    );
    ui.painter().text(
        pos2(name.right() + 2.0 * theme::GAP, rect.center().y),
        Align2::LEFT_CENTER,
        kind,
        egui::FontId::proportional(theme::SMALL),
        p.muted,
    );
    ui.painter().text(
        pos2(rect.right() - theme::GAP, rect.center().y),
        Align2::RIGHT_CENTER,
        format!("line {}", symbol.line),
        egui::FontId::proportional(theme::SMALL),
        p.muted,
    );
    response
}

fn row(ui: &mut Ui, command: Command, chosen: bool) -> egui::Response {
    let p = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let keys = command.shortcut_text(ui.ctx());
    let name = command.label();
    response.widget_info(|| {
        let label = if keys.is_empty() {
            name.to_owned()
        } else {
            format!("{name} ({keys})")
        };
        WidgetInfo::selected(egui::Role::ListBoxOption, true, chosen, label)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    row_ground(ui, chosen, &response);
    let font = egui::FontId::proportional(theme::BODY);
    let text = ui.painter().text(
        pos2(rect.left() + theme::GAP, rect.center().y),
        Align2::LEFT_CENTER,
        name,
        font,
        p.text,
    );
    let keys = ui.painter().text(
        pos2(rect.right() - theme::GAP, rect.center().y),
        Align2::RIGHT_CENTER,
        keys,
        theme::mono(theme::CODE_SMALL),
        p.accent,
    );
    // What it does, where there is room between the two.
    let left = text.right().max(rect.left() + 170.0) + theme::GAP;
    let room = egui::Rect::from_min_max(
        pos2(left, rect.top()),
        pos2(keys.left() - theme::GAP, rect.bottom()),
    );
    if room.width() > 60.0 {
        let mut child = ui.new_child(
            egui::UiBuilder::new()
                .max_rect(room)
                .layout(egui::Layout::left_to_right(Align::Center)),
        );
        let text = RichText::new(command.describe()).small().color(p.muted);
        child.add(egui::Label::new(text).truncate().selectable(false));
    }
    response
}

fn line_row(ui: &mut Ui, typed: &str, has_hook: bool, keys: Keys) -> Option<Ended> {
    let place = place(typed).filter(|_| has_hook);
    match place {
        Some((line, 1)) => ui.label(format!("Go to line {line}")),
        Some((line, column)) => ui.label(format!("Go to line {line}, column {column}")),
        None => ui.weak("A line's number, or line:column, such as 12:5."),
    };
    let (line, column) = place?;
    keys.enter.then_some(Ended::GoTo { line, column })
}

fn put_cursor_at_end(ctx: &egui::Context, field: egui::Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = egui::text_edit::TextEditState::load(ctx, field).unwrap_or_default();
    let end = CCursor::end_of_str(text);
    state
        .cursor
        .set_char_range(Some(CCursorRange::two(end, end)));
    state.store(ctx, field);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_a_few_letters() {
        assert_eq!(fitting("mlu", true)[0], Command::MoveLineUp);
        assert_eq!(fitting("zoom in", true)[0], Command::ZoomIn);
        assert_eq!(fitting("versions", true)[0], Command::Versions);
        assert!(!fitting("versions", false).contains(&Command::Versions));
        assert!(fitting("view zoom", true).contains(&Command::ZoomOut));
        assert!(fitting("qqqq", true).is_empty());
    }

    #[test]
    fn without_letters_every_command_stands_there() {
        let all = fitting("", true);
        assert_eq!(all.len(), Command::ALL.len() - 1);
        assert!(fitting("", false).len() < all.len());
    }

    #[test]
    fn a_place_is_a_line_and_perhaps_a_column() {
        assert_eq!(place("12"), Some((12, 1)));
        assert_eq!(place(" 12 : 5"), Some((12, 5)));
        for none in ["", "0", "x", "3:", "3:0", "-1"] {
            assert_eq!(place(none), None, "{none}");
        }
    }
}
