use std::collections::BTreeSet;
use std::sync::Arc;

use crate::expression::{FieldId, Program, Read};
use crate::plan::{CheckId, Field, Plan, QuestionId, Rule, RuleId, ScoreId, SectionId, Task};

/// Everything of a questionnaire that follows from some of its questions, whatever is answered.
///
/// It is computed from the plan alone: that a score is withheld does not hang on whether anybody answered its items,
/// so that how much is withheld tells nothing of the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    questions: BTreeSet<QuestionId>,
    /// Questions of which it cannot be told whether something is missing or wrong.
    demands: BTreeSet<QuestionId>,
    scores: BTreeSet<ScoreId>,
    checks: BTreeSet<CheckId>,
    rules: BTreeSet<RuleId>,
    flags: BTreeSet<Arc<str>>,
    age: bool,
}

impl Withheld {
    /// What follows from these questions.
    #[must_use]
    pub fn new(plan: &Plan, forbidden: impl IntoIterator<Item = QuestionId>) -> Self {
        let mut spread = Spread { plan, withheld: Self::default(), open: Vec::new() };
        for id in forbidden {
            spread.question(id);
        }
        spread.follow();
        let mut withheld = spread.withheld;
        for id in plan.rule_ids() {
            if plan.rule(id).steps.iter().any(|step| withheld.is_read_by(plan, &step.when)) {
                withheld.rules.insert(id);
            }
        }
        for (name, program) in &plan.subject.legal_flags {
            if withheld.is_read_by(plan, program) {
                withheld.flags.insert(Arc::clone(name));
            }
        }
        withheld
    }

    /// Whether nothing is withheld.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// Whether the answers to a question are withheld.
    #[must_use]
    pub fn question(&self, id: QuestionId) -> bool {
        self.questions.contains(&id)
    }

    /// Whether it is withheld if an answer is missing, or what it lacks.
    #[must_use]
    pub fn demand(&self, id: QuestionId) -> bool {
        self.questions.contains(&id) || self.demands.contains(&id)
    }

    /// Whether a score is withheld.
    #[must_use]
    pub fn score(&self, id: ScoreId) -> bool {
        self.scores.contains(&id)
    }

    /// Whether it is withheld if a check holds.
    #[must_use]
    pub fn check(&self, id: CheckId) -> bool {
        self.checks.contains(&id)
    }

    /// Whether it is withheld if a rule fires.
    #[must_use]
    pub fn rule(&self, id: RuleId) -> bool {
        self.rules.contains(&id)
    }

    /// Whether a legal flag is withheld.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        self.flags.contains(name)
    }

    /// Whether the age is withheld.
    #[must_use]
    pub const fn age(&self) -> bool {
        self.age
    }

    /// The rules that are withheld.
    pub fn rules<'a>(&self, plan: &'a Plan) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().map(|id| plan.rule(*id))
    }

    /// Whether a safety question is withheld: then an alert may be, that somebody is to ask again.
    #[must_use]
    pub fn unscreened(&self, plan: &Plan) -> bool {
        self.questions.iter().any(|id| plan.question(*id).safety)
    }

    /// How many items of the questionnaire are withheld: questions, scores, rules and flags. It is the same for every
    /// record.
    #[must_use]
    pub fn count(&self, plan: &Plan) -> usize {
        let asked = self.questions.iter().filter(|id| plan.question(**id).is_asked()).count();
        asked + self.scores.len() + self.rules.len() + self.flags.len() + usize::from(self.age)
    }

    /// Whether an expression reads anything that is withheld.
    #[must_use]
    pub fn is_read_by(&self, plan: &Plan, program: &Program) -> bool {
        program.reads().iter().any(|read| match *read {
            Read::Field { field, .. }
            | Read::Absence { field, .. }
            | Read::Rows { field }
            | Read::Previous { field } => self.field(plan, field),
            Read::Column { rows, field } => self.field(plan, rows) || self.field(plan, field),
            Read::Today | Read::Now | Read::Language => false,
        })
    }

    fn field(&self, plan: &Plan, field: FieldId) -> bool {
        match plan.field(field) {
            Field::Question(id) => self.questions.contains(&id),
            Field::Score(id) | Field::ScoreLevel(id) | Field::ScoreBand(id) => self.scores.contains(&id),
            Field::Age => self.age,
        }
    }
}

/// Follows the graph from field to task to field.
struct Spread<'a> {
    plan: &'a Plan,
    withheld: Withheld,
    open: Vec<FieldId>,
}

impl Spread<'_> {
    fn question(&mut self, id: QuestionId) {
        if self.withheld.questions.insert(id) {
            self.open.push(self.plan.field_of(id));
            // What stands in the rows goes with them.
            if let Some(repeat) = self.plan.question(id).repeat() {
                for column in &repeat.columns {
                    self.question(*column);
                }
            }
        }
    }

    fn section(&mut self, id: SectionId) {
        for question in &self.plan.section(id).questions {
            self.question(*question);
        }
    }

    fn score(&mut self, id: ScoreId) {
        if self.withheld.scores.insert(id) {
            // The level and the band of a score stand right after its value.
            let FieldId(value) = self.plan.score_field(id);
            self.open.extend((value..=value + 2).map(FieldId));
        }
    }

    fn follow(&mut self) {
        while let Some(field) = self.open.pop() {
            for dependent in self.plan.graph.dependents(field) {
                let task = self.plan.graph.tasks.get(dependent.task.0 as usize).copied();
                if let Some(task) = task {
                    self.task(task);
                }
            }
        }
    }

    fn task(&mut self, task: Task) {
        match task {
            // What is asked only because of an answer tells that answer; so does what may be chosen or changed.
            Task::Section(id) | Task::Lock(id) => self.section(id),
            Task::Relevance(id)
            | Task::Calculate(id)
            | Task::ReadOnly(id)
            | Task::Choices(id)
            | Task::Count(id) => self.question(id),
            Task::Required(id) | Task::Key(id) | Task::Rows(id) => {
                self.withheld.demands.insert(id);
            }
            Task::Check(id) => {
                self.withheld.checks.insert(id);
            }
            Task::Score(id) => self.score(id),
            Task::Age => {
                if !self.withheld.age {
                    self.withheld.age = true;
                    self.open.push(self.plan.age_field());
                }
            }
            // Texts are filled in from what is left of the record.
            Task::Label(_) | Task::RowLabel(_) | Task::SectionLabel(_) | Task::FormLabel => {}
        }
    }
}
