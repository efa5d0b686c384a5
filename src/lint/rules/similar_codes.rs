use std::collections::BTreeMap;

use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::texts::{code_text, own_choices};

rule! {
    /// Finds two codes of a question that differ only in case, hyphens, underscores or blanks.
    ///
    /// # Why
    /// Spreadsheets and databases that do not mind case take the two for one, and whoever writes a rule takes the
    /// wrong one.
    ///
    /// # Example
    /// ```json
    /// "oneOf": [ { "const": "with_help", "title": "With help" }, { "const": "With-help", "title": "With some help" } ]
    /// ```
    ///
    /// # Instead
    /// Give each choice a code that is a word of its own.
    LINT_SIMILAR_CODES, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for (id, written) in form.questions() {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for code in own_choices(written.item).filter_map(|choice| choice.get("const")) {
            let Some(text) = code.text().and_then(|_| code_text(code)) else { continue };
            let key: String = text
                .chars()
                .filter(|character| !matches!(character, '-' | '_' | ' ' | '.'))
                .flat_map(char::to_lowercase)
                .collect();
            if let Some(other) = seen.insert(key, text.clone()) {
                let finding = findings
                    .of(format!("the codes `{other}` and `{text}` are hard to tell apart"))
                    .help("give each choice a code that is a word of its own");
                let mut owners = vec![written.item];
                owners.extend(form.owners(id));
                findings.add(finding, code, &owners);
            }
        }
    }
}
