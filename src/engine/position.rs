//! From boa's stack text to V8's: the author's lines and columns, V8's names for functions, nothing of ours.

use std::rc::Rc;

/// One frame of the author's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub function: String,
    /// 1-based.
    pub line: u32,
    /// 1-based.
    pub column: u32,
}

/// The author's file and how positions in it relate to what the engine was given.
#[derive(Debug, Default)]
pub(super) struct ScriptMap {
    pub file: String,
    pub source: String,
    /// Columns that our wrapper put before the first line.
    pub wrapper_columns: u32,
    /// Functions of the file with the name V8 would show, outermost first.
    pub functions: Vec<super::names::NamedFunction>,
    /// Rewritten places, in the order of the text.
    edits: Vec<Shift>,
    /// The byte offset at which each line begins.
    line_starts: Vec<usize>,
}

/// How an edit moved the columns after it.
#[derive(Debug)]
struct Shift {
    line: u32,
    column: u32,
    removed: u32,
    inserted: u32,
    /// The 1-based place that the inserted text stands for.
    place: Option<(u32, u32)>,
}

impl ScriptMap {
    pub fn new(
        file: &str,
        source: &str,
        wrapper: &str,
        functions: Vec<super::names::NamedFunction>,
        edits: &[super::lowering::Edit],
    ) -> Rc<Self> {
        let mut map = Self {
            file: file.to_owned(),
            source: source.to_owned(),
            wrapper_columns: u32::try_from(wrapper.chars().count()).unwrap_or(0),
            functions,
            edits: Vec::new(),
            line_starts: line_starts(source),
        };
        let shifts = edits.iter().map(|edit| {
            let (line, column) = map.place(edit.at);
            Shift {
                line,
                column,
                removed: u32::try_from(edit.removed).unwrap_or(0),
                inserted: u32::try_from(edit.inserted.chars().count()).unwrap_or(0),
                place: edit.place.map(|at| map.place(at)),
            }
        });
        map.edits = shifts.collect();
        Rc::new(map)
    }

    /// The text of a 1-based line, without its line break.
    fn line(&self, line: u32) -> Option<(usize, &str)> {
        let start = *self.line_starts.get((line as usize).checked_sub(1)?)?;
        let end = self
            .line_starts
            .get(line as usize)
            .map_or(self.source.len(), |next| next - 1);
        Some((start, self.source.get(start..end)?))
    }

    /// The author's place of a place in the rewritten text.
    fn authors_place(&self, line: u32, column: u32) -> (u32, u32) {
        let mut column = if line == 1 {
            column.saturating_sub(self.wrapper_columns).max(1)
        } else {
            column
        };
        let first = self.edits.partition_point(|edit| edit.line < line);
        for edit in self
            .edits
            .iter()
            .skip(first)
            .take_while(|edit| edit.line == line)
        {
            if column >= edit.column + edit.inserted {
                column = column + edit.removed - edit.inserted;
            } else if column >= edit.column {
                if let Some(place) = edit.place {
                    return place;
                }
                column = edit.column;
                break;
            } else {
                break;
            }
        }
        (line, column)
    }

    /// The frames of the author's file in boa's stack text, innermost first.
    pub fn frames(&self, raw: &str) -> Vec<Frame> {
        raw.lines().filter_map(|line| self.frame(line)).collect()
    }

    fn frame(&self, line: &str) -> Option<Frame> {
        let rest = line.trim().strip_prefix("at ")?;
        let (function, place) = rest.rsplit_once(" (")?;
        let place = place.strip_suffix(')')?;
        let mut parts = place.rsplitn(3, ':');
        let column: u32 = parts.next()?.parse().ok()?;
        let line: u32 = parts.next()?.parse().ok()?;
        if parts.next()? != self.file {
            return None;
        }
        let (line, column) = self.authors_place(line, column);
        self.line(line)?;
        let function = match self.offset(line, column).and_then(|at| self.enclosing(at)) {
            Some(found) => found.to_owned(),
            None if function == "<main>" => "Object.<anonymous>".to_owned(),
            None => function.to_owned(),
        };
        Some(Frame {
            function,
            line,
            column,
        })
    }

    /// The byte offset of a 1-based place in the source.
    pub fn offset(&self, line: u32, column: u32) -> Option<usize> {
        let (start, text) = self.line(line)?;
        let within = text.char_indices().nth((column as usize).checked_sub(1)?);
        Some(start + within.map_or(text.len(), |(at, _)| at))
    }

    /// The 1-based place of a byte offset.
    pub fn place(&self, offset: usize) -> (u32, u32) {
        let line = self
            .line_starts
            .partition_point(|start| *start <= offset)
            .max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let column = self
            .source
            .get(start..offset)
            .map_or(0, |text| text.chars().count())
            + 1;
        (
            u32::try_from(line).unwrap_or(u32::MAX),
            u32::try_from(column).unwrap_or(u32::MAX),
        )
    }

    fn enclosing(&self, offset: usize) -> Option<&str> {
        self.functions
            .iter()
            .filter(|function| function.start <= offset && offset < function.end)
            .min_by_key(|function| function.end - function.start)
            .map(|function| function.name.as_str())
    }

    /// V8's text of one frame: without a name only the place.
    pub fn show(&self, frame: &Frame) -> String {
        let place = format!("{}:{}:{}", self.file, frame.line, frame.column);
        if frame.function.is_empty() {
            format!("    at {place}")
        } else {
            format!("    at {} ({place})", frame.function)
        }
    }
}

fn line_starts(source: &str) -> Vec<usize> {
    std::iter::once(0)
        .chain(source.match_indices('\n').map(|(at, _)| at + 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_boas_frames_and_takes_the_wrapper_off() {
        let map = ScriptMap::new("h.js", "f();\n  g();\n", "(function () {;", Vec::new(), &[]);
        let raw = "    at Error (native)\n    at g (h.js:2:4)\n    at <main> (h.js:1:17)\n    at x (other.js:1:1)\n";
        let frames = map.frames(raw);
        assert_eq!(frames.len(), 2);
        assert_eq!(map.show(&frames[0]), "    at g (h.js:2:4)");
        assert_eq!(map.show(&frames[1]), "    at Object.<anonymous> (h.js:1:2)");
    }

    #[test]
    fn offsets_and_places_agree() {
        let map = ScriptMap::new("h.js", "ab\nüx\n", "", Vec::new(), &[]);
        assert_eq!(map.offset(2, 2), Some(5));
        assert_eq!(map.place(5), (2, 2));
    }
}
