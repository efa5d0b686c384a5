use super::edges;
use super::report::Impossible;
use super::seen::Representatives;
use crate::diagnostic::Place;
use crate::expression::Kind as ValueKind;
use crate::plan::{AlertGrade, CheckId, Plan, QuestionId, RuleId, RuleStep, ScoreId, SectionId};

/// One outcome of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Goal {
    /// Of what.
    pub target: Target,
    /// Which outcome.
    pub outcome: Outcome,
}

/// What is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A rule as a whole.
    Rule(RuleId),
    /// One condition of a graded rule.
    Step(RuleId, usize),
    /// Whether a section is asked.
    Section(SectionId),
    /// Whether a question is asked.
    Visible(QuestionId),
    /// Whether a value is needed.
    Required(QuestionId),
    /// A calculated yes or no.
    Calculated(QuestionId),
    /// What the law says.
    Flag(usize),
    /// What moves the level of a score.
    Adjustment(ScoreId, usize),
    /// A condition that a score counts.
    Item(ScoreId, usize),
    /// A band of a score.
    Band(ScoreId, usize),
    /// A check.
    Check(CheckId),
    /// What is taken over from the profile of the time before.
    Prefill(QuestionId),
}

/// What was seen of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// A rule that fired, or a condition that is surely true.
    True,
    /// Surely false.
    False,
    /// Not decided.
    Unknown,
    /// The lowest value in a band.
    Lower,
    /// The highest value in a band.
    Upper,
    /// A check that surely holds.
    Held,
    /// A check that does not.
    Violated,
    /// An answer that came from the profile of the time before.
    TakenOver,
}

/// What kinds of things are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Rules as a whole.
    Rules,
    /// Conditions: of graded rules, of what is shown and needed, in scores, calculated ones, legal flags.
    Conditions,
    /// Bands.
    Bands,
    /// Checks.
    Checks,
    /// What is taken over from the profile of the time before.
    Prefills,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Rules, Self::Conditions, Self::Bands, Self::Checks, Self::Prefills];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Conditions => "conditions",
            Self::Bands => "bands",
            Self::Checks => "checks",
            Self::Prefills => "prefills",
        }
    }
}

impl Outcome {
    /// The word for it, in scenarios and reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::Unknown => "unknown",
            Self::Lower => "lower edge",
            Self::Upper => "upper edge",
            Self::Held => "held",
            Self::Violated => "violated",
            Self::TakenOver => "taken over",
        }
    }
}

impl Target {
    /// With what it is counted.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Rule(_) => Kind::Rules,
            Self::Step(..)
            | Self::Section(_)
            | Self::Visible(_)
            | Self::Required(_)
            | Self::Calculated(_)
            | Self::Flag(_)
            | Self::Adjustment(..)
            | Self::Item(..) => Kind::Conditions,
            Self::Band(..) => Kind::Bands,
            Self::Check(_) => Kind::Checks,
            Self::Prefill(_) => Kind::Prefills,
        }
    }

    /// Its name in reports, and in what an author declares to be out of reach.
    #[must_use]
    pub fn name(self, plan: &Plan) -> String {
        match self {
            Self::Rule(id) => format!("rule {}", plan.rule(id).id),
            Self::Step(id, step) => {
                let rule = plan.rule(id);
                let grade = |step: &RuleStep| match (step.level, step.grade.map(AlertGrade::word)) {
                    (Some(level), _) => format!("level {level}"),
                    (None, Some(grade)) => grade.to_owned(),
                    (None, None) => String::new(),
                };
                let own = rule.steps.get(step).map(grade).unwrap_or_default();
                let alike = rule.steps.iter().filter(|step| grade(step) == own).count();
                if own.is_empty() || alike > 1 {
                    format!("rule {} step {}", rule.id, step + 1)
                } else {
                    format!("rule {} {own}", rule.id)
                }
            }
            Self::Section(id) => format!("visibleIf of section {}", plan.section(id).id),
            Self::Visible(id) => format!("visibleIf of {}", plan.path(id)),
            Self::Required(id) => format!("requiredIf of {}", plan.path(id)),
            Self::Calculated(id) => format!("calculate of {}", plan.path(id)),
            Self::Flag(flag) => {
                format!("legal flag {}", plan.subject.legal_flags.get(flag).map_or("", |(name, _)| name))
            }
            Self::Adjustment(id, index) => {
                let score = plan.score(id);
                let list = score.adjustments.as_ref().map_or(&[][..], |adjustments| &adjustments.list);
                format!("adjustment {}.{}", score.id, list.get(index).map_or("", |adjustment| &adjustment.id))
            }
            Self::Item(id, index) => {
                let score = plan.score(id);
                format!("item {}.{}", score.id, score.items.get(index).map_or("", |item| &item.id))
            }
            Self::Band(id, index) => {
                let score = plan.score(id);
                format!("band {}.{}", score.id, score.bands.get(index).map_or("", |band| &band.id))
            }
            Self::Check(id) => match plan.check(id).question {
                Some(question) => format!("check {}.{}", plan.path(question), plan.check(id).id),
                None => format!("check {}", plan.check(id).id),
            },
            Self::Prefill(id) => format!("prefill of {}", plan.path(id)),
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn place(self, plan: &Plan) -> &Place {
        match self {
            Self::Rule(id) => &plan.rule(id).place,
            Self::Step(id, step) => {
                let rule = plan.rule(id);
                rule.steps.get(step).map_or(&rule.place, |step| &step.place)
            }
            Self::Section(id) => &plan.section(id).place,
            Self::Visible(id) | Self::Required(id) | Self::Calculated(id) | Self::Prefill(id) => {
                &plan.question(id).place
            }
            Self::Flag(_) => &plan.subject.place,
            Self::Adjustment(id, _) | Self::Item(id, _) => &plan.score(id).place,
            Self::Band(id, index) => {
                let score = plan.score(id);
                score.bands.get(index).map_or(&score.place, |band| &band.place)
            }
            Self::Check(id) => &plan.check(id).place,
        }
    }

    /// How a step asserts it.
    pub(super) const fn how(self) -> &'static str {
        match self {
            Self::Rule(_) => {
                "name it in `rules` of an `expect`, or its alert in `alerts`, or its need with `rules` in `needs`"
            }
            Self::Step(..) => {
                "assert the `level` of its need in `needs`, or the grade of its alert in `alerts`; `rules` is enough where it is false or unknown"
            }
            Self::Section(_) | Self::Visible(_) => {
                "name the question in `visible` or `hidden` of an `expect`"
            }
            Self::Required(_) => "name the question in `missing` or `notMissing` of an `expect`",
            Self::Calculated(_) => "name it in `values` of an `expect`",
            Self::Flag(_) => "name it in `legalFlags` of an `expect`",
            Self::Adjustment(..) => "assert the `level` of the score in `scores` of an `expect`",
            Self::Item(..) => "assert the score in `scores` of an `expect`",
            Self::Band(..) => "assert the value or the `band` of the score there in `scores` of an `expect`",
            Self::Check(_) => "name the question in `errors`, `warnings` or `noIssues` of an `expect`",
            Self::Prefill(_) => {
                "state the profile of the time before as `previous` of a scenario, and name the question in `values` of an `expect`"
            }
        }
    }
}

/// Everything that is to be seen, and what is proven never to be.
pub(super) fn all(plan: &Plan, same: &Representatives) -> (Vec<Goal>, Vec<Impossible>) {
    let (mut goals, mut impossible) = (Vec::new(), Vec::new());
    let mut condition = |target: Target| {
        goals.extend(
            [Outcome::True, Outcome::False, Outcome::Unknown].map(|outcome| Goal { target, outcome }),
        );
    };
    for (id, rule) in plan.rule_ids().zip(&plan.rules) {
        condition(Target::Rule(id));
        if rule.steps.len() > 1 {
            (0..rule.steps.len()).for_each(|step| condition(Target::Step(id, step)));
        }
    }
    for id in plan.section_ids().filter(|id| plan.section(*id).visible_if.is_some()) {
        condition(Target::Section(id));
    }
    for id in plan.question_ids() {
        let question = plan.question(id);
        if question.visible_if.is_some() && same.visible(id) == id {
            condition(Target::Visible(id));
        }
        if question.required_if.is_some() {
            condition(Target::Required(id));
        }
        if question.calculate.as_ref().is_some_and(|program| program.ty().kind == ValueKind::Boolean) {
            condition(Target::Calculated(id));
        }
    }
    (0..plan.subject.legal_flags.len()).for_each(|flag| condition(Target::Flag(flag)));
    for id in plan.score_ids() {
        let score = plan.score(id);
        let list = score.adjustments.as_ref().map_or(&[][..], |adjustments| &adjustments.list);
        (0..list.len()).for_each(|index| condition(Target::Adjustment(id, index)));
        for (index, item) in score.items.iter().enumerate() {
            if matches!(item.points, crate::plan::ItemPoints::Condition(..)) {
                condition(Target::Item(id, index));
            }
        }
    }
    for id in plan.score_ids() {
        let score = plan.score(id);
        for (index, band) in score.bands.iter().enumerate() {
            let target = Target::Band(id, index);
            match edges::of(plan, score, band) {
                Some((lower, upper)) => {
                    goals.push(Goal { target, outcome: Outcome::Lower });
                    if lower != upper {
                        goals.push(Goal { target, outcome: Outcome::Upper });
                    }
                }
                None => impossible.push(Impossible {
                    what: target.name(plan),
                    outcome: Outcome::Lower.word(),
                    reason: "no points of the items add up to a value in this band".to_owned(),
                    proven: true,
                }),
            }
        }
    }
    for id in plan.check_ids() {
        goals.extend(
            [Outcome::Held, Outcome::Violated].map(|outcome| Goal { target: Target::Check(id), outcome }),
        );
    }
    // Rows come with what stands in them.
    let taken = plan.question_ids().filter(|id| {
        let question = plan.question(*id);
        question.prefill.is_some() && question.repeat().is_none()
    });
    goals.extend(taken.map(|id| Goal { target: Target::Prefill(id), outcome: Outcome::TakenOver }));
    (goals, impossible)
}
