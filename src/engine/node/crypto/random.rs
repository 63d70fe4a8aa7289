//! Randomness of the operating system, by system call, and comparison that tells nothing by its duration.

use boa_engine::{Context, JsArgs, JsNativeError, JsObject, JsResult, JsValue, js_string};
use subtle::ConstantTimeEq;

use super::super::bytes::View;
use super::super::functions;
use super::{answer, input, size};

pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            ("randomBytes", 1, |_, args, context| {
                let bytes = random(size(args, 0))?;
                answer(&bytes, context)
            }),
            ("randomFill", 3, |_, args, context| {
                let (offset, count) = (size(args, 1), size(args, 2));
                let Some(view) = View::of(args.get_or_undefined(0), context)? else {
                    return Ok(JsValue::undefined());
                };
                view.write(|bytes| {
                    let end = offset.saturating_add(count).min(bytes.len());
                    bytes.get_mut(offset..end).map_or(Ok(()), fill)
                })?;
                Ok(JsValue::undefined())
            }),
            ("randomBelow", 1, |_, args, _| {
                below(size(args, 0) as u64).map(JsValue::from)
            }),
            ("randomUUID", 0, |_, _, _| Ok(js_string!(uuid()?).into())),
            ("equalBytes", 2, |_, args, context| {
                let (left, right) = (input(args, 0, context)?, input(args, 1, context)?);
                Ok(bool::from(left.ct_eq(&right)).into())
            }),
        ],
        context,
    )
}

/// Bytes nobody can foretell.
///
/// # Errors
/// When the operating system has none.
pub(super) fn random(count: usize) -> JsResult<Vec<u8>> {
    let mut bytes = vec![0; count];
    fill(&mut bytes)?;
    Ok(bytes)
}

fn fill(bytes: &mut [u8]) -> JsResult<()> {
    getrandom::fill(bytes).map_err(|error| {
        JsNativeError::error()
            .with_message(format!(
                "The operating system gave no random bytes: {error}"
            ))
            .into()
    })
}

/// An even draw from `0..bound`; 0 for an empty range. `bound` is at most 2^48, as in Node.
fn below(bound: u64) -> JsResult<f64> {
    if bound == 0 {
        return Ok(0.0);
    }
    // What lies past the last whole multiple would favour small numbers.
    let limit = u64::MAX - u64::MAX % bound;
    loop {
        let mut bytes = [0; 8];
        fill(&mut bytes)?;
        let drawn = u64::from_le_bytes(bytes);
        if drawn < limit {
            return Ok((drawn % bound) as f64);
        }
    }
}

/// A version 4 UUID (RFC 9562).
fn uuid() -> JsResult<String> {
    let mut bytes = [0; 16];
    fill(&mut bytes)?;
    let number = u128::from_be_bytes(bytes);
    let number = number & !(0xF << 76) | 4 << 76;
    let number = number & !(0b11 << 62) | 0b10 << 62;
    let hex = format!("{number:032x}");
    let mut text = String::with_capacity(36);
    for (index, digit) in hex.char_indices() {
        if matches!(index, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_version_four_and_its_variant() {
        let text = uuid().unwrap();
        let groups: Vec<usize> = text.split('-').map(str::len).collect();
        assert_eq!(groups, [8, 4, 4, 4, 12]);
        assert_eq!(&text[14..15], "4");
        assert!(matches!(&text[19..20], "8" | "9" | "a" | "b"), "{text}");
        assert_ne!(text, uuid().unwrap());
    }

    #[test]
    fn draws_stay_in_their_range_and_reach_both_ends() {
        let drawn: Vec<u64> = (0..400).map(|_| below(3).unwrap() as u64).collect();
        assert!((0..3).all(|n| drawn.contains(&n)));
        assert!(drawn.iter().all(|n| *n < 3));
    }
}
