//! The other formats, each against something that others wrote.

use std::process::Command;

use intake::export::{Format, Made, Options, PrivateKey, Why, export};
use intake::plan::{AnswerKind, Plan, QuestionId};
use serde_json::{Value, json};

use super::support::records::{Random, profile, record};
use super::support::shipped;
use super::{FORMS, sample, tools};

fn made(format: Format, mapping: Option<&Value>) -> Made {
    made_for("case_service", "case_system", format, mapping)
}

fn made_for(purpose: &str, recipient: &str, format: Format, mapping: Option<&Value>) -> Made {
    let (plan, whole) = sample::elder();
    let leaving = sample::leaving(&plan, &whole, purpose, recipient);
    let key = PrivateKey::from_seed([3; 32]);
    let made = export(format, &leaving, Options { key: Some(&key), mapping });
    made.unwrap_or_else(|found| panic!("{found:?}"))
}

fn value(made: &Made) -> Value {
    serde_json::from_slice(&made.document.bytes).unwrap()
}

#[test]
fn an_event_is_one_for_the_cloudevents_library() {
    let event = made(Format::CloudEvents, None);
    assert_eq!(event.losses, []);
    assert_eq!(value(&event)["data"]["profile"]["profile_id"], "p-1");
    let Some(python) = tools::python(&["cloudevents"]) else { return tools::skipped("PyPI cloudevents") };
    let script = "import sys, json\n\
        from cloudevents.core.formats.json import JSONFormat\n\
        from cloudevents.core.v1.event import CloudEvent\n\
        event = JSONFormat().read(CloudEvent, sys.stdin.buffer.read())\n\
        print(json.dumps([event.get_id(), event.get_type(), event.get_source(), event.get_data()['profile']['profile_id']]))";
    let said = tools::said(Command::new(python).args(["-c", script]), &event.document.bytes);
    let expected = json!(["p-1", "intake.profile.v1", "urn:intake:station:st-9", "p-1"]);
    assert_eq!(serde_json::from_str::<Value>(&said).unwrap(), expected);
}

#[test]
fn a_document_is_there_once_however_often_it_is_put() {
    let document = made(Format::CouchDb, None);
    assert_eq!(value(&document)["_id"], "p-1");
    let Some(folder) = tools::node("export/node", &["pouchdb-core", "pouchdb-adapter-memory"]) else {
        return tools::skipped("npm pouchdb-core and pouchdb-adapter-memory");
    };
    let script = "const PouchDB = require('pouchdb-core').plugin(require('pouchdb-adapter-memory'));\n\
        const document = JSON.parse(require('fs').readFileSync(0, 'utf8'));\n\
        (async () => {\n\
          const db = new PouchDB('profiles', { adapter: 'memory' });\n\
          await db.put(document);\n\
          const again = await db.put(document).catch((error) => error.status);\n\
          const back = await db.get(document._id);\n\
          delete back._rev;\n\
          const { total_rows } = await db.allDocs();\n\
          console.log(JSON.stringify([again, total_rows, back]));\n\
        })();";
    let said =
        tools::said(Command::new("node").args(["-e", script]).current_dir(folder), &document.document.bytes);
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&said[0], &said[1]), (&json!(409), &json!(1)));
    assert_eq!(said[2], value(&document));
    let portable = said[2]["document"].as_object().unwrap();
    assert!(
        matches!(intake::export::check(portable), intake::export::Signed::By(_)),
        "the signature still holds"
    );
}

#[test]
fn a_tracker_payload_carries_what_the_mapping_names_and_tells_the_rest() {
    let mapping = json!({
        "trackedEntityType": "tePerson001", "program": "prAssess001", "programStage": "psVisit0001",
        "orgUnit": {"st-9": "ouStation09"},
        "attributes": {"/subject/sex": "atSex000001"},
        "dataElements": {"/scores/adl10/value": "deAdl100001", "/domain_levels/D05": "deLevelD050", "/answers/birth_date": "deBirth0001"},
    });
    let payload = made(Format::Dhis2, Some(&mapping));
    let value = value(&payload);
    let entity = &value["trackedEntities"][0];
    let event = &entity["enrollments"][0]["events"][0];
    let uid = |id: &Value| {
        let id = id.as_str().unwrap();
        id.len() == 11
            && id.chars().all(|letter| letter.is_ascii_alphanumeric())
            && !id.starts_with(|letter: char| letter.is_ascii_digit())
    };
    assert!(
        uid(&entity["trackedEntity"]) && uid(&event["event"]) && uid(&entity["enrollments"][0]["enrollment"])
    );
    assert_eq!(event["orgUnit"], "ouStation09");
    let element =
        |id: &str| event["dataValues"].as_array().unwrap().iter().find(|value| value["dataElement"] == id);
    assert_eq!(element("deLevelD050").unwrap()["value"], "2");
    assert!(payload.losses.iter().all(|loss| loss.why == Why::Unmapped));
    assert!(payload.losses.iter().any(|loss| loss.pointer == "/answers/adl_eating"));
    assert!(!payload.losses.iter().any(|loss| loss.pointer == "/domain_levels/D05"));
    assert_eq!(payload, made(Format::Dhis2, Some(&mapping)), "the same ids each time");
    // The members that DHIS2's documentation of the tracker import (2.36 and later) lists for each object, and of them
    // those that it requires.
    for (object, required, others) in [
        (entity, &["trackedEntityType", "orgUnit"][..], &["trackedEntity", "attributes", "enrollments"][..]),
        (
            &entity["enrollments"][0],
            &["program", "trackedEntity", "orgUnit", "enrolledAt"],
            &["enrollment", "occurredAt", "status", "events"],
        ),
        (
            event,
            &["programStage", "enrollment", "orgUnit"],
            &["event", "program", "trackedEntity", "status", "occurredAt", "dataValues"],
        ),
        (&event["dataValues"][0], &["dataElement", "value"], &[]),
        (&entity["attributes"][0], &["attribute", "value"], &[]),
    ] {
        let members: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(required.iter().all(|name| members.contains(name)), "{required:?}: {members:?}");
        let known = |name: &&str| required.contains(name) || others.contains(name);
        assert!(members.iter().all(known), "{members:?}");
    }
    assert_eq!(entity["enrollments"][0]["trackedEntity"], entity["trackedEntity"]);
    assert_eq!(event["enrollment"], entity["enrollments"][0]["enrollment"]);

    let (plan, whole) = sample::elder();
    let leaving = sample::leaving(&plan, &whole, "case_service", "case_system");
    let refused = |mapping: Option<&Value>| {
        export(Format::Dhis2, &leaving, Options { key: None, mapping }).unwrap_err()
    };
    assert_eq!(refused(None)[0].code.as_str(), "export.mapping");
    let mut wrong = mapping.clone();
    wrong["program"] = json!("short");
    assert!(refused(Some(&wrong))[0].message.contains("`short`"));
    wrong = mapping.clone();
    wrong["orgUnit"] = json!({"elsewhere": "ouStation09"});
    assert_eq!(refused(Some(&wrong))[0].pointer, "/provenance/station");
}

#[test]
fn a_tracker_payload_says_that_and_how_much_is_withheld() {
    let mut mapping = json!({
        "trackedEntityType": "tePerson001", "program": "prAssess001", "programStage": "psVisit0001",
        "orgUnit": "ouStation09", "dataElements": {"/domain_levels/D05": "deLevelD050"},
    });
    let count = {
        let (plan, whole) = sample::elder();
        sample::leaving(&plan, &whole, "share_health_centre", "health_centre").withheld
    };
    assert!(count > 1);
    let event = |purpose: &str, recipient: &str, mapping: &Value| {
        let payload = made_for(purpose, recipient, Format::Dhis2, Some(mapping));
        assert!(payload.losses.iter().all(|loss| loss.pointer != "/redacted"));
        value(&payload)["trackedEntities"][0]["enrollments"][0]["events"][0].clone()
    };
    // A note has the members `note`, its id, and `value` in DHIS2's documentation of the tracker import.
    let redacted = event("share_health_centre", "health_centre", &mapping);
    let note = &redacted["notes"][0];
    assert_eq!(note["value"], format!("{count} items withheld"));
    assert_eq!(note["note"].as_str().unwrap().len(), 11);
    assert_eq!(note.as_object().unwrap().len(), 2);
    assert_eq!(redacted, event("share_health_centre", "health_centre", &mapping), "the same id each time");
    assert!(event("case_service", "case_system", &mapping).get("notes").is_none());

    // A program that counts it has a data element for it, where nothing is withheld too.
    mapping["withheld"] = json!("deWithheld1");
    let element = |event: &Value| {
        let values = event["dataValues"].as_array().unwrap();
        values.iter().find(|value| value["dataElement"] == "deWithheld1").unwrap()["value"].clone()
    };
    assert_eq!(element(&event("share_health_centre", "health_centre", &mapping)), count.to_string());
    assert_eq!(element(&event("case_service", "case_system", &mapping)), "0");
    mapping["withheld"] = json!("short");
    let (plan, whole) = sample::elder();
    let leaving = sample::leaving(&plan, &whole, "case_service", "case_system");
    let refused = export(Format::Dhis2, &leaving, Options { key: None, mapping: Some(&mapping) });
    assert!(refused.unwrap_err()[0].message.contains("`short`"));
}

/// The questionnaire as the rows of an XLSForm, in the text that pyxform reads.
fn xlsform(plan: &Plan) -> String {
    let mut survey = String::from("| survey |\n| | type | name | label |\n");
    let mut choices = String::from("| choices |\n| | list_name | name | label |\n");
    for section in &plan.sections {
        survey.push_str(&format!("| | begin group | {} | . |\n", section.id));
        for id in &section.questions {
            rows(plan, *id, &mut survey, &mut choices);
        }
        survey.push_str("| | end group | | |\n");
    }
    survey.push_str("| | begin group | intake | . |\n");
    let mut fields: Vec<String> =
        ["profile_id", "content_hash", "assessed_on", "person_ref", "withheld", "absent", "needs"]
            .map(str::to_owned)
            .to_vec();
    fields.extend(plan.score_ids().map(|id| format!("score_{}", plan.score(id).id)));
    fields.extend((1..=12).map(|domain| format!("level_D{domain:02}")));
    for field in fields {
        survey.push_str(&format!("| | hidden | {field} | |\n"));
    }
    survey.push_str("| | end group | | |\n");
    choices.push_str("| | yes_no | true | yes |\n| | yes_no | false | no |\n");
    format!(
        "{survey}\n{choices}\n| settings |\n| | form_id | version |\n| | {} | {} |\n",
        plan.id, plan.version
    )
}

fn rows(plan: &Plan, id: QuestionId, survey: &mut String, choices: &mut String) {
    let question = plan.question(id);
    let list = plan.path(id).replace('.', "_");
    let of = |kind: &str| format!("{kind} {list}");
    let kind = match &question.kind {
        AnswerKind::Boolean => "select_one yes_no".to_owned(),
        AnswerKind::Number { integer: true } => "integer".to_owned(),
        AnswerKind::Number { integer: false } => "decimal".to_owned(),
        AnswerKind::Choice { .. } => of("select_one"),
        AnswerKind::Choices { ranking: true, .. } => of("rank"),
        AnswerKind::Choices { .. } => of("select_multiple"),
        AnswerKind::Time => "time".to_owned(),
        AnswerKind::Repeat(repeat) => {
            survey.push_str(&format!("| | begin repeat | {} | . |\n", question.name));
            for column in &repeat.columns {
                rows(plan, *column, survey, choices);
            }
            survey.push_str("| | end repeat | | |\n");
            return;
        }
        AnswerKind::Note => return,
        // Dates of any precision are texts for ODK.
        AnswerKind::Text(_) | AnswerKind::Date(_) => "text".to_owned(),
    };
    survey.push_str(&format!("| | {kind} | {} | . |\n", question.name));
    for choice in plan.choices(id) {
        choices.push_str(&format!("| | {list} | {} | . |\n", choice.code));
    }
}

#[test]
fn a_submission_fits_the_form_that_pyxform_makes_of_the_same_questionnaire() {
    let Some(python) = tools::python(&["pyxform"]) else { return tools::skipped("PyPI pyxform") };
    let script = r#"
import sys, json
import xml.etree.ElementTree as ET
from pyxform.xls2xform import convert
bare = lambda tag: tag.split('}')[-1]
def paths(node, at=''):
    here = at + '/' + bare(node.tag)
    yield here
    for child in node:
        yield from paths(child, here)
for line in sys.stdin:
    read = json.loads(line)
    form = ET.fromstring(convert(xlsform=read['form'], file_type='.md', validate=False).xform)
    template = next(node for node in form.iter() if bare(node.tag) == 'instance')[0]
    sent = ET.fromstring(read['sent'].encode())
    assert sent.get('id') == template.get('id') and sent.get('version') == template.get('version')
    known, given = set(paths(template)), set(paths(sent))
    assert given <= known, sorted(given - known)[:5]
    print(len(given))
"#;
    let mut input = String::new();
    for form in FORMS {
        let plan = shipped(form);
        for seed in 0..3 {
            let mut one = record(&plan, &mut Random::new(seed), 85);
            let leaving = intake::export::Leaving::as_received(&plan, profile(&plan, &mut one));
            let sent = export(Format::OpenRosa, &leaving, Options::default()).unwrap();
            let sent = String::from_utf8(sent.document.bytes).unwrap();
            input.push_str(&format!("{}\n", json!({"form": xlsform(&plan), "sent": sent})));
        }
    }
    let said = tools::said(Command::new(python).args(["-c", script]), input.as_bytes());
    assert_eq!(said.lines().count(), FORMS.len() * 3);
}

#[test]
fn a_submission_says_what_was_answered_and_takes_the_place_of_an_earlier_one() {
    let (plan, mut whole) = sample::elder();
    whole.supersedes = Some("p-0".to_owned());
    whole.answers.insert("strengths_text".to_owned(), json!("<sings> & \"dances\" \u{7}"));
    let leaving = sample::leaving(&plan, &whole, "case_service", "case_system");
    let sent = export(Format::OpenRosa, &leaving, Options::default()).unwrap();
    let xml = String::from_utf8(sent.document.bytes).unwrap();
    assert!(
        xml.contains("<birth_date>")
            && xml.contains("<instanceID>uuid:")
            && xml.contains("<deprecatedID>uuid:")
    );
    assert!(
        xml.contains("<strengths_text>&lt;sings&gt; &amp; &quot;dances&quot; </strengths_text>"),
        "{xml}"
    );
    let lost = |pointer: &str| sent.losses.iter().find(|loss| loss.pointer == pointer).map(|loss| loss.why);
    assert_eq!(lost("/answers/strengths_text"), Some(Why::Changed));
    assert_eq!(lost("/goals"), Some(Why::Format));
    assert_eq!(lost("/scores/adl10"), Some(Why::Changed));
}

/// The bridge of the manual, followed word by word.
#[test]
fn postgresql_takes_the_lines_and_has_each_profile_once() {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let programs = versions.map(|version| version.path().join("bin")).find(|bin| bin.join("initdb").exists());
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0\n"));
    let (Some(programs), true) = (programs, is_root) else {
        return eprintln!(
            "skipped: PostgreSQL is not installed (apt-get install postgresql), or this is not root"
        );
    };
    let manual = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/export.md")).unwrap();
    let bridge = manual.split("<!-- postgresql: followed by a test -->\n```sh\n").nth(1).unwrap();
    let bridge = bridge.split("```").next().unwrap();

    let (plan, mut whole) = sample::elder();
    let mut lines = String::new();
    for id in ["p-1", "p-2", "p-1"] {
        whole.profile_id = Some(id.to_owned());
        let leaving = sample::leaving(&plan, &whole, "case_service", "case_system");
        let made = export(Format::Json, &leaving, Options::default()).unwrap();
        lines.push_str(&format!("{}\n", String::from_utf8(made.document.bytes).unwrap()));
    }
    let folder = std::env::temp_dir().join(format!("intake-postgresql-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("profiles.jsonl"), &lines).unwrap();
    std::fs::write(folder.join("bridge.sh"), format!("set -e\n{bridge}\n{bridge}")).unwrap();
    let as_postgres = |script: &str| {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "bash", "-ec", script]).current_dir(&folder);
        command.env("PGHOST", &folder).env("PGDATABASE", "postgres").env("PGDATA", folder.join("data"));
        command.env("PATH", format!("{}:/usr/sbin:/usr/bin:/sbin:/bin", programs.display()));
        command
    };
    assert!(Command::new("chown").args(["-R", "postgres"]).arg(&folder).status().unwrap().success());
    let start = "initdb -A trust >/dev/null && pg_ctl -w -l log -o \"-k $PGHOST -c listen_addresses=''\" start >/dev/null";
    let started = as_postgres(start).stdout(std::process::Stdio::null()).status().unwrap();
    assert!(started.success());
    let done = as_postgres("bash bridge.sh").output().unwrap();
    let count =
        "psql -Atc \"select count(*), count(distinct document #>> '{profile,answers_hash}') from profile\"";
    let counted = as_postgres(count).output().unwrap();
    let _ = as_postgres("pg_ctl -m immediate stop >/dev/null").status();
    let _ = std::fs::remove_dir_all(&folder);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(String::from_utf8_lossy(&counted.stdout), "2|1\n");
}
