//! Questions that nobody else should hear: locked until the worker says who is in the room.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Person, Privacy, Store, Topic, section_nodes};
use crate::plan::{AnswerKind, QuestionId, SectionId};
use crate::session::{Command, Node};
use crate::value::{Absence, Value};

/// The question of a questionnaire that asks who is in the room.
const PRESENT: &str = "people_present";

fn person(code: &str) -> Option<Person> {
    Person::ALL.into_iter().find(|person| person.code() == code)
}

/// Those of a list of codes that are known beside the questionnaire too.
fn known(codes: &[Arc<str>]) -> BTreeSet<Person> {
    codes.iter().filter_map(|code| person(code)).collect()
}

impl Store {
    /// Whether a question must not be read out yet.
    pub(crate) fn is_locked(&self, node: Node) -> bool {
        let session = self.session();
        let question = session.plan().question(node.question());
        question.ask_alone && !matches!(self.privacy(question.section), Some(Privacy::Open { .. }))
    }

    /// What the worker said about a section that nobody else should hear.
    pub(crate) fn privacy(&self, section: SectionId) -> Option<Privacy> {
        let session = self.session();
        let id = &session.plan().sections.get(section.index())?.id;
        self.acts().privacy(id)
    }

    /// Who is in the room, as far as anybody has said. Where the questionnaire asks for it too, its answer counts.
    pub(crate) fn present(&self) -> Option<BTreeSet<Person>> {
        let codes = self.asks_who_is_present().and_then(|question| self.codes(question));
        codes.map(|codes| known(&codes)).or_else(|| self.acts().present())
    }

    /// Who is in the room now, with those who always are.
    pub(crate) fn in_the_room(&self) -> BTreeSet<Person> {
        let said = self.present().unwrap_or_default();
        said.into_iter().chain([Person::Subject, Person::Worker]).collect()
    }

    /// Says that somebody has come in, or has gone out.
    pub(crate) fn come_or_go(&self, person: Person) {
        let mut present = self.in_the_room();
        if !present.remove(&person) {
            present.insert(person);
        }
        self.say_present(present);
    }

    /// Says who is in the room; a questionnaire that asks for it is answered with it. Whom only the questionnaire knows
    /// stays in its answer.
    pub(crate) fn say_present(&self, present: BTreeSet<Person>) {
        if let Some(question) = self.asks_who_is_present() {
            let others =
                self.codes(question).unwrap_or_default().into_iter().filter(|code| person(code).is_none());
            let codes = present.iter().map(|person| Arc::from(person.code())).chain(others).collect();
            self.answer(Node::form(question), Some(Value::Codes(codes)));
        }
        self.note(|acts| acts.set_present(Some(&present)));
    }

    /// What the questionnaire was told about who is in the room holds for the gates and the provenance too; also that it
    /// is open again.
    pub(super) fn follow_present(&self, answered: Node) {
        if &*self.session().plan().question(answered.question()).name != PRESENT {
            return;
        }
        let Some(question) = self.asks_who_is_present() else { return };
        let present = self.codes(question).map(|codes| known(&codes));
        if self.acts().present() != present {
            self.note(|acts| acts.set_present(present.as_ref()));
        }
    }

    fn codes(&self, question: QuestionId) -> Option<Vec<Arc<str>>> {
        match self.session().value(Node::form(question))? {
            Value::Codes(codes) => Some(codes.clone()),
            _ => None,
        }
    }

    fn asks_who_is_present(&self) -> Option<QuestionId> {
        let session = self.session();
        let plan = session.plan();
        let question = plan.question_named(None, PRESENT)?;
        let offers = |person: Person| plan.choice_of_code(question, person.code()).is_some();
        let several = matches!(plan.question(question).kind, AnswerKind::Choices { ranking: false, .. });
        (several && Person::ALL.into_iter().all(offers)).then_some(question)
    }

    /// Opens a section that nobody else should hear.
    pub(crate) fn open_section(&self, section: SectionId, alone: bool) {
        self.say_privacy(section, Privacy::Open { alone });
        // The gate goes, and with it what had the focus. A link may have led to one of them.
        let first = {
            let session = self.session();
            let private = |node: &Node| session.plan().question(node.question()).ask_alone;
            let mut nodes = section_nodes(&session, section).into_iter().filter(private);
            let first = nodes.next();
            let awaited = self.awaited();
            if awaited.is_some() && (first == awaited || nodes.any(|node| Some(node) == awaited)) {
                awaited
            } else {
                first
            }
        };
        if let Some(first) = first {
            self.focus_next(first);
        }
        self.wake_private(section);
    }

    /// Puts a section off that nobody else should hear: what is open in it is marked as not asked, and stays to be
    /// asked.
    pub(crate) fn postpone(&self, section: SectionId) {
        self.say_privacy(section, Privacy::Later);
        let open: Vec<Node> = {
            let session = self.session();
            let is_open = |node: &Node| {
                let question = session.plan().question(node.question());
                question.ask_alone
                    && question.absences.contains(&Absence::NotAsked)
                    && session.value(*node).is_none()
                    && session.absence(*node).is_none()
            };
            section_nodes(&session, section).into_iter().filter(is_open).collect()
        };
        for node in open {
            self.dispatch(Command::Absent { node, absence: Some(Absence::NotAsked) });
        }
        self.wake_private(section);
    }

    /// The sections that are asked and wait for a private moment.
    pub(crate) fn postponed(&self) -> Vec<SectionId> {
        let later = |section: &SectionId| self.privacy(*section) == Some(Privacy::Later);
        self.sections().into_iter().filter(later).collect()
    }

    fn say_privacy(&self, section: SectionId, privacy: Privacy) {
        let id = Arc::clone(&self.session().plan().section(section).id);
        self.note(|acts| acts.set_privacy(&id, privacy));
    }

    fn wake_private(&self, section: SectionId) {
        let nodes: Vec<Node> = {
            let session = self.session();
            let private = |question: &QuestionId| session.plan().question(*question).ask_alone;
            let asked = &session.plan().section(section).questions;
            asked.iter().copied().filter(private).map(Node::form).collect()
        };
        for node in nodes {
            self.0.topics.notify(Topic::Node(node));
        }
        self.0.topics.notify(Topic::Section(section));
        self.0.topics.notify(Topic::Progress);
    }
}
