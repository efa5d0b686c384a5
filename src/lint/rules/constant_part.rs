use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::reach::{At, Expr};
use crate::lint::rule::rule;
use crate::lint::site::Site;

rule! {
    /// Finds a part of a condition or calculation that can never be true, or never false, though the whole can.
    ///
    /// # Why
    /// That part might as well not be there, so it does not do what it was written for.
    ///
    /// # Example
    /// ```json
    /// "visibleIf": "falls >= 1 or age > 200"
    /// ```
    ///
    /// # Instead
    /// Correct the part, or leave it out.
    LINT_CONSTANT_PART, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        if !site.is_reachable(form) {
            continue;
        }
        let whole = site.outcomes_alone(form);
        if site.is_condition() && !(whole.can_be_true && whole.can_be_false) {
            continue;
        }
        // For each part, whether it or one below it was told: inner parts come first.
        let mut told: Vec<bool> = Vec::new();
        for (at, expr) in site.condition.all() {
            let told_below = expr.parts().iter().any(|part| told.get(*part).copied().unwrap_or(false));
            told.push(told_below);
            let compares = match expr {
                Expr::Binary("=" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "contains", ..) => true,
                // What asks whether there is an answer can be meant to be unknown: `m.exists() or m.first() = 'x'`.
                Expr::Binary("and" | "or" | "implies" | "xor", ..) => !asks_for_an_answer(site, at),
                _ => false,
            };
            let whole = at == site.condition.root() && site.is_condition();
            if told_below || !compares || whole || site.condition.is_inside(at) || !holds_a_field(site, at) {
                continue;
            }
            let outcomes = site.part_alone(form, at);
            let word = match (outcomes.can_be_true, outcomes.can_be_false) {
                (true, true) => continue,
                (false, _) => "never true",
                (true, false) if outcomes.can_be_unknown => "never false",
                (true, false) => "always true",
            };
            if let Some(told) = told.get_mut(at) {
                *told = true;
            }
            let help = explain::why(form, site, at);
            let help = help.unwrap_or_else(|| "correct this part, or leave it out".to_owned());
            let finding = findings.of(format!("this part is {word}")).help(help).at(site.place(at));
            findings.add(finding, site.item, &site.owners);
        }
    }
}

/// Whether it depends on anything: a literal that is always the same is meant to be.
fn holds_a_field(site: &Site<'_>, at: At) -> bool {
    site.condition.below(at).into_iter().any(|part| {
        matches!(
            site.condition.expr(part),
            Expr::Field(_) | Expr::Absence(_) | Expr::Rows { .. } | Expr::Count(_)
        )
    })
}

fn asks_for_an_answer(site: &Site<'_>, at: At) -> bool {
    let mut below = site.condition.below(at).into_iter();
    below.any(|part| matches!(site.condition.expr(part), Expr::Exists(_) | Expr::Empty(_)))
}
