use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::acts::pointer;
use super::assess::{assess, assess_with_why};
use super::carried::record_of;
use super::wire::{Engine, PROFILE_VERSION, Profile};
use crate::diagnostic::{Diagnostic, SourceId, codes};
use crate::json::canonical;
use crate::plan::{Plan, Question, QuestionId};
use crate::session::{Finding, Record, read_record};

/// How many findings are listed of one profile: who changed more than that needs no longer list.
const MOST: usize = 100;

/// Checks a profile against what its own record makes of it.
///
/// The record is taken out of the profile, checked as any record is, and assessed again; then everything but the name
/// and version of the engine is compared, number by number and text by text. `lookup` finds a questionnaire by its id
/// and content hash.
///
/// No findings means that the profile is what this engine would have written. A finding has the pointer into the
/// profile and never the answer.
#[must_use]
pub fn verify(lookup: &dyn Fn(&str, &str) -> Option<Arc<Plan>>, profile: &Value) -> Vec<Finding> {
    let Value::Object(members) = profile else {
        return vec![Finding::new(codes::VERIFY_SHAPE, "", "a profile is a JSON object")];
    };
    if members.get("profile_version").and_then(Value::as_u64) != Some(PROFILE_VERSION.into()) {
        let message = "this engine verifies profiles of version 1";
        return vec![Finding::new(codes::VERIFY_SHAPE, "/profile_version", message)];
    }
    for (mark, message) in [
        ("redacted", "something is left out of this profile: it is verified by its signature, not by replay"),
        ("identity_detached", "the identity is detached: replay it together with its identity part"),
    ] {
        if members.get(mark).is_some_and(|mark| mark != &Value::Bool(false)) {
            return vec![Finding::new(codes::VERIFY_REDACTED, format!("/{mark}"), message)];
        }
    }
    let identity = |name: &str| profile.pointer(&format!("/questionnaire/{name}")).and_then(Value::as_str);
    let known = identity("id").zip(identity("content_hash")).and_then(|(id, hash)| lookup(id, hash));
    let Some(plan) = known else {
        let message =
            "no questionnaire of this id and content is known: verify beside the one with which it was made";
        return vec![Finding::new(codes::VERIFY_UNKNOWN_QUESTIONNAIRE, "/questionnaire", message)];
    };
    let record = match read(&record_of(members)) {
        Ok(record) => record,
        Err(findings) => return findings,
    };
    // Who states what would change a need has it checked like everything else.
    let states_why = members
        .get("needs")
        .and_then(Value::as_array)
        .is_some_and(|needs| needs.iter().any(|need| need.get("would_change").is_some()));
    let again = match if states_why { assess_with_why(&plan, &record) } else { assess(&plan, &record) } {
        Ok(again) => again,
        Err(findings) => return findings,
    };
    let mut findings = Vec::new();
    let stated =
        members.get("ignored").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let hidden: BTreeSet<&str> = again.ignored.iter().map(String::as_str).chain(stated).collect();
    findings.extend(hidden.into_iter().map(|hidden| not_asked(&record, hidden)));
    findings.extend(missing_qualifications(&plan, members, &again.answers));
    if !is_same(&again, profile) {
        compare("", &again.to_value(), profile, &mut findings);
    }
    findings.truncate(MOST);
    findings
}

/// The record that a profile carries.
///
/// # Errors
/// Every reason for which it is none, each with its pointer into the record; never an answer.
pub fn record_in(profile: &Value) -> Result<Record, Vec<Finding>> {
    match profile {
        Value::Object(members) => read(&record_of(members)),
        _ => Err(vec![Finding::new(codes::VERIFY_SHAPE, "", "a profile is a JSON object")]),
    }
}

fn not_asked(record: &Record, hidden: &str) -> Finding {
    let at = match record.absent.contains_key(hidden) {
        true => pointer("/absent", hidden),
        false => format!("/answers{hidden}"),
    };
    let message = "an answer to a question that was not to be asked: what is hidden is no part of a record";
    Finding::new(codes::RECORD_NOT_ASKED, at, message)
}

/// Reads a record as any host would, from its text, so that a profile is held to the same shape.
fn read(record: &Value) -> Result<Record, Vec<Finding>> {
    let (read, diagnostics) = read_record(&canonical::to_string(record), SourceId(0));
    read.ok_or_else(|| {
        let errors = diagnostics.into_iter().filter(Diagnostic::is_error);
        errors
            .map(|error| {
                Finding::new(
                    error.code,
                    error.place.map(|place| place.pointer).unwrap_or_default(),
                    error.message,
                )
            })
            .collect()
    })
}

/// Answers that ask for a qualification which none of the named assessors has. A record without assessors says
/// nothing about that, and the answers count whoever entered them.
fn missing_qualifications(
    plan: &Plan,
    profile: &Map<String, Value>,
    answers: &Map<String, Value>,
) -> Vec<Finding> {
    let assessors = profile
        .get("provenance")
        .and_then(|provenance| provenance.get("assessors"))
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    if assessors.is_empty() {
        return Vec::new();
    }
    let has = |wanted: &str| {
        assessors.iter().any(|assessor| match assessor.get("qualification") {
            Some(Value::String(one)) => one == wanted,
            Some(Value::Array(several)) => several.iter().any(|one| one.as_str() == Some(wanted)),
            _ => false,
        })
    };
    let mut findings = Vec::new();
    each_answer(plan, None, answers, "/answers", &mut |question, at| {
        let section = plan.section(question.section);
        let wanted = question.qualification.as_ref().or(section.qualification.as_ref());
        if let Some(wanted) = wanted.filter(|wanted| !has(wanted)) {
            let message = format!("no assessor has the qualification `{wanted}` that this question asks for");
            findings.push(Finding::new(codes::QUALIFICATION_MISSING, at, message));
        }
    });
    findings
}

/// Calls for every answered question, in rows too, in document order.
fn each_answer(
    plan: &Plan,
    parent: Option<QuestionId>,
    answers: &Map<String, Value>,
    at: &str,
    found: &mut dyn FnMut(&Question, String),
) {
    for id in plan.question_ids().filter(|id| plan.question(*id).parent == parent) {
        let question = plan.question(id);
        let Some(answer) = answers.get(&*question.name) else { continue };
        let here = pointer(at, &question.name);
        if question.repeat().is_some() {
            for (index, row) in answer.as_array().into_iter().flatten().enumerate() {
                if let Some(row) = row.as_object() {
                    each_answer(plan, Some(id), row, &format!("{here}/{index}"), found);
                }
            }
        } else {
            found(question, here);
        }
    }
}

/// Whether a profile says what was computed again, written in the one way of writing it. Nearly all do, and comparing
/// them value by value costs several times as much: that is done only to say where they differ.
fn is_same(again: &Profile, stated: &Value) -> bool {
    let engine = stated.pointer("/provenance/engine");
    let word = |name: &str| engine.and_then(|engine| engine.get(name)).and_then(Value::as_str);
    let Some((name, version)) = word("name").zip(word("version")) else { return false };
    let engine = &again.provenance.engine;
    match (name, version) == (&*engine.name, &*engine.version) {
        true => again.to_canonical_json() == canonical::to_string(stated),
        // Another engine wrote it: that is no difference.
        false => {
            let mut again = again.clone();
            again.provenance.engine = Engine { name: name.to_owned(), version: version.to_owned() };
            again.to_canonical_json() == canonical::to_string(stated)
        }
    }
}

/// Compares what was computed again with what the profile says.
fn compare(at: &str, expected: &Value, stated: &Value, findings: &mut Vec<Finding>) {
    if at == "/provenance/engine" || findings.len() >= MOST {
        return;
    }
    match (expected, stated) {
        (Value::Object(expected), Value::Object(stated)) => {
            for (name, value) in expected {
                let here = pointer(at, name);
                match stated.get(name) {
                    Some(stated) => compare(&here, value, stated, findings),
                    None => findings.push(mismatch(&here, "is missing")),
                }
            }
            for name in stated.keys().filter(|name| !expected.contains_key(*name)) {
                findings.push(mismatch(&pointer(at, name), "is nothing that the record makes"));
            }
        }
        (Value::Array(expected), Value::Array(stated)) if expected.len() == stated.len() => {
            for (index, (expected, stated)) in expected.iter().zip(stated).enumerate() {
                compare(&format!("{at}/{index}"), expected, stated, findings);
            }
        }
        (Value::Array(_), Value::Array(_)) => findings.push(mismatch(at, "has another number of entries")),
        (Value::Number(_), Value::Number(_)) => {
            // 80 and 80.0 are one number.
            if canonical::to_string(expected) != canonical::to_string(stated) {
                findings.push(mismatch(at, "is another number"));
            }
        }
        _ if expected == stated => {}
        _ => findings.push(mismatch(at, "differs")),
    }
}

/// Says that something differs, and what kind of thing. What was expected stays unsaid: it may be an answer.
fn mismatch(at: &str, how: &str) -> Finding {
    let (code, help) = if at.starts_with("/scores/") {
        (codes::VERIFY_SCORE_FORGED, "a score is computed from the answers and from nothing else")
    } else if at == "/answers_hash" {
        (codes::VERIFY_HASH, "the record is not the one of which the fingerprint was taken")
    } else {
        (codes::VERIFY_MISMATCH, "assess the record again, and take what comes")
    };
    Finding::new(
        code,
        at,
        format!("what stands here {how}, compared with what the record makes of it: {help}"),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn differences(expected: &Value, stated: &Value) -> Vec<(&'static str, String)> {
        let mut findings = Vec::new();
        compare("", expected, stated, &mut findings);
        findings.into_iter().map(|finding| (finding.code.as_str(), finding.pointer)).collect()
    }

    #[test]
    fn every_difference_is_found_with_its_place_but_the_engine_may_differ() {
        let expected = json!({
            "scores": {"adl10": {"value": 60}}, "answers_hash": "a", "needs": [{"level": 2}],
            "provenance": {"engine": {"name": "intake"}, "agency": "x"}, "status": "complete",
        });
        let stated = json!({
            "scores": {"adl10": {"value": 65}}, "answers_hash": "b", "needs": [{"level": 2.0}], "extra": 1,
            "provenance": {"engine": {"name": "other"}, "agency": "x"},
        });
        let found = differences(&expected, &stated);
        assert_eq!(found.len(), 4, "{found:?}");
        for expected in [
            ("verify.score-forged", "/scores/adl10/value"),
            ("verify.answers-hash", "/answers_hash"),
            ("verify.mismatch", "/extra"),
            ("verify.mismatch", "/status"),
        ] {
            assert!(found.contains(&(expected.0, expected.1.to_owned())), "{expected:?}");
        }
    }

    #[test]
    fn a_difference_never_says_what_was_answered() {
        let mut findings = Vec::new();
        compare("", &json!({"answers": {"x": "secret"}}), &json!({"answers": {"x": "other"}}), &mut findings);
        assert!(findings.iter().all(|finding| !format!("{finding:?}").contains("secret")));
    }
}
