//! Several people in one visit: a household, then its elder, then its child. What was said once is not asked again,
//! but by the worker's leave: they alone know which answers are about the household and which about a person.

use yew::AttrValue;

use super::display::{Shown, shown};
use super::store::Store;
use super::text::Texts;
use crate::expression::RowId;
use crate::plan::LanguageId;
use crate::session::{Command, Node};
use crate::value::{Absence, Informant, Value};

/// An answer that was given in the same visit, to the same question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fact {
    /// The question, in the interview that begins.
    node: Node,
    value: Option<Value>,
    absence: Option<Absence>,
    informant: Informant,
    /// What was asked.
    pub(crate) title: AttrValue,
    /// What was answered, in words.
    pub(crate) answer: AttrValue,
}

/// The answers of one interview to questions that another asks too: of the same name, in the same words and of the same
/// type. What describes the person (birth date, sex) is never among them.
pub(crate) fn shared(from: &Store, to: &Store, texts: &Texts) -> Vec<Fact> {
    let (there, here) = (from.session(), to.session());
    let subject = &here.plan().subject;
    let personal = [subject.birth_date, subject.birth_precision, subject.sex, subject.ethnic_group];
    let mut facts = Vec::new();
    for question in here.plan().question_ids() {
        let asked = here.plan().question(question);
        let same = there.plan().question_named(None, &asked.name).filter(|_| asked.parent.is_none());
        let Some(same) = same.map(Node::form) else { continue };
        let before = there.plan().question(same.question());
        let first = LanguageId(0);
        if personal.contains(&Some(question))
            || before.title.text(first) != asked.title.text(first)
            || std::mem::discriminant(&before.kind) != std::mem::discriminant(&asked.kind)
            || !there.relevant(same)
        {
            continue;
        }
        let answer = match shown(&there, texts, same) {
            Shown::Answer(answer) => answer,
            Shown::Absent(absence) => crate::web::components::absence_text(texts, absence),
            Shown::Open => continue,
        };
        facts.push(Fact {
            node: Node::form(question),
            value: there.value(same).cloned(),
            absence: there.absence(same),
            informant: there.informant(same),
            title: here.text(&asked.title, RowId::FORM).into(),
            answer,
        });
    }
    facts
}

/// Takes answers over.
pub(crate) fn take_over(store: &Store, facts: &[Fact]) {
    for fact in facts {
        let Fact { node, value, absence, informant, .. } = fact.clone();
        store.dispatch(Command::Put { node, value, absence, informant, accounts: None });
    }
}
