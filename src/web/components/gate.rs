use std::collections::BTreeSet;

use yew::prelude::*;

use super::people::People;
use super::{Icon, icon};
use crate::plan::SectionId;
use crate::web::hooks::{use_texts, use_topic};
use crate::web::store::{Person, Privacy, Store, Topic};

/// What [`Gate`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct GateProps {
    /// The interview.
    pub(crate) store: Store,
    /// The section that nobody else should hear.
    pub(crate) section: SectionId,
    /// Called when it was put off.
    #[prop_or_default]
    pub(crate) onlater: Callback<()>,
}

/// Stands before questions that nobody else should hear, until the worker says who is in the room. What is behind it is
/// not in the page, so that whoever looks on reads nothing.
#[component]
pub(crate) fn Gate(props: &GateProps) -> Html {
    let GateProps { store, section, onlater } = props;
    let section = *section;
    use_topic(store, Topic::Acts);
    let texts = use_texts();
    let present = store.in_the_room();
    let others: BTreeSet<Person> =
        present.iter().copied().filter(|person| Person::OTHERS.contains(person)).collect();
    let alone = others.iter().all(|person| person.keeps_it_private());
    let postponed = store.privacy(section) == Some(Privacy::Later);
    let onbegin = {
        let (store, present) = (store.clone(), present.clone());
        move |_: MouseEvent| {
            store.say_present(present.clone());
            store.open_section(section, alone);
        }
    };
    let onpostpone = {
        let (store, onlater) = (store.clone(), onlater.clone());
        move |_: MouseEvent| {
            store.say_present(present.clone());
            store.postpone(section);
            onlater.emit(());
        }
    };
    let begin = match (others.is_empty(), alone) {
        (true, _) => "gate.nobody",
        (false, true) => "gate.begin",
        (false, false) => "gate.all-the-same",
    };
    html! {
        <div class="sheet gate">
            <h2>{ icon(Icon::Lock, Classes::new()) }{ texts.say("gate.title") }</h2>
            <p>{ texts.say(if postponed { "gate.postponed" } else { "gate.text" }) }</p>
            <fieldset>
                <legend class="question-title">{ texts.say("gate.who") }</legend>
                <div class="gate-people choices-across">
                    <People store={store.clone()} />
                </div>
            </fieldset>
            if !alone {
                <p class="message message-warning">
                    { icon(Icon::Warning, Classes::new()) }<span>{ texts.say("gate.heard") }</span>
                </p>
            }
            <div class="actions">
                <button type="button" onclick={onbegin}
                    class={classes!("button", "button-large", (!alone).then_some("button-second"))}>
                    { texts.say(begin) }
                </button>
                <button type="button" onclick={onpostpone}
                    class={classes!("button", "button-large", alone.then_some("button-second"))}>
                    { icon(Icon::Clock, Classes::new()) }{ texts.say("gate.later") }
                </button>
            </div>
        </div>
    }
}
