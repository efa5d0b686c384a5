//! The quality of a questionnaire that compiles: what can be used as it stands and is probably not as meant.
//!
//! [`check`] runs every rule. A rule is one file in `rules/`; the ones about conditions ask [`reach`] what a condition
//! can come to. What keeps a questionnaire from being used is told by [`crate::questionnaire`] and [`crate::plan`].
//!
//! An author who means what a rule finds says so where it stands, with the reason:
//! `"allow": { "lint.later-question": "Asked on the phone before the visit." }`.

mod allow;
mod backtrack;
mod explain;
mod findings;
mod form;
mod guess;
mod reach;
mod reference;
mod rule;
mod rules;
mod site;
mod texts;

pub use reach::Outcomes;
pub use reference::{RuleDoc, page, reference};

use crate::diagnostic::{Diagnostic, Sources, has_errors};
use crate::plan::{self, Plan};
use crate::questionnaire::{self, Loader, Questionnaire};
use allow::Allowances;
use findings::Findings;
use form::Form;
use rules::RULES;

/// Everything that the rules find in a questionnaire and its plan, in the order of the files.
///
/// Takes time in proportion to the questionnaire, and never more than a bounded number of steps for a condition.
#[must_use]
pub fn check(questionnaire: &Questionnaire, plan: &Plan, sources: &Sources) -> Vec<Diagnostic> {
    let Some(first) = RULES.first() else { return Vec::new() };
    let form = Form::new(questionnaire, plan, sources);
    let roots = (0..questionnaire.paths().count()).filter_map(|file| questionnaire.file_root(file)).collect();
    let mut findings = Findings::new(first, Allowances::new(roots));
    for rule in RULES {
        findings.begin(rule);
        (rule.check)(&form, &mut findings);
    }
    findings.finish()
}

/// Everything that is wrong or doubtful with a questionnaire: what its files, its compilation and the rules say. The
/// rules look only at one that can be used.
#[must_use]
pub fn inspect(loader: &dyn Loader, path: &str) -> (Sources, Vec<Diagnostic>) {
    let (questionnaire, sources, mut found) = questionnaire::read(loader, path);
    if let Some(questionnaire) = questionnaire {
        let (plan, more) = plan::compile(&questionnaire);
        found.extend(more);
        if let Some(plan) = plan.filter(|_| !has_errors(&found)) {
            found.extend(check(&questionnaire, &plan, &sources));
        }
    }
    for diagnostic in &mut found {
        if diagnostic.fix.is_none() {
            diagnostic.fix = guess::of(diagnostic, &sources);
        }
    }
    (sources, found)
}

/// What each condition of a questionnaire can come to, by its file and JSON Pointer: a truth value that is not
/// allowed is impossible whatever is answered, so that no test can be asked to show it.
///
/// The conditions of a question are taken as they are while what it stands in is asked.
#[must_use]
pub fn outcomes(
    questionnaire: &Questionnaire,
    plan: &Plan,
    sources: &Sources,
) -> Vec<(String, String, Outcomes)> {
    let form = Form::new(questionnaire, plan, sources);
    let conditions = form.sites().iter().filter(|site| site.is_condition());
    conditions
        .map(|site| {
            let place = site.item.place();
            (sources.name(place.source).to_owned(), place.pointer, site.outcomes(&form))
        })
        .collect()
}
