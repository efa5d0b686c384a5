use serde_json::{Value, json};
use yew::prelude::*;

use super::rule;
use crate::expression::RowId;
use crate::plan::{AlertGrade, Localised, Outcome as RuleOutcome};
use crate::profile::wire::{Alert, AlertStatus, MandatoryReport, Profile};
use crate::session::Session;
use crate::web::components::{Icon, action_text, icon};
use crate::web::display::moment_text;
use crate::web::finish::state;
use crate::web::hooks::use_texts;
use crate::web::host::{clock, field, focus};
use crate::web::store::{Action, Store};
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

#[derive(PartialEq, Properties)]
struct ActedProps {
    store: Store,
    rule: String,
    #[prop_or_default]
    question: Option<String>,
    grade: AlertGrade,
    open: bool,
    report: bool,
}

/// Who took an alert on and what they did; and, while nobody has, the way to say so. It is an act of the record: an
/// alert that becomes more urgent afterwards is open again.
#[component]
fn Acted(props: &ActedProps) -> Html {
    let ActedProps { store, rule, question, grade, open, report } = props;
    let texts = use_texts();
    let (who, what) = (use_node_ref(), use_node_ref());
    let incomplete = use_state(|| false);
    let id = format!("acted-{rule}-{}", question.as_deref().unwrap_or_default().replace('/', "-"));
    let acts = store.acts();
    let act = acts.alert(rule, question.as_deref());
    let done = act.and_then(|act| act.acknowledged.as_ref());
    let onsave = {
        let (store, rule, question, grade) = (store.clone(), rule.clone(), question.clone(), *grade);
        let (who, what, incomplete) = (who.clone(), what.clone(), incomplete.clone());
        let place = id.clone();
        move |_: MouseEvent| {
            let text = |node: &NodeRef| node.get().and_then(|node| field::read(&node)).unwrap_or_default();
            let (by, action) = (text(&who).trim().to_owned(), text(&what).trim().to_owned());
            if by.is_empty() || action.is_empty() {
                incomplete.set(true);
                return;
            }
            incomplete.set(false);
            // The form that was filled in goes; what it said stands in its place.
            focus::element(&place);
            let entry = json!({ "by": by, "at": clock::now().to_string(), "action": action });
            state(&store, |acts| {
                acts.act_on_alert(&rule, question.as_deref(), |act| {
                    act.acknowledged = Some(entry);
                    act.grade = Some(grade);
                });
            });
        }
    };
    let onreport = {
        let (store, rule, question) = (store.clone(), rule.clone(), question.clone());
        let place = id.clone();
        move |_: MouseEvent| {
            focus::element(&place);
            state(&store, |acts| {
                acts.act_on_alert(&rule, question.as_deref(), |act| act.mandatory_report_made = true);
            });
        }
    };
    html! {
        <div id={id.clone()} class="stack quiet-focus" tabindex="-1">
            if let Some(done) = done {
                { acknowledged(&texts, done) }
            }
            if act.is_some_and(|act| act.mandatory_report_made) {
                <p>{ icon(Icon::Tick, Classes::new()) }{ " " }{ texts.say("alert.report-made") }</p>
            }
            if *report {
                <div class="no-print">
                    <button type="button" class="button button-second" onclick={onreport}>
                        { texts.say("alert.report-done") }
                    </button>
                </div>
            }
            if *open {
                <details class="acted no-print">
                    <summary>{ icon(Icon::Tick, Classes::new()) }<span>{ texts.say("alert.take-on") }</span></summary>
                    <div class="acted-body">
                        <label for={format!("{id}-who")}>{ texts.say("alert.who") }</label>
                        <input ref={who} id={format!("{id}-who")} class="box" type="text" autocomplete="off"
                            spellcheck="false" translate="no" aria-invalid={incomplete.to_string()} />
                        <label for={format!("{id}-what")}>{ texts.say("alert.what") }</label>
                        <textarea ref={what} id={format!("{id}-what")} class="box" rows="2" autocomplete="off"
                            spellcheck="false" translate="no" aria-invalid={incomplete.to_string()} />
                        if *incomplete {
                            <p class="message message-error" role="alert">{ texts.say("alert.incomplete") }</p>
                        }
                        <div>
                            <button type="button" class="button" onclick={onsave}>{ texts.say("alert.save") }</button>
                        </div>
                    </div>
                </details>
            }
        </div>
    }
}

/// Who acted, when, and what they did: chosen on the spot or written here.
fn acknowledged(texts: &Texts, done: &Value) -> Html {
    let text = |name: &str| done.get(name).and_then(Value::as_str).unwrap_or_default();
    let moment = moment_text(texts, text("at")).unwrap_or_default();
    let head = match text("by") {
        "" => moment,
        who => texts.fill("alert.by", &[("who", who), ("moment", &moment)]),
    };
    let codes = done.get("actions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let chosen = Action::ALL.into_iter().filter(|action| codes.iter().any(|code| code == action.code()));
    let mut lines: Vec<AttrValue> = chosen.map(|action| action_text(texts, action)).collect();
    lines.extend(
        [text("action"), text("note")]
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(|line| line.to_owned().into()),
    );
    html! {
        <div class="acted-done">
            { icon(Icon::Tick, Classes::new()) }
            <div>
                <strong>{ head }</strong>
                <>{ for lines.into_iter().map(|line| html! { <p>{ line }</p> }) }</>
            </div>
        </div>
    }
}
