use serde_json::Value;

use super::projection::answer_schema;
use crate::plan::Plan;

/// stub
#[must_use]
pub fn published_schema(plan: &Plan) -> Value {
    answer_schema(plan)
}
