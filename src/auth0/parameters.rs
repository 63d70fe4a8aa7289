//! What each point's payload documents: path, type and a line of text, for completion, hover and the starters.
//!
//! Source: the last documentation of each point; what only an older page or the compilers list says so.

use super::Point;

/// One documented value of a payload, or the callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Dotted, from the parameter's name on, such as `user.user_metadata`.
    pub path: &'static str,
    /// `string`, `boolean`, `object`, `string[]` or `function`.
    pub kind: &'static str,
    /// One line for a tooltip.
    pub text: &'static str,
}

const fn p(path: &'static str, kind: &'static str, text: &'static str) -> Parameter {
    Parameter { path, kind, text }
}

const CONNECTION: Parameter = p(
    "context.connection",
    "object",
    "the connection the person signs up or in with",
);
const CONNECTION_ID: Parameter = p(
    "context.connection.id",
    "string",
    "the connection's id, con_ and 16 characters",
);
const CONNECTION_NAME: Parameter = p(
    "context.connection.name",
    "string",
    "the connection's name in the dashboard",
);
const CONNECTION_TENANT: Parameter = p(
    "context.connection.tenant",
    "string",
    "the tenant the connection belongs to",
);
const WEBTASK: Parameter = p(
    "context.webtask",
    "object",
    "the sandbox's own context: secrets, headers, storage",
);
const SECRETS: Parameter = p(
    "context.webtask.secrets",
    "object",
    "the hook's secrets by name",
);

const PRE_USER_REGISTRATION: &[Parameter] = &[
    p("user", "object", "the person about to be registered"),
    p("user.tenant", "string", "name of the tenant"),
    p(
        "user.username",
        "string",
        "user name, where the connection asks for one",
    ),
    p(
        "user.password",
        "string",
        "the password as typed; never log it",
    ),
    p("user.email", "string", "e-mail address"),
    p(
        "user.emailVerified",
        "boolean",
        "whether the e-mail address is confirmed",
    ),
    p("user.phoneNumber", "string", "phone number"),
    p(
        "user.phoneNumberVerified",
        "boolean",
        "whether the phone number is confirmed",
    ),
    p(
        "user.user_metadata",
        "object",
        "metadata the person may change",
    ),
    p(
        "user.app_metadata",
        "object",
        "metadata only the application may change",
    ),
    p("context", "object", "where the registration comes from"),
    p(
        "context.renderLanguage",
        "string",
        "language the signup pages are shown in",
    ),
    p(
        "context.requestLanguage",
        "string",
        "language of the browser; older documentation",
    ),
    p("context.request", "object", "the visitor's request"),
    p(
        "context.request.ip",
        "string",
        "address the request came from",
    ),
    p(
        "context.request.language",
        "string",
        "language of the browser",
    ),
    CONNECTION,
    CONNECTION_ID,
    CONNECTION_NAME,
    CONNECTION_TENANT,
    WEBTASK,
    SECRETS,
    p(
        "cb",
        "function",
        "call it once: cb(error) denies, cb(null, response) registers",
    ),
];

const POST_USER_REGISTRATION: &[Parameter] = &[
    p("user", "object", "the person just registered"),
    p(
        "user.id",
        "string",
        "the user's id without the auth0| in front; the Runner's body leaves it out",
    ),
    p("user.tenant", "string", "name of the tenant"),
    p(
        "user.username",
        "string",
        "user name, where the connection asks for one",
    ),
    p("user.email", "string", "e-mail address"),
    p(
        "user.emailVerified",
        "boolean",
        "whether the e-mail address is confirmed",
    ),
    p("user.phoneNumber", "string", "phone number"),
    p(
        "user.phoneNumberVerified",
        "boolean",
        "whether the phone number is confirmed",
    ),
    p(
        "user.user_metadata",
        "object",
        "metadata the person may change",
    ),
    p(
        "user.app_metadata",
        "object",
        "metadata only the application may change",
    ),
    p("context", "object", "where the registration came from"),
    p(
        "context.requestLanguage",
        "string",
        "language of the browser",
    ),
    CONNECTION,
    CONNECTION_ID,
    CONNECTION_NAME,
    CONNECTION_TENANT,
    WEBTASK,
    SECRETS,
    p(
        "cb",
        "function",
        "call it once: cb() or cb(error); Auth0 ignores a response",
    ),
];

const POST_CHANGE_PASSWORD: &[Parameter] = &[
    p("user", "object", "the person whose password changed"),
    p("user.id", "string", "the user's id"),
    p(
        "user.username",
        "string",
        "user name, where the connection asks for one",
    ),
    p("user.email", "string", "e-mail address"),
    p(
        "user.last_password_reset",
        "string",
        "when the password changed: date and time, ISO 8601",
    ),
    p("context", "object", "where the change came from"),
    CONNECTION,
    CONNECTION_ID,
    CONNECTION_NAME,
    CONNECTION_TENANT,
    WEBTASK,
    SECRETS,
    p(
        "cb",
        "function",
        "call it once: cb() or cb(error); Auth0 ignores a response",
    ),
];

const CREDENTIALS_EXCHANGE: &[Parameter] = &[
    p("client", "object", "the application that asks for a token"),
    p("client.name", "string", "the application's name"),
    p("client.id", "string", "the application's client id"),
    p("client.tenant", "string", "name of the tenant"),
    p("client.metadata", "object", "the application's metadata"),
    p(
        "scope",
        "string[]",
        "the scopes about to be granted; may be undefined",
    ),
    p(
        "audience",
        "string",
        "identifier of the API the token is for",
    ),
    p("context", "object", "what surrounds the request"),
    p(
        "context.ip",
        "string",
        "address the request came from; older documentation",
    ),
    p(
        "context.userAgent",
        "string",
        "the caller's user agent; older documentation",
    ),
    WEBTASK,
    SECRETS,
    p(
        "cb",
        "function",
        "call it once: cb(error) refuses, cb(null, accessTokenClaims) grants",
    ),
];

const SEND_PHONE_MESSAGE: &[Parameter] = &[
    p("recipient", "string", "phone number to send to"),
    p("text", "string", "the message"),
    p("context", "object", "what the message is for"),
    p("context.message_type", "string", "sms or voice"),
    p(
        "context.action",
        "string",
        "enrollment or second-factor-authentication",
    ),
    p(
        "context.language",
        "string",
        "language of the login pages; N/A under Classic Universal Login",
    ),
    p("context.code", "string", "the one-time code in the message"),
    p("context.ip", "string", "address the request came from"),
    p("context.user_agent", "string", "the visitor's user agent"),
    p(
        "context.factor_type",
        "string",
        "first or second; listed by the compilers alone",
    ),
    p(
        "context.client",
        "object",
        "the application the person logs in to; may be missing",
    ),
    p(
        "context.client.client_id",
        "string",
        "the application's client id",
    ),
    p("context.client.name", "string", "the application's name"),
    p(
        "context.client.client_metadata",
        "object",
        "the application's metadata",
    ),
    p("context.user", "object", "the person the message is for"),
    p("context.user.user_id", "string", "the user's id"),
    p("context.user.name", "string", "the person's name"),
    p("context.user.email", "string", "e-mail address"),
    p(
        "context.user.app_metadata",
        "object",
        "metadata only the application may change",
    ),
    p(
        "context.user.user_metadata",
        "object",
        "metadata the person may change",
    ),
    WEBTASK,
    SECRETS,
    p(
        "cb",
        "function",
        "call it once: cb(error) or cb(null, response)",
    ),
];

const PASSWORD_EXCHANGE: &[Parameter] = &[
    p("user", "object", "the person whose password is exchanged"),
    p("user.tenant", "string", "name of the tenant"),
    p("user.id", "string", "the user's id"),
    p("user.displayName", "string", "the person's name"),
    p(
        "user.user_metadata",
        "object",
        "metadata the person may change",
    ),
    p(
        "user.app_metadata",
        "object",
        "metadata only the application may change",
    ),
    p("client", "object", "the application that asks for a token"),
    p("client.tenant", "string", "name of the tenant"),
    p("client.id", "string", "the application's client id"),
    p("client.name", "string", "the application's name"),
    p("client.metadata", "object", "the application's metadata"),
    p(
        "scope",
        "string[]",
        "the scopes about to be granted; may be undefined",
    ),
    p(
        "audience",
        "string",
        "identifier of the API the token is for",
    ),
    p("context", "object", "what surrounds the request"),
    WEBTASK,
    SECRETS,
    p(
        "cb",
        "function",
        "call it once: cb(error) or cb(null, accessTokenClaims)",
    ),
];

const GENERIC: &[Parameter] = &[
    p("context", "object", "the sandbox's own context"),
    p("context.body", "object", "the payload"),
    p("context.secrets", "object", "the hook's secrets by name"),
    p(
        "cb",
        "function",
        "call it once: cb(error) or cb(null, response)",
    ),
];

/// The parameters of `point`.
pub(super) const fn of(point: Point) -> &'static [Parameter] {
    match point {
        Point::PreUserRegistration => PRE_USER_REGISTRATION,
        Point::PostUserRegistration => POST_USER_REGISTRATION,
        Point::PostChangePassword => POST_CHANGE_PASSWORD,
        Point::CredentialsExchange => CREDENTIALS_EXCHANGE,
        Point::SendPhoneMessage => SEND_PHONE_MESSAGE,
        Point::PasswordExchange => PASSWORD_EXCHANGE,
        Point::Generic => GENERIC,
    }
}
