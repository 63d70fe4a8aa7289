//! Growing the selection to what encloses it: word, chain of names, string, brackets, lines, text. Looks at a bounded
//! stretch of text around the selection, never at the whole.

use std::ops::Range;

use ropey::Rope;

use super::boundaries::{CharClass, class_of, first_non_blank, line_end, line_start, word_around};
use super::brackets;

/// The smallest of what encloses `from` and is larger. `is_code` tells brackets from those in strings and comments,
/// `string_at` gives the string literal around a position.
pub fn larger(
    rope: &Rope,
    from: Range<usize>,
    is_code: impl Fn(usize) -> bool,
    string_at: impl Fn(usize) -> Option<Range<usize>>,
) -> Option<Range<usize>> {
    let mut candidates = Vec::new();
    let word = word_around(rope, from.start);
    if rope
        .get_char(word.start)
        .is_some_and(|c| class_of(c) == CharClass::Word)
    {
        candidates.push(chain_around(rope, &word));
        candidates.push(word);
    }
    if let Some(string) = string_at(from.start) {
        if string.len() >= 2 {
            candidates.push(string.start + 1..string.end - 1);
        }
        candidates.push(string);
    }
    if let Some((open, close)) = brackets::enclosing(rope, &from, &is_code) {
        candidates.push(open + 1..close);
        candidates.push(open..close + 1);
    }
    let first = rope.char_to_line(from.start);
    let last = rope.char_to_line(from.end);
    candidates.push(first_non_blank(rope, first)..line_end(rope, last));
    candidates.push(line_start(rope, first)..line_start(rope, last + 1));
    candidates.push(0..rope.len_chars());
    candidates
        .into_iter()
        .filter(|to| to.start <= from.start && to.end >= from.end && to.len() > from.len())
        .min_by_key(Range::len)
}

/// `context.webtask.secrets` around one of its names: from the front of the chain to the end of `word`.
fn chain_around(rope: &Rope, word: &Range<usize>) -> Range<usize> {
    let before = rope
        .chars_at(word.start)
        .reversed()
        .take(200)
        .take_while(|c| class_of(*c) == CharClass::Word || *c == '.')
        .count();
    word.start - before..word.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_grows_by_what_encloses_it() {
        let text = "f();\nif (x) {\n  log('hi there', user.app.plan);\n}\n";
        let rope = Rope::from_str(text);
        let string = text.find('\'').unwrap()..text.find("',").unwrap() + 1;
        let at = text.find("plan").unwrap();
        let mut range = at..at;
        let mut seen = Vec::new();
        while let Some(next) = larger(
            &rope,
            range.clone(),
            |_| true,
            |at| string.contains(&at).then(|| string.clone()),
        ) {
            seen.push(text[next.clone()].to_owned());
            range = next;
        }
        assert_eq!(
            seen[..6],
            [
                "plan",
                "user.app.plan",
                "'hi there', user.app.plan",
                "('hi there', user.app.plan)",
                "log('hi there', user.app.plan);",
                "  log('hi there', user.app.plan);\n",
            ]
        );
        assert!(seen.contains(&"if (x) {\n  log('hi there', user.app.plan);\n}".to_owned()));
        assert_eq!(seen.last().map(String::as_str), Some(text));
        let inside = text.find("there").unwrap();
        let grown = larger(
            &rope,
            inside..inside + 5,
            |_| true,
            |at| string.contains(&at).then(|| string.clone()),
        );
        assert_eq!(grown.map(|range| &text[range]), Some("hi there"));
    }
}
