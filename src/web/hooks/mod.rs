//! How components get at what is outside of them. One hook a file.

mod use_appearance;
mod use_bell;
mod use_box;
mod use_busy;
mod use_chosen;
mod use_dialog;
mod use_hidden;
mod use_outcome;
mod use_page;
mod use_painted;
mod use_refocus;
mod use_texts;
mod use_topic;

pub(crate) use use_appearance::use_appearance;
pub(crate) use use_bell::{use_doubt, use_keeping, use_read_only, use_sending, use_writer};
pub(crate) use use_box::{TextBox, use_box};
pub(crate) use use_busy::use_busy;
pub(crate) use use_chosen::use_chosen;
pub(crate) use use_dialog::use_dialog;
pub(crate) use use_hidden::use_hidden;
pub(crate) use use_outcome::use_outcome;
pub(crate) use use_page::use_page;
pub(crate) use use_painted::use_painted;
pub(crate) use use_refocus::{Refocus, use_refocus};
pub(crate) use use_texts::use_texts;
pub(crate) use use_topic::{use_node, use_topic};
