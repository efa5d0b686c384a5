//! The checks at every keystroke and the `jsonschema` crate give the same verdict on every answer.
//!
//! Questionnaires and answers are generated. The answers begin as ones that are allowed, and then at most one of them
//! is changed for the worse. With `INTAKE_FULL=1` there are fifty times as many cases.
#![cfg(feature = "authority")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

#[path = "authority/spec.rs"]
mod spec;
#[path = "authority/values.rs"]
mod values;
#[path = "authority/verdict.rs"]
mod verdict;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use serde_json::Value;
use spec::{Spec, form, specs};
use values::{Pick, allowed, spoilt};
use verdict::{Bug, Judges};

/// The questions of a form, and for each set of answers what to choose and which answer to spoil.
type Case = (Vec<Spec>, Vec<(Pick, Option<Pick>)>);

fn cases() -> impl Strategy<Value = Case> {
    let answers = (any::<u64>().prop_map(Pick), proptest::option::weighted(0.6, any::<u64>().prop_map(Pick)));
    (specs(), vec(answers, 4..8))
}

fn runner(cases: u32, shrink: u32) -> TestRunner {
    let full = std::env::var_os("INTAKE_FULL").is_some();
    let config = Config {
        cases: if full { cases * 50 } else { cases },
        failure_persistence: None,
        max_shrink_iters: shrink,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// How many sets of answers there were, how many of them the authority does not allow, and for how many of those a
/// keyword is the only reason.
#[derive(Default)]
struct Counts {
    all: Cell<u32>,
    refused: Cell<u32>,
    alone: RefCell<BTreeMap<String, u32>>,
}

/// How many sets of answers each keyword decides at least, of about 2,000.
const LEAST: u32 = 20;

/// What a schema of answers can say of an answer.
const KEYWORDS: [&str; 14] = [
    "additionalProperties",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "type",
    "uniqueItems",
];

impl Counts {
    fn add(&self, judges: &Judges, answers: &Value) {
        self.all.set(self.all.get() + 1);
        let keywords = judges.keywords(answers);
        self.refused.set(self.refused.get() + u32::from(!keywords.is_empty()));
        // A date that there is not is refused by its format and by its pattern.
        let mut reasons = keywords.iter().filter(|keyword| *keyword != "format");
        if let (Some(reason), None) = (reasons.next(), reasons.next()) {
            *self.alone.borrow_mut().entry(reason.clone()).or_default() += 1;
        }
    }
}

/// Whether engine and authority agree on all generated cases, with a bug planted in the engine or without.
fn agreement(bug: Option<Bug>, cases_wanted: u32, counts: &Counts) -> Result<(), TestError<Case>> {
    let wrong = |text: String| Err(TestCaseError::fail(text));
    // What a planted bug is caught by need not be small.
    let shrink = if bug.is_some() { 0 } else { 400 };
    runner(cases_wanted, shrink).run(&cases(), |(specs, sets)| {
        let text = form(&specs).to_string();
        let judges = Judges::new(&text, bug);
        for (pick, spoil) in sets {
            let mut answers = allowed(&specs, pick, &judges);
            if let Some(spoil) = spoil {
                spoilt(&specs, spoil, &mut answers);
            }
            counts.add(&judges, &answers);
            if let Err(difference) = judges.agree(&answers) {
                return wrong(format!("{difference}\nanswers: {answers}\nform: {text}"));
            }
        }
        Ok(())
    })
}

#[test]
fn engine_and_authority_agree() {
    let counts = Counts::default();
    match agreement(None, 600, &counts) {
        Ok(()) => {}
        // The case itself is long and says less than the form and the answers in the reason.
        Err(TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
    let (all, refused) = (counts.all.get(), counts.refused.get());
    assert!(refused * 10 >= all * 5, "only {refused} of {all} sets of answers are invalid by one change");
    assert!(refused * 10 <= all * 7, "{refused} of {all} sets of answers are invalid: too few are valid");
    // Each keyword decides by itself often enough that an engine which reads it otherwise would be found out.
    let alone = counts.alone.borrow();
    let seldom = KEYWORDS.iter().filter(|keyword| alone.get(**keyword).is_none_or(|count| *count < LEAST));
    assert_eq!(seldom.count(), 0, "a keyword decides fewer than {LEAST} of {refused} sets: {alone:?}");
    assert_eq!(alone.len(), KEYWORDS.len(), "there are other keywords: {alone:?}");
}

#[test]
fn every_planted_bug_is_caught() {
    for bug in Bug::ALL {
        let caught = agreement(Some(bug), 250, &Counts::default());
        assert!(matches!(caught, Err(TestError::Fail(..))), "{bug:?} was not caught");
    }
}
