use crate::diagnostic::Fix;
use crate::json::edit;
use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::site::Role;

rule! {
    /// Finds a `visibleIf`, `requiredIf` or `readOnlyIf` that is true whatever is answered.
    ///
    /// # Why
    /// It decides nothing, so something else was probably meant: a comparison the wrong way round, an `or` for an
    /// `and`.
    ///
    /// # Example
    /// ```json
    /// "visibleIf": "falls != 0 or falls != 1"
    /// ```
    ///
    /// # Instead
    /// Correct the condition. Leave it out if the question is always asked, write `required` for what is always
    /// needed, and `falls.exists()` to ask whether there is an answer at all.
    LINT_TAUTOLOGY, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        let (keyword, instead) = match site.role {
            Role::Section(_) | Role::Visible(_) => ("visibleIf", "leave it out if this is always asked"),
            Role::Required(_) => {
                ("requiredIf", "name the question in `required` if an answer is always needed")
            }
            Role::ReadOnly(_) | Role::SectionLock => {
                ("readOnlyIf", "correct it: as it stands, nobody can answer")
            }
            _ => continue,
        };
        let outcomes = site.outcomes_alone(form);
        if outcomes.can_be_false || !outcomes.can_be_true || !site.is_reachable(form) {
            continue;
        }
        let always = !outcomes.can_be_unknown;
        let message = if always {
            "this condition is always true"
        } else {
            "this condition is true for every answer: it only asks whether there is one"
        };
        let why = explain::why(form, site, site.condition.root());
        let help = match why {
            Some(why) => format!("{instead} ({why})"),
            None => instead.to_owned(),
        };
        let removed =
            (always && keyword == "visibleIf").then(|| edit::remove(site.holder, keyword)).flatten();
        let fix = removed.map(|edit| Fix::safe("remove the condition", edit));
        findings.add(findings.of(message).help(help).fix(fix), site.item, &site.owners);
    }
}
