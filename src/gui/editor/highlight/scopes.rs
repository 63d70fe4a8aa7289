//! From syntect's scope names to the kinds the theme has colours for.

use std::collections::HashMap;

use syntect::parsing::{Scope, ScopeStack};

use super::spans::TokenKind;

/// Scope prefixes and their kinds; the first that fits decides, so the special stand before the general.
const RULES: &[(&str, TokenKind)] = &[
    ("comment", TokenKind::Comment),
    ("punctuation.definition.comment", TokenKind::Comment),
    ("constant.character.escape", TokenKind::Constant),
    ("constant.numeric", TokenKind::Number),
    ("constant", TokenKind::Constant),
    // Code within a template string is code again.
    ("source.js.embedded", TokenKind::Text),
    ("meta.template.expression", TokenKind::Text),
    ("string", TokenKind::String),
    ("storage", TokenKind::Keyword),
    ("keyword", TokenKind::Keyword),
    ("variable.language", TokenKind::Keyword),
    ("support.type.object.module", TokenKind::Keyword),
    ("entity.name", TokenKind::Function),
    ("variable.function", TokenKind::Function),
    ("support.function", TokenKind::Function),
];

/// What a string is within that is the name of something: a JSON key.
const KEY: &str = "meta.structure.dictionary.key";

/// The rules, with what they said of each scope so far.
pub struct Kinds {
    rules: Vec<(Scope, TokenKind)>,
    key: Option<Scope>,
    seen: HashMap<Scope, Option<TokenKind>>,
}

impl Kinds {
    /// The rules, compiled.
    pub fn new() -> Self {
        let rules = RULES
            .iter()
            .filter_map(|(prefix, kind)| Some((Scope::new(prefix).ok()?, *kind)))
            .collect();
        Self {
            rules,
            key: Scope::new(KEY).ok(),
            seen: HashMap::new(),
        }
    }

    /// The kind of `text` within `stack`: what the innermost scope says that has a rule.
    pub fn of(&mut self, stack: &ScopeStack, text: &str) -> TokenKind {
        let kind = stack
            .as_slice()
            .iter()
            .rev()
            .find_map(|scope| self.of_scope(*scope))
            .unwrap_or(TokenKind::Text);
        if kind == TokenKind::String
            && let Some(key) = self.key
            && stack
                .as_slice()
                .iter()
                .any(|scope| key.is_prefix_of(*scope))
        {
            return TokenKind::Property;
        }
        // The grammar takes `exports` for a function's name where one is assigned to it.
        if matches!(text, "module" | "exports")
            && matches!(kind, TokenKind::Text | TokenKind::Function)
        {
            return TokenKind::Keyword;
        }
        // `=` and `=>` are operators by scope as `typeof` is; only words are set off.
        let is_word = text
            .chars()
            .find(|c| !c.is_whitespace())
            .is_some_and(char::is_alphabetic);
        if kind == TokenKind::Keyword && !is_word {
            return TokenKind::Text;
        }
        kind
    }

    fn of_scope(&mut self, scope: Scope) -> Option<TokenKind> {
        let rules = &self.rules;
        *self.seen.entry(scope).or_insert_with(|| {
            rules
                .iter()
                .find(|(prefix, _)| prefix.is_prefix_of(scope))
                .map(|(_, kind)| *kind)
        })
    }
}
