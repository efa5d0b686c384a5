//! The needs profile: what a person needs, how urgently, and why.
//!
//! [`assess`] computes it from a plan and a record and from nothing else, so that a tablet and a server come to the
//! same bytes; [`verify`] does so again and compares. A level is the highest over the rules that fired, never a sum;
//! an unanswered question never counts as "no"; a domain that nothing decided is not assessed, never 0.

mod acts;
mod alerts;
mod assess;
mod carried;
mod change;
mod consent;
mod domains;
mod due;
mod explain;
mod judge;
mod needs;
mod previous;
mod quality;
mod redact;
mod review;
mod safety;
mod scores;
mod subject;
mod trail;
mod verify;
mod watch;
pub mod wire;

pub use assess::{assess, assess_with_why};
pub use change::what_would_change;
pub use domains::is_void;
pub use explain::explain;
pub(crate) use judge::{Judgement, held_step, judge};
pub(crate) use previous::prefill_from;
pub use previous::{LastTime, Previous, follow_on, last_time, prefill, state_changes};
pub use redact::{AtHome, Before, Withheld, follows_needs, redact, sensitivity};
#[cfg(feature = "web")]
pub(crate) use safety::{RULE as UNSCREENED, unscreened};
pub use verify::{record_in, verify};
pub use watch::{AlertWatch, Raised};
pub use wire::{Change, Profile};
