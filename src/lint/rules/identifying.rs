use crate::diagnostic::Fix;
use crate::json::edit;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::plan::{AnswerKind, Sensitivity, TextShape};

/// Words of a name that tell who somebody is, each between underscores or at an end.
const WORDS: &[&str] = &[
    "name",
    "surname",
    "nickname",
    "phone",
    "mobile",
    "telephone",
    "wechat",
    "qq",
    "email",
    "address",
    "passport",
    "idcard",
    "photo",
    "signature",
    "fingerprint",
    "birthdate",
    "birthday",
    "bank",
];

/// Pairs of words that do.
const PAIRS: &[[&str; 2]] =
    &[["id", "card"], ["id", "number"], ["id", "no"], ["birth", "date"], ["social", "security"]];

rule! {
    /// Finds a question that tells who somebody is (a name, a phone number, an address, a birth date, a photo, a
    /// signature, a place on the map) and whose `sensitivity` does not say so.
    ///
    /// # Why
    /// Identifying answers go into a part that can be detached before a profile leaves the station. What is not marked
    /// stays in, and goes wherever the profile goes.
    ///
    /// # Example
    /// ```json
    /// "full_name": { "title": "What is your name?", "type": "string" }
    /// ```
    ///
    /// # Instead
    /// Add `"sensitivity": "identifying"`, or a stronger one. If it is no person's, say so with `allow`.
    LINT_IDENTIFYING, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for (id, written) in form.questions() {
        let question = form.plan.question(id);
        let tells = match question.kind {
            AnswerKind::Text(TextShape::Location | TextShape::Attachment) => true,
            AnswerKind::Text(TextShape::Plain) | AnswerKind::Date(_) | AnswerKind::Number { .. } => {
                is_telling(&question.name) || form.plan.subject.birth_date == Some(id)
            }
            _ => false,
        };
        if !tells || question.sensitivity != Sensitivity::Ordinary {
            continue;
        }
        let item = written.item;
        let text = form.text(item.place().source);
        let edit = match item.get("sensitivity") {
            Some(sensitivity) => Some(edit::replace(sensitivity, "\"identifying\"")),
            None => edit::insert(item, "sensitivity", "\"identifying\"", text),
        };
        let finding = findings
            .of("this question tells who somebody is, and is not marked as identifying")
            .help("add `\"sensitivity\": \"identifying\"`")
            .at(item.key_place())
            .fix(edit.map(|edit| Fix::suggestion("mark it as identifying", edit)));
        findings.add(finding, item, &form.owners(id));
    }
}

fn is_telling(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let words: Vec<&str> = name.split('_').collect();
    words.iter().any(|word| WORDS.contains(word))
        || words.windows(2).any(|pair| PAIRS.iter().any(|known| known == pair))
}
