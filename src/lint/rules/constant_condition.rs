use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::site::Role;
use crate::value::Truth;

rule! {
    /// Finds a condition of a score's item, of an adjustment, of a legal flag or of the offer that can never be true,
    /// or never false.
    ///
    /// # Why
    /// The item counts for nobody or for everybody, the flag says nothing.
    ///
    /// # Example
    /// ```json
    /// "items": [ { "id": "many_falls", "when": "falls > 40", "points": 1 } ]
    /// ```
    /// where `falls` is at most 40.
    ///
    /// # Instead
    /// Correct the condition, or leave the item out.
    LINT_CONSTANT_CONDITION, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        let what = match site.role {
            Role::ScoreItem => "this item",
            Role::Adjustment => "this adjustment",
            Role::Flag => "this flag",
            Role::Offer => "this offer",
            _ => continue,
        };
        let outcomes = site.outcomes_alone(form);
        let (never, word) = match (outcomes.can_be_true, outcomes.can_be_false) {
            (true, true) => continue,
            (false, _) => (Truth::True, "never true"),
            (true, false) => (Truth::False, "never false"),
        };
        let at = site.culprit(form, never);
        let help = explain::why(form, site, at).unwrap_or_else(|| "correct the condition".to_owned());
        let finding = findings.of(format!("the condition of {what} is {word}")).help(help).at(site.place(at));
        findings.add(finding, site.item, &site.owners);
    }
}
