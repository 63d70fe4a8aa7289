//! The editor's commands carried out, whether a key, a menu or the palette asked for them.

use super::brackets;
use super::buffer::{Buffer, Language};
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
}
