use serde_json::json;
use yew::prelude::*;

use crate::profile::wire::Alert;
use crate::web::components::{Icon, NotSavedTag, icon};
use crate::web::finish::state;
use crate::web::hooks::use_texts;
use crate::web::host::{clock, field};
use crate::web::store::{Boxes, Form, Store};

/// The list of what was typed and not saved.
const LIST: &str = "alerts";
const WHO: &str = "who";
const WHAT: &str = "what";

/// What [`ActForm`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct ActFormProps {
    /// The interview.
    pub(super) store: Store,
    /// What is acted on: alerts of one rule.
    pub(super) alerts: Vec<Alert>,
    /// With what the ids of its boxes begin.
    pub(super) id: String,
    /// Called before anything is stated: the form goes then, and what it said stands in its place.
    pub(super) onsave: Callback<()>,
}

/// Who took an alert on and what they did, for whoever is to say so. What is typed is kept before it is saved: of an
/// emergency least of all may anything be lost with the page.
#[component]
pub(super) fn ActForm(props: &ActFormProps) -> Html {
    let ActFormProps { store, alerts, id, onsave: saved } = props;
    let texts = use_texts();
    let (who, what) = (use_node_ref(), use_node_ref());
    let incomplete = use_state(|| false);
    // Whichever of the refused questions are still open: what was typed about them stays when there is one more.
    let form = Form::Of(format!("{} ", alerts.first().map(|alert| &*alert.rule).unwrap_or_default()));
    // Whoever comes back finds open what was begun.
    let begun = use_memo((), |()| store.acts().begun.boxes(LIST, &form).cloned());
    {
        let (begun, who, what) = (begun.clone(), who.clone(), what.clone());
        use_effect_with((), move |()| {
            for (name, element) in [(WHO, who), (WHAT, what)] {
                let text = begun.as_ref().as_ref().and_then(|boxes| boxes.get(name));
                if let Some((text, element)) = text.zip(element.get()) {
                    field::write(&element, text);
                }
            }
        });
    }
    let text = |node: &NodeRef| node.get().and_then(|node| field::read(&node)).unwrap_or_default();
    let oninput = {
        let (store, form, who, what) = (store.clone(), form.clone(), who.clone(), what.clone());
        move |_: InputEvent| {
            let boxes: Boxes =
                [(WHO, text(&who)), (WHAT, text(&what))].map(|(name, text)| (name.to_owned(), text)).into();
            let typed = boxes.values().any(|text| !text.is_empty());
            store.begin_to_state(LIST, form.clone(), Some(boxes).filter(|_| typed));
        }
    };
    let onsave = {
        let (store, alerts, form) = (store.clone(), alerts.clone(), form.clone());
        let (who, what, incomplete) = (who.clone(), what.clone(), incomplete.clone());
        let saved = saved.clone();
        move |_: MouseEvent| {
            let (by, action) = (text(&who).trim().to_owned(), text(&what).trim().to_owned());
            if by.is_empty() || action.is_empty() {
                incomplete.set(true);
                return;
            }
            incomplete.set(false);
            saved.emit(());
            let entry = json!({ "by": by, "at": clock::now().to_string(), "action": action });
            state(&store, |acts| {
                for alert in &alerts {
                    acts.act_on_alert(&alert.rule, alert.field.as_deref(), |act| {
                        act.acknowledge(entry.clone(), None, alert.grade.0);
                    });
                }
                acts.begun.set(LIST, form.clone(), None);
            });
        }
    };
    html! {
        <details class="acted no-print" open={begun.is_some()}>
            <summary>{ icon(Icon::Tick, Classes::new()) }<span>{ texts.say("alert.take-on") }</span>
                <NotSavedTag store={store.clone()} list={LIST} form={form.clone()} />
            </summary>
            <div class="acted-body" {oninput}>
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
}
