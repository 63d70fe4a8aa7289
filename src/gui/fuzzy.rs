//! How well a few typed letters fit a name: all of them in order, the better the nearer together and to word starts.

/// How well `typed` fits `name`; higher is better, `None` where a letter is missing. Upper and lower case are alike,
/// blanks in `typed` do not count.
pub fn score(typed: &str, name: &str) -> Option<i32> {
    let name: Vec<char> = name.chars().collect();
    let mut total = 0;
    let mut from = 0;
    let mut last = None;
    for wanted in typed.chars().filter(|c| !c.is_whitespace()) {
        let fits = |at: &usize| name.get(*at).is_some_and(|c| same(*c, wanted));
        let next = (from..name.len()).find(fits)?;
        // The start of a later word is better than a letter within this one.
        let at = match last {
            Some(last) if next == last + 1 => next,
            _ => (next..name.len())
                .filter(fits)
                .find(|at| starts_word(&name, *at))
                .unwrap_or(next),
        };
        total += match last {
            Some(last) if at == last + 1 => 8,
            _ if at == 0 => 12,
            _ if starts_word(&name, at) => 6,
            _ => 1,
        };
        if name.get(at) == Some(&wanted) {
            total += 1;
        }
        last = Some(at);
        from = at + 1;
    }
    Some(total * 16 - i32::try_from(name.len()).unwrap_or(i32::MAX / 32))
}

fn same(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase())
}

fn starts_word(name: &[char], at: usize) -> bool {
    let Some(c) = name.get(at) else { return false };
    match at.checked_sub(1).and_then(|before| name.get(before)) {
        None => true,
        Some(before) => !before.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those that fit, the best first.
    fn best<'a>(typed: &str, names: &[&'a str]) -> Vec<&'a str> {
        let mut found: Vec<_> = names
            .iter()
            .filter_map(|name| Some((score(typed, name)?, *name)))
            .collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        found.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn word_starts_and_runs_of_letters_come_first() {
        let names = ["Move line down", "Go to line…", "Delete line", "Reload"];
        assert_eq!(best("mld", &names), ["Move line down"]);
        assert_eq!(best("line", &names).len(), 3);
        assert_eq!(best("gl", &names), ["Go to line…"]);
        assert_eq!(best("DL", &names), ["Delete line"]);
        assert_eq!(best("xyz", &names), [""; 0]);
        assert_eq!(best("", &names).len(), 4);
        assert_eq!(best("em", &["username", "email"])[0], "email");
    }

    #[test]
    fn humps_start_words() {
        assert_eq!(best("pn", &["phoneNumber", "pine"])[0], "phoneNumber");
    }
}
