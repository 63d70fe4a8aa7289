//! Which brackets belong together. Those in strings and comments are left out where the caller can tell.

use ropey::Rope;

/// How far a partner is looked for, in characters: a keystroke must not cost what the file is long.
const FARTHEST: usize = 30_000;

/// The closing bracket of an opening one.
pub fn closer_of(open: char) -> Option<char> {
    match open {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    }
}

/// The opening bracket of a closing one.
pub fn opener_of(close: char) -> Option<char> {
    match close {
        ')' => Some('('),
        ']' => Some('['),
        '}' => Some('{'),
        _ => None,
    }
}

/// The bracket the caret at `head` touches and its partner; the one behind the caret first.
/// `counts` says whether the bracket at a position is code; it is asked for brackets only.
pub fn pair_at(rope: &Rope, head: usize, counts: impl Fn(usize) -> bool) -> Option<(usize, usize)> {
    [Some(head), head.checked_sub(1)]
        .into_iter()
        .flatten()
        .find_map(|at| {
            let c = rope.get_char(at)?;
            if closer_of(c).is_none() && opener_of(c).is_none() || !counts(at) {
                return None;
            }
            partner(rope, at, c, &counts).map(|other| (at, other))
        })
}

/// The nearest unclosed bracket before `at` that `closer` closes.
pub fn opener_before(rope: &Rope, at: usize, closer: char) -> Option<usize> {
    let open = opener_of(closer)?;
    let mut depth = 0_usize;
    for (step, c) in rope.chars_at(at).reversed().take(FARTHEST).enumerate() {
        if c == closer {
            depth += 1;
        } else if c == open {
            if depth == 0 {
                return Some(at - step - 1);
            }
            depth -= 1;
        }
    }
    None
}

/// The innermost pair of brackets around `range`.
pub fn enclosing(
    rope: &Rope,
    range: &std::ops::Range<usize>,
    counts: &impl Fn(usize) -> bool,
) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    for (step, c) in rope
        .chars_at(range.start)
        .reversed()
        .take(FARTHEST)
        .enumerate()
    {
        let at = range.start - step - 1;
        if opener_of(c).is_some() && counts(at) {
            depth += 1;
        } else if closer_of(c).is_some() && counts(at) {
            if depth > 0 {
                depth -= 1;
            } else if let Some(close) = partner(rope, at, c, counts)
                && close >= range.end
            {
                return Some((at, close));
            }
        }
    }
    None
}

fn partner(rope: &Rope, at: usize, c: char, counts: &impl Fn(usize) -> bool) -> Option<usize> {
    let mut depth = 0_usize;
    if let Some(close) = closer_of(c) {
        for (step, other) in rope.chars_at(at).take(FARTHEST).enumerate() {
            if other == c && counts(at + step) {
                depth += 1;
            } else if other == close && counts(at + step) {
                depth -= 1;
                if depth == 0 {
                    return Some(at + step);
                }
            }
        }
        return None;
    }
    let open = opener_of(c)?;
    for (step, other) in rope.chars_at(at + 1).reversed().take(FARTHEST).enumerate() {
        if other == c && counts(at - step) {
            depth += 1;
        } else if other == open && counts(at - step) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at - step);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partners_are_found_both_ways() {
        let rope = Rope::from_str("f(a, [b(c)])");
        assert_eq!(pair_at(&rope, 1, |_| true), Some((1, 11)));
        assert_eq!(pair_at(&rope, 12, |_| true), Some((11, 1)));
        assert_eq!(pair_at(&rope, 5, |_| true), Some((5, 10)));
        assert_eq!(pair_at(&rope, 3, |_| true), None);
    }

    #[test]
    fn what_is_not_code_does_not_count() {
        let rope = Rope::from_str("(')')");
        assert_eq!(pair_at(&rope, 0, |at| at != 2), Some((0, 4)));
        assert_eq!(pair_at(&rope, 0, |_| true), Some((0, 2)));
    }
}
