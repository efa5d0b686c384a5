use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::reach::{At, Env, Expr};
use crate::lint::rule::rule;
use crate::lint::site::Site;
use crate::value::Truth;

rule! {
    /// Finds an `iif` whose condition can be unknown.
    ///
    /// # Why
    /// `iif` takes its last part not only where the condition is false but also where it is not known: what was never
    /// asked counts like a "no".
    ///
    /// # Example
    /// ```json
    /// "calculate": "iif(falls >= 2, 1, 0)"
    /// ```
    /// is 0 for somebody who was not asked about falls.
    ///
    /// # Instead
    /// Say what an unknown means: `iif(falls.empty(), {}, iif(falls >= 2, 1, 0))` stays open, and
    /// `iif(coalesce(falls, 0) >= 2, 1, 0)` says that it counts as none.
    LINT_UNKNOWABLE_IIF, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        if !site.condition.all().any(|(_, expr)| matches!(expr, Expr::Iif(..))) || !site.is_reachable(form) {
            continue;
        }
        let mut found = Vec::new();
        let root = site.condition.root();
        walk(form, site, root, site.ways(form).to_vec(), &mut found);
        for test in found {
            let finding = findings
                .of("this can be unknown, and then `iif` takes its last part as if it were false")
                .help("say what an unknown means, with `empty()`, `exists()` or `coalesce(…)`")
                .at(site.place(test));
            findings.add(finding, site.item, &site.owners);
        }
    }
}

/// Goes down with what is known where a part is evaluated. Lambdas are left out: little is known of their rows.
///
/// The recursion is as deep as the tree is high, which the reader has bounded.
fn walk(form: &Form<'_>, site: &Site<'_>, at: At, ways: Vec<Env>, found: &mut Vec<At>) {
    if ways.is_empty() {
        return;
    }
    let condition = &site.condition;
    let when = |part: At, truth: Truth| form.reach.ways_of(condition, part, truth, ways.clone());
    match condition.expr(at) {
        Expr::Some { .. } => {}
        Expr::Iif(test, then, or) => {
            let unknown = when(*test, Truth::Unknown);
            if !unknown.is_empty() {
                found.push(*test);
            }
            let (yes, mut no) = (when(*test, Truth::True), when(*test, Truth::False));
            no.extend(unknown);
            walk(form, site, *test, ways.clone(), found);
            walk(form, site, *then, yes, found);
            if let Some(or) = or {
                walk(form, site, *or, no, found);
            }
        }
        Expr::Binary(connective @ ("and" | "or" | "implies"), left, right) => {
            let decided = if *connective == "or" { Truth::False } else { Truth::True };
            walk(form, site, *left, ways.clone(), found);
            // Where the left side decides, what the right side says does not matter.
            walk(form, site, *right, when(*left, decided), found);
        }
        other => {
            for part in other.parts() {
                walk(form, site, part, ways.clone(), found);
            }
        }
    }
}
