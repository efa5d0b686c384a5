use yew::prelude::*;

use super::outbox::ON_ITS_WAY;
use super::take_back::TakeBack;
use crate::outbox::{Item, Kind, State, Trouble, WithdrawalReason};
use crate::web::components::{AskTwice, Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::use_texts;
use crate::web::host::{clock, focus};
use crate::web::sending::Standing;
use crate::web::text::Texts;

/// What [`OutboxItem`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct OutboxItemProps {
    /// The desk.
    pub(crate) desk: Desk,
    /// Something that is or was on its way.
    pub(crate) item: Item,
    /// Under which heading it is found.
    pub(crate) standing: Standing,
    /// Whether what it is about was taken back.
    pub(crate) taken_back: bool,
}

/// Something on its way: what, to whom, how it stands and why; and what can be done with it.
#[component]
pub(crate) fn OutboxItem(props: &OutboxItemProps) -> Html {
    let OutboxItemProps { desk, item, standing, taken_back } = props;
    let texts = use_texts();
    let asking = use_state(|| false);
    let sending = desk.sending();
    let drafts = desk.keeping().drafts();
    let of =
        sending.draft_of(&item.key.profile_id).and_then(|id| drafts.into_iter().find(|one| one.draft == id));
    let person = of.as_ref().and_then(|one| one.head.person.clone()).unwrap_or_else(|| {
        texts.say(if of.is_some() { "caseload.nobody" } else { "outbox.gone" }).to_string()
    });
    let known = sending.destinations().into_iter().find(|one| one.id == item.key.destination);
    let name = known.map_or_else(|| item.key.destination.clone(), |one| one.name(texts.tag()).to_owned());
    let what = match (item.key.kind.0, &item.supersedes) {
        (Kind::Withdrawal, _) => texts.say("outbox.withdrawal"),
        (Kind::Profile, Some(_)) => texts.say("outbox.amendment"),
        (Kind::Profile, None) => texts.say("outbox.profile"),
    };
    let retry = {
        let (sending, key) = (sending.clone(), item.key.clone());
        move |_: MouseEvent| sending.retry(&key)
    };
    let is_sent = matches!(item.state, State::Sent { .. });
    let again = use_node_ref();
    let had_focus = use_mut_ref(|| false);
    {
        // What comes under another heading loses the focus on its way there, and gets it back. What has arrived cannot be
        // tried again: whoever asked for it finds out at the head of the list.
        let (again, had_focus) = (again.clone(), had_focus.clone());
        use_effect_with((*standing, is_sent), move |_| {
            if *had_focus.borrow() && focus::is_nowhere() {
                match again.get() {
                    Some(button) => focus::node(&button),
                    None => {
                        focus::element(ON_ITS_WAY);
                    }
                }
            }
        });
    }
    let onfocusin = {
        let had_focus = had_focus.clone();
        move |_: FocusEvent| {
            had_focus.replace(true);
        }
    };
    let onfocusout = move |event: FocusEvent| {
        // It goes to nothing where what had it is moved or goes.
        if event.related_target().is_some() {
            had_focus.replace(false);
        }
    };
    let remove = {
        let (sending, key, asking) = (sending.clone(), item.key.clone(), asking.clone());
        move |_: MouseEvent| {
            asking.set(false);
            sending.remove(&key);
        }
    };
    let withdraw = {
        let (sending, id) = (sending.clone(), item.key.profile_id.clone());
        move |reason: WithdrawalReason| sending.withdraw(&id, reason)
    };
    // One person may have several things on their way to the same place.
    let which = format!("{what} · {name}");
    let label = |key: &str| texts.fill(key, &[("person", &person), ("name", &which)]);
    let can_be_withdrawn = item.key.kind.0 == Kind::Profile && !taken_back;
    let word = match item.state {
        State::Waiting => "waiting",
        State::Sending => "sending",
        State::Sent { .. } => "sent",
        State::Refused { .. } => "refused",
    };
    html! {
        <article class="sheet sheet-padded stack" data-state={word} data-kind={item.key.kind.0.word()}
            {onfocusin} {onfocusout}>
            <div>
                <h4 translate="no">{ person.clone() }</h4>
                <p class="quiet">{ what }{ " · " }{ name.clone() }</p>
            </div>
            { stands(&texts, item) }
            if !is_sent {
                <button ref={again} type="button" class="button button-second" onclick={retry} aria-label={label("outbox.retry-label")}>
                    { texts.say("outbox.retry") }
                </button>
            }
            <details class="panel-list">
                <summary aria-label={label("outbox.more-label")}>
                    <span>{ texts.say("caseload.more") }</span>{ icon(Icon::Down, "turn") }
                </summary>
                <div class="stack">
                    if can_be_withdrawn {
                        <TakeBack of={format!("{person}, {which}")} onyes={withdraw} />
                    }
                    <p class="quiet">{ texts.say(if is_sent { "outbox.remove-sent-text" } else { "outbox.remove-text" }) }</p>
                    <AskTwice {asking} class="button-second" text={texts.say("outbox.remove")} label={label("outbox.remove-label")}
                        ask={texts.say("outbox.remove-ask")}
                        question={texts.say(if is_sent { "outbox.remove-sent" } else { "outbox.remove-ask" })}
                        yes={texts.say("outbox.remove-yes")} onyes={remove} then={ON_ITS_WAY} />
                </div>
            </details>
        </article>
    }
}

/// How it stands, and why.
fn stands(texts: &Texts, item: &Item) -> Html {
    let (picture, class, state) = match &item.state {
        State::Sent { .. } => (Icon::Complete, "message message-good", texts.say("outbox.sent")),
        State::Sending => (Icon::Clock, "message", texts.say("outbox.sending")),
        State::Waiting if item.trouble.is_none() => (Icon::Clock, "message", texts.say("outbox.waiting")),
        State::Waiting if item.trouble.is_some_and(|trouble| trouble.0.is_held()) => {
            (Icon::Clock, "message message-warning", texts.say("outbox.held"))
        }
        // No hour helps here: it goes once the secret is entered.
        State::Waiting if item.trouble.is_some_and(|trouble| trouble.0 == Trouble::SecretMissing) => {
            (Icon::Clock, "message message-warning", texts.say("outbox.waiting"))
        }
        State::Waiting => (Icon::Clock, "message message-warning", again(texts, item.not_before)),
        State::Refused { code, .. } => {
            (Icon::Error, "message message-error", texts.fill("outbox.refused", &[("code", code)]))
        }
    };
    let reason = match &item.state {
        State::Waiting => item.trouble.map(|trouble| texts.say(trouble_text(trouble.0))),
        State::Refused { reason, .. } => reason.clone().map(AttrValue::from),
        State::Sending | State::Sent { .. } => None,
    };
    html! {
        <>
            <div>
                <p {class}>{ icon(picture, Classes::new()) }<span>{ state }</span></p>
                if let Some(reason) = reason {
                    <p>{ reason }</p>
                }
                // Held here, it may be there already: whoever held it back must know.
                if item.perhaps > 0 && item.trouble.is_some_and(|trouble| trouble.0.is_held()) {
                    <p>{ texts.say("outbox.perhaps") }</p>
                }
            </div>
            if item.attempts > 1 && !matches!(item.state, State::Sent { .. }) {
                <p class="quiet small">{ texts.fill("outbox.attempts", &[("n", &item.attempts.to_string())]) }</p>
            }
        </>
    }
}

/// When it is tried again.
fn again(texts: &Texts, not_before: i64) -> AttrValue {
    let minutes = (not_before - clock::unix_seconds()).max(0) / 60;
    match minutes {
        0 => texts.say("outbox.again-soon"),
        1..=119 => texts.fill("outbox.again-minutes", &[("n", &minutes.to_string())]),
        _ => texts.fill("outbox.again-hours", &[("n", &(minutes / 60).to_string())]),
    }
}

const fn trouble_text(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Offline => "outbox.trouble-offline",
        Trouble::NoAnswer => "outbox.trouble-no-answer",
        Trouble::NotTheDestination => "outbox.trouble-not-the-destination",
        Trouble::Unauthorized => "outbox.trouble-unauthorized",
        Trouble::Busy => "outbox.trouble-busy",
        Trouble::ServerError => "outbox.trouble-server-error",
        Trouble::Unexpected => "outbox.trouble-unexpected",
        Trouble::SecretMissing => "outbox.trouble-secret-missing",
        Trouble::DestinationUnknown => "outbox.trouble-destination-unknown",
        Trouble::Changed => "outbox.trouble-changed",
        Trouble::NoConsent => "outbox.trouble-no-consent",
        Trouble::HandedOver => "outbox.trouble-handed-over",
    }
}
