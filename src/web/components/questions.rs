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
    Grid(Vec<QuestionId>),
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

/// The questions of a section as they are drawn.
pub(crate) fn blocks_of(plan: &Plan, questions: &[QuestionId]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for &question in questions {
        let is_grid = plan.question(question).widget.as_deref() == Some("grid");
        match blocks.last_mut() {
            Some(Block::Grid(like))
                if is_grid && like.first().is_some_and(|first| alike(plan, *first, question)) =>
            {
                like.push(question);
            }
            _ if is_grid => blocks.push(Block::Grid(vec![question])),
            _ => blocks.push(Block::One(question)),
        }
    }
    blocks
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

/// What [`Questions`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct QuestionsProps {
    /// The interview.
    pub(crate) store: Store,
    /// What to draw.
    pub(crate) block: Block,
}

/// A question, or a grid of like ones: their answers stand over it once, and each question is a line. On a narrow page
/// each line has its answers under it instead.
#[component]
pub(crate) fn Questions(props: &QuestionsProps) -> Html {
    let QuestionsProps { store, block } = props;
    let texts = use_texts();
    match block {
        Block::One(question) => html! { <Question store={store.clone()} node={Node::form(*question)} /> },
        Block::Grid(questions) => {
            let heads =
                questions.first().map(|first| heads(&store.session(), &texts, *first)).unwrap_or_default();
            html! {
                <div class="grid">
                    <div class="grid-head" aria-hidden="true">
                        <span></span>
                        <div class="grid-cells">{ for heads.into_iter().map(|head| html! { <span>{ head }</span> }) }</div>
                        <span></span>
                    </div>
                    { for questions.iter().map(|&question| html! {
                        <Question key={question.0} store={store.clone()} node={Node::form(question)}
                            layout={Layout::Line} />
                    }) }
                </div>
            }
        }
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
