//! Everything of a questionnaire that is an expression, as FHIRPath over a response.

use super::naming;
use super::variables::{Offered, Variable, Variables};
use crate::plan::{AnswerKind, Check, Choice, ChoiceSource, Plan, QuestionId, SectionId};

/// An expression of a questionnaire as FHIRPath over a response, with the variables that it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lowered {
    /// The link id of the item: `section.` and the id of a section, or the path of a question; empty for the form.
    pub link: String,
    /// Which of them it is.
    pub kind: Lowering,
    /// Of a check its id; of a filter the code of a choice that it lets through or not.
    pub of: Option<String>,
    /// The expression; none where FHIRPath cannot say it.
    pub expression: Option<String>,
}

/// What an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lowering {
    /// Whether something is asked: `visibleIf`.
    Shown,
    /// What a question comes to: `calculate`.
    Calculated,
    /// Whether an answer is needed: `requiredIf`.
    Required,
    /// Whether it must not be changed: `readOnlyIf`, of the question and of all that it stands in.
    ReadOnly,
    /// Whether a check holds; true too while that is not known.
    Holds,
    /// Whether a choice is offered: `choiceFilter`.
    Offered,
}

/// Every expression of a questionnaire with what becomes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoweredForm {
    /// In document order, those of sections first.
    pub conditions: Vec<Lowered>,
    /// The names and expressions of the form's variables, each after those that it reads.
    pub variables: Vec<(String, String)>,
    /// The same of the rows of repeats, with the repeat.
    pub row_variables: Vec<(QuestionId, String, String)>,
}

/// More choices than this are not told apart one by one: each has an expression of its own.
const MOST_TOGGLES: usize = 1_000;

/// The expressions of a questionnaire as FHIRPath over a response.
#[must_use]
pub fn lowered(plan: &Plan) -> LoweredForm {
    let mut variables = Variables::new(plan);
    let mut found = Vec::new();
    for id in plan.section_ids() {
        let link = naming::section_link(plan, id);
        if let Some(program) = &plan.section(id).visible_if {
            let expression = variables.lower(program, None);
            found.push(Lowered { link, kind: Lowering::Shown, of: None, expression });
        }
    }
    for id in plan.question_ids() {
        let question = plan.question(id);
        let link = naming::link(plan, id);
        let mut add = |kind, of, expression| {
            found.push(Lowered { link: link.clone(), kind, of, expression });
        };
        for (kind, program) in [
            (Lowering::Shown, &question.visible_if),
            (Lowering::Calculated, &question.calculate),
            (Lowering::Required, &question.required_if),
        ] {
            if let Some(program) = program {
                add(kind, None, variables.lower(program, question.parent));
            }
        }
        if is_locked(plan, id) {
            add(Lowering::ReadOnly, None, locked(&mut variables, plan, id));
        }
        if question.choice_filter.is_some() {
            match toggles(&mut variables, plan, id) {
                Some(groups) => {
                    for (expression, choices) in groups {
                        let code = choices.first().map(|choice| choice.code.to_string());
                        add(Lowering::Offered, code, Some(expression));
                    }
                }
                None => add(Lowering::Offered, None, None),
            }
        }
    }
    for id in plan.check_ids() {
        let check = plan.check(id);
        let link = match (check.question, check.section) {
            (Some(question), _) => naming::link(plan, question),
            (None, Some(section)) => naming::section_link(plan, section),
            (None, None) => String::new(),
        };
        let expression = holds(&mut variables, plan, check);
        found.push(Lowered { link, kind: Lowering::Holds, of: Some(check.id.to_string()), expression });
    }
    let pair = |variable: &Variable| (variable.name.clone(), variable.expression.clone());
    let rows = variables.rows.iter().flat_map(|(repeat, list)| {
        list.iter().map(|variable| (*repeat, variable.name.clone(), variable.expression.clone()))
    });
    LoweredForm {
        conditions: found,
        variables: variables.form.iter().map(pair).collect(),
        row_variables: rows.collect(),
    }
}

/// Whether a check holds. Only one that surely does not is told: an unanswered question is no fault.
pub(super) fn holds(variables: &mut Variables<'_>, plan: &Plan, check: &Check) -> Option<String> {
    let within = check.question.and_then(|question| plan.question(question).parent);
    let assert = variables.lower(&check.assert, within)?;
    Some(format!("iif(({assert}).not(), false, true)"))
}

/// Whether a question, or what it stands in, has a condition under which it must not be changed. A calculated one never
/// may be, and says so by itself.
pub(super) fn is_locked(plan: &Plan, id: QuestionId) -> bool {
    let question = plan.question(id);
    let around = match question.parent {
        Some(repeat) => is_locked(plan, repeat),
        None => plan.section(question.section).read_only_if.is_some(),
    };
    question.calculate.is_none() && (around || question.read_only_if.is_some())
}

/// Under which condition a question must not be changed: its own, or that of what it stands in.
pub(super) fn locked(variables: &mut Variables<'_>, plan: &Plan, id: QuestionId) -> Option<String> {
    let question = plan.question(id);
    let around = match question.parent {
        Some(repeat) if is_locked(plan, repeat) => Some(locked(variables, plan, repeat)?),
        Some(_) => None,
        None => section_lock(variables, plan, question.section)?,
    };
    let own = match &question.read_only_if {
        Some(program) => Some(variables.lower(program, question.parent)?),
        None => None,
    };
    match (around, own) {
        (Some(around), Some(own)) => Some(format!("({around}) or ({own})")),
        (one, other) => one.or(other),
    }
}

/// The lock of a section, if it has one; the outer `None` says that it cannot be written.
fn section_lock(variables: &mut Variables<'_>, plan: &Plan, id: SectionId) -> Option<Option<String>> {
    match &plan.section(id).read_only_if {
        Some(program) => Some(Some(variables.lower(program, None)?)),
        None => Some(None),
    }
}

/// Under which condition choices are offered, with those of which it is the same.
pub(super) fn toggles<'a>(
    variables: &mut Variables<'a>,
    plan: &'a Plan,
    id: QuestionId,
) -> Option<Vec<(String, Vec<&'a Choice>)>> {
    let question = plan.question(id);
    let filter = question.choice_filter.as_ref()?;
    let offered: Vec<Offered<'a>> = match &question.kind {
        AnswerKind::Choice { choices: ChoiceSource::List(list), .. }
        | AnswerKind::Choices { choices: ChoiceSource::List(list), .. } => {
            plan.list(*list).entries.iter().map(|entry| (&entry.choice, Some(entry))).collect()
        }
        _ => question.own_choices().iter().map(|choice| (choice, None)).collect(),
    };
    if offered.len() > MOST_TOGGLES {
        return None;
    }
    let mut groups: Vec<(String, Vec<&Choice>)> = Vec::new();
    for offered in offered {
        let expression = variables.lower_for(filter, question.parent, Some(offered))?;
        match groups.iter_mut().find(|(known, _)| *known == expression) {
            Some((_, choices)) => choices.push(offered.0),
            None => groups.push((expression, vec![offered.0])),
        }
    }
    Some(groups)
}
