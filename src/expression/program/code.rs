use std::collections::BTreeSet;
use std::sync::Arc;

use regex_lite::Regex;

use super::op::{Args, Op, OpId};
use crate::expression::{FieldId, Read};
use crate::value::Value;

/// The operations of a program and what they refer to.
#[derive(Clone, Default)]
pub(in crate::expression) struct Code {
    ops: Vec<Op>,
    args: Vec<OpId>,
    texts: Vec<Arc<str>>,
    patterns: Vec<Regex>,
    /// What the operations read.
    pub(in crate::expression) reads: BTreeSet<Read>,
}

impl Code {
    /// Adds an operation. There are no more than the tree has nodes and arguments, which fit.
    pub(in crate::expression) fn emit(&mut self, op: Op) -> OpId {
        self.ops.push(op);
        u16::try_from(self.ops.len() - 1).unwrap_or(u16::MAX)
    }

    /// The operations to put others in their place: how a test plants a bug.
    #[cfg(test)]
    pub(in crate::expression) fn ops_mut(&mut self) -> &mut Vec<Op> {
        &mut self.ops
    }

    pub(in crate::expression) fn arguments(&mut self, args: &[OpId]) -> Args {
        let first = u16::try_from(self.args.len()).unwrap_or(u16::MAX);
        self.args.extend_from_slice(args);
        Args { first, count: u16::try_from(args.len()).unwrap_or(u16::MAX) }
    }

    pub(in crate::expression) fn text(&mut self, text: &str) -> u16 {
        let known = self.texts.iter().position(|known| &**known == text);
        let index = known.unwrap_or_else(|| {
            self.texts.push(text.into());
            self.texts.len() - 1
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    pub(in crate::expression) fn pattern(&mut self, pattern: Regex) -> u16 {
        self.patterns.push(pattern);
        u16::try_from(self.patterns.len() - 1).unwrap_or(u16::MAX)
    }

    pub(in crate::expression) fn op(&self, id: OpId) -> &Op {
        self.ops.get(usize::from(id)).unwrap_or(&Op::Nothing)
    }

    /// The numbers, texts, dates and times that are written in the expression.
    pub(in crate::expression) fn literals(&self) -> impl Iterator<Item = Value> + '_ {
        self.ops.iter().filter_map(|op| match op {
            Op::Number(number) => Some(Value::Number(*number)),
            Op::Text(index) => self.text_at(*index).map(|text| Value::Text(Arc::clone(text))),
            Op::Date(date) => Some(Value::Date(*date)),
            Op::Time(time) => Some(Value::Time(*time)),
            _ => None,
        })
    }

    /// The columns that are read in all rows of a repeat, one level deep.
    pub(in crate::expression) fn columns(&self) -> impl Iterator<Item = FieldId> + '_ {
        self.ops.iter().filter_map(|op| match *op {
            Op::Column(rows, field) => matches!(self.op(rows), Op::Rows(..)).then_some(field),
            _ => None,
        })
    }

    pub(in crate::expression) fn args(&self, args: Args) -> &[OpId] {
        let first = usize::from(args.first);
        self.args.get(first..first + usize::from(args.count)).unwrap_or(&[])
    }

    pub(in crate::expression) fn text_at(&self, index: u16) -> Option<&Arc<str>> {
        self.texts.get(usize::from(index))
    }

    pub(in crate::expression) fn pattern_at(&self, index: u16) -> Option<&Regex> {
        self.patterns.get(usize::from(index))
    }
}
