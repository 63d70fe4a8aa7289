//! The window: panes over the rooms below. State in `app`, intents in `actions`, results in `messages`.

mod actions;
pub mod app;
pub mod background;
mod body;
pub mod commands;
pub mod dialogs;
mod documents;
pub mod editor;
mod files;
mod icons;
mod json_tree;
pub mod logs;
mod messages;
mod panes;
mod rescue;
mod running;
mod runs;
mod saving;
pub mod theme;
mod window;

pub use app::{HookbenchApp, Services};
pub use window::run;
