use std::collections::BTreeMap;

use crate::lint::findings::Findings;
use crate::lint::form::{Form, takes_answers};
use crate::lint::rule::rule;
use crate::plan::{LanguageId, QuestionId, SectionId};

rule! {
    /// Finds two questions of one section that read the same and can be shown together.
    ///
    /// # Why
    /// The person is asked twice, and in lists, prints and exports nobody can tell the two apart.
    ///
    /// # Example
    /// ```json
    /// "phone": { "title": "Phone number", "type": "string" },
    /// "phone_2": { "title": "Phone number", "type": "string" }
    /// ```
    ///
    /// # Instead
    /// Say what is different: "Phone number of a neighbour".
    LINT_DUPLICATE_QUESTION, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    let mut seen: BTreeMap<(SectionId, Option<QuestionId>, String), QuestionId> = BTreeMap::new();
    for (id, written) in form.questions() {
        let question = form.plan.question(id);
        if !takes_answers(&question.kind) {
            continue;
        }
        let title = question.title.text(LanguageId(0));
        let key = title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let Some(other) = seen.insert((question.section, question.parent, key), id) else { continue };
        let (Some(first), Some(item)) = (form.written(other), written.item.get("title")) else { continue };
        if !form.reach.together(other, id) {
            continue;
        }
        let finding = findings
            .of(format!("this question reads like `{}`", form.plan.question(other).name))
            .help("say what is different")
            .related(first.item.get("title").unwrap_or(first.item).place(), "the other");
        findings.add(finding, item, &form.owners(id));
    }
}
