use std::collections::BTreeMap;
use std::sync::Arc;

use crate::expression::{Facts, FieldId, Reading, RowId, Trace};
use crate::plan::{Field, Plan, QuestionId};
use crate::scoring::{self, ScoreResult};
use crate::session::{Contents, Node, Said, World};
use crate::value::{Absence, DatePrecision, DateTime, Decimal, Interval, PartialDate, Truth, Value};

/// Everything about an interview, computed from what was said.
pub(super) struct Naive<'p> {
    pub(super) plan: &'p Plan,
    pub(super) world: World,
    pub(super) said: BTreeMap<Node, Said>,
    /// Every row that is there: its repeat, and the row in which that stands.
    pub(super) rows: BTreeMap<RowId, Node>,
    /// The rows of a repeat that are shown once it is asked.
    pub(super) lists: BTreeMap<Node, Vec<RowId>>,
    pub(super) sections: Vec<Truth>,
    pub(super) relevance: BTreeMap<Node, Truth>,
    pub(super) calculated: BTreeMap<Node, Value>,
    pub(super) scores: Vec<(ScoreResult, [Option<Value>; 3])>,
    pub(super) age: Result<Value, Option<Interval>>,
}

impl<'p> Naive<'p> {
    pub(super) fn new(plan: &'p Plan, world: World, contents: &Contents) -> Self {
        let mut naive = Self {
            plan,
            world,
            said: BTreeMap::new(),
            rows: BTreeMap::new(),
            lists: BTreeMap::new(),
            sections: vec![Truth::Unknown; plan.sections.len()],
            relevance: BTreeMap::new(),
            calculated: BTreeMap::new(),
            scores: plan.scores.iter().map(|score| (scoring::blank(score), [None, None, None])).collect(),
            age: Err(None),
        };
        naive.take(RowId::FORM, contents);
        for sweep in 0.. {
            assert!(sweep < 500, "it never settles");
            if !naive.sweep() {
                break;
            }
        }
        naive
    }

    fn take(&mut self, row: RowId, contents: &Contents) {
        for (question, said) in &contents.0 {
            let node = Node::new(*question, row);
            for (inner, contents) in &said.rows {
                assert!(self.rows.insert(*inner, node).is_none(), "a row stands in two places");
                self.take(*inner, contents);
            }
            self.said.insert(node, said.clone());
        }
    }

    /// The questions of the form, or of a repeat.
    pub(super) fn questions(&self, parent: Option<QuestionId>) -> Vec<QuestionId> {
        self.plan.question_ids().filter(|id| self.plan.question(*id).parent == parent).collect()
    }

    /// Every question in every row, shown or not.
    pub(super) fn nodes(&self) -> Vec<Node> {
        let form = self.questions(None).into_iter().map(Node::form);
        let rows = self.rows.iter().flat_map(|(row, repeat)| {
            self.questions(Some(repeat.question())).into_iter().map(|column| Node::new(column, *row))
        });
        form.chain(rows).collect()
    }

    /// Computes everything once; whether anything changed.
    fn sweep(&mut self) -> bool {
        let before =
            (self.sections.clone(), self.relevance.clone(), self.calculated.clone(), self.scores.clone());
        let before = (before, self.age.clone(), self.lists.clone());
        for id in self.plan.section_ids() {
            let condition = self.plan.section(id).visible_if.as_ref();
            self.sections[id.index()] = condition.map_or(Truth::True, |when| when.test(self, RowId::FORM));
        }
        for node in self.nodes() {
            let question = self.plan.question(node.question());
            let own = question.visible_if.as_ref().map_or(Truth::True, |when| when.test(self, node.row));
            let around = match question.parent {
                None => self.sections[question.section.index()],
                Some(_) => self.row_shown(node.row),
            };
            self.relevance.insert(node, around.and(own));
            if let Some(program) = &question.calculate {
                match program.value(self, node.row).filter(|value| !value.is_blank()) {
                    Some(value) => self.calculated.insert(node, value),
                    None => self.calculated.remove(&node),
                };
            }
            if let Some(repeat) = question.repeat() {
                let all = self.said.get(&node).map(|said| said.rows.iter().map(|(row, _)| *row));
                let mut rows: Vec<RowId> = all.into_iter().flatten().collect();
                if let Some(counting) = repeat.count_from {
                    let count = match self.value(Node::new(counting, node.row)) {
                        Some(Value::Number(number)) if *number <= Decimal::from(1_000) => *number,
                        _ => Decimal::ZERO,
                    };
                    let count = usize::try_from(count).unwrap_or(0);
                    rows.truncate(count);
                    // A row that should have been made has no number: none is shown twice instead.
                    let missing = count - rows.len();
                    rows.extend(std::iter::repeat_n(RowId(u32::MAX), missing));
                }
                self.lists.insert(node, rows);
            }
        }
        for id in self.plan.score_ids() {
            let result = scoring::compute(self.plan, id, self);
            let band = result.band.and_then(|band| self.plan.score(id).bands.get(band));
            let parts = [
                result.value.map(Value::Number),
                result.level.map(|level| Value::Number(level.into())),
                band.map(|band| Value::Text(Arc::clone(&band.id))),
            ];
            self.scores[id.index()] = (result, parts);
        }
        self.age = self.age_now();
        let after =
            (self.sections.clone(), self.relevance.clone(), self.calculated.clone(), self.scores.clone());
        before != (after, self.age.clone(), self.lists.clone())
    }

    fn row_shown(&self, row: RowId) -> Truth {
        let repeat = self.rows[&row];
        let listed = self.lists.get(&repeat).is_some_and(|rows| rows.contains(&row));
        if listed { self.relevance_of(repeat) } else { Truth::False }
    }

    pub(super) fn relevance_of(&self, node: Node) -> Truth {
        self.relevance.get(&node).copied().unwrap_or(Truth::Unknown)
    }

    /// What is there, asked or not.
    pub(super) fn raw(&self, node: Node) -> Option<&Value> {
        match self.plan.question(node.question()).calculate {
            Some(_) => self.calculated.get(&node),
            None => self.said.get(&node)?.value.as_ref(),
        }
    }

    pub(super) fn value(&self, node: Node) -> Option<&Value> {
        self.raw(node).filter(|_| self.relevance_of(node).is_true())
    }

    pub(super) fn shown_rows(&self, repeat: Node) -> &[RowId] {
        if !self.relevance_of(repeat).is_true() {
            return &[];
        }
        self.lists.get(&repeat).map_or(&[], Vec::as_slice)
    }

    fn age_now(&self) -> Result<Value, Option<Interval>> {
        let answer = |id: Option<QuestionId>| id.and_then(|id| self.value(Node::form(id)));
        let Some(Value::Date(born)) = answer(self.plan.subject.birth_date) else { return Err(None) };
        let precision = match answer(self.plan.subject.birth_precision) {
            Some(Value::Text(word)) if &**word == "month" => DatePrecision::Month,
            Some(Value::Text(word)) if &**word != "day" => DatePrecision::Year,
            _ => DatePrecision::Day,
        };
        let born = born.truncated(precision);
        let (today, years) = (self.world.today, |months: i32| Decimal::from(months / 12));
        let (Some(least), Some(most)) =
            (born.latest().months_until(today), born.earliest().months_until(today))
        else {
            return Err(None);
        };
        if born.earliest().day_number() > today.day_number() {
            return Err(None);
        }
        let least = if born.latest().day_number() > today.day_number() { 0 } else { least };
        match (years(least), years(most)) {
            (least, most) if least == most => Ok(Value::Number(least)),
            (least, most) => Err(Some(Interval::new(least, most))),
        }
    }

    /// The node of a question as a row sees it: its own row, or one around it.
    fn seen(&self, question: QuestionId, mut row: RowId) -> Option<Node> {
        let parent = self.plan.question(question).parent;
        loop {
            let here = self.rows.get(&row).map(|repeat| repeat.question());
            if here == parent {
                return Some(Node::new(question, row));
            }
            row = self.rows.get(&row)?.row;
        }
    }

    fn hangs_on(&self, node: Node, trace: &mut Trace) {
        let question = self.plan.question(node.question());
        if let Some(when) = &question.visible_if {
            when.test_traced(self, node.row, trace);
        }
        match self.rows.get(&node.row) {
            Some(repeat) => self.hangs_on(*repeat, trace),
            None => {
                if let Some(when) = &self.plan.section(question.section).visible_if {
                    when.test_traced(self, RowId::FORM, trace);
                }
            }
        }
    }
}

impl Facts for Naive<'_> {
    fn read(&self, field: FieldId, row: RowId) -> Reading<'_> {
        let part = |index: usize, id: crate::plan::ScoreId| self.scores[id.index()].1[index].as_ref();
        let known = match self.plan.field(field) {
            Field::Question(id) => self.seen(id, row).and_then(|node| self.value(node)),
            Field::Score(id) => match part(0, id) {
                None => return Reading::Within(self.scores[id.index()].0.interval),
                known => known,
            },
            Field::ScoreLevel(id) => part(1, id),
            Field::ScoreBand(id) => part(2, id),
            Field::Age => match &self.age {
                Ok(value) => Some(value),
                Err(Some(interval)) => return Reading::Within(*interval),
                Err(None) => None,
            },
        };
        known.map_or(Reading::Missing, Reading::Known)
    }

    fn stand_in(&self, field: FieldId) -> Option<Interval> {
        match self.plan.field(field) {
            Field::Score(score) => self.scores[score.index()].0.stands_in(),
            _ => None,
        }
    }

    fn absence(&self, field: FieldId, row: RowId) -> Option<Absence> {
        let Field::Question(id) = self.plan.field(field) else { return None };
        let node = self.seen(id, row).filter(|node| self.relevance_of(*node).is_true())?;
        self.said.get(&node)?.absence
    }

    fn rows(&self, repeat: FieldId, row: RowId) -> &[RowId] {
        let Field::Question(id) = self.plan.field(repeat) else { return &[] };
        self.seen(id, row).map_or(&[], |node| self.shown_rows(node))
    }

    fn parent(&self, row: RowId) -> RowId {
        self.rows.get(&row).map_or(RowId::FORM, |repeat| repeat.row)
    }

    fn previous(&self, row: RowId) -> Option<RowId> {
        let rows = self.shown_rows(*self.rows.get(&row)?);
        let at = rows.iter().position(|other| *other == row)?;
        rows.get(at.checked_sub(1)?).copied()
    }

    fn choice_label(&self, field: FieldId, code: &str) -> Option<Arc<str>> {
        let Field::Question(id) = self.plan.field(field) else { return None };
        let choice = self.plan.choices(id).find(|choice| &*choice.code == code)?;
        Some(choice.label.text(self.world.language))
    }

    fn choice_column(&self, _name: &str) -> Option<Arc<str>> {
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
            Field::Question(id) => {
                let Some(node) = self.seen(id, row) else { return };
                match self.relevance_of(node) {
                    Truth::False => {}
                    Truth::Unknown => self.hangs_on(node, trace),
                    Truth::True => match &self.plan.question(id).calculate {
                        Some(program) => drop(program.value_traced(self, node.row, trace)),
                        None => trace.cause(field, node.row),
                    },
                }
            }
            Field::Score(id) | Field::ScoreLevel(id) | Field::ScoreBand(id) => {
                scoring::trace_missing(self.plan, id, self, trace);
            }
            Field::Age => {
                if let (Some(id), Err(_)) = (self.plan.subject.birth_date, &self.age) {
                    trace.follow(self.plan.field_of(id), RowId::FORM);
                }
            }
        }
    }
}
