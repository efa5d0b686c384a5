use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::site::Role;
use crate::value::Truth;

rule! {
    /// Finds a question or section whose `visibleIf` can never be true.
    ///
    /// # Why
    /// Nobody will ever see it. Whatever counts on its answer waits for ever: scores stay open, rules stay undecided,
    /// and a need goes unnoticed.
    ///
    /// # Example
    /// ```json
    /// "pain": { "title": "How bad is the pain?", "type": "integer", "minimum": 0, "maximum": 10 },
    /// "pain_place": { "title": "Where does it hurt?", "type": "string", "visibleIf": "pain > 10" }
    /// ```
    ///
    /// # Instead
    /// Correct the condition so that some answer makes it true, here `pain > 0`, or remove the question.
    LINT_NEVER_SHOWN, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        let what = match site.role {
            Role::Section(_) => "section",
            Role::Visible(_) => "question",
            _ => continue,
        };
        if site.outcomes_alone(form).can_be_true {
            continue;
        }
        let at = site.culprit(form, Truth::True);
        let message = format!("this {what} can never be shown: its condition is never true");
        let help = explain::why(form, site, at).unwrap_or_else(|| "correct the condition".to_owned());
        findings.add(findings.of(message).help(help).at(site.place(at)), site.item, &site.owners);
    }
}
