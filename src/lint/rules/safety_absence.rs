use crate::diagnostic::Fix;
use crate::json::{Item, edit};
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::plan::Demand;
use crate::value::Absence;

rule! {
    /// Finds a safety question that cannot be refused: it is in `required`, has a `requiredIf`, or its `absence` does
    /// not offer `declined`.
    ///
    /// # Why
    /// A person who may not refuse says "no" to get on, and that "no" is recorded as safety. A refusal is worth more:
    /// it is listed as unscreened, and a second worker asks again. A safety question blocks anyhow until there is an
    /// answer or a refusal. This cannot be allowed.
    ///
    /// # Example
    /// ```json
    /// "now_violence": { "title": "Does anyone hurt you?", "type": "boolean", "safety": true, "absence": [] }
    /// ```
    ///
    /// # Instead
    /// Leave `absence` out, which offers all five reasons, and do not require the question.
    LINT_SAFETY_ABSENCE, Error, check, false
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for (id, written) in form.questions() {
        let question = form.plan.question(id);
        if !question.safety {
            continue;
        }
        let item = written.item;
        let (message, place, fix) = if let (Some(absence), false) =
            (item.get("absence"), question.absences.contains(&Absence::Declined))
        {
            let edit = edit::remove(item, "absence");
            let fix = edit.map(|edit| Fix::suggestion("offer every reason", edit));
            ("this safety question cannot be refused: `absence` does not offer `declined`", absence, fix)
        } else if question.demand == Demand::Required {
            let required = written.holder.get("required").into_iter().flat_map(Item::items);
            let named = required.into_iter().find(|name| name.text() == Some(&*question.name));
            ("this safety question cannot be refused: it is in `required`", named.unwrap_or(item), None)
        } else if let (Some(required), true) = (item.get("requiredIf"), question.required_if.is_some()) {
            let edit = edit::remove(item, "requiredIf");
            let fix = edit.map(|edit| Fix::suggestion("remove the condition", edit));
            ("this safety question cannot be refused: it has a `requiredIf`", required, fix)
        } else {
            continue;
        };
        let help = "a safety question blocks until there is an answer or a refusal: nothing more is needed";
        findings.add(findings.of(message).help(help).fix(fix), place, &form.owners(id));
    }
}
