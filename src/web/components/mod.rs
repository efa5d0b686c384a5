//! What the pages are made of. One type of question a file, all with the same skeleton: a component of
//! [`ControlProps`] that draws the control and sends what is done to it to the store. The frame around it (label,
//! hint, errors, reasons for no answer) is [`question`]'s, and which control a question gets is decided in
//! [`control`]: a new type is one file here and one line there.

mod absences;
mod advice;
mod announcer;
mod bar;
mod computed;
mod control;
mod date;
mod error_summary;
mod icon;
mod ids;
mod last_time;
mod level;
mod live_scores;
mod long_text;
mod message;
mod more;
mod multiple_choice;
mod not_yet;
mod note;
mod number;
mod progress;
mod question;
mod ranking;
mod repeat;
mod row;
mod scale;
mod section_list;
mod single_choice;
mod spinner;
mod text_line;
mod time;
mod yes_no;

pub(crate) use absences::absence_text;
pub(crate) use announcer::Announcer;
pub(crate) use bar::Bar;
pub(crate) use control::ControlProps;
pub(crate) use error_summary::{ErrorSummary, ProblemLink};
pub(crate) use icon::{Icon, icon};
pub(crate) use level::{domain_level, level_badge};
pub(crate) use live_scores::LiveScores;
pub(crate) use message::message;
pub(crate) use more::informant_text;
pub(crate) use progress::Progress;
pub(crate) use question::Question;
pub(crate) use section_list::{SectionList, section_mark};
pub(crate) use spinner::waiting;
