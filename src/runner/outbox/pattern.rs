//! Patterns in which `*` stands for any text, as mock files and lists of hosts use them.

/// Whether a text is the pattern's.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        if let Some(last) = last.replace(part) {
            let Some(at) = rest.find(last) else {
                return false;
            };
            rest = rest.get(at + last.len()..).unwrap_or_default();
        }
    }
    last.map_or(rest.is_empty(), |last| rest.ends_with(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_text() {
        for (pattern, text, fit) in [
            ("https://a.com/x", "https://a.com/x", true),
            ("https://a.com/x", "https://a.com/xy", false),
            ("https://a.com/*", "https://a.com/", true),
            ("*", "https://a.com/", true),
            ("https://*.com/*/y", "https://a.com/b/y", true),
            ("https://*.com/*/y", "https://a.com/b/z", false),
            ("a*a", "a", false),
            ("*b*", "abc", true),
        ] {
            assert_eq!(matches(pattern, text), fit, "{pattern} {text}");
        }
    }
}
