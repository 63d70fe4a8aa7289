//! The window: panes over the rooms below. State in `app`, intents in `actions`, results in `messages`.

mod actions;
pub mod app;
mod assistant;
pub mod background;
mod body;
pub mod commands;
mod compare;
pub mod dialogs;
mod documents;
pub mod editor;
mod fault;
mod files;
mod fonts;
mod fuzzy;
mod icons;
mod json_tree;
mod keymap;
pub mod logs;
mod lower;
mod matrix;
mod messages;
mod modules;
mod outbox;
mod panes;
mod payload_tree;
mod rescue;
mod running;
mod runs;
mod saving;
mod sign_up;
mod split;
mod storage;
pub mod theme;
mod window;

pub use app::{HookbenchApp, Services};
pub use window::run;
