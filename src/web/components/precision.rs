use yew::prelude::*;

use super::ids::Ids;
use crate::session::{Node, Session};
use crate::value::{DatePrecision, Value};
use crate::web::hooks::use_texts;
use crate::web::store::Store;

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Precision {
    /// All of it.
    Day,
    /// Its year and month.
    Month,
    /// Its year.
    Year,
    /// Its year, more or less.
    Estimated,
}

impl Precision {
    /// The precision of what is answered.
    pub(super) fn of(session: &Session, node: Node) -> Self {
        let told = teller(session, node).and_then(|question| match session.value(Node::form(question)) {
            Some(Value::Text(word)) => Some(word.to_string()),
            _ => None,
        });
        match told.as_deref() {
            Some("estimated") => Self::Estimated,
            _ => Self::answered(session, node).unwrap_or(Self::Day),
        }
    }

    /// The precision of the date that is answered, whatever was said about it.
    pub(super) fn answered(session: &Session, node: Node) -> Option<Self> {
        let Some(Value::Date(date)) = session.value(node) else { return None };
        Some(match date.precision() {
            DatePrecision::Day => Self::Day,
            DatePrecision::Month => Self::Month,
            DatePrecision::Year => Self::Year,
        })
    }

    /// How many boxes of the year, the month and the day are needed.
    pub(super) const fn boxes(self) -> usize {
        match self {
            Self::Day => 3,
            Self::Month => 2,
            Self::Year | Self::Estimated => 1,
        }
    }

    /// Answers the question about the precision too, where the questionnaire has one: it was chosen here.
    pub(super) fn tell(self, store: &Store, node: Node) {
        let answer = {
            let session = store.session();
            let offered = |question| session.plan().choice_of_code(question, self.word()).is_some();
            teller(&session, node).filter(|&question| offered(question))
        };
        if let Some(question) = answer {
            store.answer(Node::form(question), Some(Value::text(self.word())));
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Estimated => "estimated",
        }
    }
}

/// The question that says how exact this date is.
fn teller(session: &Session, node: Node) -> Option<crate::plan::QuestionId> {
    let subject = &session.plan().subject;
    subject.birth_precision.filter(|_| subject.birth_date == Some(node.question()))
}

/// What [`Precisions`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct PrecisionsProps {
    /// The interview.
    pub(super) store: Store,
    /// The date.
    pub(super) node: Node,
    /// How much is known.
    pub(super) chosen: Precision,
    /// Whether it may not be changed.
    pub(super) read_only: bool,
    /// Told of another precision.
    pub(super) onchoose: Callback<Precision>,
}

/// How much of a date is known, as a row of small buttons under its boxes.
#[component]
pub(super) fn Precisions(props: &PrecisionsProps) -> Html {
    let PrecisionsProps { store, node, chosen, read_only, onchoose } = props;
    let texts = use_texts();
    let estimated = {
        let session = store.session();
        let plan = session.plan();
        teller(&session, *node).is_some_and(|question| plan.choice_of_code(question, "estimated").is_some())
    };
    let mut offered = vec![
        (Precision::Day, "date.whole"),
        (Precision::Month, "date.to-month"),
        (Precision::Year, "date.to-year"),
    ];
    if estimated {
        offered.push((Precision::Estimated, "date.estimated"));
    }
    let name = Ids(*node).nth(9);
    html! {
        <div class="segments" role="radiogroup" aria-label={texts.say("date.precision")}>
            { for offered.into_iter().map(|(precision, label)| {
                let onchange = {
                    let onchoose = onchoose.clone();
                    move |_: Event| onchoose.emit(precision)
                };
                html! {
                    <label class="segment" key={label}>
                        <input type="radio" name={name.clone()} checked={precision == *chosen} disabled={*read_only}
                            {onchange} autocomplete="off" />
                        <span>{ texts.say(label) }</span>
                    </label>
                }
            }) }
        </div>
    }
}
