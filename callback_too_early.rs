//! `callback-too-early`: the hook calls back and work that calls back as well has only been started.

use super::super::Severity;
use super::super::code::Code;
use super::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    code: "callback-too-early",
    about: "The hook calls back while work it has started, which calls back as well, has not ended.",
    source: "Auth0 docs: Hooks, callback signals completion; measured with auth0-ext-compilers 6.1.0",
    severity: Severity::Warning,
    any_script: false,
    find,
};

fn find(code: &Code<'_, '_>, report: &mut Report) {
    if code.callback_changes() {
        return;
    }
    let name = code.callback_name();
    let deferred = code.deferred_calls();
    for (node, call) in code.callback_calls() {
        let started = deferred
            .iter()
            .find(|deferred| code.goes_on_to(deferred.work, node));
        if let Some(deferred) = started {
            let line = code.places(deferred.call.span).0.line;
            report.warn(
                call.span,
                format!("{name} is called here before the work has ended that calls it on line {line}: call it there alone."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines;
    use super::*;

    #[test]
    fn a_call_that_overtakes_its_work_is_told() {
        for early in [
            "setTimeout(() => { cb(null, {}); }, 100);\ncb();",
            "setTimeout(() => cb(), 100);\nreturn cb();",
            "save(user).then(saved => { cb(null, {}); }).catch(e => log(e));\ncb();",
            "require('https').get('https://example.com', function (error, answer) { cb(error); });\ncb();",
            "if (user.id) { process.nextTick(() => cb()); }\ncb();",
        ] {
            assert_eq!(lines(&RULE, early), [2], "{early}");
        }
    }

    #[test]
    fn work_that_does_not_call_back_for_sure_is_not() {
        for quiet in [
            "setTimeout(() => { console.log('late'); }, 100);\ncb();",
            "slack.success({ text: 'hi' });\ncb();",
            "const timer = setTimeout(() => cb('late'), 100);\nclearTimeout(timer); cb();",
            "setTimeout(() => { if (!done) { cb('late'); } }, 100);\ncb();",
            "save(user).catch(e => cb(e));\nif (user.id) { cb(); }",
            "return setTimeout(() => cb(), 1);\ncb();",
            "socket.on('error', error => cb(error));\ncb();",
            "if (user.id) { return setTimeout(() => cb(), 1); }\ncb();",
            "if (user.id) { setTimeout(() => cb(), 1); } else { cb(); }",
        ] {
            assert_eq!(lines(&RULE, quiet), [0; 0], "{quiet}");
        }
    }
}
