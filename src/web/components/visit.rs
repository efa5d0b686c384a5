use std::collections::BTreeSet;

use yew::prelude::*;

use super::{Icon, icon};
use crate::web::hooks::{use_texts, use_topic};
use crate::web::host::field;
use crate::web::store::{Interpreter, Person, Store, Topic};

/// What [`Visit`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct VisitProps {
    /// The interview.
    pub(crate) store: Store,
}

/// Who is in the room and who interprets: it changes while people come and go, so it is never further than a touch.
#[component]
pub(crate) fn Visit(props: &VisitProps) -> Html {
    let VisitProps { store } = props;
    use_topic(store, Topic::Acts);
    let texts = use_texts();
    let interpreter = store.acts().interpreter();
    let others: BTreeSet<Person> = store.present().unwrap_or_default();
    let toggle = |person: Person| {
        let (store, others) = (store.clone(), others.clone());
        move |_: Event| {
            let mut changed: BTreeSet<Person> = others.clone();
            changed.extend([Person::Subject, Person::Worker]);
            if !changed.remove(&person) {
                changed.insert(person);
            }
            store.say_present(changed);
        }
    };
    let oninterpreter = {
        let store = store.clone();
        move |event: Event| {
            let code = field::text_of(&event).unwrap_or_default();
            if let Some(chosen) = Interpreter::ALL.into_iter().find(|one| one.code() == code) {
                store.say_interpreter(chosen);
            }
        }
    };
    html! {
        <details class="sheet visit">
            <summary class="sections-toggle">
                <span>{ texts.say("visit.title") }</span>{ icon(Icon::Down, "turn") }
            </summary>
            <div class="visit-body stack">
                <fieldset>
                    <legend>{ texts.say("gate.who") }</legend>
                    <div class="choices-across">
                        { for Person::OTHERS.into_iter().map(|person| html! {
                            <label class="choice choice-small" key={person.code()}>
                                <input type="checkbox" checked={others.contains(&person)} onchange={toggle(person)}
                                    autocomplete="off" />
                                <span>{ person.text(&texts) }</span>
                            </label>
                        }) }
                    </div>
                </fieldset>
                <label>
                    { texts.say("visit.interpreter") }
                    <select class="box" onchange={oninterpreter} autocomplete="off">
                        <option value="" selected={interpreter.is_none()}>{ texts.say("choice.none") }</option>
                        <>{ for Interpreter::ALL.into_iter().map(|one| html! {
                            <option key={one.code()} value={one.code()} selected={interpreter == Some(one)}>
                                { one.text(&texts) }
                            </option>
                        }) }</>
                    </select>
                </label>
            </div>
        </details>
    }
}
