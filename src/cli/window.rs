//! `hookbench [PATH]`: opens the window, where there is a display to open it on.

use std::path::PathBuf;

use super::{OWN_FAULT, WRONG_USE};

/// Opens the window, or says why it cannot.
pub fn main(path: Option<PathBuf>) -> u8 {
    if !has_display(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        eprintln!(
            "hookbench: There is no display to open the window on (neither DISPLAY nor WAYLAND_DISPLAY is set); to run a hook without one, use `hookbench run {}`.",
            path.map_or("SCRIPT.js".to_owned(), |path| path.display().to_string())
        );
        return WRONG_USE;
    }
    match crate::gui::run(path) {
        Ok(()) => 0,
        Err(error) => {
            eprintln!("hookbench: {error:#}");
            OWN_FAULT
        }
    }
}

/// Linux and its kin name their display in the environment; other desktops always have one.
fn has_display(is_set: impl Fn(&str) -> bool) -> bool {
    cfg!(not(all(unix, not(target_os = "macos")))) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
