//! Every type of question, as a person meets it.

mod choices;
mod files;
mod form;
mod numbers;
mod rows;
