use yew::prelude::*;

use super::{AskTwice, Icon, icon};
use crate::expression::RowId;
use crate::web::hooks::{use_texts, use_topic};
use crate::web::store::{Purpose, Store, Topic};

/// The id of the list's heading.
const CONSENTS: &str = "consents";

/// What [`Consents`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct ConsentsProps {
    /// The interview.
    pub(crate) store: Store,
    /// Beside the questions: closed until somebody opens it, and then taken back by one touch, which another undoes.
    #[prop_or_default]
    pub(crate) beside: bool,
}

/// What the person has consented to, each to be taken back in two touches.
#[component]
pub(crate) fn Consents(props: &ConsentsProps) -> Html {
    let ConsentsProps { store, beside } = props;
    use_topic(store, Topic::Acts);
    use_topic(store, Topic::Progress);
    let texts = use_texts();
    let consents = store.consents();
    if consents.is_empty() {
        return Html::default();
    }
    let line = |purpose: &Purpose| {
        let session = store.session();
        let title = session.text(&session.plan().question(purpose.question).title, RowId::FORM);
        html! {
            <li class="consent-line" key={purpose.name.clone()}>
                <span>{ title.clone() }</span>
                if purpose.withdrawn {
                    <span class="tag">{ texts.say("consent.withdrawn") }</span>
                } else {
                    <Withdraw store={store.clone()} purpose={purpose.name.clone()}
                        label={texts.fill("consent.withdraw-label", &[("purpose", &title)])} />
                }
            </li>
        }
    };
    if *beside {
        let line = |purpose: &Purpose| {
            let session = store.session();
            let title = session.text(&session.plan().question(purpose.question).title, RowId::FORM);
            let turn = {
                let (store, name, withdrawn) = (store.clone(), purpose.name.clone(), purpose.withdrawn);
                move |_: MouseEvent| match withdrawn {
                    true => store.grant_again(&name),
                    false => store.withdraw(&name),
                }
            };
            let (does, label) = match purpose.withdrawn {
                true => ("consent.again", "consent.again-label"),
                false => ("consent.withdraw", "consent.withdraw-label"),
            };
            html! {
                <li class="consent-line" key={purpose.name.clone()}>
                    <span>
                        { title.clone() }
                        if purpose.withdrawn {
                            { " " }<span class="tag">{ texts.say("consent.withdrawn") }</span>
                        }
                    </span>
                    <button type="button" class="button button-quiet" onclick={turn}
                        aria-label={texts.fill(label, &[("purpose", &title)])}>
                        { texts.say(does) }
                    </button>
                </li>
            }
        };
        return html! {
            <details class="sheet visit consents-beside">
                <summary class="sections-toggle">
                    <span>{ texts.say("consent.title") }</span>{ icon(Icon::Down, "turn") }
                </summary>
                <ul class="visit-body" aria-live="polite">{ for consents.iter().map(line) }</ul>
            </details>
        };
    }
    html! {
        <section class="sheet consents">
            <h2 id={CONSENTS} tabindex="-1">{ icon(Icon::Tick, Classes::new()) }{ texts.say("consent.title") }</h2>
            <ul>{ for consents.iter().map(line) }</ul>
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct WithdrawProps {
    store: Store,
    /// The name of the purpose.
    purpose: String,
    /// What the button is called.
    label: AttrValue,
}

/// Takes a consent back, asked twice.
#[component]
fn Withdraw(props: &WithdrawProps) -> Html {
    let WithdrawProps { store, purpose, label } = props;
    let texts = use_texts();
    let asking = use_state(|| false);
    let withdraw = {
        let (store, purpose) = (store.clone(), purpose.clone());
        move |_: MouseEvent| store.withdraw(&purpose)
    };
    html! {
        <AskTwice {asking} class="button-quiet" text={texts.say("consent.withdraw")} label={label.clone()} ask={label.clone()}
            yes={texts.say("consent.withdraw-yes")} no={texts.say("consent.withdraw-no")} onyes={withdraw}
            then={CONSENTS} />
    }
}
