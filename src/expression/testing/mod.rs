//! A form in memory, and the JSON suites that are run against it.

mod form;
mod suites;

pub(super) use form::{Answers, Form};
