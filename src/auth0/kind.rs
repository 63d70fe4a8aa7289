//! The two kinds of code that Auth0 runs at an extensibility point.

use serde::{Deserialize, Serialize};

/// Whether the code is a Hook or an Action.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// `module.exports = function (user, context, cb)`.
    #[default]
    Hook,
    /// `exports.onExecute… = async (event, api)`.
    Action,
}

impl Kind {
    /// What the code is called in sentences.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Hook => "hook",
            Self::Action => "Action",
        }
    }

    /// The name stack traces show for code that has no file.
    pub const fn default_file(self) -> &'static str {
        match self {
            Self::Hook => "hook.js",
            Self::Action => "action.js",
        }
    }
}
