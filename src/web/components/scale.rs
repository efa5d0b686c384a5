use yew::prelude::*;

use super::ControlProps;
use super::control::scale_of;
use super::ids::Ids;
use crate::value::{Decimal, Value};
use crate::web::hooks::use_node;

/// A whole number on a short scale: radio buttons side by side.
#[component]
pub(crate) fn Scale(props: &ControlProps) -> Html {
    let ControlProps { store, node, read_only, .. } = props.clone();
    use_node(&store, node);
    let session = store.session();
    let Some((least, steps)) = scale_of(session.plan().question(node.question())) else {
        return Html::default();
    };
    let value = session.value(node);
    html! {
        <div class="scale">
            { for (0..steps).map(|step| {
                let answer = Value::Number(Decimal::from(least + i64::from(step)));
                let checked = value == Some(&answer);
                let onchange = {
                    let (store, answer) = (store.clone(), answer.clone());
                    move |_: Event| store.answer(node, Some(answer.clone()))
                };
                html! {
                    <label class="choice" key={step}>
                        <input type="radio" name={Ids(node).group()} {checked} disabled={read_only} {onchange}
                            autocomplete="off" />
                        <span>{ least + i64::from(step) }</span>
                    </label>
                }
            }) }
        </div>
    }
}
