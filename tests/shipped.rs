//! What ships with the project is sound, and can be read aloud.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use intake::diagnostic::{SourceId, Sources};
use intake::plan::{LanguageId, Plan};
use intake::simulate::Simulation;
use intake::{json, profile, scenario};

/// A question is spoken: no longer than this, and one idea.
const WORDS: usize = 30;
const CHARACTERS: usize = 45;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/questionnaires")
}

/// The ids of the questionnaires, which are the names of their folders.
fn ids() -> Vec<String> {
    let mut ids: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    ids.sort_unstable();
    assert!(ids.len() >= 5, "the questionnaires are missing: {ids:?}");
    ids
}

#[test]
fn every_questionnaire_compiles_without_a_word() {
    for id in ids() {
        let path = format!("questionnaires/{id}/questionnaire.json");
        let (plan, sources, diagnostics) = intake::open(&support::Schemas, &path);
        let text: String = diagnostics.iter().map(|diagnostic| sources.render(diagnostic)).collect();
        assert!(diagnostics.is_empty(), "{text}");
        assert_eq!(&*plan.unwrap().id, id, "a questionnaire stands in the folder of its id");
    }
}

#[test]
fn every_scenario_passes() {
    for id in ids() {
        let path = folder().join(&id).join("scenarios.json");
        let text = std::fs::read_to_string(&path).unwrap();
        let mut sources = Sources::new();
        sources.add(format!("{id}/scenarios.json"), text.as_str());
        let (document, _) = json::read(&text, SourceId(0));
        let (scenarios, faults) = scenario::read(&document);
        assert!(faults.is_empty(), "{id}: {} faults in the scenarios", faults.len());
        let scenarios = scenarios.unwrap();
        assert_eq!(scenarios.questionnaire, id);
        for outcome in scenario::run(&support::shipped(&id), &scenarios).outcomes {
            let failures: String = outcome.failures.iter().map(|failure| sources.render(failure)).collect();
            assert!(failures.is_empty(), "{id}, {}:\n{failures}", outcome.name);
        }
    }
}

#[test]
fn the_scenarios_of_every_questionnaire_show_everything() {
    for id in ids() {
        let text = std::fs::read_to_string(folder().join(&id).join("scenarios.json")).unwrap();
        let (document, _) = json::read(&text, SourceId(0));
        let scenarios = scenario::read(&document).0.unwrap();
        let run = scenario::run(&support::shipped(&id), &scenarios);
        let gaps: Vec<String> =
            run.coverage.gaps.iter().map(|gap| format!("{} {}", gap.what, gap.outcome)).collect();
        assert_eq!((run.coverage.percent(), gaps, run.faults), (100, vec![], vec![]), "{id}");
    }
}

/// So that whoever tries out what takes profiles in has some of every questionnaire.
#[test]
fn every_made_up_record_of_every_questionnaire_is_accepted() {
    for id in ids() {
        let plan = support::shipped(&id);
        let made_up = Simulation::new(Arc::clone(&plan), 1, "2026-11-23".parse().unwrap(), 1..=95);
        for index in 0..100 {
            let record = made_up.record(index);
            let refused = profile::assess(&plan, &record).err();
            assert!(refused.is_none(), "{id} {index}: {refused:?}");
        }
    }
}

#[test]
fn every_question_can_be_read_aloud() {
    let mut too_long = Vec::new();
    for id in ids() {
        let plan = support::shipped(&id);
        for question in &plan.questions {
            for (index, tag) in plan.languages.iter().enumerate() {
                let text = question.title.text(LanguageId(u16::try_from(index).unwrap()));
                let fits = match &**tag {
                    "zh-CN" => text.chars().count() <= CHARACTERS,
                    _ => text.split_whitespace().count() <= WORDS,
                };
                if !fits {
                    too_long.push(format!("{id}: {} in {tag}", question.name));
                }
            }
        }
    }
    assert!(too_long.is_empty(), "longer than {WORDS} words or {CHARACTERS} characters: {too_long:#?}");
}

#[test]
fn what_says_who_a_person_is_is_marked_as_such() {
    let names = ["full_name", "birth_date", "phone", "name", "hukou_place", "witness_name", "origin_village"];
    for id in ids() {
        for question in &support::shipped(&id).questions {
            if names.contains(&&*question.name) {
                assert_eq!(
                    question.sensitivity,
                    intake::plan::Sensitivity::Identifying,
                    "{id}: {}",
                    question.name
                );
            }
        }
    }
}

/// The questions of a plan that anybody may ask, however many of them exclude each other.
fn core(plan: &Plan) -> usize {
    plan.questions.iter().filter(|question| question.is_asked() && question.qualification.is_none()).count()
}

#[test]
fn the_elder_questionnaire_without_its_qualified_part_is_no_longer_than_a_visit() {
    let count = core(&support::shipped("elder-needs"));
    assert!(count <= 120, "{count} questions");
}
