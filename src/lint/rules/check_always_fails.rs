use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::site::Role;
use crate::value::Truth;

rule! {
    /// Finds a check that can never hold.
    ///
    /// # Why
    /// Whatever is answered, the worker is told that it is wrong; with the severity `error` the interview cannot be
    /// finished.
    ///
    /// # Example
    /// ```json
    /// "floor": { "type": "integer", "minimum": 0, "maximum": 60, "checks": [
    ///   { "id": "real", "assert": "floor > 0 and floor < 0", "message": "There is no such floor." } ] }
    /// ```
    ///
    /// # Instead
    /// Write what *should* hold: `assert` is the condition of a good answer, not of a bad one.
    LINT_CHECK_ALWAYS_FAILS, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        let Role::Check(_) = site.role else { continue };
        if site.outcomes_alone(form).can_be_true {
            continue;
        }
        let at = site.culprit(form, Truth::True);
        let help = explain::why(form, site, at).unwrap_or_else(|| "write what should hold".to_owned());
        let finding = findings.of("this check can never hold").help(help).at(site.place(at));
        findings.add(finding, site.item, &site.owners);
    }
}
