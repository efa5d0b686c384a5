//! How long, deep and dear an expression may be. A questionnaire can come from anybody, so each step has its bound.

/// Bytes of text.
pub(super) const TEXT: usize = 16 * 1024;
/// Brackets, calls and signs inside each other: what the reader recurses on.
pub(super) const NESTING: u16 = 64;
/// Levels of the tree, which a chain of a thousand `+` has without any nesting: what everything after recurses on.
pub(super) const HEIGHT: u16 = 256;
/// Nodes of the tree.
pub(super) const NODES: usize = 4096;
/// Lambdas inside each other, such as `rows.where(rows.exists(…))`.
pub(super) const LAMBDAS: u8 = 3;
/// Problems that one expression is told of.
pub(super) const PROBLEMS: usize = 20;
/// Rows that a repeat is taken to have when the cost is estimated.
pub(super) const ASSUMED_ROWS: u64 = 50;
/// Steps that an expression may be estimated to take.
pub(super) const COST: u64 = 5_000_000;
/// Steps that an evaluation may take. An evaluation that has used them up ends with a missing value: about 0.1 s.
pub(super) const FUEL: u32 = 10_000_000;
/// Bytes of a text that an evaluation makes.
pub(super) const MADE_TEXT: usize = 64 * 1024;
/// Items of a list that an evaluation has to keep, to find doubles.
pub(super) const KEPT_ITEMS: usize = 64 * 1024;
/// Bytes of a regular expression.
pub(super) const PATTERN: usize = 512;
/// Bytes of memory that a compiled regular expression may take.
pub(super) const PATTERN_SIZE: usize = 64 * 1024;
/// Bytes of text that a regular expression is held against.
pub(super) const PATTERN_TEXT: usize = 16 * 1024;
