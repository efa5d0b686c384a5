use std::sync::Arc;

use yew::prelude::*;

use super::ControlProps;
use crate::session::Node;
use crate::value::Value;
use crate::web::hooks::use_node;
use crate::web::store::Store;

/// Any of several choices, as boxes to tick. The answer keeps the order in which they are offered, so that the same
/// ticks are always the same answer.
#[component]
pub(crate) fn MultipleChoice(props: &ControlProps) -> Html {
    let ControlProps { store, node, invalid, read_only, .. } = props.clone();
    use_node(&store, node);
    let session = store.session();
    let chosen = chosen(session.value(node));
    html! {
        <div class="choices">
            { for session.choices(node).into_iter().map(|choice| {
                let onchange = {
                    let (store, code) = (store.clone(), Arc::clone(&choice.code));
                    move |_: Event| toggle(&store, node, &code)
                };
                html! {
                    <label class="choice" key={&*choice.code}>
                        <input type="checkbox" checked={chosen.contains(&choice.code)} disabled={read_only}
                            {onchange} aria-invalid={invalid.to_string()} autocomplete="off" />
                        <span>{ session.text(&choice.label, node.row) }</span>
                    </label>
                }
            }) }
        </div>
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
