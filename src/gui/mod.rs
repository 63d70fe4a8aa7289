//! The window.

pub mod editor;
pub mod theme;
