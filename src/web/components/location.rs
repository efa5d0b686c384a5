use std::rc::Rc;

use yew::prelude::*;

use super::ids::Ids;
use super::{ControlProps, Icon, icon, message, waiting};
use crate::diagnostic::Severity;
use crate::value::Value;
use crate::web::display::{place_boxes, place_text, read_place};
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::field;
use crate::web::host::position::{self, Lost};

/// How far asking for the place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Search {
    Idle,
    Looking,
    Failed(Lost),
}

/// Where it is: asked of the tablet at a touch, or written in degrees.
#[component]
pub(crate) fn LocationControl(props: &ControlProps) -> Html {
    let ControlProps { store, node, described_by, invalid, read_only, .. } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    let search = use_state(|| Search::Idle);
    let boxes: Rc<[NodeRef; 2]> = use_memo((), |()| std::array::from_fn(|_| NodeRef::default()));
    let answer = match store.session().value(node) {
        Some(Value::Text(text)) => Some(text.to_string()),
        _ => None,
    };
    let typed = store.drafts().typed(node);
    let shown: Rc<[String]> = typed.unwrap_or_else(|| Rc::from(place_boxes(answer.as_deref())));
    {
        let boxes = Rc::clone(&boxes);
        use_effect(move || {
            let elements: Vec<_> = boxes.iter().filter_map(NodeRef::get).collect();
            if !elements.iter().any(crate::web::host::focus::is_within) {
                for (element, text) in elements.iter().zip(shown.iter()) {
                    field::write(element, text);
                }
            }
        });
    }
    let onfind = {
        let (store, search) = (store.clone(), search.clone());
        move |_: MouseEvent| {
            let (store, found) = (store.clone(), search.setter());
            search.set(Search::Looking);
            position::find(move |place| match place {
                Ok(place) => {
                    found.set(Search::Idle);
                    let text = place_text(place.latitude, place.longitude, Some(place.metres));
                    store.answer(node, Some(Value::text(text.as_str())));
                }
                Err(lost) => found.set(Search::Failed(lost)),
            });
        }
    };
    let oninput = {
        let (store, boxes) = (store.clone(), Rc::clone(&boxes));
        Callback::from(move |_: InputEvent| {
            let typed = boxes
                .each_ref()
                .map(|element| element.get().and_then(|element| field::read(&element)).unwrap_or_default());
            let [latitude, longitude] = &typed;
            match read_place(latitude, longitude) {
                Ok(value) => store.answer(node, value),
                Err(why) => store.keep_draft(node, Rc::from(typed), why),
            }
        })
    };
    let metres = answer.as_deref().and_then(crate::web::display::place_metres);
    html! {
        <div class="place">
            if !read_only {
                <button type="button" class="button button-second" onclick={onfind}
                    aria-disabled={(*search == Search::Looking).to_string()}>
                    { icon(Icon::Place, Classes::new()) }
                    { texts.say(if answer.is_some() { "place.again" } else { "place.find" }) }
                </button>
            }
            { match *search {
                Search::Idle => Html::default(),
                Search::Looking => waiting(texts.say("place.looking")),
                Search::Failed(Lost::Forbidden) => message(&texts, Severity::Error, texts.say("place.forbidden")),
                Search::Failed(Lost::NotFound) => message(&texts, Severity::Error, texts.say("place.not-found")),
            } }
            <div class="date-parts">
                { for ["place.latitude", "place.longitude"].into_iter().zip(boxes.iter()).enumerate().map(|(part, (label, element))| {
                    let id = Ids(node).nth(part);
                    html! {
                        <div class="place-part" key={part}>
                            <label for={id.clone()}>{ texts.say(label) }</label>
                            <input ref={element.clone()} {id} type="text" class="box" readonly={read_only}
                                oninput={oninput.clone()} autocomplete="off" spellcheck="false" translate="no"
                                aria-describedby={described_by.clone()} aria-invalid={invalid.then_some("true")} />
                        </div>
                    }
                }) }
            </div>
            if let Some(metres) = metres {
                <p class="hint">{ texts.fill("place.within", &[("metres", &metres)]) }</p>
            }
        </div>
    }
}
