use crate::diagnostic::Fix;
use crate::json::edit;
use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::site::Role;
use crate::value::Truth;

rule! {
    /// Finds a `readOnlyIf` that is never true while what it locks is shown.
    ///
    /// # Why
    /// The author meant to keep an answer from being changed, and nothing keeps it.
    ///
    /// # Example
    /// ```json
    /// "weight": { "type": "number", "visibleIf": "measured", "readOnlyIf": "measured = false" }
    /// ```
    ///
    /// # Instead
    /// Correct the condition, or leave it out.
    LINT_DEAD_READ_ONLY_IF, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        if !matches!(site.role, Role::ReadOnly(_) | Role::SectionLock)
            || !site.is_reachable(form)
            || site.outcomes(form).can_be_true
        {
            continue;
        }
        let at = site.culprit(form, Truth::True);
        let help = explain::why(form, site, at).unwrap_or_else(|| "correct the condition".to_owned());
        let fix = edit::remove(site.holder, "readOnlyIf").map(|edit| Fix::safe("remove the condition", edit));
        let message = "this condition is never true: nothing is ever locked";
        findings.add(findings.of(message).help(help).at(site.place(at)).fix(fix), site.item, &site.owners);
    }
}
