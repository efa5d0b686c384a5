use std::rc::Rc;

use yew::prelude::*;

use super::control::scale_of;
use super::question::{Layout, Question};
use crate::expression::RowId;
use crate::plan::{AnswerKind, Plan, QuestionId};
use crate::session::{Node, Session};
use crate::web::hooks::use_texts;
use crate::web::store::Store;
use crate::web::text::Texts;

/// What is drawn together: a question, or a grid of like ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A question by itself.
    One(QuestionId),
    /// Questions that follow each other, ask to be drawn as a grid, and have the same answers on offer.
    Grid(Rc<[QuestionId]>),
}

impl Block {
    /// What tells it from the others of its section.
    pub(crate) fn key(&self) -> u32 {
        match self {
            Self::One(question) => question.0,
            Self::Grid(questions) => questions.first().map_or(u32::MAX, |first| first.0),
        }
    }
}

/// The questions of a section as they are drawn: what nobody ever sees takes no place among them.
pub(crate) fn blocks_of(plan: &Plan, questions: &[QuestionId]) -> Vec<Block> {
    let is_grid = |question| plan.question(question).widget.as_deref() == Some("grid");
    let together =
        |one: &QuestionId, next: &QuestionId| is_grid(*one) && is_grid(*next) && alike(plan, *one, *next);
    let block = |like: &[QuestionId]| match like {
        [question] if !is_grid(*question) => Block::One(*question),
        _ => Block::Grid(like.into()),
    };
    let drawn: Vec<QuestionId> =
        questions.iter().copied().filter(|id| !plan.question(*id).is_hidden()).collect();
    drawn.chunk_by(together).map(block).collect()
}

/// Whether two questions have the same answers on offer.
fn alike(plan: &Plan, one: QuestionId, other: QuestionId) -> bool {
    let (first, second) = (plan.question(one), plan.question(other));
    match (&first.kind, &second.kind) {
        (AnswerKind::Boolean, AnswerKind::Boolean) => true,
        (AnswerKind::Number { .. }, AnswerKind::Number { .. }) => {
            scale_of(first).is_some() && scale_of(first) == scale_of(second)
        }
        (AnswerKind::Choice { .. }, AnswerKind::Choice { .. }) => {
            let same = |(one, other): (&crate::plan::Choice, &crate::plan::Choice)| {
                one.value == other.value && one.label == other.label
            };
            plan.choices(one).count() == plan.choices(other).count()
                && plan.choices(one).zip(plan.choices(other)).all(same)
        }
        _ => false,
    }
}

/// What [`Grid`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct GridProps {
    /// The interview.
    pub(crate) store: Store,
    /// The questions, which have the same answers on offer.
    pub(crate) questions: Rc<[QuestionId]>,
}

/// A grid of like questions: their answers stand over it once, and each question is a line. On a narrow page each line
/// has its answers under it instead.
#[component]
pub(crate) fn Grid(props: &GridProps) -> Html {
    let GridProps { store, questions } = props;
    let texts = use_texts();
    let heads = questions.first().map(|first| heads(&store.session(), &texts, *first)).unwrap_or_default();
    html! {
        <div class="grid">
            <div class="grid-head" aria-hidden="true">
                <span></span>
                <div class="grid-cells">{ for heads.into_iter().map(|head| html! { <span>{ head }</span> }) }</div>
                <span></span>
            </div>
            <>{ for questions.iter().map(|&question| html! {
                <Question key={question.0} store={store.clone()} node={Node::form(question)}
                    layout={Layout::Line} />
            }) }</>
        </div>
    }
}

/// The words of the answers.
fn heads(session: &Session, texts: &Texts, question: QuestionId) -> Vec<AttrValue> {
    let plan = session.plan();
    let asked = plan.question(question);
    if let Some((least, steps)) = scale_of(asked) {
        return (0..steps).map(|step| (least + i64::from(step)).to_string().into()).collect();
    }
    match asked.kind {
        AnswerKind::Boolean => vec![texts.say("answer.yes"), texts.say("answer.no")],
        _ => plan.choices(question).map(|choice| session.text(&choice.label, RowId::FORM).into()).collect(),
    }
}
