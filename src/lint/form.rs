use std::cell::OnceCell;
use std::rc::Rc;

use super::reach::{Env, Reach};
use super::site::{Site, sites};
use crate::diagnostic::{SourceId, Sources};
use crate::json::Item;
use crate::plan::{AnswerKind, Plan, QuestionId, Rule, Score};
use crate::questionnaire::{Questionnaire, SectionSource};

/// A questionnaire as the rules look at it: as written and as compiled, side by side.
pub(super) struct Form<'a> {
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) plan: &'a Plan,
    pub(super) reach: Reach<'a>,
    sources: &'a Sources,
    /// By section.
    pub(super) sections: Vec<SectionSource<'a>>,
    /// By question.
    questions: Vec<Written<'a>>,
    asked: Vec<OnceCell<Rc<[Env]>>>,
    around: Vec<OnceCell<Rc<[Env]>>>,
    sites: OnceCell<Vec<Site<'a>>>,
}

/// A question as written.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) item: Item<'a>,
    /// The object whose `properties` it stands in: a section, an instrument, the items of a repeat.
    pub(super) holder: Item<'a>,
    /// The index of its file.
    pub(super) file: usize,
}

impl<'a> Form<'a> {
    pub(super) fn new(questionnaire: &'a Questionnaire, plan: &'a Plan, sources: &'a Sources) -> Self {
        let sections: Vec<SectionSource<'a>> = questionnaire.sections().collect();
        let mut questions = Vec::with_capacity(plan.questions.len());
        for section in &sections {
            gather(section.body, section.file, &mut questions);
        }
        let cells = || plan.questions.iter().map(|_| OnceCell::new()).collect();
        Self {
            questionnaire,
            plan,
            reach: Reach::new(plan),
            sources,
            sections,
            questions,
            asked: cells(),
            around: cells(),
            sites: OnceCell::new(),
        }
    }

    /// Every question with how it is written.
    pub(super) fn questions(&self) -> impl Iterator<Item = (QuestionId, Written<'a>)> {
        self.plan.question_ids().filter_map(|id| Some((id, self.written(id)?)))
    }

    /// How a question is written.
    pub(super) fn written(&self, id: QuestionId) -> Option<Written<'a>> {
        self.questions.get(id.index()).copied()
    }

    /// What a finding about a question can be allowed at besides the question: the reference to its instrument.
    pub(super) fn owners(&self, id: QuestionId) -> Vec<Item<'a>> {
        let section = self.plan.question(id).section;
        self.sections.get(section.index()).and_then(|section| section.reference).into_iter().collect()
    }

    /// Every score with how it is written, and the index of its file.
    pub(super) fn scores(&self) -> impl Iterator<Item = (&'a Score, Item<'a>, usize)> {
        let plan = self.plan;
        self.holders().flat_map(move |(holder, file)| {
            let scores = holder.get("scores").into_iter().flat_map(Item::entries);
            scores.filter_map(move |(id, item)| Some((plan.score(plan.find_score(id)?), item, file)))
        })
    }

    /// Every rule with how it is written, and the index of its file.
    pub(super) fn rules(&self) -> impl Iterator<Item = (&'a Rule, Item<'a>, usize)> {
        let items = self.holders().flat_map(|(holder, file)| {
            holder.get("rules").into_iter().flat_map(Item::items).map(move |item| (item, file))
        });
        let items = items.filter(|(item, _)| item.text_of("id").is_some());
        self.plan.rules.iter().zip(items).map(|(rule, (item, file))| (rule, item, file))
    }

    /// What can hold scores, rules and checks: the questionnaire, then its sections and instruments.
    fn holders(&self) -> impl Iterator<Item = (Item<'a>, usize)> {
        let root = self.questionnaire.root().map(|root| (root, 0));
        root.into_iter().chain(self.sections.iter().map(|section| (section.body, section.file)))
    }

    /// The text of a file.
    pub(super) fn text(&self, source: SourceId) -> &'a str {
        self.sources.text(source)
    }

    /// The ways in which a question can be asked.
    pub(super) fn ways_asked(&self, id: QuestionId) -> Rc<[Env]> {
        let Some(cell) = self.asked.get(id.index()) else { return Rc::default() };
        Rc::clone(cell.get_or_init(|| self.reach.ways_asked(id).into()))
    }

    /// The ways in which what a question stands in can be asked.
    pub(super) fn ways_around(&self, id: QuestionId) -> Rc<[Env]> {
        let Some(cell) = self.around.get(id.index()) else { return Rc::default() };
        Rc::clone(cell.get_or_init(|| self.reach.ways_around(id).into()))
    }

    /// Every expression.
    pub(super) fn sites(&self) -> &[Site<'a>] {
        self.sites.get_or_init(|| sites(self))
    }
}

/// Every question below an object, in the order in which the plan numbers them.
fn gather<'a>(holder: Item<'a>, file: usize, questions: &mut Vec<Written<'a>>) {
    for (_, item) in holder.get("properties").into_iter().flat_map(Item::entries) {
        questions.push(Written { item, holder, file });
        if let Some(items) = item.get("items").filter(|items| items.get("properties").is_some()) {
            gather(items, file, questions);
        }
    }
}

/// Whether a question's answer is typed or picked by a person.
pub(super) fn takes_answers(kind: &AnswerKind) -> bool {
    !matches!(kind, AnswerKind::Note)
}
