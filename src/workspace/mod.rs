//! Files: hooks on disk, and what Hookbench keeps for them in the user's data folder.
//!
//! Knows nothing of the engine, of runs or of windows; every error is a sentence with path and remedy.

mod action_entry;
mod atomic;
mod create;
mod data_dir;
pub mod dependencies;
mod dotenv;
pub mod drafts;
mod file_error;
mod hook_entry;
mod moment;
pub mod outbox_files;
pub mod payloads;
mod poll;
pub mod run_history;
pub mod secrets;
mod sessions;
pub mod settings;
mod sidecar;
pub mod snapshots;
pub mod storage;
pub mod text_file;
pub mod watch;
mod workspace_folder;

pub use action_entry::{ActionEntry, Bindings};
pub use create::name_problem;
pub use data_dir::{DataDir, DataDirError};
pub use file_error::FileError;
pub use hook_entry::{HookEntry, set_point};
pub use workspace_folder::{Workspace, WorkspaceError};
