use super::placeholders_differ::placeholders;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::texts::{Kind, texts};

/// As many words as can be taken in when they are read aloud.
const WORDS: usize = 30;
/// As many characters, in Chinese.
const CHARACTERS: usize = 45;

rule! {
    /// Finds a question of more than 30 words, or 45 characters in Chinese.
    ///
    /// # Why
    /// Questions are read aloud, often to somebody old or tired. What is longer has to be said twice, and the answer
    /// is to the part that was remembered.
    ///
    /// # Example
    /// "In the last twelve months, counting also the time before you moved here, were there any days on which you or
    /// anybody else who eats with you went without a meal because there was no money?"
    ///
    /// # Instead
    /// Ask one thing: "This past year, did you leave out a meal because money was short?" What the worker should know
    /// goes into `guidance`, a hint for the person into `description`.
    LINT_LONG_ITEM, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for text in texts(form) {
        if text.kind != Kind::Question {
            continue;
        }
        for (language, item) in text.all(form) {
            let written = item.text().unwrap_or_default();
            let by_character =
                ["zh", "ja", "yue", "wuu"].contains(&language.split('-').next().unwrap_or_default());
            let (length, most, unit) = if by_character {
                let names: usize = placeholders(written).iter().map(|name| name.chars().count() + 2).sum();
                let characters = written.chars().filter(|character| !character.is_whitespace()).count();
                (characters.saturating_sub(names), CHARACTERS, "characters")
            } else {
                (written.split_whitespace().count(), WORDS, "words")
            };
            if length > most {
                let finding = findings
                    .of(format!(
                        "this question has {length} {unit}: more than {most} are hard to follow by ear"
                    ))
                    .help("ask one thing; what the worker should know goes into `guidance`");
                findings.add(finding, item, &[&[text.item], text.owners.as_slice()].concat());
            }
        }
    }
}
