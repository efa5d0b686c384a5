//! What an interface, a profile or a test may ask of a session. Nothing here changes anything.
#![allow(clippy::indexing_slicing, reason = "ids are given by the plan, whose tables have a place for each")]

use std::sync::Arc;

use super::state::Cell;
use super::{Age, Issue, Node, Session};
use crate::diagnostic::Severity;
use crate::expression::{Facts, FieldId, Reading, RowId, Trace};
use crate::plan::{
    AnswerKind, Check, CheckId, Choice, ChoiceSource, Demand, ListEntry, QuestionId, ScoreId, SectionId,
};
use crate::scoring::ScoreResult;
use crate::value::{Absence, DateTime, Informant, PartialDate, Truth, Value};

impl Session {
    /// Whether a section is asked.
    #[must_use]
    pub fn section_relevant(&self, section: SectionId) -> bool {
        self.sections.get(section.index()).is_some_and(|truth| truth.is_true())
    }

    /// Whether a question is asked.
    #[must_use]
    pub fn relevant(&self, node: Node) -> bool {
        self.relevance(node).is_true()
    }

    /// Whether a question is asked, or whether that is not known yet.
    #[must_use]
    pub fn relevance(&self, node: Node) -> Truth {
        self.rows.cell(&self.plan, node).map_or(Truth::False, |cell| cell.relevance)
    }

    /// What a question holds for logic: none if hidden, absent or unanswered.
    #[must_use]
    pub fn value(&self, node: Node) -> Option<&Value> {
        let cell = self.rows.cell(&self.plan, node).filter(|cell| cell.relevance.is_true())?;
        cell.value.as_ref()
    }

    /// What was answered, whether the question is asked or not.
    #[must_use]
    pub fn raw_value(&self, node: Node) -> Option<&Value> {
        self.rows.cell(&self.plan, node)?.value.as_ref()
    }

    /// Why a question that is asked has no answer, where that was said.
    #[must_use]
    pub fn absence(&self, node: Node) -> Option<Absence> {
        self.rows.cell(&self.plan, node).filter(|cell| cell.relevance.is_true())?.absence
    }

    /// Who an answer comes from.
    #[must_use]
    pub fn informant(&self, node: Node) -> Informant {
        match self.rows.cell(&self.plan, node) {
            Some(_) if self.plan.question(node.question()).calculate.is_some() => Informant::Computed,
            Some(cell) => cell.informant,
            None => Informant::Own,
        }
    }

    /// Whether a value is needed now.
    #[must_use]
    pub fn required(&self, node: Node) -> bool {
        self.relevant(node) && self.demand(node) == Demand::Required
    }

    /// Whether an answer is needed: by the questionnaire, or by a condition that holds now.
    #[must_use]
    pub fn demand(&self, node: Node) -> Demand {
        match self.rows.cell(&self.plan, node) {
            Some(cell) if cell.required => Demand::Required,
            Some(_) => self.plan.question(node.question()).demand,
            None => Demand::Optional,
        }
    }

    /// Whether it must not be changed now.
    #[must_use]
    pub fn read_only(&self, node: Node) -> bool {
        self.rows.cell(&self.plan, node).is_some_and(|cell| cell.read_only)
            || self.plan.question(node.question()).calculate.is_some()
    }

    /// What is wrong with the answer that is there; nothing for a hidden question.
    #[must_use]
    pub fn issues(&self, node: Node) -> &[Issue] {
        match self.rows.cell(&self.plan, node) {
            Some(cell) if cell.relevance.is_true() => &cell.issues,
            _ => &[],
        }
    }

    /// The demand that a question that is asked does not meet.
    #[must_use]
    pub fn missing(&self, node: Node) -> Option<Demand> {
        let question = self.plan.question(node.question());
        let cell = self.asked(node)?;
        let answered = match question.repeat() {
            Some(_) => !cell.shown().is_empty(),
            None => cell.value.is_some(),
        };
        let demand = if cell.required { Demand::Required } else { question.demand };
        match demand {
            _ if answered => None,
            Demand::Required => Some(Demand::Required),
            Demand::AnswerOrRefusal | Demand::Expected if cell.absence.is_some() => None,
            Demand::Optional => None,
            demand => Some(demand),
        }
    }

    /// What is held of a question that is put to a person now.
    pub(super) fn asked(&self, node: Node) -> Option<&Cell> {
        let cell = self.rows.cell(&self.plan, node).filter(|cell| cell.relevance.is_true())?;
        self.plan.question(node.question()).is_asked().then_some(cell)
    }

    /// Every issue of a question that is asked, in document order.
    #[must_use]
    pub fn all_issues(&self) -> Vec<(Node, Issue)> {
        self.nodes()
            .into_iter()
            .flat_map(|node| self.issues(node).iter().map(move |issue| (node, *issue)))
            .collect()
    }

    /// Every question that does not meet its demand, in document order.
    #[must_use]
    pub fn all_missing(&self) -> Vec<(Node, Demand)> {
        self.nodes().into_iter().filter_map(|node| Some((node, self.missing(node)?))).collect()
    }

    /// The checks of the form, and of sections that are asked, that do not hold.
    pub fn failed_checks(&self) -> impl Iterator<Item = (CheckId, &Check)> {
        let shown = |check: &Check| check.section.is_none_or(|section| self.section_relevant(section));
        self.failed.iter().map(|id| (*id, self.plan.check(*id))).filter(move |(_, check)| shown(check))
    }

    /// Whether nothing keeps the interview from being finished: no error, and no answer that is needed is missing.
    #[must_use]
    pub fn can_finish(&self) -> bool {
        let blocked = |demand| matches!(demand, Demand::Required | Demand::AnswerOrRefusal);
        let in_error = |node| self.issues(node).iter().any(|issue| issue.severity == Severity::Error);
        !self.failed_checks().any(|(_, check)| check.severity == Severity::Error)
            && !self.nodes().into_iter().any(|node| in_error(node) || self.missing(node).is_some_and(blocked))
    }

    /// The choices that are offered now.
    #[must_use]
    pub fn choices(&self, node: Node) -> Vec<&Choice> {
        let question = node.question();
        match (&self.plan.question(question).choice_filter, self.source(question)) {
            (None, _) => self.plan.choices(question).collect(),
            (Some(filter), Some(ChoiceSource::List(list))) => {
                let list = self.plan.list(*list);
                let kept = |entry: &&ListEntry| self.keeps(node, &entry.choice, Some(entry));
                match filter.choice_column() {
                    Some(column) => {
                        let Some(value) = filter.choice_value(self, node.row) else { return Vec::new() };
                        let found = list.with(column, &value).into_iter().flatten();
                        found.filter(kept).map(|entry| &entry.choice).collect()
                    }
                    None => list.entries.iter().filter(kept).map(|entry| &entry.choice).collect(),
                }
            }
            (Some(_), _) => {
                self.plan.choices(question).filter(|choice| self.keeps(node, choice, None)).collect()
            }
        }
    }

    fn source(&self, question: QuestionId) -> Option<&ChoiceSource> {
        match &self.plan.question(question).kind {
            AnswerKind::Choice { choices, .. } | AnswerKind::Choices { choices, .. } => Some(choices),
            _ => None,
        }
    }

    /// Whether the filter keeps a choice: only if it is surely true.
    fn keeps(&self, node: Node, choice: &Choice, entry: Option<&ListEntry>) -> bool {
        match &self.plan.question(node.question()).choice_filter {
            Some(filter) => filter.test(&Offered { session: self, choice, entry }, node.row).is_true(),
            None => true,
        }
    }

    /// Whether the filter keeps every choice of an answer.
    pub(super) fn offers(&self, node: Node, value: &Value) -> bool {
        let question = node.question();
        if self.plan.question(question).choice_filter.is_none() {
            return true;
        }
        let kept = |value: &Value| {
            let entry = match (self.source(question), value) {
                (Some(ChoiceSource::List(list)), Value::Text(code)) => self.plan.list(*list).entry(code),
                _ => None,
            };
            self.plan.choice(question, value).is_some_and(|choice| self.keeps(node, choice, entry))
        };
        match value {
            Value::Codes(codes) => codes.iter().all(|code| kept(&Value::Text(Arc::clone(code)))),
            value => kept(value),
        }
    }

    /// The rows of a repeat that are shown, in order; none while it is hidden.
    #[must_use]
    pub fn rows(&self, repeat: Node) -> &[RowId] {
        match self.rows.cell(&self.plan, repeat) {
            Some(cell) if cell.relevance.is_true() => cell.shown(),
            _ => &[],
        }
    }

    /// The rows of a repeat whose key another row has too, in the order in which they were added.
    #[must_use]
    pub fn rows_with_same_key(&self, repeat: Node) -> Vec<RowId> {
        let keys = self.rows.cell(&self.plan, repeat).filter(|_| self.relevant(repeat)).and_then(Cell::keys);
        keys.map(|keys| keys.doubles().into_iter().collect()).unwrap_or_default()
    }

    /// A score as it stands.
    #[must_use]
    pub fn score(&self, score: ScoreId) -> &ScoreResult {
        &self.scores[score.index()].result
    }

    /// The age in whole years at the assessment date.
    #[must_use]
    pub fn age(&self) -> Reading<'_> {
        match &self.age {
            Age::Known(value) => Reading::Known(value),
            Age::Within(interval) => Reading::Within(*interval),
            Age::Unknown => Reading::Missing,
        }
    }

    /// Every question in every row that is shown, in document order, whether it is asked or not.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node> {
        let mut nodes = Vec::with_capacity(self.plan.questions.len());
        for id in self.plan.section_ids() {
            for question in &self.plan.section(id).questions {
                self.collect(Node::form(*question), &mut nodes);
            }
        }
        nodes
    }

    /// The questions of a section, and of the rows in it, in document order.
    #[must_use]
    pub fn section_nodes(&self, section: SectionId) -> Vec<Node> {
        let mut nodes = Vec::new();
        for question in &self.plan.section(section).questions {
            self.collect(Node::form(*question), &mut nodes);
        }
        nodes
    }

    fn collect(&self, node: Node, nodes: &mut Vec<Node>) {
        nodes.push(node);
        if let Some(repeat) = self.plan.question(node.question()).repeat() {
            for row in self.rows(node) {
                for column in &repeat.columns {
                    self.collect(Node::new(*column, *row), nodes);
                }
            }
        }
    }

    /// JSON Pointer of a question's place among the answers.
    #[must_use]
    pub fn pointer(&self, node: Node) -> String {
        let name = &self.plan.question(node.question()).name;
        match self.place_of(node.row) {
            Some((repeat, index)) => format!("{}/{index}/{name}", self.pointer(repeat)),
            None => ["/", name].concat(),
        }
    }

    /// The repeat in which a row stands, and at which index; none for the form.
    #[must_use]
    pub fn place_of(&self, row: RowId) -> Option<(Node, usize)> {
        let state = self.rows.get(row)?;
        let repeat = Node::new(state.repeat?, state.parent);
        Some((repeat, self.rows.index_of(&self.plan, row).unwrap_or(0)))
    }

    /// The rows in which a question stands, the outermost first: of which repeat, which row, and at which place.
    #[must_use]
    pub fn rows_around(&self, node: Node) -> Vec<(Node, RowId, usize)> {
        let mut rows = Vec::new();
        let mut row = node.row;
        while let Some((repeat, index)) = self.place_of(row) {
            rows.push((repeat, row, index));
            row = repeat.row;
        }
        rows.reverse();
        rows
    }

    /// How the author calls a row; none where nothing says so, or nothing of what it says is answered yet.
    #[must_use]
    pub fn row_name(&self, repeat: Node, row: RowId) -> Option<String> {
        let repeat = self.plan.question(repeat.question()).repeat()?;
        let name = self.text(repeat.item_title.as_ref()?, row);
        // Of "{name}, {relation}" nothing but dots and a comma is left then.
        name.contains(char::is_alphanumeric).then_some(name)
    }

    /// The question at a JSON Pointer into the answers; a bare name is a question of the form.
    #[must_use]
    pub fn node_at(&self, pointer: &str) -> Option<Node> {
        let mut parts = pointer.strip_prefix('/').unwrap_or(pointer).split('/');
        let mut node = Node::form(self.plan.question_named(None, parts.next()?)?);
        while let Some(index) = parts.next() {
            let row = *self.rows(node).get(index.parse::<usize>().ok()?)?;
            node = Node::new(self.plan.question_named(Some(node.question()), parts.next()?)?, row);
        }
        Some(node)
    }

    /// The row at a JSON Pointer into the answers, such as `/members/0`.
    #[must_use]
    pub fn row_at(&self, pointer: &str) -> Option<RowId> {
        let (repeat, index) = pointer.rsplit_once('/')?;
        self.rows(self.node_at(repeat)?).get(index.parse::<usize>().ok()?).copied()
    }
}

/// A session as a choice filter sees it: with a choice in view.
struct Offered<'a> {
    session: &'a Session,
    choice: &'a Choice,
    entry: Option<&'a ListEntry>,
}

impl Facts for Offered<'_> {
    fn read(&self, field: FieldId, row: RowId) -> Reading<'_> {
        self.session.read(field, row)
    }

    fn absence(&self, field: FieldId, row: RowId) -> Option<Absence> {
        Facts::absence(self.session, field, row)
    }

    fn rows(&self, repeat: FieldId, row: RowId) -> &[RowId] {
        Facts::rows(self.session, repeat, row)
    }

    fn parent(&self, row: RowId) -> RowId {
        self.session.parent(row)
    }

    fn previous(&self, row: RowId) -> Option<RowId> {
        self.session.previous(row)
    }

    fn choice_label(&self, field: FieldId, code: &str) -> Option<Arc<str>> {
        self.session.choice_label(field, code)
    }

    fn choice_column(&self, name: &str) -> Option<Arc<str>> {
        match self.entry.and_then(|entry| entry.columns.get(name)) {
            Some(column) => Some(Arc::clone(column)),
            None if name == "code" => Some(Arc::clone(&self.choice.code)),
            None => None,
        }
    }

    fn today(&self) -> PartialDate {
        self.session.today()
    }

    fn now(&self) -> DateTime {
        self.session.now()
    }

    fn trace(&self, field: FieldId, row: RowId, trace: &mut Trace) {
        self.session.trace(field, row, trace);
    }
}
