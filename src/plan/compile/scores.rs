use std::collections::BTreeSet;
use std::sync::Arc;

use super::Compiler;
use super::declare::{ScoreDraft, band_text};
use super::definition;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::expression::{Expected, FieldId, Kind, Program, Type};
use crate::json::Item;
use crate::plan::graph::Task;
use crate::plan::{
    Adjustment, AdjustmentKind, Adjustments, AnswerKind, Band, ChoiceSource, Fidelity, Field,
    Item as ScoreItem, ItemPoints, Localised, Method, MissingRule, Question, QuestionId, Score, ScoreId,
    Stacking,
};
use crate::value::{Decimal, Interval};

impl Compiler<'_> {
    /// Compiles every score that was declared.
    pub(super) fn scores(&mut self, questions: &[Question]) -> Vec<Score> {
        let drafts = std::mem::take(&mut self.score_drafts);
        let mut known: Vec<Option<Score>> = Vec::new();
        known.resize_with(drafts.len(), || None);
        let items: Vec<BTreeSet<usize>> = drafts.iter().map(|draft| self.scores_counted(draft)).collect();
        for index in inner_first(&items) {
            if let Some(draft) = drafts.get(index) {
                let id = ScoreId(super::links::number(index));
                let score = self.score(id, draft, questions, &known);
                if let Some(place) = known.get_mut(index) {
                    *place = Some(score);
                }
            }
        }
        let mut scores: Vec<Score> = known.into_iter().flatten().collect();
        self.read_through(&mut scores, &drafts, questions);
        self.score_drafts = drafts;
        scores
    }

    /// The scores that are items of a score.
    fn scores_counted(&self, draft: &ScoreDraft<'_>) -> BTreeSet<usize> {
        let items = draft.item.get("items").into_iter().flat_map(Item::items);
        let names = items.filter_map(|item| item.get("name").unwrap_or(item).text());
        names.filter_map(|name| self.score_named(name)).map(ScoreId::index).collect()
    }

    /// The score of a name.
    fn score_named(&self, name: &str) -> Option<ScoreId> {
        match self.names.field(*self.names.form.get(name)?) {
            Field::Score(score) => Some(score),
            _ => None,
        }
    }

    /// A score that reads other scores rests on the questions of those, and means what they mean.
    fn read_through(&self, scores: &mut [Score], drafts: &[ScoreDraft<'_>], questions: &[Question]) {
        let reads: Vec<BTreeSet<usize>> = scores.iter().map(|score| self.scores_read(score)).collect();
        for (index, reads) in
            inner_first(&reads).into_iter().filter_map(|index| Some((index, reads.get(index)?)))
        {
            let Some((score, draft)) = scores.get(index).zip(drafts.get(index)) else { continue };
            let own = score.questions.iter().filter_map(|id| questions.get(id.index()));
            let inner =
                || reads.iter().filter(|other| **other != index).filter_map(|other| scores.get(*other));
            let definition = definition::of_score(draft, own, inner());
            let mut rests_on: BTreeSet<QuestionId> = score.questions.iter().copied().collect();
            rests_on.extend(inner().flat_map(|inner| inner.questions.iter().copied()));
            if let Some(score) = scores.get_mut(index) {
                score.questions = rests_on.into_iter().collect();
                score.definition = definition.into();
            }
        }
    }

    /// The other scores that a score reads, as items or in expressions.
    fn scores_read(&self, score: &Score) -> BTreeSet<usize> {
        let mut read = BTreeSet::new();
        let mut from = |program: &Program| {
            let fields = program.reads().iter().filter_map(super::links::field_read);
            read.extend(fields.filter_map(|field| self.names.score_of(field)).map(ScoreId::index));
        };
        if let Method::Expression(program) = &score.method {
            from(program);
        }
        for item in &score.items {
            if let ItemPoints::Condition(program, _) = &item.points {
                from(program);
            }
        }
        read.extend(score.items.iter().filter_map(|item| match item.points {
            ItemPoints::Score(inner) => Some(inner.index()),
            ItemPoints::Question(_) | ItemPoints::Condition(..) => None,
        }));
        read
    }

    fn score(
        &mut self,
        id: ScoreId,
        draft: &ScoreDraft<'_>,
        questions: &[Question],
        known: &[Option<Score>],
    ) -> Score {
        let item = draft.item;
        let mut parts = Vec::new();
        for part in item.get("items").into_iter().flat_map(Item::items) {
            parts.extend(self.score_item(id, part, questions, known));
        }
        let method = self.method(id, item, parts.is_empty());
        let weights: Decimal = parts.iter().map(|part| part.weight).sum();
        if matches!(method, Method::Mean) && !parts.is_empty() && weights.is_zero() {
            let message = "the weights of a mean must not add up to 0";
            self.error(codes::PLAN_SCORE, message, item.key_place());
        }
        let computed = range(&method, &parts);
        let declared = item.get("min").and_then(Item::decimal).zip(item.get("max").and_then(Item::decimal));
        let range = self.declared_range(item, &draft.id, computed, declared);
        let step =
            item.get("step").and_then(Item::decimal).filter(|step| *step > Decimal::ZERO).unwrap_or_else(
                || step(&method, &parts, questions, known, item.get("rounding").and_then(Item::whole)),
            );
        let bands = self.bands(item.get("bands"), draft, step, true);
        let alternative_bands = item
            .get("alternativeBands")
            .into_iter()
            .flat_map(Item::entries)
            .map(|(name, bands)| (Arc::from(name), self.bands(Some(bands), draft, step, false)))
            .collect();
        let adjustments = item.get("adjustments").map(|adjustments| self.adjustments(id, adjustments));
        let fidelity = match item.text_of("fidelity") {
            Some("verbatim") => Fidelity::Verbatim,
            Some("structure_only") => Fidelity::StructureOnly,
            Some("imported") => Fidelity::Imported,
            _ => Fidelity::Adapted,
        };
        if fidelity == Fidelity::Verbatim && item.get("permission").is_none() {
            let place = item.get("fidelity").map_or_else(|| item.place(), Item::place);
            self.error(codes::PLAN_PERMISSION, "published wording needs a permission", place).help = Some(
                "name the permission with `permission`, or use wording of your own and say `adapted`".into(),
            );
        }
        let text = |compiler: &mut Self, keyword: &str| {
            compiler.text(item.get(keyword), draft.file, &["scores", &draft.id, keyword], None)
        };
        let shared = |keyword: &str| item.text_of(keyword).map(Arc::from);
        Score {
            title: text(self, "title").unwrap_or_else(|| Localised::plain(&draft.id)),
            description: text(self, "description"),
            questions: read_questions(&parts, &method, self),
            missing: self.missing_rule(item.get("missing"), parts.len()),
            id: Arc::clone(&draft.id),
            items: parts,
            method,
            range,
            step,
            rounding: item.get("rounding").and_then(Item::whole),
            bands,
            alternative_bands,
            adjustments,
            structure: shared("structure"),
            source: shared("source"),
            licence: shared("licence"),
            fidelity,
            // Once it is known what else it reads.
            definition: Arc::from(""),
            show: item.flag("show"),
            place: item.key_place(),
        }
    }

    fn score_item(
        &mut self,
        score: ScoreId,
        item: Item<'_>,
        questions: &[Question],
        known: &[Option<Score>],
    ) -> Option<ScoreItem> {
        let weight = item.get("weight").and_then(Item::decimal).unwrap_or(Decimal::ONE);
        let reverse = item.flag("reverse");
        if let (Some(place), false) = (item.get("weight"), is_moderate(weight)) {
            self.error(codes::PLAN_SCORE, "this weight is larger than can be reckoned with", place.place());
            return None;
        }
        if let Some(when) = item.get("when") {
            let points = item.get("points").and_then(Item::decimal).unwrap_or(Decimal::ONE);
            if let (Some(place), false) = (item.get("points"), is_moderate(points)) {
                self.error(
                    codes::PLAN_SCORE,
                    "these points are more than can be reckoned with",
                    place.place(),
                );
                return None;
            }
            let program = self.linked_condition(Some(when), Task::Score(score), None)?;
            return Some(ScoreItem {
                id: item.text_of("id")?.into(),
                points: ItemPoints::Condition(program, points),
                weight,
                reverse,
                range: Interval::new(Decimal::ZERO, points),
            });
        }
        let name_item = item.get("name").unwrap_or(item);
        let name = name_item.text()?;
        if let Some(inner) = self.score_named(name) {
            // None in a ring, which is reported elsewhere.
            let range =
                known.get(inner.index())?.as_ref().map_or(Interval::point(Decimal::ZERO), |it| it.range);
            if !is_moderate(range.lo) || !is_moderate(range.hi) {
                let message =
                    format!("`{name}` cannot be counted: its values are more than can be reckoned with");
                self.error(codes::PLAN_SCORE, message, name_item.place());
                return None;
            }
            return Some(ScoreItem {
                id: name.into(),
                points: ItemPoints::Score(inner),
                weight,
                reverse,
                range,
            });
        }
        let question = match self.names.form.get(name) {
            Some(&FieldId(field)) if field < self.names.questions => QuestionId(field),
            _ => {
                let asked = questions.iter().filter(|question| question.parent.is_none());
                let asked = asked.map(|question| &*question.name);
                let is_score = |field: &FieldId| matches!(self.names.field(*field), Field::Score(_));
                let scores = self.names.form.iter().filter(|(_, field)| is_score(field));
                let meant = did_you_mean(name, asked.chain(scores.map(|(name, _)| &**name)));
                let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
                let message = format!("there is no question and no score named `{name}`{meant}");
                self.error(codes::PLAN_UNKNOWN_NAME, message, name_item.place());
                return None;
            }
        };
        let range = match points_of(questions.get(question.index())?) {
            Ok(points) => Interval::new(*points.iter().min()?, *points.iter().max()?),
            Err(why) => {
                self.error(
                    codes::PLAN_SCORE,
                    format!("`{name}` cannot be counted: {why}"),
                    name_item.place(),
                );
                return None;
            }
        };
        Some(ScoreItem { id: name.into(), points: ItemPoints::Question(question), weight, reverse, range })
    }

    fn method(&mut self, score: ScoreId, item: Item<'_>, no_items: bool) -> Method {
        // A score that says no method has been told so; what it has is looked at all the same.
        let meant = if item.get("expression").is_some() { "expression" } else { "" };
        let word = item.text_of("method").unwrap_or(meant);
        if word != "expression" && no_items {
            self.error(codes::PLAN_SCORE, "this score has no items", item.key_place());
        }
        match word {
            "weighted" => Method::Weighted,
            "mean" => Method::Mean,
            "count" => Method::Count,
            "max" => Method::Max,
            "expression" => {
                let number = Type { kind: Kind::Number { integer: false }, many: false };
                let Some(text) = item.get("expression") else {
                    self.error(codes::PLAN_SCORE, "this score needs an `expression`", item.key_place());
                    return Method::Sum;
                };
                match self.expression(text, None, &Expected::Value(number), Vec::new()) {
                    Some(program) => {
                        self.link(Task::Score(score), None, &program, text);
                        Method::Expression(program)
                    }
                    None => Method::Sum,
                }
            }
            _ => Method::Sum,
        }
    }

    fn declared_range(
        &mut self,
        item: Item<'_>,
        id: &str,
        computed: Option<Interval>,
        declared: Option<(Decimal, Decimal)>,
    ) -> Interval {
        match (computed, declared) {
            (Some(computed), Some((min, max))) if computed != Interval::new(min, max) => {
                let message = format!(
                    "the items of `{id}` give {} to {}, not {} to {}",
                    computed.lo.normalize(),
                    computed.hi.normalize(),
                    min.normalize(),
                    max.normalize()
                );
                let place = item.get("max").map_or_else(|| item.place(), Item::place);
                self.error(codes::PLAN_SCORE, message, place).help =
                    Some("correct `min` and `max`, or leave them out: they follow from the items".into());
                computed
            }
            (Some(computed), _) => computed,
            (None, Some((min, max))) => Interval::new(min, max),
            (None, None) => {
                let message = "a score by an expression needs `min` and `max`";
                self.error(codes::PLAN_SCORE, message, item.key_place());
                Interval::point(Decimal::ZERO)
            }
        }
    }

    fn missing_rule(&mut self, item: Option<Item<'_>>, items: usize) -> MissingRule {
        let Some(item) = item else { return MissingRule::Interval };
        let mut bound = |keyword: &str| match item.get(keyword).and_then(Item::whole) {
            Some(count) if usize::try_from(count).is_ok_and(|count| count <= items) => count,
            Some(_) => {
                let place = item.get(keyword).unwrap_or(item).place();
                self.error(codes::PLAN_SCORE, format!("`{keyword}` is more than there are items"), place);
                0
            }
            None => {
                self.error(codes::PLAN_SCORE, format!("this missing rule needs `{keyword}`"), item.place());
                0
            }
        };
        match item.text_of("rule") {
            Some("none") => MissingRule::None,
            Some("prorate") => MissingRule::Prorate { min_answered: bound("minAnswered") },
            Some("blankZero") => MissingRule::BlankZero { max_blank: bound("maxBlank") },
            _ => MissingRule::Interval,
        }
    }

    fn bands(
        &mut self,
        list: Option<Item<'_>>,
        draft: &ScoreDraft<'_>,
        step: Decimal,
        own: bool,
    ) -> Vec<Band> {
        let mut bands: Vec<(Item<'_>, Band)> = Vec::new();
        let mut seen = BTreeSet::new();
        for item in list.into_iter().flat_map(Item::items) {
            let (Some(id), Some(from), Some(to)) = (
                item.text_of("id"),
                item.get("from").and_then(Item::decimal),
                item.get("to").and_then(Item::decimal),
            ) else {
                continue;
            };
            if !seen.insert(id) {
                self.error(codes::PLAN_DUPLICATE_NAME, "two bands of this score have this id", item.place());
            }
            let title = item.get("title");
            let title = if own {
                self.text(title, draft.file, &["scores", &draft.id, "bands", id], None)
            } else {
                title.and_then(Item::text).map(Localised::plain)
            };
            let level = item.get("level").and_then(Item::whole).and_then(|level| u8::try_from(level).ok());
            bands.push((item, Band { id: id.into(), from, to, title, level, place: item.place() }));
        }
        bands.sort_by_key(|(_, band)| band.from);
        for (item, band) in &bands {
            if band.from > band.to {
                let message = format!("the band {} ends before it begins", band_text(band));
                self.error(codes::PLAN_BAND, message, item.place());
            }
        }
        for pair in bands.windows(2) {
            let [(_, below), (item, above)] = pair else { continue };
            if above.from <= below.to {
                let message = format!("the bands {} and {} overlap", band_text(below), band_text(above));
                self.error(codes::PLAN_BAND, message, item.place());
            } else if above.from.checked_sub(below.to).is_none_or(|gap| gap > step) {
                let message =
                    format!("no band holds what lies between {} and {}", band_text(below), band_text(above));
                let help = if step.is_zero() {
                    "the score can have any digits after the point: say with `rounding` how many".to_owned()
                } else {
                    format!(
                        "the score moves in steps of {}: let one band begin where the other ends plus that",
                        step.normalize()
                    )
                };
                self.diagnostics
                    .push(Diagnostic::warning(codes::PLAN_BAND, message).at(item.place()).help(help));
            }
        }
        bands.into_iter().map(|(_, band)| band).collect()
    }

    fn adjustments(&mut self, score: ScoreId, item: Item<'_>) -> Adjustments {
        let mut list = Vec::new();
        for (keyword, amount) in [("set", "level"), ("raise", "steps")] {
            for item in item.get(keyword).into_iter().flat_map(Item::items) {
                let amount =
                    item.get(amount).and_then(Item::whole).and_then(|amount| u8::try_from(amount).ok());
                let when = self.linked_condition(item.get("when"), Task::Score(score), None);
                if let (Some(id), Some(when), Some(amount)) = (item.text_of("id"), when, amount) {
                    let kind = if keyword == "set" {
                        AdjustmentKind::Set(amount)
                    } else {
                        AdjustmentKind::Raise(amount)
                    };
                    list.push(Adjustment { id: id.into(), when, kind });
                }
            }
        }
        Adjustments {
            list,
            cap: item
                .get("cap")
                .and_then(Item::whole)
                .and_then(|cap| u8::try_from(cap).ok())
                .unwrap_or(u8::MAX),
            stacking: if item.text_of("stacking") == Some("each") { Stacking::Each } else { Stacking::Once },
        }
    }
}

/// An order in which each comes after those that it reads. What stands in a ring comes last: rings are reported
/// elsewhere.
fn inner_first(reads: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut waits_for: Vec<usize> = reads.iter().map(BTreeSet::len).collect();
    let mut outer: Vec<Vec<usize>> = vec![Vec::new(); reads.len()];
    for (index, reads) in reads.iter().enumerate() {
        for inner in reads {
            if let Some(outer) = outer.get_mut(*inner) {
                outer.push(index);
            }
        }
    }
    let mut order: Vec<usize> = Vec::with_capacity(reads.len());
    order.extend(waits_for.iter().enumerate().filter(|(_, count)| **count == 0).map(|(index, _)| index));
    let mut next = 0;
    while let Some(inner) = order.get(next).copied() {
        next += 1;
        for index in outer.get(inner).into_iter().flatten() {
            if let Some(count) = waits_for.get_mut(*index) {
                *count -= 1;
                if *count == 0 {
                    order.push(*index);
                }
            }
        }
    }
    order.extend(waits_for.iter().enumerate().filter(|(_, count)| **count > 0).map(|(index, _)| index));
    order
}

/// Far from where sums of products overflow: 50,000 items of 10⁹ points, weighted 10⁹, stay below 10²³.
fn is_moderate(number: Decimal) -> bool {
    number.abs() <= Decimal::from(1_000_000_000)
}

/// The points that the answers to a question can have, each once.
fn points_of(question: &Question) -> Result<Vec<Decimal>, String> {
    let mut points: Vec<Decimal> = match &question.kind {
        AnswerKind::Boolean => vec![Decimal::ZERO, Decimal::ONE],
        AnswerKind::Number { integer: true } => {
            match (question.constraints.minimum, question.constraints.maximum) {
                (Some(min), Some(max)) => vec![min, max],
                _ => return Err("a number needs `minimum` and `maximum`".into()),
            }
        }
        AnswerKind::Choice { choices: ChoiceSource::Own(choices), .. } => {
            let mut points = Vec::with_capacity(choices.len());
            for choice in choices {
                match (choice.score, &choice.value) {
                    (Some(score), _) => points.push(score),
                    (None, crate::value::Value::Number(number)) => points.push(*number),
                    (None, _) => return Err(format!("its choice `{}` has no `score`", choice.code)),
                }
            }
            points
        }
        _ => return Err("only choices with scores, whole numbers and yes/no have points".into()),
    };
    points.sort_unstable();
    points.dedup();
    if points.is_empty() {
        Err("it has no choices".into())
    } else if points.iter().all(|points| is_moderate(*points)) {
        Ok(points)
    } else {
        Err("its points are more than can be reckoned with".into())
    }
}

fn range(method: &Method, items: &[ScoreItem]) -> Option<Interval> {
    let weighted =
        || items.iter().map(|item| Interval::new(item.range.lo * item.weight, item.range.hi * item.weight));
    let sum = || {
        weighted().fold(Interval::point(Decimal::ZERO), |sum, item| Interval {
            lo: sum.lo + item.lo,
            hi: sum.hi + item.hi,
        })
    };
    let count = Decimal::from(items.len());
    match method {
        Method::Sum | Method::Weighted => Some(sum()),
        Method::Mean => {
            let weights = weights(items);
            let mean = |end: Decimal| end.checked_div(weights).unwrap_or(Decimal::ZERO);
            Some(Interval::new(mean(sum().lo), mean(sum().hi)))
        }
        Method::Count => Some(Interval { lo: Decimal::ZERO, hi: count }),
        Method::Max => Some(Interval {
            lo: weighted().map(|item| item.lo).max()?,
            hi: weighted().map(|item| item.hi).max()?,
        }),
        Method::Expression(_) => None,
    }
}

fn weights(items: &[ScoreItem]) -> Decimal {
    items.iter().map(|item| item.weight).sum()
}

/// The largest step of which every possible value is a multiple away from every other.
fn step(
    method: &Method,
    items: &[ScoreItem],
    questions: &[Question],
    known: &[Option<Score>],
    rounding: Option<u32>,
) -> Decimal {
    let points = step_of_points(items, questions, known);
    let rounded = rounding.map(|digits| Decimal::new(1, digits.min(Decimal::MAX_SCALE)));
    let step = match method {
        Method::Count => return Decimal::ONE,
        Method::Sum | Method::Weighted | Method::Max | Method::Mean if points.is_zero() => Decimal::ZERO,
        Method::Sum | Method::Weighted | Method::Max => points,
        Method::Mean => {
            let step = points.checked_div(weights(items).abs());
            step.filter(|step| !step.is_zero()).unwrap_or(Decimal::ONE)
        }
        // What is neither whole nor rounded moves in no steps: any gap between two bands is one into which it can fall.
        Method::Expression(program) => match program.ty().kind {
            Kind::Number { integer: true } => Decimal::ONE,
            _ => Decimal::ZERO,
        },
    };
    // Rounding can only widen the step.
    rounded.map_or(step, |rounded| step.max(rounded))
}

/// 0 where an item moves in no steps.
fn step_of_points(items: &[ScoreItem], questions: &[Question], known: &[Option<Score>]) -> Decimal {
    let mut step = Decimal::ZERO;
    for item in items {
        let points = match &item.points {
            ItemPoints::Score(inner) => match known.get(inner.index()).and_then(Option::as_ref) {
                Some(inner) if inner.step.is_zero() || !is_moderate(inner.step) => return Decimal::ZERO,
                Some(inner) => vec![Decimal::ZERO, inner.step],
                None => Vec::new(),
            },
            ItemPoints::Condition(_, points) => vec![Decimal::ZERO, *points],
            ItemPoints::Question(question) => match questions.get(question.index()) {
                Some(question) if matches!(question.kind, AnswerKind::Number { .. }) => {
                    vec![Decimal::ZERO, Decimal::ONE]
                }
                Some(question) => points_of(question).unwrap_or_default(),
                None => Vec::new(),
            },
        };
        for pair in points.windows(2) {
            if let [low, high] = pair {
                step = common_divisor(step, ((*high - *low) * item.weight).abs());
            }
        }
    }
    if step.is_zero() { Decimal::ONE } else { step.normalize() }
}

fn common_divisor(mut a: Decimal, mut b: Decimal) -> Decimal {
    while !b.is_zero() {
        (a, b) = (b, a.checked_rem(b).unwrap_or(Decimal::ZERO));
    }
    a
}

fn read_questions(items: &[ScoreItem], method: &Method, compiler: &Compiler<'_>) -> Vec<QuestionId> {
    let mut found = BTreeSet::new();
    let mut from = |program: &Program| {
        for read in program.reads() {
            if let Some(field) = super::links::field_read(read)
                && field.0 < compiler.names.questions
            {
                found.insert(QuestionId(field.0));
            }
        }
    };
    for item in items {
        if let ItemPoints::Condition(program, _) = &item.points {
            from(program);
        }
    }
    if let Method::Expression(program) = method {
        from(program);
    }
    found.extend(items.iter().filter_map(|item| match item.points {
        ItemPoints::Question(question) => Some(question),
        ItemPoints::Score(_) | ItemPoints::Condition(..) => None,
    }));
    found.into_iter().collect()
}
