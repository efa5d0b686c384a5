//! What a condition rests on: the answers that it read, directly or through scores and calculations.

use std::collections::BTreeSet;

use super::wire::{AnswerEvidence, Number, ScoreEvidence};
use crate::expression::{FieldId, Program, Read};
use crate::plan::{Field, Item, ItemPoints, Plan, QuestionId, ScoreId};
use crate::scoring;
use crate::session::{Node, Session, value_to_json};
use crate::value::{Decimal, Value, Word};

/// Everything that some conditions read, followed down to the answers. Calculations and scores read each other: each is
/// followed once, when it comes in.
#[derive(Debug, Default)]
pub(super) struct Trail {
    questions: BTreeSet<QuestionId>,
    scores: BTreeSet<ScoreId>,
}

impl Trail {
    /// The trail of one condition.
    pub(super) fn of(plan: &Plan, program: &Program) -> Self {
        let mut trail = Self::default();
        trail.follow(plan, program);
        trail
    }

    /// Adds what a program reads.
    pub(super) fn follow(&mut self, plan: &Plan, program: &Program) {
        // A list of what is still to be followed, not recursion: calculations may form a long chain.
        let mut open: Vec<FieldId> = fields(program).collect();
        while let Some(field) = open.pop() {
            self.follow_field(plan, field, &mut open);
        }
    }

    fn follow_field(&mut self, plan: &Plan, field: FieldId, open: &mut Vec<FieldId>) {
        match plan.field(field) {
            Field::Question(id) => {
                if self.questions.insert(id)
                    && let Some(program) = &plan.question(id).calculate
                {
                    open.extend(fields(program));
                }
            }
            Field::Score(id) | Field::ScoreLevel(id) | Field::ScoreBand(id) => {
                if !self.scores.insert(id) {
                    return;
                }
                let score = plan.score(id);
                open.extend(score.programs().flat_map(fields));
                open.extend(score.items.iter().filter_map(|item| match item.points {
                    ItemPoints::Question(question) => Some(plan.field_of(question)),
                    ItemPoints::Score(score) => Some(plan.score_field(score)),
                    ItemPoints::Condition(..) => None,
                }));
            }
            Field::Age => {
                let subject = &plan.subject;
                open.extend(
                    [subject.birth_date, subject.birth_precision]
                        .into_iter()
                        .flatten()
                        .map(|question| plan.field_of(question)),
                );
            }
        }
    }

    /// The scores that were read.
    pub(super) fn scores(&self) -> impl Iterator<Item = ScoreId> {
        self.scores.iter().copied()
    }

    /// The questions that were read, calculations too.
    pub(super) fn questions(&self) -> &BTreeSet<QuestionId> {
        &self.questions
    }

    /// The answers and absences behind it, as they stand now and in document order, row after row.
    pub(super) fn answers(&self, session: &Session) -> Vec<AnswerEvidence> {
        let in_rows = self.questions.iter().any(|id| session.plan().question(*id).parent.is_some());
        let nodes = if in_rows {
            session.nodes().into_iter().filter(|node| self.questions.contains(&node.question())).collect()
        } else {
            self.questions.iter().copied().map(Node::form).collect::<Vec<_>>()
        };
        nodes.into_iter().filter_map(|node| self.answer(session, node)).collect()
    }

    fn answer(&self, session: &Session, node: Node) -> Option<AnswerEvidence> {
        let id = node.question();
        let question = session.plan().question(id);
        let value = session.value(node);
        let absent = if value.is_none() { session.absence(node) } else { None };
        if value.is_none() && absent.is_none() || question.repeat().is_some() {
            return None;
        }
        Some(AnswerEvidence {
            field: session.pointer(node),
            value: value.map(value_to_json),
            absent: absent.map(Word),
            points: value.and_then(|value| self.points(session, id, value)).map(Number::new),
            informant: Word(session.informant(node)),
        })
    }

    /// The points as the score counts them that brought the question here; else the choice's own.
    fn points(&self, session: &Session, id: QuestionId, value: &Value) -> Option<Decimal> {
        let plan = session.plan();
        let counts = |item: &&Item| matches!(item.points, ItemPoints::Question(question) if question == id);
        let item = self.scores.iter().find_map(|score| plan.score(*score).items.iter().find(counts));
        match item {
            Some(item) => scoring::item_points(plan, item, session),
            None => plan.choice(id, value).and_then(|choice| choice.score),
        }
    }

    /// The scores that were read, as they stand now.
    pub(super) fn score_evidence(&self, session: &Session) -> Vec<ScoreEvidence> {
        self.scores()
            .map(|id| {
                let score = session.plan().score(id);
                let result = session.score(id);
                ScoreEvidence {
                    id: (*score.id).to_owned(),
                    value: result.value.map(Number::new),
                    interval: [Number::new(result.interval.lo), Number::new(result.interval.hi)],
                    band: result.band_in(score).map(|band| (*band.id).to_owned()),
                }
            })
            .collect()
    }
}

/// The fields that a program reads. Which rows there are is no answer of its own.
pub(super) fn fields(program: &Program) -> impl Iterator<Item = FieldId> {
    program.reads().iter().filter_map(|read| match *read {
        Read::Field { field, .. }
        | Read::Absence { field, .. }
        | Read::Column { field, .. }
        | Read::Previous { field } => Some(field),
        Read::Rows { .. } | Read::Today | Read::Now | Read::Language => None,
    })
}
