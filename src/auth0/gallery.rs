//! Hooks to begin with, one card each on the first-run page. Each runs as it is: no module, no network.

use super::Point;

/// One card of the gallery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GalleryItem {
    /// Kebab-case; also the name of `assets/gallery/<id>.js` where it is no starter.
    pub id: &'static str,
    pub title: &'static str,
    /// One sentence.
    pub description: &'static str,
    pub point: Point,
    pub code: &'static str,
    /// A body that shows the hook at work; the point's default where absent.
    pub body: Option<&'static str>,
}

const fn starter(point: Point, title: &'static str, description: &'static str) -> GalleryItem {
    GalleryItem {
        id: point.id(),
        title,
        description,
        point,
        code: point.starter_code(),
        body: None,
    }
}

macro_rules! item {
    ($id:literal, $point:ident, $title:literal, $description:literal, $body:expr) => {
        GalleryItem {
            id: $id,
            title: $title,
            description: $description,
            point: Point::$point,
            code: include_str!(concat!("../../assets/gallery/", $id, ".js")),
            body: $body,
        }
    };
}

/// Every card, in the order they are shown.
pub const GALLERY: &[GalleryItem] = &[
    item!(
        "add-metadata",
        PreUserRegistration,
        "Add metadata",
        "Every new user starts with user_metadata and app_metadata of your choice.",
        None
    ),
    item!(
        "deny-translated",
        PreUserRegistration,
        "Deny in the visitor's language",
        "Refuses a registration with one text for the log and a translated one for the visitor.",
        Some(include_str!(
            "../../sample-payloads/pre-user-registration.render-language.json"
        ))
    ),
    item!(
        "allow-email-domains",
        PreUserRegistration,
        "Allow some e-mail domains",
        "Only addresses of listed domains may register.",
        None
    ),
    item!(
        "metadata-from-signup",
        PreUserRegistration,
        "Metadata from the signup",
        "Chooses the plan by e-mail domain and keeps the browser's language.",
        None
    ),
    item!(
        "password-policy",
        PreUserRegistration,
        "A rule for passwords",
        "Refuses a password with its owner's name in it.",
        None
    ),
    item!(
        "announce-user",
        PostUserRegistration,
        "Announce a new user",
        "Writes the message a chat channel would get.",
        None
    ),
    item!(
        "custom-claim",
        CredentialsExchange,
        "A claim of your own",
        "Puts the application's plan into the access token.",
        None
    ),
    item!(
        "refuse-scope",
        CredentialsExchange,
        "Refuse a scope",
        "Applications without the full plan get no token that may write.",
        None
    ),
    item!(
        "password-changed",
        PostChangePassword,
        "Note a changed password",
        "Logs who changed a password, and when.",
        None
    ),
    item!(
        "sms-provider",
        SendPhoneMessage,
        "Send a text message",
        "Hands the message to a made-up provider and answers with its receipt.",
        None
    ),
    starter(
        Point::PreUserRegistration,
        "Empty: before a registration",
        "The starter code: decide whether a person may register, and with which metadata.",
    ),
    starter(
        Point::PostUserRegistration,
        "Empty: after a registration",
        "The starter code: tell other systems about a new user.",
    ),
    starter(
        Point::CredentialsExchange,
        "Empty: an application asks for a token",
        "The starter code: change scopes, add claims, or refuse.",
    ),
    starter(
        Point::PostChangePassword,
        "Empty: after a password change",
        "The starter code: tell somebody that a password changed.",
    ),
    starter(
        Point::SendPhoneMessage,
        "Empty: a code goes to a phone",
        "The starter code: send it through a provider of yours.",
    ),
];

/// The card of an id.
pub fn find(id: &str) -> Option<&'static GalleryItem> {
    GALLERY.iter().find(|item| item.id == id)
}
