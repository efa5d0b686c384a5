//! Several people in one visit: a household, then its elder, then its child. What was said once is not asked again,
//! but by the worker's leave: they alone know which answers are about the household and which about a person.

use yew::AttrValue;

use super::display::{Shown, shown};
use super::store::Store;
use super::text::Texts;
use crate::expression::RowId;
use crate::plan::{LanguageId, Plan, Question, QuestionId};
use crate::session::{Command, Node, Session};
use crate::value::{Absence, Informant, Value};
use crate::vault::Head;

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

/// Somebody of a household, and what was said there about them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    /// What tells them from the others.
    pub(crate) label: AttrValue,
    /// What the interview that begins asks of them too.
    pub(crate) facts: Vec<Fact>,
}

/// What was said in a visit that may hold for the person whose interview begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Offer {
    /// The people of the household: the interview may be of one of them.
    pub(crate) members: Vec<Member>,
    /// Answers to questions that it asks too.
    pub(crate) facts: Vec<Fact>,
    /// Interviews of the visit that were damaged, so that nothing is known of what was said in them.
    pub(crate) unread: Vec<Head>,
}

/// How many answers tell somebody from the others of a household.
const TELLING: usize = 4;

impl Offer {
    /// From the interviews of the visit, the first of them first.
    pub(crate) fn new(sources: &[Store], to: &Store, texts: &Texts) -> Self {
        let mut offer = Self::default();
        for from in sources {
            offer.members.extend(members(&from.session(), &to.session(), texts));
            for fact in shared(&from.session(), &to.session(), texts) {
                // What was said first was said by whoever knows: it is offered once.
                if !offer.facts.iter().any(|known| known.node == fact.node) {
                    offer.facts.push(fact);
                }
            }
        }
        offer
    }

    /// Whether there is nothing to choose from.
    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty() && self.facts.is_empty()
    }
}

/// Whether a question may be heard by those who are in the room: what was asked alone is never offered.
fn is_open(plan: &Plan, question: &Question) -> bool {
    !question.ask_alone && !plan.section(question.section).ask_alone
}

/// Whether two questions take the same kind of answer.
fn is_alike(one: &Question, other: &Question) -> bool {
    std::mem::discriminant(&one.kind) == std::mem::discriminant(&other.kind)
}

/// The rows of a household, as people of whom the interview that begins asks something too.
fn members(there: &Session, here: &Session, texts: &Texts) -> Vec<Member> {
    let plan = there.plan();
    let subject = &here.plan().subject;
    let personal = [subject.birth_date, subject.sex].map(|id| id.map(|id| &*here.plan().question(id).name));
    let mut members = Vec::new();
    for id in plan.question_ids() {
        let Some(repeat) = plan.question(id).repeat().filter(|_| plan.question(id).parent.is_none()) else {
            continue;
        };
        let is_personal = |column: &QuestionId| personal.contains(&Some(&*plan.question(*column).name));
        if !repeat.columns.iter().any(is_personal) {
            continue;
        }
        for row in there.rows(Node::form(id)) {
            let told = |column: &QuestionId| match shown(there, texts, Node::new(*column, *row)) {
                Shown::Answer(answer) if is_open(plan, plan.question(*column)) => Some(answer.to_string()),
                _ => None,
            };
            let words: Vec<String> = repeat.columns.iter().filter_map(told).take(TELLING).collect();
            let facts: Vec<Fact> = repeat
                .columns
                .iter()
                .filter_map(|column| fact_of(there, here, texts, Node::new(*column, *row)))
                .collect();
            if !facts.is_empty() {
                members.push(Member { label: words.join(&*texts.say("list.join")).into(), facts });
            }
        }
    }
    members
}

/// What was answered in a row, for the question of the same name.
fn fact_of(there: &Session, here: &Session, texts: &Texts, from: Node) -> Option<Fact> {
    let before = there.plan().question(from.question());
    let node = here.plan().question_named(None, &before.name).map(Node::form)?;
    let asked = here.plan().question(node.question());
    let Shown::Answer(answer) = shown(there, texts, from) else { return None };
    let fits = is_alike(before, asked) && is_open(there.plan(), before) && there.relevant(from);
    fits.then(|| Fact {
        node,
        value: there.value(from).cloned(),
        absence: None,
        informant: there.informant(from),
        title: here.text(&asked.title, RowId::FORM).into(),
        answer,
    })
}

/// The answers of one interview to questions that another asks too: of the same name, in the same words and of the same
/// type. What describes the person (birth date, sex) is never among them, nor what was asked alone.
fn shared(there: &Session, here: &Session, texts: &Texts) -> Vec<Fact> {
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
            || !is_alike(before, asked)
            || !is_open(there.plan(), before)
            || !is_open(here.plan(), asked)
            || !there.relevant(same)
        {
            continue;
        }
        let answer = match shown(there, texts, same) {
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
