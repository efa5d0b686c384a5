use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::failure_panel;
use super::secret::Secret;
use crate::vault::message::{Ask, Failure, Unlocked};
use crate::web::components::{BusyButton, Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::use_texts;
use crate::web::host::field;

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
}

/// Enters a worker.
#[component]
pub(crate) fn NewWorker(props: &NewWorkerProps) -> Html {
    let NewWorkerProps { desk, unlocked, first, anew, station } = props;
    let title = if *anew {
        "lost.anew"
    } else if *first {
        "worker.first"
    } else {
        "worker.new"
    };
    let texts = use_texts();
    let failure = use_state(|| None::<Failure>);
    let unlike = use_state(|| false);
    let working = use_state(|| false);
    let (name, passphrase, again, key) = (use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref());
    let create = {
        let (desk, unlocked, known) = (desk.clone(), unlocked.clone(), station.clone());
        let (failure, unlike, working) = (failure.clone(), unlike.clone(), working.clone());
        let boxes = [name.clone(), passphrase.clone(), again.clone(), key.clone()];
        Callback::from(move |()| {
            let read = |element: &NodeRef| {
                element.get().and_then(|element| field::read(&element)).unwrap_or_default()
            };
            let [name, passphrase, again, key] = boxes.each_ref().map(read);
            failure.set(None);
            unlike.set(passphrase != again);
            if passphrase != again {
                return;
            }
            working.set(true);
            let station = Some(key.trim().to_owned()).filter(|key| !key.is_empty()).or_else(|| known.clone());
            let (desk, unlocked, failure, working) =
                (desk.clone(), unlocked.clone(), failure.clone(), working.clone());
            spawn_local(async move {
                let answer = desk.keeping().unlock(Ask::Create { name, passphrase, station }).await;
                working.set(false);
                match answer {
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
                        spellcheck="false" translate="no" aria-describedby="worker-name-hint" />
                </div>
                <Secret element={passphrase} id="new-passphrase" label={texts.say("worker.passphrase")}
                    hint={texts.say("worker.passphrase-hint")} />
                <Secret element={again} id="new-passphrase-again" label={texts.say("worker.again")} onenter={create} />
                if *unlike {
                    <div class="panel panel-error" role="alert"><p>{ texts.say("worker.unlike") }</p></div>
                }
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
                        doing={texts.say("worker.making")} working={*working} {onclick} />
                </div>
            </div>
        </details>
    }
}
