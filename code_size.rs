//! `code-size`: the code is larger than Auth0 takes.

use oxc_span::Span;

use crate::auth0::limits;

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "code-size",
    about: "The code is larger than the 100 kB that Auth0 takes.",
    source: "Auth0's Hook Editor: size out of 100 kB",
    severity: Severity::Warning,
    any_script: true,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    let size = code.source.len();
    if size <= limits::CODE_BYTES {
        return;
    }
    let (Ok(from), Ok(to)) = (u32::try_from(limits::CODE_BYTES), u32::try_from(size)) else {
        return;
    };
    report.warn(
        Span::new(from, to.min(from + 1)),
        format!("The code is {}, and Auth0 refuses it from here on: shorten it.", limits::code_size_text(size)),
    );
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines_at;
    use super::*;
    use crate::auth0::Point;

    #[test]
    fn code_past_the_limit_is_told_where_it_passes() {
        let hook = "module.exports = function (user, context, cb) { cb(); };\n";
        let fits = format!("{hook}//{}", "x".repeat(limits::CODE_BYTES - hook.len() - 2));
        assert_eq!(fits.len(), limits::CODE_BYTES);
        assert_eq!(lines_at(&RULE, Point::PreUserRegistration, &fits), [0; 0]);
        assert_eq!(lines_at(&RULE, Point::PreUserRegistration, &(fits + "\n// more")), [2]);
    }
}
