//! The pages: the list of questionnaires, a section, the review, the profile. Only the list is part of a first visit.

mod answers;
mod checking;
mod fill;
mod follow;
mod gallery;
mod handout;
mod instead;
mod interview;
mod kept;
mod not_opened;
mod open_interview;
mod profile;
mod review;
mod section_end;
mod settings;
mod start;
mod steps;

pub(crate) use follow::FollowPage;
pub(crate) use gallery::GalleryPage;
pub(crate) use interview::InterviewPage;
pub(crate) use kept::{CaseloadPage, Lamp, OutboxPage, StillHere, TabletPage, UnlockPage};
pub(crate) use not_opened::not_opened;
pub(crate) use open_interview::OpenInterview;
pub(crate) use settings::SettingsPage;
pub(crate) use start::StartPage;
