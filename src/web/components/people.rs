use yew::prelude::*;

use crate::web::hooks::{use_texts, use_topic};
use crate::web::store::{Person, Store, Topic};

/// What [`People`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct PeopleProps {
    /// The interview.
    pub(crate) store: Store,
}

/// Who is in the room beside the person and the worker: a touch says that somebody has come or gone.
#[component]
pub(crate) fn People(props: &PeopleProps) -> Html {
    let PeopleProps { store } = props;
    use_topic(store, Topic::Acts);
    let texts = use_texts();
    let present = store.in_the_room();
    html! {
        <>{ for Person::OTHERS.into_iter().map(|person| {
            let onchange = {
                let store = store.clone();
                move |_: Event| store.come_or_go(person)
            };
            html! {
                <label class="choice choice-small" key={person.code()}>
                    <input type="checkbox" checked={present.contains(&person)} {onchange} autocomplete="off" />
                    <span>{ person.text(&texts) }</span>
                </label>
            }
        }) }</>
    }
}
