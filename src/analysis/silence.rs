//! Comments that silence: `// hookbench-ignore code` for its own line and the next, `/* hookbench-ignore-file code */`
//! for the whole script. Several codes are separated by spaces or commas.

use super::Finding;
use super::code::Code;

const LINE: &str = "hookbench-ignore";
const FILE: &str = "hookbench-ignore-file";

/// Takes out what a comment silences.
pub(super) fn drop_silenced(code: &Code<'_, '_>, findings: &mut Vec<Finding>) {
    let mut everywhere: Vec<&str> = Vec::new();
    let mut on_lines: Vec<(u32, u32, &str)> = Vec::new();
    for (text, first, last) in code.comments() {
        let text = text.trim();
        let Some((word, codes)) = text.split_once(|c: char| c.is_whitespace()) else {
            continue;
        };
        let codes = codes
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|code| !code.is_empty());
        match word.trim_end_matches(':') {
            FILE => everywhere.extend(codes),
            LINE => on_lines.extend(codes.map(|code| (first, last + 1, code))),
            _ => {}
        }
    }
    findings.retain(|finding| {
        let here = |(from, to, code): &(u32, u32, &str)| {
            *code == finding.code && (*from..=*to).contains(&finding.line)
        };
        !everywhere.contains(&finding.code) && !on_lines.iter().any(here)
    });
}

#[cfg(test)]
mod tests {
    use crate::analysis::warnings;
    use crate::auth0::Point;

    fn codes(source: &str) -> Vec<&'static str> {
        let found = warnings(Point::PreUserRegistration, source, None);
        found.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_comment_silences_its_line_the_next_and_nothing_else() {
        let hook = |before: &str, same: &str| {
            format!(
                "module.exports = function (user, context, cb) {{\n{before}\nconsole.log(user.password); {same}\ncb();\n}};"
            )
        };
        assert_eq!(codes(&hook("", "")), ["password-logged"]);
        for silent in [
            hook("// hookbench-ignore password-logged", ""),
            hook("", "// hookbench-ignore callback-twice, password-logged"),
            hook("", "/* hookbench-ignore password-logged */"),
            hook("/* hookbench-ignore-file password-logged */", ""),
            hook("", "") + "\n/* hookbench-ignore-file: password-logged */",
        ] {
            assert_eq!(codes(&silent), [""; 0], "{silent}");
        }
        for loud in [
            hook("// hookbench-ignore callback-twice", ""),
            hook("// hookbench-ignore", ""),
            hook("// hookbench-ignore password-logged\n", ""),
            hook("'hookbench-ignore password-logged';", ""),
            hook("// hookbench-ignore-file-not password-logged", ""),
        ] {
            assert_eq!(codes(&loud), ["password-logged"], "{loud}");
        }
    }
}
