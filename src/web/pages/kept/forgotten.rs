use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::failure_panel;
use super::new_secret::{NewSecretBoxes, use_new_secret};
use crate::vault::message::{Ask, Card, Failure, Tell, Unlocked};
use crate::web::components::{BusyButton, Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::{use_busy, use_texts};
use crate::web::host::{download, upload};

/// What [`Forgotten`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct ForgottenProps {
    /// The desk.
    pub(crate) desk: Desk,
    /// Who has forgotten.
    pub(crate) card: Card,
    /// Called when the worker is at work.
    pub(crate) unlocked: Callback<Unlocked>,
}

/// A forgotten passphrase: a file for the station, its answer, and a new passphrase.
#[component]
pub(crate) fn Forgotten(props: &ForgottenProps) -> Html {
    let ForgottenProps { desk, card, unlocked } = props;
    let texts = use_texts();
    let failure = use_state(|| None::<Failure>);
    let answer = use_state(|| None::<String>);
    let busy = use_busy();
    let secret = use_new_secret();
    let request = {
        let (desk, failure, worker) = (desk.clone(), failure.clone(), card.id);
        move |_: MouseEvent| {
            let (desk, failure) = (desk.clone(), failure.clone());
            spawn_local(async move {
                match desk.keeping().ask(Ask::RequestRecovery { worker }).await {
                    Ok(Tell::Text(text)) => {
                        let handed = download::json("recovery-request.json", &text);
                        failure.set(handed.err().map(|_| Failure::Unreachable));
                    }
                    Ok(_) => failure.set(Some(Failure::Unreachable)),
                    Err(why) => failure.set(Some(why)),
                }
            });
        }
    };
    let chosen = {
        let (answer, failure) = (answer.clone(), failure.clone());
        move |event: Event| {
            let (answer, failure) = (answer.clone(), failure.clone());
            spawn_local(async move {
                let text = upload::text(event).await;
                failure.set(text.is_none().then_some(Failure::NotThatFile));
                answer.set(text);
            });
        }
    };
    let recover = {
        let (desk, unlocked, worker) = (desk.clone(), unlocked.clone(), card.id);
        let (failure, answer, busy, secret) = (failure.clone(), answer.clone(), busy.clone(), secret.clone());
        Callback::from(move |()| {
            let Some(text) = (*answer).clone() else { return };
            let Some(passphrase) = secret.read() else { return };
            let (desk, unlocked, failure) = (desk.clone(), unlocked.clone(), failure.clone());
            busy.begin(async move {
                let ask = Ask::Recover { worker, answer: text, passphrase };
                match desk.keeping().unlock(ask).await {
                    Ok(now) => unlocked.emit(now),
                    Err(why) => failure.set(Some(why)),
                }
            });
        })
    };
    let onrecover = {
        let recover = recover.clone();
        move |_: MouseEvent| recover.emit(())
    };
    html! {
        <details class="panel-list">
            <summary><h2 class="heading-small">{ texts.say("forgotten.title") }</h2>{ icon(Icon::Down, "turn") }</summary>
            if card.recoverable {
                <ol class="steps">
                    <li class="stack">
                        <p>{ texts.say("forgotten.request") }</p>
                        <button type="button" class="button button-second" onclick={request}>
                            { icon(Icon::Download, Classes::new()) }{ texts.say("forgotten.request-do") }
                        </button>
                    </li>
                    <li class="stack">
                        <p>{ texts.say("forgotten.answer") }</p>
                        <label class="button button-second file-button">
                            { texts.say("forgotten.answer-do") }
                            <input type="file" accept=".json,.age,.txt" onchange={chosen} />
                        </label>
                    </li>
                    if answer.is_some() {
                        <li class="stack">
                            <NewSecretBoxes {secret} id="recovery-passphrase" label={texts.say("forgotten.new")}
                                onenter={recover} />
                            <BusyButton text={texts.say("forgotten.do")} doing={texts.say("unlock.opening")}
                                working={busy.is_working()} onclick={onrecover} />
                        </li>
                    }
                </ol>
                { failure_panel(&texts, failure.as_ref()) }
            } else {
                <p>{ texts.say("forgotten.cannot") }</p>
            }
        </details>
    }
}
