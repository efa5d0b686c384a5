use super::parts;
use crate::expression::{Causes, Facts, RowId};
use crate::plan::{ItemPoints, Method, Plan, ScoreId};

/// Adds what a score without a value hangs on: for each item without points, what its answer hangs on.
///
/// Nothing is added for an item that is hidden by a decided condition; that is for `facts` to say.
pub fn missing_items(plan: &Plan, id: ScoreId, facts: &dyn Facts, causes: &mut Causes) {
    let score = plan.score(id);
    if let Method::Expression(program) = &score.method {
        let (value, hangs_on) = program.value_explained(facts, RowId::FORM);
        if value.is_none() {
            causes.extend(hangs_on);
        } else {
            // It counts as not assessed while none of its questions is answered, whatever it would come to.
            for question in &score.questions {
                facts.causes(plan.field_of(*question), RowId::FORM, causes);
            }
        }
        return;
    }
    for item in score.items.iter().filter(|item| parts::points(plan, item, facts).is_none()) {
        match &item.points {
            ItemPoints::Question(question) => facts.causes(plan.field_of(*question), RowId::FORM, causes),
            ItemPoints::Condition(when, _) => causes.extend(when.test_explained(facts, RowId::FORM).1),
        }
    }
}
