use std::sync::Arc;

use super::{Item, Text};
use crate::expression::program::{Code, Op, OpId, Place};
use crate::expression::{Facts, FieldId, Reading, RowId, Trace, limits};
use crate::value::{DatePrecision, Truth, Value};

const FRAMES: usize = limits::LAMBDAS as usize + 1;

/// What a lambda binds: `$this`, `$index`, and the row in which bare names are read.
#[derive(Clone)]
pub(super) struct Frame<'a> {
    row: RowId,
    index: u32,
    this: Option<Item<'a>>,
}

/// One evaluation.
///
/// It recurses on the operations, which are no deeper than the tree was high. A loop over a stack of values was the
/// alternative: it needs a second stack for causes, and a value that is boolean or a number could not travel in a
/// register.
///
/// Causes are kept as a list that only grows, and is cut back wherever something turns out to be decided; so a plain
/// evaluation pays a test of a flag, and an undecided result has exactly the causes that are left.
pub(in crate::expression) struct Machine<'a> {
    pub(super) code: &'a Code,
    pub(in crate::expression) facts: &'a dyn Facts,
    frames: [Frame<'a>; FRAMES],
    fuel: u32,
    explains: bool,
    /// Whether whatever is read is blamed, be it missing or not.
    accuses: bool,
    /// None: something that no answer decides, such as the row before the first.
    blamed: Vec<Option<(FieldId, RowId)>>,
}

impl<'a> Machine<'a> {
    pub(in crate::expression) fn new(
        code: &'a Code,
        facts: &'a dyn Facts,
        row: RowId,
        explains: bool,
    ) -> Self {
        let frames = std::array::from_fn(|_| Frame { row, index: 0, this: None });
        Self { code, facts, frames, fuel: limits::FUEL, explains, accuses: false, blamed: Vec::new() }
    }

    /// Takes steps off the fuel; false when it is used up.
    pub(in crate::expression) fn spend(&mut self, steps: u32) -> bool {
        self.fuel = self.fuel.saturating_sub(steps);
        self.fuel > 0
    }

    /// Whether a limit stopped the evaluation, so that its result means nothing.
    pub(in crate::expression) const fn exhausted(&self) -> bool {
        self.fuel == 0
    }

    /// Stops the evaluation.
    pub(in crate::expression) fn exhaust(&mut self) {
        self.fuel = 0;
    }

    /// What is missing and not made up for by something decided.
    pub(in crate::expression) fn trace(&self, trace: &mut Trace) {
        self.blamed.iter().flatten().for_each(|&(field, row)| trace.follow(field, row));
    }

    pub(super) const fn accuses(&self) -> bool {
        self.accuses
    }

    pub(super) const fn explains(&self) -> bool {
        self.explains
    }

    pub(super) fn mark(&self) -> usize {
        self.blamed.len()
    }

    /// What was missing since the mark did not matter.
    pub(super) fn settle(&mut self, mark: usize) {
        if !self.accuses {
            self.blamed.truncate(mark);
        }
    }

    /// Whether an unknown that began at the mark has nobody to blame: known answers gave nothing, as in x / 0 or a sum
    /// over no rows. Left so, a rule would look like one that reads only what was rightly never asked.
    const fn is_unexplained(&self, mark: usize) -> bool {
        self.explains && !self.accuses && self.blamed.len() == mark
    }

    /// Blames all that `again` reads. It takes no more fuel than the evaluation that it repeats, and takes none away:
    /// an explanation must not change the result.
    fn accuse(&mut self, again: impl FnOnce(&mut Self)) {
        let (fuel, mark) = (self.fuel, self.mark());
        self.accuses = true;
        again(self);
        self.accuses = false;
        self.fuel = fuel;
        if self.mark() == mark {
            // What stands beside it would be blamed for nothing.
            self.blamed.push(None);
        }
    }

    pub(super) fn blame(&mut self, field: FieldId, row: RowId) {
        if self.explains {
            self.blamed.push(Some((field, row)));
        }
    }

    pub(in crate::expression) fn row(&self, place: Place) -> RowId {
        let mut row = self.frames.get(usize::from(place.frame)).map_or(RowId::FORM, |frame| frame.row);
        for _ in 0..place.up {
            row = self.facts.parent(row);
        }
        row
    }

    /// Runs a lambda's body with what it binds.
    ///
    /// The frame is put back afterwards: a list can be consumed by a lambda of the same depth while the one that
    /// makes it still runs, as in `rows.select(…).where(…)`.
    pub(in crate::expression) fn within<R>(
        &mut self,
        depth: u16,
        index: u32,
        this: &Item<'a>,
        body: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let depth = usize::from(depth);
        let outer = self.frames.get(depth.saturating_sub(1)).map_or(RowId::FORM, |frame| frame.row);
        let row = if let Item::Row(row) = this { *row } else { outer };
        let frame = Frame { row, index, this: Some(this.clone()) };
        let saved = self.frames.get_mut(depth).map(|slot| std::mem::replace(slot, frame));
        let result = body(self);
        if let (Some(slot), Some(saved)) = (self.frames.get_mut(depth), saved) {
            *slot = saved;
        }
        result
    }

    fn frame(&self, depth: u8) -> Option<&Frame<'a>> {
        self.frames.get(usize::from(depth))
    }

    /// The truth of a condition.
    pub(in crate::expression) fn truth(&mut self, id: OpId) -> Truth {
        if !self.spend(1) {
            return Truth::Unknown;
        }
        let mark = self.mark();
        let truth = self.truth_of(id);
        if truth.is_unknown() {
            if self.is_unexplained(mark) {
                self.accuse(|machine| {
                    machine.truth_of(id);
                });
            }
        } else if self.explains {
            self.settle(mark);
        }
        truth
    }

    fn truth_of(&mut self, id: OpId) -> Truth {
        let code = self.code;
        match *code.op(id) {
            Op::Truth(truth) => truth,
            Op::Not(inner) => self.truth(inner).negate(),
            Op::And(left, right) => match self.truth(left) {
                Truth::False => Truth::False,
                left => left.and(self.truth(right)),
            },
            Op::Or(left, right) => match self.truth(left) {
                Truth::True => Truth::True,
                left => left.or(self.truth(right)),
            },
            Op::Implies(left, right) => match self.truth(left) {
                Truth::False => Truth::True,
                left => left.negate().or(self.truth(right)),
            },
            Op::Xor(left, right) => match (self.truth(left), self.truth(right)) {
                (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
                (left, right) => Truth::from(left != right),
            },
            Op::CompareNumbers(test, left, right) => self.compare_numbers(test, left, right),
            Op::Compare(test, left, right) => self.compare(test, left, right),
            Op::Equivalent(left, right) => Truth::from(self.equivalent(left, right)),
            Op::In(element, list) => self.is_in(element, list),
            Op::Matches(text, pattern) => self.matches(text, pattern),
            ref other => match self.value_of(other) {
                Some(Item::Boolean(boolean)) => Truth::from(boolean),
                _ => Truth::Unknown,
            },
        }
    }

    /// A single value.
    pub(in crate::expression) fn item(&mut self, id: OpId) -> Option<Item<'a>> {
        let code = self.code;
        let op = code.op(id);
        if matches!(
            op,
            Op::Truth(_)
                | Op::Not(_)
                | Op::And(..)
                | Op::Or(..)
                | Op::Xor(..)
                | Op::Implies(..)
                | Op::CompareNumbers(..)
                | Op::Compare(..)
                | Op::Equivalent(..)
                | Op::In(..)
                | Op::Matches(..)
        ) {
            return match self.truth(id) {
                Truth::True => Some(Item::Boolean(true)),
                Truth::False => Some(Item::Boolean(false)),
                Truth::Unknown => None,
            };
        }
        if !self.spend(1) {
            return None;
        }
        let mark = self.mark();
        let item = self.value_of(op);
        // A date can be there and yet be too imprecise to decide anything, so dates keep what they hang on.
        match &item {
            Some(Item::Date(_)) => {}
            Some(_) if self.explains => self.settle(mark),
            None if self.is_unexplained(mark) => self.accuse(|machine| {
                machine.value_of(op);
            }),
            _ => {}
        }
        item
    }

    /// What an operation gives that is neither a connective nor a comparison.
    fn value_of(&mut self, op: &'a Op) -> Option<Item<'a>> {
        match *op {
            Op::Number(number) => Some(Item::Number(number)),
            Op::Text(index) => self.code.text_at(index).map(|text| Item::Text(Text::Kept(text))),
            Op::Date(date) => Some(Item::Date(date)),
            Op::Time(time) => Some(Item::Time(time)),
            Op::Moment(moment) => Some(Item::Moment(moment)),
            Op::Read(field, place) => {
                let row = self.row(place);
                self.read(field, row)
            }
            Op::Column(rows, field) => match self.item(rows)? {
                Item::Row(row) => self.read(field, row),
                _ => None,
            },
            Op::Previous(field, place) => {
                let row = self.facts.previous(self.row(place))?;
                self.read(field, row)
            }
            Op::Absence(field, place) => {
                let row = self.row(place);
                self.absence(field, row)
            }
            Op::ChoiceColumn(index) => {
                let name = self.code.text_at(index)?;
                self.facts.choice_column(name).filter(|text| !text.trim().is_empty()).map(Item::made)
            }
            Op::ChoiceLabel(code, field) => self.item(code).and_then(|code| self.choice_label(field, &code)),
            Op::This(depth) => self.frame(depth)?.this.clone(),
            Op::Index(depth) => Some(Item::Number(self.frame(depth)?.index.into())),
            Op::Today => Some(Item::Date(self.facts.today())),
            Op::Now => Some(Item::Moment(self.facts.now())),
            Op::Negate(_)
            | Op::Add(..)
            | Op::Subtract(..)
            | Op::Multiply(..)
            | Op::Divide(..)
            | Op::Div(..)
            | Op::Mod(..) => self.arithmetic(op).map(Item::Number),
            Op::Shift(value, count, unit) => self.item(value).and_then(|value| value.shifted(count, unit)),
            Op::Join(left, right) => self.join(left, right),
            Op::Concat(left, right) => self.concat(left, right),
            Op::At(list, index) => self.at(list, index),
            Op::Scalar(run, args) => self.scalar(run, args),
            Op::Call(run, args) => run(self, self.code.args(args)),
            _ => None,
        }
    }

    pub(super) fn read(&mut self, field: FieldId, row: RowId) -> Option<Item<'a>> {
        let reading = self.facts.read(field, row);
        self.item_of(reading, field, row)
    }

    /// What a reading is to an expression, and who is to blame if that is nothing.
    pub(super) fn item_of(&mut self, reading: Reading<'a>, field: FieldId, row: RowId) -> Option<Item<'a>> {
        let item = match reading {
            Reading::Known(value) => Item::of(value),
            Reading::Within(_) | Reading::Missing => None,
        };
        match item {
            None => self.blame(field, row),
            Some(Item::Date(date)) if date.precision() != DatePrecision::Day => self.blame(field, row),
            Some(_) if self.accuses => self.blame(field, row),
            Some(_) => {}
        }
        item
    }

    /// The code of the absence of a question; what it hangs on while nothing is said at all.
    fn absence(&mut self, field: FieldId, row: RowId) -> Option<Item<'a>> {
        let absence = self.facts.absence(field, row);
        if absence.is_none() && matches!(self.facts.read(field, row), Reading::Missing) {
            self.blame(field, row);
        }
        absence.map(|absence| Item::Text(Text::Word(absence.code())))
    }

    pub(super) fn choice_label(&self, field: FieldId, code: &Item<'a>) -> Option<Item<'a>> {
        let label = match code {
            Item::Text(text) => self.facts.choice_label(field, text.as_str()),
            other => self.facts.choice_label(field, &other.written()?),
        };
        label.map(Item::made)
    }

    /// The texts of a list.
    pub(in crate::expression) fn texts(&mut self, id: OpId) -> Vec<Arc<str>> {
        // A multiple choice that is handed on as it is, by far the most frequent case.
        if let Op::ReadMany(field, place) = *self.code.op(id)
            && let Reading::Known(Value::Codes(codes)) = self.facts.read(field, self.row(place))
        {
            return codes.clone();
        }
        let mut texts = Vec::new();
        self.each(id, &mut |machine, item| {
            if let Item::Text(text) = item {
                texts.push(text.into_shared());
            }
            if texts.len() > limits::KEPT_ITEMS {
                machine.exhaust();
            }
            !machine.exhausted()
        });
        texts
    }
}
