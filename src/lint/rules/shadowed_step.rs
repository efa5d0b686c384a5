use std::cmp::Reverse;

use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::site::{Role, Site};
use crate::value::Truth;

rule! {
    /// Finds a step of a graded rule that never decides: whenever it is true, a step with a higher level or grade is
    /// true too.
    ///
    /// # Why
    /// Of the steps that are true the strongest counts. A step that is always outdone is a typing error in one of the
    /// two conditions, and everybody meant for it gets the stronger outcome.
    ///
    /// # Example
    /// ```json
    /// "levels": [ { "when": "food >= 4", "level": 1 }, { "when": "food >= 1", "level": 2 } ]
    /// ```
    ///
    /// # Instead
    /// Give the stronger level the narrower condition: `food >= 1` for 1, `food >= 4` for 2.
    LINT_SHADOWED_STEP, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    let mut steps: Vec<(usize, usize, &Site<'_>)> = Vec::new();
    for site in form.sites() {
        if let Role::Rule { rule, step } = site.role {
            steps.push((rule, step, site));
        }
    }
    for same in steps.chunk_by(|(one, ..), (other, ..)| one == other) {
        for (rule, step, site) in same {
            if !site.outcomes_alone(form).can_be_true {
                continue;
            }
            let stronger = same.iter().find(|(_, other, outdoing)| {
                strength(form, *rule, *other) > strength(form, *rule, *step) && implies(form, site, outdoing)
            });
            let Some((_, _, outdoing)) = stronger else { continue };
            let finding = findings
                .of("this step never counts: whenever it is true, a stronger step is true too")
                .help("give the stronger level the narrower condition")
                .related(outdoing.item.place(), "the stronger step");
            findings.add(finding, site.item, &site.owners);
        }
    }
}

/// The level of a step, or how urgent its grade is.
fn strength(
    form: &Form<'_>,
    rule: usize,
    step: usize,
) -> Option<(Option<u8>, Option<Reverse<crate::plan::AlertGrade>>)> {
    let step = form.plan.rules.get(rule)?.steps.get(step)?;
    Some((step.level, step.grade.map(Reverse)))
}

/// Whether one condition is never true without the other.
fn implies(form: &Form<'_>, one: &Site<'_>, other: &Site<'_>) -> bool {
    let ways = form.reach.ways(&one.condition, Truth::True, vec![Default::default()]);
    let outcomes = form.reach.outcomes_in(&other.condition, other.condition.root(), &ways);
    outcomes.can_be_true && !outcomes.can_be_false && !outcomes.can_be_unknown
}
