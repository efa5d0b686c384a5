use crate::diagnostic::Fix;
use crate::json::edit;
use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::site::Role;
use crate::value::Truth;

rule! {
    /// Finds a `requiredIf` that is never true while its question is shown.
    ///
    /// # Why
    /// The question looks as if it had to be answered, and never has to.
    ///
    /// # Example
    /// ```json
    /// "carer_name": { "type": "string", "visibleIf": "carer", "requiredIf": "carer = false" }
    /// ```
    ///
    /// # Instead
    /// Correct the condition, or leave it out.
    LINT_DEAD_REQUIRED_IF, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        let Role::Required(_) = site.role else { continue };
        if !site.is_reachable(form) || site.outcomes(form).can_be_true {
            continue;
        }
        let at = site.culprit(form, Truth::True);
        let help = explain::why(form, site, at).unwrap_or_else(|| "correct the condition".to_owned());
        let fix = edit::remove(site.holder, "requiredIf").map(|edit| Fix::safe("remove the condition", edit));
        let message = "this condition is never true while the question is shown: it is never required";
        findings.add(findings.of(message).help(help).at(site.place(at)).fix(fix), site.item, &site.owners);
    }
}
