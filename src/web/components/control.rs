use yew::prelude::*;

use super::attached::Picture;
use super::computed::Computed;
use super::consent_choice::ConsentChoice;
use super::date::DateControl;
use super::location::LocationControl;
use super::long_text::LongText;
use super::multiple_choice::MultipleChoice;
use super::number::NumberControl;
use super::pad::MarkControl;
use super::photo::PhotoControl;
use super::ranking::Ranking;
use super::repeat::RepeatControl;
use super::roster::RosterControl;
use super::scale::Scale;
use super::search_choice::SearchChoice;
use super::single_choice::SingleChoice;
use super::text_line::TextLine;
use super::time::TimeControl;
use super::timer::TimerControl;
use super::yes_no::YesNo;
use crate::plan::{AnswerKind, Question, TextShape};
use crate::session::Node;
use crate::web::store::{Store, purpose_of};

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
    /// Told of the click with which somebody answers in one touch.
    #[prop_or_default]
    pub(crate) onchosen: Callback<MouseEvent>,
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

/// In longer lists of choices one looks for words.
const LONGEST_OPEN_LIST: usize = 12;

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
        AnswerKind::Number { .. } if is_timer(question) => Labelled::Group,
        AnswerKind::Number { .. } | AnswerKind::Time | AnswerKind::Text(TextShape::Plain) => Labelled::Box,
        AnswerKind::Choice { .. } if as_list(question) || as_search(question, choices) => Labelled::Box,
        AnswerKind::Choice { .. } => Labelled::Radios,
        AnswerKind::Choices { .. }
        | AnswerKind::Date(_)
        | AnswerKind::Repeat(_)
        | AnswerKind::Note
        | AnswerKind::Text(TextShape::Location | TextShape::Attachment) => Labelled::Group,
    }
}

/// The control of a question.
pub(crate) fn control(question: &Question, choices: usize, props: ControlProps) -> Html {
    if question.calculate.is_some() {
        return html! { <Computed ..props /> };
    }
    let widget = question.widget.as_deref();
    match &question.kind {
        AnswerKind::Boolean => html! { <YesNo ..props /> },
        AnswerKind::Number { .. } if scale_of(question).is_some() => html! { <Scale ..props /> },
        AnswerKind::Number { .. } if is_timer(question) => html! { <TimerControl ..props /> },
        AnswerKind::Number { .. } => html! { <NumberControl ..props /> },
        AnswerKind::Text(TextShape::Plain) if widget == Some("textarea") => html! { <LongText ..props /> },
        AnswerKind::Text(TextShape::Plain) => html! { <TextLine ..props /> },
        AnswerKind::Text(TextShape::Location) => html! { <LocationControl ..props /> },
        AnswerKind::Text(TextShape::Attachment) if picture_of(question) == Some(Picture::Mark) => {
            html! { <MarkControl ..props /> }
        }
        AnswerKind::Text(TextShape::Attachment) => html! { <PhotoControl ..props /> },
        AnswerKind::Date(_) => html! { <DateControl ..props /> },
        AnswerKind::Time => html! { <TimeControl ..props /> },
        AnswerKind::Choice { .. } if purpose_of(question).is_some() => html! { <ConsentChoice ..props /> },
        AnswerKind::Choice { .. } if as_search(question, choices) => html! { <SearchChoice ..props /> },
        AnswerKind::Choice { .. } => html! { <SingleChoice ..props /> },
        AnswerKind::Choices { ranking: true, .. } => html! { <Ranking ..props /> },
        AnswerKind::Choices { ranking: false, .. } => html! { <MultipleChoice ..props /> },
        AnswerKind::Repeat(_) if widget == Some("roster") => html! { <RosterControl ..props /> },
        AnswerKind::Repeat(_) => html! { <RepeatControl ..props /> },
        AnswerKind::Note => Html::default(),
    }
}

/// What the picture shows that a question takes, if it takes one.
pub(crate) fn picture_of(question: &Question) -> Option<Picture> {
    let mark = matches!(question.widget.as_deref(), Some("signature" | "thumbprint"));
    let takes = matches!(question.kind, AnswerKind::Text(TextShape::Attachment));
    takes.then_some(if mark { Picture::Mark } else { Picture::Photo })
}

/// Whether a single choice is drawn as the browser's own list.
pub(crate) fn as_list(question: &Question) -> bool {
    question.widget.as_deref() == Some("select")
}

/// Whether a single choice is found by its words.
fn as_search(question: &Question, choices: usize) -> bool {
    match question.widget.as_deref() {
        Some("autocomplete") => true,
        Some("select" | "radio" | "buttons" | "cards" | "faces" | "faces-worse" | "grid") => false,
        _ => choices > LONGEST_OPEN_LIST,
    }
}

fn is_timer(question: &Question) -> bool {
    question.widget.as_deref() == Some("timer")
}

/// The least value of a scale and how many steps it has, where a whole number is to be drawn as one.
pub(crate) fn scale_of(question: &Question) -> Option<(i64, u32)> {
    use rust_decimal::prelude::ToPrimitive;
    let drawn = matches!(
        question.widget.as_deref(),
        Some("slider" | "buttons" | "faces" | "faces-worse" | "radio" | "grid")
    );
    let AnswerKind::Number { integer: true } = question.kind else { return None };
    let least = question.constraints.minimum?.to_i64()?;
    let most = question.constraints.maximum?.to_i64()?;
    let span = u32::try_from(most.checked_sub(least)?).ok()?;
    (drawn && span <= LONGEST_SCALE).then_some((least, span + 1))
}
