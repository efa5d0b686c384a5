#![allow(clippy::indexing_slicing, reason = "ids are given by the plan, whose tables have a place for each")]

use std::sync::Arc;

use super::{Age, Node, Session};
use crate::expression::{ColumnSum, Facts, FieldId, Reading, RowId, Trace};
use crate::plan::{Field, QuestionId};
use crate::scoring;
use crate::value::{Absence, DateTime, Interval, PartialDate, Truth};

impl Session {
    /// The node of a question as a row at or below it sees it.
    fn seen_from(&self, question: QuestionId, row: RowId) -> Option<Node> {
        let parent = self.plan.questions.get(question.index())?.parent;
        Some(Node::new(question, self.rows.climb(row, parent)?))
    }

    /// What an undecided visibility hangs on: the question's own, its repeat's and its section's.
    fn trace_relevance(&self, node: Node, trace: &mut Trace) {
        let question = self.plan.question(node.question());
        if let Some(program) = &question.visible_if {
            program.test_traced(self, node.row, trace);
        }
        match question.parent {
            Some(repeat) => {
                if let Some(row) = self.rows.get(node.row) {
                    self.trace_relevance(Node::new(repeat, row.parent), trace);
                }
            }
            None => {
                if let Some(program) = &self.plan.section(question.section).visible_if {
                    program.test_traced(self, RowId::FORM, trace);
                }
            }
        }
    }
}

impl Facts for Session {
    fn read(&self, field: FieldId, row: RowId) -> Reading<'_> {
        match self.plan.field(field) {
            Field::Question(question) => {
                match self.seen_from(question, row).and_then(|node| self.value(node)) {
                    Some(value) => Reading::Known(value),
                    None => Reading::Missing,
                }
            }
            Field::Score(score) => {
                let cell = &self.scores[score.index()];
                match &cell.value {
                    Some(value) => Reading::Known(value),
                    None => Reading::Within(cell.result.interval),
                }
            }
            Field::ScoreLevel(score) => {
                self.scores[score.index()].level.as_ref().map_or(Reading::Missing, Reading::Known)
            }
            Field::ScoreBand(score) => {
                self.scores[score.index()].band.as_ref().map_or(Reading::Missing, Reading::Known)
            }
            Field::Age => self.age(),
        }
    }

    fn stand_in(&self, field: FieldId) -> Option<Interval> {
        match self.plan.field(field) {
            Field::Score(score) => self.scores[score.index()].result.stands_in(),
            _ => None,
        }
    }

    fn absence(&self, field: FieldId, row: RowId) -> Option<Absence> {
        match self.plan.field(field) {
            Field::Question(question) => self.absence(self.seen_from(question, row)?),
            Field::Score(_) | Field::ScoreLevel(_) | Field::ScoreBand(_) | Field::Age => None,
        }
    }

    fn rows(&self, repeat: FieldId, row: RowId) -> &[RowId] {
        match self.plan.field(repeat) {
            Field::Question(question) => {
                self.seen_from(question, row).map_or(&[], |node| Self::rows(self, node))
            }
            _ => &[],
        }
    }

    fn column_sum(&self, repeat: FieldId, row: RowId, column: FieldId) -> Option<ColumnSum> {
        let node = self.seen_from(QuestionId(repeat.0), row)?;
        // Of a repeat that is not asked no row is read.
        if !self.plan.graph.is_summed(column) || !self.relevant(node) {
            return None;
        }
        self.rows.cell(&self.plan, node)?.sums()?.of(QuestionId(column.0))
    }

    fn parent(&self, row: RowId) -> RowId {
        self.rows.get(row).map_or(RowId::FORM, |row| row.parent)
    }

    fn previous(&self, row: RowId) -> Option<RowId> {
        let state = self.rows.get(row)?;
        let shown =
            self.relevant(Node::new(state.repeat?, state.parent)) && self.rows.is_shown(&self.plan, row);
        if shown { self.rows.neighbour(&self.plan, row, -1) } else { None }
    }

    fn choice_label(&self, field: FieldId, code: &str) -> Option<Arc<str>> {
        match self.plan.field(field) {
            Field::Question(question) => {
                let choice = self.plan.choice_of_code(question, code)?;
                Some(choice.label.text(self.world.language))
            }
            _ => None,
        }
    }

    fn choice_column(&self, _name: &str) -> Option<Arc<str>> {
        // Only a choice filter looks at an entry: see `Offered`.
        None
    }

    fn today(&self) -> PartialDate {
        self.world.today
    }

    fn now(&self) -> DateTime {
        self.world.now
    }

    fn trace(&self, field: FieldId, row: RowId, trace: &mut Trace) {
        match self.plan.field(field) {
            Field::Question(question) => {
                let Some(node) = self.seen_from(question, row) else { return };
                match self.relevance(node) {
                    // Hidden for good: no answer would change it.
                    Truth::False => {}
                    Truth::Unknown => self.trace_relevance(node, trace),
                    Truth::True => {
                        let asked = self.plan.question(question);
                        match (&asked.calculate, asked.repeat().and_then(|repeat| repeat.count_from)) {
                            (Some(program), _) => drop(program.value_traced(self, node.row, trace)),
                            // Nobody adds rows that an answer counts.
                            (None, Some(counting)) => trace.follow(FieldId(counting.0), node.row),
                            // Also one that has an answer: a date may be too imprecise, a divisor 0.
                            (None, None) => trace.cause(field, node.row),
                        }
                    }
                }
            }
            Field::Score(score) | Field::ScoreLevel(score) | Field::ScoreBand(score) => {
                scoring::trace_missing(&self.plan, score, self, trace);
            }
            Field::Age => {
                if let (Some(question), false) =
                    (self.plan.subject.birth_date, matches!(self.age, Age::Known(_)))
                {
                    trace.follow(self.plan.field_of(question), RowId::FORM);
                }
            }
        }
    }
}
