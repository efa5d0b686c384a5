use std::collections::BTreeSet;

use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::texts::texts;

rule! {
    /// Finds a translation whose placeholders are not those of the text.
    ///
    /// # Why
    /// The sentence says less, or something else, in one of the languages: a name, a number or a date is missing.
    ///
    /// # Example
    /// ```json
    /// "title": "Does {child_name} go to school?"
    /// ```
    /// with `"title": "孩子上学吗？"` in the language pack.
    ///
    /// # Instead
    /// Use the same placeholders in every language: `"{child_name}上学吗？"`. Their order may differ.
    LINT_PLACEHOLDERS_DIFFER, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for text in texts(form) {
        let own = placeholders(text.item.text().unwrap_or_default());
        for (language, item) in &text.translations {
            let theirs = placeholders(item.text().unwrap_or_default());
            let message = match (own.difference(&theirs).next(), theirs.difference(&own).next()) {
                (Some(missing), _) => format!("this translation into `{language}` lacks `{{{missing}}}`"),
                (None, Some(added)) => {
                    format!("this translation into `{language}` has `{{{added}}}`, which the text has not")
                }
                (None, None) => continue,
            };
            let finding = findings
                .of(message)
                .help("use the same placeholders in every language")
                .related(text.item.place(), "the text");
            findings.add(finding, *item, &[&[text.item], text.owners.as_slice()].concat());
        }
    }
}

/// The names in braces.
pub(super) fn placeholders(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        rest = match after.strip_prefix('{') {
            Some(after) => after,
            None => match after.split_once('}') {
                Some((name, after)) => {
                    found.insert(name.trim());
                    after
                }
                None => "",
            },
        };
    }
    found
}
