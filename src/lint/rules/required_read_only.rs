use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::reach::Env;
use crate::lint::rule::rule;
use crate::lint::site::{Role, Site};
use crate::plan::{Demand, QuestionId};
use crate::value::Truth;

rule! {
    /// Finds a question that is locked whenever an answer is needed.
    ///
    /// # Why
    /// The interview can never be finished: the answer is demanded and the box is closed.
    ///
    /// # Example
    /// ```json
    /// "carer": { "title": "Who cares for you?", "type": "string",
    ///            "requiredIf": "alone = false", "readOnlyIf": "alone = false" }
    /// ```
    ///
    /// # Instead
    /// Unlock the question where an answer is needed, or give it a `default` or a `calculate`.
    LINT_REQUIRED_READ_ONLY, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    let locks: Vec<(QuestionId, &Site<'_>)> = form
        .sites()
        .iter()
        .filter_map(|site| match site.role {
            Role::ReadOnly(id) => Some((id, site)),
            _ => None,
        })
        .collect();
    let demands: std::collections::BTreeMap<QuestionId, &Site<'_>> = form
        .sites()
        .iter()
        .filter_map(|site| match site.role {
            Role::Required(id) => Some((id, site)),
            _ => None,
        })
        .collect();
    for (id, lock) in locks {
        let question = form.plan.question(id);
        if question.default.is_some() || !question.is_asked() {
            continue;
        }
        let ways: Vec<Env> = match (question.demand, demands.get(&id)) {
            (Demand::Required | Demand::AnswerOrRefusal, _) => lock.ways(form).to_vec(),
            (_, Some(demand)) => form.reach.ways(&demand.condition, Truth::True, demand.ways(form).to_vec()),
            (_, None) => continue,
        };
        if ways.is_empty() {
            continue;
        }
        let outcomes = form.reach.outcomes_in(&lock.condition, lock.condition.root(), &ways);
        if outcomes.can_be_false || outcomes.can_be_unknown || !outcomes.can_be_true {
            continue;
        }
        let finding = findings
            .of("this question is locked whenever an answer is needed")
            .help("unlock it where an answer is needed, or give it a `default` or a `calculate`");
        findings.add(finding, lock.item, &lock.owners);
    }
}
