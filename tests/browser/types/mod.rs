//! Every type of question, as a person meets it.

mod address;
mod choices;
mod files;
mod form;
mod long;
mod numbers;
mod rows;
mod ways;

pub(crate) use form::Form;
