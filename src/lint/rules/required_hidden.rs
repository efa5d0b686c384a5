use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::plan::Demand;

rule! {
    /// Finds a question that must be answered and is drawn nowhere: `"widget": "hidden"` without a `default` or a
    /// `calculate`.
    ///
    /// # Why
    /// The interview can never be finished, and nothing on the page says why.
    ///
    /// # Example
    /// ```json
    /// "required": ["station"], "properties": {
    ///   "station": { "title": "Station", "type": "string", "widget": "hidden" } }
    /// ```
    ///
    /// # Instead
    /// Show the question, give it a `default`, calculate it, or do not require it.
    LINT_REQUIRED_HIDDEN, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for (id, written) in form.questions() {
        let question = form.plan.question(id);
        let needed = matches!(question.demand, Demand::Required | Demand::AnswerOrRefusal)
            || question.required_if.is_some();
        if !needed || !question.is_hidden() || question.default.is_some() || !question.is_asked() {
            continue;
        }
        let item = written.item.get("widget").unwrap_or(written.item);
        let finding = findings
            .of("this question must be answered, and nobody sees it")
            .help("show it, give it a `default` or a `calculate`, or do not require it");
        findings.add(finding, item, &form.owners(id));
    }
}
