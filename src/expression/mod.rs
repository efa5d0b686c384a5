//! The expression language: a strict, statically typed profile of FHIRPath over the answers.
//!
//! `parse` → `compile` against a [`Scope`] → a flat [`Program`] that is evaluated against [`Facts`]. What a name
//! means and what it holds come in through those two traits, so that this folder knows nothing of questionnaires.

mod check;
mod choice_set;
mod expected;
mod facts;
mod formula;
mod functions;
mod limits;
mod problem;
mod program;
mod read;
mod run;
mod scope;
mod syntax;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]
mod testing;
mod trace;
mod view;

pub use check::compile;
pub use choice_set::ChoiceSet;
pub use expected::Expected;
pub use facts::{Causes, ColumnSum, Facts, Reading, RowId};
pub use formula::{Comparison, Constant, Formula, Name};
pub use functions::{FunctionDoc, reference};
pub use problem::Problem;
pub use program::Program;
pub use read::Read;
pub use run::{Reach, is_alike};
pub use scope::{FieldId, Kind, Resolved, Scope, Symbol, Type};
pub use syntax::{Compared, Target, Tree, lower, parse};
pub use trace::Trace;
pub(crate) use view::{Part, PartId};
