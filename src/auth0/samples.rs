//! Starter code and sample bodies, as files of their own: `assets/starter/` and `sample-payloads/`.

use super::Point;

/// Another documented body of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Kebab-case; `sample-payloads/<point>.<name>.json` holds the text.
    pub name: &'static str,
    /// JSON, indented by 2 spaces.
    pub text: &'static str,
    /// One sentence: how it differs from the default.
    pub description: &'static str,
}

macro_rules! starter {
    ($id:literal) => {
        include_str!(concat!("../../assets/starter/", $id, ".js"))
    };
}

macro_rules! body {
    ($id:literal) => {
        include_str!(concat!("../../sample-payloads/", $id, ".json"))
    };
}

macro_rules! variant {
    ($id:literal, $name:literal, $description:literal) => {
        Variant {
            name: $name,
            text: include_str!(concat!("../../sample-payloads/", $id, ".", $name, ".json")),
            description: $description,
        }
    };
}

pub(super) const fn starter_code(point: Point) -> &'static str {
    match point {
        Point::PreUserRegistration => starter!("pre-user-registration"),
        Point::PostUserRegistration => starter!("post-user-registration"),
        Point::CredentialsExchange => starter!("credentials-exchange"),
        Point::PostChangePassword => starter!("post-change-password"),
        Point::SendPhoneMessage => starter!("send-phone-message"),
        Point::PasswordExchange => starter!("password-exchange"),
        Point::Generic => starter!("generic"),
    }
}

pub(super) const fn default_body(point: Point) -> &'static str {
    match point {
        Point::PreUserRegistration => body!("pre-user-registration"),
        Point::PostUserRegistration => body!("post-user-registration"),
        Point::CredentialsExchange => body!("credentials-exchange"),
        Point::PostChangePassword => body!("post-change-password"),
        Point::SendPhoneMessage => body!("send-phone-message"),
        Point::PasswordExchange => body!("password-exchange"),
        Point::Generic => body!("generic"),
    }
}

const PRE_USER_REGISTRATION: &[Variant] = &[
    variant!(
        "pre-user-registration",
        "request-language",
        "The older body: context.requestLanguage instead of context.request."
    ),
    variant!(
        "pre-user-registration",
        "render-language",
        "With context.renderLanguage, the language of the signup pages, set to Spanish."
    ),
];

const POST_USER_REGISTRATION: &[Variant] = &[
    variant!(
        "post-user-registration",
        "phone",
        "The oldest body: user.phone and user.phoneVerified, and a user.id."
    ),
    variant!(
        "post-user-registration",
        "user-id",
        "With user.id, which is documented but missing from the Runner's body."
    ),
];

const CREDENTIALS_EXCHANGE: &[Variant] = &[
    variant!(
        "credentials-exchange",
        "no-scope",
        "Without scope, which reaches the hook as undefined."
    ),
    variant!(
        "credentials-exchange",
        "request-context",
        "With context.ip and context.userAgent, as an older tutorial lists them."
    ),
];

const SEND_PHONE_MESSAGE: &[Variant] = &[
    variant!(
        "send-phone-message",
        "factor-type",
        "The compilers' own example: with context.factor_type and an empty user."
    ),
    variant!(
        "send-phone-message",
        "voice",
        "A spoken message at a second-factor login, without context.client."
    ),
];

pub(super) const fn variants(point: Point) -> &'static [Variant] {
    match point {
        Point::PreUserRegistration => PRE_USER_REGISTRATION,
        Point::PostUserRegistration => POST_USER_REGISTRATION,
        Point::CredentialsExchange => CREDENTIALS_EXCHANGE,
        Point::SendPhoneMessage => SEND_PHONE_MESSAGE,
        Point::PostChangePassword | Point::PasswordExchange | Point::Generic => &[],
    }
}
