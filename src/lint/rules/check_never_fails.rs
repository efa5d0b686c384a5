use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::site::Role;
use crate::value::Truth;

rule! {
    /// Finds a check that no answer can violate.
    ///
    /// # Why
    /// Its message will never be seen; what it was to guard against goes through.
    ///
    /// # Example
    /// ```json
    /// "height": { "type": "integer", "minimum": 30, "maximum": 250, "checks": [
    ///   { "id": "plausible", "assert": "height <= 250 or height >= 30", "message": "Is that right?" } ] }
    /// ```
    ///
    /// # Instead
    /// Correct the condition. What `minimum`, `maximum` and the choices already say needs no check.
    LINT_CHECK_NEVER_FAILS, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        let Role::Check(_) = site.role else { continue };
        let outcomes = site.outcomes_alone(form);
        if outcomes.can_be_false || !outcomes.can_be_true {
            continue;
        }
        let at = site.culprit(form, Truth::False);
        let help = explain::why(form, site, at).unwrap_or_else(|| "correct the condition".to_owned());
        let finding = findings.of("no answer can violate this check").help(help).at(site.place(at));
        findings.add(finding, site.item, &site.owners);
    }
}
