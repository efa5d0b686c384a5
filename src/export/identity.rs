//! What tells who a person is, taken out of a profile so that it can travel apart, and put back.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::loss::escape;
use crate::diagnostic::codes;
use crate::expression::{Program, Read};
use crate::plan::{AnswerKind, Field, LanguageId, Localised, Outcome, Piece, Plan, QuestionId, Sensitivity};
use crate::profile::{Profile, Withheld};
use crate::session::Finding;

/// The version of the identity part's format.
const IDENTITY_VERSION: u32 = 1;

/// What was taken out of a profile: wire format `identity-1`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Always 1.
    pub identity_version: u32,
    /// The profile to which it belongs.
    pub profile_id: Option<String>,
    /// JSON Pointer into the profile to what stands there.
    pub parts: BTreeMap<String, Value>,
}

impl Identity {
    /// Reads an identity part.
    ///
    /// # Errors
    /// That it is none. The reader's own words may quote an answer, and stay out of the message.
    pub fn read(mut value: Value) -> Result<Self, Finding> {
        if let Value::Object(members) = &mut value {
            // The signature was checked by whoever holds the document, or there is none.
            members.remove("signature");
        }
        let part: Option<Self> = serde_json::from_value(value).ok();
        part.filter(|part| part.identity_version == IDENTITY_VERSION)
            .ok_or_else(|| Finding::new(codes::VERIFY_SHAPE, "", "this is no identity part of version 1"))
    }

    /// Puts the identity back into the profile from which it was taken.
    ///
    /// # Errors
    /// That it belongs to another profile.
    pub fn attach(&self, profile: &mut Value) -> Result<(), Finding> {
        let id = profile.get("profile_id").and_then(Value::as_str);
        if id != self.profile_id.as_deref() {
            let message = "the identity part belongs to another profile";
            return Err(Finding::new(codes::VERIFY_SHAPE, "/profile_id", message));
        }
        if let Value::Object(members) = profile {
            members.remove("identity_detached");
        }
        // An object that held nothing else was left out.
        if self.parts.keys().any(|pointer| pointer.starts_with("/accounts/"))
            && let Value::Object(members) = profile
        {
            members.entry("accounts").or_insert_with(|| Value::Object(Map::new()));
        }
        for (pointer, part) in &self.parts {
            put(profile, pointer, part.clone());
        }
        Ok(())
    }
}

/// Puts a value where a pointer leads; the object in which it stands is there.
fn put(profile: &mut Value, pointer: &str, part: Value) {
    let Some((holder, name)) = pointer.rsplit_once('/') else { return };
    let name = name.replace("~1", "/").replace("~0", "~");
    match profile.pointer_mut(holder) {
        Some(Value::Object(members)) => {
            members.insert(name, part);
        }
        Some(Value::Array(items)) => {
            if let Some(item) = name.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
                *item = part;
            }
        }
        _ => {}
    }
}

/// Takes out of a profile what tells who the person is.
///
/// These are the answers to questions marked `identifying`, wherever they stand: among the answers, in the evidence,
/// in texts that show them, in texts and dates calculated from them. What else follows from them stays: an age, a
/// flag of the law. So does the word that somebody did not want to say. The fingerprint of the answers goes too: a birth
/// date can be guessed from it.
///
/// # Errors
/// None that a profile of this engine gives: it is told rather than to let anything pass.
pub(super) fn detach(plan: &Plan, profile: &Profile) -> Result<(Profile, Identity), Finding> {
    let mut value = profile.to_value();
    let mut taking = Taking { plan, identifying: identifying(plan), parts: BTreeMap::new() };
    taking.answers(&mut value);
    taking.accounts(&mut value);
    taking.subject(&mut value);
    taking.evidence(&mut value);
    taking.texts(&mut value, profile);
    if let Some(hash) = value.get_mut("answers_hash").map(Value::take)
        && !hash.is_null()
    {
        taking.parts.insert("/answers_hash".to_owned(), hash);
    }
    let identity = Identity {
        identity_version: IDENTITY_VERSION,
        profile_id: profile.profile_id.clone(),
        parts: taking.parts,
    };
    let mut detached: Profile = serde_json::from_value(value).map_err(|_| {
        Finding::new(codes::VERIFY_SHAPE, "", "what is left without the identity is no profile")
    })?;
    detached.identity_detached = Some(true);
    Ok((detached, identity))
}

/// How many questions tell who somebody is and are not withheld already.
pub(super) fn count(plan: &Plan, withheld: &Withheld) -> usize {
    let asked = |id: &&QuestionId| plan.question(**id).is_asked() && !withheld.question(**id);
    identifying(plan).iter().filter(asked).count()
}

/// The questions whose answers tell who somebody is, with the texts and dates that are calculated from them.
fn identifying(plan: &Plan) -> BTreeSet<QuestionId> {
    let mut found: BTreeSet<QuestionId> = BTreeSet::new();
    for id in plan.question_ids() {
        let question = plan.question(id);
        let inherited = question
            .parent
            .is_some_and(|repeat| plan.question(repeat).sensitivity == Sensitivity::Identifying);
        if question.sensitivity == Sensitivity::Identifying || inherited {
            found.insert(id);
        }
    }
    loop {
        let before = found.len();
        for id in plan.question_ids() {
            let question = plan.question(id);
            let tells = matches!(question.kind, AnswerKind::Text(_) | AnswerKind::Date(_) | AnswerKind::Time);
            if let Some(program) = question.calculate.as_ref().filter(|_| tells)
                && reads_any(plan, program, &found)
            {
                found.insert(id);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn reads_any(plan: &Plan, program: &Program, questions: &BTreeSet<QuestionId>) -> bool {
    program.reads().iter().any(|read| match *read {
        Read::Field { field, .. } | Read::Column { field, .. } | Read::Previous { field } => {
            matches!(plan.field(field), Field::Question(id) if questions.contains(&id))
        }
        Read::Absence { .. } | Read::Rows { .. } | Read::Today | Read::Now | Read::Language => false,
    })
}

struct Taking<'a> {
    plan: &'a Plan,
    identifying: BTreeSet<QuestionId>,
    parts: BTreeMap<String, Value>,
}

impl Taking<'_> {
    fn answers(&mut self, profile: &mut Value) {
        if let Some(Value::Object(answers)) = profile.get_mut("answers") {
            self.take_answers(None, answers, "/answers");
        }
    }

    fn take_answers(&mut self, parent: Option<QuestionId>, answers: &mut Map<String, Value>, at: &str) {
        let names: Vec<String> = answers.keys().cloned().collect();
        for name in names {
            let here = format!("{at}/{}", escape(&name));
            let Some(id) = self.plan.question_named(parent, &name) else { continue };
            if self.identifying.contains(&id) {
                if let Some(answer) = answers.remove(&name) {
                    self.parts.insert(here, answer);
                }
            } else if let Some(Value::Array(rows)) = answers.get_mut(&name)
                && self.plan.question(id).repeat().is_some()
            {
                for (index, row) in rows.iter_mut().enumerate() {
                    if let Value::Object(row) = row {
                        self.take_answers(Some(id), row, &format!("{here}/{index}"));
                    }
                }
            }
        }
    }

    /// What others said tells as much as what the person said.
    fn accounts(&mut self, profile: &mut Value) {
        let Some(Value::Object(accounts)) = profile.get_mut("accounts") else { return };
        let telling: Vec<String> =
            accounts.keys().filter(|pointer| self.is_identifying(pointer)).cloned().collect();
        for pointer in telling {
            if let Some(said) = accounts.remove(&pointer) {
                self.parts.insert(format!("/accounts/{}", escape(&pointer)), said);
            }
        }
    }

    fn subject(&mut self, profile: &mut Value) {
        let subject = &self.plan.subject;
        let tells = |question: Option<QuestionId>| question.is_some_and(|id| self.identifying.contains(&id));
        let mut names = Vec::new();
        if tells(subject.birth_date) {
            names.extend(["birth_date", "birth_precision"]);
        }
        if tells(subject.sex) {
            names.push("sex");
        }
        if tells(subject.ethnic_group) {
            names.push("ethnic_group");
        }
        let Some(Value::Object(members)) = profile.get_mut("subject") else { return };
        for name in names {
            if let Some(member) = members.get_mut(name).filter(|member| !member.is_null()) {
                self.parts.insert(format!("/subject/{name}"), member.take());
            }
        }
    }

    fn evidence(&mut self, profile: &mut Value) {
        let Some(Value::Array(needs)) = profile.get_mut("needs") else { return };
        for (index, need) in needs.iter_mut().enumerate() {
            let mut fields: Vec<String> = Vec::new();
            let evidence = need.get_mut("evidence").and_then(Value::as_array_mut);
            for (rule, evidence) in evidence.into_iter().flatten().enumerate() {
                let answers = evidence.get_mut("answers").and_then(Value::as_array_mut);
                for (at, answer) in answers.into_iter().flatten().enumerate() {
                    let Value::Object(members) = answer else { continue };
                    let field = members.get("field").and_then(Value::as_str).unwrap_or_default().to_owned();
                    if !self.is_identifying(&field) {
                        continue;
                    }
                    if let Some(value) = members.remove("value") {
                        self.parts
                            .insert(format!("/needs/{index}/evidence/{rule}/answers/{at}/value"), value);
                    }
                    fields.push(field);
                }
            }
            // What else could be answered is near to what was.
            let near = |need: &Value| {
                let sets = need.get("would_change").and_then(Value::as_array);
                let changes = sets.into_iter().flatten().filter_map(Value::as_array).flatten();
                changes
                    .filter_map(|change| change.get("field")?.as_str())
                    .any(|field| fields.iter().any(|own| own == field))
            };
            if near(need)
                && let Value::Object(members) = need
                && let Some(sets) = members.remove("would_change")
            {
                self.parts.insert(format!("/needs/{index}/would_change"), sets);
            }
        }
    }

    fn is_identifying(&self, pointer: &str) -> bool {
        let mut question = None;
        for name in pointer.split('/').skip(1).step_by(2) {
            question = self.plan.question_named(question, name);
            if question.is_none_or(|id| self.identifying.contains(&id)) {
                return question.is_some();
            }
        }
        false
    }

    /// Texts of rules, scores and alerts that show an identifying answer: the text without it stands in their place.
    fn texts(&mut self, profile: &mut Value, whole: &Profile) {
        let plan = self.plan;
        let language = plan.language(&whole.questionnaire.language).unwrap_or_default();
        let showing: Vec<(&Localised, String)> = texts(plan)
            .filter(|text| {
                text.fields().any(|field| match plan.field(field) {
                    Field::Question(id) => self.identifying.contains(&id),
                    _ => false,
                })
            })
            .map(|text| (text, text.text(language).to_string()))
            .collect();
        if showing.is_empty() {
            return;
        }
        let mut found = Vec::new();
        for part in ["needs", "alerts", "scores", "not_assessed", "recommendations", "reassessment"] {
            if let Some(value) = profile.get(part) {
                each_text(value, &format!("/{part}"), &mut |pointer, text| {
                    let shown = showing.iter().find(|(known, _)| fits(known, language, text));
                    found.extend(shown.map(|(_, blank)| (pointer, blank.clone())));
                });
            }
        }
        for (pointer, blank) in found {
            if let Some(text) = profile.pointer_mut(&pointer) {
                let shown = std::mem::replace(text, Value::String(blank));
                self.parts.insert(pointer, shown);
            }
        }
    }
}

/// Every text of a plan that a profile can hold.
fn texts(plan: &Plan) -> impl Iterator<Item = &Localised> {
    let rules = plan.rules.iter().flat_map(|rule| {
        let outcome = match &rule.outcome {
            Outcome::Need(need) => Some(&need.label),
            Outcome::Alert { label, .. } => Some(label),
            Outcome::NotAssessed { reason, .. } => Some(reason),
            Outcome::Review { reason, .. } => reason.as_ref(),
            Outcome::Recommend { label, .. } => label.as_ref(),
        };
        [Some(&rule.title), rule.why.as_ref(), outcome].into_iter().flatten()
    });
    let scores = plan.scores.iter().flat_map(|score| {
        std::iter::once(&score.title).chain(score.bands.iter().filter_map(|band| band.title.as_ref()))
    });
    // The alert of a safety question that nobody answered has the question's title.
    let safety = plan.questions.iter().filter(|question| question.safety).map(|question| &question.title);
    rules.chain(scores).chain(safety)
}

/// Whether a text is a template with its places filled.
fn fits(template: &Localised, language: LanguageId, text: &str) -> bool {
    let mut rest = text;
    let mut open = false;
    for piece in &template.template(language).pieces {
        match piece {
            Piece::Field { .. } => open = true,
            Piece::Text(fixed) => {
                let Some(at) = rest.find(&**fixed) else { return false };
                if at > 0 && !open {
                    return false;
                }
                rest = rest.get(at + fixed.len()..).unwrap_or_default();
                open = false;
            }
        }
    }
    open || rest.is_empty()
}

fn each_text(value: &Value, at: &str, found: &mut dyn FnMut(String, &str)) {
    match value {
        Value::String(text) => found(at.to_owned(), text),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                each_text(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                each_text(member, &format!("{at}/{}", escape(name)), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
