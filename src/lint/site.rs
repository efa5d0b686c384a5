//! The places where expressions stand.

use std::cell::OnceCell;
use std::rc::Rc;

use super::form::Form;
use super::reach::{At, Condition, Env, Outcomes};
use crate::diagnostic::{Place, Span};
use crate::expression::Program;
use crate::json::Item;
use crate::plan::{CheckId, ItemPoints, Method, QuestionId, SectionId};
use crate::value::Truth;

/// What an expression decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Whether a section is shown.
    Section(SectionId),
    /// Whether a section may not be changed.
    SectionLock,
    /// Whether a question is shown.
    Visible(QuestionId),
    Required(QuestionId),
    ReadOnly(QuestionId),
    Calculate(QuestionId),
    Filter(QuestionId),
    Check(Option<QuestionId>),
    /// Whether an item of a score counts.
    ScoreItem,
    /// Whether the level of a band is moved.
    Adjustment,
    /// The value of a score.
    Score,
    /// A step of a rule: their indices.
    Rule {
        rule: usize,
        step: usize,
    },
    Flag,
    Offer,
}

/// An expression where it stands.
pub(super) struct Site<'a> {
    pub(super) role: Role,
    /// Its text.
    pub(super) item: Item<'a>,
    /// The object whose member it is: a question, a check, a step.
    pub(super) holder: Item<'a>,
    pub(super) program: &'a Program,
    pub(super) condition: Condition,
    /// What a finding here can be allowed at besides where it stands.
    pub(super) owners: Vec<Item<'a>>,
    ways: OnceCell<Rc<[Env]>>,
    outcomes: OnceCell<Outcomes>,
    alone: OnceCell<Outcomes>,
}

impl<'a> Site<'a> {
    /// Whether it is a condition, not a value.
    pub(super) fn is_condition(&self) -> bool {
        !matches!(self.role, Role::Calculate(_) | Role::Score)
    }

    /// The ways in which things can be where it counts: what it stands in is asked.
    pub(super) fn ways(&self, form: &Form<'_>) -> Rc<[Env]> {
        Rc::clone(self.ways.get_or_init(|| match self.role {
            Role::Visible(id) => form.ways_around(id),
            Role::Required(id) | Role::ReadOnly(id) | Role::Calculate(id) | Role::Filter(id) => {
                form.ways_asked(id)
            }
            Role::Check(Some(id)) => form.ways_asked(id),
            _ => [Env::default()].into(),
        }))
    }

    /// What it can come to where it counts.
    pub(super) fn outcomes(&self, form: &Form<'_>) -> Outcomes {
        *self.outcomes.get_or_init(|| {
            let ways = self.ways(form);
            form.reach.outcomes_in(&self.condition, self.condition.root(), &ways)
        })
    }

    /// What it can come to, whatever holds around it.
    pub(super) fn outcomes_alone(&self, form: &Form<'_>) -> Outcomes {
        *self.alone.get_or_init(|| self.part_alone(form, self.condition.root()))
    }

    /// What a part of it can come to, taken alone.
    pub(super) fn part_alone(&self, form: &Form<'_>, at: At) -> Outcomes {
        form.reach.outcomes_in(&self.condition, at, &[Env::default()])
    }

    /// Whether what it stands in can be asked at all; where it cannot, that is the finding.
    pub(super) fn is_reachable(&self, form: &Form<'_>) -> bool {
        !self.ways(form).is_empty()
    }

    /// Where a part of it stands.
    pub(super) fn place(&self, at: At) -> Place {
        self.item.text_place(self.span(at))
    }

    /// Which bytes of its text a part is, with the brackets that it begins with: a part that ends behind a bracket
    /// also begins before one.
    pub(super) fn span(&self, at: At) -> Span {
        let span = self.condition.span(at);
        let text = self.item.text().unwrap_or_default();
        let offset = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        let Some(written) = text.get(offset(span.start)..offset(span.end)) else { return span };
        let (mut depth, mut missing, mut quoted, mut escaped) = (0_i32, 0, false, false);
        for character in written.chars() {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '\'' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth -= 1,
                _ => {}
            }
            missing = missing.min(depth);
        }
        let before = text.get(..offset(span.start)).unwrap_or_default();
        let mut start = before.len();
        for (at, character) in before.char_indices().rev() {
            match character {
                '(' if missing < 0 => missing += 1,
                character if character.is_whitespace() => continue,
                _ => break,
            }
            start = at;
        }
        Span::new(u32::try_from(start).unwrap_or(span.start), span.end)
    }

    /// The smallest part that is already to blame for what the whole can never be; the whole if no part is.
    pub(super) fn culprit(&self, form: &Form<'_>, never: Truth) -> At {
        use super::reach::Expr;
        let mut at = self.condition.root();
        let mut never = never;
        loop {
            let blamed = |part: At, never: Truth| !self.part_alone(form, part).allow(never);
            at = match (self.condition.expr(at), never) {
                (Expr::Not(inner), _) if !never.is_unknown() => {
                    never = never.negate();
                    *inner
                }
                (Expr::Binary("and", left, _), Truth::True) if blamed(*left, Truth::True) => *left,
                (Expr::Binary("and", _, right), Truth::True) if blamed(*right, Truth::True) => *right,
                (Expr::Binary("or", left, _), Truth::False) if blamed(*left, Truth::False) => *left,
                (Expr::Binary("or", _, right), Truth::False) if blamed(*right, Truth::False) => *right,
                _ => return at,
            };
        }
    }
}

/// Gathers every expression of a form.
pub(super) fn sites<'a>(form: &Form<'a>) -> Vec<Site<'a>> {
    let mut gathering = Gathering { form, sites: Vec::new() };
    gathering.sections();
    gathering.questions();
    gathering.scores();
    gathering.rules();
    gathering.root();
    gathering.sites
}

struct Gathering<'f, 'a> {
    form: &'f Form<'a>,
    sites: Vec<Site<'a>>,
}

impl<'a> Gathering<'_, 'a> {
    fn add(
        &mut self,
        role: Role,
        item: Option<Item<'a>>,
        holder: Item<'a>,
        program: Option<&'a Program>,
        within: Option<QuestionId>,
        owners: Vec<Item<'a>>,
    ) {
        let (Some(item), Some(program)) = (item, program) else { return };
        let Some(condition) = item.text().and_then(|text| self.form.reach.resolve(text, within)) else {
            return;
        };
        self.sites.push(Site {
            role,
            item,
            holder,
            program,
            condition,
            owners,
            ways: OnceCell::new(),
            outcomes: OnceCell::new(),
            alone: OnceCell::new(),
        });
    }

    fn sections(&mut self) {
        let plan = self.form.plan;
        for (id, source) in plan.section_ids().zip(self.form.sections.clone()) {
            let section = plan.section(id);
            let owners: Vec<Item<'a>> = source.reference.into_iter().collect();
            let holder = |keyword: &str| {
                source.reference.filter(|reference| reference.get(keyword).is_some()).unwrap_or(source.body)
            };
            let visible = source.get("visibleIf");
            self.add(
                Role::Section(id),
                visible,
                holder("visibleIf"),
                section.visible_if.as_ref(),
                None,
                owners.clone(),
            );
            let lock = source.get("readOnlyIf");
            self.add(
                Role::SectionLock,
                lock,
                holder("readOnlyIf"),
                section.read_only_if.as_ref(),
                None,
                owners.clone(),
            );
            self.checks(source.body, &section.checks, None, None, &owners);
        }
    }

    fn checks(
        &mut self,
        holder: Item<'a>,
        ids: &[CheckId],
        question: Option<QuestionId>,
        within: Option<QuestionId>,
        owners: &[Item<'a>],
    ) {
        let plan = self.form.plan;
        for id in ids {
            let check = plan.check(*id);
            let mut items = holder.get("checks").into_iter().flat_map(Item::items);
            let Some(item) = items.find(|item| item.text_of("id") == Some(&*check.id)) else { continue };
            self.add(
                Role::Check(question),
                item.get("assert"),
                item,
                Some(&check.assert),
                within,
                owners.to_vec(),
            );
        }
    }

    fn questions(&mut self) {
        let plan = self.form.plan;
        for (id, written) in self.form.questions().collect::<Vec<_>>() {
            let question = plan.question(id);
            let (item, row) = (written.item, question.parent);
            let owners = self.form.owners(id);
            for (role, keyword, program) in [
                (Role::Visible(id), "visibleIf", &question.visible_if),
                (Role::Required(id), "requiredIf", &question.required_if),
                (Role::ReadOnly(id), "readOnlyIf", &question.read_only_if),
                (Role::Calculate(id), "calculate", &question.calculate),
                (Role::Filter(id), "choiceFilter", &question.choice_filter),
            ] {
                self.add(role, item.get(keyword), item, program.as_ref(), row, owners.clone());
            }
            self.checks(item, &question.checks, Some(id), row, &owners);
        }
    }

    fn scores(&mut self) {
        for (score, item, _) in self.form.scores().collect::<Vec<_>>() {
            if let Method::Expression(program) = &score.method {
                self.add(Role::Score, item.get("expression"), item, Some(program), None, Vec::new());
            }
            for part in item.get("items").into_iter().flat_map(Item::items) {
                let Some(id) = part.text_of("id") else { continue };
                let program =
                    score.items.iter().find(|known| &*known.id == id).and_then(|known| match &known.points {
                        ItemPoints::Condition(program, _) => Some(program),
                        ItemPoints::Question(_) | ItemPoints::Score(_) => None,
                    });
                self.add(Role::ScoreItem, part.get("when"), part, program, None, Vec::new());
            }
            let Some(adjustments) = item.get("adjustments") else { continue };
            for part in
                ["set", "raise"].into_iter().filter_map(|name| adjustments.get(name)).flat_map(Item::items)
            {
                let known = score.adjustments.iter().flat_map(|adjustments| &adjustments.list);
                let program = known
                    .into_iter()
                    .find(|known| Some(&*known.id) == part.text_of("id"))
                    .map(|known| &known.when);
                self.add(Role::Adjustment, part.get("when"), part, program, None, Vec::new());
            }
        }
    }

    fn rules(&mut self) {
        for (index, (rule, item, _)) in self.form.rules().collect::<Vec<_>>().into_iter().enumerate() {
            let steps: Vec<Item<'a>> = match item.get("levels") {
                Some(levels) => levels.items().filter(|step| step.get("when").is_some()).collect(),
                None => vec![item],
            };
            for (number, (step, holder)) in rule.steps.iter().zip(steps).enumerate() {
                let role = Role::Rule { rule: index, step: number };
                self.add(role, holder.get("when"), holder, Some(&step.when), None, Vec::new());
            }
        }
    }

    fn root(&mut self) {
        let plan = self.form.plan;
        let Some(root) = self.form.questionnaire.root() else { return };
        self.checks(root, &plan.form_checks, None, None, &[]);
        self.add(Role::Offer, root.get("offer"), root, plan.offer.as_ref(), None, Vec::new());
        if let Some(flags) = root.get("subject").and_then(|subject| subject.get("legalFlags")) {
            for (name, program) in &plan.subject.legal_flags {
                self.add(Role::Flag, flags.get(name), flags, Some(program), None, Vec::new());
            }
        }
    }
}
