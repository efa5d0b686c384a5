use yew::prelude::*;

use crate::expression::RowId;
use crate::profile::wire::{Delta, DeltaKind, Profile};
use crate::session::Session;
use crate::web::components::{Icon, icon};
use crate::web::text::Texts;

/// What has changed since the last profile: scale by scale the two values, or why they cannot be compared.
pub(super) fn trend(session: &Session, texts: &Texts, profile: &Profile) -> Html {
    let read = |delta: &serde_json::Value| serde_json::from_value::<Delta>(delta.clone()).ok();
    let all: Vec<Delta> = profile.reassessment.deltas.iter().filter_map(read).collect();
    if all.is_empty() {
        return Html::default();
    }
    let scores: Vec<&Delta> = all.iter().filter(|delta| delta.kind.0 == DeltaKind::Score).collect();
    let (compared, apart): (Vec<&Delta>, Vec<&Delta>) =
        scores.into_iter().partition(|delta| delta.comparable);
    html! {
        <section class="stack">
            <h2>{ texts.say("trend.title") }</h2>
            if compared.is_empty() {
                <p class="quiet">{ texts.say("trend.nothing") }</p>
            } else {
                <div class="sheet scroll-x" tabindex="0" role="region" aria-label={texts.say("trend.title")}>
                    <table class="scores-table" aria-label={texts.say("trend.title")}>
                        <thead>
                            <tr>
                                <th scope="col">{ texts.say("scores.scale") }</th>
                                <th scope="col">{ texts.say("trend.before") }</th>
                                <th scope="col">{ texts.say("trend.now") }</th>
                                <th scope="col">{ texts.say("trend.change") }</th>
                            </tr>
                        </thead>
                        <tbody>{ for compared.into_iter().map(|delta| row(session, texts, delta)) }</tbody>
                    </table>
                </div>
            }
            if !apart.is_empty() {
                <details class="sheet answers">
                    <summary>
                        <h3>{ texts.fill("trend.apart", &[("n", &apart.len().to_string())]) }</h3>
                        { icon(Icon::Down, "turn") }
                    </summary>
                    <dl>
                        { for apart.into_iter().map(|delta| {
                            let why = delta.why.map(|why| texts.say(&format!("incomparable.{}", why.0.word())));
                            html! {
                                <div class="answer" key={&*delta.id}>
                                    <dt>{ score_title(session, &delta.id) }</dt><dd class="answer-none">{ why }</dd>
                                </div>
                            }
                        }) }
                    </dl>
                </details>
            }
        </section>
    }
}

fn row(session: &Session, texts: &Texts, delta: &Delta) -> Html {
    let cell = |number: Option<String>, band: Option<&String>| {
        let band = band.and_then(|band| band_title(session, &delta.id, band));
        html! {
            <td>
                <span class="number">{ number.unwrap_or_else(|| texts.say("scores.none").to_string()) }</span>
                if let Some(band) = band {
                    <br /><span class="quiet small">{ band }</span>
                }
            </td>
        }
    };
    let change = delta.change.as_ref().and_then(|change| change.decimal());
    let change_text = match change {
        Some(change) if change.is_zero() => texts.say("trend.same").to_string(),
        Some(change) if change.is_sign_negative() => format!("−{}", change.abs().normalize()),
        Some(change) => format!("+{}", change.normalize()),
        None => texts.say("scores.none").to_string(),
    };
    html! {
        <tr key={&*delta.id}>
            <th scope="row">{ score_title(session, &delta.id) }</th>
            { cell(delta.before.as_ref().map(ToString::to_string), delta.band_before.as_ref()) }
            { cell(delta.after.as_ref().map(ToString::to_string), delta.band_after.as_ref()) }
            <td><span class="number">{ change_text }</span></td>
        </tr>
    }
}

fn score_title(session: &Session, id: &str) -> String {
    let score = session.plan().scores.iter().find(|score| *score.id == *id);
    score.map_or_else(|| id.to_owned(), |score| session.text(&score.title, RowId::FORM))
}

fn band_title(session: &Session, score: &str, band: &str) -> Option<String> {
    let score = session.plan().scores.iter().find(|one| *one.id == *score)?;
    let band = score.bands.iter().find(|one| *one.id == *band)?;
    band.title.as_ref().map(|title| session.text(title, RowId::FORM))
}
