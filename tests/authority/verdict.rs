//! The two judges, and what is compared: not only yes or no, but which questions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use intake::authority::Authority;
use intake::diagnostic::codes;
use intake::plan::{AnswerKind, ChoiceSource, DateShape, LanguageId, Plan};
use intake::session::{Record, Session, World, check_record};
use intake::value::{DateTime, PartialDate};
use intake::{plan, questionnaire};
use serde_json::Value;

/// A bug that is planted in the engine's judgement, to see that the comparison would find it.
#[derive(Clone, Copy, Debug)]
pub enum Bug {
    /// `minimum` and `maximum` are taken for each other.
    SwappedBounds,
    /// Length is counted in bytes.
    LengthInBytes,
    /// `exclusiveMinimum` and `exclusiveMaximum` let their own value pass.
    InclusiveBounds,
    /// A list may have one item more.
    OneItemMore,
    /// `multipleOf` is not looked at.
    NoMultiples,
    /// A choice may stand in an answer twice.
    DoubleChoices,
    /// `pattern` is not looked at.
    NoPatterns,
    /// A text has to be one character longer.
    LongerTexts,
    /// A list may be too short.
    NoLeastItems,
    /// A whole number may have a fraction.
    Fractions,
    /// A full date may lack its day.
    PartialDates,
    /// The last of the choices at a question is not known.
    LostChoice,
}

impl Bug {
    pub const ALL: [Self; 12] = [
        Self::SwappedBounds,
        Self::LengthInBytes,
        Self::InclusiveBounds,
        Self::OneItemMore,
        Self::NoMultiples,
        Self::DoubleChoices,
        Self::NoPatterns,
        Self::LongerTexts,
        Self::NoLeastItems,
        Self::Fractions,
        Self::PartialDates,
        Self::LostChoice,
    ];
}

pub struct Judges {
    /// The engine's plan: with a bug in it, if one is planted.
    plan: Arc<Plan>,
    authority: Authority,
    bug: Option<Bug>,
}

impl Judges {
    pub fn new(form: &str, bug: Option<Bug>) -> Self {
        let mut plan = compiled(form);
        let authority = Authority::new(&plan).unwrap();
        for question in &mut plan.questions {
            let limits = &mut question.constraints;
            match bug {
                Some(Bug::SwappedBounds) => std::mem::swap(&mut limits.minimum, &mut limits.maximum),
                Some(Bug::InclusiveBounds) => {
                    limits.minimum = limits.minimum.or(limits.exclusive_minimum.take());
                    limits.maximum = limits.maximum.or(limits.exclusive_maximum.take());
                }
                Some(Bug::OneItemMore) => limits.max_items = limits.max_items.map(|most| most + 1),
                Some(Bug::NoMultiples) => limits.multiple_of = None,
                Some(Bug::NoPatterns) => limits.pattern = None,
                Some(Bug::LongerTexts) => limits.min_length = limits.min_length.map(|least| least + 1),
                Some(Bug::NoLeastItems) => limits.min_items = None,
                Some(Bug::Fractions | Bug::PartialDates | Bug::LostChoice) => {
                    misread(&mut question.kind, bug);
                }
                Some(Bug::LengthInBytes | Bug::DoubleChoices) | None => {}
            }
        }
        Self { plan: Arc::new(plan), authority, bug }
    }

    /// Whether the authority allows the answers.
    pub fn allows(&self, answers: &Value) -> bool {
        self.authority.allows(answers)
    }

    /// The keywords that the answers do not satisfy.
    pub fn keywords(&self, answers: &Value) -> BTreeSet<String> {
        self.authority.violations(answers).into_iter().map(|violation| violation.keyword).collect()
    }

    /// Whether engine and authority find fault with the same questions; if not, how they differ.
    pub fn agree(&self, answers: &Value) -> Result<(), String> {
        let theirs: BTreeSet<String> = self
            .authority
            .violations(answers)
            .into_iter()
            .map(|violation| self.owner(&violation.pointer, violation.keyword == "additionalProperties"))
            .collect();
        let record = self.record(answers);
        let findings = check_record(&self.plan, &record);
        let ours: BTreeSet<String> = findings
            .iter()
            .map(|finding| {
                let pointer = finding.pointer.strip_prefix("/answers").unwrap_or_default();
                if finding.code == codes::RECORD_UNKNOWN_KEY {
                    // The authority names the object that has the key.
                    return self.owner(pointer.rsplit_once('/').map_or("", |(object, _)| object), true);
                }
                self.owner(pointer, false)
            })
            .collect();
        if ours != theirs {
            return Err(format!("record check: {ours:?}, authority: {theirs:?}"));
        }
        self.session_agrees(&record, &ours)
    }

    /// What a live session says of each answer that it holds is what the record check says.
    fn session_agrees(&self, record: &Record, ours: &BTreeSet<String>) -> Result<(), String> {
        let world =
            World { today: record.assessed_on, now: DateTime::EPOCH, language: LanguageId::default() };
        let answers = Value::Object(record.answers.clone());
        let (session, _) = Session::restore(Arc::clone(&self.plan), world, record);
        for node in session.nodes() {
            let pointer = session.pointer(node);
            // A session holds no value of a wrong type, and no row that is no object.
            let held = if self.plan.question(node.question()).repeat().is_some() {
                let rows = answers.pointer(&pointer).and_then(Value::as_array).map_or(0, Vec::len);
                rows > 0 && rows == session.rows(node).len()
            } else {
                session.value(node).is_some()
            };
            let faulty = !session.issues(node).is_empty();
            if held && faulty != ours.contains(&pointer) {
                return Err(format!("session at {pointer}: {faulty}, record check: {ours:?}"));
            }
        }
        Ok(())
    }

    /// The record as the engine gets it: with the values that a bug would see.
    fn record(&self, answers: &Value) -> Record {
        let mut answers = answers.clone();
        match self.bug {
            Some(Bug::LengthInBytes) => each(&mut answers, &|value| {
                if let Value::String(text) = value
                    && !text.is_ascii()
                {
                    *text = "a".repeat(text.len());
                }
            }),
            Some(Bug::DoubleChoices) => each(&mut answers, &|value| {
                if let Value::Array(items) = value {
                    let mut seen = BTreeSet::new();
                    items.retain(|item| !item.is_string() || seen.insert(item.to_string()));
                }
            }),
            _ => {}
        }
        let mut record = Record::new(PartialDate::EPOCH);
        record.answers = answers.as_object().cloned().unwrap_or_default();
        record
    }

    /// The question at which a fault stands: an item of a multiple choice is its question's. An unknown key has a
    /// mark of its own at its object.
    fn owner(&self, pointer: &str, unknown_key: bool) -> String {
        let mut parent = None;
        let mut owner = String::new();
        let mut parts = pointer.split('/').skip(1);
        while let Some(name) = parts.next() {
            owner = format!("{owner}/{name}");
            let Some(question) = self.plan.question_named(parent, name) else { break };
            if self.plan.question(question).repeat().is_none() {
                break;
            }
            parent = Some(question);
            if let Some(index) = parts.next() {
                owner = format!("{owner}/{index}");
            }
        }
        if unknown_key { format!("{owner}/?") } else { owner }
    }
}

/// Takes a question for another kind of question.
fn misread(kind: &mut AnswerKind, bug: Option<Bug>) {
    match (bug, kind) {
        (Some(Bug::Fractions), AnswerKind::Number { integer }) => *integer = false,
        (Some(Bug::PartialDates), AnswerKind::Date(shape)) => *shape = DateShape::Partial,
        (
            Some(Bug::LostChoice),
            AnswerKind::Choice { choices: ChoiceSource::Own(choices), .. }
            | AnswerKind::Choices { choices: ChoiceSource::Own(choices), .. },
        ) => {
            choices.pop();
        }
        _ => {}
    }
}

fn each(value: &mut Value, change: &dyn Fn(&mut Value)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, change)),
        Value::Object(members) => members.values_mut().for_each(|member| each(member, change)),
        _ => {}
    }
    change(value);
}

fn compiled(form: &str) -> Plan {
    let files = BTreeMap::from([("questionnaire.json".to_owned(), form.to_owned())]);
    let (questionnaire, sources, mut found) = questionnaire::read(&files, "questionnaire.json");
    let (plan, more) = plan::compile(&questionnaire.unwrap());
    found.extend(more);
    let text: String = found.iter().map(|diagnostic| sources.render(diagnostic)).collect();
    plan.unwrap_or_else(|| panic!("{text}\n{form}"))
}
