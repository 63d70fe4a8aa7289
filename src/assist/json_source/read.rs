//! Reading: JSON's grammar as RFC 8259 has it, with comments taken for white space. No recursion: nesting costs no stack.

use std::ops::Range;

use super::{MOST_VALUES, Node, ReadError, ValueKind};

/// The values of `text` in its order.
pub(super) fn nodes(text: &str) -> Result<Vec<Node>, ReadError> {
    let mut reader = Reader {
        bytes: text.as_bytes(),
        at: 0,
        nodes: Vec::new(),
        open: Vec::new(),
    };
    reader.read()?;
    Ok(reader.nodes)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    nodes: Vec<Node>,
    /// The containers around the present place.
    open: Vec<usize>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), ReadError> {
        self.trivia()?;
        let mut key = None;
        loop {
            let index = self.begin(key.take())?;
            let kind = self.nodes[index].kind;
            if kind.is_container() {
                self.at += 1;
                self.open.push(index);
                self.trivia()?;
                if self.peek() != Some(close_of(kind)) {
                    key = self.key_in(kind)?;
                    continue;
                }
            } else {
                self.scalar(kind)?;
                self.nodes[index].value.end = self.at;
            }
            if self.after_value(&mut key)? {
                return Ok(());
            }
        }
    }

    /// Goes from the end of a value to where the next begins. True at the end of the text.
    fn after_value(&mut self, key: &mut Option<Range<usize>>) -> Result<bool, ReadError> {
        loop {
            self.trivia()?;
            let Some(&parent) = self.open.last() else {
                return if self.at == self.bytes.len() {
                    Ok(true)
                } else {
                    Err(self.fault())
                };
            };
            let kind = self.nodes[parent].kind;
            match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    self.trivia()?;
                    *key = self.key_in(kind)?;
                    return Ok(false);
                }
                Some(byte) if byte == close_of(kind) => {
                    self.at += 1;
                    self.open.pop();
                    let end = self.nodes.len();
                    let node = &mut self.nodes[parent];
                    node.value.end = self.at;
                    node.end = end;
                }
                _ => return Err(self.fault()),
            }
        }
    }

    fn begin(&mut self, key: Option<Range<usize>>) -> Result<usize, ReadError> {
        let kind = match self.peek() {
            Some(b'{') => ValueKind::Object,
            Some(b'[') => ValueKind::Array,
            Some(b'"') => ValueKind::String,
            Some(b't' | b'f') => ValueKind::Boolean,
            Some(b'n') => ValueKind::Null,
            Some(b'-' | b'0'..=b'9') => ValueKind::Number,
            _ => return Err(self.fault()),
        };
        let own = self.nodes.len();
        if own >= MOST_VALUES {
            return Err(ReadError::TooMany);
        }
        let parent = self.open.last().copied();
        let mut index = 0;
        if let Some(parent) = parent {
            index = self.nodes[parent].count;
            self.nodes[parent].count += 1;
        }
        self.nodes.push(Node {
            kind,
            parent,
            key,
            value: self.at..self.at,
            depth: self.open.len(),
            index,
            count: 0,
            end: own + 1,
        });
        Ok(own)
    }

    /// The name before a value, where there is one.
    fn key_in(&mut self, kind: ValueKind) -> Result<Option<Range<usize>>, ReadError> {
        if kind != ValueKind::Object {
            return Ok(None);
        }
        let start = self.at;
        self.string()?;
        let key = start..self.at;
        self.trivia()?;
        self.expect(b':')?;
        self.trivia()?;
        Ok(Some(key))
    }

    fn scalar(&mut self, kind: ValueKind) -> Result<(), ReadError> {
        match kind {
            ValueKind::String => self.string(),
            ValueKind::Number => self.number(),
            _ => {
                let rest = &self.bytes[self.at..];
                let word = ["true", "false", "null"]
                    .into_iter()
                    .find(|word| rest.starts_with(word.as_bytes()));
                self.at += word.ok_or_else(|| self.fault())?.len();
                Ok(())
            }
        }
    }

    fn string(&mut self) -> Result<(), ReadError> {
        self.expect(b'"')?;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    self.at += 1;
                    match self.peek() {
                        Some(b'u') => {
                            let digits = self.bytes.get(self.at + 1..self.at + 5);
                            if !digits.is_some_and(|four| four.iter().all(u8::is_ascii_hexdigit)) {
                                return Err(self.fault());
                            }
                            self.at += 5;
                        }
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                            self.at += 1
                        }
                        _ => return Err(self.fault()),
                    }
                }
                Some(0x20..) => self.at += 1,
                _ => return Err(self.fault()),
            }
        }
    }

    fn number(&mut self) -> Result<(), ReadError> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), ReadError> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.fault());
        }
        Ok(())
    }

    /// Goes over white space and comments.
    fn trivia(&mut self) -> Result<(), ReadError> {
        let end = skip_trivia(self.bytes, self.at, self.bytes.len());
        self.at = end.map_err(ReadError::NotJson)?;
        Ok(())
    }

    fn expect(&mut self, byte: u8) -> Result<(), ReadError> {
        if self.peek() != Some(byte) {
            return Err(self.fault());
        }
        self.at += 1;
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn fault(&self) -> ReadError {
        ReadError::NotJson(self.at)
    }
}

fn close_of(kind: ValueKind) -> u8 {
    if kind == ValueKind::Object {
        b'}'
    } else {
        b']'
    }
}

/// The first byte from `at` on, up to `end`, that is neither white space nor part of a comment.
///
/// # Errors
/// Where a comment begins that does not end.
pub(super) fn skip_trivia(bytes: &[u8], mut at: usize, end: usize) -> Result<usize, usize> {
    while at < end {
        match bytes[at] {
            b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            b'/' => match comment_end(bytes, at) {
                Some(behind) => at = behind,
                None => return Err(at),
            },
            _ => break,
        }
    }
    Ok(at)
}

/// Where the comment that begins at `at` ends; a line's end is not part of it.
pub(super) fn comment_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    if rest.starts_with(b"//") {
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        return Some(at + length.unwrap_or(rest.len()));
    }
    if rest.starts_with(b"/*") {
        let length = rest[2..].windows(2).position(|two| two == b"*/")?;
        return Some(at + 2 + length + 2);
    }
    None
}
