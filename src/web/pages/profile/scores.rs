use yew::prelude::*;

use crate::expression::RowId;
use crate::plan;
use crate::profile::wire::{Profile, Score};
use crate::scoring::ScoreStatus;
use crate::session::Session;
use crate::web::text::Texts;

/// The scales of which at least one item was answered, in the order of the questionnaire.
pub(super) fn scores_table(session: &Session, texts: &Texts, profile: &Profile) -> Html {
    let rows: Vec<(&plan::Score, &Score)> = session
        .plan()
        .scores
        .iter()
        .filter_map(|score| Some((score, profile.scores.get(&*score.id)?)))
        .filter(|(_, result)| result.status.0 != ScoreStatus::NotAssessed)
        .collect();
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <section class="stack">
            <h2>{ texts.say("profile.scores") }</h2>
            <div class="sheet scroll-x" tabindex="0" role="region" aria-label={texts.say("profile.scores")}>
                <table class="scores-table" aria-label={texts.say("profile.scores")}>
                    <thead>
                        <tr>
                            <th scope="col">{ texts.say("scores.scale") }</th>
                            <th scope="col">{ texts.say("scores.value") }</th>
                            <th scope="col">{ texts.say("scores.meaning") }</th>
                        </tr>
                    </thead>
                    <tbody>{ for rows.into_iter().map(|(score, result)| row(session, texts, score, result)) }</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(session: &Session, texts: &Texts, score: &plan::Score, result: &Score) -> Html {
    let [least, most] = &result.interval;
    let value = match &result.value {
        Some(value) => value.to_string(),
        None if result.status.0 == ScoreStatus::Invalid => texts.say("scores.invalid").to_string(),
        None => format!("{least}–{most}"),
    };
    let range =
        texts.fill("scores.range", &[("min", &result.min.to_string()), ("max", &result.max.to_string())]);
    let band = result.band.as_ref().and_then(|found| {
        let band = score.bands.iter().find(|band| *band.id == *found.id)?;
        band.title.as_ref().map(|title| session.text(title, RowId::FORM))
    });
    let count = [("answered", result.answered.to_string()), ("of", result.of.to_string())];
    let count = texts.fill("scores.answered", &count.each_ref().map(|(name, text)| (*name, text.as_str())));
    html! {
        <tr key={&*score.id}>
            <th scope="row">{ session.text(&score.title, RowId::FORM) }</th>
            <td><span class="number">{ value }</span><br /><span class="quiet small">{ range }</span></td>
            <td>
                { band.unwrap_or_else(|| texts.say("scores.no-band").to_string()) }
                <br /><span class="quiet small">{ count }</span>
                if result.provisional {
                    <span class="quiet small">{ texts.say("scores.separator") }{ texts.say("scores.provisional") }</span>
                }
            </td>
        </tr>
    }
}
