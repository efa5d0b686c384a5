//! Values as a person writes and reads them. Nothing here touches the page.

mod answer;
mod issue;
mod named;
mod number;
mod place;
mod problem;
mod title;
mod typed;

pub(crate) use answer::{Shown, shown, value_text};
pub(crate) use issue::{demand_text, issue_text, unreadable_text};
pub(crate) use named::{need_label, service_name};
pub(crate) use number::{ago_text, date_text, interval_text, moment_text, number_text};
pub(crate) use place::{place_boxes, place_metres, place_text, read_place};
pub(crate) use problem::{Problem, section_problems};
pub(crate) use title::{in_its_rows, question_title, row_title};
pub(crate) use typed::{BoxFormat, date_boxes, read_date};
