use yew::prelude::*;

use super::rule;
use crate::expression::RowId;
use crate::profile::wire::{AnswerEvidence, Evidence, ScoreEvidence};
use crate::session::Session;
use crate::value::Informant;
use crate::web::components::{absence_text, account_text, informant_text};
use crate::web::display::{Shown, question_title, shown};
use crate::web::text::Texts;

/// What a rule rests on: why it says what it says, the scores, the answers.
pub(super) fn evidence(session: &Session, texts: &Texts, evidence: &Evidence) -> Html {
    let rule = rule(session, &evidence.rule);
    let title = rule.map_or_else(|| evidence.title.clone(), |rule| session.text(&rule.title, RowId::FORM));
    let why = match rule {
        Some(rule) => rule.why.as_ref().map(|why| session.text(why, RowId::FORM)),
        None => evidence.why.clone(),
    };
    html! {
        <div class="why-rule" key={&*evidence.rule}>
            <p><strong>{ title }</strong>{ " " }<span class="quiet small">{ evidence.rule.clone() }</span></p>
            if let Some(why) = why {
                <p>{ why }</p>
            }
            <dl class="facts">
                <>{ for evidence.scores.iter().map(|one| score(session, texts, one)) }</>
                <>{ for evidence.answers.iter().map(|one| answer(session, texts, one)) }</>
            </dl>
        </div>
    }
}

fn score(session: &Session, texts: &Texts, one: &ScoreEvidence) -> Html {
    let score = session.plan().scores.iter().find(|score| *score.id == *one.id);
    let title = score.map_or_else(|| one.id.clone(), |score| session.text(&score.title, RowId::FORM));
    let [least, most] = &one.interval;
    let value = match &one.value {
        Some(value) => value.to_string(),
        None => format!("{least}–{most}"),
    };
    let band = score.and_then(|score| {
        let band = score.bands.iter().find(|band| Some(&*band.id) == one.band.as_deref())?;
        band.title.as_ref().map(|title| session.text(title, RowId::FORM))
    });
    html! {
        <div class="fact" key={format!("score-{}", one.id)}>
            <dt>{ title }</dt>
            <dd>
                { texts.fill("evidence.score", &[("value", &value)]) }
                if let Some(band) = band {
                    <span class="fact-detail">{ band }</span>
                }
            </dd>
        </div>
    }
}

fn answer(session: &Session, texts: &Texts, one: &AnswerEvidence) -> Html {
    // The profile is this interview's: the answer is shown as the interview shows it, in the page's language.
    let Some(node) = session.node_at(&one.field) else { return Html::default() };
    let title = question_title(session, texts, node);
    let value = match shown(session, texts, node) {
        Shown::Answer(text) => text,
        Shown::Absent(absence) => absence_text(texts, absence),
        Shown::Open => texts.say("answer.open"),
    };
    let others = session.accounts(node).iter().map(|(who, account)| {
        let said = account_text(session, texts, node, account);
        let of = [("who", &*informant_text(texts, *who)), ("said", &*said)];
        html! { <span class="fact-detail" key={who.code()}>{ texts.fill("evidence.also", &of) }</span> }
    });
    html! {
        <div class="fact" key={&*one.field}>
            <dt>{ title }</dt>
            <dd>
                { value }
                if let Some(points) = &one.points {
                    <span class="fact-detail">{ texts.fill("evidence.points", &[("points", &points.to_string())]) }</span>
                }
                if one.informant.0 != Informant::Own {
                    <span class="fact-detail">{ informant_text(texts, one.informant.0) }</span>
                }
                <>{ for others }</>
            </dd>
        </div>
    }
}
