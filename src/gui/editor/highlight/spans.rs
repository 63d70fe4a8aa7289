//! The spans of every line as the window holds them. An edit moves them at once, so that nothing loses its colour
//! while the thread looks at the line again.

use std::sync::Arc;

use crate::gui::editor::transaction::LineEdit;

/// What a stretch of text is; the theme gives each kind a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    Text,
    Keyword,
    String,
    Number,
    Comment,
    Function,
    Property,
    Constant,
}

/// So many bytes of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    pub bytes: u32,
    pub kind: TokenKind,
}

/// Spans per line; a line without any is drawn plain.
#[derive(Debug, Default)]
pub struct LineSpans {
    lines: Vec<Option<Arc<[Span]>>>,
    generation: u64,
}

impl LineSpans {
    /// Nothing known of `lines` lines.
    pub fn reset(&mut self, lines: usize) {
        self.lines.clear();
        self.lines.resize(lines, None);
    }

    /// The spans of `line`; they may end before the line does.
    pub fn of(&self, line: usize) -> &[Span] {
        self.lines
            .get(line)
            .and_then(Option::as_deref)
            .unwrap_or_default()
    }

    /// Sets the spans of `line`, if there is such a line.
    pub fn set(&mut self, line: usize, spans: Arc<[Span]>) {
        if let Some(place) = self.lines.get_mut(line) {
            *place = Some(spans);
            self.generation += 1;
        }
    }

    /// Changes whenever spans were found.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The kind of the byte at `column` of `line`.
    pub fn kind_at(&self, line: usize, column: usize) -> TokenKind {
        let mut end = 0;
        for span in self.of(line) {
            end += span.bytes as usize;
            if column < end {
                return span.kind;
            }
        }
        TokenKind::Text
    }

    /// Moves the spans along with an edit.
    pub fn carry(&mut self, edit: &LineEdit) {
        if edit.old == 1 && edit.new == 1 {
            if let Some(Some(spans)) = self.lines.get_mut(edit.first) {
                *spans = shifted(spans, edit);
            }
            return;
        }
        let first = edit.first.min(self.lines.len());
        let end = (first + edit.old).min(self.lines.len());
        // What stands before the change keeps its colours; the rest of these lines waits for new ones.
        let kept = self
            .lines
            .get(first)
            .and_then(Option::as_deref)
            .map(|spans| cut(spans, edit.column));
        let fresh = std::iter::once(kept).chain(std::iter::repeat_n(None, edit.new - 1));
        self.lines.splice(first..end, fresh);
    }
}

/// The spans up to byte `column`.
fn cut(spans: &[Span], column: usize) -> Arc<[Span]> {
    let mut left = u32::try_from(column).unwrap_or(u32::MAX);
    spans
        .iter()
        .map_while(|span| {
            let bytes = span.bytes.min(left);
            left -= bytes;
            (bytes > 0).then_some(Span { bytes, ..*span })
        })
        .collect()
}

/// Takes bytes out of the spans at the place of the edit, and gives those that came in to the span before it.
fn shifted(spans: &[Span], edit: &LineEdit) -> Arc<[Span]> {
    let (column, mut out) = (edit.column, edit.removed);
    let mut start = 0;
    let mut changed: Vec<Span> = Vec::with_capacity(spans.len());
    let mut grown = false;
    for span in spans {
        let end = start + span.bytes as usize;
        let mut bytes = span.bytes as usize;
        if end > column && out > 0 {
            let taken = out.min(end - column.max(start));
            bytes -= taken;
            out -= taken;
        }
        if !grown && end >= column && start <= column {
            bytes += edit.inserted;
            grown = true;
        }
        if bytes > 0 {
            changed.push(Span {
                bytes: u32::try_from(bytes).unwrap_or(u32::MAX),
                kind: span.kind,
            });
        }
        start = end;
    }
    changed.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(bytes: u32, kind: TokenKind) -> Span {
        Span { bytes, kind }
    }

    fn edit(column: usize, removed: usize, inserted: usize) -> LineEdit {
        LineEdit {
            first: 0,
            old: 1,
            new: 1,
            column,
            removed,
            inserted,
        }
    }

    #[test]
    fn colours_stay_with_their_text_while_it_is_typed_at() {
        let mut spans = LineSpans::default();
        spans.reset(1);
        let line = [
            span(3, TokenKind::Keyword),
            span(1, TokenKind::Text),
            span(5, TokenKind::String),
        ];
        spans.set(0, line.into());
        spans.carry(&edit(6, 0, 2));
        assert_eq!(spans.of(0)[2], span(7, TokenKind::String));
        spans.carry(&edit(2, 3, 0));
        assert_eq!(
            spans.of(0),
            [span(2, TokenKind::Keyword), span(6, TokenKind::String)]
        );
        assert_eq!(spans.kind_at(0, 1), TokenKind::Keyword);
        assert_eq!(spans.kind_at(0, 2), TokenKind::String);
        assert_eq!(spans.kind_at(0, 99), TokenKind::Text);
    }

    #[test]
    fn new_lines_come_without_colours_and_the_rest_moves_down() {
        let mut spans = LineSpans::default();
        spans.reset(2);
        spans.set(0, [span(4, TokenKind::Comment)].into());
        spans.set(1, [span(2, TokenKind::Number)].into());
        spans.carry(&LineEdit {
            first: 0,
            old: 1,
            new: 3,
            column: 1,
            removed: 0,
            inserted: 2,
        });
        assert_eq!(spans.of(0), [span(1, TokenKind::Comment)]);
        assert!(spans.of(1).is_empty());
        assert_eq!(spans.of(3), [span(2, TokenKind::Number)]);
    }
}
