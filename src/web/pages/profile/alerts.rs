use yew::prelude::*;

use super::acted::{Acted, acted_id};
use super::rule;
use crate::expression::RowId;
use crate::plan::{Localised, Outcome as RuleOutcome};
use crate::profile::wire::{Alert, AlertStatus, MandatoryReport, Profile};
use crate::session::Session;
use crate::web::components::{Icon, icon};
use crate::web::display::{moment_text, question_title};
use crate::web::store::Store;
use crate::web::text::Texts;

/// What cannot wait. The words come from the questionnaire, in the language of the page; the alerts of safety
/// questions without an answer are the engine's own, and are told as one as long as they stand.
pub(super) fn alerts(store: &Store, session: &Session, texts: &Texts, profile: &Profile) -> Html {
    let (refused, others): (Vec<&Alert>, Vec<&Alert>) = profile
        .alerts
        .iter()
        .partition(|alert| is_own(session, alert) && alert.status.0 != AlertStatus::Withdrawn);
    if profile.alerts.is_empty() {
        return Html::default();
    }
    html! {
        <section class="stack">
            <h2>{ texts.say("profile.alerts") }</h2>
            <>{ for others.into_iter().map(|alert| alert_card(store, session, texts, alert)) }</>
            { unscreened(store, session, texts, &refused) }
        </section>
    }
}

/// Whether the engine itself raises an alert: a safety question has no answer.
fn is_own(session: &Session, alert: &Alert) -> bool {
    rule(session, &alert.rule).is_none()
}

fn alert_card(store: &Store, session: &Session, texts: &Texts, alert: &Alert) -> Html {
    let say = |text: &Localised| session.text(text, RowId::FORM);
    let (label, script) = match rule(session, &alert.rule).map(|rule| &rule.outcome) {
        Some(RuleOutcome::Alert { label, script, .. }) => (say(label).into(), script.as_ref()),
        _ => (texts.say("alert.unscreened"), None),
    };
    let grade = alert.grade.0.word();
    let status = alert.status.0;
    let escalated = status == AlertStatus::Open && alert.acknowledged.is_some();
    let class = match status {
        AlertStatus::Withdrawn => "alert-withdrawn".to_owned(),
        AlertStatus::Open | AlertStatus::Acknowledged => format!("alert-{grade}"),
    };
    html! {
        <article class={classes!("alert", class)} key={format!("{}{}", alert.rule, alert.field.as_deref().unwrap_or_default())}>
            <h3>{ icon(Icon::Error, Classes::new()) }{ label }</h3>
            if let Some(question) = question(session, texts, alert) {
                <p>{ question }</p>
            }
            if status == AlertStatus::Withdrawn {
                <p>{ texts.say("alert.withdrawn") }</p>
            } else {
                { due(texts, grade, alert.due.as_deref()) }
                if let Some(script) = script {
                    <p class="preserved">{ say(script) }</p>
                }
            }
            if alert.mandatory_report.0 == MandatoryReport::Required {
                <p class="urgency">{ icon(Icon::Warning, Classes::new()) }{ texts.say("alert.report") }</p>
            }
            if escalated {
                <p><strong>{ texts.say("alert.escalated") }</strong></p>
            }
            <Acted store={store.clone()} alerts={vec![alert.clone()]} />
        </article>
    }
}

/// The question of an alert, if it has one. It may have gone with its row, and its alert has not: then it is called as it
/// was in the profile.
fn question(session: &Session, texts: &Texts, alert: &Alert) -> Option<AttrValue> {
    let node = session.node_at(alert.field.as_deref()?);
    Some(node.map_or_else(|| alert.label.clone().into(), |node| question_title(session, texts, node)))
}

fn due(texts: &Texts, grade: &str, moment: Option<&str>) -> Html {
    html! {
        <p class="urgency">
            { icon(Icon::Clock, Classes::new()) }{ texts.say(&format!("grade.{grade}")) }
            if let Some(moment) = moment.and_then(|moment| moment_text(texts, moment)) {
                <span class="quiet">{ texts.fill("alert.due", &[("moment", &moment)]) }</span>
            }
        </p>
    }
}

/// The safety questions without an answer: those that nobody has taken on, and those that somebody has, with what they
/// did about them.
fn unscreened(store: &Store, session: &Session, texts: &Texts, refused: &[&Alert]) -> Html {
    let Some(soonest) = refused.iter().min_by_key(|alert| alert.grade.0) else { return Html::default() };
    html! {
        <article class="alert alert-R2">
            <h3>{ icon(Icon::Warning, Classes::new()) }{ texts.say("profile.unscreened") }</h3>
            { due(texts, soonest.grade.0.word(), soonest.due.as_deref()) }
            <p>{ texts.say("profile.unscreened-text") }</p>
            <>{ for acted_alike(refused).into_iter().map(|alike| html! {
                <div class="stack" key={acted_id(&alike)}>
                    <ul class="dots">
                        { for alike.iter().filter_map(|alert| question(session, texts, alert)).map(|question| html! {
                            <li>{ question }</li>
                        }) }
                    </ul>
                    <Acted store={store.clone()} alerts={alike} />
                </div>
            }) }</>
        </article>
    }
}

/// The alerts put together about which the same was done, those first about which nothing was: several questions are
/// refused at once, and nobody is to say for each of them what is done about all.
fn acted_alike(alerts: &[&Alert]) -> Vec<Vec<Alert>> {
    let mut groups: Vec<Vec<Alert>> = Vec::new();
    for &alert in alerts {
        let alike = |group: &&mut Vec<Alert>| group.first().is_some_and(|first| is_acted_alike(first, alert));
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(alert.clone()),
            None => groups.push(vec![alert.clone()]),
        }
    }
    groups.sort_by_key(|group| group.first().is_some_and(|first| first.status.0 != AlertStatus::Open));
    groups
}

fn is_acted_alike(one: &Alert, other: &Alert) -> bool {
    one.status == other.status
        && one.acknowledged == other.acknowledged
        && one.notified == other.notified
        && one.earlier == other.earlier
        && one.mandatory_report == other.mandatory_report
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_nobody_has_taken_on_comes_first_and_what_was_done_alike_together() {
        let alert = |field: &str, by: Option<&str>| -> Alert {
            let status = if by.is_some() { "acknowledged" } else { "open" };
            let acknowledged = by.map(|by| json!({ "by": by }));
            let wire = json!({
                "rule": "safety.unscreened", "field": field, "grade": "R2", "code": "unscreened", "label": "Q",
                "due": null, "status": status, "notified": null, "acknowledged": acknowledged,
                "mandatory_report": "not_triggered",
            });
            serde_json::from_value(wire).unwrap()
        };
        let all = [
            alert("/a", Some("w1")),
            alert("/b", None),
            alert("/c", Some("w1")),
            alert("/d", Some("w2")),
            alert("/e", None),
        ];
        let groups = acted_alike(&all.iter().collect::<Vec<_>>());
        let fields: Vec<Vec<&str>> = groups
            .iter()
            .map(|group| group.iter().filter_map(|one| one.field.as_deref()).collect())
            .collect();
        assert_eq!(fields, [vec!["/b", "/e"], vec!["/a", "/c"], vec!["/d"]]);
    }
}
