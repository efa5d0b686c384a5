use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::texts::texts;

rule! {
    /// Finds a translation that is the text itself.
    ///
    /// # Why
    /// It was copied to be translated later, and nothing else says that it still has to be.
    ///
    /// # Example
    /// `"title": "Do you live alone?"` in `zh-CN.json`.
    ///
    /// # Instead
    /// Translate it, or leave it out of the language pack until it is translated.
    LINT_COPIED_TRANSLATION, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let own = form.plan.languages.first().map(|language| primary(language)).unwrap_or_default();
    for text in texts(form) {
        let written = text.item.text().unwrap_or_default();
        for (language, item) in &text.translations {
            if primary(language) == own || item.text() != Some(written) || !is_sentence(written) {
                continue;
            }
            let finding = findings
                .of(format!("this translation into `{language}` is the text itself"))
                .help("translate it, or leave it out until it is translated");
            findings.add(finding, *item, &[&[text.item], text.owners.as_slice()].concat());
        }
    }
}

/// Whether it is more than a name, a unit or a number, which may well be the same in two languages.
fn is_sentence(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let han = text.chars().filter(|character| ('\u{4e00}'..='\u{9fff}').contains(character)).count();
    words >= 3 || han >= 6
}
