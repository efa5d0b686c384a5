//! A questionnaire with a question of every kind, for what is held against one.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use intake::plan::Plan;

pub static PLAN: LazyLock<Arc<Plan>> = LazyLock::new(|| {
    let text = include_str!("form.json").to_owned();
    let files = BTreeMap::from([("questionnaire.json".to_owned(), text)]);
    let (plan, sources, diagnostics) = intake::open(&files, "questionnaire.json");
    let said: String = diagnostics.iter().map(|diagnostic| sources.render(diagnostic)).collect();
    plan.unwrap_or_else(|| panic!("the form beside this file does not compile:\n{said}"))
});
