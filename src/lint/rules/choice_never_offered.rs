use std::collections::BTreeMap;
use std::sync::Arc;

use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::reach::Expr;
use crate::lint::rule::rule;
use crate::lint::site::Role;
use crate::plan::{AnswerKind, ChoiceSource, QuestionId};

/// What a filter sees of a choice.
type Columns = BTreeMap<Arc<str>, Arc<str>>;

/// As many choices as are looked at.
const MOST: usize = 300;

rule! {
    /// Finds choices that a `choiceFilter` over answers never lets through, and a filter that lets none through. A
    /// filter that reads no answer, such as `%choice.code != 'x'`, may leave out what it names.
    ///
    /// # Why
    /// The answer that some people would give cannot be given.
    ///
    /// # Example
    /// ```json
    /// "service": { "choicesFrom": "services", "choiceFilter": "%choice.kind = 'helth'" }
    /// ```
    ///
    /// # Instead
    /// Correct the filter or the column of the list; take choices that are never wanted out of the list.
    LINT_CHOICE_NEVER_OFFERED, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        let Role::Filter(id) = site.role else { continue };
        let by_choice = site.condition.all().any(|(_, expr)| matches!(expr, Expr::ChoiceColumn(_)));
        let ways = site.ways(form);
        if ways.is_empty() {
            continue;
        }
        let mut never: Vec<Arc<str>> = Vec::new();
        let choices = choices(form, id);
        for (code, columns) in choices.iter().take(MOST) {
            let outcomes = form.reach.with_choice(columns.clone(), || {
                form.reach.outcomes_in(&site.condition, site.condition.root(), &ways)
            });
            if !outcomes.can_be_true {
                never.push(Arc::clone(code));
            }
            if !by_choice {
                break;
            }
        }
        let by_answer = site.condition.all().any(|(_, expr)| matches!(expr, Expr::Field(_)));
        let all = never.len() == choices.len().min(MOST) || (!by_choice && !never.is_empty());
        let message = match never.as_slice() {
            [] => continue,
            _ if !all && !by_answer => continue,
            _ if all => "this filter never lets a choice through".to_owned(),
            [code] => format!("this filter never lets the choice `{code}` through"),
            [code, rest @ ..] => {
                let count = rest.len();
                format!("this filter never lets the choice `{code}` through, nor {count} more")
            }
        };
        let help = "correct the filter, or take the choices out";
        findings.add(findings.of(message).help(help), site.item, &site.owners);
    }
}

/// The choices of a question with the columns that a filter sees.
fn choices(form: &Form<'_>, id: QuestionId) -> Vec<(Arc<str>, Columns)> {
    let source = match &form.plan.question(id).kind {
        AnswerKind::Choice { choices, .. } | AnswerKind::Choices { choices, .. } => choices,
        _ => return Vec::new(),
    };
    match source {
        ChoiceSource::Own(choices) => choices
            .iter()
            .map(|choice| {
                (Arc::clone(&choice.code), BTreeMap::from([(Arc::from("code"), Arc::clone(&choice.code))]))
            })
            .collect(),
        ChoiceSource::List(list) => form
            .plan
            .list(*list)
            .entries
            .iter()
            .map(|entry| (Arc::clone(&entry.choice.code), entry.columns.clone()))
            .collect(),
    }
}
