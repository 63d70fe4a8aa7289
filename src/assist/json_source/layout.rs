//! How a text is laid out: its line ends, its indentation, whether a container has a line for each value.

use std::ops::Range;

use super::read::{comment_end, skip_trivia};
use super::{JsonSource, literal};

impl JsonSource {
    /// The line end the text uses.
    pub(super) fn line_end(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// What the line of a byte begins with.
    pub(super) fn indent_at(&self, byte: usize) -> &str {
        let line = self.text[..byte].rfind('\n').map_or(0, |at| at + 1);
        let rest = &self.text[line..];
        &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()]
    }

    /// The bytes between a container's brackets.
    pub(super) fn inside(&self, container: usize) -> Range<usize> {
        let value = &self.nodes[container].value;
        value.start + 1..value.end - 1
    }

    /// Where the white space and comments before a child begin: behind the bracket, or behind the comma.
    pub(super) fn lead(&self, container: usize, at: usize) -> Range<usize> {
        let Some(child) = self.child(container, at) else {
            return self.inside(container);
        };
        let start = self.nodes[child].start();
        let from = match at.checked_sub(1).and_then(|at| self.child(container, at)) {
            Some(before) => self.comma_after(before) + 1,
            None => self.inside(container).start,
        };
        from..start
    }

    /// The place of the comma behind a value that is not the last.
    pub(super) fn comma_after(&self, child: usize) -> usize {
        let (bytes, end) = (self.text.as_bytes(), self.nodes[child].value.end);
        // There is one, or the text would not have been read.
        skip_trivia(bytes, end, bytes.len()).unwrap_or(end)
    }

    /// Whether the values of a container stand on lines of their own, or will.
    pub(super) fn is_broken(&self, container: usize) -> bool {
        let node = &self.nodes[container];
        if node.count > 0 {
            return self.text[self.lead(container, 0)].contains('\n');
        }
        if self.text[self.inside(container)].contains('\n') {
            return true;
        }
        match node.parent {
            Some(parent) => self.is_broken(parent),
            None => true,
        }
    }

    /// What stands between a name's quotes and its value; as before in this object, else as elsewhere in the text.
    pub(super) fn colon(&self, container: Option<usize>) -> &str {
        let near = container.into_iter().flat_map(|of| self.children(of));
        let nodes = near.map(|(_, node)| node).chain(&self.nodes);
        nodes
            .filter_map(|node| {
                let key = node.key.as_ref()?;
                self.text.get(key.end..node.value.start)
            })
            .find(|between| !between.contains(['/', '\n']))
            .unwrap_or(": ")
    }

    /// What stands between a comma and the next value on the same line.
    pub(super) fn gap(&self, container: usize) -> &str {
        if self.nodes[container].count > 1 {
            let lead = &self.text[self.lead(container, 1)];
            if lead.chars().all(|c| c == ' ') {
                return lead;
            }
        }
        if self.colon(Some(container)).ends_with(' ') {
            " "
        } else {
            ""
        }
    }

    /// What stands before a further value of a container that has some, as it stands before the one at `like`.
    pub(super) fn separator(&self, container: usize, like: usize) -> String {
        let lead = &self.text[self.lead(container, like)];
        match lead.rfind('\n') {
            Some(line) => {
                let last = &lead[line + 1..];
                let indent = &last[..last.len() - last.trim_start_matches([' ', '\t']).len()];
                format!("{}{indent}", self.line_end())
            }
            None if like > 0 && lead.chars().all(|c| c == ' ') => lead.to_owned(),
            None => self.gap(container).to_owned(),
        }
    }

    /// Behind the comments that end the line a byte stands in; the byte itself where something else follows on it.
    pub(super) fn line_tail(&self, byte: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (mut at, mut tail) = (byte, byte);
        loop {
            match bytes.get(at) {
                Some(b' ' | b'\t') => at += 1,
                Some(b'/') => match comment_end(bytes, at) {
                    Some(end) if !self.text[at..end].contains('\n') => {
                        at = end;
                        tail = end;
                    }
                    _ => return byte,
                },
                Some(b'\n' | b'\r') => return tail,
                _ => return byte,
            }
        }
    }

    /// A name and a value as they stand together in an object.
    pub(super) fn member(&self, container: usize, name: Option<&str>, value: &str) -> String {
        match name {
            Some(name) => format!("{}{}{value}", literal(name), self.colon(Some(container))),
            None => value.to_owned(),
        }
    }
}

/// A value of several lines, moved in to where it will stand.
pub(super) fn moved_in(value: &str, indent: &str, line_end: &str) -> String {
    let mut lines = value.lines();
    let mut moved = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        moved.push_str(line_end);
        if !line.is_empty() {
            moved.push_str(indent);
        }
        moved.push_str(line);
    }
    moved
}
