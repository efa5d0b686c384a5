use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::diagnostic::did_you_mean;
use crate::expression::{Facts, FieldId, Kind, Reading, Resolved, RowId, Scope, Symbol, Trace, Type};
use crate::value::{Absence, DateTime, Decimal, Interval, PartialDate, Value};

/// The fields of a form, as a suite declares them.
#[derive(Default)]
pub(in crate::expression) struct Form {
    fields: Vec<Field>,
    choice_columns: Vec<String>,
}

struct Field {
    name: String,
    ty: Type,
    repeat: Option<FieldId>,
}

impl Form {
    pub(in crate::expression) fn read(fields: &Json, choice_columns: &Json) -> Self {
        let mut form = Self::default();
        form.add(fields, None);
        for column in choice_columns.as_array().into_iter().flatten() {
            form.choice_columns.push(column.as_str().unwrap().to_owned());
        }
        form
    }

    fn add(&mut self, fields: &Json, repeat: Option<FieldId>) {
        for (name, declared) in fields.as_object().unwrap() {
            let id = FieldId(self.fields.len() as u32);
            let (kind, many) = kind(declared, id);
            self.fields.push(Field { name: name.clone(), ty: Type { kind, many }, repeat });
            if let Some(columns) = declared.get("rows") {
                self.add(columns, Some(id));
            }
        }
    }

    fn find(&self, name: &str, repeat: Option<FieldId>) -> Option<FieldId> {
        let index = self.fields.iter().position(|field| field.name == name && field.repeat == repeat)?;
        Some(FieldId(index as u32))
    }

    fn field(&self, id: FieldId) -> &Field {
        &self.fields[id.0 as usize]
    }

    pub(in crate::expression) fn scope(&self, repeat: Option<FieldId>) -> impl Scope + '_ {
        Position { form: self, repeat }
    }

    pub(in crate::expression) fn repeat(&self, name: &str) -> FieldId {
        FieldId(self.fields.iter().position(|field| field.name == name).unwrap() as u32)
    }

    pub(in crate::expression) fn name(&self, id: FieldId) -> &str {
        &self.field(id).name
    }
}

fn kind(declared: &Json, id: FieldId) -> (Kind, bool) {
    let choices = |codes: &Json| {
        let codes = codes.as_array().unwrap().iter().map(|code| Arc::from(code.as_str().unwrap()));
        Kind::Text(Some(codes.collect()))
    };
    match declared.as_str() {
        Some("boolean") => (Kind::Boolean, false),
        Some("integer") => (Kind::Number { integer: true }, false),
        Some("number") => (Kind::Number { integer: false }, false),
        Some("text") => (Kind::Text(None), false),
        Some("texts") => (Kind::Text(None), true),
        Some("date") => (Kind::Date, false),
        Some("time") => (Kind::Time, false),
        _ if declared.get("rows").is_some() => (Kind::Rows(id), true),
        _ => match (declared.get("choice"), declared.get("choices")) {
            (Some(codes), _) => (choices(codes), false),
            (_, Some(codes)) => (choices(codes), true),
            _ => panic!("no such type: {declared}"),
        },
    }
}

struct Position<'f> {
    form: &'f Form,
    repeat: Option<FieldId>,
}

impl Position<'_> {
    fn symbol(&self, field: FieldId, up: u8) -> Resolved {
        Resolved::Field(Symbol { field, ty: self.form.field(field).ty.clone(), up })
    }
}

impl Scope for Position<'_> {
    fn name(&self, name: &str) -> Resolved {
        let mut here = self.repeat;
        let mut up = 0;
        loop {
            if let Some(field) = self.form.find(name, here) {
                return self.symbol(field, up);
            }
            let Some(repeat) = here else { break };
            here = self.form.field(repeat).repeat;
            up += 1;
        }
        let seen = |field: &&Field| field.repeat.is_none() || field.repeat == self.repeat;
        let names = self.form.fields.iter().filter(seen).map(|field| field.name.as_str());
        Resolved::Unknown { suggestion: did_you_mean(name, names).map(str::to_owned) }
    }

    fn form_name(&self, name: &str) -> Resolved {
        let mut here = self.repeat;
        let mut up = 0;
        while let Some(repeat) = here {
            here = self.form.field(repeat).repeat;
            up += 1;
        }
        match self.form.find(name, None) {
            Some(field) => self.symbol(field, up),
            None => Resolved::Unknown { suggestion: None },
        }
    }

    fn choice_column(&self, name: &str) -> Option<Type> {
        let known = self.form.choice_columns.iter().any(|column| column == name);
        known.then_some(Type { kind: Kind::Text(None), many: false })
    }

    fn member(&self, owner: FieldId, member: &str) -> Resolved {
        let owner = self.form.field(owner);
        let name = format!("{}.{member}", owner.name);
        match self.form.find(&name, owner.repeat) {
            Some(field) => self.symbol(field, 0),
            None => Resolved::Unknown { suggestion: None },
        }
    }

    fn is_in_row(&self) -> bool {
        self.repeat.is_some()
    }

    fn rows(&self, repeat: FieldId) -> Box<dyn Scope + '_> {
        Box::new(Position { form: self.form, repeat: Some(repeat) })
    }
}

/// The answers to a form.
pub(in crate::expression) struct Answers {
    values: BTreeMap<(FieldId, RowId), Value>,
    within: BTreeMap<(FieldId, RowId), Interval>,
    absent: BTreeMap<(FieldId, RowId), Absence>,
    hidden: Vec<FieldId>,
    rows: BTreeMap<(FieldId, RowId), Vec<RowId>>,
    /// The parent of each row, the form among them, and what it is called in a suite.
    parents: Vec<(RowId, String)>,
    choice: BTreeMap<String, Arc<str>>,
    labels: BTreeMap<String, Arc<str>>,
    today: PartialDate,
}

impl Answers {
    pub(in crate::expression) fn read(form: &Form, case: &Json) -> Self {
        let mut answers = Self {
            values: BTreeMap::new(),
            within: BTreeMap::new(),
            absent: BTreeMap::new(),
            hidden: Vec::new(),
            rows: BTreeMap::new(),
            parents: vec![(RowId::FORM, String::new())],
            choice: BTreeMap::new(),
            labels: BTreeMap::new(),
            today: case["today"].as_str().unwrap_or("2026-11-23").parse().unwrap(),
        };
        answers.add(form, &case["answers"], None, RowId::FORM);
        for (name, code) in case["absent"].as_object().into_iter().flatten() {
            let field = form.find(name, None).unwrap();
            answers.absent.insert((field, RowId::FORM), code.as_str().unwrap().parse().unwrap());
        }
        for name in case["hidden"].as_array().into_iter().flatten() {
            answers.hidden.push(form.find(name.as_str().unwrap(), None).unwrap());
        }
        let texts = |json: &Json| -> BTreeMap<String, Arc<str>> {
            let object = json.as_object().into_iter().flatten();
            object.map(|(name, text)| (name.clone(), Arc::from(text.as_str().unwrap()))).collect()
        };
        answers.choice = texts(&case["choice"]);
        answers.labels = texts(&case["labels"]);
        answers
    }

    fn add(&mut self, form: &Form, json: &Json, repeat: Option<FieldId>, row: RowId) {
        for (name, answer) in json.as_object().into_iter().flatten() {
            let field = form.find(name, repeat).unwrap_or_else(|| panic!("no field {name}"));
            if let Some(bounds) = answer.get("within") {
                let [lo, hi] = [0, 1].map(|index| bounds[index].to_string().parse().unwrap());
                self.within.insert((field, row), Interval::new(lo, hi));
            } else if let Kind::Rows(_) = form.field(field).ty.kind {
                for (index, inside) in answer.as_array().unwrap().iter().enumerate() {
                    let id = RowId(self.parents.len() as u32);
                    let outer = self.parents[row.0 as usize].1.clone();
                    self.parents.push((row, format!("{outer}{name}/{index}/")));
                    self.rows.entry((field, row)).or_default().push(id);
                    self.add(form, inside, Some(field), id);
                }
            } else if !answer.is_null() {
                self.values.insert((field, row), value(&form.field(field).ty.kind, answer));
            }
        }
    }

    /// The row that a suite calls `members/0/`.
    pub(in crate::expression) fn row(&self, path: &str) -> RowId {
        RowId(self.parents.iter().position(|(_, known)| known == path).unwrap() as u32)
    }

    pub(in crate::expression) fn path(&self, form: &Form, (field, row): (FieldId, RowId)) -> String {
        format!("{}{}", self.parents[row.0 as usize].1, form.name(field))
    }
}

fn value(kind: &Kind, answer: &Json) -> Value {
    match (kind, answer) {
        (_, Json::Bool(boolean)) => Value::Boolean(*boolean),
        (_, Json::Number(number)) => Value::Number(Decimal::from_str_exact(&number.to_string()).unwrap()),
        (_, Json::Array(codes)) => {
            Value::Codes(codes.iter().map(|code| Arc::from(code.as_str().unwrap())).collect())
        }
        (Kind::Date, Json::String(text)) => Value::Date(text.parse().unwrap()),
        (Kind::Time, Json::String(text)) => Value::Time(text.parse().unwrap()),
        (_, Json::String(text)) => Value::text(text.as_str()),
        _ => panic!("no value: {answer}"),
    }
}

impl Facts for Answers {
    fn read(&self, field: FieldId, row: RowId) -> Reading<'_> {
        match (self.values.get(&(field, row)), self.within.get(&(field, row))) {
            _ if self.hidden.contains(&field) => Reading::Missing,
            (Some(value), _) => Reading::Known(value),
            (None, Some(interval)) => Reading::Within(*interval),
            (None, None) => Reading::Missing,
        }
    }

    fn absence(&self, field: FieldId, row: RowId) -> Option<Absence> {
        self.absent.get(&(field, row)).copied()
    }

    fn rows(&self, repeat: FieldId, row: RowId) -> &[RowId] {
        self.rows.get(&(repeat, row)).map_or(&[], Vec::as_slice)
    }

    fn parent(&self, row: RowId) -> RowId {
        self.parents[row.0 as usize].0
    }

    fn previous(&self, row: RowId) -> Option<RowId> {
        let siblings = self.rows.values().find(|rows| rows.contains(&row))?;
        let index = siblings.iter().position(|sibling| *sibling == row)?;
        siblings.get(index.checked_sub(1)?).copied()
    }

    fn choice_label(&self, _: FieldId, code: &str) -> Option<Arc<str>> {
        self.labels.get(code).cloned()
    }

    fn choice_column(&self, name: &str) -> Option<Arc<str>> {
        self.choice.get(name).cloned()
    }

    fn today(&self) -> PartialDate {
        self.today
    }

    fn now(&self) -> DateTime {
        format!("{}T10:30:00Z", self.today).parse().unwrap()
    }

    fn trace(&self, field: FieldId, row: RowId, trace: &mut Trace) {
        if !self.hidden.contains(&field) {
            trace.cause(field, row);
        }
    }
}
