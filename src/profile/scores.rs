//! Scores as they stand in a profile.

use std::collections::BTreeMap;

use super::wire::{Number, Score, ScoreBand};
use crate::expression::RowId;
use crate::plan::ScoreId;
use crate::session::Session;
use crate::value::Word;

/// Every score of the questionnaire, assessed or not.
pub(super) fn scores(session: &Session) -> BTreeMap<String, Score> {
    session.plan().score_ids().map(|id| score(session, id)).map(|score| (score.id.clone(), score)).collect()
}

fn score(session: &Session, id: ScoreId) -> Score {
    let score = session.plan().score(id);
    let result = session.score(id);
    let strings = |words: &[std::sync::Arc<str>]| words.iter().map(|word| (**word).to_owned()).collect();
    Score {
        id: (*score.id).to_owned(),
        title: session.text(&score.title, RowId::FORM),
        value: result.value.map(Number::new),
        min: Number::new(score.range.lo),
        max: Number::new(score.range.hi),
        interval: [Number::new(result.interval.lo), Number::new(result.interval.hi)],
        answered: result.answered,
        of: result.of,
        method: score.method.word().to_owned(),
        status: Word(result.status),
        band: result.band_in(score).map(|band| ScoreBand {
            id: (*band.id).to_owned(),
            from: Number::new(band.from),
            to: Number::new(band.to),
            title: band.title.as_ref().map(|title| session.text(title, RowId::FORM)),
            level: result.level,
            base_level: result.base_level,
        }),
        adjustments: strings(&result.applied),
        provisional_on: strings(&result.provisional_on),
        provisional: result.band_provisional,
        structure: score.structure.as_deref().map(str::to_owned),
        fidelity: score.fidelity.word().to_owned(),
        source: score.source.as_deref().map(str::to_owned),
        definition: Some((*score.definition).to_owned()),
    }
}
