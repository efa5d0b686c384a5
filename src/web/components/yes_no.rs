use yew::prelude::*;

use super::ControlProps;
use super::ids::Ids;
use crate::value::Value;
use crate::web::hooks::{use_node, use_texts};

/// Yes or no. Neither is chosen at the start: not answered is not "no".
#[component]
pub(crate) fn YesNo(props: &ControlProps) -> Html {
    let ControlProps { store, node, read_only, onchosen, .. } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    let chosen = match store.session().value(node) {
        Some(Value::Boolean(chosen)) => Some(*chosen),
        _ => None,
    };
    let option = |answer: bool, key: &str| {
        let store = store.clone();
        let onchange = move |_: Event| store.answer(node, Some(Value::Boolean(answer)));
        html! {
            <label class="choice">
                <input type="radio" name={Ids(node).group()} value={answer.to_string()}
                    checked={chosen == Some(answer)} disabled={read_only} {onchange} onclick={onchosen.clone()}
                    autocomplete="off" />
                <span>{ texts.say(key) }</span>
            </label>
        }
    };
    html! {
        <div class="choices-across">{ option(true, "answer.yes") }{ option(false, "answer.no") }</div>
    }
}
