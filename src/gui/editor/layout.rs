//! Lines as egui's galleys: what is in view of each line, and the way between characters and places in points.
//!
//! egui keeps galleys by content while they are shown; a cache of our own would outlive the glyph atlas they point into.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::{self, Color32, FontId, Galley, TextFormat, Ui, text::LayoutJob};
use ropey::RopeSlice;

use super::boundaries::{cells_before, char_at_cells, picture_of};
use super::highlight::{Span, TokenKind};
use crate::gui::theme::{self, Palette};

/// Lines of more characters are shown without colours and laid out in pieces, the visible ones only.
pub const LONG_LINE: usize = 5_000;
/// Characters of one piece of a long line.
const PIECE: usize = 1_000;

/// The face and its measures, the same for all lines of a frame.
#[derive(Clone, Debug)]
pub struct Face {
    pub font: FontId,
    /// Width of one character of the code face, in points.
    pub cell: f32,
    /// Height of a line, in points: whole pixels, never more than the theme says, for panes are sized by that.
    pub row: f32,
    pub palette: &'static Palette,
}

impl Face {
    pub fn new(ui: &Ui, size: f32) -> Self {
        let font = theme::mono(size);
        let cell = ui.fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
        let pixels = ui.ctx().pixels_per_point();
        let row = (size * theme::CODE_LINE * pixels).floor().max(1.0) / pixels;
        Self {
            font,
            cell: cell.max(1.0),
            row,
            palette: theme::palette(ui.ctx()),
        }
    }

    fn format(&self, color: Color32) -> TextFormat {
        TextFormat {
            line_height: Some(self.row),
            ..TextFormat::simple(self.font.clone(), color)
        }
    }
}

/// The colour of a kind of token.
pub fn ink(palette: &Palette, kind: TokenKind) -> Color32 {
    match kind {
        TokenKind::Text => palette.text,
        TokenKind::Keyword => palette.keyword,
        TokenKind::String => palette.string,
        TokenKind::Number => palette.number,
        TokenKind::Comment => palette.comment,
        TokenKind::Function => palette.function,
        TokenKind::Property => palette.property,
        TokenKind::Constant => palette.constant,
    }
}

struct Piece {
    /// Characters of the line.
    range: Range<usize>,
    /// Points from the line's start.
    x: f32,
    galley: Arc<Galley>,
}

/// One line or one row of it laid out, at least where it is in view.
pub struct LineLayout<'a> {
    line: RopeSlice<'a>,
    pieces: Vec<Piece>,
    cell: f32,
    /// Points from the left end of lines to where this one begins.
    indent: f32,
}

impl<'a> LineLayout<'a> {
    /// Lays out `line`; of a long one only what lies within `view`, in points from the line's start.
    pub fn new(
        ui: &Ui,
        face: &Face,
        line: RopeSlice<'a>,
        spans: &[Span],
        view: Range<f32>,
    ) -> Self {
        let chars = line.len_chars();
        let mut pieces = Vec::new();
        if chars <= LONG_LINE {
            pieces.push(Piece {
                range: 0..chars,
                x: 0.0,
                galley: lay_out(ui, face, &line.to_string(), spans),
            });
        } else {
            let first = char_at_cells(line, whole_cells(view.start, face.cell)) / PIECE;
            let mut start = (first * PIECE).min(chars);
            let mut x = cells(cells_before(line, start), face.cell);
            while start < chars && x < view.end {
                let end = (start + PIECE).min(chars);
                let text = line.slice(start..end);
                pieces.push(Piece {
                    range: start..end,
                    x,
                    galley: lay_out(ui, face, &text.to_string(), &[]),
                });
                x += cells(cells_before(text, end - start), face.cell);
                start = end;
            }
        }
        Self {
            line,
            pieces,
            cell: face.cell,
            indent: 0.0,
        }
    }

    /// Lays out one row of a wrapped line, so many cells from the left; `spans` are the row's.
    pub fn of_row(ui: &Ui, face: &Face, row: RopeSlice<'a>, spans: &[Span], indent: usize) -> Self {
        let indent = cells(indent, face.cell);
        Self {
            line: row,
            pieces: vec![Piece {
                range: 0..row.len_chars(),
                x: indent,
                galley: lay_out(ui, face, &row.to_string(), spans),
            }],
            cell: face.cell,
            indent,
        }
    }

    /// Points from the line's start to the left edge of its character `at`.
    pub fn x_of(&self, at: usize) -> f32 {
        let piece = self
            .pieces
            .iter()
            .find(|piece| (piece.range.start..=piece.range.end).contains(&at));
        match piece {
            Some(piece) => {
                piece.x
                    + piece.galley.rows.first().map_or(0.0, |row| {
                        row.x_offset(egui::text::CharIndex(at - piece.range.start))
                    })
            }
            None => self.indent + cells(cells_before(self.line, at), self.cell),
        }
    }

    /// The character of the line nearest to `x`, in points from the line's start.
    pub fn char_at(&self, x: f32) -> usize {
        let piece = self
            .pieces
            .iter()
            .find(|piece| x >= piece.x && x <= piece.x + piece.galley.size().x);
        match (piece, self.pieces.as_slice()) {
            (Some(piece), _) => nearest(piece, x),
            (None, [only]) => nearest(only, x),
            _ => char_at_cells(self.line, whole_cells(x - self.indent, self.cell)),
        }
    }

    /// Points from the left end of lines to the end of this one.
    pub fn width(&self) -> f32 {
        match self.pieces.as_slice() {
            [only] if only.range.end == self.line.len_chars() && only.range.start == 0 => {
                only.x + only.galley.size().x
            }
            _ => cells(cells_before(self.line, self.line.len_chars()), self.cell),
        }
    }

    /// The galleys to paint, each with its distance from the line's start in points.
    pub fn galleys(&self) -> impl Iterator<Item = (f32, &Arc<Galley>)> {
        self.pieces.iter().map(|piece| (piece.x, &piece.galley))
    }
}

fn nearest(piece: &Piece, x: f32) -> usize {
    let column = piece
        .galley
        .rows
        .first()
        .map_or(0, |row| row.char_at(x - piece.x).0);
    piece.range.start + column
}

fn lay_out(ui: &Ui, face: &Face, text: &str, spans: &[Span]) -> Arc<Galley> {
    let mut job = LayoutJob {
        break_on_newline: false,
        keep_trailing_whitespace: true,
        ..LayoutJob::default()
    };
    job.wrap.max_width = f32::INFINITY;
    let mut from = 0;
    for span in spans {
        let end = (from + span.bytes as usize).min(text.len());
        // After an edit the spans are a guess until the new ones come: never within a character.
        let end = (end..=text.len())
            .find(|end| text.is_char_boundary(*end))
            .unwrap_or(text.len());
        if let Some(part) = text.get(from..end) {
            append(&mut job, face, part, ink(face.palette, span.kind));
        }
        from = end;
    }
    if let Some(rest) = text.get(from..)
        && (!rest.is_empty() || job.is_empty())
    {
        append(&mut job, face, rest, face.palette.text);
    }
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

fn append(job: &mut LayoutJob, face: &Face, text: &str, color: Color32) {
    if !text.chars().any(|c| picture_of(c).is_some()) {
        job.append(text, 0.0, face.format(color));
        return;
    }
    let mut plain = String::new();
    for c in text.chars() {
        match picture_of(c) {
            None => plain.push(c),
            Some(picture) => {
                if !plain.is_empty() {
                    job.append(&plain, 0.0, face.format(color));
                    plain.clear();
                }
                let mut buffer = [0; 4];
                let format = face.format(face.palette.caution);
                job.append(picture.encode_utf8(&mut buffer), 0.0, format);
            }
        }
    }
    if !plain.is_empty() {
        job.append(&plain, 0.0, face.format(color));
    }
}

#[allow(clippy::cast_precision_loss)] // a line of 16 million cells is drawn a pixel off
fn cells(count: usize, cell: f32) -> f32 {
    count as f32 * cell
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // rounded and not negative
fn whole_cells(x: f32, cell: f32) -> usize {
    (x / cell).max(0.0).floor() as usize
}
