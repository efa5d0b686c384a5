use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::failure_panel;
use super::outbox_earlier::OutboxEarlier;
use super::outbox_item::OutboxItem;
use super::outbox_keys::OutboxKeys;
use crate::diagnostic::{Code, codes};
use crate::outbox::Item;
use crate::vault::message::{Failure, Listed};
use crate::vault::{Id, State};
use crate::web::components::{BusyButton, Icon, icon, waiting};
use crate::web::desk::Desk;
use crate::web::hooks::{use_busy, use_keeping, use_page, use_sending, use_texts};
use crate::web::host::focus::{self, HEADING};
use crate::web::host::{field, post};
use crate::web::route::Route;
use crate::web::sending::{HeldBack, OTHER_FORM, Standing, by_standing};
use crate::web::text::Texts;

/// The id of the heading over what is on its way: what is sent or taken out leaves the focus there.
pub(super) const ON_ITS_WAY: &str = "outbox-items";

/// What [`OutboxPage`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct OutboxProps {
    /// The desk.
    pub(crate) desk: Desk,
}

/// What is on its way to back ends, how each thing stands and why, and what can be sent.
#[component]
pub(crate) fn OutboxPage(props: &OutboxProps) -> Html {
    use_page("title.outbox", (), true);
    let desk = &props.desk;
    let (keeping, sending) = (desk.keeping(), desk.sending());
    use_keeping(keeping);
    use_sending(sending);
    let texts = use_texts();
    {
        let keeping = keeping.clone();
        use_effect_with((), move |()| spawn_local(async move { keeping.list().await }));
    }
    if keeping.at_work().is_none() {
        return html! {
            <main class="page page-narrow stack" id="main">
                <h1 id={HEADING} tabindex="-1">{ texts.say("outbox.title") }</h1>
                <p class="lead">{ texts.say("caseload.locked") }</p>
                <div class="actions"><a class="button" href={Route::Unlock.href()}>{ texts.say("saved.unlock") }</a></div>
            </main>
        };
    }
    let (ready, partly, items) = (sending.ready(), sending.partly(), sending.items());
    // Why something did not go is seen at once.
    let told = partly.iter().any(|one| !sending.held_back(one.draft).is_empty());
    let names: Vec<String> =
        sending.destinations().iter().map(|one| one.name(texts.tag()).to_owned()).collect();
    html! {
        <main class="page page-narrow stack-l" id="main">
            <div class="stack">
                <h1 id={HEADING} tabindex="-1">{ texts.say("outbox.title") }</h1>
                <p class="lead">{ texts.say("outbox.lead") }</p>
                <p><a href={Route::Caseload.href()}>{ texts.say("caseload.title") }</a></p>
            </div>
            { failure_panel(&texts, sending.failure().as_ref()) }
            if !sending.is_loaded() {
                { waiting(texts.say("outbox.reading")) }
            } else {
                if !post::is_online() {
                    <div class="panel panel-info" role="status">
                        <p class="message">{ icon(Icon::Info, Classes::new()) }<span>{ texts.say("outbox.offline") }</span></p>
                    </div>
                }
                if sending.faulty() > 0 {
                    <div class="panel panel-warning" role="status">
                        <p class="message">{ icon(Icon::Warning, Classes::new()) }
                            <span>{ texts.fill("outbox.faulty", &[("n", &sending.faulty().to_string())]) }</span></p>
                    </div>
                }
                if names.is_empty() {
                    <p class="quiet">{ texts.say("outbox.nowhere") }</p>
                } else {
                    <p>{ texts.fill("outbox.where", &[("names", &names.join(&*texts.say("list.join")))]) }</p>
                    <section class="stack" aria-labelledby="outbox-ready">
                        <h2 id="outbox-ready">{ texts.say("outbox.ready") }</h2>
                        if ready.is_empty() {
                            <p class="quiet">{ texts.say("outbox.ready-none") }</p>
                        }
                        <ul class="stack">
                            { for ready.into_iter().map(|listed| html! {
                                <li key={listed.draft.to_string()}><Ready desk={desk.clone()} {listed} missing={Vec::new()} /></li>
                            }) }
                        </ul>
                    </section>
                    if !partly.is_empty() {
                        <details class="panel-list" open={told}>
                            <summary>
                                <h2 class="heading-small">
                                    { texts.fill("outbox.partly", &[("n", &partly.len().to_string())]) }
                                </h2>
                                { icon(Icon::Down, "turn") }
                            </summary>
                            <ul class="stack">
                                { for partly.into_iter().map(|listed| {
                                    let missing = sending.missing(&listed);
                                    let missing = missing.iter().map(|one| one.name(texts.tag()).to_owned()).collect::<Vec<_>>();
                                    html! {
                                        <li key={listed.draft.to_string()}><Ready desk={desk.clone()} {listed} {missing} /></li>
                                    }
                                }) }
                            </ul>
                        </details>
                    }
                }
                <section class="stack" aria-labelledby={ON_ITS_WAY}>
                    <h2 id={ON_ITS_WAY} tabindex="-1">{ texts.say("outbox.items") }</h2>
                    if items.is_empty() {
                        <p class="quiet">{ texts.say("outbox.items-none") }</p>
                    }
                    // One list, so that what comes under another heading stays as it was opened.
                    <div class="stack" id="outbox-list">
                        { for by_standing(items).into_iter().flat_map(|(standing, items)| {
                            let head = html! {
                                <h3 class="list-head" key={standing_text(standing)}>{ texts.say(standing_text(standing)) }</h3>
                            };
                            let items = items.into_iter().map(move |item| on_its_way(desk, item, standing));
                            std::iter::once(head).chain(items)
                        }) }
                    </div>
                </section>
                <OutboxEarlier desk={desk.clone()} earlier={sending.went_elsewhere()} />
                <OutboxKeys desk={desk.clone()} />
            }
        </main>
    }
}

fn on_its_way(desk: &Desk, item: Item, standing: Standing) -> Html {
    let key = format!("{} {} {}", item.key.destination, item.key.profile_id, item.key.kind.0.word());
    let taken_back = desk.sending().is_taken_back(&item.key.profile_id);
    html! { <OutboxItem {key} desk={desk.clone()} {item} {standing} {taken_back} /> }
}

/// The heading of what stands alike. It must be true of everything under it.
const fn standing_text(standing: Standing) -> &'static str {
    match standing {
        Standing::NeedsPerson => "outbox.needs-person",
        Standing::Waiting => "outbox.not-yet",
        Standing::Partly => "outbox.to-some",
        Standing::Arrived => "outbox.arrived",
    }
}

#[derive(PartialEq, Properties)]
struct ReadyProps {
    desk: Desk,
    listed: Listed,
    /// The names of those to whom it does not go, once it goes to somebody.
    missing: Vec<String>,
}

/// A finished interview that can be sent.
#[component]
fn Ready(props: &ReadyProps) -> Html {
    let ReadyProps { desk, listed, missing } = props;
    let texts = use_texts();
    let failure = use_state(|| None::<Failure>);
    let busy = use_busy();
    let consent_in = use_state(|| None::<Id>);
    let card = use_node_ref();
    let sending = desk.sending();
    let others = sending.with_consent(listed);
    let person = listed.head.person.clone().unwrap_or_else(|| texts.say("caseload.nobody").to_string());
    let title = desk.title(&listed.head.form, texts.tag());
    let send = {
        let (desk, draft) = (desk.clone(), listed.draft);
        let (failure, busy, consent_in) = (failure.clone(), busy.clone(), *consent_in);
        let card = card.clone();
        move |_: MouseEvent| {
            let (desk, failure, card) = (desk.clone(), failure.clone(), card.clone());
            busy.begin(async move {
                let failed = desk.sending().post(draft, consent_in).await.err();
                // The button goes with the card: what became of it stands below. Whoever has gone on meanwhile, to type a
                // token, stays there.
                let is_here = focus::is_nowhere() || card.get().is_some_and(|card| focus::is_within(&card));
                if failed.is_none() && is_here && !desk.sending().ready().iter().any(|one| one.draft == draft)
                {
                    focus::element(ON_ITS_WAY);
                }
                failure.set(failed);
            });
        }
    };
    let choose = {
        let consent_in = consent_in.clone();
        move |event: Event| consent_in.set(field::text_of(&event).and_then(|id| id.parse().ok()))
    };
    let id = format!("consent-in-{}", listed.draft);
    let reasons = sending.held_back(listed.draft);
    html! {
        <article ref={card} class="sheet sheet-padded stack">
            <div>
                <h3 translate="no">{ person.clone() }</h3>
                <p class="quiet">{ title.clone() }</p>
            </div>
            if !others.is_empty() {
                <div class="field">
                    <label for={id.clone()}>{ texts.say("outbox.consent-in") }</label>
                    <select {id} class="box" onchange={choose}>
                        <option value="">{ texts.say("outbox.consent-here") }</option>
                        <>{ for others.iter().map(|one| html! {
                            <option value={one.draft.to_string()}>
                                { one.head.person.clone().map(|person| format!("{person} · ")) }
                                { desk.title(&one.head.form, texts.tag()) }{ " · " }{ one.head.began.get(..10).unwrap_or_default() }
                            </option>
                        }) }</>
                    </select>
                </div>
            }
            { failure_panel(&texts, failure.as_ref()) }
            { left_out(&texts, desk, listed.head.state, missing, &reasons) }
            <div class="actions-inline">
                <BusyButton class={classes!((!missing.is_empty()).then_some("button-second"))}
                    text={texts.say(if missing.is_empty() { "outbox.send" } else { "outbox.send-rest" })} doing={texts.say("outbox.making")} working={busy.is_working()} onclick={send}
                    label={texts.fill(if missing.is_empty() { "outbox.send-label" } else { "outbox.send-rest-label" }, &[("person", &person), ("form", &title)])} />
            </div>
        </article>
    }
}

/// That an interview goes to some and not to all, and who is left out.
pub(super) fn sent_partly(texts: &Texts, state: State, missing: &[String]) -> AttrValue {
    let key = if state == State::Sent { "outbox.sent-partly" } else { "outbox.going-partly" };
    texts.fill(key, &[("names", &missing.join(&*texts.say("list.join")))])
}

/// Who does not get an interview, and why as far as it is known.
fn left_out(texts: &Texts, desk: &Desk, state: State, missing: &[String], reasons: &[HeldBack]) -> Html {
    if missing.is_empty() && reasons.is_empty() {
        return Html::default();
    }
    let destinations = desk.sending().destinations();
    let told = (!reasons.is_empty()).then_some("alert");
    html! {
        <div class="panel panel-warning" role={told}>
            if !missing.is_empty() {
                <p class="message message-strong">
                    { icon(Icon::Warning, Classes::new()) }<span>{ sent_partly(texts, state, missing) }</span>
                </p>
            }
            <ul class="points">
                { for reasons.iter().map(|one| {
                    let found = destinations.iter().find(|known| known.id == one.destination);
                    let name = found.map_or(one.destination.as_str(), |known| known.name(texts.tag())).to_owned();
                    html! {
                        <li>
                            if missing.is_empty() {
                                { icon(Icon::Warning, Classes::new()) }
                            }
                            <span>{ texts.fill(why(&one.code), &[("name", &name)]) }</span>
                        </li>
                    }
                }) }
            </ul>
        </div>
    }
}

/// The text for the code of a reason.
fn why(code: &str) -> &'static str {
    let is = |known: &[Code]| known.iter().any(|one| one.as_str() == code);
    if code == OTHER_FORM {
        "outbox.other-form"
    } else if is(&[codes::EXPORT_CONSENT]) {
        "outbox.no-consent"
    } else if is(&[codes::EXPORT_POLICY, codes::EXPORT_PURPOSE, codes::EXPORT_RECIPIENT]) {
        "outbox.no-purpose"
    } else if is(&[codes::SEND_KEY]) {
        "outbox.no-key"
    } else if is(&[codes::SEND_WHOLE]) {
        "outbox.not-whole"
    } else if is(&[codes::EXPORT_MAPPING, codes::EXPORT_FORMAT, codes::SEND_FORMAT]) {
        "outbox.no-format"
    } else {
        "outbox.not-made"
    }
}
