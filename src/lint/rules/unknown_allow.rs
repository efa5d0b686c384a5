use super::unused_allow::allows;
use crate::diagnostic::{Fix, did_you_mean};
use crate::json::edit;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::rules::{RULES, find};

rule! {
    /// Finds an entry of an `allow` for a rule that does not exist, or that may not be allowed.
    ///
    /// # Why
    /// It allows nothing, though it looks as if it did.
    ///
    /// # Example
    /// ```json
    /// "allow": { "lint.later-questions": "Asked on the phone before the visit." }
    /// ```
    ///
    /// # Instead
    /// Write the code of the finding as it is shown, here `lint.later-question`.
    LINT_UNKNOWN_ALLOW, Warning, check, false
}

fn check(_: &Form<'_>, findings: &mut Findings<'_>) {
    for (_, allow) in allows(findings.allowances.root()) {
        for (code, reason) in allow.entries() {
            let (message, meant) = match find(code) {
                Some(rule) if rule.can_be_allowed => continue,
                Some(_) => ("this finding cannot be allowed".to_owned(), None),
                None => {
                    let known = RULES.iter().map(|rule| rule.code.as_str());
                    let meant = did_you_mean(code, known);
                    let guess = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
                    let shown: String = code.chars().take(60).collect();
                    (format!("there is no rule `{shown}`{guess}"), meant)
                }
            };
            let place = reason.key_place();
            let fix = meant.map(|meant| {
                let mut edit = edit::replace(reason, &serde_json::Value::from(meant).to_string());
                edit.span = place.span;
                Fix::suggestion(format!("write `{meant}`"), edit)
            });
            let finding =
                findings.of(message).help("write the code of a finding as it is shown").at(place).fix(fix);
            findings.add(finding, reason, &[]);
        }
    }
}
