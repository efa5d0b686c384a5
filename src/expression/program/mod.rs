//! A compiled expression.

mod code;
mod op;

use std::fmt;
use std::sync::Arc;

pub(super) use code::Code;
pub(super) use op::{Args, Call, Op, OpId, Place, Scalar, Stream, Test};

use super::run::Machine;
use super::{Causes, Facts, FieldId, Reach, Read, RowId, Trace, Type};
use crate::value::{Interval, Truth, Value};

/// A compiled expression: checked, resolved, flat.
///
/// Evaluating it never fails and never runs for ever: what cannot be computed, or not within the limits, is missing.
#[derive(Clone)]
pub struct Program {
    code: Arc<Code>,
    root: OpId,
    ty: Type,
    canonical: Arc<str>,
    reads: Arc<[Read]>,
}

impl Program {
    pub(super) fn new(code: Code, root: OpId, ty: Type, canonical: &str) -> Self {
        let reads = code.reads.iter().copied().collect();
        Self { code: Arc::new(code), root, ty, canonical: canonical.into(), reads }
    }

    /// The same program with other operations: how a test plants a bug.
    #[cfg(test)]
    pub(super) fn altered(&self, alter: impl FnOnce(&mut Code)) -> Self {
        let mut altered = self.clone();
        alter(Arc::make_mut(&mut altered.code));
        altered
    }

    /// What kind of value it gives, and whether several.
    #[must_use]
    pub fn ty(&self) -> &Type {
        &self.ty
    }

    /// The canonical FHIRPath text.
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// What its value depends on: sorted, no doubles.
    #[must_use]
    pub fn reads(&self) -> &[Read] {
        &self.reads
    }

    /// The numbers, texts, dates and times that are written in it: where a condition may turn.
    pub fn literals(&self) -> impl Iterator<Item = Value> + '_ {
        self.code.literals()
    }

    /// The columns that it takes as a whole, as in `members.pay.sum()`: a caller may keep their sums.
    pub fn whole_columns(&self) -> impl Iterator<Item = FieldId> + '_ {
        self.code.columns()
    }

    /// Whether the condition holds. Unknown for a program that is no condition.
    #[must_use]
    pub fn test(&self, facts: &dyn Facts, row: RowId) -> Truth {
        let mut machine = Machine::new(&self.code, facts, row, false);
        let truth = machine.truth(self.root);
        if machine.exhausted() { Truth::Unknown } else { truth }
    }

    /// The same, with what an unknown hangs on: the answers that could decide it.
    #[must_use]
    pub fn test_explained(&self, facts: &dyn Facts, row: RowId) -> (Truth, Causes) {
        let mut trace = Trace::default();
        let truth = self.test_traced(facts, row, &mut trace);
        (truth, trace.into_causes(facts))
    }

    /// The same, with what an unknown hangs on one step down.
    pub fn test_traced(&self, facts: &dyn Facts, row: RowId, trace: &mut Trace) -> Truth {
        // Most are decided, and need no explanation.
        let truth = self.test(facts, row);
        if !truth.is_unknown() {
            return truth;
        }
        let mut machine = Machine::new(&self.code, facts, row, true);
        let truth = machine.truth(self.root);
        if machine.exhausted() {
            self.trace_all(facts, row, trace);
            return Truth::Unknown;
        }
        if truth.is_unknown() {
            machine.trace(trace);
        }
        truth
    }

    /// The value; none if it is unknown. A list of texts comes as [`Value::Codes`]. Numbers are not rounded.
    #[must_use]
    pub fn value(&self, facts: &dyn Facts, row: RowId) -> Option<Value> {
        let mut machine = Machine::new(&self.code, facts, row, false);
        self.result(&mut machine)
    }

    /// The same, with what a missing value hangs on.
    #[must_use]
    pub fn value_explained(&self, facts: &dyn Facts, row: RowId) -> (Option<Value>, Causes) {
        let mut trace = Trace::default();
        let value = self.value_traced(facts, row, &mut trace);
        (value, trace.into_causes(facts))
    }

    /// The same, with what a missing value hangs on one step down.
    pub fn value_traced(&self, facts: &dyn Facts, row: RowId, trace: &mut Trace) -> Option<Value> {
        let mut machine = Machine::new(&self.code, facts, row, true);
        let value = self.result(&mut machine);
        match value {
            Some(_) => {}
            None if machine.exhausted() => self.trace_all(facts, row, trace),
            None => machine.trace(trace),
        }
        value
    }

    /// Everything that the program reads: what hangs on them where a limit stopped it.
    fn trace_all(&self, facts: &dyn Facts, row: RowId, trace: &mut Trace) {
        for read in self.reads.iter() {
            match *read {
                Read::Field { field, up } | Read::Absence { field, up } => {
                    let row = (0..up).fold(row, |row, _| facts.parent(row));
                    trace.follow(field, row);
                }
                Read::Rows { field } | Read::Column { rows: field, .. } | Read::Previous { field } => {
                    trace.follow(field, row);
                }
                Read::Today | Read::Now | Read::Language => {}
            }
        }
    }

    /// The bounds of a number: a point where it is known, an interval where it is a score or an age that is only known
    /// within bounds or is reckoned from such ones, none where nothing is known. `reaches` says what a field can still
    /// become.
    #[must_use]
    pub fn bounds(
        &self,
        facts: &dyn Facts,
        row: RowId,
        reaches: &dyn Fn(FieldId) -> Reach,
    ) -> Option<Interval> {
        let mut machine = Machine::new(&self.code, facts, row, false);
        let bounds = machine.range(self.root, reaches)?;
        (!machine.exhausted()).then_some(bounds)
    }

    /// The column of the list entries in view that has to equal something for the condition to hold, where it can
    /// be told: a list can then be looked up instead of looked through.
    #[must_use]
    pub fn choice_column(&self) -> Option<&Arc<str>> {
        self.choice_key(self.root).map(|(column, _)| column)
    }

    /// What that column has to equal; none if it is unknown, and then no entry fits.
    #[must_use]
    pub fn choice_value(&self, facts: &dyn Facts, row: RowId) -> Option<Arc<str>> {
        let (_, other) = self.choice_key(self.root)?;
        match Machine::new(&self.code, facts, row, false).item(other)?.into_value()? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A column of the entry and the field that it has to equal, in a comparison that has to hold.
    fn choice_key(&self, id: OpId) -> Option<(&Arc<str>, OpId)> {
        match *self.code.op(id) {
            Op::And(left, right) => self.choice_key(left).or_else(|| self.choice_key(right)),
            Op::Compare(Test::Equal, left, right) => match (self.code.op(left), self.code.op(right)) {
                (Op::ChoiceColumn(column), Op::Read(..)) => Some((self.code.text_at(*column)?, right)),
                (Op::Read(..), Op::ChoiceColumn(column)) => Some((self.code.text_at(*column)?, left)),
                _ => None,
            },
            _ => None,
        }
    }

    fn result<'a>(&'a self, machine: &mut Machine<'a>) -> Option<Value> {
        let value = if self.ty.many {
            Some(Value::Codes(machine.texts(self.root)))
        } else {
            machine.item(self.root).and_then(super::run::Item::into_value)
        };
        value.filter(|value| !machine.exhausted() && !value.is_blank())
    }
}

impl fmt::Debug for Program {
    /// The text and the type; the operations say nothing to a reader.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program")
            .field("canonical", &self.canonical)
            .field("ty", &self.ty)
            .finish_non_exhaustive()
    }
}
