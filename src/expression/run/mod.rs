//! Evaluation: one pass over the operations, nothing allocated for a plain condition.

mod arithmetic;
mod compare;
mod dates;
pub(super) mod decimal;
mod item;
mod lists;
mod machine;
mod ranges;

pub use compare::is_alike;
pub(super) use dates::{duration, shift_allowed};
pub(super) use item::{Item, Text};
pub(super) use lists::Sink;
pub(super) use machine::Machine;
pub use ranges::Reach;
