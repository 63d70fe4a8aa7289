//! The extensibility points: what each is called, how its hook is called, what its payload holds.

use serde::{Deserialize, Serialize};

/// An extensibility point of Auth0 Hooks, named by its trigger id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Point {
    PreUserRegistration,
    PostUserRegistration,
    CredentialsExchange,
    PostChangePassword,
    SendPhoneMessage,
    /// Legacy, without a place in the dashboard; the compilers still know it.
    PasswordExchange,
    /// Any point without a compiler of its own: `(context, cb)`.
    Generic,
}
