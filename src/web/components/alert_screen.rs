use std::collections::BTreeSet;

use yew::prelude::*;

use super::{HideButton, Icon, icon};
use crate::expression::RowId;
use crate::plan::{AlertGrade, Outcome};
use crate::web::hooks::{use_dialog, use_hidden, use_texts, use_topic};
use crate::web::host::{clock, field};
use crate::web::store::{Action, Boxes, ON_THE_SPOT, OpenAlert, Store, Topic};
use crate::web::text::Texts;

/// What is noted: the actions that are ticked, and what is written.
const DONE: &str = "done";
const NOTE: &str = "note";

/// The contacts of a questionnaire: a list of this id.
const CONTACTS: &str = "contacts";
/// Those who are called first.
const FIRST: [&str; 3] = ["police", "ambulance", "supervisor"];

/// What [`AlertOnTheSpot`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct AlertProps {
    /// The interview.
    pub(crate) store: Store,
    /// What must be told over it too: the page is out of reach behind it.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// What cannot wait, over the whole page as soon as an answer raises it: what to say, whom to call, and what was done.
/// It makes no sound, asks no network, and goes only with something done.
#[component]
pub(crate) fn AlertOnTheSpot(props: &AlertProps) -> Html {
    let AlertProps { store, children } = props;
    use_topic(store, Topic::Alert);
    // It would come to stand over the calendar; what is noted in it is kept until it is seen again.
    let hidden = use_hidden();
    match store.open_alert().filter(|_| !hidden) {
        Some(alert) => {
            let key = format!("{}-{}", alert.rule.0, alert.grade);
            html! { <AlertScreen {key} store={store.clone()} {alert}>{ children.clone() }</AlertScreen> }
        }
        None => Html::default(),
    }
}

#[derive(PartialEq, Properties)]
struct ScreenProps {
    store: Store,
    alert: OpenAlert,
    children: Html,
}

#[component]
fn AlertScreen(props: &ScreenProps) -> Html {
    let ScreenProps { store, alert, children } = props;
    let alert = *alert;
    let texts = use_texts();
    let element = use_dialog();
    let session = store.session();
    let rule = session.plan().rule(alert.rule);
    // Whatever becomes of the page, what was noted before it was said to be all comes back with the alert.
    let form = store.noted(alert);
    let begun = |name: &str| store.acts().begun.boxes(ON_THE_SPOT, &form)?.get(name).cloned();
    let done = use_state(|| begun(DONE).map(|codes| actions(&codes)).unwrap_or_default());
    let note = use_state(|| AttrValue::from(begun(NOTE).unwrap_or_default()));
    let begin = {
        let (store, form) = (store.clone(), form.clone());
        move |done: &BTreeSet<Action>, note: &str| {
            let codes: Vec<&str> = done.iter().map(|action| action.code()).collect();
            let boxes = [(DONE, codes.join(" ")), (NOTE, note.to_owned())];
            let boxes: Boxes = boxes.map(|(name, text)| (name.to_owned(), text)).into();
            let says = boxes.values().any(|text| !text.is_empty());
            store.begin_to_state(ON_THE_SPOT, form.clone(), Some(boxes).filter(|_| says));
        }
    };
    let Outcome::Alert { label, script, mandatory_report, .. } = &rule.outcome else {
        return Html::default();
    };
    let toggle = |action: Action| {
        let (done, note, begin) = (done.clone(), note.clone(), begin.clone());
        move |_: Event| {
            let mut changed = (*done).clone();
            if !changed.remove(&action) {
                changed.insert(action);
            }
            begin(&changed, &note);
            done.set(changed);
        }
    };
    let oninput = {
        let (done, note, begin) = (done.clone(), note.clone(), begin.clone());
        move |event: InputEvent| {
            if let Some(text) = field::text_of(&event) {
                begin(&done, &text);
                note.set(text.into());
            }
        }
    };
    // "Something else" says nothing until it is said what.
    let enough = done.iter().any(|action| *action != Action::Other || !note.trim().is_empty());
    let onrecord = {
        let (store, done, note) = (store.clone(), done.clone(), note.clone());
        move |_: MouseEvent| {
            if enough {
                let actions: Vec<Action> = done.iter().copied().collect();
                store.acted_on(alert, &actions, &note, clock::now());
            }
        }
    };
    let onmistake = {
        let store = store.clone();
        move |_: MouseEvent| store.was_mistaken(alert)
    };
    html! {
        <dialog ref={element} class="alert-screen" closedby="none" aria-labelledby="alert-title">
            <div class="page page-narrow stack">
                <p class={classes!("alert-grade", (alert.grade == AlertGrade::R0).then_some("alert-now"))}>
                    { icon(Icon::Diamond, Classes::new()) }{ texts.say(&format!("grade.{}", alert.grade)) }
                </p>
                <h1 id="alert-title" tabindex="-1" autofocus=true>{ session.text(label, RowId::FORM) }</h1>
                if let Some(script) = script {
                    <p class="alert-script preserved">{ session.text(script, RowId::FORM) }</p>
                }
                if *mandatory_report {
                    <p class="message message-error">
                        { icon(Icon::Warning, Classes::new()) }<span>{ texts.say("alert.report") }</span>
                    </p>
                }
                <section>
                    <h2>{ texts.say("alert.call") }</h2>
                    { contacts(store, &texts) }
                </section>
                <fieldset>
                    <legend><h2>{ texts.say("alert.done") }</h2></legend>
                    <div class="choices">
                        { for Action::ALL.into_iter().map(|action| html! {
                            <label class="choice" key={action.code()}>
                                <input type="checkbox" checked={done.contains(&action)} onchange={toggle(action)}
                                    autocomplete="off" />
                                <span>{ action_text(&texts, action) }</span>
                            </label>
                        }) }
                    </div>
                    if done.contains(&Action::Other) {
                        <label class="alert-note">
                            { texts.say("alert.note") }
                            <textarea class="box" rows="3" value={(*note).clone()} {oninput} autocomplete="off" spellcheck="false" translate="no" />
                        </label>
                    }
                </fieldset>
                <div class="actions actions-spread">
                    // Without the answer to take back it would be a way out with nothing done.
                    if alert.trigger.is_some() {
                        <button type="button" class="button button-quiet" onclick={onmistake}>
                            { texts.say("alert.mistake") }
                        </button>
                    }
                    <button type="button" class="button button-large" onclick={onrecord}
                        aria-disabled={(!enough).to_string()}>
                        { texts.say("alert.go-on") }{ icon(Icon::Next, Classes::new()) }
                    </button>
                </div>
                if !enough {
                    <p class="quiet" role="status">{ texts.say("alert.act-first") }</p>
                }
            </div>
            <HideButton />
            { children.clone() }
        </dialog>
    }
}

/// The actions of these codes, with spaces between them.
fn actions(codes: &str) -> BTreeSet<Action> {
    let named = |code: &str| Action::ALL.into_iter().find(|action| action.code() == code);
    codes.split(' ').filter_map(named).collect()
}

/// Whom to call: the contacts of the questionnaire, those who are called first before the others.
fn contacts(store: &Store, texts: &Texts) -> Html {
    let session = store.session();
    let plan = session.plan();
    let Some(list) = plan.lists.iter().find(|list| &*list.id == CONTACTS) else {
        return html! { <p class="alert-phone">{ texts.say("alert.call-usual") }</p> };
    };
    let line = |entry: &crate::plan::ListEntry| {
        let phone = entry.columns.get("phone").map(|phone| phone.to_string());
        html! {
            <li>
                if let Some(phone) = phone {
                    <span class="alert-phone">{ phone }</span>
                }
                <span>{ session.text(&entry.choice.label, RowId::FORM) }</span>
            </li>
        }
    };
    let is_first = |entry: &&crate::plan::ListEntry| FIRST.contains(&&*entry.choice.code);
    html! {
        <>
            <ul class="alert-contacts">
                { for FIRST.iter().filter_map(|code| list.entry(code)).map(line) }
            </ul>
            <details class="advice">
                <summary>{ icon(Icon::Info, Classes::new()) }<span>{ texts.say("alert.others") }</span></summary>
                <ul class="alert-contacts">
                    { for list.entries.iter().filter(|entry| !is_first(entry)).map(line) }
                </ul>
            </details>
        </>
    }
}

/// What an action is called.
pub(crate) fn action_text(texts: &Texts, action: Action) -> AttrValue {
    texts.say(match action {
        Action::CalledPolice => "alert.did.police",
        Action::CalledAmbulance => "alert.did.ambulance",
        Action::ToldSupervisor => "alert.did.supervisor",
        Action::Stayed => "alert.did.stayed",
        Action::MadeSafe => "alert.did.safe",
        Action::OnceOutside => "alert.did.outside",
        Action::Other => "alert.did.other",
    })
}
