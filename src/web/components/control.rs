use yew::prelude::*;

use super::attached::Picture;
use super::cards::CardsControl;
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

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident,)+) => {
        /// What a question is answered with.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum ControlKind { $($(#[doc = $doc])+ $kind,)+ }

        #[cfg(test)]
        impl ControlKind {
            /// All of them.
            pub(crate) const ALL: &[Self] = &[$(Self::$kind,)+];
        }
    };
}

kinds! {
    /// Two radio buttons.
    YesNo,
    /// Radio buttons for each step of a short scale.
    Scale,
    /// A stop watch.
    Timer,
    /// A box for a number, with keys under it for fingers.
    Number,
    /// A box for sentences.
    LongText,
    /// A box for a few words.
    TextLine,
    /// A place on earth.
    Location,
    /// A signature or a thumbprint.
    Mark,
    /// A photograph.
    Photo,
    /// A date in three boxes.
    Date,
    /// A time of day.
    Time,
    /// Consent to a purpose.
    Consent,
    /// A choice that is found by its words.
    Search,
    /// The browser's own list.
    List,
    /// Radio buttons.
    SingleChoice,
    /// Choices in an order.
    Ranking,
    /// Boxes to tick.
    MultipleChoice,
    /// Rows as a table.
    Roster,
    /// Rows one below the other.
    Repeat,
    /// Nothing: what it shows is calculated.
    Computed,
    /// Nothing: it is only read.
    Note,
}

impl ControlKind {
    /// What a question is answered with that offers so many choices.
    pub(crate) fn of(question: &Question, choices: usize) -> Self {
        let widget = question.widget.as_deref();
        match &question.kind {
            _ if question.calculate.is_some() => Self::Computed,
            AnswerKind::Boolean => Self::YesNo,
            AnswerKind::Number { .. } if scale_of(question).is_some() => Self::Scale,
            AnswerKind::Number { .. } if widget == Some("timer") => Self::Timer,
            AnswerKind::Number { .. } => Self::Number,
            AnswerKind::Text(TextShape::Plain) if widget == Some("textarea") => Self::LongText,
            AnswerKind::Text(TextShape::Plain) => Self::TextLine,
            AnswerKind::Text(TextShape::Location) => Self::Location,
            AnswerKind::Text(TextShape::Attachment) if picture_of(question) == Some(Picture::Mark) => {
                Self::Mark
            }
            AnswerKind::Text(TextShape::Attachment) => Self::Photo,
            AnswerKind::Date(_) => Self::Date,
            AnswerKind::Time => Self::Time,
            AnswerKind::Choice { .. } if purpose_of(question).is_some() => Self::Consent,
            AnswerKind::Choice { .. } if as_search(question, choices) => Self::Search,
            AnswerKind::Choice { .. } if as_list(question) => Self::List,
            AnswerKind::Choice { .. } => Self::SingleChoice,
            AnswerKind::Choices { ranking: true, .. } => Self::Ranking,
            AnswerKind::Choices { ranking: false, .. } => Self::MultipleChoice,
            AnswerKind::Repeat(_) if widget == Some("roster") => Self::Roster,
            AnswerKind::Repeat(_) => Self::Repeat,
            AnswerKind::Note => Self::Note,
        }
    }

    /// What kind of label it has.
    pub(crate) const fn labelled(self) -> Labelled {
        match self {
            Self::Number | Self::LongText | Self::TextLine | Self::Time | Self::Search | Self::List => {
                Labelled::Box
            }
            Self::YesNo | Self::Scale | Self::Consent | Self::SingleChoice => Labelled::Radios,
            Self::Timer
            | Self::Location
            | Self::Mark
            | Self::Photo
            | Self::Date
            | Self::Ranking
            | Self::MultipleChoice
            | Self::Roster
            | Self::Repeat
            | Self::Computed
            | Self::Note => Labelled::Group,
        }
    }

    /// The control.
    pub(crate) fn draw(self, props: ControlProps) -> Html {
        match self {
            Self::YesNo => html! { <YesNo ..props /> },
            Self::Scale => html! { <Scale ..props /> },
            Self::Timer => html! { <TimerControl ..props /> },
            Self::Number => html! { <NumberControl ..props /> },
            Self::LongText => html! { <LongText ..props /> },
            Self::TextLine => html! { <TextLine ..props /> },
            Self::Location => html! { <LocationControl ..props /> },
            Self::Mark => html! { <MarkControl ..props /> },
            Self::Photo => html! { <PhotoControl ..props /> },
            Self::Date => html! { <DateControl ..props /> },
            Self::Time => html! { <TimeControl ..props /> },
            Self::Consent => html! { <ConsentChoice ..props /> },
            Self::Search => html! { <SearchChoice ..props /> },
            Self::List | Self::SingleChoice => html! { <SingleChoice ..props /> },
            Self::Ranking => html! { <Ranking ..props /> },
            Self::MultipleChoice => html! { <MultipleChoice ..props /> },
            Self::Roster => html! { <RosterControl ..props /> },
            Self::Repeat => html! { <CardsControl ..props /> },
            Self::Computed => html! { <Computed ..props /> },
            Self::Note => Html::default(),
        }
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
