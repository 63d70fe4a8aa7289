//! `hard-coded-secret`: a secret stands in the code.

use std::borrow::Cow;

use oxc_ast::AstKind;
use oxc_ast::ast::{AssignmentTarget, BindingPattern, Expression};

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "hard-coded-secret",
    about: "A long random text is assigned to a name such as `apiKey`, `secret` or `token`.",
    source: "Auth0 docs: Hooks, Secrets (context.webtask.secrets)",
    severity: Severity::Warning,
    any_script: true,
    find,
};

/// The shortest text that is taken for a secret.
const SHORTEST: usize = 20;

fn find(code: &Code<'_, '_>, report: &mut Report) {
    for (_, kind) in code.nodes() {
        let (name, value) = match kind {
            AstKind::VariableDeclarator(declarator) => {
                let BindingPattern::BindingIdentifier(id) = &declarator.id else {
                    continue;
                };
                (Some(id.name.to_string()), declarator.init.as_ref())
            }
            AstKind::AssignmentExpression(assignment) => {
                let name = match &assignment.left {
                    AssignmentTarget::AssignmentTargetIdentifier(id) => Some(id.name.to_string()),
                    other => other
                        .as_member_expression()
                        .and_then(|member| member.static_property_name())
                        .map(str::to_owned),
                };
                (name, Some(&assignment.right))
            }
            AstKind::ObjectProperty(property) => {
                let name = property.key.static_name();
                (name.map(Cow::into_owned), Some(&property.value))
            }
            _ => continue,
        };
        if let Some(name) = name
            && let Some(Expression::StringLiteral(text)) =
                value.map(Expression::get_inner_expression)
            && is_secret_name(&name)
            && is_random(&text.value)
        {
            report.warn(
                text.span,
                format!("{name} looks like a real secret, and everybody who sees the code sees it: keep it in the hook's secrets and read context.webtask.secrets."),
            );
        }
    }
}

fn is_secret_name(name: &str) -> bool {
    let name: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let says = ["secret", "token", "password", "apikey", "privatekey", "accesskey", "signingkey"];
    let other = ["url", "uri", "endpoint", "name", "path", "header", "type", "hash"];
    (says.iter().any(|word| name.contains(word)) || name.ends_with("key"))
        && !other.iter().any(|word| name.ends_with(word))
}

/// Letters and digits mixed, many different ones, and nothing that words have between them.
fn is_random(text: &str) -> bool {
    let plain = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_-+/=.".contains(c));
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let (mut digits, mut changes) = (0, 0);
    let mut before = false;
    for c in text.chars() {
        let digit = c.is_ascii_digit();
        digits += usize::from(digit);
        changes += usize::from(digit != before);
        before = digit;
    }
    plain && text.len() >= SHORTEST && letters.len() >= 10 && digits >= 3 && changes >= 4
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines;
    use super::*;

    #[test]
    fn a_random_text_under_a_telling_name_is_told() {
        let found = lines(
            &RULE,
            "const API_KEY = 'q7Zp2Lx9Vb4Tn8Rk3Wd6';
            const options = { clientSecret: 'a81f-93bc-77de-01f2-5c6b' };
            options.token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0';
            cb();",
        );
        assert_eq!(found, [1, 2, 3]);
    }

    #[test]
    fn placeholders_addresses_and_other_names_are_not() {
        let quiet = "var SLACK_HOOK = 'YOUR SLACK HOOK URL';
            const apiKey = 'YOUR_API_KEY_GOES_IN_HERE'; const key = context.webtask.secrets.KEY;
            const tokenUrl = 'q7Zp2Lx9Vb4Tn8Rk3Wd6'; const id = 'q7Zp2Lx9Vb4Tn8Rk3Wd6';
            const token = 'https://example.com/oauth/token/v1/2/3/4'; const password = 'xxxxxxxxxxxxxxxxxxxxxxxx';
            const secretKey = 'registration-secret-2024'; cb();";
        assert_eq!(lines(&RULE, quiet), [0; 0]);
    }
}
