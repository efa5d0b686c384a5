//! How much a session holds. A record or a count can come from anybody, so each has its bound.

/// Rows that a session has at one time, in all its repeats together. An expression in each row that reads all rows costs
/// the square of it.
pub const MOST_ROWS: usize = 2_000;
/// Questions in all rows together: what bounds the memory, whatever the number of columns.
pub(super) const MOST_CELLS: usize = 1_000_000;
/// Rows that an answer can ask for with `countFrom`. More than this is a slip of the pen, and makes none.
pub const MOST_COUNTED_ROWS: u32 = 1_000;
/// Numbers of rows that a session can give away in its life: they are never used again.
pub(super) const MOST_ROW_NUMBERS: usize = 1_000_000;
/// Numbers of rows that a damaged journal may leave out.
pub(super) const MOST_LOST_NUMBERS: usize = 65_536;
