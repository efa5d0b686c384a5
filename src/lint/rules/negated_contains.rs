use crate::diagnostic::Fix;
use crate::json::edit;
use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::reach::{At, Expr, Values};
use crate::lint::rule::rule;
use crate::lint::site::{Role, Site};
use crate::value::Truth;

rule! {
    /// Finds a negated `contains` that is true while nothing is chosen.
    ///
    /// # Why
    /// An empty multiple choice contains nothing, so "does not contain" is true for everybody who was not asked yet,
    /// and for everybody who did not want to say. A need is raised from silence.
    ///
    /// # Example
    /// ```json
    /// "when": "(entitlements contains 'pension').not()"
    /// ```
    ///
    /// # Instead
    /// Ask first whether there is an answer: `entitlements.exists() and (entitlements contains 'pension').not()`.
    LINT_NEGATED_CONTAINS, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        // What is violated only if surely false has nothing to fear from a blank.
        if !site.is_condition()
            || matches!(site.role, Role::Check(_) | Role::Filter(_))
            || !site.is_reachable(form)
        {
            continue;
        }
        for (at, expr) in site.condition.all() {
            let contains = match expr {
                Expr::Not(inner) => *inner,
                Expr::Binary("=", inner, no) if matches!(site.condition.expr(*no), Expr::Truth(false)) => {
                    *inner
                }
                _ => continue,
            };
            if site.condition.is_inside(at) {
                continue;
            }
            let (Expr::Binary("contains", list, _) | Expr::Binary("in", _, list)) =
                site.condition.expr(contains)
            else {
                continue;
            };
            let Expr::Field(field) = site.condition.expr(*list) else { continue };
            if !matches!(form.reach.seed(*field).values, Values::Codes(_))
                || !is_true_of_nothing(form, site, at, *list)
            {
                continue;
            }
            let name = explain::name(form.plan, *field);
            let span = site.span(at);
            let offset = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
            let text = site.item.text().unwrap_or_default();
            let fix = text.get(offset(span.start)..offset(span.end)).map(|written| {
                let guarded = format!("({name}.exists() and {written})");
                Fix::suggestion(
                    "ask first whether there is an answer",
                    edit::replace_part(site.item, span, &guarded),
                )
            });
            let finding = findings
                .of(format!("this is true while nothing is chosen at `{name}`"))
                .help(format!("ask first whether there is an answer: `{name}.exists() and …`"))
                .at(site.place(at))
                .fix(fix);
            findings.add(finding, site.item, &site.owners);
        }
    }
}

/// Whether the part can be what makes the whole true while nothing is chosen.
fn is_true_of_nothing(form: &Form<'_>, site: &Site<'_>, part: At, list: At) -> bool {
    let (reach, condition) = (&form.reach, &site.condition);
    let ways = reach.ways_without(condition, list, site.ways(form).to_vec());
    let ways = reach.ways(condition, Truth::True, ways);
    let ways = reach.ways_of(condition, part, Truth::True, ways);
    let without = reach.outcomes_if(condition, part, Truth::False, &ways);
    !ways.is_empty() && (without.can_be_false || without.can_be_unknown)
}
