use yew::prelude::*;

use super::ControlProps;
use super::control::scale_of;
use super::face::{content_of, face};
use super::ids::Ids;
use crate::value::{Decimal, Value};
use crate::web::hooks::use_node;

/// A whole number on a short scale: radio buttons side by side, with faces over them where the author asks for them.
#[component]
pub(crate) fn Scale(props: &ControlProps) -> Html {
    let ControlProps { store, node, read_only, onchosen, .. } = props.clone();
    use_node(&store, node);
    let session = store.session();
    let question = session.plan().question(node.question());
    let Some((least, steps)) = scale_of(question) else {
        return Html::default();
    };
    let value = session.value(node);
    let widget = question.widget.as_deref();
    html! {
        <div class="scale">
            { for (0..steps).map(|step| {
                let answer = Value::Number(Decimal::from(least + i64::from(step)));
                let checked = value == Some(&answer);
                let onchange = {
                    let (store, answer) = (store.clone(), answer.clone());
                    move |_: Event| store.answer(node, Some(answer.clone()))
                };
                let content = content_of(widget, step as usize, steps as usize);
                html! {
                    <label class="choice" key={step}>
                        <input type="radio" name={Ids(node).group()} value={(least + i64::from(step)).to_string()}
                            {checked} disabled={read_only} {onchange} onclick={onchosen.clone()} autocomplete="off" />
                        if let Some(content) = content {
                            { face(content) }
                        }
                        <span>{ least + i64::from(step) }</span>
                    </label>
                }
            }) }
        </div>
    }
}
