//! Masks what is left of a secret where a text was cut inside it: at the end of a text as long as its bound, and at
//! the quote before the ellipsis that `util.inspect` puts behind a long string.

use aho_corasick::AhoCorasick;

/// Characters of a secret that must be left for them to be masked: fewer stand in ordinary words.
const MIN_LEFT_CHARS: usize = 4;

/// Knows how the forms of a run's secrets begin.
pub(super) struct Beginnings {
    /// The first [`MIN_LEFT_CHARS`] characters of each form, in the forms' order.
    heads: AhoCorasick,
    forms: Vec<String>,
    /// Bytes of the longest form.
    longest: usize,
}

impl Beginnings {
    /// The beginnings of these forms; none where they are too many for one automaton.
    pub fn new(forms: Vec<String>) -> Option<Self> {
        let heads = forms.iter().map(|form| {
            let end = form.char_indices().nth(MIN_LEFT_CHARS);
            &form[..end.map_or(form.len(), |(at, _)| at)]
        });
        Some(Self {
            heads: AhoCorasick::new(heads).ok()?,
            longest: forms.iter().map(String::len).max()?,
            forms,
        })
    }

    /// Masks them in a text that holds no whole form any more; `cut` tells that the text's own end was cut off.
    /// `masks` follow the forms' order.
    pub fn mask(&self, text: &mut String, cut: bool, masks: &[String]) {
        let mut out = String::new();
        let (mut copied, mut seen) = (0, 0);
        for (dots, ellipsis) in text.match_indices("...") {
            if text[seen..dots].ends_with(['\'', '"', '`']) {
                let quote = dots - 1;
                if let Some((left, form)) = self.left_of(&text[seen..quote]) {
                    out.push_str(&text[copied..seen + left]);
                    out.push_str(&masks[form]);
                    copied = quote;
                }
                seen = dots + ellipsis.len();
            }
        }
        if cut && let Some((left, form)) = self.left_of(&text[copied..]) {
            out.push_str(&text[copied..copied + left]);
            out.push_str(&masks[form]);
            copied = text.len();
        }
        if copied > 0 {
            out.push_str(&text[copied..]);
            *text = out;
        }
    }

    /// Where the longest beginning of a form stands that the text ends with, and the form's number.
    fn left_of(&self, text: &str) -> Option<(usize, usize)> {
        let from = text.floor_char_boundary(text.len().saturating_sub(self.longest));
        let end = &text.as_bytes()[from..];
        self.heads
            .find_overlapping_iter(end)
            .map(|head| (head.start(), head.pattern().as_usize()))
            .filter(|&(at, form)| self.forms[form].as_bytes().starts_with(&end[at..]))
            .min()
            .map(|(at, form)| (from + at, form))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str, cut: bool) -> String {
        let forms = ["correct horse", "correct battery", "hörse"].map(str::to_owned);
        let masks = ["<1>", "<2>", "<3>"].map(str::to_owned);
        let mut text = text.to_owned();
        Beginnings::new(forms.to_vec())
            .unwrap()
            .mask(&mut text, cut, &masks);
        text
    }

    #[test]
    fn the_longest_beginning_at_a_cut_end_is_masked() {
        assert_eq!(masked("a correct h", true), "a <1>");
        assert_eq!(masked("a correct ba", true), "a <2>");
        assert_eq!(masked("corrcorr", true), "corr<1>");
        assert_eq!(masked("a hörs", true), "a <3>");
        assert_eq!(masked("a hör", true), "a hör");
        assert_eq!(masked("a correct x", true), "a correct x");
        assert_eq!(masked("", true), "");
    }

    #[test]
    fn only_cut_ends_are_masked() {
        for whole in ["a correct h", "'a corr' ...", "corr... corr", "'corr'.."] {
            assert_eq!(masked(whole, false), whole);
        }
        assert_eq!(
            masked("[ 'a corr'... 3 more characters, \"hörs\"... ] corr", true),
            "[ 'a <1>'... 3 more characters, \"<3>\"... ] <1>"
        );
    }

    #[test]
    fn many_ellipses_take_no_time() {
        let text = "'...".repeat(250_000);
        let began = std::time::Instant::now();
        assert_eq!(masked(&text, false), text);
        assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    }
}
