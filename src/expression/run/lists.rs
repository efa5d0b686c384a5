use super::{Item, Machine, Text};
use crate::expression::limits;
use crate::expression::program::{Op, OpId};
use crate::expression::{ColumnSum, FieldId, Reading, RowId};
use crate::value::Value;

/// What takes the items of a list, one by one; false when it wants no more.
pub(in crate::expression) type Sink<'s, 'a> = dyn FnMut(&mut Machine<'a>, Item<'a>) -> bool + 's;

impl<'a> Machine<'a> {
    /// Hands out the items of a list, or the single value if there is one; false once no more are wanted.
    ///
    /// Lists are streams, so that a sum over a column keeps nothing.
    pub(in crate::expression) fn each(&mut self, id: OpId, sink: &mut Sink<'_, 'a>) -> bool {
        let code = self.code;
        match *code.op(id) {
            Op::ReadMany(field, place) => {
                let row = self.row(place);
                self.each_value(field, row, sink)
            }
            Op::Rows(field, place) => {
                let row = self.row(place);
                self.each_row(field, row, sink)
            }
            Op::Column(rows, field) => self.each(rows, &mut |machine, item| match item {
                Item::Row(row) => machine.each_value(field, row, sink),
                _ => true,
            }),
            Op::NestedRows(rows, field) => self.each(rows, &mut |machine, item| match item {
                Item::Row(row) => machine.each_row(field, row, sink),
                _ => true,
            }),
            Op::Previous(field, place) => match self.facts.previous(self.row(place)) {
                Some(row) => self.each_value(field, row, sink),
                None => true,
            },
            Op::ChoiceLabel(codes, field) => {
                self.each(codes, &mut |machine, code| match machine.choice_label(field, &code) {
                    Some(label) => sink(machine, label),
                    None => true,
                })
            }
            Op::Union(left, right) => {
                let mut kept = Vec::new();
                self.each(left, &mut |machine, item| machine.keep(item, &mut kept))
                    && self.each(right, &mut |machine, item| machine.keep(item, &mut kept))
                    && self.hand_out(kept, sink)
            }
            Op::Stream(run, args) => self.spend(1) && run(self, code.args(args), sink),
            _ => match self.item(id) {
                Some(item) => sink(self, item),
                None => true,
            },
        }
    }

    /// Keeps an item unless the same one is kept already; false when too many are.
    pub(in crate::expression) fn keep(&mut self, item: Item<'a>, kept: &mut Vec<Item<'a>>) -> bool {
        if kept.len() >= limits::KEPT_ITEMS || !self.spend(u32::try_from(kept.len()).unwrap_or(u32::MAX)) {
            self.exhaust();
            return false;
        }
        if !kept.iter().any(|known| known.same(&item)) {
            kept.push(item);
        }
        true
    }

    pub(in crate::expression) fn hand_out(&mut self, kept: Vec<Item<'a>>, sink: &mut Sink<'_, 'a>) -> bool {
        kept.into_iter().all(|item| self.spend(1) && sink(self, item))
    }

    pub(super) fn collect(&mut self, id: OpId) -> Vec<Item<'a>> {
        let mut items = Vec::new();
        self.each(id, &mut |machine, item| {
            items.push(item);
            if items.len() > limits::KEPT_ITEMS {
                machine.exhaust();
            }
            !machine.exhausted()
        });
        items
    }

    pub(super) fn at(&mut self, list: OpId, index: OpId) -> Option<Item<'a>> {
        let wanted = self.item(index)?.whole()?;
        let mut index = 0;
        let mut found = None;
        self.each(list, &mut |_, item| {
            if index == wanted {
                found = Some(item);
            }
            index += 1;
            found.is_none()
        });
        found
    }

    /// The sum of a column of a repeat, where the facts keep it. It takes the fuel that adding up would take, so that
    /// a result does not hang on who keeps what.
    pub(in crate::expression) fn kept_sum(&mut self, list: OpId) -> Option<ColumnSum> {
        // Who explains needs to see every row.
        if self.explains() {
            return None;
        }
        let Op::Column(rows, column) = *self.code.op(list) else { return None };
        let Op::Rows(repeat, place) = *self.code.op(rows) else { return None };
        let row = self.row(place);
        let sum = self.facts.column_sum(repeat, row, column)?;
        let rows = self.facts.rows(repeat, row).len();
        self.spend(u32::try_from(rows.saturating_mul(2)).unwrap_or(u32::MAX)).then_some(sum)
    }

    /// How many rows a list of rows has, without looking at them, where that can be told.
    pub(in crate::expression) fn count_rows(&mut self, list: OpId) -> Option<u32> {
        let Op::Rows(repeat, place) = *self.code.op(list) else { return None };
        if self.accuses() {
            return None;
        }
        let row = self.row(place);
        let rows = u32::try_from(self.facts.rows(repeat, row).len()).unwrap_or(u32::MAX);
        self.spend(rows).then_some(rows)
    }

    fn each_row(&mut self, field: FieldId, row: RowId, sink: &mut Sink<'_, 'a>) -> bool {
        let facts = self.facts;
        if self.accuses() {
            self.blame(field, row);
        }
        facts.rows(field, row).iter().all(|&row| self.spend(1) && sink(self, Item::Row(row)))
    }

    fn each_value(&mut self, field: FieldId, row: RowId, sink: &mut Sink<'_, 'a>) -> bool {
        if !self.spend(1) {
            return false;
        }
        let facts = self.facts;
        let reading = facts.read(field, row);
        if let Reading::Known(Value::Codes(codes)) = reading
            && !codes.is_empty()
        {
            if self.accuses() {
                self.blame(field, row);
            }
            return codes.iter().all(|code| self.spend(1) && sink(self, Item::Text(Text::Kept(code))));
        }
        match self.item_of(reading, field, row) {
            Some(item) => sink(self, item),
            None => true,
        }
    }
}
