//! A live interview, and the record that comes of it.

pub mod record;
pub use record::{Finding, Record};
