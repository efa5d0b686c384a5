use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::site::Role;

rule! {
    /// Finds a question whose `visibleIf` can be true, but never while the section or repeat in which it stands is
    /// shown.
    ///
    /// # Why
    /// Each condition looks right by itself; together they hide the question from everybody.
    ///
    /// # Example
    /// ```json
    /// { "id": "carer", "visibleIf": "living = 'family'", "properties": {
    ///   "visits": { "title": "Who looks in on you?", "type": "string", "visibleIf": "living = 'alone'" } } }
    /// ```
    ///
    /// # Instead
    /// Move the question to a section that is shown when it should be asked, or correct one of the two conditions.
    LINT_CONTRADICTS_PARENT, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        let Role::Visible(_) = site.role else { continue };
        if !site.is_reachable(form)
            || site.outcomes(form).can_be_true
            || !site.outcomes_alone(form).can_be_true
        {
            continue;
        }
        let message =
            "this question can never be shown: its condition is never true while what it stands in is shown";
        let help = explain::why(form, site, site.condition.root()).unwrap_or_else(|| {
            "correct this condition, or that of the section or repeat around it".to_owned()
        });
        findings.add(findings.of(message).help(help), site.item, &site.owners);
    }
}
