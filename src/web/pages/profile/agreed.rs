use serde_json::{Value, json};
use yew::prelude::*;

use super::need::{need_label, service_text};
use super::strengths::words;
use crate::expression::RowId;
use crate::session::Session;
use crate::value::PartialDate;
use crate::web::components::{Icon, icon};
use crate::web::display::date_text;
use crate::web::finish::state;
use crate::web::hooks::{use_texts, use_topic};
use crate::web::host::{field, focus};
use crate::web::store::{Outcome, Store, Topic};
use crate::web::text::Texts;

/// The id of the heading.
const AGREED: &str = "agreed-title";

/// What [`Agreed`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct AgreedProps {
    /// The interview.
    pub(super) store: Store,
}

/// What is to be reached, and what is to be done for it. Both are in the record: the profile is assessed again with
/// every change.
#[component]
pub(super) fn Agreed(props: &AgreedProps) -> Html {
    let store = &props.store;
    use_topic(store, Topic::Acts);
    let texts = use_texts();
    html! {
        <section class="sheet sheet-padded stack">
            <h2 id={AGREED} tabindex="-1">{ texts.say("agreed.title") }</h2>
            <h3>{ texts.say("agreed.goals") }</h3>
            { goals(store, &texts) }
            <AddGoal store={store.clone()} />
            <h3>{ texts.say("agreed.plan") }</h3>
            { plan(store, &texts) }
            <AddService store={store.clone()} />
        </section>
    }
}

fn goals(store: &Store, texts: &Texts) -> Html {
    let goals = store.acts().list("goals").to_vec();
    if goals.is_empty() {
        return html! { <p class="quiet">{ texts.say("agreed.no-goals") }</p> };
    }
    let session = store.session();
    html! {
        <ol class="agreed-list">
            { for goals.iter().enumerate().map(|(place, goal)| {
                let need = text(goal, "need").and_then(|need| need_name(store, &session, need));
                html! { <li key={format!("{place}-{}", words(goal))}>
                    { icon(Icon::Flag, Classes::new()) }
                    <span>
                        { words(goal) }
                        if let Some(need) = need {
                            <span class="fact-detail">{ texts.fill("agreed.for", &[("need", &need)]) }</span>
                        }
                    </span>
                    { remove(store, texts, "goals", place, &words(goal)) }
                </li> }
            }) }
        </ol>
    }
}

fn plan(store: &Store, texts: &Texts) -> Html {
    let plan = store.acts().list("plan").to_vec();
    if plan.is_empty() {
        return html! { <p class="quiet">{ texts.say("agreed.no-plan") }</p> };
    }
    let session = store.session();
    html! {
        <ol class="agreed-list">
            { for plan.iter().enumerate().map(|(place, step)| {
                let name = step_text(&session, step);
                html! { <li key={format!("{place}-{name}")}>
                    { icon(Icon::Tick, Classes::new()) }
                    <span>{ name.clone() }<span class="fact-detail">{ step_details(texts, step) }</span></span>
                    { remove(store, texts, "plan", place, &name) }
                </li> }
            }) }
        </ol>
    }
}

/// What is to be done: the name of a service, or the words of an entry that names none.
pub(crate) fn step_text(session: &Session, step: &Value) -> String {
    text(step, "service").map_or_else(|| words(step), |code| service_text(session, code))
}

/// How often, by whom and from when.
pub(crate) fn step_details(texts: &Texts, step: &Value) -> String {
    let start =
        text(step, "start").map(|start| texts.fill("agreed.from", &[("date", &date_text(texts, start))]));
    let parts = [text(step, "frequency").map(str::to_owned), text(step, "provider").map(str::to_owned)];
    let parts = parts.into_iter().chain([start.map(|start| start.to_string())]).flatten();
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(&texts.say("scores.separator"))
}

fn text<'a>(entry: &'a Value, name: &str) -> Option<&'a str> {
    entry.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

fn need_name(store: &Store, session: &Session, id: &str) -> Option<String> {
    let Outcome::Finished(finished) = store.outcome() else { return None };
    let need = finished.profile.needs.iter().find(|need| need.id == id)?;
    Some(need_label(session, need))
}

fn remove(store: &Store, texts: &Texts, list: &'static str, place: usize, what: &str) -> Html {
    let onclick = {
        let store = store.clone();
        move |_: MouseEvent| {
            // The button that was pressed goes with its line.
            focus::element(AGREED);
            change(&store, list, |entries| {
                if place < entries.len() {
                    entries.remove(place);
                }
            });
        }
    };
    html! {
        <button type="button" class="button button-quiet no-print" {onclick}
            aria-label={texts.fill("agreed.remove-label", &[("what", what)])}>
            { icon(Icon::Remove, Classes::new()) }
        </button>
    }
}

fn change(store: &Store, name: &'static str, change: impl FnOnce(&mut Vec<Value>)) {
    state(store, |acts| {
        let mut list = acts.list(name).to_vec();
        change(&mut list);
        acts.set_list(name, list);
    });
}

/// An object without its empty members: what was left open is not stated.
fn stated(entry: Value) -> Value {
    let Value::Object(mut members) = entry else { return entry };
    members.retain(|_, value| value.as_str() != Some(""));
    Value::Object(members)
}

/// Takes the text out of a box.
fn take(node: &NodeRef) -> String {
    let Some(element) = node.get() else { return String::new() };
    let text = field::read(&element).unwrap_or_default().trim().to_owned();
    field::write(&element, "");
    text
}

#[component]
fn AddGoal(props: &AgreedProps) -> Html {
    let texts = use_texts();
    let (goal, need) = (use_node_ref(), use_state(String::new));
    let store = &props.store;
    let add = {
        let (store, goal, need) = (store.clone(), goal.clone(), need.clone());
        move |_: MouseEvent| {
            let text = take(&goal);
            if text.is_empty() {
                return;
            }
            // A follow-up names a goal by its id, so none is given twice.
            let used = |entries: &[Value], id: &str| entries.iter().any(|entry| entry["id"] == id);
            change(&store, "goals", |entries| {
                let free = (1..).map(|number| format!("g{number}")).find(|id| !used(entries, id));
                entries.push(stated(json!({ "id": free, "text": text, "need": *need })));
            });
        }
    };
    html! {
        <details class="acted no-print">
            <summary>{ icon(Icon::Plus, Classes::new()) }<span>{ texts.say("agreed.add-goal") }</span></summary>
            <div class="acted-body">
                <label for="goal-text">{ texts.say("agreed.goal-text") }</label>
                <textarea ref={goal} id="goal-text" class="box" rows="2" autocomplete="off" spellcheck="false"
                    translate="no" />
                { need_choice(store, &texts, "goal-need", &need) }
                <div><button type="button" class="button" onclick={add}>{ texts.say("agreed.add") }</button></div>
            </div>
        </details>
    }
}

#[component]
fn AddService(props: &AgreedProps) -> Html {
    let texts = use_texts();
    let store = &props.store;
    let (service, need) = (use_state(String::new), use_state(String::new));
    let (frequency, provider, start) = (use_node_ref(), use_node_ref(), use_node_ref());
    let wrong = use_state(|| false);
    let session = store.session();
    let services: Vec<(String, String)> = session
        .plan()
        .lists
        .iter()
        .filter(|list| &*list.id == "services")
        .flat_map(|list| &list.entries)
        .map(|entry| (entry.choice.code.to_string(), session.text(&entry.choice.label, RowId::FORM)))
        .collect();
    let add = {
        let (store, service, need, wrong) = (store.clone(), service.clone(), need.clone(), wrong.clone());
        let (frequency, provider, start) = (frequency.clone(), provider.clone(), start.clone());
        move |_: MouseEvent| {
            let day = start.get().and_then(|element| field::read(&element)).unwrap_or_default();
            let dated = day.trim().is_empty() || day.trim().parse::<PartialDate>().is_ok();
            wrong.set(!dated || service.is_empty());
            if service.is_empty() || !dated {
                return;
            }
            let entry = json!({
                "service": *service, "need": *need, "frequency": take(&frequency), "provider": take(&provider),
                "start": take(&start),
            });
            change(&store, "plan", |entries| entries.push(stated(entry)));
        }
    };
    let onservice = {
        let service = service.clone();
        move |event: Event| service.set(field::text_of(&event).unwrap_or_default())
    };
    html! {
        <details class="acted no-print">
            <summary>{ icon(Icon::Plus, Classes::new()) }<span>{ texts.say("agreed.add-step") }</span></summary>
            <div class="acted-body">
                <label for="step-service">{ texts.say("agreed.service") }</label>
                <select id="step-service" class="box" onchange={onservice} autocomplete="off">
                    <option value="" selected={service.is_empty()}>{ texts.say("choice.none") }</option>
                    { for services.into_iter().map(|(code, label)| html! {
                        <option key={code.clone()} value={code.clone()} selected={*service == code}>{ label }</option>
                    }) }
                </select>
                { need_choice(store, &texts, "step-need", &need) }
                <label for="step-frequency">{ texts.say("agreed.frequency") }</label>
                <input ref={frequency} id="step-frequency" class="box" type="text" autocomplete="off" spellcheck="false"
                    translate="no" />
                <label for="step-provider">{ texts.say("agreed.provider") }</label>
                <input ref={provider} id="step-provider" class="box" type="text" autocomplete="off" spellcheck="false"
                    translate="no" />
                <label for="step-start">{ texts.say("agreed.start") }</label>
                <input ref={start} id="step-start" class="box box-time" type="date" autocomplete="off" />
                if *wrong {
                    <p class="message message-error" role="alert">{ texts.say("agreed.wrong") }</p>
                }
                <div><button type="button" class="button" onclick={add}>{ texts.say("agreed.add") }</button></div>
            </div>
        </details>
    }
}

/// For which need something is.
fn need_choice(store: &Store, texts: &Texts, id: &'static str, need: &UseStateHandle<String>) -> Html {
    let Outcome::Finished(finished) = store.outcome() else { return Html::default() };
    if finished.profile.needs.is_empty() {
        return Html::default();
    }
    let session = store.session();
    let onchange = {
        let need = need.clone();
        move |event: Event| need.set(field::text_of(&event).unwrap_or_default())
    };
    html! {
        <>
            <label for={id}>{ texts.say("agreed.need") }</label>
            <select {id} class="box" {onchange} autocomplete="off">
                <option value="" selected={need.is_empty()}>{ texts.say("agreed.no-need") }</option>
                { for finished.profile.needs.iter().map(|one| html! {
                    <option key={&*one.id} value={one.id.clone()} selected={**need == one.id}>
                        { need_label(&session, one) }
                    </option>
                }) }
            </select>
        </>
    }
}
