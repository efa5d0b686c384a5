//! Counts over many profiles, for those who answer for a station, a county or a region.
//!
//! [`Counter`] makes counts of people, station by station; they go upward as they are, for small counts of several
//! stations may be a large one together. [`publish`] makes the tables that may be shown: once, at publication, counts
//! under a threshold are suppressed, with as many others as it takes that no difference gives them away.
//!
//! Only people who agreed to anonymous statistics are counted, each once for a questionnaire and a period, as their
//! newest profile says.

mod counts;
mod html;
mod lines;
mod measure;
mod names;
mod network;
mod period;
mod publish;
mod suppress;
mod text;

pub use counts::{COUNTS_VERSION, Counter, Counts, Left, Unit};
pub use html::to_html;
pub use lines::to_csv;
pub use names::Names;
pub use period::Period;
pub use publish::{Count, Place, Published, Row, Set, Table, publish};
pub use text::Language;

/// Counts from 1 up to below this are not shown (project default). A zero is: it is about nobody.
pub const THRESHOLD: u64 = 5;
