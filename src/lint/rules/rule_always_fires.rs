use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::site::Role;
use crate::value::Truth;

rule! {
    /// Finds a rule, or a step of a graded rule, whose condition is never false: it fires for everybody, or for
    /// everybody who answers.
    ///
    /// # Why
    /// A need that everybody has tells nobody apart, and an alert that always comes is soon looked away from.
    ///
    /// # Example
    /// ```json
    /// { "id": "R1", "title": "In pain", "when": "pain >= 0", "need": { … } }
    /// ```
    /// where `pain` is from 0 to 10.
    ///
    /// # Instead
    /// Correct the condition, here `pain >= 1`. If whether there is an answer is what counts, write `pain.exists()`.
    LINT_RULE_ALWAYS_FIRES, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        let Role::Rule { .. } = site.role else { continue };
        let outcomes = site.outcomes_alone(form);
        if outcomes.can_be_false || !outcomes.can_be_true {
            continue;
        }
        let at = site.culprit(form, Truth::False);
        let message = if outcomes.can_be_unknown {
            "this rule fires for every answer: its condition is never false"
        } else {
            "this rule always fires: its condition is always true"
        };
        let help = explain::why(form, site, at).unwrap_or_else(|| "correct the condition".to_owned());
        findings.add(findings.of(message).help(help).at(site.place(at)), site.item, &site.owners);
    }
}
