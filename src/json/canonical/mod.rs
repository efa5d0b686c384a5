//! One way of writing each value (RFC 8785), so that equal records have equal bytes and equal hashes.

mod item;
mod members;
mod number;
mod text;
mod writer;

use serde::Serialize;
use serde_json::{Error, Value};

pub use item::item_to_string;
pub(crate) use item::{array, object, text};
pub use number::number_text;

/// The canonical text of a value: no blanks, names in the order of their UTF-16 units, numbers as ECMAScript writes
/// them, text with no more escapes than JSON asks for.
///
/// Whole numbers beyond 2^53 are written as the double that is nearest to them, as RFC 8785 demands: a number that
/// must keep more digits does not belong into JSON.
#[must_use]
pub fn to_string(value: &Value) -> String {
    // Only the names of a map can fail, and those of a value are texts.
    of(value).unwrap_or_default()
}

/// The canonical text of whatever serializes as JSON, without making a [`Value`] of it first: that costs more than all
/// the rest of the writing.
///
/// # Errors
/// If a map has names that are neither texts nor numbers nor truth values.
pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    let mut text = String::new();
    write(value, &mut text)?;
    Ok(text)
}

/// The same, written at the end of a text.
///
/// # Errors
/// The same; then the text ends somewhere.
pub fn write<T: Serialize + ?Sized>(value: &T, out: &mut String) -> Result<(), Error> {
    value.serialize(&mut writer::Writer::new(out))
}
