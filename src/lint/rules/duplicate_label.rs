use std::collections::BTreeMap;

use crate::json::Item;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::texts::{code_text, own_choices};

rule! {
    /// Finds two choices of a question, or two entries of a list, that read the same in one of the languages.
    ///
    /// # Why
    /// The worker cannot tell them apart, and the answers are worth nothing.
    ///
    /// # Example
    /// ```json
    /// "oneOf": [ { "const": "often", "title": "Often" }, { "const": "always", "title": "Often" } ]
    /// ```
    ///
    /// # Instead
    /// Give every choice a text of its own.
    LINT_DUPLICATE_LABEL, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for (id, written) in form.questions() {
        let path = form.plan.path(id);
        let mut owners = vec![written.item];
        owners.extend(form.owners(id));
        let choices: Vec<(String, Item<'_>)> = own_choices(written.item)
            .filter_map(|choice| Some((choice.get("const").and_then(code_text)?, choice.get("title")?)))
            .collect();
        let packs = form.questionnaire.packs_of(written.file);
        each_language(form, &choices, &owners, findings, |language, code| {
            packs.text(language, &["questions", &path, "choices", code])
        });
    }
    for (_, body, file) in form.questionnaire.lists() {
        let entries = || body.get("entries").into_iter().flat_map(Item::items);
        // Entries of a list with columns can be told apart by a filter.
        if entries().any(|entry| entry.entries().any(|(column, _)| !matches!(column, "code" | "title"))) {
            continue;
        }
        let choices: Vec<(String, Item<'_>)> = entries()
            .filter_map(|entry| Some((entry.text_of("code")?.to_owned(), entry.get("title")?)))
            .collect();
        let packs = form.questionnaire.packs_of(file);
        each_language(form, &choices, &[], findings, |language, code| {
            packs.text(language, &["entries", code])
        });
    }
}

fn each_language<'a>(
    form: &Form<'_>,
    choices: &[(String, Item<'a>)],
    owners: &[Item<'_>],
    findings: &mut Findings<'_>,
    translated: impl Fn(&str, &str) -> Option<Item<'a>>,
) {
    for (index, language) in form.plan.languages.iter().enumerate() {
        let mut seen: BTreeMap<String, (&str, Item<'_>)> = BTreeMap::new();
        for (code, title) in choices {
            let title = if index == 0 { Some(*title) } else { translated(language, code) };
            let Some((title, text)) = title.and_then(|title| Some((title, title.text()?))) else { continue };
            let key = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            match seen.get(&key) {
                Some((other, place)) => {
                    let finding = findings
                        .of(format!("the choices `{other}` and `{code}` read the same"))
                        .help("give each a text of its own")
                        .related(place.place(), "the other");
                    findings.add(finding, title, owners);
                }
                None => {
                    seen.insert(key, (code, title));
                }
            }
        }
    }
}
