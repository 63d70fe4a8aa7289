//! Every command of the window, once: menus, shortcuts, tooltips and the README's table read it here.

use eframe::egui::{Context, Event, Key, KeyboardShortcut, Modifiers};

use super::keymap;

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

/// What is known of a command.
struct Entry {
    group: Group,
    label: &'static str,
    keys: &'static [KeyboardShortcut],
    text: &'static str,
}

/// The commands, each with its group, menu text, usual keys and what it does: everything else is read from here.
macro_rules! commands {
    ($($name:ident: $group:ident, $label:literal, [$($modifiers:expr, $key:expr);*], $text:literal;)+) => {
        /// Something the user can ask for, from a menu, a button or a key.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command {
            $($name),+
        }

        impl Command {
            /// Every command, grouped, in the order the tables show them.
            pub const ALL: [Self; [$(stringify!($name)),+].len()] = [$(Self::$name),+];

            fn entry(self) -> &'static Entry {
                match self {
                    $(Self::$name => const {
                        &Entry {
                            group: Group::$group,
                            label: $label,
                            keys: &[$(KeyboardShortcut::new($modifiers, $key)),*],
                            text: $text,
                        }
                    }),+
                }
            }
        }
    };
}

commands! {
    NewHook: File, "New hook…", [CTRL, Key::N],
        "Create a hook from its extensibility point's starter code.";
    OpenFile: File, "Open file…", [CTRL, Key::O],
        "Open a hook's .js file.";
    OpenFolder: File, "Open folder…", [CTRL_SHIFT, Key::D],
        "Open a folder of hooks, such as the Deploy CLI exports.";
    Save: File, "Save", [CTRL, Key::S],
        "Save the hook; the version it replaces is kept.";
    SaveAs: File, "Save as…", [],
        "Save the hook's code as another file.";
    CloseHook: File, "Close hook", [CTRL, Key::W],
        "Close the hook; unsaved edits are asked about.";
    Versions: File, "Earlier versions…", [],
        "List the kept versions of the hook and bring one back.";
    CompareSaved: File, "Compare with the file…", [],
        "Show what is changed here and not yet saved.";
    Quit: File, "Quit", [CTRL, Key::Q],
        "Close Hookbench; unsaved edits are asked about.";

    Undo: Edit, "Undo", [CTRL, Key::Z],
        "Take the last edit back.";
    Redo: Edit, "Redo", [CTRL_SHIFT, Key::Z; CTRL, Key::Y],
        "Make the last undone edit again.";
    Find: Edit, "Find…", [CTRL, Key::F],
        "Search in the pane you are in.";
    Replace: Edit, "Replace…", [CTRL, Key::H],
        "Search and replace in the pane you are in.";
    SelectAll: Edit, "Select all", [CTRL, Key::A],
        "Select the whole text of the pane.";
    SelectLine: Edit, "Select line", [CTRL, Key::L],
        "Select the line; again, the next one too.";
    ExpandSelection: Edit, "Expand selection", [SHIFT_ALT, Key::ArrowRight],
        "Select what encloses the selection: word, expression, arguments, statement, function.";
    ShrinkSelection: Edit, "Shrink selection", [SHIFT_ALT, Key::ArrowLeft],
        "Take the last expansion back.";
    CursorAbove: Edit, "Add cursor above", [CTRL_ALT, Key::ArrowUp],
        "Type on the line above as well; Escape leaves one cursor.";
    CursorBelow: Edit, "Add cursor below", [CTRL_ALT, Key::ArrowDown],
        "Type on the line below as well; Escape leaves one cursor.";
    SelectNextOccurrence: Edit, "Select next occurrence", [CTRL, Key::D],
        "Select the word at the cursor; then the next place with the same text besides.";
    SelectAllOccurrences: Edit, "Select all occurrences", [CTRL_SHIFT, Key::L],
        "Select every place with the selected text.";
    ToggleComment: Edit, "Toggle comment", [CTRL, Key::Slash],
        "Make the selected lines comments, or code again.";
    MoveLineUp: Edit, "Move line up", [Modifiers::ALT, Key::ArrowUp],
        "Move the selected lines up.";
    MoveLineDown: Edit, "Move line down", [Modifiers::ALT, Key::ArrowDown],
        "Move the selected lines down.";
    CopyLineUp: Edit, "Copy line up", [SHIFT_ALT, Key::ArrowUp],
        "Copy the selected lines and stay on the upper copy.";
    CopyLineDown: Edit, "Copy line down", [SHIFT_ALT, Key::ArrowDown],
        "Copy the selected lines and go to the lower copy.";
    DeleteLine: Edit, "Delete line", [CTRL_SHIFT, Key::K],
        "Delete the selected lines.";
    JoinLines: Edit, "Join lines", [CTRL_SHIFT, Key::G],
        "Join the selected lines, or the line with the next.";
    // Ctrl+Enter and Ctrl+Shift+Enter run.
    InsertLineBelow: Edit, "Insert line below", [Modifiers::ALT, Key::Enter],
        "Begin a line below this one.";
    InsertLineAbove: Edit, "Insert line above", [SHIFT_ALT, Key::Enter],
        "Begin a line above this one.";
    Indent: Edit, "Indent", [CTRL, Key::CloseBracket],
        "Move the selected lines one level in.";
    Outdent: Edit, "Outdent", [CTRL, Key::OpenBracket],
        "Move the selected lines one level out.";
    GoToBracket: Edit, "Go to bracket", [CTRL_SHIFT, Key::Backslash],
        "Go to the matching bracket, or to the end of what encloses the cursor.";
    GoToLine: Edit, "Go to line…", [CTRL, Key::G],
        "Go to a line of the code, or to line:column.";
    NextProblem: Edit, "Go to the next problem", [Modifiers::NONE, Key::F8],
        "Go to the next error or warning of the pane and say what it is.";
    PreviousProblem: Edit, "Go to the problem before", [Modifiers::SHIFT, Key::F8],
        "Go to the error or warning before the cursor.";
    QuickFix: Edit, "Quick fix…", [CTRL, Key::Period],
        "List the repairs of the error or warning at the cursor.";
    Complete: Edit, "Suggest", [CTRL, Key::Space],
        "List what may be written at the cursor.";
    ParameterHints: Edit, "Show parameters", [CTRL_SHIFT, Key::Space],
        "Say what the call around the cursor takes.";
    Describe: Edit, "Describe", [CTRL_SHIFT, Key::I],
        "Say what the name at the cursor is.";
    GoToDefinition: Edit, "Go to definition", [Modifiers::NONE, Key::F12],
        "Go to where the name at the cursor is declared, in this file or one beside it.";
    Rename: Edit, "Rename…", [Modifiers::NONE, Key::F2],
        "Give the variable, parameter or function at the cursor another name.";
    GoToSymbol: Edit, "Go to symbol…", [CTRL_SHIFT, Key::O],
        "Go to a function, class or variable of the code.";
    FormatJson: Edit, "Format JSON", [SHIFT_ALT, Key::F],
        "Indent the JSON of the pane you are in.";
    SortKeys: Edit, "Sort JSON by key", [],
        "Put the properties of the JSON pane you are in into the order of their names.";
    Fold: Edit, "Fold", [CTRL_SHIFT, Key::OpenBracket],
        "Hide the lines of what encloses the cursor.";
    Unfold: Edit, "Unfold", [CTRL_SHIFT, Key::CloseBracket],
        "Show the lines hidden under the cursor's.";
    FoldAll: Edit, "Fold all", [],
        "Hide the lines of everything that encloses some.";
    UnfoldAll: Edit, "Unfold all", [],
        "Show every hidden line.";

    // Ctrl+Shift+S is the dashboard Runner's own key; Ctrl+Enter is what runs elsewhere.
    Run: Run, "Run", [CTRL, Key::Enter; CTRL_SHIFT, Key::S],
        "Save the hook and run it with the payload of the Runner.";
    Stop: Run, "Stop", [Modifiers::SHIFT, Key::F5],
        "End the running hook at once.";
    RunSignUp: Run, "Run the sign-up", [CTRL_SHIFT, Key::Enter],
        "Run a whole sign-up over the open folder: what runs before, the new user, what runs after.";
    Matrix: Run, "What each visitor sees…", [],
        "Run the hook over languages, connections and payload values.";
    ResetTestData: Run, "Reset test data", [],
        "Put the extensibility point's default payload back.";
    Secrets: Run, "Secrets…", [CTRL_SHIFT, Key::E],
        "Edit the names and values of context.webtask.secrets.";
    Mocks: Run, "Mocks…", [CTRL_SHIFT, Key::U],
        "Edit the canned answers to the hook's HTTP calls.";
    Tenant: Run, "Built-in tenant…", [],
        "Edit users and roles that answer calls of Auth0's own API.";
    AllowedHosts: Run, "Allowed hosts…", [],
        "Name the hosts that runs may reach, and the proxy.";
    Storage: Run, "Storage…", [],
        "Edit the document that the hook finds in context.webtask.storage.";
    Modules: Run, "NPM Modules…", [],
        "See, add, remove and install the packages that the hook requires.";
    CompareResponses: Run, "Compare with the run before…", [],
        "Show what differs between the response and that of the run before.";
    ClearHistory: Run, "Clear history", [],
        "Forget the finished runs of this hook.";
    ClearLogs: Run, "Clear logs", [],
        "Empty the log panel.";
    SaveLogs: Run, "Save logs…", [],
        "Save the log lines to a text file.";

    FocusCode: View, "Go to the code", [CTRL, Key::Num1],
        "Put the cursor into the code.";
    FocusRunner: View, "Go to the payload", [CTRL, Key::Num2],
        "Put the cursor into the first payload pane.";
    NextPane: View, "Go to the next pane", [Modifiers::NONE, Key::F6],
        "Move the cursor from pane to pane.";
    SplitCode: View, "Split the code", [CTRL, Key::Backslash],
        "Show the code twice, or two hooks beside each other; again, one of them.";
    OtherHalf: View, "Go to the other half", [Modifiers::SHIFT, Key::F6],
        "Put the cursor into the other half of the split code.";
    NextTab: View, "Next tab", [CTRL, Key::PageDown; CTRL, Key::Tab],
        "Show the next of the open hooks.";
    PreviousTab: View, "Previous tab", [CTRL, Key::PageUp; CTRL_SHIFT, Key::Tab],
        "Show the open hook before this one.";
    Present: View, "Present", [Modifiers::NONE, Key::F11],
        "Show only the code, Run and what comes of it, in large type; again, all as it was.";
    ToggleSidebar: View, "Hooks", [CTRL, Key::B],
        "Show or hide the list of hooks.";
    ToggleRunner: View, "Runner", [CTRL_SHIFT, Key::R],
        "Show or hide the Runner.";
    ToggleLogs: View, "Logs", [CTRL, Key::J],
        "Show or hide the logs.";
    ToggleCalls: View, "HTTP calls", [CTRL_SHIFT, Key::J],
        "Show the HTTP calls of the run, or the logs again.";
    ToggleProblems: View, "Problems", [CTRL_SHIFT, Key::M],
        "List the errors and warnings of the hook, or show the logs again.";
    WrapLines: View, "Wrap long lines", [Modifiers::ALT, Key::Z],
        "Let lines that are longer than the pane go on in the next row; again, scroll to see them.";
    ZoomIn: View, "Zoom in", [CTRL, Key::Plus; CTRL, Key::Equals],
        "Show everything larger.";
    ZoomOut: View, "Zoom out", [CTRL, Key::Minus],
        "Show everything smaller.";
    ZoomReset: View, "Actual size", [CTRL, Key::Num0],
        "Show everything at its normal size.";
    Settings: View, "Settings…", [CTRL, Key::Comma],
        "Theme, font, size, and the limits of a run.";
    Palette: View, "Command palette…", [CTRL_SHIFT, Key::P],
        "Find any command by its name.";
    Shortcuts: View, "Keyboard shortcuts", [Modifiers::NONE, Key::F1],
        "List every command and its keys, and change them.";
    Differences: View, "Differences from Node", [],
        "What scripts do otherwise here than on Node, each with an example.";
}

impl Command {
    /// Where the command is listed.
    pub fn group(self) -> Group {
        self.entry().group
    }

    /// What the settings call it, such as `ToggleComment`.
    pub fn id(self) -> String {
        format!("{self:?}")
    }

    /// The menu text; an ellipsis says that a dialog follows.
    pub fn label(self) -> &'static str {
        self.entry().label
    }

    /// One sentence for tooltips and the list of shortcuts.
    pub fn describe(self) -> &'static str {
        self.entry().text
    }

    /// The usual keys, the first one shown. `COMMAND` is Cmd on macOS and Ctrl elsewhere.
    pub fn shortcuts(self) -> &'static [KeyboardShortcut] {
        self.entry().keys
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
