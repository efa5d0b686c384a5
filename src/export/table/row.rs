//! From a profile to rows.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::cell::Cell;
use super::column::{Source, Table, carried};
use super::{Row, Tables};
use crate::export::Leaving;
use crate::export::loss::{Loss, escape};
use crate::plan::{Plan, QuestionId};
use crate::profile::wire::Age;
use crate::value::Word;

/// The rows of a profile for every table but the dictionary.
pub(super) fn rows(tables: &Tables, leaving: &Leaving) -> (Vec<Row>, Vec<Loss>) {
    let value = leaving.profile.to_value();
    let missing = leaving.profile.missing.iter().map(|missing| missing.field.as_str()).collect();
    let maker = Maker { leaving, value: &value, missing };
    let mut rows = Vec::new();
    for (index, table) in tables.tables.iter().enumerate() {
        match (table.repeat, table.name.as_str()) {
            (Some(repeat), _) => maker.repeat(index, table, repeat, &mut rows),
            (None, "main") => {
                let answers =
                    Answers { answers: &leaving.profile.answers, at: String::new(), row: 0, outer: 0 };
                rows.push(Row { table: index, cells: maker.cells(table, Some(&answers), None) });
            }
            (None, "needs" | "alerts") => {
                for entry in value.get(&table.name).and_then(Value::as_array).into_iter().flatten() {
                    rows.push(Row { table: index, cells: maker.cells(table, None, Some(entry)) });
                }
            }
            (None, "consents") => maker.pairs(index, table, "consent", ["purpose", "said"], &mut rows),
            (None, "informants") => {
                maker.pairs(index, table, "informants", ["field", "informant"], &mut rows)
            }
            (None, _) => {}
        }
    }
    (rows, losses(&value))
}

/// Answers of the form or of a row.
struct Answers<'a> {
    answers: &'a Map<String, Value>,
    at: String,
    row: usize,
    outer: usize,
}

struct Maker<'a> {
    leaving: &'a Leaving,
    value: &'a Value,
    missing: BTreeSet<&'a str>,
}

impl Maker<'_> {
    fn plan(&self) -> &Plan {
        &self.leaving.plan
    }

    fn cells(&self, table: &Table, answers: Option<&Answers<'_>>, entry: Option<&Value>) -> Vec<Cell> {
        table.columns.iter().map(|column| self.cell(&column.source, answers, entry)).collect()
    }

    fn cell(&self, source: &Source, answers: Option<&Answers<'_>>, entry: Option<&Value>) -> Cell {
        let profile = &self.leaving.profile;
        let answer = |id: &QuestionId| answers?.answers.get(&*self.plan().question(*id).name);
        match source {
            Source::Part(pointer, _) => match (pointer, &profile.subject.age_years) {
                (&"/subject/age_years/0", Some(Age::Years(years) | Age::Between([years, _])))
                | (&"/subject/age_years/1", Some(Age::Years(years) | Age::Between([_, years]))) => {
                    Cell::number(years)
                }
                _ => Cell::json(self.value.pointer(pointer)),
            },
            Source::Withheld => Cell::number(self.leaving.withheld),
            Source::Row => answers.map_or(Cell::Empty, |answers| Cell::number(answers.row)),
            Source::OuterRow => answers.map_or(Cell::Empty, |answers| Cell::number(answers.outer)),
            Source::Answer(id) => Cell::json(answer(id)),
            Source::Label(id) => answer(id).map_or(Cell::Empty, |value| self.label(*id, value)),
            Source::State(id) => answers.map_or(Cell::Empty, |answers| self.state(*id, answers)),
            Source::Chosen(id, code) => match answer(id) {
                Some(Value::Array(codes)) => {
                    Cell::Boolean(codes.iter().any(|chosen| chosen.as_str() == Some(code)))
                }
                _ => Cell::Empty,
            },
            Source::Score(id, member) => {
                let Some(score) = profile.scores.get(&*self.plan().score(*id).id) else { return Cell::Empty };
                match *member {
                    "value" => score.value.as_ref().map_or(Cell::Empty, Cell::number),
                    "status" => Cell::text(score.status.0.to_string()),
                    "band" => Cell::maybe(score.band.as_ref().map(|band| band.id.as_str())),
                    "from" => Cell::number(&score.interval[0]),
                    "to" => Cell::number(&score.interval[1]),
                    "answered" => Cell::number(score.answered),
                    _ => Cell::number(score.of),
                }
            }
            Source::Level(domain) => {
                let level = profile.domain_levels.get(&Word(*domain)).copied().flatten();
                level.map_or(Cell::Empty, Cell::number)
            }
            Source::LevelStatus(domain) => {
                Cell::maybe(profile.domain_status.get(&Word(*domain)).map(|status| status.0.to_string()))
            }
            Source::Flag(name) => {
                let flag = profile.subject.legal_flags.get(&**name).copied().flatten();
                flag.map_or(Cell::Empty, Cell::Boolean)
            }
            Source::Member(name, _) => Cell::json(entry.and_then(|entry| entry.get(*name))),
            Source::Dictionary(_) => Cell::Empty,
        }
    }

    /// What a person reads for a choice, or for several.
    fn label(&self, id: QuestionId, value: &Value) -> Cell {
        let plan = self.plan();
        let language = plan.language(&self.leaving.profile.questionnaire.language).unwrap_or_default();
        let one = |value: &Value| {
            let code = Cell::json(Some(value)).to_text();
            plan.choice_of_code(id, &code).map_or(code, |choice| choice.label.text(language).to_string())
        };
        match value {
            Value::Array(values) => Cell::text(values.iter().map(one).collect::<Vec<_>>().join("; ")),
            value => Cell::text(one(value)),
        }
    }

    fn state(&self, id: QuestionId, answers: &Answers<'_>) -> Cell {
        let name = &self.plan().question(id).name;
        let pointer = format!("{}/{name}", answers.at);
        if answers.answers.contains_key(&**name) {
            Cell::text("answered")
        } else if let Some(absence) = self.leaving.profile.absent.get(&pointer) {
            Cell::text(absence.0.code())
        } else if self.missing.contains(pointer.as_str()) {
            Cell::text("missing")
        } else {
            // Not asked, or not told: that it may not be told is not told either.
            Cell::Empty
        }
    }

    fn repeat(&self, index: usize, table: &Table, repeat: QuestionId, rows: &mut Vec<Row>) {
        for answers in self.rows_of(repeat) {
            rows.push(Row { table: index, cells: self.cells(table, Some(&answers), None) });
        }
    }

    /// The rows of a repeat, in whichever rows it stands itself.
    fn rows_of(&self, repeat: QuestionId) -> Vec<Answers<'_>> {
        let question = self.plan().question(repeat);
        let outer = match question.parent {
            Some(outer) => self.rows_of(outer),
            None => {
                vec![Answers { answers: &self.leaving.profile.answers, at: String::new(), row: 0, outer: 0 }]
            }
        };
        let mut found = Vec::new();
        for holder in outer {
            let at = format!("{}/{}", holder.at, question.name);
            let rows = holder.answers.get(&*question.name).and_then(Value::as_array);
            for (index, row) in rows.into_iter().flatten().enumerate() {
                if let Value::Object(answers) = row {
                    found.push(Answers {
                        answers,
                        at: format!("{at}/{index}"),
                        row: index + 1,
                        outer: holder.row,
                    });
                }
            }
        }
        found
    }

    fn pairs(&self, index: usize, table: &Table, part: &str, names: [&str; 2], rows: &mut Vec<Row>) {
        for (name, said) in self.value.get(part).and_then(Value::as_object).into_iter().flatten() {
            let entry: Map<String, Value> =
                [(names[0].to_owned(), name.as_str().into()), (names[1].to_owned(), said.clone())]
                    .into_iter()
                    .collect();
            rows.push(Row { table: index, cells: self.cells(table, None, Some(&Value::Object(entry))) });
        }
    }
}

/// What has no column: everything that is neither in the main table nor in one of the lists.
fn losses(profile: &Value) -> Vec<Loss> {
    const WHOLE: [&str; 7] =
        ["answers", "absent", "informants", "missing", "consent", "domain_levels", "domain_status"];
    const NO_LOSS: [&str; 4] = ["profile_version", "identity_detached", "answers_hash", "data_quality"];
    let parts: BTreeSet<&str> = carried().collect();
    let mut losses = Vec::new();
    for (name, value) in profile.as_object().into_iter().flatten() {
        let at = format!("/{name}");
        if WHOLE.contains(&name.as_str()) || NO_LOSS.contains(&name.as_str()) || parts.contains(at.as_str()) {
            continue;
        }
        match (name.as_str(), value) {
            (_, Value::Null) => {}
            ("scores", _) => each_member(value, &at, |_, score, at| {
                for part in ["adjustments", "provisional_on"] {
                    if score.get(part).and_then(Value::as_array).is_some_and(|list| !list.is_empty()) {
                        losses.push(Loss::format(format!("{at}/{part}")));
                    }
                }
            }),
            ("needs" | "alerts", Value::Array(entries)) => {
                for (index, entry) in entries.iter().enumerate() {
                    for part in ["evidence", "would_change", "notified", "acknowledged", "earlier"] {
                        if entry.get(part).is_some_and(|part| !part.is_null()) {
                            losses.push(Loss::format(format!("{at}/{index}/{part}")));
                        }
                    }
                }
            }
            (_, Value::Array(entries)) => {
                losses.extend((0..entries.len()).map(|index| Loss::format(format!("{at}/{index}"))));
            }
            (_, Value::Object(_)) => each_member(value, &at, |name, member, at| {
                let said =
                    !matches!(member, Value::Null) && member.as_array().is_none_or(|list| !list.is_empty());
                let own = [
                    "sex",
                    "birth_date",
                    "birth_precision",
                    "ethnic_group",
                    "age_years",
                    "age_rule",
                    "language",
                    "legal_flags",
                    "rules_hash",
                    "engine",
                ];
                if said && !parts.contains(at.as_str()) && !own.contains(&name) {
                    losses.push(Loss::format(at));
                }
            }),
            _ => losses.push(Loss::format(at)),
        }
    }
    losses
}

fn each_member(value: &Value, at: &str, mut found: impl FnMut(&str, &Value, String)) {
    for (name, member) in value.as_object().into_iter().flatten() {
        found(name, member, format!("{at}/{}", escape(name)));
    }
}
