//! A strength that the person chose among the answers to a question, or told in answer to one. A choice is told in whatever
//! language is read, until somebody puts it into other words; what was told is said as it was, and says which question it
//! answers, so that it is told to nobody who may not be told of that one.

use serde_json::{Value, json};

use super::kind::words;
use super::strength::USABLE;
use crate::expression::RowId;
use crate::plan::{Choice, LanguageId, Localised, Plan, QuestionId};
use crate::session::{Node, Session};
use crate::value::Value as Answer;

/// The member that says which choice it is.
const CHOICE: &str = "choice";

/// A choice as a strength.
pub(in crate::web::pages::profile) fn chosen(session: &Session, question: QuestionId, of: &Choice) -> Value {
    let choice = json!({ "question": session.plan().path(question), "code": &*of.code });
    json!({ "text": session.text(&of.label, RowId::FORM), "grade": USABLE, CHOICE: choice })
}

/// What was told in answer to a question as a strength.
pub(in crate::web::pages::profile) fn answered(session: &Session, question: QuestionId, told: &str) -> Value {
    let choice = json!({ "question": session.plan().path(question) });
    json!({ "text": told, "grade": USABLE, CHOICE: choice })
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
/// no more, and neither is an answer: what it was `before` may stem from an answer that was changed since.
pub(super) fn settle(session: &Session, before: &Value, strength: &mut Value) {
    let told = choice_of(session.plan(), strength).map(|choice| session.text(&choice.label, RowId::FORM));
    let as_told = || {
        strength.get(CHOICE).is_some_and(|choice| choice.get("code").is_none())
            && (words(before) == words(strength) || is_answer(session, strength))
    };
    let keeps = told.is_some() || as_told();
    let Value::Object(members) = strength else { return };
    if let Some(told) = told {
        members.insert("text".to_owned(), told.into());
    }
    if !keeps {
        members.remove(CHOICE);
    }
}

/// Whether a strength says what the question that it names was answered with.
fn is_answer(session: &Session, strength: &Value) -> bool {
    let path = strength.get(CHOICE).and_then(|choice| choice.get("question")?.as_str());
    let question = path.and_then(|path| session.plan().find_question(path));
    let answer = question.and_then(|question| session.value(Node::form(question)).cloned());
    matches!(answer, Some(Answer::Text(told)) if *told == *words(strength))
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
    use crate::session::{Command, World};
    use crate::value::DateTime;

    fn plan() -> Arc<Plan> {
        let form = r#"{
          "$schema": "../../dialect/questionnaire-1.schema.json",
          "id": "one", "version": "1.0.0", "title": "One", "languages": ["en", "zh-CN"],
          "allOf": [{ "id": "all", "title": "All", "properties": { "interests": {
            "type": "array", "uniqueItems": true, "title": "What do you enjoy?",
            "items": { "oneOf": [{ "const": "singing", "title": "Singing" }, { "const": "tea", "title": "Tea" }] }
          }, "strengths": { "type": "string", "title": "What are you good at?" } } }],
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
        settled(&chinese, &mut strength);
        assert_eq!((&strength["text"], &strength["choice"]["code"]), (&json!("唱歌"), &json!("singing")));
        strength["text"] = json!("会唱苗歌");
        assert_eq!(strength_words(&plan, &strength, |_| String::new()), "会唱苗歌");
        settled(&chinese, &mut strength);
        assert_eq!(strength, json!({ "text": "会唱苗歌", "grade": "usable" }));
    }

    /// As when it is opened to be edited: nothing has been said anew yet.
    fn settled(session: &Session, strength: &mut Value) {
        let before = strength.clone();
        settle(session, &before, strength);
    }

    #[test]
    fn an_answer_says_which_question_it_answers_until_it_is_reworded() {
        let plan = plan();
        let question = plan.find_question("strengths").unwrap();
        let mut english = session(&plan, "en");
        let mut answer = |text: &str| {
            let value = Some(Answer::text(text));
            english.apply(Command::Answer { node: Node::form(question), value }).unwrap();
            english.clone()
        };
        let session = answer("I mend nets");
        let told = answered(&session, question, "I mend nets");
        assert_eq!(told["choice"], json!({ "question": "strengths" }));
        assert_eq!(strength_words(&plan, &told, |_| String::new()), "I mend nets");

        let mut graded = told.clone();
        graded["grade"] = json!("centrepiece");
        let mut reworded = told.clone();
        reworded["text"] = json!("Good with her hands");
        for (now, stays) in [(&mut graded, true), (&mut reworded, false)] {
            settle(&session, &told, now);
            assert_eq!(now.get("choice").is_some(), stays, "{now}");
        }
        let session = answer("I mend nets and boats");
        let (mut as_it_was, mut as_it_is) = (told.clone(), told.clone());
        as_it_is["text"] = json!("I mend nets and boats");
        for now in [&mut as_it_was, &mut as_it_is] {
            settle(&session, &told, now);
            assert_eq!(now["choice"], told["choice"], "{now}");
        }
    }
}
