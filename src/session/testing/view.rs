//! What can be seen of an interview, aspect by aspect: of a session, and of the naive evaluation of what was said.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::naive::Naive;
use crate::expression::{Facts, FieldId, Reading, RowId, Trace};
use crate::plan::{AnswerKind, ChoiceSource, Demand, ListEntry, Localised, Piece};
use crate::session::issue::{Issue, IssueKind};
use crate::session::validate::{count_issues, value_issues};
use crate::session::wire::value_to_json;
use crate::session::{Node, Session, Target, What};
use crate::value::{Absence, DateTime, PartialDate, Value};

/// What can be seen: by target and aspect, as a text.
pub(super) type View = BTreeMap<(Target, Aspect), String>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aspect {
    Value,
    Relevance,
    Required,
    ReadOnly,
    Issues,
    Choices,
    Label,
    Rows,
}

impl Aspect {
    pub(super) const fn what(self) -> What {
        match self {
            Self::Value => What::VALUE,
            Self::Relevance => What::RELEVANCE,
            Self::Required => What::REQUIRED,
            Self::ReadOnly => What::READ_ONLY,
            Self::Issues => What::ISSUES,
            Self::Choices => What::CHOICES,
            Self::Label => What::LABEL,
            Self::Rows => What::ROWS,
        }
    }
}

fn issue_text(issues: impl Iterator<Item = Issue>) -> String {
    let words: BTreeSet<String> = issues.map(|issue| format!("{issue:?}")).collect();
    format!("{words:?}")
}

pub(super) fn of_session(session: &Session, nodes: &[Node]) -> View {
    let mut view = View::new();
    let plan = session.plan();
    for &node in nodes {
        let target = Target::Node(node);
        let question = plan.question(node.question());
        let said = session.rows.cell(plan, node).map(|cell| (cell.absence, cell.informant));
        view.insert((target, Aspect::Value), format!("{:?} {said:?}", session.raw_value(node)));
        view.insert((target, Aspect::Relevance), session.relevant(node).to_string());
        view.insert((target, Aspect::Required), format!("{:?}", session.demand(node) == Demand::Required));
        view.insert((target, Aspect::ReadOnly), session.read_only(node).to_string());
        view.insert((target, Aspect::Issues), issue_text(session.issues(node).iter().copied()));
        let mut label = session.text(&question.title, node.row);
        for check in &question.checks {
            label += &session.text(&plan.check(*check).message, node.row);
        }
        if let Some(title) = question.repeat().and_then(|repeat| repeat.item_title.as_ref()) {
            label.extend(session.rows(node).iter().map(|row| session.text(title, *row)));
        }
        view.insert((target, Aspect::Label), label);
        let codes: Vec<String> =
            session.choices(node).into_iter().map(|choice| choice.code.to_string()).collect();
        view.insert((target, Aspect::Choices), format!("{codes:?}"));
        view.insert((target, Aspect::Rows), format!("{:?}", session.rows(node)));
    }
    for id in plan.section_ids() {
        let relevant = session.section_relevant(id).to_string();
        view.insert((Target::Section(id), Aspect::Relevance), relevant);
    }
    for id in plan.score_ids() {
        view.insert((Target::Score(id), Aspect::Value), format!("{:?}", session.score(id)));
    }
    view.insert((Target::Form, Aspect::Value), format!("{:?}", session.age()));
    let failed: Vec<_> = session.failed.iter().copied().collect();
    view.insert((Target::Form, Aspect::Issues), format!("{failed:?}"));
    view
}

impl Naive<'_> {
    pub(super) fn view(&self) -> View {
        let mut view = View::new();
        for node in self.nodes() {
            let target = Target::Node(node);
            let question = self.plan.question(node.question());
            let said = self.said.get(&node).cloned().unwrap_or_default();
            let said = Some((said.absence, said.informant));
            view.insert((target, Aspect::Value), format!("{:?} {said:?}", self.raw(node)));
            let shown = self.relevance_of(node).is_true();
            view.insert((target, Aspect::Relevance), shown.to_string());
            let required =
                question.required_if.as_ref().is_some_and(|when| when.test(self, node.row).is_true());
            let required = required || question.demand == Demand::Required;
            view.insert((target, Aspect::Required), required.to_string());
            view.insert((target, Aspect::ReadOnly), self.locked(node).to_string());
            view.insert((target, Aspect::Issues), issue_text(self.issues(node, shown).into_iter()));
            let mut label = self.text(&question.title, node.row);
            for check in &question.checks {
                label += &self.text(&self.plan.check(*check).message, node.row);
            }
            if let Some(title) = question.repeat().and_then(|repeat| repeat.item_title.as_ref()) {
                label.extend(self.shown_rows(node).iter().map(|row| self.text(title, *row)));
            }
            view.insert((target, Aspect::Label), label);
            view.insert((target, Aspect::Choices), format!("{:?}", self.offered(node)));
            view.insert((target, Aspect::Rows), format!("{:?}", self.shown_rows(node)));
        }
        for id in self.plan.section_ids() {
            let shown = self.sections[id.index()].is_true().to_string();
            view.insert((Target::Section(id), Aspect::Relevance), shown);
        }
        for id in self.plan.score_ids() {
            view.insert((Target::Score(id), Aspect::Value), format!("{:?}", &self.scores[id.index()].0));
        }
        let age = match &self.age {
            Ok(value) => Reading::Known(value),
            Err(Some(interval)) => Reading::Within(*interval),
            Err(None) => Reading::Missing,
        };
        view.insert((Target::Form, Aspect::Value), format!("{age:?}"));
        let of_form = (0..).map(crate::plan::CheckId).zip(&self.plan.checks);
        let failed: Vec<_> = of_form
            .filter(|(_, check)| check.question.is_none() && check.assert.test(self, RowId::FORM).is_false())
            .map(|(id, _)| id)
            .collect();
        view.insert((Target::Form, Aspect::Issues), format!("{failed:?}"));
        view
    }

    fn locked(&self, node: Node) -> bool {
        let question = self.plan.question(node.question());
        let section = self.plan.section(question.section).read_only_if.as_ref();
        let own = question.read_only_if.as_ref().is_some_and(|when| when.test(self, node.row).is_true());
        let around = self.rows.get(&node.row).is_some_and(|repeat| self.locked(*repeat));
        question.calculate.is_some()
            || own
            || around
            || section.is_some_and(|when| when.test(self, RowId::FORM).is_true())
    }

    fn issues(&self, node: Node, shown: bool) -> Vec<Issue> {
        if !shown {
            return Vec::new();
        }
        let question = self.plan.question(node.question());
        let mut found = Vec::new();
        if let Some(value) = self.raw(node) {
            found = value_issues(self.plan, node.question(), value);
            let offered = self.offered(node);
            let kept = |code: &str| offered.iter().any(|offered| offered == code);
            let kept = match value {
                Value::Codes(codes) => codes.iter().all(|code| kept(code)),
                Value::Text(code) => kept(code),
                Value::Number(number) => kept(&number.normalize().to_string()),
                _ => true,
            };
            let choice = matches!(question.kind, AnswerKind::Choice { .. } | AnswerKind::Choices { .. });
            if choice && !kept {
                found.retain(|issue| issue.kind != IssueKind::Choice);
                found.push(Issue::of(IssueKind::Choice));
            }
        }
        if let Some(repeat) = question.repeat() {
            let rows = self.shown_rows(node);
            if !rows.is_empty() {
                count_issues(question, rows.len(), &mut found);
            }
            if let Some(Value::Number(count)) =
                repeat.count_from.and_then(|counting| self.value(Node::new(counting, node.row)))
                && *count > 1_000.into()
            {
                found.push(Issue::limit(IssueKind::MaxItems, 1_000.into()));
            }
            let key = |row: &RowId| -> Option<Vec<String>> {
                let parts = repeat.unique_key.iter().map(|column| self.value(Node::new(*column, *row)));
                parts.map(|part| part.map(|value| value_to_json(value).to_string())).collect()
            };
            let keys: Vec<_> = rows.iter().filter_map(key).collect();
            let different: BTreeSet<_> = keys.iter().collect();
            if !repeat.unique_key.is_empty() && different.len() < keys.len() {
                found.push(Issue::of(IssueKind::UniqueKey));
            }
        }
        for id in &question.checks {
            let check = self.plan.check(*id);
            if check.assert.test(self, node.row).is_false() {
                found.push(Issue::check(*id, check.severity));
            }
        }
        found
    }

    fn offered(&self, node: Node) -> Vec<String> {
        let question = self.plan.question(node.question());
        let entries: Vec<Option<&ListEntry>> = match &question.kind {
            AnswerKind::Choice { choices: ChoiceSource::List(list), .. }
            | AnswerKind::Choices { choices: ChoiceSource::List(list), .. } => {
                self.plan.list(*list).entries.iter().map(Some).collect()
            }
            _ => vec![None; self.plan.choices(node.question()).count()],
        };
        let choices = self.plan.choices(node.question()).zip(entries);
        let kept = choices.filter(|(choice, entry)| match &question.choice_filter {
            None => true,
            Some(filter) => {
                let seen = WithChoice { naive: self, code: &choice.code, entry: *entry };
                filter.test(&seen, node.row).is_true()
            }
        });
        kept.map(|(choice, _)| choice.code.to_string()).collect()
    }

    fn text(&self, text: &Localised, row: RowId) -> String {
        let pieces = text.template(self.world.language).pieces.iter();
        let filled = pieces.map(|piece| match piece {
            Piece::Text(text) => text.to_string(),
            Piece::Field { field, .. } => match self.read(*field, row) {
                Reading::Known(value) => self.shown(*field, value),
                Reading::Within(_) | Reading::Missing => "…".to_owned(),
            },
        });
        filled.collect()
    }

    fn shown(&self, field: FieldId, value: &Value) -> String {
        let label = |code: &str| self.choice_label(field, code).map(|label| label.to_string());
        match value {
            Value::Boolean(value) => if *value { "yes" } else { "no" }.to_owned(),
            Value::Number(number) => {
                let number = number.normalize().to_string();
                label(&number).unwrap_or(number)
            }
            Value::Text(text) => label(text).unwrap_or_else(|| text.to_string()),
            Value::Codes(codes) => {
                let labels = codes.iter().map(|code| label(code).unwrap_or_else(|| code.to_string()));
                labels.collect::<Vec<_>>().join(", ")
            }
            Value::Date(date) => date.to_string(),
            Value::Time(time) => time.to_string(),
        }
    }
}

/// What a choice filter sees.
struct WithChoice<'a> {
    naive: &'a Naive<'a>,
    code: &'a Arc<str>,
    entry: Option<&'a ListEntry>,
}

impl Facts for WithChoice<'_> {
    fn read(&self, field: FieldId, row: RowId) -> Reading<'_> {
        self.naive.read(field, row)
    }

    fn absence(&self, field: FieldId, row: RowId) -> Option<Absence> {
        self.naive.absence(field, row)
    }

    fn rows(&self, repeat: FieldId, row: RowId) -> &[RowId] {
        self.naive.rows(repeat, row)
    }

    fn parent(&self, row: RowId) -> RowId {
        self.naive.parent(row)
    }

    fn previous(&self, row: RowId) -> Option<RowId> {
        self.naive.previous(row)
    }

    fn choice_label(&self, field: FieldId, code: &str) -> Option<Arc<str>> {
        self.naive.choice_label(field, code)
    }

    fn choice_column(&self, name: &str) -> Option<Arc<str>> {
        let column = self.entry.and_then(|entry| entry.columns.get(name).cloned());
        column.or_else(|| (name == "code").then(|| Arc::clone(self.code)))
    }

    fn today(&self) -> PartialDate {
        self.naive.today()
    }

    fn now(&self) -> DateTime {
        self.naive.now()
    }

    fn trace(&self, field: FieldId, row: RowId, trace: &mut Trace) {
        self.naive.trace(field, row, trace);
    }
}
