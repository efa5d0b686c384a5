//! Reading: text → tokens → tree, and back to the canonical text.

mod canonical;
mod foreign;
mod lexer;
mod literal;
mod lower;
mod operand;
mod operator;
mod parser;
mod token;
mod tree;

pub(super) use canonical::quote_text;
pub use lower::{Compared, Target, lower};
pub(super) use operand::foreign_constant;
pub(super) use operator::Operator;
pub use parser::parse;
pub use tree::Tree;
pub(super) use tree::{NodeId, Syntax, Unit};
