//! Sizes and times Auth0 allows, and the rules for metadata names.

use std::time::Duration;

/// Bytes of code in one hook: the editor's status bar counts up to 100 kB.
pub const CODE_BYTES: usize = 100 * 1024;

/// Secrets in one hook (documentation and Management API).
pub const MAX_SECRETS: usize = 20;

/// How long a hook may take to call back; the documentation gives 20 seconds.
pub const TIME_LIMIT: Duration = Duration::from_secs(20);

/// What the platform says when the time is up.
pub const TIME_LIMIT_TEXT: &str = "Request to Webtask exceeded allowed execution time";

/// Bytes of `user_metadata` or of `app_metadata` that one session may hold (Actions' limits).
pub const METADATA_BYTES: usize = 32 * 1024;

/// Fields of `user_metadata` that the signup endpoint accepts.
pub const SIGNUP_METADATA_FIELDS: usize = 10;

/// Characters in one value of `user_metadata` at the signup endpoint.
pub const SIGNUP_METADATA_CHARS: usize = 500;

/// Bytes of `context.webtask.storage`'s one document.
pub const STORAGE_BYTES: usize = 500 * 1024;

/// Names `app_metadata` must not have (documentation of metadata fields).
pub const RESERVED_APP_METADATA: &[&str] = &[
    "__tenant",
    "_id",
    "blocked",
    "clientID",
    "created_at",
    "email_verified",
    "email",
    "globalClientID",
    "global_client_id",
    "identities",
    "lastIP",
    "lastLogin",
    "loginsCount",
    "metadata",
    "multifactor_last_modified",
    "multifactor",
    "updated_at",
    "user_id",
];

/// The status bar's text: `0.82 kB of 100 kB`.
pub fn code_size_text(bytes: usize) -> String {
    let hundredths = bytes * 100 / 1024;
    format!(
        "{}.{:02} kB of {} kB",
        hundredths / 100,
        hundredths % 100,
        CODE_BYTES / 1024
    )
}

/// Why Auth0 does not take a property of this name into metadata; `None` where it does.
///
/// The Hooks documentation forbids names that start with `$` or contain `.`.
pub fn metadata_name_problem(name: &str) -> Option<&'static str> {
    if name.starts_with('$') {
        Some("names in metadata must not start with $")
    } else if name.contains('.') {
        Some("names in metadata must not contain a full stop")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_the_status_bar_writes_them() {
        assert_eq!(code_size_text(0), "0.00 kB of 100 kB");
        assert_eq!(code_size_text(840), "0.82 kB of 100 kB");
        assert_eq!(code_size_text(CODE_BYTES), "100.00 kB of 100 kB");
    }

    #[test]
    fn metadata_names() {
        assert!(metadata_name_problem("$set").is_some());
        assert!(metadata_name_problem("a.b").is_some());
        assert!(metadata_name_problem("a$b").is_none());
    }
}
