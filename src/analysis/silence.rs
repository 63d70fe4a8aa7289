//! Comments that silence: `// hookbench-ignore code` for its own line and the next, `/* hookbench-ignore-file code */`
//! for the whole script. Several codes are separated by spaces or commas.

use oxc_ast::AstKind;
use oxc_span::{GetSpan, Span};

use super::Finding;
use super::code::Code;
use crate::syntax::{self, Lines};

const LINE: &str = "hookbench-ignore";
const FILE: &str = "hookbench-ignore-file";

/// What the comments of a script silence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Silences {
    everywhere: Vec<String>,
    /// First and last line, and the code.
    on_lines: Vec<(u32, u32, String)>,
}

impl Silences {
    /// Of a script that compiles; of any other nothing is silenced.
    pub fn of(source: &str) -> Self {
        // Most scripts silence nothing and need not be parsed for that.
        if !source.contains(LINE) {
            return Self::default();
        }
        let lines = Lines::new(source);
        let read = syntax::with_names(source, |names| {
            Self::read(names.comments().iter().map(|comment| {
                let text = comment.content_span();
                let text = source.get(text.start as usize..text.end as usize);
                let (start, end) = (comment.span.start, comment.span.end);
                (
                    text.unwrap_or_default(),
                    lines.place(start as usize).line,
                    lines.place(end as usize).line,
                )
            }))
        });
        read.unwrap_or_default()
    }

    /// Whether a warning is silenced; one without a line only in the whole script.
    pub fn cover(&self, code: &str, line: Option<u32>) -> bool {
        self.everywhere.iter().any(|silent| silent == code)
            || line.is_some_and(|line| {
                self.on_lines
                    .iter()
                    .any(|(from, to, silent)| silent == code && (*from..=*to).contains(&line))
            })
    }

    fn read<'s>(comments: impl Iterator<Item = (&'s str, u32, u32)>) -> Self {
        let mut all = Self::default();
        for (text, first, last) in comments {
            all.add(text, first, last);
        }
        all
    }

    fn add(&mut self, text: &str, first: u32, last: u32) {
        let Some((word, codes)) = text.trim().split_once(|c: char| c.is_whitespace()) else {
            return;
        };
        let codes = codes
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|code| !code.is_empty())
            .map(str::to_owned);
        match word.trim_end_matches(':') {
            FILE => self.everywhere.extend(codes),
            LINE => self
                .on_lines
                .extend(codes.map(|code| (first, last + 1, code))),
            _ => {}
        }
    }
}

/// Takes out what a comment silences.
pub(super) fn drop_silenced(code: &Code<'_, '_>, findings: &mut Vec<Finding>) {
    let silences = Silences::read(code.comments());
    findings.retain(|finding| !silences.cover(finding.code, Some(finding.line)));
}

/// Adds to each finding the repair that silences it by a comment above its line.
pub(super) fn offer(code: &Code<'_, '_>, findings: &mut [Finding]) {
    let texts: Vec<_> = code
        .nodes()
        .filter(|(_, kind)| {
            matches!(
                kind,
                AstKind::TemplateLiteral(_) | AstKind::StringLiteral(_)
            )
        })
        .map(|(_, kind)| kind.span())
        .collect();
    for finding in findings {
        let start = code.line_start(finding.line);
        // Within a text a comment would be part of it, and nothing may stand before `#!`.
        if texts
            .iter()
            .any(|text| text.start < start && start < text.end)
            || code
                .source
                .get(start as usize..)
                .is_some_and(|line| line.starts_with("#!"))
        {
            continue;
        }
        let (at, text) = match comment_above(code, start) {
            Some(end) => (end, format!(", {}", finding.code)),
            None => {
                let indent = indentation(&code.source[start as usize..]);
                (start, format!("{indent}// {LINE} {}\n", finding.code))
            }
        };
        finding.fixes.push(code.fix(
            format!("Silence {} here with a comment", finding.code),
            vec![(Span::empty(at), text)],
        ));
    }
}

/// The end of the silencing comment that is the line above a line's start.
fn comment_above(code: &Code<'_, '_>, start: u32) -> Option<u32> {
    let above = code.line_before(start.checked_sub(1)?).trim_end();
    let is_silence = above
        .trim_start()
        .strip_prefix("//")
        .and_then(|text| text.trim_start().strip_prefix(LINE))
        .is_some_and(|codes| codes.starts_with(' '));
    let line = code.line_before(start - 1);
    let trailing = u32::try_from(line.len() - above.len()).ok()?;
    is_silence.then(|| start - 1 - trailing)
}

fn indentation(line: &str) -> &str {
    let text = line.trim_start_matches([' ', '\t']);
    &line[..line.len() - text.len()]
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

    #[test]
    fn every_finding_can_be_silenced_where_it_stands() {
        let hook = "module.exports = function (user, context, cb) {
  console.log(user.password, context.webtask.secrets.A);
  console.log(`
${user.password}`);
  cb(null, user, context);
};";
        let mut source = hook.to_owned();
        let mut left = usize::MAX;
        loop {
            let found = warnings(Point::PreUserRegistration, &source, None);
            assert!(found.len() < left, "{found:?}");
            left = found.len();
            let Some(fix) = found.iter().find_map(|one| one.fixes.last()) else {
                break;
            };
            source = fix.apply(&source);
        }
        // Nothing can be written into the template.
        assert_eq!(codes(&source), ["password-logged"], "{source}");
        assert!(source.contains(
            "\n  // hookbench-ignore password-logged, secrets-logged\n  console.log(user.password, "
        ), "{source}");
    }
}
