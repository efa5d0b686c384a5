//! A form in memory, and the JSON suites that are run against it.

mod differential;
mod form;
mod reference;
mod standard;
mod suites;

pub(super) use form::{Answers, Form};
