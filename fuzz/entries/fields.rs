//! A form in memory: what names mean and what they hold, for expressions that stand in no questionnaire.

use std::sync::Arc;

use intake::expression::{Facts, FieldId, Kind, Reading, Resolved, RowId, Scope, Symbol, Trace, Type};
use intake::value::{Absence, DateTime, Decimal, Interval, PartialDate, TimeOfDay, Value};

/// Name, kind, several, the repeat it stands in.
type Field = (&'static str, Kind, bool, Option<FieldId>);

/// A form with a field of every kind, and rows within rows.
pub struct Fields {
    fields: Vec<Field>,
    rows: Vec<RowId>,
    inner: Vec<RowId>,
    values: Vec<Option<Value>>,
    today: PartialDate,
    now: DateTime,
}

const MEMBERS: FieldId = FieldId(11);
const JOBS: FieldId = FieldId(16);
/// Rows of the outer repeat; each has two of the inner one.
const ROWS: u32 = 4;

impl Default for Fields {
    fn default() -> Self {
        Self::new(ROWS)
    }
}

impl Fields {
    /// The form with so many rows.
    pub fn new(rows: u32) -> Self {
        let choices = |codes: &[&str]| Kind::Text(Some(codes.iter().map(|code| Arc::from(*code)).collect()));
        let number = |integer| Kind::Number { integer };
        let text = Kind::Text(None);
        let of = Some(MEMBERS);
        let fields: Vec<Field> = vec![
            ("age", number(true), false, None),
            ("weight", number(false), false, None),
            ("name", text.clone(), false, None),
            ("lives", choices(&["alone", "spouse", "children"]), false, None),
            ("needs", choices(&["food", "heat", "talk"]), true, None),
            ("alone", Kind::Boolean, false, None),
            ("born", Kind::Date, false, None),
            ("wakes", Kind::Time, false, None),
            ("score", number(false), false, None),
            ("score.level", number(true), false, None),
            ("unanswered", number(true), false, None),
            ("members", Kind::Rows(MEMBERS), true, None),
            ("years", number(true), false, of),
            ("sex", choices(&["f", "m"]), false, of),
            ("called", text.clone(), false, of),
            ("skills", choices(&["farm", "cook"]), true, of),
            ("jobs", Kind::Rows(JOBS), true, of),
            ("pay", number(false), false, Some(JOBS)),
            ("since", Kind::Date, false, Some(JOBS)),
        ];
        let date = |year| PartialDate::year(year).map(Value::Date);
        let values = vec![
            Some(Value::Number(Decimal::from(79))),
            Some(Value::Number(Decimal::new(525, 1))),
            Some(Value::text("王奶奶 'x'")),
            Some(Value::text("alone")),
            Some(Value::Codes(vec!["food".into(), "talk".into()])),
            Some(Value::Boolean(true)),
            date(1947),
            TimeOfDay::new(6, 30).map(Value::Time),
            None,
            Some(Value::Number(Decimal::TWO)),
            None,
            None,
            Some(Value::Number(Decimal::from(40))),
            Some(Value::text("f")),
            None,
            Some(Value::Codes(vec!["cook".into()])),
            None,
            Some(Value::Number(Decimal::new(12_345, 2))),
            date(2020),
        ];
        Self {
            fields,
            rows: (1..=rows).map(RowId).collect(),
            inner: (rows + 1..=rows * 3).map(RowId).collect(),
            values,
            today: PartialDate::EPOCH,
            now: "1970-01-01T00:00:00Z".parse().unwrap(),
        }
    }

    /// What the names mean in the form.
    pub fn scope(&self) -> impl Scope + '_ {
        Position { form: self, repeat: None }
    }

    fn find(&self, name: &str, repeat: Option<FieldId>) -> Option<(FieldId, &Field)> {
        let index = self.fields.iter().position(|field| field.0 == name && field.3 == repeat)?;
        Some((FieldId(u32::try_from(index).ok()?), self.fields.get(index)?))
    }
}

struct Position<'f> {
    form: &'f Fields,
    repeat: Option<FieldId>,
}

impl Scope for Position<'_> {
    fn name(&self, name: &str) -> Resolved {
        let mut here = self.repeat;
        let mut up = 0;
        loop {
            if let Some((field, (_, kind, many, _))) = self.form.find(name, here) {
                return Resolved::Field(Symbol { field, ty: Type { kind: kind.clone(), many: *many }, up });
            }
            here = match here {
                None => return Resolved::Unknown { suggestion: None },
                Some(JOBS) => Some(MEMBERS),
                Some(_) => None,
            };
            up += 1;
        }
    }

    fn form_name(&self, name: &str) -> Resolved {
        let up = match self.repeat {
            None => 0,
            Some(JOBS) => 2,
            Some(_) => 1,
        };
        match (Self { form: self.form, repeat: None }).name(name) {
            Resolved::Field(symbol) => Resolved::Field(Symbol { up, ..symbol }),
            unknown => unknown,
        }
    }

    fn choice_column(&self, name: &str) -> Option<Type> {
        (name == "township").then_some(Type { kind: Kind::Text(None), many: false })
    }

    fn member(&self, owner: FieldId, member: &str) -> Resolved {
        let owner = self.form.fields.get(owner.0 as usize).map_or("", |field| field.0);
        (Self { form: self.form, repeat: None }).name(&[owner, ".", member].concat())
    }

    fn is_in_row(&self) -> bool {
        self.repeat.is_some()
    }

    fn rows(&self, repeat: FieldId) -> Box<dyn Scope + '_> {
        Box::new(Self { form: self.form, repeat: Some(repeat) })
    }
}

impl Facts for Fields {
    fn read(&self, field: FieldId, _: RowId) -> Reading<'_> {
        match self.values.get(field.0 as usize) {
            Some(Some(value)) => Reading::Known(value),
            _ if field == FieldId(8) => Reading::Within(Interval::new(Decimal::from(55), Decimal::from(60))),
            _ => Reading::Missing,
        }
    }

    fn absence(&self, field: FieldId, _: RowId) -> Option<Absence> {
        (field == FieldId(10)).then_some(Absence::Declined)
    }

    fn rows(&self, repeat: FieldId, row: RowId) -> &[RowId] {
        if repeat == MEMBERS {
            return &self.rows;
        }
        let first = 2 * (row.0 as usize).saturating_sub(1);
        self.inner.get(first..first + 2).unwrap_or(&[])
    }

    fn parent(&self, row: RowId) -> RowId {
        match self.inner.iter().position(|inner| *inner == row) {
            Some(index) => self.rows.get(index / 2).copied().unwrap_or(RowId::FORM),
            None => RowId::FORM,
        }
    }

    fn previous(&self, row: RowId) -> Option<RowId> {
        (row.0 > 1 && row.0 as usize <= self.rows.len()).then(|| RowId(row.0 - 1))
    }

    fn choice_label(&self, _: FieldId, code: &str) -> Option<Arc<str>> {
        Some(code.to_uppercase().into())
    }

    fn choice_column(&self, _: &str) -> Option<Arc<str>> {
        Some("A township".into())
    }

    fn today(&self) -> PartialDate {
        self.today
    }

    fn now(&self) -> DateTime {
        self.now
    }

    fn trace(&self, field: FieldId, row: RowId, trace: &mut Trace) {
        trace.cause(field, row);
    }
}
