//! The scores of a questionnaire.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Compiler;
use super::declare::ScoreDraft;
use super::score_items::read_questions;
use super::score_order::inner_first;
use super::score_range::{range, step};
use crate::diagnostic::codes;
use crate::expression::{Expected, Kind, Type};
use crate::json::Item;
use crate::plan::graph::Task;
use crate::plan::{Fidelity, Localised, Method, MissingRule, Question, Score, ScoreId};
use crate::value::Decimal;

impl Compiler<'_> {
    /// Compiles every score that was declared.
    #[inline(never)]
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

    #[inline(never)]
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
}
