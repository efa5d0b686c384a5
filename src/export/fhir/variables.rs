//! Conditions and calculations as FHIRPath over a QuestionnaireResponse, as Structured Data Capture has them.
//!
//! A name becomes a variable of the form: the path to its answer. Ages and scores are written out, so that a
//! comparison is decided by what is certain, as the engine decides it: by the days between which somebody was born, by
//! the interval that missing items leave open.

use std::collections::{BTreeMap, BTreeSet};

use crate::expression::{Compared, Program, Target, lower, parse};
use crate::plan::{
    AnswerKind, Choice, Item, ItemPoints, ListEntry, Method, MissingRule, Plan, QuestionId, Score, ScoreId,
    TextShape,
};
use crate::value::{Absence, Decimal, Value};

/// The extension in which an answer says why it is missing.
pub(super) const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// A named expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) expression: String,
}

/// What an expression reads, once it is a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Answer(QuestionId),
    Absent(QuestionId),
    Label(QuestionId),
    Born,
    Least(ScoreId),
    Most(ScoreId),
}

/// No more variables than this are begun before the first of them is finished: a chain of calculations that rest on
/// each other, against the order of the document, is left out from there on and told as lost.
const DEEPEST: u32 = 200;

/// Expressions of a questionnaire, and the variables that they need.
pub(super) struct Variables<'a> {
    plan: &'a Plan,
    /// Those of the form, each after those that it reads.
    pub(super) form: Vec<Variable>,
    /// Those of the rows of a repeat.
    pub(super) rows: BTreeMap<QuestionId, Vec<Variable>>,
    /// What was asked for before; nothing where it cannot be written.
    known: BTreeMap<Key, Option<String>>,
    taken: BTreeSet<String>,
    depth: u32,
}

impl<'a> Variables<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            form: Vec::new(),
            rows: BTreeMap::new(),
            known: BTreeMap::new(),
            taken: BTreeSet::new(),
            depth: 0,
        }
    }

    /// An expression of the form, or of the rows of a repeat; none if it cannot be written.
    pub(super) fn lower(&mut self, program: &Program, within: Option<QuestionId>) -> Option<String> {
        self.lower_for(program, within, None)
    }

    /// The same, of a filter that looks at a choice: what it reads of the choice is written out.
    pub(super) fn lower_for(
        &mut self,
        program: &Program,
        within: Option<QuestionId>,
        choice: Option<Offered<'a>>,
    ) -> Option<String> {
        let (tree, problems) = parse(program.canonical());
        let tree = tree.filter(|_| problems.is_empty())?;
        lower(&tree, &mut Names { variables: self, within, choice })
    }

    /// The variable of something, made where it is not known yet.
    fn variable(
        &mut self,
        key: Key,
        name: &str,
        make: impl FnOnce(&mut Self) -> Option<String>,
    ) -> Option<String> {
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        // What reads itself (only rows can) is not written.
        self.known.insert(key, None);
        self.depth += 1;
        let expression = if self.depth > DEEPEST { None } else { make(self) };
        self.depth -= 1;
        let expression = expression?;
        let name = self.unused(name);
        let repeat = match key {
            Key::Answer(id) | Key::Absent(id) | Key::Label(id) => self.plan.question(id).parent,
            Key::Born | Key::Least(_) | Key::Most(_) => None,
        };
        let variable = Variable { name: name.clone(), expression };
        match repeat {
            Some(repeat) => self.rows.entry(repeat).or_default().push(variable),
            None => self.form.push(variable),
        }
        let read = format!("%{name}");
        self.known.insert(key, Some(read.clone()));
        Some(read)
    }

    /// A name of letters and digits, which is all that FHIR takes, that nothing else has.
    fn unused(&mut self, name: &str) -> String {
        let mut camel = String::new();
        let mut upper = true;
        for letter in name.chars() {
            match letter.is_ascii_alphanumeric() {
                true if upper => camel.push(letter.to_ascii_uppercase()),
                true => camel.push(letter),
                false => {}
            }
            upper = !letter.is_ascii_alphanumeric();
        }
        // `resource`, `context` and others are FHIR's own.
        let camel: String = format!("v{camel}").chars().take(56).collect();
        let mut name = camel.clone();
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = format!("{camel}{number}");
        }
        name
    }

    fn answer(&mut self, id: QuestionId) -> Option<String> {
        let plan = self.plan;
        let question = plan.question(id);
        self.variable(Key::Answer(id), &plan.path(id), |variables| match &question.calculate {
            Some(program) => variables.lower(program, question.parent),
            None => Some(format!("{}{}", path(plan, id), accessor(&question.kind)?)),
        })
    }

    fn absent(&mut self, id: QuestionId) -> Option<String> {
        let plan = self.plan;
        self.variable(Key::Absent(id), &format!("{}_absent", plan.path(id)), |_| {
            let reason = format!("{}.extension.where(url = '{ABSENT}').value", path(plan, id));
            Some(Absence::ALL.iter().rev().fold("{}".to_owned(), |rest, absence| {
                format!("iif({reason} = '{}', '{}', {rest})", absence.fhir_code(), absence.code())
            }))
        })
    }

    fn label(&mut self, id: QuestionId) -> Option<String> {
        let plan = self.plan;
        let chosen = matches!(plan.question(id).kind, AnswerKind::Choice { .. } | AnswerKind::Choices { .. });
        let asked = chosen && plan.question(id).calculate.is_none();
        asked.then_some(())?;
        self.variable(Key::Label(id), &format!("{}_label", plan.path(id)), |_| {
            Some(format!("{}.answer.value.display", path(plan, id)))
        })
    }

    /// The birth date, as precise as it is known.
    fn born(&mut self) -> Option<String> {
        let (birth_date, precision) = (self.plan.subject.birth_date?, self.plan.subject.birth_precision);
        let date = self.answer(birth_date)?;
        let precision = match precision {
            Some(precision) => Some(self.answer(precision)?),
            None => None,
        };
        self.variable(Key::Born, "born", |_| {
            let Some(precision) = precision else { return Some(date) };
            let first = |letters: u8| format!("{date}.toString().substring(0, {letters}).toDate()");
            Some(format!(
                "iif({precision}.empty() or {precision} = 'day', {date}, iif({precision} = 'month', {}, {}))",
                first(7),
                first(4)
            ))
        })
    }

    /// Whether somebody is so many years old: who was born on 29 February is so on 1 March of most years.
    fn reached(&mut self, years: Decimal) -> Option<String> {
        let born = self.born()?;
        let birthday = format!("({born} + {years} years)");
        Some(format!(
            "iif({born} > today(), {{}}, iif({born}.toString().endsWith('-02-29') and \
             {birthday}.toString().endsWith('-02-28'), {birthday} + 1 day, {birthday}) <= today())"
        ))
    }

    fn age(&mut self, operator: &str, with: Decimal) -> Option<String> {
        if !with.is_integer() {
            return None;
        }
        let (this, next) = (self.reached(with)?, self.reached(with + Decimal::ONE)?);
        Some(match operator {
            ">=" => this,
            ">" => next,
            "<" => format!("({this}).not()"),
            "<=" => format!("({next}).not()"),
            "=" => format!("({this}) and ({next}).not()"),
            "!=" => format!("(({this}) and ({next}).not()).not()"),
            _ => return None,
        })
    }

    fn score(&mut self, id: ScoreId, operator: &str, with: Decimal) -> Option<String> {
        let (least, most) = (self.bound(id, true)?, self.bound(id, false)?);
        let (surely, surely_not) = match operator {
            ">=" => (format!("{least} >= {with}"), format!("{most} < {with}")),
            ">" => (format!("{least} > {with}"), format!("{most} <= {with}")),
            "<=" => (format!("{most} <= {with}"), format!("{least} > {with}")),
            "<" => (format!("{most} < {with}"), format!("{least} >= {with}")),
            "=" => (
                format!("{least} = {with} and {most} = {with}"),
                format!("{least} > {with} or {most} < {with}"),
            ),
            "!=" => (
                format!("{least} > {with} or {most} < {with}"),
                format!("{least} = {with} and {most} = {with}"),
            ),
            _ => return None,
        };
        Some(format!("iif({surely}, true, iif({surely_not}, false, {{}}))"))
    }

    /// The least, or the most, that a score can be.
    fn bound(&mut self, id: ScoreId, least: bool) -> Option<String> {
        let plan = self.plan;
        let score = plan.score(id);
        let key = if least { Key::Least(id) } else { Key::Most(id) };
        let name = format!("{}_{}", score.id, if least { "least" } else { "most" });
        self.variable(key, &name, |variables| variables.sum(score, least))
    }

    fn sum(&mut self, score: &Score, least: bool) -> Option<String> {
        let adds = matches!(score.method, Method::Sum | Method::Weighted);
        // A value that is prorated, or counts blanks as 0, is more than the bounds say.
        let bounded = matches!(score.missing, MissingRule::Interval | MissingRule::None);
        if !adds || !bounded || score.rounding.is_some() || score.items.is_empty() {
            return None;
        }
        let terms: Option<Vec<String>> = score.items.iter().map(|item| self.term(item, least)).collect();
        Some(terms?.join(" + "))
    }

    /// What an item adds, or the end of its range while it has no answer.
    fn term(&mut self, item: &Item, least: bool) -> Option<String> {
        // Reversed or with a negative weight, an item adds most where its points are fewest.
        let low_end = least != (item.reverse != item.weight.is_sign_negative());
        let end = if low_end { item.range.lo } else { item.range.hi };
        let points = match &item.points {
            ItemPoints::Question(question) => {
                let points = self.points(*question)?;
                format!("iif({points}.exists(), {points}, {end})")
            }
            ItemPoints::Score(score) => self.bound(*score, low_end)?,
            ItemPoints::Condition(when, points) => {
                let when = self.lower(when, None)?;
                match low_end {
                    true => format!("iif({when}, {points}, 0)"),
                    false => format!("iif(({when}).not(), 0, {points})"),
                }
            }
        };
        let turned = match item.reverse {
            true => format!("({} - {points})", item.range.lo + item.range.hi),
            false => points,
        };
        Some(if item.weight == Decimal::ONE { turned } else { format!("({turned} * ({}))", item.weight) })
    }

    /// The points of an answer; nothing while there is none.
    fn points(&mut self, id: QuestionId) -> Option<String> {
        let answer = self.answer(id)?;
        let question = self.plan.question(id);
        match &question.kind {
            AnswerKind::Boolean => Some(format!("iif({answer}, 1, iif({answer}.not(), 0, {{}}))")),
            AnswerKind::Number { .. } => Some(answer),
            AnswerKind::Choice { .. } => {
                let own = |choice: &Choice| match (&choice.value, choice.score) {
                    (Value::Number(number), score) => score.is_none_or(|score| score == *number),
                    _ => false,
                };
                if self.plan.choices(id).all(own) {
                    return Some(answer);
                }
                let mut points = "{}".to_owned();
                for choice in self.plan.choices(id) {
                    let (code, own) = match &choice.value {
                        Value::Number(number) => (number.to_string(), Some(*number)),
                        _ => (format!("'{}'", choice.code), None),
                    };
                    if let Some(score) = choice.score.or(own) {
                        points = format!("iif({answer} = {code}, {score}, {points})");
                    }
                }
                Some(format!("({points})"))
            }
            _ => None,
        }
    }
}

/// The items of a question: from the resource for one of the form, from the row for a column.
fn path(plan: &Plan, id: QuestionId) -> String {
    let question = plan.question(id);
    match question.parent {
        Some(_) => format!("item.where(linkId = '{}')", plan.path(id)),
        None => format!(
            "%resource.item.where(linkId = '{}').item.where(linkId = '{}')",
            super::naming::section_link(plan, question.section),
            question.name
        ),
    }
}

/// From an item to what the engine reads for it.
fn accessor(kind: &AnswerKind) -> Option<&'static str> {
    match kind {
        AnswerKind::Boolean | AnswerKind::Number { .. } | AnswerKind::Date(_) => Some(".answer.value"),
        AnswerKind::Text(TextShape::Plain | TextShape::Location) => Some(".answer.value"),
        AnswerKind::Choice { numbers: true, .. } => Some(".answer.value.code.toInteger()"),
        AnswerKind::Choice { numbers: false, .. } | AnswerKind::Choices { .. } => Some(".answer.value.code"),
        // FHIR's times have seconds, which nobody said: a comparison would come out unknown.
        AnswerKind::Text(TextShape::Attachment)
        | AnswerKind::Time
        | AnswerKind::Repeat(_)
        | AnswerKind::Note => None,
    }
}

/// A choice that a filter looks at, with its entry where it is one of a list.
pub(super) type Offered<'a> = (&'a Choice, Option<&'a ListEntry>);

/// What names mean where an expression stands.
struct Names<'v, 'a> {
    variables: &'v mut Variables<'a>,
    within: Option<QuestionId>,
    choice: Option<Offered<'a>>,
}

impl Names<'_, '_> {
    /// The repeat of which rows were opened last.
    fn opened(&self, rows: &[String]) -> Option<QuestionId> {
        let plan = self.variables.plan;
        let mut repeat = self.within;
        for name in rows {
            repeat = plan.question_named(repeat, name).or_else(|| plan.question_named(None, name));
        }
        repeat
    }

    /// The question of a name where no rows are open.
    fn question(&self, name: &str, rows: &[String]) -> Option<QuestionId> {
        let plan = self.variables.plan;
        let column = self.within.and_then(|repeat| plan.question_named(Some(repeat), name));
        column.or_else(|| plan.question_named(None, name)).filter(|_| rows.is_empty())
    }

    fn form(&mut self, name: &str) -> Option<String> {
        let plan = self.variables.plan;
        plan.question_named(None, name).and_then(|id| self.variables.answer(id))
    }
}

impl Target for Names<'_, '_> {
    fn name(&mut self, name: &str, rows: &[String]) -> Option<String> {
        let plan = self.variables.plan;
        let repeat = self.opened(rows);
        if let Some(id) = repeat.and_then(|repeat| plan.question_named(Some(repeat), name)) {
            let question = plan.question(id);
            if rows.is_empty() {
                return self.variables.answer(id);
            }
            // In the midst of a list of rows, the path starts at the row.
            return question
                .calculate
                .is_none()
                .then_some(())
                .and_then(|()| Some(format!("{}{}", path(plan, id), accessor(&question.kind)?)));
        }
        self.form(name)
    }

    fn form_name(&mut self, name: &str) -> Option<String> {
        self.form(name)
    }

    fn rows(&mut self, name: &str, rows: &[String]) -> Option<String> {
        let plan = self.variables.plan;
        let inner = self.opened(rows).and_then(|repeat| plan.question_named(Some(repeat), name));
        let id = inner.or_else(|| plan.question_named(None, name))?;
        plan.question(id).repeat()?;
        // An item without a row says why there is none.
        Some(format!("{}.where(extension.empty())", path(plan, id)))
    }

    fn compared(&mut self, name: &str, operator: &str, with: Decimal) -> Compared {
        let plan = self.variables.plan;
        let column = self.within.and_then(|repeat| plan.question_named(Some(repeat), name));
        if column.is_some() || plan.question_named(None, name).is_some() {
            return Compared::Plainly;
        }
        let text = match plan.find_score(name) {
            Some(score) => self.variables.score(score, operator, with),
            None if name == "age" => self.variables.age(operator, with),
            None => None,
        };
        text.map_or(Compared::Not, Compared::As)
    }

    fn choice_column(&mut self, name: &str) -> Option<String> {
        let (choice, entry) = self.choice?;
        let column = entry.and_then(|entry| entry.columns.get(name));
        let column = column.or((name == "code").then_some(&choice.code));
        Some(
            column.map_or("{}".to_owned(), |text| {
                format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
            }),
        )
    }

    fn absent_reason(&mut self, name: &str, rows: &[String]) -> Option<String> {
        let id = self.question(name, rows)?;
        self.variables.absent(id)
    }

    fn choice_label(&mut self, name: &str, rows: &[String]) -> Option<String> {
        let id = self.question(name, rows)?;
        self.variables.label(id)
    }
}
