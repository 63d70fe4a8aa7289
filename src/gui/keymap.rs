//! The keys of commands as the user changed them: kept in the settings as text, asked for by whoever handles a key.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{Context, Id, Key, KeyboardShortcut, ModifierNames, Modifiers};

use super::commands::Command;

/// The changed keys, by command. Empty lists take a command's keys away.
pub type Changed = BTreeMap<String, Vec<String>>;

/// All keys in force.
#[derive(Debug, Default)]
struct Keymap {
    source: Changed,
    /// Commands whose keys are not the usual ones.
    keys: Vec<(Command, Vec<KeyboardShortcut>)>,
}

fn id() -> Id {
    Id::unique("keymap")
}

/// Takes the settings' keys over. What names no command or no keys is told, once, and left out.
pub fn install(ctx: &Context, changed: &Changed) -> Option<String> {
    let known = ctx.data(|data| data.get_temp::<Arc<Keymap>>(id()));
    let same = known.map_or(changed.is_empty(), |known| known.source == *changed);
    if same {
        return None;
    }
    let mut keys = Vec::new();
    let mut problem = None;
    for (name, texts) in changed {
        let command = Command::ALL
            .into_iter()
            .find(|command| command.id() == *name);
        let Some(command) = command else {
            problem = Some(format!(
                "The settings give keys to {name}, which is no command; they are left out."
            ));
            continue;
        };
        let mut read_keys = Vec::new();
        for text in texts {
            match read(text) {
                Some(keys) => read_keys.push(keys),
                None => {
                    problem = Some(format!(
                        "The settings give {name} the keys {text}, which there are not; F1 lists and changes them."
                    ));
                }
            }
        }
        keys.push((command, read_keys));
    }
    let map = Arc::new(Keymap {
        source: changed.clone(),
        keys,
    });
    ctx.data_mut(|data| data.insert_temp(id(), map));
    problem
}

/// The keys of a command, the usual one first.
pub fn keys_of(ctx: &Context, command: Command) -> Vec<KeyboardShortcut> {
    let map = ctx.data(|data| data.get_temp::<Arc<Keymap>>(id()));
    map.and_then(|map| {
        let (_, keys) = map.keys.iter().find(|(known, _)| *known == command)?;
        Some(keys.clone())
    })
    .unwrap_or_else(|| command.shortcuts().to_vec())
}

/// Whether the keys of a command were changed.
pub fn is_changed(changed: &Changed, command: Command) -> bool {
    changed.contains_key(&command.id())
}

/// Gives a command these keys alone, and takes them from whoever had them. `None` gives it its usual ones back.
pub fn change(
    ctx: &Context,
    changed: &mut Changed,
    command: Command,
    keys: Option<KeyboardShortcut>,
) {
    let wanted = match keys {
        Some(keys) => vec![keys],
        None => command.shortcuts().to_vec(),
    };
    for other in Command::ALL {
        let theirs = keys_of(ctx, other);
        if other != command && theirs.iter().any(|one| wanted.contains(one)) {
            let left = theirs.iter().filter(|one| !wanted.contains(one));
            changed.insert(other.id(), left.map(write).collect());
        }
    }
    match keys {
        Some(keys) => changed.insert(command.id(), vec![write(&keys)]),
        None => changed.remove(&command.id()),
    };
}

/// Keys as the settings have them, such as `Ctrl+Shift+P`; Ctrl is Cmd on macOS.
pub fn write(keys: &KeyboardShortcut) -> String {
    keys.format(&ModifierNames::NAMES, false)
}

/// The keys that a text names.
pub fn read(text: &str) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    let mut parts: Vec<&str> = text.split('+').map(str::trim).collect();
    let key = parts.pop()?;
    for part in parts {
        modifiers |= match part.to_ascii_lowercase().as_str() {
            "ctrl" | "cmd" | "command" => Modifiers::COMMAND,
            "shift" => Modifiers::SHIFT,
            "alt" | "option" => Modifiers::ALT,
            _ => return None,
        };
    }
    Some(KeyboardShortcut::new(modifiers, Key::from_name(key)?))
}

/// Whether a key can be a command's: letters and the like only with Ctrl or Alt, for they are typed.
pub fn can_be(key: Key, modifiers: Modifiers) -> bool {
    let function = key.name().len() > 1
        && key.name().starts_with('F')
        && key.name()[1..].parse::<u8>().is_ok();
    let held = modifiers.command || modifiers.ctrl || modifiers.alt;
    let altgr = modifiers.command && modifiers.alt && !arrow(key);
    !altgr && (function || held) && !matches!(key, Key::Tab | Key::Escape if !modifiers.command)
}

fn arrow(key: Key) -> bool {
    matches!(
        key,
        Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_key_is_written_and_read_back() {
        for command in Command::ALL {
            for keys in command.shortcuts() {
                assert_eq!(read(&write(keys)), Some(*keys), "{}", write(keys));
            }
        }
        for none in ["", "Ctrl+", "Hyper+A", "Ctrl+Nothing"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn keys_given_to_one_command_are_taken_from_the_other() {
        let ctx = Context::default();
        let mut changed = Changed::new();
        let keys = read("Ctrl+D");
        change(&ctx, &mut changed, Command::DeleteLine, keys);
        install(&ctx, &changed);
        assert_eq!(keys_of(&ctx, Command::DeleteLine), [keys.unwrap()]);
        assert_eq!(keys_of(&ctx, Command::SelectNextOccurrence), []);
        let modifiers = Modifiers::CTRL | Modifiers::COMMAND;
        assert_eq!(
            Command::of_key(&ctx, Key::D, modifiers),
            Some(Command::DeleteLine)
        );
        let shifted = modifiers | Modifiers::SHIFT;
        assert_eq!(Command::of_key(&ctx, Key::K, shifted), None);
        // Usual keys that are given back are taken from who has them now.
        change(&ctx, &mut changed, Command::SelectNextOccurrence, None);
        install(&ctx, &changed);
        assert_eq!(
            Command::of_key(&ctx, Key::D, modifiers),
            Some(Command::SelectNextOccurrence)
        );
        assert_eq!(keys_of(&ctx, Command::DeleteLine), []);
        change(&ctx, &mut changed, Command::DeleteLine, None);
        assert_eq!(changed, Changed::new());
    }

    #[test]
    fn what_names_nothing_is_told_and_the_rest_holds() {
        let ctx = Context::default();
        let changed = Changed::from([
            (
                "Save".to_owned(),
                vec!["Ctrl+Alt+Nothing".to_owned(), "F7".to_owned()],
            ),
            ("Undo".to_owned(), vec!["F9".to_owned()]),
        ]);
        assert!(
            install(&ctx, &changed)
                .unwrap()
                .contains("Ctrl+Alt+Nothing")
        );
        assert_eq!(install(&ctx, &changed), None, "told once");
        assert_eq!(keys_of(&ctx, Command::Save), [read("F7").unwrap()]);
        let unknown = Changed::from([("Dance".to_owned(), Vec::new())]);
        assert!(install(&ctx, &unknown).unwrap().contains("Dance"));
    }

    #[test]
    fn typed_keys_are_none_of_a_command() {
        assert!(can_be(Key::F7, Modifiers::NONE));
        assert!(can_be(Key::K, Modifiers::COMMAND | Modifiers::CTRL));
        assert!(!can_be(Key::K, Modifiers::NONE));
        assert!(!can_be(Key::K, Modifiers::SHIFT));
        assert!(!can_be(Key::Tab, Modifiers::NONE));
        assert!(!can_be(Key::K, Modifiers::COMMAND | Modifiers::ALT));
    }
}
