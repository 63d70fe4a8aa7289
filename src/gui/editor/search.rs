//! Find and replace over the text: literal or regular expression, live while the text changes.

use std::ops::Range;

use fancy_regex::{Regex, RegexBuilder};
use ropey::Rope;

/// More matches than this are not counted; the bar then says so.
pub const MOST_MATCHES: usize = 20_000;
/// Steps a regular expression may go back, so that none can hang the window.
const MOST_BACKTRACKS: usize = 200_000;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub text: String,
    pub case: bool,
    pub word: bool,
    pub regex: bool,
}

/// Why nothing could be looked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// The pattern does not compile.
    #[error("This is no regular expression: {0}")]
    Pattern(String),
    /// The pattern went back and forth too often.
    #[error("This expression takes too many steps on this text: make it simpler")]
    TooSlow,
}

/// The matches of a query in one revision of a text.
#[derive(Debug, Default)]
pub struct Search {
    query: Query,
    compiled: Option<Result<Regex, SearchError>>,
    revision: Option<u64>,
    /// The characters that are looked through; all where there is none.
    scope: Option<Range<usize>>,
    matches: Vec<Range<usize>>,
    error: Option<SearchError>,
}

impl Search {
    /// Looks again if the query, the text or what of it is looked through is another than last time. True when it did.
    pub fn update(
        &mut self,
        query: &Query,
        scope: Option<&Range<usize>>,
        rope: &Rope,
        revision: u64,
    ) -> bool {
        let same_query = self.query == *query && self.compiled.is_some();
        let same_scope = self.scope.as_ref() == scope;
        if same_query && same_scope && self.revision == Some(revision) {
            return false;
        }
        self.scope = scope.cloned();
        if !same_query {
            self.query = query.clone();
            self.compiled = Some(compile(query));
        }
        self.revision = Some(revision);
        self.matches.clear();
        self.error = None;
        if query.text.is_empty() {
            return true;
        }
        match &self.compiled {
            Some(Ok(regex)) => match all_matches(regex, rope, scope) {
                Ok(matches) => self.matches = matches,
                Err(error) => self.error = Some(error),
            },
            Some(Err(error)) => self.error = Some(error.clone()),
            None => {}
        }
        true
    }

    /// The matches as characters of the text, ascending.
    pub fn matches(&self) -> &[Range<usize>] {
        &self.matches
    }

    /// Why there are none, if the query is at fault.
    pub fn error(&self) -> Option<&SearchError> {
        self.error.as_ref()
    }

    /// The match that is exactly `range`, as an index.
    pub fn index_of(&self, range: &Range<usize>) -> Option<usize> {
        let at = self
            .matches
            .partition_point(|found| found.start < range.start);
        (self.matches.get(at) == Some(range)).then_some(at)
    }

    /// The first match at or behind `from`, or the first of all.
    pub fn next(&self, from: usize) -> Option<Range<usize>> {
        let at = self.matches.partition_point(|found| found.start < from);
        self.matches.get(at).or(self.matches.first()).cloned()
    }

    /// The last match that begins before `from`, or the last of all.
    pub fn previous(&self, from: usize) -> Option<Range<usize>> {
        let at = self.matches.partition_point(|found| found.start < from);
        at.checked_sub(1)
            .and_then(|at| self.matches.get(at))
            .or(self.matches.last())
            .cloned()
    }

    /// The matches that touch the characters of `range`.
    pub fn within(&self, range: Range<usize>) -> &[Range<usize>] {
        let from = self
            .matches
            .partition_point(|found| found.end < range.start);
        let to = self
            .matches
            .partition_point(|found| found.start <= range.end);
        self.matches.get(from..to.max(from)).unwrap_or_default()
    }

    /// What a match is replaced by: `replacement`, with `$1` and `${name}` filled in for a regular expression.
    pub fn replacement_for(&self, matched: &str, replacement: &str) -> String {
        if !self.query.regex {
            return replacement.to_owned();
        }
        let Some(Ok(regex)) = &self.compiled else {
            return replacement.to_owned();
        };
        match regex.captures(matched) {
            Ok(Some(captures)) => {
                let mut expanded = String::new();
                captures.expand(replacement, &mut expanded);
                expanded
            }
            // A look-around saw text that is not in the match: there are no groups to fill in.
            _ => replacement.to_owned(),
        }
    }
}

fn compile(query: &Query) -> Result<Regex, SearchError> {
    let mut pattern = if query.regex {
        query.text.clone()
    } else {
        fancy_regex::escape(&query.text).into_owned()
    };
    if query.word {
        pattern = format!(r"\b(?:{pattern})\b");
    }
    let flags = if query.case { "(?m)" } else { "(?mi)" };
    RegexBuilder::new(&format!("{flags}{pattern}"))
        .backtrack_limit(MOST_BACKTRACKS)
        .build()
        .map_err(|error| SearchError::Pattern(first_line(&error.to_string())))
}

fn all_matches(
    regex: &Regex,
    rope: &Rope,
    scope: Option<&Range<usize>>,
) -> Result<Vec<Range<usize>>, SearchError> {
    let text = rope.to_string();
    let mut matches = Vec::new();
    let (mut byte, mut chars) = (0, 0);
    let first = scope.map_or(0, |scope| {
        rope.char_to_byte(scope.start.min(rope.len_chars()))
    });
    let mut from = first;
    while let Some(found) = regex
        .find_from_pos(&text, from)
        .map_err(|_| SearchError::TooSlow)?
    {
        from = found.end();
        if found.start() == found.end() {
            // Nothing was matched: the next character is tried.
            match text.get(from..).and_then(|rest| rest.chars().next()) {
                Some(c) => from += c.len_utf8(),
                None => break,
            }
            continue;
        }
        // Counting on from the last match keeps the whole at one pass over the text.
        chars += count(&text, byte..found.start());
        let length = count(&text, found.range());
        let place = chars..chars + length;
        chars += length;
        byte = found.end();
        if scope.is_some_and(|scope| place.end > scope.end) {
            break;
        }
        matches.push(place);
        if matches.len() >= MOST_MATCHES {
            break;
        }
    }
    Ok(matches)
}

fn count(text: &str, range: Range<usize>) -> usize {
    text.get(range).map_or(0, |part| part.chars().count())
}

fn first_line(message: &str) -> String {
    let line = message
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or(message);
    line.trim().trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &Query, text: &str) -> Vec<(usize, usize)> {
        let mut search = Search::default();
        search.update(query, None, &Rope::from_str(text), 1);
        search
            .matches()
            .iter()
            .map(|range| (range.start, range.end))
            .collect()
    }

    fn query(text: &str) -> Query {
        Query {
            text: text.to_owned(),
            ..Query::default()
        }
    }

    #[test]
    fn case_words_and_expressions() {
        assert_eq!(found(&query("cb"), "cb CB abcb"), [(0, 2), (3, 5), (8, 10)]);
        let exact = Query {
            case: true,
            ..query("cb")
        };
        assert_eq!(found(&exact, "cb CB abcb"), [(0, 2), (8, 10)]);
        let word = Query {
            word: true,
            ..query("cb")
        };
        assert_eq!(found(&word, "cb CB abcb"), [(0, 2), (3, 5)]);
        let regex = Query {
            regex: true,
            ..query(r"^\w+(?=\()")
        };
        assert_eq!(found(&regex, "é\nlog(1)\n x(2)"), [(2, 5)]);
        assert_eq!(found(&query("a.c"), "abc a.c"), [(4, 7)]);
    }

    #[test]
    fn a_bad_expression_is_said() {
        let mut search = Search::default();
        let regex = Query {
            regex: true,
            ..query("(")
        };
        search.update(&regex, None, &Rope::from_str("x"), 1);
        assert!(matches!(search.error(), Some(SearchError::Pattern(_))));
        assert!(!search.update(&regex, None, &Rope::from_str("x"), 1));
    }

    #[test]
    fn what_lies_outside_of_the_scope_is_not_found() {
        let mut search = Search::default();
        let rope = Rope::from_str("aa a aa a");
        assert!(search.update(&query("a"), Some(&(1..6)), &rope, 1));
        assert_eq!(search.matches(), [1..2, 3..4, 5..6]);
        assert!(!search.update(&query("a"), Some(&(1..6)), &rope, 1));
        assert!(search.update(&query("aa"), Some(&(1..6)), &rope, 1));
        assert!(search.matches().is_empty());
        // What begins before the scope takes nothing of it.
        search.update(&query("aa"), Some(&(1..3)), &Rope::from_str("aaa"), 2);
        assert_eq!(search.next(0), Some(1..3));
    }

    #[test]
    fn the_search_goes_round() {
        let mut search = Search::default();
        search.update(&query("a"), None, &Rope::from_str("a-a-a"), 1);
        assert_eq!(search.next(1), Some(2..3));
        assert_eq!(search.next(5), Some(0..1));
        assert_eq!(search.previous(0), Some(4..5));
        assert_eq!(search.previous(4), Some(2..3));
        assert_eq!(search.index_of(&(2..3)), Some(1));
        assert_eq!(search.within(1..3), [0..1, 2..3]);
    }

    #[test]
    fn groups_are_filled_into_the_replacement() {
        let mut search = Search::default();
        let regex = Query {
            regex: true,
            ..query(r"(\w+)@(\w+)")
        };
        search.update(&regex, None, &Rope::from_str("a@b"), 1);
        assert_eq!(search.replacement_for("a@b", "$2 at ${1}"), "b at a");
    }
}
