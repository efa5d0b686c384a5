use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::site::Role;
use crate::value::Truth;

rule! {
    /// Finds a rule, or a step of a graded rule, whose condition can never be true.
    ///
    /// # Why
    /// A need or an alert that the author counted on will never come.
    ///
    /// # Example
    /// ```json
    /// { "id": "R1", "title": "Bad pain", "when": "pain > 10", "need": { … } }
    /// ```
    /// where `pain` is at most 10.
    ///
    /// # Instead
    /// Correct the condition so that some answers make it true, here `pain >= 8`, or remove the rule.
    LINT_RULE_NEVER_FIRES, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        let Role::Rule { .. } = site.role else { continue };
        if site.outcomes_alone(form).can_be_true {
            continue;
        }
        let at = site.culprit(form, Truth::True);
        let message = "this rule can never fire: its condition is never true";
        let help = explain::why(form, site, at).unwrap_or_else(|| "correct the condition".to_owned());
        findings.add(findings.of(message).help(help).at(site.place(at)), site.item, &site.owners);
    }
}
