use yew::prelude::*;

use super::people::People;
use super::{Icon, icon};
use crate::web::hooks::{use_texts, use_topic};
use crate::web::host::field;
use crate::web::store::{Interpreter, Store, Topic};

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
                        <People store={store.clone()} />
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
