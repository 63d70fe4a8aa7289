//! `sort` and `toSorted` with a comparison function: boa 0.22 hands them to Rust's sort, which panics when the function
//! contradicts itself, as the usual shuffle by `Math.random() - 0.5` does.
//!
//! Up to 63 elements the function is called with the pairs V8 calls it with, in V8's order; above, runs are merged.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsValue, NativeFunction, js_string,
};

use super::errors;

/// From this length on V8 sorts runs and merges them.
const RUNS_FROM: usize = 64;

/// Replaces the methods of arrays and of typed arrays.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let constructors = context.intrinsics().constructors();
    let array = constructors.array().prototype();
    let typed = constructors.typed_array().prototype();
    replace(&array, "sort", sort, context)?;
    replace(&array, "toSorted", to_sorted, context)?;
    replace(&typed, "sort", sort, context)?;
    replace(&typed, "toSorted", to_sorted, context)
}

type Sort = fn(&JsValue, &[JsValue], &JsObject, &mut Context) -> JsResult<JsValue>;

fn replace(prototype: &JsObject, name: &str, sort: Sort, context: &mut Context) -> JsResult<()> {
    let Some(original) = prototype.get(js_string!(name), context)?.as_object() else {
        return Ok(());
    };
    let function = NativeFunction::from_copy_closure_with_captures(
        move |this, args, original: &JsObject, context| sort(this, args, original, context),
        original,
    );
    let function = FunctionObjectBuilder::new(context.realm(), function)
        .name(js_string!(name))
        .length(1)
        .build();
    errors::define_hidden(prototype, name, function, context)
}

/// The comparison function; `None` where the original does as well without one.
fn comparison(args: &[JsValue]) -> JsResult<Option<JsObject>> {
    let given = args.get_or_undefined(0);
    if given.is_undefined() {
        return Ok(None);
    }
    given.as_callable().map(Some).ok_or_else(|| {
        JsNativeError::typ()
            .with_message("The comparison function must be either a function or undefined")
            .into()
    })
}

fn sort(
    this: &JsValue,
    args: &[JsValue],
    original: &JsObject,
    context: &mut Context,
) -> JsResult<JsValue> {
    let Some(compare) = comparison(args)? else {
        return original.call(this, args, context);
    };
    let list = this.to_object(context)?;
    let length = list
        .get(js_string!("length"), context)?
        .to_length(context)?;
    let mut items = Vec::new();
    for index in 0..length {
        let key = PropertyKey::from(index);
        if list.has_property(key.clone(), context)? {
            items.push(list.get(key, context)?);
        }
    }
    let items = sorted(items, &compare, context)?;
    let filled = u64::try_from(items.len()).unwrap_or(u64::MAX);
    for (index, item) in (0..length).zip(items) {
        list.set(PropertyKey::from(index), item, true, context)?;
    }
    for index in filled..length {
        let key = PropertyKey::from(index);
        if list.has_property(key.clone(), context)? {
            list.delete_property_or_throw(key, context)?;
        }
    }
    Ok(list.into())
}

fn to_sorted(
    this: &JsValue,
    args: &[JsValue],
    original: &JsObject,
    context: &mut Context,
) -> JsResult<JsValue> {
    if comparison(args)?.is_none() {
        return original.call(this, args, context);
    }
    // A copy by the original, which sorts by its own order, filled again with what is to be sorted.
    let copy = original.call(this, &[], context)?;
    let (Some(copy), source) = (copy.as_object(), this.to_object(context)?) else {
        return Ok(JsValue::undefined());
    };
    let length = copy
        .get(js_string!("length"), context)?
        .to_length(context)?;
    for index in 0..length {
        let item = source.get(PropertyKey::from(index), context)?;
        copy.set(PropertyKey::from(index), item, true, context)?;
    }
    sort(&copy.into(), args, original, context)
}

/// The items in order, `undefined` last.
fn sorted(
    mut items: Vec<JsValue>,
    compare: &JsObject,
    context: &mut Context,
) -> JsResult<Vec<JsValue>> {
    let all = items.len();
    items.retain(|item| !item.is_undefined());
    let undefined = all - items.len();
    let mut less = |a: &JsValue, b: &JsValue| {
        let order = compare.call(&JsValue::undefined(), &[a.clone(), b.clone()], context)?;
        Ok(order.to_number(context)? < 0.0)
    };
    let mut runs = Vec::new();
    let least = least_run(items.len());
    while !items.is_empty() {
        let rest = items.split_off(items.len().min(least));
        runs.push(run(items, &mut less)?);
        items = rest;
    }
    while runs.len() > 1 {
        let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
        let mut waiting = runs.into_iter();
        while let Some(left) = waiting.next() {
            merged.push(match waiting.next() {
                Some(right) => merge(left, right, &mut less)?,
                None => left,
            });
        }
        runs = merged;
    }
    let mut items = runs.pop().unwrap_or_default();
    items.extend(std::iter::repeat_n(JsValue::undefined(), undefined));
    Ok(items)
}

/// The length of the runs that are sorted by insertion: all of a short list, else 32 to 64 so that merges are even.
fn least_run(mut length: usize) -> usize {
    let mut odd = 0;
    while length >= RUNS_FROM {
        odd |= length & 1;
        length >>= 1;
    }
    (length + odd).max(1)
}

/// Sorts a short list: what is in order already stays, the rest is inserted one by one.
fn run(
    mut items: Vec<JsValue>,
    less: &mut impl FnMut(&JsValue, &JsValue) -> JsResult<bool>,
) -> JsResult<Vec<JsValue>> {
    let mut ordered = items.len().min(1);
    if let [first, second, ..] = items.as_slice() {
        let descending = less(second, first)?;
        ordered = 2;
        while let Some([before, next]) = items.get(ordered - 1..=ordered) {
            if less(next, before)? != descending {
                break;
            }
            ordered += 1;
        }
        if descending && let Some(part) = items.get_mut(..ordered) {
            part.reverse();
        }
    }
    for at in ordered..items.len() {
        let (mut left, mut right) = (0, at);
        while left < right {
            let middle = left + (right - left) / 2;
            let (Some(pivot), Some(other)) = (items.get(at), items.get(middle)) else {
                break;
            };
            if less(pivot, other)? {
                right = middle;
            } else {
                left = middle + 1;
            }
        }
        if let Some(part) = items.get_mut(left..=at) {
            part.rotate_right(1);
        }
    }
    Ok(items)
}

/// Merges two sorted lists; what is equal keeps its order.
fn merge(
    left: Vec<JsValue>,
    right: Vec<JsValue>,
    less: &mut impl FnMut(&JsValue, &JsValue) -> JsResult<bool>,
) -> JsResult<Vec<JsValue>> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let next = if less(b, a)? {
            right.next()
        } else {
            left.next()
        };
        merged.extend(next);
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}
