//! What the conditions of a questionnaire can come to, found without answering it.
//!
//! An abstract interpretation: for each field what it can hold (a range of numbers, a set of choices, missing or
//! not), forwards through an expression, and backwards from "suppose that it is true" to what that says of the
//! fields. It starts from types, constraints, choices and bands, and uses that a field with a value is asked, so that
//! its own `visibleIf` holds and those of what it stands in.
//!
//! It errs on one side only: what it calls impossible is impossible for every set of valid answers. What it cannot
//! find out within its bounds it calls possible. Dependencies between two fields (`a < b and b < a`) are not followed.

mod assume;
mod compare;
mod domain;
mod env;
mod eval;
mod lower;
mod possible;
mod range;
mod seed;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

pub use domain::Outcomes;
pub(super) use domain::{Held, Texts, Values, fits};
pub(super) use env::Env;
pub(super) use lower::{At, Condition, Expr};
pub(super) use possible::values as possible_values;
pub(super) use range::Range;

use crate::expression::{self, FieldId, Program};
use crate::plan::{Plan, QuestionId, ScoreId};
use crate::value::Truth;

/// Steps that one condition may take.
const FUEL: u32 = 8_000;
/// Steps that a questionnaire may take.
const TOTAL: u64 = 20_000_000;
/// How deep the analysis recurses, over the height of trees and the chains of conditions together.
const DEEPEST: u16 = 300;
/// How many conditions are followed from a field to the fields on which it hangs.
const CHAIN: u16 = 4;

/// The analysis of a plan's conditions.
pub(super) struct Reach<'a> {
    pub(super) plan: &'a Plan,
    conditions: RefCell<BTreeMap<usize, Option<Rc<Condition>>>>,
    seeds: RefCell<BTreeMap<FieldId, Rc<Held>>>,
    /// The columns of the choice that a filter is looked at with, if with one.
    choice_columns: RefCell<Option<BTreeMap<Arc<str>, Arc<str>>>>,
    /// A part of a condition that is taken to come to something.
    forced: Cell<Option<(*const Condition, At, Truth)>>,
    fuel: Cell<u32>,
    total: Cell<u64>,
    depth: Cell<u16>,
    chain: Cell<u16>,
}

/// A level of recursion, left when it is dropped.
struct Level<'r>(&'r Cell<u16>);

impl Drop for Level<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

impl<'a> Reach<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            conditions: RefCell::default(),
            seeds: RefCell::default(),
            choice_columns: RefCell::default(),
            forced: Cell::new(None),
            fuel: Cell::new(FUEL),
            total: Cell::new(TOTAL),
            depth: Cell::new(0),
            chain: Cell::new(0),
        }
    }

    /// A step further down; none where the bounds are reached, and then everything is possible.
    fn deeper(&self) -> Option<Level<'_>> {
        let (fuel, total, depth) = (self.fuel.get(), self.total.get(), self.depth.get());
        if fuel == 0 || total == 0 || depth >= DEEPEST {
            return None;
        }
        self.fuel.set(fuel - 1);
        self.total.set(total - 1);
        self.depth.set(depth + 1);
        Some(Level(&self.depth))
    }

    /// Takes off what copies cost.
    fn spend(&self, work: usize) {
        let work = u32::try_from(work).unwrap_or(u32::MAX);
        self.fuel.set(self.fuel.get().saturating_sub(work));
        self.total.set(self.total.get().saturating_sub(work.into()));
    }

    fn chained(&self) -> Option<Level<'_>> {
        let chain = self.chain.get();
        (chain < CHAIN).then(|| {
            self.chain.set(chain + 1);
            Level(&self.chain)
        })
    }

    /// A fresh allowance for one question about one condition.
    fn afresh<R>(&self, ask: impl FnOnce() -> R) -> R {
        self.fuel.set(FUEL);
        ask()
    }

    /// Resolves an expression's text where it stands; none if it cannot be read.
    pub(super) fn resolve(&self, text: &str, within: Option<QuestionId>) -> Option<Condition> {
        let (tree, _) = expression::parse(text);
        let scope = self.plan.names.scope(within, Vec::new());
        Some(Condition::new(&tree?, &scope))
    }

    /// A program's condition, resolved once.
    fn condition(&self, program: &Program, within: Option<QuestionId>) -> Option<Rc<Condition>> {
        let key = std::ptr::from_ref(program) as usize;
        if let Some(known) = self.conditions.borrow().get(&key) {
            return known.clone();
        }
        let condition = self.resolve(program.canonical(), within).map(Rc::new);
        self.conditions.borrow_mut().insert(key, condition.clone());
        condition
    }

    /// The conditions under which a question is asked, from the outermost: its section's, its repeats', its own.
    fn conditions_around(&self, question: QuestionId) -> Vec<Rc<Condition>> {
        let mut found = Vec::new();
        let mut next = Some(question);
        let mut section = None;
        while let Some(id) = next {
            let Some(question) = self.plan.questions.get(id.index()) else { break };
            if let Some(program) = &question.visible_if {
                found.extend(self.condition(program, question.parent));
            }
            section = Some(question.section);
            next = question.parent;
        }
        let section = section.and_then(|section| self.plan.sections.get(section.index()));
        if let Some(program) = section.and_then(|section| section.visible_if.as_ref()) {
            found.extend(self.condition(program, None));
        }
        found.reverse();
        found
    }

    /// The ways in which a question can be asked: none is a proof that it never is.
    pub(super) fn ways_asked(&self, question: QuestionId) -> Vec<Env> {
        self.afresh(|| {
            let mut ways = vec![Env::default()];
            for condition in self.conditions_around(question) {
                ways = self.assume(&condition, condition.root(), Truth::True, ways);
            }
            let field = self.plan.field_of(question);
            for way in &mut ways {
                way.asked.insert(field);
            }
            ways
        })
    }

    /// The ways in which what a question stands in can be asked.
    pub(super) fn ways_around(&self, question: QuestionId) -> Vec<Env> {
        let asked = self.plan.question(question);
        match asked.parent {
            Some(repeat) => self.ways_asked(repeat),
            None => match &self.plan.section(asked.section).visible_if {
                Some(program) => match self.condition(program, None) {
                    Some(condition) => self.ways(&condition, Truth::True, vec![Env::default()]),
                    None => vec![Env::default()],
                },
                None => vec![Env::default()],
            },
        }
    }

    /// The ways in which a condition comes to a truth value.
    pub(super) fn ways(&self, condition: &Condition, wanted: Truth, ways: Vec<Env>) -> Vec<Env> {
        self.afresh(|| self.assume(condition, condition.root(), wanted, ways))
    }

    /// The ways in which a part of a condition comes to a truth value.
    pub(super) fn ways_of(&self, condition: &Condition, at: At, wanted: Truth, ways: Vec<Env>) -> Vec<Env> {
        self.afresh(|| self.assume(condition, at, wanted, ways))
    }

    /// What a condition can come to if one of its parts comes to something whatever its fields hold.
    pub(super) fn outcomes_if(
        &self,
        condition: &Condition,
        part: At,
        comes_to: Truth,
        ways: &[Env],
    ) -> Outcomes {
        self.forced.set(Some((std::ptr::from_ref(condition), part, comes_to)));
        let outcomes = self.outcomes_in(condition, condition.root(), ways);
        self.forced.set(None);
        outcomes
    }

    fn forced(&self, condition: &Condition, at: At) -> Option<Truth> {
        let (of, part, truth) = self.forced.get()?;
        (std::ptr::eq(of, condition) && part == at).then_some(truth)
    }

    /// The ways, out of some, in which a field that a condition reads is without a value.
    pub(super) fn ways_without(&self, condition: &Condition, at: At, ways: Vec<Env>) -> Vec<Env> {
        self.afresh(|| ways.into_iter().filter_map(|way| self.existence(condition, at, false, way)).collect())
    }

    /// Whether two questions can be shown together.
    pub(super) fn together(&self, one: QuestionId, other: QuestionId) -> bool {
        let mut ways = self.ways_asked(one);
        self.afresh(|| {
            for condition in self.conditions_around(other) {
                ways = self.assume(&condition, condition.root(), Truth::True, std::mem::take(&mut ways));
            }
            !ways.is_empty()
        })
    }

    /// What a part of a condition can come to.
    pub(super) fn outcomes_in(&self, condition: &Condition, at: At, ways: &[Env]) -> Outcomes {
        let can = |wanted: Truth| {
            let ways = ways.to_vec();
            self.afresh(|| !self.assume(condition, at, wanted, ways).is_empty())
        };
        Outcomes {
            can_be_true: can(Truth::True),
            can_be_false: can(Truth::False),
            can_be_unknown: can(Truth::Unknown),
        }
    }

    /// What a filter comes to for one choice.
    pub(super) fn with_choice<R>(&self, columns: BTreeMap<Arc<str>, Arc<str>>, ask: impl FnOnce() -> R) -> R {
        *self.choice_columns.borrow_mut() = Some(columns);
        let answer = ask();
        *self.choice_columns.borrow_mut() = None;
        answer
    }

    /// What a field can hold, whatever is answered.
    pub(super) fn seed(&self, field: FieldId) -> Held {
        if let Some(known) = self.seeds.borrow().get(&field) {
            return (**known).clone();
        }
        let seed = self.seed_of(self.plan.field(field));
        self.seeds.borrow_mut().insert(field, Rc::new(seed.clone()));
        seed
    }

    fn calculated(&self, question: QuestionId, program: &Program) -> Option<Held> {
        let within = self.plan.question(question).parent;
        let _level = self.chained()?;
        let condition = self.condition(program, within)?;
        Some(self.eval(&condition, condition.root(), &Env::default()))
    }

    fn computed_score(&self, _: ScoreId, program: &Program) -> Option<Held> {
        let _level = self.chained()?;
        let condition = self.condition(program, None)?;
        Some(self.eval(&condition, condition.root(), &Env::default()))
    }
}
