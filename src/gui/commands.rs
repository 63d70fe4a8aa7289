//! Every command of the window, once: menus, shortcuts, tooltips and the README's table read it here.

use eframe::egui::{Context, Key, KeyboardShortcut, Modifiers};

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
    ResetTestData,
    Secrets,
    Versions,
    Settings,
    Shortcuts,
    Undo,
    Redo,
    Find,
    Replace,
    ToggleSidebar,
    ToggleRunner,
    ToggleLogs,
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

impl Command {
    /// Every command, grouped, in the order the tables show them.
    pub const ALL: [Self; 30] = [
        Self::NewHook,
        Self::OpenFile,
        Self::OpenFolder,
        Self::Save,
        Self::SaveAs,
        Self::CloseHook,
        Self::Versions,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::Find,
        Self::Replace,
        Self::Run,
        Self::Stop,
        Self::ResetTestData,
        Self::Secrets,
        Self::ClearHistory,
        Self::ClearLogs,
        Self::SaveLogs,
        Self::FocusCode,
        Self::FocusRunner,
        Self::NextPane,
        Self::ToggleSidebar,
        Self::ToggleRunner,
        Self::ToggleLogs,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::Settings,
        Self::Shortcuts,
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
            | C::Quit => Group::File,
            C::Undo | C::Redo | C::Find | C::Replace => Group::Edit,
            C::Run
            | C::Stop
            | C::ResetTestData
            | C::Secrets
            | C::ClearHistory
            | C::ClearLogs
            | C::SaveLogs => Group::Run,
            C::FocusCode
            | C::FocusRunner
            | C::NextPane
            | C::ToggleSidebar
            | C::ToggleRunner
            | C::ToggleLogs
            | C::ZoomIn
            | C::ZoomOut
            | C::ZoomReset
            | C::Settings
            | C::Shortcuts => Group::View,
        }
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
            Self::ResetTestData => "Reset test data",
            Self::Secrets => "Secrets…",
            Self::Versions => "Earlier versions…",
            Self::Settings => "Settings…",
            Self::Shortcuts => "Keyboard shortcuts",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::Find => "Find…",
            Self::Replace => "Replace…",
            Self::ToggleSidebar => "Hooks",
            Self::ToggleRunner => "Runner",
            Self::ToggleLogs => "Logs",
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
            Self::ResetTestData => "Put the extensibility point's default payload back.",
            Self::Versions => "List the kept versions of the hook and bring one back.",
            Self::Secrets => "Edit the names and values of context.webtask.secrets.",
            Self::Settings => "Theme, size, and the limits of a run.",
            Self::Shortcuts => "List every command and its keys.",
            Self::Undo => "Take the last edit back.",
            Self::Redo => "Make the last undone edit again.",
            Self::Find => "Search in the pane you are in.",
            Self::Replace => "Search and replace in the pane you are in.",
            Self::ToggleSidebar => "Show or hide the list of hooks.",
            Self::ToggleRunner => "Show or hide the Runner.",
            Self::ToggleLogs => "Show or hide the logs.",
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
            Self::OpenFolder => keys!(CTRL_SHIFT, Key::O),
            Self::Save => keys!(CTRL, Key::S),
            Self::CloseHook => keys!(CTRL, Key::W),
            // Ctrl+Shift+S is the dashboard Runner's own key; Ctrl+Enter is what runs elsewhere.
            Self::Run => keys!(CTRL, Key::Enter; CTRL_SHIFT, Key::S),
            Self::Stop => keys!(Modifiers::SHIFT, Key::F5; CTRL, Key::Period),
            Self::ToggleSidebar => keys!(CTRL, Key::B),
            Self::ToggleRunner => keys!(CTRL_SHIFT, Key::R),
            Self::ToggleLogs => keys!(CTRL, Key::J),
            Self::ZoomIn => keys!(CTRL, Key::Plus; CTRL, Key::Equals),
            Self::ZoomOut => keys!(CTRL, Key::Minus),
            Self::ZoomReset => keys!(CTRL, Key::Num0),
            Self::Settings => keys!(CTRL, Key::Comma),
            Self::Secrets => keys!(CTRL_SHIFT, Key::E),
            Self::Shortcuts => keys!(Modifiers::NONE, Key::F1),
            Self::FocusCode => keys!(CTRL, Key::Num1),
            Self::FocusRunner => keys!(CTRL, Key::Num2),
            Self::NextPane => keys!(Modifiers::NONE, Key::F6),
            Self::Quit => keys!(CTRL, Key::Q),
            // The editor widget handles these itself where the cursor stands.
            Self::Undo => keys!(CTRL, Key::Z),
            Self::Redo => keys!(CTRL_SHIFT, Key::Z; CTRL, Key::Y),
            Self::Find => keys!(CTRL, Key::F),
            Self::Replace => keys!(CTRL, Key::H),
            Self::SaveAs
            | Self::Versions
            | Self::ResetTestData
            | Self::ClearLogs
            | Self::SaveLogs
            | Self::ClearHistory => &[],
        }
    }

    /// True for the keys the focused editor answers by itself.
    pub fn belongs_to_editor(self) -> bool {
        self.group() == Group::Edit
    }

    /// The usual key as this system writes it, such as `Ctrl+Enter` or `⌘⏎`; empty where there is none.
    pub fn shortcut_text(self, ctx: &Context) -> String {
        self.shortcuts()
            .first()
            .map(|keys| ctx.format_shortcut(keys))
            .unwrap_or_default()
    }

    /// The commands whose keys were pressed in this frame, taken out of the input.
    ///
    /// Editing keys belong to the focused pane; while nothing has the focus, searching goes to the last one.
    pub fn pressed(ctx: &Context) -> Vec<Self> {
        let nowhere = ctx.memory(|memory| memory.focused().is_none());
        // More modifiers first: egui matches Ctrl+S also when Shift is down.
        let mut keys: Vec<(Self, KeyboardShortcut)> = Self::ALL
            .into_iter()
            .filter(|command| {
                !command.belongs_to_editor()
                    || (nowhere && matches!(command, Self::Find | Self::Replace))
            })
            .flat_map(|command| command.shortcuts().iter().map(move |keys| (command, *keys)))
            .collect();
        keys.sort_by_key(|(_, keys)| std::cmp::Reverse(modifier_count(keys.modifiers)));
        ctx.input_mut(|input| {
            keys.into_iter()
                .filter(|(_, keys)| input.consume_shortcut(keys))
                .map(|(command, _)| command)
                .collect()
        })
    }
}

fn modifier_count(modifiers: Modifiers) -> u32 {
    [
        modifiers.shift,
        modifiers.alt,
        modifiers.command || modifiers.ctrl,
    ]
    .into_iter()
    .map(u32::from)
    .sum()
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
    fn no_key_means_two_commands() {
        let mut seen = HashSet::new();
        for command in Command::ALL {
            for keys in command.shortcuts() {
                assert!(seen.insert(*keys), "{command:?} shares {keys:?}");
            }
        }
    }
}
