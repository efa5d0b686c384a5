//! Why a condition comes to what it comes to, with an example, in words for its author.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::form::Form;
use super::reach::{At, Expr, Held, Range, Texts, Values};
use super::site::Site;
use crate::expression::{Facts, FieldId, Read, Reading, RowId, Trace};
use crate::plan::{Field, Plan};
use crate::value::{Absence, DateTime, PartialDate, Truth, Value};

/// As many fields as are named.
const NAMED: usize = 3;

/// What the fields of a part can hold, and a set of answers for which the whole is decided: "`pain` is from 0 to 10;
/// with pain = 10 it is false".
pub(super) fn why(form: &Form<'_>, site: &Site<'_>, at: At) -> Option<String> {
    let mut fields: Vec<FieldId> = Vec::new();
    for part in site.condition.below(at) {
        if let Expr::Field(field) = site.condition.expr(part)
            && !fields.contains(field)
        {
            fields.push(*field);
        }
    }
    let mut sentence = String::new();
    for field in fields.iter().take(NAMED) {
        if let Some(known) = known(form, *field) {
            sentence += if sentence.is_empty() { "" } else { ", " };
            sentence += &known;
        }
    }
    if let Some(example) = example(form, site) {
        sentence += if sentence.is_empty() { "" } else { "; " };
        sentence += &example;
    }
    (!sentence.is_empty()).then_some(sentence)
}

/// What a field can hold, in words.
fn known(form: &Form<'_>, field: FieldId) -> Option<String> {
    let name = name(form.plan, field);
    let Held { values, .. } = form.reach.seed(field);
    Some(match values {
        Values::None => format!("`{name}` never has a value"),
        Values::Ordered(range) if !is_date(form.plan, field) => match (range.lo, range.hi) {
            (Some(lo), Some(hi)) => {
                format!("`{name}` is from {} to {}", lo.at.normalize(), hi.at.normalize())
            }
            (Some(lo), None) => format!("`{name}` is at least {}", lo.at.normalize()),
            (None, Some(hi)) => format!("`{name}` is at most {}", hi.at.normalize()),
            (None, None) => return None,
        },
        Values::Texts(Texts::Of(codes)) if codes.len() <= 6 => {
            let codes: Vec<String> = codes.iter().map(|code| format!("'{code}'")).collect();
            format!("`{name}` is one of {}", codes.join(", "))
        }
        _ => return None,
    })
}

fn is_date(plan: &Plan, field: FieldId) -> bool {
    use crate::plan::AnswerKind::{Date, Time};
    match plan.field(field) {
        Field::Question(question) => matches!(plan.question(question).kind, Date(_) | Time),
        _ => false,
    }
}

/// The name of a field in an expression.
pub(super) fn name(plan: &Plan, field: FieldId) -> String {
    match plan.field(field) {
        Field::Question(question) => plan.question(question).name.to_string(),
        Field::Score(score) => plan.score(score).id.to_string(),
        Field::ScoreLevel(score) => format!("{}.level", plan.score(score).id),
        Field::ScoreBand(score) => format!("{}.band", plan.score(score).id),
        Field::Age => "age".to_owned(),
    }
}

/// Answers, at the ends of what they can be, for which a condition is true or false.
fn example(form: &Form<'_>, site: &Site<'_>) -> Option<String> {
    let mut fields = Vec::new();
    for read in site.program.reads() {
        match read {
            Read::Field { field, .. } => fields.push(*field),
            Read::Today => {}
            _ => return None,
        }
    }
    if fields.is_empty() || fields.len() > 4 || !site.is_condition() {
        return None;
    }
    let ways = site.ways(form);
    let way = ways.first()?;
    for high in [true, false] {
        let mut sample = Sample::default();
        for field in &fields {
            let held = form.reach.field(*field, way);
            sample.values.insert(*field, picked(&held.values, high)?);
        }
        let truth = site.program.test(&sample, RowId::FORM);
        let word = match truth {
            Truth::True => "true",
            Truth::False => "false",
            Truth::Unknown => continue,
        };
        let mut answers = String::new();
        for (field, value) in &sample.values {
            answers += if answers.is_empty() { "" } else { " and " };
            // Writing to a string cannot fail.
            let _ = write!(answers, "{} = {}", name(form.plan, *field), written(value));
        }
        return Some(format!("with {answers} it is {word}"));
    }
    None
}

fn picked(values: &Values, high: bool) -> Option<Value> {
    Some(match values {
        Values::Truth { yes, no } => Value::Boolean(if high { *yes } else { !*no }),
        Values::Ordered(range) => Value::Number(end(range, high)?),
        Values::Texts(Texts::Of(codes)) => {
            Value::Text(Arc::clone(if high { codes.iter().next_back()? } else { codes.iter().next()? }))
        }
        _ => return None,
    })
}

fn end(range: &Range, high: bool) -> Option<crate::value::Decimal> {
    let (first, second) = if high { (range.hi, range.lo) } else { (range.lo, range.hi) };
    first.filter(|end| !end.open).or(second.filter(|end| !end.open)).map(|end| end.at)
}

fn written(value: &Value) -> String {
    match value {
        Value::Boolean(yes) => yes.to_string(),
        Value::Number(number) => number.normalize().to_string(),
        Value::Text(text) => format!("'{text}'"),
        _ => "…".to_owned(),
    }
}

/// Answers that were made up.
#[derive(Default)]
struct Sample {
    values: BTreeMap<FieldId, Value>,
}

impl Facts for Sample {
    fn read(&self, field: FieldId, _: RowId) -> Reading<'_> {
        self.values.get(&field).map_or(Reading::Missing, Reading::Known)
    }

    fn absence(&self, _: FieldId, _: RowId) -> Option<Absence> {
        None
    }

    fn rows(&self, _: FieldId, _: RowId) -> &[RowId] {
        &[]
    }

    fn parent(&self, _: RowId) -> RowId {
        RowId::FORM
    }

    fn previous(&self, _: RowId) -> Option<RowId> {
        None
    }

    fn choice_label(&self, _: FieldId, _: &str) -> Option<Arc<str>> {
        None
    }

    fn choice_column(&self, _: &str) -> Option<Arc<str>> {
        None
    }

    fn today(&self) -> PartialDate {
        self.now().date()
    }

    fn now(&self) -> DateTime {
        DateTime::EPOCH
    }

    fn trace(&self, _: FieldId, _: RowId, _: &mut Trace) {}
}
