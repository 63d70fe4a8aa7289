//! The extensibility points: what each is called, how its hook is called, what its payload holds.
//!
//! Sources: auth0-ext-compilers 6.1.0 (ids, signatures, error classes) and the last pages of the Hooks documentation.

use serde::{Deserialize, Serialize};

use super::parameters::{self, Parameter};
use super::samples::{self, Variant};

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

impl Point {
    /// The points with a place in the dashboard. The two registration points come first: they are what is written most.
    pub const ALL: [Self; 5] = [
        Self::PreUserRegistration,
        Self::PostUserRegistration,
        Self::CredentialsExchange,
        Self::PostChangePassword,
        Self::SendPhoneMessage,
    ];

    /// The trigger id, as the Management API and the Deploy CLI write it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::PreUserRegistration => "pre-user-registration",
            Self::PostUserRegistration => "post-user-registration",
            Self::CredentialsExchange => "credentials-exchange",
            Self::PostChangePassword => "post-change-password",
            Self::SendPhoneMessage => "send-phone-message",
            Self::PasswordExchange => "password-exchange",
            Self::Generic => "generic",
        }
    }

    /// The name the dashboard shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PreUserRegistration => "Pre-User Registration",
            Self::PostUserRegistration => "Post-User Registration",
            Self::CredentialsExchange => "Client Credentials Exchange",
            Self::PostChangePassword => "Post-Change Password",
            Self::SendPhoneMessage => "Send Phone Message",
            Self::PasswordExchange => "Password Exchange",
            Self::Generic => "Generic",
        }
    }

    /// The point of a trigger id, or of a name the compilers use for it (`client-credentials-exchange`).
    pub fn from_id(id: &str) -> Option<Self> {
        Some(match id {
            "pre-user-registration" => Self::PreUserRegistration,
            "post-user-registration" => Self::PostUserRegistration,
            "credentials-exchange" | "client-credentials-exchange" => Self::CredentialsExchange,
            "post-change-password" => Self::PostChangePassword,
            "send-phone-message" => Self::SendPhoneMessage,
            "password-exchange" => Self::PasswordExchange,
            "generic" => Self::Generic,
            _ => return None,
        })
    }

    /// Whether Auth0 waits for the hook and lets it decide; the others run beside the transaction.
    pub const fn blocking(self) -> bool {
        !matches!(
            self,
            Self::PostUserRegistration | Self::PostChangePassword | Self::Generic
        )
    }

    /// The kinds of connection the point runs for, in words.
    pub const fn connections(self) -> &'static str {
        match self {
            Self::PreUserRegistration | Self::PostUserRegistration => {
                "Database and passwordless connections"
            }
            Self::PostChangePassword => "Database connections",
            Self::CredentialsExchange => "No connection: machine-to-machine tokens",
            Self::SendPhoneMessage => "No connection: multi-factor messages",
            Self::PasswordExchange => "Resource owner password grants",
            Self::Generic => "Not bound to a connection",
        }
    }

    /// How the hook's function is declared.
    pub const fn signature(self) -> &'static str {
        match self {
            Self::PreUserRegistration | Self::PostUserRegistration | Self::PostChangePassword => {
                "function (user, context, cb)"
            }
            Self::CredentialsExchange => "function (client, scope, audience, context, cb)",
            Self::SendPhoneMessage => "function (recipient, text, context, cb)",
            Self::PasswordExchange => "function (user, client, scope, audience, context, cb)",
            Self::Generic => "function (context, cb)",
        }
    }

    /// The payload's keys in the order the hook receives them, without `cb`.
    ///
    /// Empty for `generic`: its one argument is the sandbox's own context, with the payload as `context.body`.
    pub const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::PreUserRegistration | Self::PostUserRegistration | Self::PostChangePassword => {
                &["user", "context"]
            }
            Self::CredentialsExchange => &["client", "scope", "audience", "context"],
            Self::SendPhoneMessage => &["recipient", "text", "context"],
            Self::PasswordExchange => &["user", "client", "scope", "audience", "context"],
            Self::Generic => &[],
        }
    }

    /// What the payload documents, in the order of the documentation.
    pub const fn parameters(self) -> &'static [Parameter] {
        parameters::of(self)
    }

    /// The classes the 6.x compilers put in front of the script; the 5.x compilers had none.
    pub const fn error_classes(self) -> &'static [&'static str] {
        match self {
            Self::PreUserRegistration | Self::PostUserRegistration | Self::PostChangePassword => {
                &["PreUserRegistrationError", "ExtensibilityUserError"]
            }
            Self::CredentialsExchange => &[
                "InvalidRequestError",
                "InvalidScopeError",
                "ServerError",
                "ExtensibilityUserError",
            ],
            Self::SendPhoneMessage => &["SendPhoneMessageError", "ExtensibilityUserError"],
            Self::PasswordExchange => &["ExtensibilityUserError"],
            Self::Generic => &[],
        }
    }

    /// A hook that does nothing yet, with its parameters listed in a comment.
    pub const fn starter_code(self) -> &'static str {
        samples::starter_code(self)
    }

    /// The body the Runner starts with: JSON, indented by 2 spaces.
    pub const fn default_body(self) -> &'static str {
        samples::default_body(self)
    }

    /// Other documented bodies of the point.
    pub const fn variants(self) -> &'static [Variant] {
        samples::variants(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_leads_back_to_its_point() {
        for point in Point::ALL
            .into_iter()
            .chain([Point::PasswordExchange, Point::Generic])
        {
            assert_eq!(Point::from_id(point.id()), Some(point));
            assert_eq!(
                serde_json::to_string(&point).unwrap(),
                format!("\"{}\"", point.id())
            );
        }
        assert_eq!(
            Point::from_id("client-credentials-exchange"),
            Some(Point::CredentialsExchange)
        );
        assert_eq!(Point::from_id("post-login"), None);
    }

    #[test]
    fn signatures_name_the_arguments_and_cb() {
        for point in Point::ALL.into_iter().chain([Point::PasswordExchange]) {
            let listed = format!("function ({}, cb)", point.arguments().join(", "));
            assert_eq!(point.signature(), listed);
        }
    }
}
