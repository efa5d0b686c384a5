use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::failure_panel;
use super::secret::Secret;
use crate::vault::message::Failure;
use crate::web::components::{Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::use_texts;
use crate::web::host::field;
use crate::web::sending::SIGNING_KEY;

/// What [`OutboxKeys`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct OutboxKeysProps {
    /// The desk.
    pub(crate) desk: Desk,
}

/// What this worker proves to back ends who they are with: entered once, kept encrypted, and never shown again.
#[component]
pub(crate) fn OutboxKeys(props: &OutboxKeysProps) -> Html {
    let texts = use_texts();
    let desk = &props.desk;
    let destinations = desk.sending().destinations();
    let mut secrets: Vec<(String, AttrValue)> = Vec::new();
    for one in &destinations {
        if let Some(secret) = one.authentication.secret()
            && !secrets.iter().any(|(known, _)| known == secret)
        {
            let label = texts.fill("outbox.token", &[("name", one.name(texts.tag()))]);
            secrets.push((secret.to_owned(), label));
        }
    }
    if destinations.iter().any(|one| one.format != "profile") {
        secrets.push((SIGNING_KEY.to_owned(), texts.say("outbox.signing-key")));
    }
    // As it is found: what closed with the last secret would take the focus with it.
    let missing = use_state(|| secrets.iter().any(|(name, _)| !desk.sending().has_secret(name)));
    if secrets.is_empty() {
        return Html::default();
    }
    html! {
        <details class="sheet sheet-padded panel-list" open={*missing}>
            <summary><h2>{ texts.say("outbox.keys") }</h2>{ icon(Icon::Down, "turn") }</summary>
            <div class="stack">
                <p>{ texts.say("outbox.keys-text") }</p>
                <>{ for secrets.into_iter().map(|(name, label)| html! {
                    <OneKey key={name.clone()} desk={desk.clone()} name={name.clone()} {label} />
                }) }</>
            </div>
        </details>
    }
}

#[derive(PartialEq, Properties)]
struct OneKeyProps {
    desk: Desk,
    name: String,
    label: AttrValue,
}

#[component]
fn OneKey(props: &OneKeyProps) -> Html {
    let OneKeyProps { desk, name, label } = props;
    let texts = use_texts();
    let failure = use_state(|| None::<Failure>);
    let element = use_node_ref();
    let save = {
        let (desk, name, failure, element) = (desk.clone(), name.clone(), failure.clone(), element.clone());
        Callback::from(move |()| {
            let typed = element.get().and_then(|element| field::read(&element)).unwrap_or_default();
            let (desk, name, failure, element) =
                (desk.clone(), name.clone(), failure.clone(), element.clone());
            spawn_local(async move {
                let kept = desk.sending().keep_secret(&name, &typed).await;
                if kept.is_ok()
                    && let Some(element) = element.get()
                {
                    field::write(&element, "");
                }
                failure.set(kept.err());
            });
        })
    };
    let onclick = {
        let save = save.clone();
        move |_: MouseEvent| save.emit(())
    };
    let there = desk.sending().has_secret(name);
    let (picture, state) =
        if there { (Icon::Complete, "outbox.key-there") } else { (Icon::Warning, "outbox.key-missing") };
    html! {
        <div class="token stack">
            <Secret {element} id={format!("secret-{name}")} label={label.clone()} onenter={save} />
            { failure_panel(&texts, failure.as_ref()) }
            <div class="with-state">
                <button type="button" class="button button-second" {onclick}
                    aria-label={texts.fill("outbox.key-save-label", &[("label", label)])}>
                    { texts.say("outbox.key-save") }
                </button>
                <p class={classes!("message", (!there).then_some("message-warning"))} role="status">
                    { icon(picture, Classes::new()) }<span>{ texts.say(state) }</span>
                </p>
            </div>
        </div>
    }
}
