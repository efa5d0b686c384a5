use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::reach::{Values, fits};
use crate::lint::rule::rule;
use crate::plan::AnswerKind;
use crate::value::Value;

rule! {
    /// Finds constraints that together leave no answer, and a `default` that they refuse.
    ///
    /// # Why
    /// Whatever is typed is refused, or the question begins with a fault that nobody made.
    ///
    /// # Example
    /// ```json
    /// "dose": { "type": "number", "minimum": 1, "maximum": 4, "multipleOf": 5 }
    /// ```
    ///
    /// # Instead
    /// Correct the bounds so that at least one value satisfies them all.
    LINT_NO_ANSWER_FITS, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for (id, written) in form.questions() {
        let question = form.plan.question(id);
        if !question.is_asked() {
            continue;
        }
        let seed = form.reach.seed(form.plan.field_of(id));
        let keywords: &[&str] = match question.kind {
            AnswerKind::Number { .. } => {
                &["multipleOf", "exclusiveMaximum", "maximum", "exclusiveMinimum", "minimum"]
            }
            AnswerKind::Choices { .. } => &["minItems", "maxItems"],
            _ => continue,
        };
        let owners = form.owners(id);
        if matches!(seed.values, Values::None) {
            let item = keywords.iter().find_map(|keyword| written.item.get(keyword)).unwrap_or(written.item);
            let finding = findings
                .of("no answer can satisfy the constraints of this question")
                .help("correct them so that at least one value satisfies them all");
            findings.add(finding, item, &owners);
        } else if let (Some(default), Some(item)) = (&question.default, written.item.get("default"))
            && matches!(default, Value::Number(_) | Value::Codes(_))
            && !fits(&seed.values, default)
        {
            let finding = findings
                .of("the constraints of this question refuse its `default`")
                .help("correct the default or the constraints");
            findings.add(finding, item, &owners);
        }
    }
}
