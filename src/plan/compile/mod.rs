//! From the questionnaire as written to the plan: every fault in one run.
//!
//! Names are declared first, so that an expression can read what stands further down; then every expression is
//! compiled; then the order of evaluation is found.

mod bands;
mod choices;
mod constraints;
mod declare;
mod definition;
mod links;
mod lists;
mod packs;
mod questions;
mod rings;
mod rules;
mod score_items;
mod score_order;
mod score_range;
mod scores;
mod sections;
mod subject;
mod texts;

use std::collections::BTreeSet;
use std::sync::Arc;

use self::declare::{Draft, ScoreDraft};
pub(super) use self::definition::meaning;
use self::sections::Holder;
use super::fingerprints::Fingerprints;
use super::graph::{Graph, Task};
use super::names::Names;
use super::{Check, List, Plan, QuestionId, ReviewDays, Section};
use crate::diagnostic::{Code, Diagnostic, Place, codes, has_errors};
use crate::expression::{self, Expected, FieldId, Program, Read};
use crate::json::Item;
use crate::questionnaire::Questionnaire;

/// How many faults are listed. Nobody reads more, and a hostile file could have millions.
const MOST_FAULTS: usize = 1_000;

/// How many missing translations are listed.
const MOST_WARNINGS: usize = 10_000;

/// How many expressions with a fault are told of: to find what was meant, each looks through all names.
const MOST_FAULTY_EXPRESSIONS: usize = 200;

/// More of anything than this is not a questionnaire that a person can be asked.
const MOST: usize = 50_000;

/// Compiles a questionnaire. There is a plan only if nothing is wrong that keeps it from being used; warnings travel
/// with it.
#[must_use]
pub fn compile(questionnaire: &Arc<Questionnaire>) -> (Option<Plan>, Vec<Diagnostic>) {
    let mut compiler = Compiler::new(questionnaire);
    let plan = compiler.plan();
    let mut diagnostics = compiler.diagnostics;
    if compiler.unlisted.is_some() || compiler.faulty_expressions >= MOST_FAULTY_EXPRESSIONS {
        let message = "there are more faults than are listed: correct these first";
        diagnostics.push(Diagnostic::error(codes::PLAN_LIMIT, message));
    }
    if has_errors(&diagnostics) { (None, diagnostics) } else { (plan, diagnostics) }
}

/// An expression's place among the tasks, for the graph and for its messages.
struct Link {
    task: Task,
    owner: Option<QuestionId>,
    reads: Vec<Read>,
    place: Option<Place>,
}

struct Compiler<'a> {
    questionnaire: &'a Arc<Questionnaire>,
    diagnostics: Vec<Diagnostic>,
    languages: Vec<Arc<str>>,
    names: Names,
    drafts: Vec<Draft<'a>>,
    score_drafts: Vec<ScoreDraft<'a>>,
    sections: Vec<Section>,
    lists: Vec<List>,
    checks: Vec<Check>,
    links: Vec<Link>,
    /// Columns that an expression takes as a whole.
    whole_columns: BTreeSet<FieldId>,
    faulty_expressions: usize,
    /// The last fault of those that are not listed.
    unlisted: Option<Diagnostic>,
}

impl<'a> Compiler<'a> {
    fn new(questionnaire: &'a Arc<Questionnaire>) -> Self {
        let root = questionnaire.root();
        let mut languages: Vec<Arc<str>> = root
            .map(|root| root.texts_of("languages"))
            .unwrap_or_default()
            .into_iter()
            .map(Arc::from)
            .collect();
        if languages.is_empty() {
            languages.push("en".into());
        }
        Self {
            questionnaire,
            diagnostics: Vec::new(),
            languages,
            names: Names::default(),
            drafts: Vec::new(),
            score_drafts: Vec::new(),
            sections: Vec::new(),
            lists: Vec::new(),
            checks: Vec::new(),
            links: Vec::new(),
            whole_columns: BTreeSet::new(),
            faulty_expressions: 0,
            unlisted: None,
        }
    }

    /// The passes in their order. Each is a function of its own in the module too (`inline(never)`): it runs once, so that
    /// a browser's optimising compiler, which starts as soon as a function has run for a while, would compile all of them
    /// as one of 84 kB for nothing, and take a second core from the page that is about to be drawn for 150 ms.
    fn plan(&mut self) -> Option<Plan> {
        let root = self.questionnaire.root()?;
        self.lists();
        self.declare(root);
        let questions = self.questions();
        self.section_bodies();
        let form_checks = self.checks_of(root, Holder::Form, &[], 0);
        let scores = self.scores(&questions);
        let rules = self.rules(root);
        let subject = self.subject(root, &questions);
        let offer = root.get("offer").and_then(|offer| self.condition(offer, None));
        let title = self.text(root.get("title"), 0, &["title"], None)?;
        let description = self.text(root.get("description"), 0, &["description"], None);
        let messages = self.messages(&form_checks);
        self.link_texts(
            Task::FormLabel,
            None,
            [Some(&title), description.as_ref()].into_iter().flatten().chain(&messages),
        );
        self.check_packs(&questions);
        let graph = self.graph(&questions, &scores, &subject);
        Some(Plan {
            id: root.text_of("id").unwrap_or_default().into(),
            version: root.text_of("version").unwrap_or_default().into(),
            languages: std::mem::take(&mut self.languages),
            title,
            description,
            offer,
            sections: std::mem::take(&mut self.sections),
            questions,
            checks: std::mem::take(&mut self.checks),
            form_checks,
            scores,
            rules,
            lists: std::mem::take(&mut self.lists),
            subject,
            review: review_days(root),
            names: std::mem::take(&mut self.names),
            graph,
            fingerprints: Fingerprints::of(Arc::clone(self.questionnaire)),
        })
    }

    #[allow(clippy::indexing_slicing, reason = "the last was just pushed")]
    fn error(&mut self, code: Code, message: impl Into<String>, place: Place) -> &mut Diagnostic {
        let diagnostic = Diagnostic::error(code, message).at(place);
        if self.diagnostics.len() >= MOST_FAULTS {
            return self.unlisted.insert(diagnostic);
        }
        self.diagnostics.push(diagnostic);
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// Compiles a condition that stands in a row of `within`, or in the form.
    #[inline(never)]
    fn condition(&mut self, item: Item<'_>, within: Option<QuestionId>) -> Option<Program> {
        self.expression(item, within, &Expected::Truth, Vec::new())
    }

    fn expression(
        &mut self,
        item: Item<'_>,
        within: Option<QuestionId>,
        expected: &Expected,
        choice_columns: Vec<Arc<str>>,
    ) -> Option<Program> {
        let text = item.text()?;
        if self.faulty_expressions >= MOST_FAULTY_EXPRESSIONS {
            return None;
        }
        let scope = self.names.scope(within, choice_columns);
        let (program, problems) = expression::compile(text, &scope, expected);
        self.faulty_expressions += usize::from(program.is_none());
        self.whole_columns.extend(program.iter().flat_map(Program::whole_columns));
        for problem in problems {
            self.diagnostics.push(Diagnostic {
                code: problem.code,
                severity: problem.severity,
                message: problem.message,
                help: problem.help,
                place: Some(item.text_place(problem.span)),
                related: Vec::new(),
                fix: None,
            });
        }
        program
    }

    /// Notes that a task reads what a program reads.
    #[inline(never)]
    fn link(&mut self, task: Task, owner: Option<QuestionId>, program: &Program, item: Item<'_>) {
        self.links.push(Link { task, owner, reads: program.reads().to_vec(), place: Some(item.place()) });
    }

    /// A condition that is a task of its own.
    #[inline(never)]
    fn linked_condition(
        &mut self,
        item: Option<Item<'_>>,
        task: Task,
        owner: Option<QuestionId>,
    ) -> Option<Program> {
        let item = item?;
        let program = self.condition(item, owner)?;
        self.link(task, owner, &program, item);
        Some(program)
    }

    #[inline(never)]
    fn graph(
        &mut self,
        questions: &[super::Question],
        scores: &[super::Score],
        subject: &super::Subject,
    ) -> Graph {
        let links = std::mem::take(&mut self.links);
        let builder = links::Builder::new(
            &self.names,
            questions,
            &self.sections,
            scores,
            subject,
            links,
            &self.whole_columns,
        );
        let built = builder.build();
        self.diagnostics.extend(built.diagnostics);
        built.graph
    }

    /// Whether there are too many of something; told once.
    fn too_many(&mut self, count: usize, what: &str, place: impl FnOnce() -> Place) -> bool {
        if count == MOST {
            self.error(codes::PLAN_LIMIT, format!("there are more than {MOST} {what}"), place());
        }
        count >= MOST
    }
}

fn review_days(root: Item<'_>) -> ReviewDays {
    let standard = ReviewDays::default();
    let Some(review) = root.get("review") else { return standard };
    let days = |name: &str, standard: u32| review.get(name).and_then(Item::whole).unwrap_or(standard);
    ReviewDays {
        alert: days("alert", standard.alert),
        level3: days("level3", standard.level3),
        level2: days("level2", standard.level2),
        level1: days("level1", standard.level1),
        none: days("none", standard.none),
    }
}
