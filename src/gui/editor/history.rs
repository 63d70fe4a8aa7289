//! Undo and redo. A step is what one Ctrl+Z takes back: a typed word, a run of deletions, one paste.

use super::cursors::Cursors;
use super::transaction::Transaction;

/// How many steps are remembered.
const MOST_STEPS: usize = 10_000;

/// What kind of edit a transaction is; edits of one kind that follow each other become one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditKind {
    /// One character typed; the flag says it is white space.
    Type { space: bool },
    /// Backspace and Delete.
    Delete,
    /// Stands alone: paste, new line, indent, replace.
    Whole,
}

#[derive(Clone, Debug)]
struct Step {
    /// In the order carried out; each is counted in the text after the one before.
    parts: Vec<Transaction>,
    before: Cursors,
    after: Cursors,
    kind: EditKind,
}

/// Steps done and undone.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// The last step may still grow.
    open: bool,
}

impl History {
    /// Remembers an edit that was carried out, in parts where there were several cursors.
    pub fn record(
        &mut self,
        parts: Vec<Transaction>,
        before: Cursors,
        after: Cursors,
        kind: EditKind,
    ) {
        self.undone.clear();
        if self.open
            && let Some(last) = self.done.last_mut()
            && last.after == before
            && goes_on(last.kind, kind)
        {
            last.after = after;
            last.kind = kind;
            let joined = match (last.parts.as_mut_slice(), parts.as_slice()) {
                ([.., part], [only]) => part.join(only),
                _ => false,
            };
            if !joined {
                last.parts.extend(parts);
            }
            return;
        }
        if self.done.len() >= MOST_STEPS {
            self.done.drain(..MOST_STEPS / 10);
        }
        self.done.push(Step {
            parts,
            before,
            after,
            kind,
        });
        self.open = kind != EditKind::Whole;
    }

    /// Ends the last step: the caret was moved, the focus lost.
    pub fn close_step(&mut self) {
        self.open = false;
    }

    /// True when there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// True when something taken back can be done again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The transactions to apply in this order to take the last step back, and the cursors then.
    pub fn undo(&mut self) -> Option<(Vec<Transaction>, Cursors)> {
        let step = self.done.pop()?;
        self.open = false;
        let parts = step.parts.iter().rev().map(Transaction::inverted).collect();
        let cursors = step.before.clone();
        self.undone.push(step);
        Some((parts, cursors))
    }

    /// The transactions to apply in this order to do the last step taken back again, and the cursors then.
    pub fn redo(&mut self) -> Option<(Vec<Transaction>, Cursors)> {
        let step = self.undone.pop()?;
        self.open = false;
        let answer = (step.parts.clone(), step.after.clone());
        self.done.push(step);
        Some(answer)
    }
}

/// True when an edit of kind `next` belongs to the step that ended with `last`: a word with the spaces behind it.
fn goes_on(last: EditKind, next: EditKind) -> bool {
    match (last, next) {
        (EditKind::Type { space: last }, EditKind::Type { space: next }) => !last || next,
        (EditKind::Delete, EditKind::Delete) => true,
        _ => false,
    }
}
