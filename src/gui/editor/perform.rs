//! The editor's commands carried out, whether a key, a menu or the palette asked for them.

use std::ops::Range;

use super::boundaries::{line_end, line_start};
use super::brackets;
use super::buffer::{Buffer, Language};
use super::expand;
use super::highlight::TokenKind;
use super::selection::Selection;
use super::state::EditorState;
use crate::gui::commands::Command;

impl EditorState {
    /// Carries out a command that belongs to the editor. False where it is none, or changes text that is `read_only`.
    pub fn perform(&mut self, command: Command, read_only: bool) -> bool {
        let done = self.carry_out(command, read_only);
        if !done && !read_only {
            self.view.refused = Some(command);
        }
        done
    }

    /// The command that found nothing to do since the last call.
    pub fn take_refused(&mut self) -> Option<Command> {
        self.view.refused.take()
    }

    fn carry_out(&mut self, command: Command, read_only: bool) -> bool {
        match command {
            Command::SelectAll => self.select_all(),
            Command::SelectLine => {
                self.revealing(|buffer| buffer.each(Buffer::select_line));
            }
            Command::ExpandSelection => self.expand_selection(),
            Command::ShrinkSelection => self.shrink_selection(),
            Command::GoToBracket => self.go_to_bracket(),
            Command::Fold => return self.fold(),
            Command::Unfold => return self.unfold(),
            Command::FoldAll => return self.fold_all(),
            Command::UnfoldAll => return self.unfold_all(),
            Command::CursorAbove => {
                self.revealing(|buffer| buffer.add_cursor_beside(false));
            }
            Command::CursorBelow => {
                self.revealing(|buffer| buffer.add_cursor_beside(true));
            }
            Command::SelectNextOccurrence => {
                return self.revealing(Buffer::select_next_occurrence);
            }
            Command::SelectAllOccurrences => {
                return self.revealing(Buffer::select_all_occurrences);
            }
            Command::Find => self.open_find(),
            Command::NextProblem => return self.go_to_problem(true),
            Command::PreviousProblem => return self.go_to_problem(false),
            Command::Describe => self.ask_description(),
            Command::ParameterHints => self.ask_signature(),
            Command::GoToDefinition => self.ask_definition(),
            _ if read_only => return false,
            Command::Replace => self.open_replace(),
            Command::QuickFix => return self.open_fixes(),
            Command::Complete => self.ask_completion(),
            Command::FormatJson => return self.write_json(false),
            Command::SortKeys => return self.write_json(true),
            Command::Rename => return self.begin_rename(),
            _ => return self.edit_by(command),
        }
        true
    }

    /// Writes JSON anew, indented by two spaces. False for what is no JSON.
    fn write_json(&mut self, sorted: bool) -> bool {
        if self.buffer.language() != Language::Json {
            return false;
        }
        let text = self.text();
        let Ok(mut value) = serde_json::from_str::<serde_json::Value>(&text) else {
            return false;
        };
        if sorted {
            value.sort_all_objects();
        }
        let Ok(written) = serde_json::to_string_pretty(&value) else {
            return false;
        };
        let end = if text.ends_with('\n') { "\n" } else { "" };
        self.set_text(&format!("{written}{end}"));
        true
    }

    fn edit_by(&mut self, command: Command) -> bool {
        let edit: fn(&mut Buffer) -> bool = match command {
            Command::Undo => Buffer::undo,
            Command::Redo => Buffer::redo,
            Command::ToggleComment => |all| all.each_line(true, Buffer::toggle_comment),
            Command::MoveLineUp => |all| all.each_line(false, |one| one.move_lines(false)),
            Command::MoveLineDown => |all| all.each_line(true, |one| one.move_lines(true)),
            Command::CopyLineUp => |all| all.each_line(true, |one| one.copy_lines(false)),
            Command::CopyLineDown => |all| all.each_line(true, |one| one.copy_lines(true)),
            Command::DeleteLine => |all| all.each_line(true, Buffer::delete_lines),
            Command::JoinLines => |all| all.each_line(true, Buffer::join_lines),
            Command::InsertLineBelow => |all| all.each_line(true, |one| one.insert_line(true)),
            Command::InsertLineAbove => |all| all.each_line(true, |one| one.insert_line(false)),
            Command::Indent => |all| all.each_line(true, Buffer::indent_lines),
            Command::Outdent => |all| all.each_line(true, Buffer::outdent),
            _ => return false,
        };
        self.revealing(edit);
        true
    }

    fn expand_selection(&mut self) {
        let from = self.buffer.selection();
        let larger = expand::larger(
            self.buffer.rope(),
            from.range(),
            |at| self.is_code(at),
            |at| self.string_around(at),
        );
        if let Some(range) = larger {
            self.buffer.select(Selection::new(range.start, range.end));
            let to = self.buffer.selection();
            if self.view.grown.last().is_none_or(|(_, last)| *last != from) {
                self.view.grown.clear();
            }
            self.view.grown.push((from, to));
        }
    }

    /// Takes the last growth back, as long as the selection is still what it grew to.
    fn shrink_selection(&mut self) {
        if let Some((from, to)) = self.view.grown.pop() {
            if to == self.buffer.selection() {
                self.buffer.select(from);
            } else {
                self.view.grown.clear();
            }
        }
    }

    /// From a bracket to its partner; from elsewhere to the end of what encloses the caret.
    fn go_to_bracket(&mut self) {
        let head = self.buffer.selection().head;
        let rope = self.buffer.rope();
        let target = match brackets::pair_at(rope, head, |at| self.is_code(at)) {
            Some((_, other)) => Some(other),
            None => brackets::enclosing(rope, &(head..head), &|at| self.is_code(at))
                .map(|(_, close)| close),
        };
        if let Some(target) = target {
            self.revealing(|buffer| {
                buffer.select(Selection::caret(target));
                true
            });
        }
    }

    /// The string literal around a character, within its line, as the colours show it.
    fn string_around(&self, at: usize) -> Option<Range<usize>> {
        let rope = self.buffer.rope();
        let line = rope.char_to_line(at);
        let (start, end) = (line_start(rope, line), line_end(rope, line));
        let is_string = |at: usize| self.kind_at(at) == TokenKind::String;
        if at >= end || !is_string(at) || end - start > super::layout::LONG_LINE {
            return None;
        }
        let before = (start..at).rev().take_while(|at| is_string(*at)).count();
        let after = (at..end).take_while(|at| is_string(*at)).count();
        Some(at - before..at + after)
    }
}
