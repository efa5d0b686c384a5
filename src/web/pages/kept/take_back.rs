use yew::prelude::*;

use super::outbox::ON_ITS_WAY;
use crate::outbox::WithdrawalReason;
use crate::web::components::AskTwice;
use crate::web::hooks::use_texts;

/// What [`TakeBack`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct TakeBackProps {
    /// Of what: the buttons are many on a page, and for whoever cannot see them their text alone does not tell them apart.
    pub(super) of: AttrValue,
    /// Takes it back for a reason.
    pub(super) onyes: Callback<WithdrawalReason>,
}

/// Takes back what has gone, for one of two reasons. Everybody who has it erases it, which cannot be undone: it asks twice.
#[component]
pub(super) fn TakeBack(props: &TakeBackProps) -> Html {
    let texts = use_texts();
    let consent = use_state(|| false);
    let error = use_state(|| false);
    let button = |asking: &UseStateHandle<bool>, reason: WithdrawalReason, key: &str| {
        let (done, onyes) = (asking.clone(), props.onyes.clone());
        let onyes = move |_: MouseEvent| {
            done.set(false);
            onyes.emit(reason);
        };
        let text = texts.say(key);
        let ask = texts.fill("outbox.withdraw-ask", &[("what", &text)]);
        let label = texts.fill("outbox.withdraw-label", &[("what", &text), ("person", &props.of)]);
        html! {
            <AskTwice asking={asking.clone()} class="button-second" {text} {label} ask={ask.clone()}
                question={ask} yes={texts.say("outbox.withdraw-yes")}
                no={texts.say("outbox.withdraw-no")} {onyes} then={ON_ITS_WAY} />
        }
    };
    html! {
        <>
            <p class="quiet">{ texts.say("outbox.withdraw-text") }</p>
            <div class="actions-inline">
                { button(&consent, WithdrawalReason::ConsentWithdrawn, "outbox.withdraw-consent") }
                { button(&error, WithdrawalReason::EnteredInError, "outbox.withdraw-error") }
            </div>
        </>
    }
}
