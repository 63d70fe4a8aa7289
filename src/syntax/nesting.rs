//! How deep source is nested, counted without recursion: a parser recurses, and a hook must not overflow its stack.

/// Levels of brackets that are parsed.
const MAX_BRACKETS: usize = 1_000;

/// Operators and nesting words in one statement that are parsed: each may be a level of its own.
const MAX_CHAIN: usize = 20_000;

/// Words that nest what follows them without a bracket.
const NESTING_WORDS: [&str; 15] = [
    "new",
    "typeof",
    "void",
    "delete",
    "await",
    "yield",
    "if",
    "while",
    "do",
    "with",
    "in",
    "instanceof",
    "extends",
    "async",
    "of",
];

/// Whether source is nested too deeply for a parser that recurses.
pub fn is_too_deep(source: &str) -> bool {
    too_deep(source).is_some()
}

/// The byte offset where source gets too deep to parse, if it does.
///
/// Brackets count wherever they stand, in texts and comments too: to tell those apart takes the parser this protects.
pub(super) fn too_deep(source: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    let mut depth = 0_usize;
    // Operators and words since the statement began; `else` and `for` go on over the semicolons and braces they hold.
    let (mut chain, mut elses, mut fors) = (0_usize, 0_usize, 0_usize);
    // What ends the text or comment we are in, which holds no operators: its quote, a line break, or the / of */.
    let mut quote = None;
    let mut word = None;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let in_word = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
        match (quote, byte) {
            (Some(b'/'), _) if byte == b'/' && before == Some(&b'*') => quote = None,
            (Some(b'/'), _) => {}
            (Some(open), _) if byte == open && before != Some(&b'\\') => quote = None,
            (Some(_), b'\n') => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'/') if before == Some(&b'/') => quote = Some(b'\n'),
            (None, b'*') if before == Some(&b'/') => quote = Some(b'/'),
            (None, b';' | b',' | b'{') => chain = 0,
            (None, b'}') => (chain, fors) = (0, 0),
            (
                None,
                b'!' | b'~' | b'-' | b'+' | b'?' | b':' | b'=' | b'*' | b'/' | b'%' | b'<' | b'>'
                | b'^' | b'.' | b'`' | b'&' | b'|' | b'(' | b'[' | b'@',
            ) => chain += 1,
            _ => {}
        }
        match (word, in_word && quote.is_none()) {
            (None, true) => word = Some(at),
            (Some(start), false) => {
                match source.get(start..at) {
                    Some("else") => elses += 1,
                    Some("for") => fors += 1,
                    Some(found) if NESTING_WORDS.contains(&found) => chain += 1,
                    _ => {}
                }
                word = None;
            }
            _ => {}
        }
        if depth > MAX_BRACKETS || [chain, elses, fors].iter().any(|count| *count > MAX_CHAIN) {
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
        assert_eq!(too_deep(&"();".repeat(30_000)), None);
        let map = format!("//# sourceMappingURL={}\nx;", "a/+b".repeat(30_000));
        assert_eq!(too_deep(&map), None);
        assert_eq!(too_deep(&format!("/* {} */", "-".repeat(30_000))), None);
        assert_eq!(too_deep(&format!("x = '{}';", "+".repeat(30_000))), None);
    }
}
