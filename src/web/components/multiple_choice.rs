use std::sync::Arc;

use yew::prelude::*;

use super::ControlProps;
use super::ids::Ids;
use super::picture::picture;
use super::search_choice::{MOST_SHOWN, chosen_first, fits, folded, label};
use crate::plan::Choice;
use crate::session::Node;
use crate::value::Value;
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::field;
use crate::web::store::Store;

/// Longer lists get a box to search in: up to here, looking through them is quicker.
const LONGEST_TICK_LIST: usize = 20;

/// Any of several choices, as boxes to tick. The answer keeps the order in which they are offered, so that the same
/// ticks are always the same answer. A long list gets a box above it that finds choices by any part of their words.
#[component]
pub(crate) fn MultipleChoice(props: &ControlProps) -> Html {
    let ControlProps { store, node, invalid, read_only, .. } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    let words = use_state(AttrValue::default);
    let session = store.session();
    let question = session.plan().question(node.question());
    let chosen = chosen(session.value(node));
    let offered = session.choices(node);
    let long = offered.len() > LONGEST_TICK_LIST || question.widget.as_deref() == Some("autocomplete");
    let mut choices = offered;
    if long {
        let wanted = folded(&words);
        choices
            .retain(|choice| chosen.contains(&choice.code) || fits(&label(&session, node, choice), &wanted));
        choices = chosen_first(choices, chosen);
    }
    let most = if long { MOST_SHOWN.max(chosen.len()) } else { usize::MAX };
    let more = choices.len() > most;
    let class = match question.widget.as_deref() {
        Some("cards") => "choices-cards",
        Some("buttons") => "choices-across",
        _ => "choices",
    };
    let oninput = {
        let words = words.clone();
        move |event: InputEvent| {
            if let Some(text) = field::text_of(&event) {
                words.set(text.into());
            }
        }
    };
    let tick = |choice: &Choice| {
        let onchange = {
            let (store, code) = (store.clone(), Arc::clone(&choice.code));
            move |_: Event| toggle(&store, node, &code)
        };
        html! {
            <label class="choice" key={&*choice.code}>
                <input type="checkbox" value={choice.code.to_string()} checked={chosen.contains(&choice.code)}
                    disabled={read_only} {onchange} aria-invalid={invalid.then_some("true")} autocomplete="off" />
                { picture(choice) }
                <span>{ label(&session, node, choice) }</span>
            </label>
        }
    };
    html! {
        <>
            if long {
                <input class="box search-box" id={Ids(node).control()} type="text" value={(*words).clone()} {oninput}
                    readonly={read_only} placeholder={texts.say("search.placeholder")}
                    aria-label={texts.say("search.placeholder")} autocomplete="off" spellcheck="false" translate="no" />
            }
            <div {class}>{ for choices.into_iter().take(most).map(tick) }</div>
            if more {
                <p class="hint">{ texts.say("search.more") }</p>
            }
        </>
    }
}

fn chosen(value: Option<&Value>) -> &[Arc<str>] {
    match value {
        Some(Value::Codes(codes)) => codes,
        _ => &[],
    }
}

fn toggle(store: &Store, node: Node, code: &Arc<str>) {
    let codes: Vec<Arc<str>> = {
        let session = store.session();
        let chosen = chosen(session.value(node));
        let choices = session.choices(node).into_iter().map(|choice| &choice.code);
        choices.filter(|choice| chosen.contains(choice) != (*choice == code)).cloned().collect()
    };
    store.answer(node, (!codes.is_empty()).then_some(Value::Codes(codes)));
}
