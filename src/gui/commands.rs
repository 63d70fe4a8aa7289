//! Every command of the window, once: menus, shortcuts, tooltips and the README's table read it here.

use eframe::egui::{Context, Event, Key, KeyboardShortcut, Modifiers};

use super::keymap;

/// Something the user can ask for, from a menu, a button or a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    NewHook,
    OpenFile,
    OpenFolder,
    Save,
    SaveAs,
    CloseHook,
    Run,
    Stop,
    RunSignUp,
    Matrix,
    ResetTestData,
    Secrets,
    Mocks,
    Tenant,
    AllowedHosts,
    Storage,
    Modules,
    Versions,
    CompareSaved,
    CompareResponses,
    NextTab,
    PreviousTab,
    Present,
    FormatJson,
    SortKeys,
    Fold,
    Unfold,
    FoldAll,
    UnfoldAll,
    Settings,
    Shortcuts,
    Differences,
    Undo,
    Redo,
    Find,
    Replace,
    SelectAll,
    SelectLine,
    ExpandSelection,
    ShrinkSelection,
    CursorAbove,
    CursorBelow,
    SelectNextOccurrence,
    SelectAllOccurrences,
    ToggleComment,
    MoveLineUp,
    MoveLineDown,
    CopyLineUp,
    CopyLineDown,
    DeleteLine,
    JoinLines,
    InsertLineBelow,
    InsertLineAbove,
    Indent,
    Outdent,
    GoToBracket,
    GoToLine,
    NextProblem,
    PreviousProblem,
    QuickFix,
    Complete,
    ParameterHints,
    Describe,
    GoToDefinition,
    Rename,
    GoToSymbol,
    Palette,
    ToggleSidebar,
    ToggleRunner,
    ToggleLogs,
    ToggleCalls,
    ToggleProblems,
    ClearLogs,
    SaveLogs,
    ClearHistory,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    FocusCode,
    FocusRunner,
    NextPane,
    Quit,
}

/// Where a command is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    File,
    Edit,
    Run,
    View,
}

impl Group {
    /// The groups in the order menus and tables show them.
    pub const ALL: [Self; 4] = [Self::File, Self::Edit, Self::Run, Self::View];

    /// The group's heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Run => "Run",
            Self::View => "View",
        }
    }
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
/// For arrows alone: with other keys this is AltGr on some systems.
const CTRL_ALT: Modifiers = Modifiers::COMMAND.plus(Modifiers::ALT);
const SHIFT_ALT: Modifiers = Modifiers::SHIFT.plus(Modifiers::ALT);

impl Command {
    /// Every command, grouped, in the order the tables show them.
    pub const ALL: [Self; 82] = [
        Self::NewHook,
        Self::OpenFile,
        Self::OpenFolder,
        Self::Save,
        Self::SaveAs,
        Self::CloseHook,
        Self::Versions,
        Self::CompareSaved,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::Find,
        Self::Replace,
        Self::SelectAll,
        Self::SelectLine,
        Self::ExpandSelection,
        Self::ShrinkSelection,
        Self::CursorAbove,
        Self::CursorBelow,
        Self::SelectNextOccurrence,
        Self::SelectAllOccurrences,
        Self::ToggleComment,
        Self::MoveLineUp,
        Self::MoveLineDown,
        Self::CopyLineUp,
        Self::CopyLineDown,
        Self::DeleteLine,
        Self::JoinLines,
        Self::InsertLineBelow,
        Self::InsertLineAbove,
        Self::Indent,
        Self::Outdent,
        Self::GoToBracket,
        Self::GoToLine,
        Self::NextProblem,
        Self::PreviousProblem,
        Self::QuickFix,
        Self::Complete,
        Self::ParameterHints,
        Self::Describe,
        Self::GoToDefinition,
        Self::Rename,
        Self::GoToSymbol,
        Self::FormatJson,
        Self::SortKeys,
        Self::Fold,
        Self::Unfold,
        Self::FoldAll,
        Self::UnfoldAll,
        Self::Run,
        Self::Stop,
        Self::RunSignUp,
        Self::Matrix,
        Self::ResetTestData,
        Self::Secrets,
        Self::Mocks,
        Self::Tenant,
        Self::AllowedHosts,
        Self::Storage,
        Self::Modules,
        Self::CompareResponses,
        Self::ClearHistory,
        Self::ClearLogs,
        Self::SaveLogs,
        Self::FocusCode,
        Self::FocusRunner,
        Self::NextPane,
        Self::NextTab,
        Self::PreviousTab,
        Self::Present,
        Self::ToggleSidebar,
        Self::ToggleRunner,
        Self::ToggleLogs,
        Self::ToggleCalls,
        Self::ToggleProblems,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::Settings,
        Self::Palette,
        Self::Shortcuts,
        Self::Differences,
    ];

    /// Where the command is listed.
    pub fn group(self) -> Group {
        use Command as C;
        match self {
            C::NewHook
            | C::OpenFile
            | C::OpenFolder
            | C::Save
            | C::SaveAs
            | C::CloseHook
            | C::Versions
            | C::CompareSaved
            | C::Quit => Group::File,
            C::Undo
            | C::Redo
            | C::Find
            | C::Replace
            | C::SelectAll
            | C::SelectLine
            | C::ExpandSelection
            | C::ShrinkSelection
            | C::CursorAbove
            | C::CursorBelow
            | C::SelectNextOccurrence
            | C::SelectAllOccurrences
            | C::ToggleComment
            | C::MoveLineUp
            | C::MoveLineDown
            | C::CopyLineUp
            | C::CopyLineDown
            | C::DeleteLine
            | C::JoinLines
            | C::InsertLineBelow
            | C::InsertLineAbove
            | C::Indent
            | C::Outdent
            | C::GoToBracket
            | C::GoToLine
            | C::NextProblem
            | C::PreviousProblem
            | C::QuickFix
            | C::Complete
            | C::ParameterHints
            | C::Describe
            | C::GoToDefinition
            | C::Rename
            | C::GoToSymbol
            | C::FormatJson
            | C::SortKeys
            | C::Fold
            | C::Unfold
            | C::FoldAll
            | C::UnfoldAll => Group::Edit,
            C::Run
            | C::Stop
            | C::RunSignUp
            | C::Matrix
            | C::Storage
            | C::Modules
            | C::ResetTestData
            | C::Secrets
            | C::Mocks
            | C::Tenant
            | C::AllowedHosts
            | C::CompareResponses
            | C::ClearHistory
            | C::ClearLogs
            | C::SaveLogs => Group::Run,
            C::FocusCode
            | C::FocusRunner
            | C::NextPane
            | C::NextTab
            | C::PreviousTab
            | C::Present
            | C::ToggleSidebar
            | C::ToggleRunner
            | C::ToggleLogs
            | C::ToggleCalls
            | C::ToggleProblems
            | C::ZoomIn
            | C::ZoomOut
            | C::ZoomReset
            | C::Settings
            | C::Palette
            | C::Shortcuts
            | C::Differences => Group::View,
        }
    }

    /// What the settings call it, such as `ToggleComment`.
    pub fn id(self) -> String {
        format!("{self:?}")
    }

    /// The menu text; an ellipsis says that a dialog follows.
    pub fn label(self) -> &'static str {
        match self {
            Self::NewHook => "New hook…",
            Self::OpenFile => "Open file…",
            Self::OpenFolder => "Open folder…",
            Self::Save => "Save",
            Self::SaveAs => "Save as…",
            Self::CloseHook => "Close hook",
            Self::Run => "Run",
            Self::Stop => "Stop",
            Self::RunSignUp => "Run the sign-up",
            Self::Matrix => "What each visitor sees…",
            Self::Storage => "Storage…",
            Self::Modules => "NPM Modules…",
            Self::ResetTestData => "Reset test data",
            Self::Secrets => "Secrets…",
            Self::Mocks => "Mocks…",
            Self::Tenant => "Built-in tenant…",
            Self::AllowedHosts => "Allowed hosts…",
            Self::Versions => "Earlier versions…",
            Self::CompareSaved => "Compare with the file…",
            Self::CompareResponses => "Compare with the run before…",
            Self::NextTab => "Next tab",
            Self::PreviousTab => "Previous tab",
            Self::Present => "Present",
            Self::FormatJson => "Format JSON",
            Self::SortKeys => "Sort JSON by key",
            Self::Fold => "Fold",
            Self::Unfold => "Unfold",
            Self::FoldAll => "Fold all",
            Self::UnfoldAll => "Unfold all",
            Self::Settings => "Settings…",
            Self::Shortcuts => "Keyboard shortcuts",
            Self::Differences => "Differences from Node",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::Find => "Find…",
            Self::Replace => "Replace…",
            Self::SelectAll => "Select all",
            Self::SelectLine => "Select line",
            Self::ExpandSelection => "Expand selection",
            Self::ShrinkSelection => "Shrink selection",
            Self::CursorAbove => "Add cursor above",
            Self::CursorBelow => "Add cursor below",
            Self::SelectNextOccurrence => "Select next occurrence",
            Self::SelectAllOccurrences => "Select all occurrences",
            Self::ToggleComment => "Toggle comment",
            Self::MoveLineUp => "Move line up",
            Self::MoveLineDown => "Move line down",
            Self::CopyLineUp => "Copy line up",
            Self::CopyLineDown => "Copy line down",
            Self::DeleteLine => "Delete line",
            Self::JoinLines => "Join lines",
            Self::InsertLineBelow => "Insert line below",
            Self::InsertLineAbove => "Insert line above",
            Self::Indent => "Indent",
            Self::Outdent => "Outdent",
            Self::GoToBracket => "Go to bracket",
            Self::GoToLine => "Go to line…",
            Self::NextProblem => "Go to the next problem",
            Self::PreviousProblem => "Go to the problem before",
            Self::QuickFix => "Quick fix…",
            Self::Complete => "Suggest",
            Self::ParameterHints => "Show parameters",
            Self::Describe => "Describe",
            Self::GoToDefinition => "Go to definition",
            Self::Rename => "Rename…",
            Self::GoToSymbol => "Go to symbol…",
            Self::Palette => "Command palette…",
            Self::ToggleSidebar => "Hooks",
            Self::ToggleRunner => "Runner",
            Self::ToggleLogs => "Logs",
            Self::ToggleCalls => "HTTP calls",
            Self::ToggleProblems => "Problems",
            Self::ClearLogs => "Clear logs",
            Self::SaveLogs => "Save logs…",
            Self::ClearHistory => "Clear history",
            Self::ZoomIn => "Zoom in",
            Self::ZoomOut => "Zoom out",
            Self::ZoomReset => "Actual size",
            Self::FocusCode => "Go to the code",
            Self::FocusRunner => "Go to the payload",
            Self::NextPane => "Go to the next pane",
            Self::Quit => "Quit",
        }
    }

    /// One sentence for tooltips and the list of shortcuts.
    pub fn describe(self) -> &'static str {
        match self {
            Self::NewHook => "Create a hook from its extensibility point's starter code.",
            Self::OpenFile => "Open a hook's .js file.",
            Self::OpenFolder => "Open a folder of hooks, such as the Deploy CLI exports.",
            Self::Save => "Save the hook; the version it replaces is kept.",
            Self::SaveAs => "Save the hook's code as another file.",
            Self::CloseHook => "Close the hook; unsaved edits are asked about.",
            Self::Run => "Save the hook and run it with the payload of the Runner.",
            Self::Stop => "End the running hook at once.",
            Self::RunSignUp => {
                "Run a whole sign-up over the open folder: what runs before, the new user, what runs after."
            }
            Self::ResetTestData => "Put the extensibility point's default payload back.",
            Self::Versions => "List the kept versions of the hook and bring one back.",
            Self::Secrets => "Edit the names and values of context.webtask.secrets.",
            Self::Mocks => "Edit the canned answers to the hook's HTTP calls.",
            Self::Tenant => "Edit users and roles that answer calls of Auth0's own API.",
            Self::AllowedHosts => "Name the hosts that runs may reach, and the proxy.",
            Self::Matrix => "Run the hook over languages, connections and payload values.",
            Self::Storage => "Edit the document that the hook finds in context.webtask.storage.",
            Self::Modules => "See, add, remove and install the packages that the hook requires.",
            Self::CompareSaved => "Show what is changed here and not yet saved.",
            Self::CompareResponses => {
                "Show what differs between the response and that of the run before."
            }
            Self::NextTab => "Show the next of the open hooks.",
            Self::PreviousTab => "Show the open hook before this one.",
            Self::Present => {
                "Show only the code, Run and what comes of it, in large type; again, all as it was."
            }
            Self::FormatJson => "Indent the JSON of the pane you are in.",
            Self::SortKeys => {
                "Put the properties of the JSON pane you are in into the order of their names."
            }
            Self::Fold => "Hide the lines of what encloses the cursor.",
            Self::Unfold => "Show the lines hidden under the cursor's.",
            Self::FoldAll => "Hide the lines of everything that encloses some.",
            Self::UnfoldAll => "Show every hidden line.",
            Self::Settings => "Theme, size, and the limits of a run.",
            Self::Shortcuts => "List every command and its keys, and change them.",
            Self::Differences => {
                "What scripts do otherwise here than on Node, each with an example."
            }
            Self::Undo => "Take the last edit back.",
            Self::Redo => "Make the last undone edit again.",
            Self::Find => "Search in the pane you are in.",
            Self::Replace => "Search and replace in the pane you are in.",
            Self::SelectAll => "Select the whole text of the pane.",
            Self::SelectLine => "Select the line; again, the next one too.",
            Self::ExpandSelection => {
                "Select what encloses the selection: word, names, string, brackets, lines."
            }
            Self::ShrinkSelection => "Take the last expansion back.",
            Self::CursorAbove => "Type on the line above as well; Escape leaves one cursor.",
            Self::CursorBelow => "Type on the line below as well; Escape leaves one cursor.",
            Self::SelectNextOccurrence => {
                "Select the word at the cursor; then the next place with the same text besides."
            }
            Self::SelectAllOccurrences => "Select every place with the selected text.",
            Self::ToggleComment => "Make the selected lines comments, or code again.",
            Self::MoveLineUp => "Move the selected lines up.",
            Self::MoveLineDown => "Move the selected lines down.",
            Self::CopyLineUp => "Copy the selected lines and stay on the upper copy.",
            Self::CopyLineDown => "Copy the selected lines and go to the lower copy.",
            Self::DeleteLine => "Delete the selected lines.",
            Self::JoinLines => "Join the selected lines, or the line with the next.",
            Self::InsertLineBelow => "Begin a line below this one.",
            Self::InsertLineAbove => "Begin a line above this one.",
            Self::Indent => "Move the selected lines one level in.",
            Self::Outdent => "Move the selected lines one level out.",
            Self::GoToBracket => {
                "Go to the matching bracket, or to the end of what encloses the cursor."
            }
            Self::GoToLine => "Go to a line of the code, or to line:column.",
            Self::NextProblem => "Go to the next error or warning of the pane and say what it is.",
            Self::PreviousProblem => "Go to the error or warning before the cursor.",
            Self::Complete => "List what may be written at the cursor.",
            Self::ParameterHints => "Say what the call around the cursor takes.",
            Self::Describe => "Say what the name at the cursor is.",
            Self::GoToDefinition => {
                "Go to where the name at the cursor is declared, in this file or one beside it."
            }
            Self::Rename => "Give the variable, parameter or function at the cursor another name.",
            Self::GoToSymbol => "Go to a function, class or variable of the code.",
            Self::QuickFix => "List the repairs of the error or warning at the cursor.",
            Self::Palette => "Find any command by its name.",
            Self::ToggleSidebar => "Show or hide the list of hooks.",
            Self::ToggleRunner => "Show or hide the Runner.",
            Self::ToggleLogs => "Show or hide the logs.",
            Self::ToggleCalls => "Show the HTTP calls of the run, or the logs again.",
            Self::ToggleProblems => {
                "List the errors and warnings of the hook, or show the logs again."
            }
            Self::ClearLogs => "Empty the log panel.",
            Self::SaveLogs => "Save the log lines to a text file.",
            Self::ClearHistory => "Forget the finished runs of this hook.",
            Self::ZoomIn => "Show everything larger.",
            Self::ZoomOut => "Show everything smaller.",
            Self::ZoomReset => "Show everything at its normal size.",
            Self::FocusCode => "Put the cursor into the code.",
            Self::FocusRunner => "Put the cursor into the first payload pane.",
            Self::NextPane => "Move the cursor from pane to pane.",
            Self::Quit => "Close Hookbench; unsaved edits are asked about.",
        }
    }

    /// The keys, the usual one first. `COMMAND` is Cmd on macOS and Ctrl elsewhere.
    pub fn shortcuts(self) -> &'static [KeyboardShortcut] {
        macro_rules! keys {
            ($($modifiers:expr, $key:expr);+ $(;)?) => {
                const { &[$(KeyboardShortcut::new($modifiers, $key)),+] }
            };
        }
        match self {
            Self::NewHook => keys!(CTRL, Key::N),
            Self::OpenFile => keys!(CTRL, Key::O),
            Self::OpenFolder => keys!(CTRL_SHIFT, Key::D),
            Self::Save => keys!(CTRL, Key::S),
            Self::CloseHook => keys!(CTRL, Key::W),
            // Ctrl+Shift+S is the dashboard Runner's own key; Ctrl+Enter is what runs elsewhere.
            Self::Run => keys!(CTRL, Key::Enter; CTRL_SHIFT, Key::S),
            Self::Stop => keys!(Modifiers::SHIFT, Key::F5),
            Self::RunSignUp => keys!(CTRL_SHIFT, Key::Enter),
            Self::ToggleSidebar => keys!(CTRL, Key::B),
            Self::ToggleRunner => keys!(CTRL_SHIFT, Key::R),
            Self::ToggleLogs => keys!(CTRL, Key::J),
            Self::ZoomIn => keys!(CTRL, Key::Plus; CTRL, Key::Equals),
            Self::ZoomOut => keys!(CTRL, Key::Minus),
            Self::ZoomReset => keys!(CTRL, Key::Num0),
            Self::Settings => keys!(CTRL, Key::Comma),
            Self::Secrets => keys!(CTRL_SHIFT, Key::E),
            Self::Mocks => keys!(CTRL_SHIFT, Key::U),
            Self::ToggleProblems => keys!(CTRL_SHIFT, Key::M),
            Self::ToggleCalls => keys!(CTRL_SHIFT, Key::J),
            Self::Shortcuts => keys!(Modifiers::NONE, Key::F1),
            Self::FocusCode => keys!(CTRL, Key::Num1),
            Self::FocusRunner => keys!(CTRL, Key::Num2),
            Self::NextPane => keys!(Modifiers::NONE, Key::F6),
            Self::NextTab => keys!(CTRL, Key::PageDown; CTRL, Key::Tab),
            Self::PreviousTab => keys!(CTRL, Key::PageUp; CTRL_SHIFT, Key::Tab),
            Self::Present => keys!(Modifiers::NONE, Key::F11),
            Self::FormatJson => keys!(SHIFT_ALT, Key::F),
            Self::Fold => keys!(CTRL_SHIFT, Key::OpenBracket),
            Self::Unfold => keys!(CTRL_SHIFT, Key::CloseBracket),
            Self::Quit => keys!(CTRL, Key::Q),
            // The editor widget handles these itself where the cursor stands.
            Self::Undo => keys!(CTRL, Key::Z),
            Self::Redo => keys!(CTRL_SHIFT, Key::Z; CTRL, Key::Y),
            Self::Find => keys!(CTRL, Key::F),
            Self::Replace => keys!(CTRL, Key::H),
            Self::SelectAll => keys!(CTRL, Key::A),
            Self::SelectLine => keys!(CTRL, Key::L),
            Self::ExpandSelection => keys!(SHIFT_ALT, Key::ArrowRight),
            Self::ShrinkSelection => keys!(SHIFT_ALT, Key::ArrowLeft),
            Self::CursorAbove => keys!(CTRL_ALT, Key::ArrowUp),
            Self::CursorBelow => keys!(CTRL_ALT, Key::ArrowDown),
            Self::SelectNextOccurrence => keys!(CTRL, Key::D),
            Self::SelectAllOccurrences => keys!(CTRL_SHIFT, Key::L),
            Self::ToggleComment => keys!(CTRL, Key::Slash),
            Self::MoveLineUp => keys!(Modifiers::ALT, Key::ArrowUp),
            Self::MoveLineDown => keys!(Modifiers::ALT, Key::ArrowDown),
            Self::CopyLineUp => keys!(SHIFT_ALT, Key::ArrowUp),
            Self::CopyLineDown => keys!(SHIFT_ALT, Key::ArrowDown),
            Self::DeleteLine => keys!(CTRL_SHIFT, Key::K),
            Self::JoinLines => keys!(CTRL_SHIFT, Key::G),
            // Ctrl+Enter and Ctrl+Shift+Enter run.
            Self::InsertLineBelow => keys!(Modifiers::ALT, Key::Enter),
            Self::InsertLineAbove => keys!(SHIFT_ALT, Key::Enter),
            Self::Indent => keys!(CTRL, Key::CloseBracket),
            Self::Outdent => keys!(CTRL, Key::OpenBracket),
            Self::GoToBracket => keys!(CTRL_SHIFT, Key::Backslash),
            Self::GoToLine => keys!(CTRL, Key::G),
            Self::NextProblem => keys!(Modifiers::NONE, Key::F8),
            Self::PreviousProblem => keys!(Modifiers::SHIFT, Key::F8),
            Self::QuickFix => keys!(CTRL, Key::Period),
            Self::Complete => keys!(CTRL, Key::Space),
            Self::ParameterHints => keys!(CTRL_SHIFT, Key::Space),
            Self::Describe => keys!(CTRL_SHIFT, Key::I),
            Self::GoToDefinition => keys!(Modifiers::NONE, Key::F12),
            Self::Rename => keys!(Modifiers::NONE, Key::F2),
            Self::GoToSymbol => keys!(CTRL_SHIFT, Key::O),
            Self::Palette => keys!(CTRL_SHIFT, Key::P),
            Self::SaveAs
            | Self::CompareSaved
            | Self::CompareResponses
            | Self::SortKeys
            | Self::FoldAll
            | Self::UnfoldAll
            | Self::Tenant
            | Self::AllowedHosts
            | Self::Matrix
            | Self::Storage
            | Self::Modules
            | Self::Versions
            | Self::ResetTestData
            | Self::ClearLogs
            | Self::SaveLogs
            | Self::ClearHistory
            | Self::Differences => &[],
        }
    }

    /// True for the commands the editor with the cursor carries out by itself.
    pub fn belongs_to_editor(self) -> bool {
        self.group() == Group::Edit && !matches!(self, Self::GoToLine | Self::GoToSymbol)
    }

    /// The command of a pressed key. Exactly these modifiers come first; Shift may be down besides, for there are
    /// keyboards where it makes the sign.
    pub fn of_key(ctx: &Context, key: Key, modifiers: Modifiers) -> Option<Self> {
        let key = match key {
            Key::Pipe => Key::Backslash,
            Key::Questionmark => Key::Slash,
            Key::OpenCurlyBracket => Key::OpenBracket,
            Key::CloseCurlyBracket => Key::CloseBracket,
            key => key,
        };
        let find = |fits: &dyn Fn(&KeyboardShortcut) -> bool| {
            Self::ALL
                .into_iter()
                .find(|command| keymap::keys_of(ctx, *command).iter().any(fits))
        };
        find(&|keys| keys.logical_key == key && modifiers.matches_exact(keys.modifiers)).or_else(
            || {
                let unshifted = Modifiers {
                    shift: false,
                    ..modifiers
                };
                let sign = matches!(key, Key::Slash | Key::Plus | Key::Equals | Key::Minus);
                find(&|keys| {
                    sign && keys.logical_key == key && unshifted.matches_exact(keys.modifiers)
                })
            },
        )
    }

    /// The usual key as this system writes it, such as `Ctrl+Enter` or `⌘⏎`; empty where there is none.
    pub fn shortcut_text(self, ctx: &Context) -> String {
        keymap::keys_of(ctx, self)
            .first()
            .map(|keys| ctx.format_shortcut(keys))
            .unwrap_or_default()
    }

    /// The commands whose keys were pressed in this frame, taken out of the input.
    ///
    /// Editing keys belong to the focused pane; while nothing has the focus, searching goes to the last one.
    pub fn pressed(ctx: &Context) -> Vec<Self> {
        let nowhere = ctx.memory(|memory| memory.focused().is_none());
        let mut pressed = Vec::new();
        // Taken out while keys are looked up: the context can be asked for one thing at a time.
        let mut events = ctx.input_mut(|input| std::mem::take(&mut input.events));
        let mut written = Written::default();
        events.retain(|event| {
            if written.is(event) {
                return false;
            }
            let Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } = event
            else {
                return true;
            };
            let command = Self::of_key(ctx, *key, *modifiers).filter(|command| {
                !command.belongs_to_editor()
                    || (nowhere && matches!(command, Self::Find | Self::Replace))
            });
            // A key held down asks once a frame.
            pressed.extend(command.filter(|command| !pressed.contains(command)));
            if command.is_some() {
                written.after(event);
            }
            command.is_none()
        });
        ctx.input_mut(|input| input.events = events);
        pressed
    }
}

/// What a command's own keys write: Alt and a letter arrive as keys and, right behind, as text, which nobody typed.
#[derive(Debug, Default)]
pub struct Written(bool);

impl Written {
    /// Notes that a key was taken for a command.
    pub fn after(&mut self, key: &Event) {
        self.0 = matches!(key, Event::Key { modifiers, .. } if modifiers.alt);
    }

    /// Whether an event is that text; asked for each event in turn.
    pub fn is(&mut self, event: &Event) -> bool {
        std::mem::take(&mut self.0) && matches!(event, Event::Text(_))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_command_stands_in_the_list_once() {
        let unique: HashSet<_> = Command::ALL.into_iter().collect();
        assert_eq!(unique.len(), Command::ALL.len());
        let grouped: usize = Group::ALL
            .into_iter()
            .map(|g| Command::ALL.iter().filter(|c| c.group() == g).count())
            .sum();
        assert_eq!(grouped, Command::ALL.len());
    }

    /// The README's table, which this test writes when `HOOKBENCH_UPDATE_README` is set and else compares.
    #[test]
    fn the_readme_lists_every_command() {
        use eframe::egui::ModifierNames;
        let mut table = String::from("| command | keys | what it does |\n|---|---|---|\n");
        for command in Group::ALL
            .into_iter()
            .flat_map(|group| Command::ALL.into_iter().filter(move |c| c.group() == group))
        {
            let keys: Vec<String> = command
                .shortcuts()
                .iter()
                .map(|keys| keys.format(&ModifierNames::NAMES, false))
                .collect();
            let label = command.label().trim_end_matches('…');
            table.push_str(&format!(
                "| {label} | {} | {} |\n",
                keys.join(", "),
                command.describe()
            ));
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        let readme = std::fs::read_to_string(path).unwrap();
        let start_mark =
            "<!-- commands: written by the test `the_readme_lists_every_command` -->\n";
        let start = readme.find(start_mark).unwrap() + start_mark.len();
        let end = readme.find("<!-- commands end -->").unwrap();
        if std::env::var_os("HOOKBENCH_UPDATE_README").is_some() {
            let new = format!("{}{table}{}", &readme[..start], &readme[end..]);
            std::fs::write(path, new).unwrap();
        } else {
            assert_eq!(
                &readme[start..end],
                table,
                "set HOOKBENCH_UPDATE_README=1 and run this test"
            );
        }
    }

    #[test]
    fn the_exact_key_wins_and_shift_may_make_a_sign() {
        let shifted = Modifiers::SHIFT | Modifiers::CTRL | Modifiers::COMMAND;
        let plain = Modifiers::CTRL | Modifiers::COMMAND;
        let ctx = Context::default();
        let of = |key, modifiers| Command::of_key(&ctx, key, modifiers);
        assert_eq!(of(Key::Enter, plain), Some(Command::Run));
        assert_eq!(of(Key::Enter, shifted), Some(Command::RunSignUp));
        assert_eq!(of(Key::S, shifted), Some(Command::Run));
        assert_eq!(of(Key::Plus, shifted), Some(Command::ZoomIn));
        assert_eq!(of(Key::Slash, shifted), Some(Command::ToggleComment));
        assert_eq!(of(Key::Pipe, shifted), Some(Command::GoToBracket));
        assert_eq!(of(Key::A, shifted), None);
        // AltGr writes characters.
        assert_eq!(of(Key::OpenBracket, plain | Modifiers::ALT), None);
    }

    #[test]
    fn no_key_means_two_commands() {
        let mut seen = HashSet::new();
        for command in Command::ALL {
            for keys in command.shortcuts() {
                assert!(seen.insert(*keys), "{command:?} shares {keys:?}");
            }
        }
    }
}
