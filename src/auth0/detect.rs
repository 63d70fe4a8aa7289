//! Hook or Action, and which point a hook is for: from its exports, its parameters and words in its code.

use super::{Kind, Point, action};

/// Whether a script is a Hook or an Action, by the names it exports and its hook's parameters; for code that does not
/// parse, and so tells neither, by its text.
pub fn kind_of(exports: &[String], hook_parameters: Option<&[String]>, source: &str) -> Kind {
    let handler = |name: &String| name.starts_with("onExecute") || name.starts_with("onContinue");
    let silent = exports.is_empty() && hook_parameters.is_none();
    let first = hook_parameters.is_some_and(action::is_first_version);
    if first || exports.iter().any(handler) || silent && action::written_in(source).is_some() {
        Kind::Action
    } else {
        Kind::Hook
    }
}

/// The point a hook looks written for.
///
/// `params` are the names of the hook's parameters with `cb` among them; `source` is its code. Three points share
/// `(user, context, cb)`: words in the code decide, and without any it is taken for Pre-User Registration, the
/// most written of them.
pub fn point_of(params: &[String], source: &str) -> Option<Point> {
    let names: Vec<String> = params
        .iter()
        .map(|name| name.trim_start_matches('_').to_ascii_lowercase())
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let has = |name: &str| names.contains(&name);
    if names.is_empty() {
        return hinted(source);
    }
    if has("recipient") || (names.len() == 4 && has("text")) {
        return Some(Point::SendPhoneMessage);
    }
    if has("user") && has("client") && names.len() >= 5 {
        return Some(Point::PasswordExchange);
    }
    if names.first() == Some(&"client") || (has("scope") && has("audience")) {
        return Some(Point::CredentialsExchange);
    }
    match names.len() {
        // An unusual name for a parameter does not change its place.
        6 => Some(Point::PasswordExchange),
        5 => Some(Point::CredentialsExchange),
        4 => Some(Point::SendPhoneMessage),
        3 if names[1..] == ["req", "res"] => Some(Point::Generic),
        3 => Some(hinted(source).unwrap_or(Point::PreUserRegistration)),
        2 if matches!(names[0], "context" | "ctx" | "webtask") => Some(Point::Generic),
        1 | 2 if names[0] == "user" => Some(hinted(source).unwrap_or(Point::PreUserRegistration)),
        _ => hinted(source),
    }
}

/// The point that words in the code name: error classes, ids and names in comments, keys of one payload alone.
fn hinted(source: &str) -> Option<Point> {
    let uncommon = [
        ("PreUserRegistrationError", Point::PreUserRegistration),
        ("SendPhoneMessageError", Point::SendPhoneMessage),
        ("InvalidScopeError", Point::CredentialsExchange),
        ("InvalidRequestError", Point::CredentialsExchange),
        ("last_password_reset", Point::PostChangePassword),
    ];
    if let Some((_, point)) = uncommon.iter().find(|(word, _)| source.contains(word)) {
        return Some(*point);
    }
    let lower = source.to_ascii_lowercase();
    let named = [
        ("user", "pre", Point::PreUserRegistration),
        ("user", "post", Point::PostUserRegistration),
        ("change", "post", Point::PostChangePassword),
    ]
    .into_iter()
    .filter_map(|(word, before, point)| Some((mention(&lower, before, word)?, point)))
    .min_by_key(|(place, _)| *place)
    .map(|(_, point)| point);
    named.or_else(|| {
        let words = [
            ("about to be registered", Point::PreUserRegistration),
            ("before a person is registered", Point::PreUserRegistration),
            ("context.renderlanguage", Point::PreUserRegistration),
            ("user.password", Point::PreUserRegistration),
            ("after a person was registered", Point::PostUserRegistration),
            ("just registered", Point::PostUserRegistration),
            ("new user:", Point::PostUserRegistration),
            ("slack", Point::PostUserRegistration),
            ("password was changed", Point::PostChangePassword),
            ("password changed", Point::PostChangePassword),
        ];
        words
            .into_iter()
            .find(|(word, _)| lower.contains(word))
            .map(|(_, point)| point)
    })
}

/// Where `before` and then `word` stand with at most one space, hyphen or underscore between: `post-user`.
fn mention(lower: &str, before: &str, word: &str) -> Option<usize> {
    lower.match_indices(before).find_map(|(place, _)| {
        let rest = &lower[place + before.len()..];
        let rest = rest.strip_prefix([' ', '-', '_']).unwrap_or(rest);
        rest.starts_with(word).then_some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(params: &str, source: &str) -> Option<Point> {
        let params: Vec<String> = params.split_whitespace().map(str::to_owned).collect();
        point_of(&params, source)
    }

    #[test]
    fn parameters_decide_where_they_can() {
        assert_eq!(
            of("client scope audience context cb", ""),
            Some(Point::CredentialsExchange)
        );
        assert_eq!(
            of("recipient text context cb", ""),
            Some(Point::SendPhoneMessage)
        );
        assert_eq!(
            of("user client scope audience context cb", ""),
            Some(Point::PasswordExchange)
        );
        assert_eq!(of("ctx cb", ""), Some(Point::Generic));
        assert_eq!(of("ctx req res", ""), Some(Point::Generic));
        assert_eq!(of("event api", ""), None);
    }

    #[test]
    fn actions_are_told_from_hooks() {
        let handler = ["onExecutePostLogin".to_owned()];
        assert_eq!(kind_of(&handler, None, ""), Kind::Action);
        let broken = "exports.onExecutePostUserRegistration = async (event, api) => { (";
        assert_eq!(kind_of(&[], None, broken), Kind::Action);
        let hook = ["user".to_owned()];
        let comment = "// see exports.onExecutePostUserRegistration";
        assert_eq!(kind_of(&[], Some(&hook), comment), Kind::Hook);
    }

    #[test]
    fn words_decide_between_the_three_alike() {
        assert_eq!(of("user context cb", ""), Some(Point::PreUserRegistration));
        assert_eq!(
            of("user context cb", "new PreUserRegistrationError('a')"),
            Some(Point::PreUserRegistration)
        );
        assert_eq!(
            of("user context cb", "// Post User Registration"),
            Some(Point::PostUserRegistration)
        );
        assert_eq!(
            of("user context cb", "// post-change-password hook"),
            Some(Point::PostChangePassword)
        );
        assert_eq!(
            of("user context cb", "user.last_password_reset"),
            Some(Point::PostChangePassword)
        );
    }
}
