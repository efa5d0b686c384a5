use yew::prelude::*;

use super::computed::Computed;
use super::date::DateControl;
use super::long_text::LongText;
use super::multiple_choice::MultipleChoice;
use super::not_yet::NotYet;
use super::number::NumberControl;
use super::ranking::Ranking;
use super::repeat::RepeatControl;
use super::scale::Scale;
use super::single_choice::SingleChoice;
use super::text_line::TextLine;
use super::time::TimeControl;
use super::yes_no::YesNo;
use crate::plan::{AnswerKind, Question, TextShape};
use crate::session::Node;
use crate::web::store::Store;

/// What the control of a question is told. It reads everything else from the store, and is drawn again when its
/// question changes.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ControlProps {
    /// The interview.
    pub(crate) store: Store,
    /// The question.
    pub(crate) node: Node,
    /// The ids of its hint and messages.
    pub(crate) described_by: Option<AttrValue>,
    /// Whether to mark it as wrong.
    pub(crate) invalid: bool,
    /// Whether it may not be changed.
    pub(crate) read_only: bool,
}

/// What a question's label is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Labelled {
    /// A box of its own: a `label`.
    Box,
    /// Radio buttons: a `fieldset` that is a radio group.
    Radios,
    /// Several controls: a `fieldset`.
    Group,
}

/// Longer lists of choices are drawn as a list to pick from.
pub(crate) const LONGEST_OPEN_LIST: usize = 12;

/// Numbers with a least and a most value at most so far apart can be drawn as a scale.
const LONGEST_SCALE: u32 = 10;

/// What kind of label a question has.
pub(crate) fn labelled(question: &Question, choices: usize) -> Labelled {
    if question.calculate.is_some() {
        return Labelled::Group;
    }
    match &question.kind {
        AnswerKind::Boolean => Labelled::Radios,
        AnswerKind::Number { .. } if scale_of(question).is_some() => Labelled::Radios,
        AnswerKind::Number { .. } | AnswerKind::Time | AnswerKind::Text(TextShape::Plain) => Labelled::Box,
        AnswerKind::Choice { .. } if as_list(question, choices) => Labelled::Box,
        AnswerKind::Choice { .. } => Labelled::Radios,
        AnswerKind::Choices { .. }
        | AnswerKind::Date(_)
        | AnswerKind::Repeat(_)
        | AnswerKind::Note
        | AnswerKind::Text(TextShape::Location | TextShape::Attachment) => Labelled::Group,
    }
}

/// The control of a question.
pub(crate) fn control(question: &Question, props: ControlProps) -> Html {
    if question.calculate.is_some() {
        return html! { <Computed ..props /> };
    }
    match &question.kind {
        AnswerKind::Boolean => html! { <YesNo ..props /> },
        AnswerKind::Number { .. } if scale_of(question).is_some() => html! { <Scale ..props /> },
        AnswerKind::Number { .. } => html! { <NumberControl ..props /> },
        AnswerKind::Text(TextShape::Plain) if question.widget.as_deref() == Some("textarea") => {
            html! { <LongText ..props /> }
        }
        AnswerKind::Text(TextShape::Plain) => html! { <TextLine ..props /> },
        AnswerKind::Text(TextShape::Location | TextShape::Attachment) => html! { <NotYet /> },
        AnswerKind::Date(_) => html! { <DateControl ..props /> },
        AnswerKind::Time => html! { <TimeControl ..props /> },
        AnswerKind::Choice { .. } => html! { <SingleChoice ..props /> },
        AnswerKind::Choices { ranking: true, .. } => html! { <Ranking ..props /> },
        AnswerKind::Choices { ranking: false, .. } => html! { <MultipleChoice ..props /> },
        AnswerKind::Repeat(_) => html! { <RepeatControl ..props /> },
        AnswerKind::Note => Html::default(),
    }
}

/// Whether a single choice is drawn as a list to pick from.
pub(crate) fn as_list(question: &Question, choices: usize) -> bool {
    match question.widget.as_deref() {
        Some("select" | "autocomplete") => true,
        Some("radio" | "buttons" | "cards" | "faces") => false,
        _ => choices > LONGEST_OPEN_LIST,
    }
}

/// The least value of a scale and how many steps it has, where a whole number is to be drawn as one.
pub(crate) fn scale_of(question: &Question) -> Option<(i64, u32)> {
    use rust_decimal::prelude::ToPrimitive;
    let drawn = matches!(question.widget.as_deref(), Some("slider" | "buttons" | "faces" | "radio"));
    let AnswerKind::Number { integer: true } = question.kind else { return None };
    let least = question.constraints.minimum?.to_i64()?;
    let most = question.constraints.maximum?.to_i64()?;
    let span = u32::try_from(most.checked_sub(least)?).ok()?;
    (drawn && span <= LONGEST_SCALE).then_some((least, span + 1))
}
