//! The expression language: a strict, statically typed profile of FHIRPath over the answers.
//!
//! `parse` → `compile` against a [`Scope`] → a flat [`Program`] that is evaluated against [`Facts`]. What a name
//! means and what it holds come in through those two traits, so that this folder knows nothing of questionnaires.

mod expected;
mod facts;
mod problem;
mod program;
mod read;
mod scope;
mod tree;

pub use expected::Expected;
pub use facts::{Causes, Facts, Reading, RowId};
pub use problem::Problem;
pub use program::Program;
pub use read::Read;
pub use scope::{ChoiceSet, FieldId, Kind, Resolved, Scope, Symbol, Type};
pub use tree::Tree;

/// Reads an expression, collecting what is wrong.
#[must_use]
pub fn parse(_text: &str) -> (Option<Tree>, Vec<Problem>) {
    (None, Vec::new())
}

/// Reads, checks and compiles an expression. There is a program exactly if no problem is an error.
#[must_use]
pub fn compile(_text: &str, _scope: &dyn Scope, _expected: &Expected) -> (Option<Program>, Vec<Problem>) {
    (None, Vec::new())
}
