//! How deep source is nested, counted without recursion: a parser recurses, and a hook must not overflow its stack.

/// Levels of brackets that are parsed.
const MAX_BRACKETS: usize = 1_000;

/// Operators in one expression, and `else` in one file, that are parsed: each may be a level of its own.
const MAX_CHAIN: usize = 20_000;

/// The byte offset where source gets too deep to parse, if it does.
///
/// Brackets count wherever they stand, in texts and comments too: to tell those apart takes the parser this protects.
pub(super) fn too_deep(source: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    let (mut depth, mut chain, mut elses) = (0_usize, 0_usize, 0_usize);
    // The quote of the text we are in; texts hold no operators. Ends with the line, as texts do.
    let mut quote = None;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match (quote, byte) {
            (Some(open), _) if byte == open && bytes.get(at.wrapping_sub(1)) != Some(&b'\\') => {
                quote = None
            }
            (Some(_), b'\n') => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b';' | b',' | b'{' | b'}') => chain = 0,
            (
                None,
                b'!' | b'~' | b'-' | b'+' | b'?' | b':' | b'=' | b'*' | b'.' | b'`' | b'&' | b'|',
            ) => chain += 1,
            (None, b'e') if bytes[at..].starts_with(b"else") => elses += 1,
            _ => {}
        }
        if depth > MAX_BRACKETS || chain > MAX_CHAIN || elses > MAX_CHAIN {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_chains_are_counted() {
        assert_eq!(too_deep(&"(".repeat(1_000)), None);
        assert_eq!(too_deep(&"(".repeat(1_001)), Some(1_000));
        assert!(too_deep(&"!".repeat(30_000)).is_some());
        assert_eq!(too_deep(&"()".repeat(30_000)), None);
        assert_eq!(too_deep(&format!("x = '{}';", "+".repeat(30_000))), None);
    }
}
