use super::parts::{self, State};
use crate::expression::{Facts, RowId, Trace};
use crate::plan::{Item, ItemPoints, Method, Plan, ScoreId};

/// Says what a score without a value hangs on: for each item without points, what its answer hangs on.
///
/// Nothing comes of an item that is hidden by a decided condition; that is for `facts` to say.
pub fn trace_missing(plan: &Plan, id: ScoreId, facts: &dyn Facts, trace: &mut Trace) {
    let score = plan.score(id);
    if let Method::Expression(program) = &score.method {
        if program.value_traced(facts, RowId::FORM, trace).is_some() {
            // It counts as not assessed while none of its questions is answered, whatever it would come to.
            score.questions.iter().for_each(|question| trace.follow(plan.field_of(*question), RowId::FORM));
        }
        return;
    }
    let open = |item: &&Item| !matches!(parts::state(plan, item, facts), State::Known(_));
    for item in score.items.iter().filter(open) {
        match &item.points {
            ItemPoints::Question(question) => trace.follow(plan.field_of(*question), RowId::FORM),
            ItemPoints::Score(score) => trace.follow(plan.score_field(*score), RowId::FORM),
            ItemPoints::Condition(when, _) => drop(when.test_traced(facts, RowId::FORM, trace)),
        }
    }
}
