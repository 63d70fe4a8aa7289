//! Byte offsets as lines and columns: 1-based, columns in UTF-16 units, lines ended by LF alone.

/// A place as editors name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// 1-based.
    pub line: u32,
    /// 1-based, in UTF-16 units.
    pub column: u32,
}

/// The lines of one source, for many look-ups.
#[derive(Debug)]
pub struct Lines<'a> {
    source: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the starts of the lines once.
    pub fn new(source: &'a str) -> Self {
        let ends = source.match_indices('\n').map(|(end, _)| end + 1);
        Self {
            source,
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// The place of a byte offset; one past the end, or inside of a character, is taken for the next place before it.
    pub fn place(&self, offset: usize) -> Place {
        let mut offset = offset.min(self.source.len());
        while !self.source.is_char_boundary(offset) {
            offset -= 1;
        }
        let index = self.starts.partition_point(|start| *start <= offset) - 1;
        let start = self.starts[index];
        let column = self.source[start..offset].encode_utf16().count() + 1;
        Place {
            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    /// The byte offset of a place; one past a line's end is the end, one past the text its end.
    pub fn offset(&self, place: Place) -> usize {
        let index = place.line.saturating_sub(1) as usize;
        let Some(&start) = self.starts.get(index) else {
            return self.source.len();
        };
        let end = self
            .starts
            .get(index + 1)
            .map_or(self.source.len(), |next| next - 1);
        let mut column = 1;
        for (at, c) in self.source[start..end].char_indices() {
            if column >= place.column {
                return start + at;
            }
            column += u32::try_from(c.len_utf16()).unwrap_or(1);
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units_and_lines_end_with_lf() {
        let lines = Lines::new("a\r\n😀é;\n");
        let at = |offset| (lines.place(offset).line, lines.place(offset).column);
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (2, 1));
        assert_eq!(at(5), (2, 1));
        assert_eq!(at(7), (2, 3));
        assert_eq!(at(9), (2, 4));
        assert_eq!(at(100), (3, 1));
        for offset in [0, 3, 7, 9, 11] {
            assert_eq!(lines.offset(lines.place(offset)), offset);
        }
        assert_eq!(
            lines.offset(Place {
                line: 2,
                column: 99
            }),
            10
        );
        assert_eq!(lines.offset(Place { line: 9, column: 1 }), 11);
    }
}
