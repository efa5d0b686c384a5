//! What several tests of the page begin with.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::plan::Plan;

/// A questionnaire of one question for a text, `name`.
pub(crate) fn plan() -> Arc<Plan> {
    let text = r#"{
      "$schema": "../../dialect/questionnaire-1.schema.json",
      "id": "one", "version": "1.0.0", "title": "One", "languages": ["en"],
      "allOf": [{ "id": "all", "title": "All", "properties": { "name": { "type": "string", "title": "Name" } } }],
      "unevaluatedProperties": false
    }"#;
    let files = BTreeMap::from([("questionnaire.json".to_owned(), text.to_owned())]);
    crate::open(&files, "questionnaire.json").0.unwrap()
}
