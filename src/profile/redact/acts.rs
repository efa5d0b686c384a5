//! What people did and wrote, as far as it can be told.
//!
//! Nobody can follow what somebody wrote back to the answers that made them write it. So of what people stated only
//! that stays which is about a need, an alert or a domain that is told in full; the rest is withheld.

use serde_json::Value;

use super::Withheld;
use crate::plan::{Domain, Outcome, Plan, Rule};
use crate::profile::domains::touches;
use crate::profile::safety;
use crate::session::{AlertAct, Record};

/// What the receiver is told of how the interview went. Who was in the room and what was asked alone are left out:
/// they tell of what was spoken about.
pub(super) const PROVENANCE: [&str; 10] = [
    "agency",
    "assessors",
    "ended_at",
    "interpreter",
    "mode",
    "offline",
    "org_path",
    "project",
    "started_at",
    "station",
];

pub(super) fn reduce(plan: &Plan, withheld: &Withheld, record: &mut Record, told: &dyn Fn(&str) -> bool) {
    let in_full = |domain: Domain| !withheld.rules(plan).any(|rule| touches(rule, domain));
    record.overrides.retain(|set| in_full(set.domain));
    record.alerts.retain(|act| match plan.find_rule(&act.rule) {
        Some(rule) => !withheld.rule(rule),
        // The alert of a safety question that nobody answered.
        None => match &act.field {
            Some(field) => told(field),
            None => !withheld.unscreened(plan),
        },
    });
    if withheld.unscreened(plan) {
        let of_refusal = |act: &&mut AlertAct| act.rule == safety::RULE;
        record.alerts.iter_mut().filter(of_refusal).for_each(only_who_and_when);
    }
    let need_in_full = |need: &str| {
        let raises = |rule: &Rule| match &rule.outcome {
            Outcome::Need(raised) => format!("{}.{}.{}", raised.domain, raised.code, raised.basis) == need,
            _ => false,
        };
        plan.rules.iter().any(raises) && !withheld.rules(plan).any(raises)
    };
    let member = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_str).map(str::to_owned);
    for name in ["goals", "plan"] {
        keep(record, name, |entry| member(entry, "need").is_some_and(|need| need_in_full(&need)));
    }
    let domain = |entry: &Value| member(entry, "domain").and_then(|domain| domain.parse().ok());
    // A strength may be an answer, and say to which question.
    let choice = |entry: &Value| match entry.get("choice") {
        Some(choice) => member(choice, "question").is_some_and(|question| told(&format!("/{question}"))),
        None => true,
    };
    keep(record, "strengths", |entry| domain(entry).is_some_and(in_full) && choice(entry));
    if let Some(Value::Object(review)) = record.acts.get_mut("reassessment") {
        // The time before had consents of its own.
        review.remove("deltas");
    }
    if let Some(Value::Object(provenance)) = record.acts.get_mut("provenance") {
        provenance.retain(|name, _| PROVENANCE.contains(&name.as_str()));
    }
}

/// What was done about several refused questions is noted in one go, in the same words for each: where one of them is
/// withheld the words are too, whichever they were about. That somebody has taken a question on that may be told stays.
fn only_who_and_when(act: &mut AlertAct) {
    let reduce = |said: &mut Option<Value>| {
        if let Some(said) = said {
            let told = |name: &str| Some((name.to_owned(), said.get(name)?.as_str()?.into()));
            *said = Value::Object(["at", "by"].into_iter().filter_map(told).collect());
        }
    };
    reduce(&mut act.acknowledged);
    act.notified = None;
    for before in &mut act.earlier {
        reduce(&mut before.acknowledged);
        before.notified = None;
    }
}

fn keep(record: &mut Record, list: &str, mut told: impl FnMut(&Value) -> bool) {
    if let Some(Value::Array(entries)) = record.acts.get_mut(list) {
        entries.retain(|entry| told(entry));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::json;

    use super::super::redact;
    use super::*;
    use crate::diagnostic::SourceId;
    use crate::session::read_record;

    /// A questionnaire of two questions.
    fn plan(question: impl Fn(&str) -> serde_json::Value) -> std::sync::Arc<Plan> {
        let text = json!({
            "$schema": "https://example.org/questionnaire-1.schema.json", "id": "q", "version": "1.0.0", "title": "Q",
            "languages": ["en"], "type": "object", "unevaluatedProperties": false,
            "allOf": [{"id": "all", "title": "All", "properties": {"a": question("A"), "b": question("B")}}],
        });
        let files = BTreeMap::from([("questionnaire.json".to_owned(), text.to_string())]);
        crate::open(&files, "questionnaire.json").0.unwrap()
    }

    #[test]
    fn a_strength_in_answer_to_a_question_that_is_withheld_is_withheld_too() {
        let plan = plan(|title: &str| json!({ "title": title, "type": "string", "maxLength": 99 }));
        let strength = |name: &str| json!({ "text": name, "domain": "D08", "choice": { "question": name } });
        let record = json!({
            "assessed_on": "2026-11-23", "answers": {"a": "a", "b": "b"},
            "strengths": [strength("a"), strength("b")],
        });
        let record = read_record(&record.to_string(), SourceId(0)).0.unwrap();
        let withheld = Withheld::new(&plan, plan.question_named(None, "b"));
        let told = redact(&plan, &record, &withheld, &[]).unwrap();
        assert_eq!(told.strengths, [strength("a")]);
    }

    #[test]
    fn what_was_done_about_a_refusal_has_no_words_where_another_one_is_withheld() {
        let plan = plan(|title: &str| json!({ "title": title, "type": "boolean", "safety": true }));
        let said =
            |by: &str| json!({ "by": by, "at": "2026-11-23T10:00:00Z", "action": "asked of B", "more": [1] });
        let act = |field: &str| {
            json!({
                "rule": "safety.unscreened", "field": field, "acknowledged": said("w2"), "notified": {"by": ["s1"]},
                "grade": "R2", "earlier": [{"acknowledged": said("w1"), "notified": "B", "grade": "R2"}],
            })
        };
        let record = json!({
            "assessed_on": "2026-11-23", "answers": {}, "absent": {"/a": "declined", "/b": "declined"},
            "alerts": [act("/a"), act("/b")],
        });
        let record = read_record(&record.to_string(), SourceId(0)).0.unwrap();
        let told = |withheld: &[&str]| {
            let withheld: BTreeSet<_> =
                withheld.iter().map(|name| plan.question_named(None, name).unwrap()).collect();
            let profile = redact(&plan, &record, &Withheld::new(&plan, withheld), &[]).unwrap();
            profile.to_value()["alerts"].clone()
        };
        let alerts = told(&["b"]);
        assert_eq!(alerts.as_array().map(Vec::len), Some(1));
        assert_eq!(alerts[0]["status"], "acknowledged", "that somebody acts is told");
        let bare = |by: &str| json!({ "by": by, "at": "2026-11-23T10:00:00Z" });
        assert_eq!((&alerts[0]["acknowledged"], &alerts[0]["notified"]), (&bare("w2"), &json!(null)));
        assert_eq!(alerts[0]["earlier"], json!([{ "acknowledged": bare("w1"), "grade": "R2" }]));
        assert_eq!(told(&[])[0]["acknowledged"], said("w2"), "nothing is withheld");
    }
}
