//! The test suite of the FHIRPath standard, as far as it is inside of the profile.
//!
//! The suite is not part of this repository: it is read from `../shared`, and where that is not there the test says
//! so. `tests/differential/standard.json` lists by reason each of its tests that the language refuses, and each that
//! it answers otherwise; what is not listed there has to come out as the standard says. `INTAKE_WRITE=1` lists anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::{Answers, Form};
use crate::expression::{Expected, RowId, compile};
use crate::value::{Decimal, Value};

const SUITE: &str = "../shared/fixtures/expressions/fhirpath/tests-fhir-r4.xml";
const PATIENT: &str = "../shared/fixtures/expressions/fhirpath/input-r4/patient-example.json";

/// What a form would have to be to hold the patient of the suite.
fn form() -> Form {
    let fields = json!({
        "active": "boolean", "birthDate": "date", "gender": "text", "deceased": "boolean",
        "name": {"rows": {"use": "text", "family": "text", "given": "texts"}},
        "telecom": {"rows": {"system": "text", "value": "text", "use": "text", "rank": "integer"}},
        "address": {"rows": {"use": "text", "text": "text", "line": "texts", "city": "text", "state": "text", "postalCode": "text"}},
        "link": {"rows": {"type": "text"}},
    });
    Form::read(&fields, &json!([]))
}

fn answers(form: &Form, patient: &Json) -> Answers {
    let keep = |names: &[&str], from: &Json| -> Json {
        names
            .iter()
            .filter(|name| !from[**name].is_null())
            .map(|name| ((*name).to_owned(), from[*name].clone()))
            .collect()
    };
    let rows = |of: &str, names: &[&str]| -> Json {
        patient[of].as_array().into_iter().flatten().map(|row| keep(names, row)).collect()
    };
    let mut kept = keep(&["active", "birthDate", "gender"], patient);
    kept["deceased"] = patient["deceasedBoolean"].clone();
    kept["name"] = rows("name", &["use", "family", "given"]);
    kept["telecom"] = rows("telecom", &["system", "value", "use", "rank"]);
    kept["address"] = rows("address", &["use", "text", "line", "city", "state", "postalCode"]);
    Answers::read(form, &json!({ "answers": kept, "today": "2026-11-23" }))
}

struct Test {
    name: String,
    expression: String,
    invalid: bool,
    predicate: bool,
    outputs: Vec<String>,
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split('"').next()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// The tests of the suite that look at the patient, or at nothing.
fn tests(xml: &str) -> Vec<Test> {
    let mut plain = String::new();
    for (index, part) in xml.split("<!--").enumerate() {
        plain.push_str(if index == 0 { part } else { part.split_once("-->").unwrap().1 });
    }
    let inside = |text: &str, tag: &str| -> Vec<(String, String)> {
        let open = format!("<{tag}");
        let parts = text.split(&open).skip(1);
        parts
            .filter_map(|part| {
                let (attributes, rest) = part.split_once('>')?;
                let content =
                    if attributes.ends_with('/') { "" } else { rest.split(&format!("</{tag}>")).next()? };
                Some((attributes.to_owned(), content.to_owned()))
            })
            .collect()
    };
    let mut seen = BTreeMap::new();
    inside(&plain, "test ")
        .into_iter()
        .filter_map(|(attributes, _)| {
            Some((attributes.clone(), plain.split_once(&attributes)?.1.split("</test>").next()?.to_owned()))
        })
        .filter_map(|(attributes, content)| {
            let (expression_attributes, expression) = inside(&content, "expression").into_iter().next()?;
            let name = attribute(&attributes, "name")?.to_owned();
            // A few names stand twice.
            let count: &mut usize = seen.entry(name.clone()).or_default();
            *count += 1;
            let name = if *count > 1 { format!("{name}#{count}") } else { name };
            Some(Test {
                name,
                expression: unescaped(&expression),
                invalid: attribute(&expression_attributes, "invalid").is_some()
                    || attribute(&attributes, "invalid").is_some(),
                predicate: attribute(&attributes, "predicate") == Some("true"),
                outputs: inside(&content, "output").into_iter().map(|(_, text)| unescaped(&text)).collect(),
            })
        })
        .collect()
}

/// What the language makes of a test.
enum Outcome {
    AsTheStandard,
    /// Refused, with the code of the first fault.
    Refused(&'static str),
    /// Answered, and otherwise.
    Otherwise(String),
}

fn outcome(form: &Form, answers: &Answers, test: &Test) -> Outcome {
    let mut text = test.expression.trim().replace("Patient.", "");
    if test.predicate {
        // Read as a test, anything that is there counts as true.
        let (program, _) = compile(&text, &form.scope(None), &Expected::Truth);
        if program.is_none() {
            text = format!("({text}).exists()");
        }
    }
    let (program, problems) = compile(&text, &form.scope(None), &Expected::Any);
    let Some(program) = program else {
        return if test.invalid {
            Outcome::AsTheStandard
        } else {
            Outcome::Refused(problems[0].code.as_str())
        };
    };
    let found: Vec<String> = match program.value(answers, RowId::FORM) {
        None => Vec::new(),
        Some(Value::Boolean(boolean)) => vec![boolean.to_string()],
        Some(Value::Number(number)) => vec![number.normalize().to_string()],
        Some(Value::Text(text)) => vec![text.to_string()],
        Some(Value::Codes(codes)) => codes.iter().map(ToString::to_string).collect(),
        Some(Value::Date(date)) => vec![date.to_string()],
        Some(Value::Time(time)) => vec![time.to_string()],
    };
    let wanted: Vec<String> = test.outputs.iter().map(|output| normal(output)).collect();
    if test.invalid {
        Outcome::Otherwise(format!("gives {found:?}; the standard has it refused"))
    } else if found.iter().map(|item| normal(item)).collect::<Vec<_>>() == wanted {
        Outcome::AsTheStandard
    } else {
        Outcome::Otherwise(format!("{text} gives {found:?}, not {wanted:?}"))
    }
}

/// An output of either side, without what only says its kind.
fn normal(output: &str) -> String {
    let output = output.strip_prefix('@').unwrap_or(output);
    let output = output.strip_prefix('T').filter(|rest| rest.contains(':')).unwrap_or(output);
    match output.parse::<Decimal>() {
        Ok(number) => number.round_sf(10).unwrap_or(number).normalize().to_string(),
        Err(_) => output.to_owned(),
    }
}

#[test]
fn the_standard_suite_comes_out_as_it_says_or_is_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (Ok(xml), Ok(patient)) =
        (fs::read_to_string(root.join(SUITE)), fs::read_to_string(root.join(PATIENT)))
    else {
        println!("skipped: {SUITE} is not there");
        return;
    };
    let form = form();
    let answers = answers(&form, &serde_json::from_str(&patient).unwrap());
    let tests = tests(&xml);
    let mut agree = 0_usize;
    let mut refused: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut otherwise: BTreeMap<&str, String> = BTreeMap::new();
    for test in &tests {
        match outcome(&form, &answers, test) {
            Outcome::AsTheStandard => agree += 1,
            Outcome::Refused(code) => drop(refused.entry(code).or_default().insert(&test.name)),
            Outcome::Otherwise(how) => drop(otherwise.insert(&test.name, how)),
        }
    }
    let path = PathBuf::from(root).join("tests/differential/standard.json");
    let listed: Json = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let mut wanted = listed.clone();
    wanted["tests"] = json!(tests.len());
    wanted["agree"] = json!(agree);
    for (code, names) in &refused {
        wanted["refused"][code]["tests"] = json!(names);
    }
    if std::env::var_os("INTAKE_WRITE").is_some() {
        fs::write(&path, format!("{wanted:#}\n")).unwrap();
    } else {
        assert_eq!(wanted, listed, "run this test with INTAKE_WRITE=1, and give each new reason");
    }
    for (code, part) in listed["refused"].as_object().unwrap() {
        assert!(refused.contains_key(code.as_str()), "{code} refuses nothing any more");
        assert!(part["reason"].as_str().is_some_and(|reason| reason.len() > 20), "{code} needs a reason");
    }
    let excused: BTreeSet<&str> =
        listed["otherwise"].as_object().unwrap().keys().map(String::as_str).collect();
    let unexcused: Vec<_> = otherwise.iter().filter(|(name, _)| !excused.contains(*name)).collect();
    assert!(unexcused.is_empty(), "{unexcused:#?}");
    let gone: Vec<_> = excused.iter().filter(|name| !otherwise.contains_key(*name)).collect();
    assert!(gone.is_empty(), "these agree now: {gone:?}");
}
