//! The language held to fhirpath.js, which others wrote.
//!
//! In every run 10,000 pairs of an expression and answers, with what fhirpath.js gave when they were recorded; with
//! `INTAKE_FULL=1` and Node, 200,000 fresh ones. `INTAKE_RECORD=` and a date records anew.

mod answers;
mod both;
mod compare;
mod differences;
mod generate;
mod node;
mod planted;
mod random;
mod recorded;

use std::collections::BTreeMap;
use std::env;
use std::fs;

use serde_json::{Value as Json, json};

use super::{Answers, Form};
use both::Both;
use generate::expression;
use node::Node;
use random::Random;
use recorded::{Case, Recorded, folder};

/// Sets of answers that a batch of expressions shares.
const SETS: usize = 200;
/// Sets that an expression is evaluated with.
const EACH: usize = 2;
const RECORDED: usize = 10_000;
const FRESH: usize = 200_000;
/// Expressions sent to Node at once.
const BATCH: usize = 64;

fn form() -> Form {
    let fields = fs::read_to_string(folder().join("form.json")).unwrap();
    Form::read(&serde_json::from_str(&fields).unwrap(), &Json::Null)
}

/// Cases for so many pairs, evaluated by fhirpath.js.
fn fresh(form: &Form, seed: u64, pairs: usize) -> Option<Recorded> {
    let mut random = Random::new(seed);
    let answers: Vec<Json> = (0..SETS).map(|_| answers::answers(&mut random)).collect();
    let documents: Vec<Json> = answers.iter().map(answers::document).collect();
    let mut node = Node::start(&documents)?;
    let mut cases: Vec<Case> = Vec::new();
    let mut ill_typed = 0;
    let mut waiting: Vec<(Both, Vec<usize>)> = Vec::new();
    while cases.len() * EACH < pairs {
        let text = expression(&mut random);
        if text.ours.len() > 400 || compare::compiled(form, &text.ours).is_none() {
            ill_typed += 1;
            continue;
        }
        waiting.push((text, (0..EACH).map(|_| random.below(SETS)).collect()));
        if waiting.len() == BATCH {
            let requests: Vec<_> =
                waiting.iter().map(|(text, sets)| (text.theirs.as_str(), sets.as_slice())).collect();
            let results = node.evaluate(&requests);
            for ((text, sets), results) in waiting.drain(..).zip(results) {
                cases.push(Case { text, results: sets.into_iter().zip(results).collect() });
            }
        }
    }
    assert!(ill_typed * 5 < cases.len(), "{ill_typed} expressions of {} were not well-typed", cases.len());
    let (fhirpath, version) = Node::versions();
    let header = json!({ "fhirpath": fhirpath, "node": version, "seed": seed, "pairs": cases.len() * EACH });
    Some(Recorded { header, answers, cases })
}

/// Every pair for which the two differ without a declared reason, and how many do so for each reason.
fn compared(form: &Form, recorded: &Recorded) -> (Vec<String>, BTreeMap<&'static str, usize>) {
    let sets: Vec<Answers> = recorded.answers.iter().map(|set| Answers::read(form, set)).collect();
    let mut faults = Vec::new();
    let mut declared = BTreeMap::new();
    for case in &recorded.cases {
        let Some(program) = compare::compiled(form, &case.text.ours) else {
            faults.push(format!("{} is not well-typed any more", case.text.ours));
            continue;
        };
        for (set, result) in &case.results {
            let ours = compare::ours(&program, &sets[*set]);
            let theirs = compare::theirs(&program, result);
            if compare::agree(&program, &ours, &theirs) {
                continue;
            }
            match differences::declared(&case.text, &ours, &theirs) {
                Some(id) => *declared.entry(id).or_default() += 1,
                None => faults.push(format!(
                    "{}\n  as {}\n  with {}\n  gives {ours}, and fhirpath.js {theirs}",
                    case.text.ours, case.text.theirs, recorded.answers[*set]
                )),
            }
        }
    }
    (faults, declared)
}

#[test]
fn recorded_pairs_agree() {
    let form = form();
    let recorded = Recorded::read();
    assert!(recorded.pairs() >= RECORDED, "{}", recorded.pairs());
    assert_eq!(recorded.header["fhirpath"], "5.2.2");
    let (faults, counts) = compared(&form, &recorded);
    assert!(
        faults.is_empty(),
        "{} of {}:\n{}",
        faults.len(),
        recorded.pairs(),
        faults[..faults.len().min(40)].join("\n")
    );
    let listed = fs::read_to_string(folder().join("differences.json")).unwrap();
    let listed: Json = serde_json::from_str(&listed).unwrap();
    let mut told = BTreeMap::new();
    for (id, difference) in listed["declared"].as_object().unwrap() {
        assert!(difference["reason"].as_str().unwrap().len() > 40, "{id} needs a reason");
        told.insert(id.as_str(), difference["recorded"].as_u64().unwrap() as usize);
    }
    assert_eq!(counts, told, "pairs that differ for each declared reason, and what differences.json says");
    assert_eq!(told.len(), differences::DIFFERENCES.len());
}

#[test]
fn planted_bugs_are_caught() {
    let form = form();
    let recorded = Recorded::read();
    let sets: Vec<Answers> = recorded.answers.iter().map(|set| Answers::read(&form, set)).collect();
    let mut missed = Vec::new();
    for bug in planted::BUGS {
        let caught: usize = recorded
            .cases
            .iter()
            .map(|case| {
                let Some(program) = bug.planted(&form, &case.text.ours) else { return 0 };
                case.results
                    .iter()
                    .filter(|(set, result)| {
                        let ours = compare::ours(&program, &sets[*set]);
                        let theirs = compare::theirs(&program, result);
                        !compare::agree(&program, &ours, &theirs)
                            && differences::declared(&case.text, &ours, &theirs).is_none()
                    })
                    .count()
            })
            .sum();
        println!("{}: {caught} pairs", bug.name);
        if caught == 0 {
            missed.push(bug.name);
        }
    }
    assert!(missed.is_empty(), "nobody would notice: {missed:?}");
}

#[test]
fn fresh_pairs_agree() {
    let recording = env::var("INTAKE_RECORD").ok();
    if env::var_os("INTAKE_FULL").is_none() && recording.is_none() {
        println!("skipped: fresh pairs are evaluated with INTAKE_FULL=1");
        return;
    }
    let form = form();
    let seed = env::var("INTAKE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        now.as_secs()
    });
    let pairs = env::var("INTAKE_PAIRS").ok().and_then(|pairs| pairs.parse().ok());
    let pairs = pairs.unwrap_or(if recording.is_some() { RECORDED } else { FRESH });
    let Some(mut found) = fresh(&form, seed, pairs) else {
        println!(
            "skipped: fhirpath.js is not in target/differential (`cargo xtask test --full` puts it there)"
        );
        return;
    };
    let (faults, declared) = compared(&form, &found);
    println!("{}: {} differ, {declared:?} as declared", found.header, faults.len());
    if let Some(date) = recording {
        found.header["recorded"] = json!(date);
        found.write();
    }
    assert!(
        faults.is_empty(),
        "{} of {}:\n{}",
        faults.len(),
        found.pairs(),
        faults[..faults.len().min(40)].join("\n")
    );
}
