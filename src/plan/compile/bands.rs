//! The bands of a score, and what moves the level of one.

use std::collections::BTreeSet;

use super::Compiler;
use super::declare::{ScoreDraft, band_text};
use crate::diagnostic::{Diagnostic, codes};
use crate::json::Item;
use crate::plan::graph::Task;
use crate::plan::{Adjustment, AdjustmentKind, Adjustments, Band, Localised, ScoreId, Stacking};
use crate::value::Decimal;

impl Compiler<'_> {
    pub(super) fn bands(
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

    pub(super) fn adjustments(&mut self, score: ScoreId, item: Item<'_>) -> Adjustments {
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
