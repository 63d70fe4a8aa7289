//! What the editor asks while the user writes, and what it shows of the answers: suggestions, parameters, a name's
//! meaning. Who answers, and on which thread, is the window's business.

use std::ops::Range;

use super::buffer::Language;
use super::history::EditKind;
use super::selection::Selection;
use super::state::EditorState;
use super::transaction::Transaction;
use crate::assist::{Signature, Suggestion};

/// Letters of a bare word before suggestions come by themselves.
const LEAST_WORD: usize = 2;

/// A question about the text as it stands; places are characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// What may be written at the caret.
    Complete { at: usize },
    /// What the call around the caret takes.
    Signature { at: usize },
    /// What the name there is.
    Hover { at: usize },
    /// Where the name there is declared.
    Definition { at: usize },
    /// Another name for the one there.
    Rename { at: usize, name: String },
    /// What encloses these characters.
    Enclosing { from: Range<usize> },
}

/// An answer; places are characters of the text that was asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Help {
    Completions {
        replace: Range<usize>,
        suggestions: Vec<Suggestion>,
    },
    Signature(Option<Signature>),
    Hover {
        range: Range<usize>,
        title: String,
        text: String,
    },
    Definition(Range<usize>),
    Renamed(Result<Vec<(Range<usize>, String)>, String>),
    /// Each within the next.
    Enclosing(Vec<Range<usize>>),
    /// There is nothing to say.
    Nothing,
}

/// What is told of a name, while the pointer rests on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub revision: u64,
    pub range: Range<usize>,
    pub title: String,
    pub text: String,
    /// Whether the keyboard asked: it is shown at the caret until that moves.
    pub at_caret: Option<Selection>,
}

/// The name that is being changed, in a field at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Renaming {
    pub at: usize,
    pub name: String,
    pub problem: Option<String>,
    /// Whether the field has taken the keyboard.
    pub begun: bool,
    /// Whether the answer is awaited.
    pub asked: bool,
}

/// The parameters of the call around the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parameters {
    pub signature: Signature,
    /// For which text and caret.
    pub shown_for: (u64, Selection),
}

impl EditorState {
    /// The questions that came up since the last call, with the revision they are about.
    pub fn take_wishes(&mut self) -> Vec<Wish> {
        std::mem::take(&mut self.view.wishes)
    }

    /// Whether the keyboard asked for the description that did not come.
    pub fn take_describe(&mut self) -> bool {
        std::mem::take(&mut self.view.describe)
    }

    /// Takes an answer to a question about `revision`; one about another text is dropped.
    pub fn take_help(&mut self, revision: u64, wish: &Wish, help: Help) {
        if revision != self.buffer.revision() {
            // The text is another by now; Enter asks again.
            if let (Wish::Rename { .. }, Some(renaming)) = (wish, &mut self.view.renaming) {
                renaming.asked = false;
            }
            return;
        }
        match (wish, help) {
            (
                Wish::Complete { at },
                Help::Completions {
                    replace,
                    suggestions,
                },
            ) => self.suggest(*at, replace, suggestions),
            (Wish::Complete { .. }, _) => self.close_suggestions(),
            (Wish::Signature { .. }, Help::Signature(signature)) => {
                let shown_for = (revision, self.buffer.selection());
                self.view.parameters = signature.map(|signature| Parameters {
                    signature,
                    shown_for,
                });
            }
            (Wish::Hover { at }, Help::Hover { range, title, text }) => {
                let asked_by_key = std::mem::take(&mut self.view.describe);
                let selection = self.buffer.selection();
                self.view.told = Some(Told {
                    revision,
                    range,
                    title,
                    text,
                    at_caret: (asked_by_key && selection.head == *at).then_some(selection),
                });
            }
            (Wish::Definition { .. }, Help::Definition(range)) => {
                self.select_found(&(range.start..range.start));
            }
            (Wish::Rename { .. }, Help::Renamed(Ok(edits))) => {
                self.view.renaming = None;
                self.view.wants_focus = true;
                let transaction = Transaction::replace(self.buffer.rope(), edits);
                let head = self.buffer.selection().head;
                let after = Selection::caret(transaction.carry(head, true));
                self.buffer.close_step();
                self.revealing(|buffer| buffer.edit(transaction, after, EditKind::Whole));
                self.buffer.close_step();
            }
            (Wish::Enclosing { from }, Help::Enclosing(ranges)) => self.grow_by(from, ranges),
            (Wish::Enclosing { from }, _) => self.grow_by(from, Vec::new()),
            (Wish::Rename { .. }, help) => {
                if let Some(renaming) = &mut self.view.renaming {
                    renaming.asked = false;
                    renaming.problem = Some(match help {
                        Help::Renamed(Err(problem)) => problem,
                        _ => "This text is too large to look through; use Replace.".to_owned(),
                    });
                }
            }
            _ => {}
        }
    }

    /// Asks what may be written at the caret.
    pub(super) fn ask_completion(&mut self) {
        self.wish(Wish::Complete {
            at: self.buffer.selection().head,
        });
    }

    /// Asks what the call around the caret takes.
    pub(super) fn ask_signature(&mut self) {
        self.wish(Wish::Signature {
            at: self.buffer.selection().head,
        });
    }

    /// Asks what the name at the caret is, to be told there.
    pub(super) fn ask_description(&mut self) {
        self.view.describe = true;
        self.wish(Wish::Hover {
            at: self.buffer.selection().head,
        });
    }

    /// Asks where the name at the caret is declared.
    pub(super) fn ask_definition(&mut self) {
        self.wish(Wish::Definition {
            at: self.buffer.selection().head,
        });
    }

    /// Opens the field for another name of what the caret touches. False where no name is.
    pub(super) fn begin_rename(&mut self) -> bool {
        let head = self.buffer.selection().head;
        let word = self.word_at(head);
        if self.buffer.language() != Language::JavaScript
            || word.is_empty()
            || !self.is_code(word.start)
        {
            return false;
        }
        self.view.popup = None;
        self.view.renaming = Some(Renaming {
            at: word.start,
            name: self.buffer.rope().slice(word).to_string(),
            problem: None,
            begun: false,
            asked: false,
        });
        true
    }

    /// A question of a kind takes the place of an earlier one of that kind.
    pub(super) fn wish(&mut self, wish: Wish) {
        let kind = std::mem::discriminant(&wish);
        self.view
            .wishes
            .retain(|other| std::mem::discriminant(other) != kind);
        self.view.wishes.push(wish);
    }

    /// What typing `text` makes worth asking.
    pub(super) fn wish_after_typing(&mut self, text: &str) {
        let mut letters = text.chars();
        let (Some(c), None) = (letters.next(), letters.next()) else {
            return;
        };
        let head = self.buffer.selection().head;
        let open = self.suggestions_open();
        match self.buffer.language() {
            Language::JavaScript if is_name(c) => {
                let word = self.word_at(head);
                let behind_dot = word.start > 0 && self.buffer.rope().char(word.start - 1) == '.';
                let long = head - word.start >= LEAST_WORD;
                if !open && (behind_dot || long) {
                    self.ask_completion();
                }
            }
            Language::JavaScript if matches!(c, '.' | '\'' | '"' | '/') => self.ask_completion(),
            Language::Json if c == '"' || (c.is_alphabetic() && !open) => self.ask_completion(),
            _ => {}
        }
        if self.buffer.language() == Language::JavaScript && matches!(c, '(' | ',') {
            self.ask_signature();
        }
    }

    /// Follows the caret within the call whose parameters are shown.
    pub(super) fn follow_parameters(&mut self) {
        let now = (self.buffer.revision(), self.buffer.selection());
        if let Some(parameters) = &mut self.view.parameters
            && parameters.shown_for != now
        {
            parameters.shown_for = now;
            self.ask_signature();
        }
    }

    /// The letters around a place that make up one name.
    pub(super) fn word_at(&self, at: usize) -> Range<usize> {
        let rope = self.buffer.rope();
        let at = at.min(rope.len_chars());
        let before = rope
            .chars_at(at)
            .reversed()
            .take_while(|c| is_name(*c))
            .count();
        let behind = rope.chars_at(at).take_while(|c| is_name(*c)).count();
        at - before..at + behind
    }
}

pub(super) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}
