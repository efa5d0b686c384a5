use yew::prelude::*;

use crate::plan::{LanguageId, Plan, ScoreId, SectionId};
use crate::scoring::{ScoreResult, ScoreStatus};
use crate::web::display::{interval_text, number_text};
use crate::web::hooks::{use_texts, use_topic};
use crate::web::store::{Store, Topic};
use crate::web::text::Texts;

/// What [`LiveScores`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct LiveScoresProps {
    /// The interview.
    pub(crate) store: Store,
    /// The section on the screen.
    pub(crate) section: SectionId,
}

/// The scores that this section's answers move, where the author wants the worker to see them grow.
#[component]
pub(crate) fn LiveScores(props: &LiveScoresProps) -> Html {
    let texts = use_texts();
    let session = props.store.session();
    let scores = shown_scores(session.plan(), props.section);
    if scores.is_empty() {
        return Html::default();
    }
    html! {
        <aside class="interview-scores" aria-label={texts.say("scores.live")}>
            <div class="scores">
                { for scores.into_iter().map(|score| html! {
                    <LiveScore key={score.0} store={props.store.clone()} {score} />
                }) }
            </div>
        </aside>
    }
}

fn shown_scores(plan: &Plan, section: SectionId) -> Vec<ScoreId> {
    let within = |score: &crate::plan::Score| {
        score.questions.iter().any(|&question| plan.question(question).section == section)
    };
    let ids = (0_u32..).map(ScoreId);
    plan.scores.iter().zip(ids).filter(|(score, _)| score.show && within(score)).map(|(_, id)| id).collect()
}

#[derive(PartialEq, Properties)]
struct LiveScoreProps {
    store: Store,
    score: ScoreId,
}

#[component]
fn LiveScore(props: &LiveScoreProps) -> Html {
    use_topic(&props.store, Topic::Score(props.score));
    let texts = use_texts();
    let session = props.store.session();
    let result = session.score(props.score);
    let score = session.plan().score(props.score);
    let language = session.world().language;
    let count = texts.fill(
        "scores.answered",
        &[("answered", &result.answered.to_string()), ("of", &result.of.to_string())],
    );
    html! {
        <div class="score-live">
            <span>{ &*score.title.text(language) }</span>
            <span class="score-value">{ score_text(&texts, result) }</span>
            <span class="score-detail">
                { count }
                if let Some(band) = band_text(score, result, language) {
                    { texts.say("scores.separator") }{ band }
                }
            </span>
        </div>
    }
}

/// A score's value, or what it can still become.
fn score_text(texts: &Texts, result: &ScoreResult) -> AttrValue {
    match (result.status, result.value) {
        (ScoreStatus::NotAssessed, _) => texts.say("scores.none"),
        (ScoreStatus::Invalid, _) => texts.say("scores.invalid"),
        (_, Some(value)) => number_text(value).into(),
        (_, None) => interval_text(result.interval).into(),
    }
}

fn band_text(score: &crate::plan::Score, result: &ScoreResult, language: LanguageId) -> Option<AttrValue> {
    let band = score.bands.get(result.band?)?;
    band.title.as_ref().map(|title| AttrValue::from(title.text(language).to_string()))
}
