//! The expression language: a strict, statically typed profile of FHIRPath over the answers.
//!
//! `parse` → `compile` against a [`Scope`] → a flat [`Program`] that is evaluated against [`Facts`]. What a name
//! means and what it holds come in through those two traits, so that this folder knows nothing of questionnaires.

mod facts;
mod scope;

pub use facts::{Causes, Facts, Reading, RowId};
pub use scope::{ChoiceSet, FieldId, Kind, Resolved, Scope, Symbol, Type};
