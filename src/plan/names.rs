//! What names mean where an expression stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Field, QuestionId, ScoreId};
use crate::diagnostic::did_you_mean;
use crate::expression::{FieldId, Kind, Resolved, Scope, Symbol, Type};

/// Every name of a questionnaire with its field and its type.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Questions of the form, scores, and the age.
    pub(super) form: BTreeMap<Arc<str>, FieldId>,
    /// The columns of each repeat.
    pub(super) columns: BTreeMap<QuestionId, BTreeMap<Arc<str>, FieldId>>,
    /// By field: questions, then three for each score, then the age.
    pub(super) types: Vec<Type>,
    /// By question: the repeat of which it is a column.
    pub(super) parents: Vec<Option<QuestionId>>,
    pub(super) questions: u32,
    pub(super) scores: u32,
}

impl Names {
    /// What a field stands for.
    pub(crate) fn field(&self, field: FieldId) -> Field {
        let FieldId(number) = field;
        if number < self.questions {
            return Field::Question(QuestionId(number));
        }
        let score = ScoreId((number - self.questions) / 3);
        match (score.0 < self.scores, (number - self.questions) % 3) {
            (false, _) => Field::Age,
            (true, 0) => Field::Score(score),
            (true, 1) => Field::ScoreLevel(score),
            (true, _) => Field::ScoreBand(score),
        }
    }

    /// The score of which a field is the value, the level or the band.
    pub(super) fn score_of(&self, field: FieldId) -> Option<ScoreId> {
        match self.field(field) {
            Field::Score(score) | Field::ScoreLevel(score) | Field::ScoreBand(score) => Some(score),
            Field::Question(_) | Field::Age => None,
        }
    }

    /// The field of a score's value.
    pub(crate) fn score_field(&self, score: ScoreId) -> FieldId {
        FieldId(self.questions + 3 * score.0)
    }

    /// The field of the age.
    pub(crate) fn age_field(&self) -> FieldId {
        FieldId(self.questions + 3 * self.scores)
    }

    /// The repeat of which a field is a column.
    pub(crate) fn parent(&self, field: FieldId) -> Option<QuestionId> {
        match self.field(field) {
            Field::Question(question) => self.parents.get(question.index()).copied().flatten(),
            _ => None,
        }
    }

    /// The names as an expression in a row of `within` sees them.
    pub(crate) fn scope(&self, within: Option<QuestionId>, choice_columns: Vec<Arc<str>>) -> RowScope<'_> {
        let mut repeats = Vec::new();
        let mut next = within;
        while let Some(repeat) = next {
            repeats.push(repeat);
            next = self.parents.get(repeat.index()).copied().flatten();
        }
        RowScope { names: self, repeats, within: false, choice_columns }
    }

    fn symbol(&self, field: FieldId, up: usize) -> Resolved {
        match (self.types.get(field.0 as usize), u8::try_from(up)) {
            (Some(ty), Ok(up)) => Resolved::Field(Symbol { field, ty: ty.clone(), up }),
            _ => Resolved::Unknown { suggestion: None },
        }
    }
}

/// The names seen from a row.
pub(crate) struct RowScope<'a> {
    names: &'a Names,
    /// The repeats in whose rows the expression stands, or which it opens, the innermost first.
    repeats: Vec<QuestionId>,
    /// Whether it is a part of an expression that opens rows. What is no column there is looked for where the rest of
    /// the expression stands, which may be in other rows, and in the form last.
    within: bool,
    choice_columns: Vec<Arc<str>>,
}

impl RowScope<'_> {
    fn suggestion(&self, name: &str) -> Option<String> {
        if let Some(path) = self.column_elsewhere(name) {
            return Some(path);
        }
        let columns = self.repeats.iter().filter_map(|repeat| self.names.columns.get(repeat));
        let known = columns.chain([&self.names.form]).flat_map(BTreeMap::keys).map(|name| &**name);
        did_you_mean(name, known).map(str::to_owned)
    }
}

impl RowScope<'_> {
    /// How a column that stands in other rows is reached from here: `members.years` for `years`.
    fn column_elsewhere(&self, name: &str) -> Option<String> {
        let (repeat, _) = self.names.columns.iter().find(|(_, columns)| columns.contains_key(name))?;
        let mut path = name.to_owned();
        let mut next = Some(*repeat);
        while let Some(repeat) = next.filter(|repeat| !self.repeats.contains(repeat)) {
            let outer = self.names.parents.get(repeat.index()).copied().flatten();
            let beside = outer.map_or(Some(&self.names.form), |outer| self.names.columns.get(&outer))?;
            let field = FieldId(u32::try_from(repeat.index()).ok()?);
            let (owner, _) = beside.iter().find(|(_, other)| **other == field)?;
            path = [owner, ".", &path].concat();
            next = outer;
        }
        (path != name).then_some(path)
    }
}

impl Scope for RowScope<'_> {
    fn name(&self, name: &str) -> Resolved {
        for (up, repeat) in self.repeats.iter().enumerate() {
            if let Some(field) = self.names.columns.get(repeat).and_then(|columns| columns.get(name)) {
                return self.names.symbol(*field, up);
            }
        }
        match self.names.form.get(name).filter(|_| !self.within) {
            Some(field) => self.names.symbol(*field, self.repeats.len()),
            None => Resolved::Unknown { suggestion: self.suggestion(name) },
        }
    }

    fn form_name(&self, name: &str) -> Resolved {
        match self.names.form.get(name) {
            Some(field) => self.names.symbol(*field, self.repeats.len()),
            None => {
                let known = self.names.form.keys().map(|name| &**name);
                Resolved::Unknown { suggestion: did_you_mean(name, known).map(str::to_owned) }
            }
        }
    }

    fn choice_column(&self, name: &str) -> Option<Type> {
        self.choice_columns
            .iter()
            .any(|column| &**column == name)
            .then_some(Type { kind: Kind::Text(None), many: false })
    }

    fn member(&self, owner: FieldId, member: &str) -> Resolved {
        let part = match (self.names.field(owner), member) {
            (Field::Score(_), "level") => 1,
            (Field::Score(_), "band") => 2,
            (Field::Score(_), _) => {
                let suggestion = did_you_mean(member, ["level", "band"]).map(str::to_owned);
                return Resolved::Unknown { suggestion };
            }
            _ => return Resolved::Unknown { suggestion: None },
        };
        self.names.symbol(FieldId(owner.0 + part), self.repeats.len())
    }

    fn is_in_row(&self) -> bool {
        !self.repeats.is_empty()
    }

    fn rows(&self, repeat: FieldId) -> Box<dyn Scope + '_> {
        // The rows that are opened stand in those of their own repeat, wherever the expression stands.
        let within = match self.names.field(repeat) {
            Field::Question(question) => Some(question),
            _ => None,
        };
        Box::new(RowScope { within: true, ..self.names.scope(within, self.choice_columns.clone()) })
    }
}
