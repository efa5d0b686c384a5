//! A strength that the person chose among the answers to a question. It is told in whatever language is read, until
//! somebody puts it into other words.

use serde_json::{Value, json};

use super::kind::words;
use super::strength::USABLE;
use crate::expression::RowId;
use crate::plan::{Choice, LanguageId, Localised, Plan, QuestionId};
use crate::session::Session;

/// The member that says which choice it is.
const CHOICE: &str = "choice";

/// A choice as a strength.
pub(in crate::web::pages::profile) fn chosen(session: &Session, question: QuestionId, of: &Choice) -> Value {
    let choice = json!({ "question": session.plan().path(question), "code": &*of.code });
    json!({ "text": session.text(&of.label, RowId::FORM), "grade": USABLE, CHOICE: choice })
}

/// Whether a strength is a choice: it says so, or says the same in some language.
pub(in crate::web::pages::profile) fn is_choice(
    plan: &Plan,
    strength: &Value,
    question: QuestionId,
    of: &Choice,
) -> bool {
    let named =
        named(plan, strength).is_some_and(|(named, choice)| named == question && *choice.code == *of.code);
    named || is_called(plan, of, &words(strength))
}

/// The words of a strength; `say` puts those of a choice into the language that is wanted.
pub(crate) fn strength_words(
    plan: &Plan,
    strength: &Value,
    say: impl FnOnce(&Localised) -> String,
) -> String {
    choice_of(plan, strength).map_or_else(|| words(strength), |choice| say(&choice.label))
}

/// Puts a strength that is a choice into the language of today. One that was put into other words is the person's choice
/// no more.
pub(super) fn settle(session: &Session, strength: &mut Value) {
    let told = choice_of(session.plan(), strength).map(|choice| session.text(&choice.label, RowId::FORM));
    let Value::Object(members) = strength else { return };
    match told {
        Some(told) => drop(members.insert("text".to_owned(), told.into())),
        None => drop(members.remove(CHOICE)),
    }
}

/// The choice that a strength is, and still says: another program may have changed its words alone.
fn choice_of<'p>(plan: &'p Plan, strength: &Value) -> Option<&'p Choice> {
    let (_, choice) = named(plan, strength)?;
    Some(choice).filter(|choice| is_called(plan, choice, &words(strength)))
}

fn named<'p>(plan: &'p Plan, strength: &Value) -> Option<(QuestionId, &'p Choice)> {
    let member = |name: &str| strength.get(CHOICE)?.get(name)?.as_str();
    let question = plan.find_question(member("question")?)?;
    Some((question, plan.choice_of_code(question, member("code")?)?))
}

/// Whether a choice is called so in any language.
fn is_called(plan: &Plan, choice: &Choice, words: &str) -> bool {
    let languages = (0..plan.languages.len()).filter_map(|index| u16::try_from(index).ok());
    languages.map(LanguageId).any(|language| *choice.label.text(language) == *words)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::session::World;
    use crate::value::DateTime;

    fn plan() -> Arc<Plan> {
        let form = r#"{
          "$schema": "../../dialect/questionnaire-1.schema.json",
          "id": "one", "version": "1.0.0", "title": "One", "languages": ["en", "zh-CN"],
          "allOf": [{ "id": "all", "title": "All", "properties": { "interests": {
            "type": "array", "uniqueItems": true, "title": "What do you enjoy?",
            "items": { "oneOf": [{ "const": "singing", "title": "Singing" }, { "const": "tea", "title": "Tea" }] }
          } } }],
          "unevaluatedProperties": false
        }"#;
        let pack = r#"{
          "$schema": "../../dialect/language-pack-1.schema.json", "language": "zh-CN",
          "for": "one", "questions": { "interests": { "choices": { "singing": "唱歌", "tea": "喝茶" } } }
        }"#;
        let files = [("questionnaire.json", form), ("zh-CN.json", pack)];
        let files: BTreeMap<String, String> =
            files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        crate::open(&files, "questionnaire.json").0.unwrap()
    }

    fn session(plan: &Arc<Plan>, language: &str) -> Session {
        let language = plan.language(language).unwrap();
        let world = World { today: "2026-11-23".parse().unwrap(), now: DateTime::EPOCH, language };
        Session::open(Arc::clone(plan), world)
    }

    #[test]
    fn a_choice_is_told_in_the_language_that_is_read() {
        let plan = plan();
        let question = plan.find_question("interests").unwrap();
        let (singing, tea) = (
            plan.choice_of_code(question, "singing").unwrap(),
            plan.choice_of_code(question, "tea").unwrap(),
        );
        let strength = chosen(&session(&plan, "en"), question, singing);
        assert_eq!(strength["text"], "Singing");
        let in_chinese = |strength: &Value| {
            strength_words(&plan, strength, |label| label.text(plan.language("zh-CN").unwrap()).to_string())
        };
        assert_eq!(in_chinese(&strength), "唱歌");
        assert!(is_choice(&plan, &strength, question, singing), "it is offered once in every language");
        assert!(!is_choice(&plan, &strength, question, tea));
        // As it was written before a strength said so, or by hand.
        assert!(is_choice(&plan, &json!({ "text": "Tea" }), question, tea));
        assert!(is_choice(&plan, &json!("喝茶"), question, tea));
    }

    #[test]
    fn a_choice_in_other_words_is_what_was_written() {
        let plan = plan();
        let (chinese, question) = (session(&plan, "zh-CN"), plan.find_question("interests").unwrap());
        let singing = plan.choice_of_code(question, "singing").unwrap();
        let mut strength = chosen(&session(&plan, "en"), question, singing);
        settle(&chinese, &mut strength);
        assert_eq!((&strength["text"], &strength["choice"]["code"]), (&json!("唱歌"), &json!("singing")));
        strength["text"] = json!("会唱苗歌");
        assert_eq!(strength_words(&plan, &strength, |_| String::new()), "会唱苗歌");
        settle(&chinese, &mut strength);
        assert_eq!(strength, json!({ "text": "会唱苗歌", "grade": "usable" }));
    }
}
