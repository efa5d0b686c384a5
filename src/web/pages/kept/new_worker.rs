use yew::prelude::*;

use super::failure_panel;
use super::new_secret::{NewSecretBoxes, use_new_secret};
use crate::diagnostic::Severity;
use crate::vault::message::{Ask, Failure, Unlocked};
use crate::web::components::{BusyButton, Icon, icon, message};
use crate::web::desk::Desk;
use crate::web::hooks::{use_busy, use_texts};
use crate::web::host::{field, focus};

/// What [`NewWorker`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct NewWorkerProps {
    /// The desk.
    pub(crate) desk: Desk,
    /// Called when the worker is at work.
    pub(crate) unlocked: Callback<Unlocked>,
    /// Whether there is nobody yet.
    pub(crate) first: bool,
    /// Whether there was somebody, whose database is gone.
    #[prop_or_default]
    pub(crate) anew: bool,
    /// The station's public key, if the tablet has it.
    pub(crate) station: Option<String>,
    /// What the workers are called who are there already.
    #[prop_or_default]
    pub(crate) taken: Vec<String>,
}

/// Enters a worker.
#[component]
pub(crate) fn NewWorker(props: &NewWorkerProps) -> Html {
    let NewWorkerProps { desk, unlocked, first, anew, station, taken } = props;
    let title = if *anew {
        "lost.anew"
    } else if *first {
        "worker.first"
    } else {
        "worker.new"
    };
    let texts = use_texts();
    let failure = use_state(|| None::<Failure>);
    let misnamed = use_state(|| None::<&'static str>);
    let busy = use_busy();
    let secret = use_new_secret();
    let (name, key) = (use_node_ref(), use_node_ref());
    let create = {
        let (desk, unlocked, known) = (desk.clone(), unlocked.clone(), station.clone());
        let (failure, misnamed, busy) = (failure.clone(), misnamed.clone(), busy.clone());
        let (name_box, key_box, secret, taken) = (name.clone(), key.clone(), secret.clone(), taken.clone());
        Callback::from(move |()| {
            let read = |element: &NodeRef| {
                let text = element.get().and_then(|element| field::read(&element)).unwrap_or_default();
                text.trim().to_owned()
            };
            let (name, key) = (read(&name_box), read(&key_box));
            failure.set(None);
            let wrong = match name.as_str() {
                "" => Some("worker.no-name"),
                // Two of one name cannot be told apart on the list, where the other would look in vain.
                _ if taken.contains(&name) => Some("worker.same-name"),
                _ => None,
            };
            misnamed.set(wrong);
            if wrong.is_some() {
                if let Some(element) = name_box.get() {
                    focus::node(&element);
                }
                return;
            }
            let Some(passphrase) = secret.read() else { return };
            let station = Some(key).filter(|key| !key.is_empty()).or_else(|| known.clone());
            let (desk, unlocked, failure) = (desk.clone(), unlocked.clone(), failure.clone());
            busy.begin(async move {
                match desk.keeping().unlock(Ask::Create { name, passphrase, station }).await {
                    Ok(now) => unlocked.emit(now),
                    Err(why) => failure.set(Some(why)),
                }
            });
        })
    };
    let onclick = {
        let create = create.clone();
        move |_: MouseEvent| create.emit(())
    };
    html! {
        <details class="sheet sheet-padded panel-list" open={*first}>
            <summary>
                <h2>{ texts.say(title) }</h2>
                { icon(Icon::Down, "turn") }
            </summary>
            <div class="stack">
                <div class="field">
                    <label for="worker-name">{ texts.say("worker.name") }</label>
                    <p class="hint" id="worker-name-hint">{ texts.say("worker.name-hint") }</p>
                    <input ref={name} id="worker-name" class="box" type="text" maxlength="60" autocomplete="off"
                        spellcheck="false" translate="no" aria-describedby="worker-name-hint worker-name-error"
                        aria-invalid={misnamed.map(|_| "true")} />
                    <div id="worker-name-error">
                        if let Some(wrong) = *misnamed {
                            { message(&texts, Severity::Error, texts.say(wrong)) }
                        }
                    </div>
                </div>
                <NewSecretBoxes {secret} id="new-passphrase" label={texts.say("worker.passphrase")} onenter={create} />
                if station.is_some() {
                    <p class="hint">{ texts.say("worker.station-known") }</p>
                } else {
                    <div class="field">
                        <label for="station-key">{ texts.say("worker.station") }</label>
                        <p class="hint" id="station-hint">{ texts.say("worker.station-hint") }</p>
                        <input ref={key} id="station-key" class="box" type="text" autocomplete="off" autocapitalize="off"
                            spellcheck="false" translate="no" placeholder="age1…" aria-describedby="station-hint" />
                    </div>
                }
                { failure_panel(&texts, failure.as_ref()) }
                <div class="actions">
                    <BusyButton class="button-large" text={texts.say("worker.create")}
                        doing={texts.say("worker.making")} working={busy.is_working()} {onclick} />
                </div>
            </div>
        </details>
    }
}
