//! Bytes across the border: JavaScript's buffers and views read and written in place, and new ones made.

use boa_engine::object::builtins::{
    AlignedVec, JsArrayBuffer, JsDataView, JsTypedArray, JsUint8Array,
};
use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use super::super::state::State;

/// A stretch of an `ArrayBuffer`.
pub(in super::super) struct View {
    buffer: JsArrayBuffer,
    offset: usize,
    /// Bytes, not elements.
    pub length: usize,
}

impl View {
    /// The bytes behind an `ArrayBuffer`, a typed array or a `DataView`; `None` for anything else.
    ///
    /// # Errors
    /// Only what the engine itself refuses, such as a detached buffer.
    pub fn of(value: &JsValue, context: &mut Context) -> JsResult<Option<Self>> {
        let Some(object) = value.as_object() else {
            return Ok(None);
        };
        if let Ok(buffer) = JsArrayBuffer::from_object(object.clone()) {
            let length = buffer.byte_length();
            return Ok(Some(Self {
                buffer,
                offset: 0,
                length,
            }));
        }
        let (buffer, offset, length) = match JsTypedArray::from_object(object.clone()) {
            Ok(array) => (
                array.buffer(context)?,
                array.byte_offset(context)?,
                array.byte_length(context)?,
            ),
            Err(_) => {
                let Ok(view) = JsDataView::from_object(object) else {
                    return Ok(None);
                };
                (
                    view.buffer(context)?,
                    usize::try_from(view.byte_offset(context)?).unwrap_or(usize::MAX),
                    usize::try_from(view.byte_length(context)?).unwrap_or(usize::MAX),
                )
            }
        };
        let Some(Ok(buffer)) = buffer.as_object().map(JsArrayBuffer::from_object) else {
            return Ok(None);
        };
        Ok(Some(Self {
            buffer,
            offset,
            length,
        }))
    }

    /// Reads the bytes where they stand; an empty slice if the buffer is gone.
    pub fn read<R>(&self, work: impl FnOnce(&[u8]) -> R) -> R {
        let data = self.buffer.data();
        let part = data
            .as_deref()
            .and_then(|data| data.get(self.offset..self.offset.checked_add(self.length)?));
        work(part.unwrap_or_default())
    }

    /// Changes the bytes where they stand; an empty slice if the buffer is gone.
    pub fn write<R>(&self, work: impl FnOnce(&mut [u8]) -> R) -> R {
        let mut data = self.buffer.data_mut();
        let part = data
            .as_deref_mut()
            .and_then(|data| data.get_mut(self.offset..self.offset.checked_add(self.length)?));
        match part {
            Some(part) => work(part),
            None => work(&mut []),
        }
    }
}

/// The bytes of an `ArrayBuffer`, a typed array or a `DataView`, copied; `None` for anything else.
///
/// # Errors
/// Only what the engine itself refuses, such as a detached buffer.
pub(in super::super) fn bytes_of(
    value: &JsValue,
    context: &mut Context,
) -> JsResult<Option<Vec<u8>>> {
    Ok(View::of(value, context)?.map(|view| view.read(<[u8]>::to_vec)))
}

/// A new `Uint8Array` of these bytes.
///
/// # Errors
/// When the engine has no room for them.
pub(in super::super) fn to_bytes(bytes: &[u8], context: &mut Context) -> JsResult<JsUint8Array> {
    let block = AlignedVec::from_iter(0, bytes.iter().copied());
    let buffer = JsArrayBuffer::from_byte_block(block, context)?;
    JsUint8Array::from_array_buffer(buffer, context)
}

/// A new `Buffer` of these bytes.
///
/// # Errors
/// When the engine has no room for them.
pub(in super::super) fn to_buffer(bytes: &[u8], context: &mut Context) -> JsResult<JsObject> {
    let array: JsObject = to_bytes(bytes, context)?.into();
    let state = State::of(context)?;
    if state.buffer_prototype.borrow().is_none() {
        super::load("buffer", context)?;
    }
    array.set_prototype(state.buffer_prototype.borrow().clone());
    Ok(array)
}

/// Notes the prototype that [`to_buffer`] gives: what the module `buffer` calls once.
///
/// # Errors
/// Only if the context belongs to no run.
pub(super) fn adopt(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let prototype = args.first().and_then(JsValue::as_object);
    *State::of(context)?.buffer_prototype.borrow_mut() = prototype;
    Ok(js_string!("adopted").into())
}
