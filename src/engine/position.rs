//! From boa's stack text to V8's: the author's lines and columns, V8's names for functions, nothing of ours.

use std::cell::OnceCell;
use std::rc::Rc;

/// One frame of the author's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// The module it is in; `None` for the author's own script.
    pub file: Option<Rc<str>>,
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
    /// The same, as they were made.
    made: Vec<super::lowering::Edit>,
    /// The text that the engine got, without the wrapper.
    pub lowered: String,
    /// The byte offset at which each line begins.
    line_starts: Vec<usize>,
    /// Whether each byte is a character.
    ascii: bool,
}

/// One line of boa's stack text.
pub(super) struct RawFrame<'a> {
    function: &'a str,
    pub file: &'a str,
    line: u32,
    column: u32,
}

impl<'a> RawFrame<'a> {
    pub fn read(line: &'a str) -> Option<Self> {
        let rest = line.trim().strip_prefix("at ")?;
        let (function, place) = rest.rsplit_once(" (")?;
        let mut parts = place.strip_suffix(')')?.rsplitn(3, ':');
        let column = parts.next()?.parse().ok()?;
        let line = parts.next()?.parse().ok()?;
        Some(Self {
            function,
            file: parts.next()?,
            line,
            column,
        })
    }
}

/// A module of a package or a local file, whose map is made when a stack first asks for it: most never are.
pub(super) struct ModuleScript {
    pub path: Rc<str>,
    source: String,
    wrapper: String,
    edits: Vec<super::lowering::Edit>,
    functions: Vec<super::names::NamedFunction>,
    map: OnceCell<Rc<ScriptMap>>,
}

impl ModuleScript {
    pub fn new(
        path: &str,
        source: &str,
        wrapper: &str,
        functions: Vec<super::names::NamedFunction>,
        edits: Vec<super::lowering::Edit>,
    ) -> Self {
        Self {
            path: path.into(),
            source: source.to_owned(),
            wrapper: wrapper.to_owned(),
            edits,
            functions,
            map: OnceCell::new(),
        }
    }

    pub fn map(&self) -> &Rc<ScriptMap> {
        self.map.get_or_init(|| {
            ScriptMap::new(
                &self.path,
                &self.source,
                &self.wrapper,
                self.functions.clone(),
                &self.edits,
            )
        })
    }
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
            made: edits.to_vec(),
            lowered: super::lowering::apply(source, edits),
            line_starts: line_starts(source),
            ascii: source.is_ascii(),
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
        let raw = RawFrame::read(line)?;
        if raw.file == self.file {
            self.authors_frame(&raw)
        } else {
            None
        }
    }

    /// A frame of boa's that is known to be in this file.
    pub fn authors_frame(&self, raw: &RawFrame<'_>) -> Option<Frame> {
        let function = raw.function;
        let (line, column) = self.authors_place(raw.line, raw.column);
        self.line(line)?;
        let function = match self.offset(line, column).and_then(|at| self.enclosing(at)) {
            Some(found) => found.to_owned(),
            None if function == "<main>" => "Object.<anonymous>".to_owned(),
            None => function.to_owned(),
        };
        Some(Frame {
            file: None,
            function,
            line,
            column,
        })
    }

    /// The author's text of what stands in the lowered one, such as a function.
    pub fn authors_text(&self, lowered: &str) -> Option<&str> {
        let start = self.lowered.find(lowered)?;
        let end = start + lowered.len();
        let from = self.authors_offset(start);
        let to = self.authors_offset(end.checked_sub(1)?) + usize::from(!self.is_inserted(end - 1));
        self.source.get(from..to)
    }

    fn is_inserted(&self, offset: usize) -> bool {
        self.unlowered(offset).1
    }

    fn authors_offset(&self, offset: usize) -> usize {
        self.unlowered(offset).0
    }

    /// The offset in the source of an offset in the lowered text, and whether that text was inserted.
    fn unlowered(&self, offset: usize) -> (usize, bool) {
        let (mut source, mut lowered) = (0, 0);
        for edit in &self.made {
            let kept = edit.at.saturating_sub(source);
            if offset < lowered + kept {
                break;
            }
            lowered += kept;
            if offset < lowered + edit.inserted.len() {
                return (edit.at, true);
            }
            lowered += edit.inserted.len();
            source = edit.at + edit.removed;
        }
        (source + (offset - lowered), false)
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
        let column = match self.source.get(start..offset) {
            // Minified modules have one line of a megabyte: nothing is counted where nothing has to be.
            Some(text) if self.ascii => text.len() + 1,
            Some(text) => text.chars().count() + 1,
            None => 1,
        };
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
        let file = frame.file.as_deref().unwrap_or(&self.file);
        let place = format!("{file}:{}:{}", frame.line, frame.column);
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
