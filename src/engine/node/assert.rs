//! What `assert` gets from the engine: the words of the call that failed, as they stand in the author's file.

use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use super::super::errors::frames_now;
use super::super::state::State;
use super::functions;

/// Fills `native` of `assert`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[("callText", 0, |_, _, context| {
            let frames = frames_now(context)?;
            let script = State::of(context)?.script.borrow().clone();
            let text = frames
                .first()
                .filter(|frame| frame.file.is_none())
                .and_then(|frame| {
                    let line = (frame.line as usize).checked_sub(1)?;
                    call_in(script.source.lines().nth(line)?, frame.column as usize)
                });
            Ok(text.map_or(JsValue::null(), |text| js_string!(text).into()))
        })],
        context,
    )
}

/// The call of `assert` on a line that stands nearest before a 1-based column, up to its closing parenthesis.
fn call_in(line: &str, column: usize) -> Option<String> {
    const NAME: &str = "assert";
    let (end, _) = line
        .char_indices()
        .nth((column + NAME.len()).saturating_sub(1))
        .unwrap_or((line.len(), ' '));
    let start = line.get(..end)?.rfind(NAME)?;
    let rest = line.get(start..)?;
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, letter) in rest.char_indices() {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"' | '`') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return rest.get(..=at).map(str::to_owned);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::call_in;

    #[test]
    fn a_call_ends_at_its_own_parenthesis() {
        let line = "  assert.ok(f(')') && x); next();";
        assert_eq!(call_in(line, 3).as_deref(), Some("assert.ok(f(')') && x)"));
        assert_eq!(call_in("assert(a,", 1), None);
    }
}
