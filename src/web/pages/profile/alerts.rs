use yew::prelude::*;

use super::acted::Acted;
use super::rule;
use crate::expression::RowId;
use crate::plan::{Localised, Outcome as RuleOutcome};
use crate::profile::wire::{Alert, AlertStatus, MandatoryReport, Profile};
use crate::session::Session;
use crate::web::components::{Icon, icon};
use crate::web::display::moment_text;
use crate::web::store::Store;
use crate::web::text::Texts;

/// What cannot wait. The words come from the questionnaire, in the language of the page; the alerts of safety
/// questions without an answer are the engine's own, and are told as one.
pub(super) fn alerts(store: &Store, session: &Session, texts: &Texts, profile: &Profile) -> Html {
    let told: Vec<Html> =
        profile.alerts.iter().filter_map(|alert| alert_card(store, session, texts, alert)).collect();
    if told.is_empty() && profile.unscreened.is_empty() {
        return Html::default();
    }
    html! {
        <section class="stack">
            <h2>{ texts.say("profile.alerts") }</h2>
            { told }
            { unscreened(store, session, texts, profile) }
        </section>
    }
}

fn alert_card(store: &Store, session: &Session, texts: &Texts, alert: &Alert) -> Option<Html> {
    let say = |text: &Localised| session.text(text, RowId::FORM);
    let Some(RuleOutcome::Alert { label, script, .. }) = rule(session, &alert.rule).map(|rule| &rule.outcome)
    else {
        return None;
    };
    let grade = alert.grade.0.word();
    let status = alert.status.0;
    let question = alert.field.as_deref().and_then(|pointer| session.node_at(pointer));
    let escalated = status == AlertStatus::Open && alert.acknowledged.is_some();
    let class = match status {
        AlertStatus::Withdrawn => "alert-withdrawn".to_owned(),
        AlertStatus::Open | AlertStatus::Acknowledged => format!("alert-{grade}"),
    };
    Some(html! {
        <article class={classes!("alert", class)} key={format!("{}{}", alert.rule, alert.field.as_deref().unwrap_or_default())}>
            <h3>{ icon(Icon::Error, Classes::new()) }{ say(label) }</h3>
            if let Some(node) = question {
                <p>{ session.text(&session.plan().question(node.question()).title, node.row) }</p>
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
            <Acted store={store.clone()} rule={alert.rule.clone()} question={alert.field.clone()} grade={alert.grade.0}
                open={status == AlertStatus::Open} report={alert.mandatory_report.0 == MandatoryReport::Required} />
        </article>
    })
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

fn unscreened(store: &Store, session: &Session, texts: &Texts, profile: &Profile) -> Html {
    if profile.unscreened.is_empty() {
        return Html::default();
    }
    let own: Vec<&Alert> = profile
        .alerts
        .iter()
        .filter(|alert| rule(session, &alert.rule).is_none() && alert.status.0 != AlertStatus::Withdrawn)
        .collect();
    let grade = own.iter().map(|alert| alert.grade.0).min();
    html! {
        <article class="alert alert-R2">
            <h3>{ icon(Icon::Warning, Classes::new()) }{ texts.say("profile.unscreened") }</h3>
            if let Some(grade) = grade {
                { due(texts, grade.word(), own.first().and_then(|alert| alert.due.as_deref())) }
            }
            <p>{ texts.say("profile.unscreened-text") }</p>
            <ul class="dots">
                { for profile.unscreened.iter().map(|name| {
                    let title = session.node_at(name).map(|node| {
                        session.text(&session.plan().question(node.question()).title, node.row)
                    });
                    html! { <li>{ title.unwrap_or_else(|| name.clone()) }</li> }
                }) }
            </ul>
            if let Some(first) = own.first() {
                <Acted store={store.clone()} rule={first.rule.clone()} grade={first.grade.0}
                    open={own.iter().any(|alert| alert.status.0 == AlertStatus::Open)} report={false} />
            }
        </article>
    }
}
