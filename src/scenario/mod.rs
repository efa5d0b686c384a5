//! Worked cases beside a questionnaire: what is answered step by step, and what must follow.
//!
//! [`read`] checks a file's shape and lists every fault; [`run`] plays its steps through a session, as a caseworker
//! would, and gives a diagnostic at the place of each expectation that is not met. Scenarios are invented: unlike
//! everything else that the engine says, what a failed expectation says does quote answers.

mod check;
pub mod coverage;
mod expect;
mod player;
mod profile;
mod read;
mod shown;
mod step;

pub use coverage::Coverage;
pub use player::{Outcome, Run, run};
pub use read::read;
pub use step::{Aspect, Entries, Scenario, Scenarios, Step, Unreachable};
