use yew::prelude::*;

use super::ids::Ids;
use crate::session::{Command, Node};
use crate::value::Informant;
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::field;
use crate::web::store::Store;
use crate::web::text::Texts;

/// What [`More`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct MoreProps {
    /// The interview.
    pub(crate) store: Store,
    /// The question.
    pub(crate) node: Node,
}

/// What is seldom needed at a question: who answered, and taking the answer back.
#[component]
pub(crate) fn More(props: &MoreProps) -> Html {
    let MoreProps { store, node } = props;
    let node = *node;
    use_node(store, node);
    let texts = use_texts();
    let session = store.session();
    let informant = session.informant(node);
    let answered = session.value(node).is_some()
        || session.absence(node).is_some()
        || store.drafts().typed(node).is_some();
    let onchange = {
        let store = store.clone();
        move |event: Event| {
            let chosen = field::text_of(&event).and_then(|code| code.parse::<Informant>().ok());
            if let Some(informant) = chosen {
                store.dispatch(Command::Inform { node, informant });
            }
        }
    };
    let onclear = {
        let store = store.clone();
        move |_: MouseEvent| store.answer(node, None)
    };
    let id = format!("{}-who", Ids(node).more());
    // Nobody answers twice: whoever has answered beside this is not on offer.
    let accounts = session.accounts(node);
    let free = |one: &Informant| *one != Informant::Computed && !accounts.contains_key(one);
    let also = |one: Informant| {
        let store = store.clone();
        move |_: MouseEvent| {
            let command = store.session().ask_also(node, one);
            if let Some(command) = command {
                store.dispatch(command);
                // The button that was pressed is gone; what is asked is the same question.
                store.focus_now(node);
            }
        }
    };
    let said = session.value(node).is_some() || session.absence(node).is_some();
    html! {
        <div class="more-body" id={Ids(node).more()}>
            <div>
                <label for={id.clone()}>{ texts.say("informant.label") }</label>
                <select {id} class="box" {onchange} autocomplete="off">
                    { for Informant::ALL.into_iter().filter(free).map(|one| html! {
                        <option key={one.code()} value={one.code()} selected={one == informant}>
                            { informant_text(&texts, one) }
                        </option>
                    }) }
                </select>
            </div>
            if said {
                <div role="group" aria-labelledby={format!("{}-also", Ids(node).more())}>
                    <p id={format!("{}-also", Ids(node).more())}>{ texts.say("accounts.also") }</p>
                    <div class="actions-inline">
                        { for Informant::ALL.into_iter().filter(free).filter(|&one| one != informant).map(|one| html! {
                            <button key={one.code()} type="button" class="chip" onclick={also(one)}>
                                { informant_text(&texts, one) }
                            </button>
                        }) }
                    </div>
                </div>
            }
            // It stays in place when there is nothing to take back: a button that goes takes the focus with it.
            <button type="button" class="button button-quiet" onclick={onclear}
                aria-disabled={(!answered).to_string()}>
                { texts.say("question.clear") }
            </button>
        </div>
    }
}

/// The word for who answered.
pub(crate) fn informant_text(texts: &Texts, informant: Informant) -> AttrValue {
    texts.say(match informant {
        Informant::Own => "informant.self",
        Informant::Proxy => "informant.proxy",
        Informant::Observed => "informant.observed",
        Informant::Record => "informant.record",
        Informant::Computed => "informant.computed",
    })
}
