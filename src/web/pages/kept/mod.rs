//! What this tablet keeps: who works on it, their caseload, and whether it can be relied upon.

mod around;
mod before;
mod case_card;
mod caseload;
mod failure;
mod follow_up;
mod forgotten;
mod light;
mod lost;
mod new_secret;
mod new_worker;
mod newer;
mod outbox;
mod outbox_earlier;
mod outbox_item;
mod outbox_keys;
mod person_name;
mod secret;
mod still_here;
mod tablet;
mod take_back;
mod unlock;
mod visit;

pub(crate) use caseload::CaseloadPage;
pub(crate) use failure::{failure_panel, failure_text};
pub(crate) use light::{Lamp, SavedMark};
pub(crate) use outbox::OutboxPage;
pub(crate) use still_here::StillHere;
pub(crate) use tablet::TabletPage;
pub(crate) use unlock::UnlockPage;
