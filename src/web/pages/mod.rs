//! The pages: the list of questionnaires, a section, the review, the profile.

mod answers;
mod evidence;
mod fill;
mod interview;
mod need;
mod profile;
mod review;
mod scores;
mod start;

pub(crate) use interview::InterviewPage;
pub(crate) use profile::{ProfileView, draw_profile};
pub(crate) use start::StartPage;
