use yew::prelude::*;

use super::ControlProps;
use super::control::as_list;
use super::ids::Ids;
use crate::plan::Choice;
use crate::value::Value;
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::field;

/// One of several choices: radio buttons one below the other, beside each other where the author says so, or a list
/// to pick from where there are many.
#[component]
pub(crate) fn SingleChoice(props: &ControlProps) -> Html {
    let ControlProps { store, node, described_by, invalid, read_only } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    let session = store.session();
    let plan = session.plan();
    let question = plan.question(node.question());
    let choices = session.choices(node);
    let value = session.value(node);
    let label = |choice: &Choice| session.text(&choice.label, node.row);

    if as_list(question, choices.len()) {
        let values: Vec<Value> = choices.iter().map(|choice| choice.value.clone()).collect();
        let onchange = {
            let store = store.clone();
            move |event: Event| {
                let index = field::text_of(&event).and_then(|text| text.parse::<usize>().ok());
                store.answer(node, index.and_then(|index| values.get(index).cloned()));
            }
        };
        return html! {
            <select id={Ids(node).control()} class="box" disabled={read_only} {onchange} autocomplete="off"
                aria-describedby={described_by} aria-invalid={invalid.to_string()}>
                <option value="" selected={value.is_none()}>{ texts.say("choice.none") }</option>
                { for choices.iter().enumerate().map(|(index, choice)| html! {
                    <option key={&*choice.code} value={index.to_string()} selected={value == Some(&choice.value)}>
                        { label(choice) }
                    </option>
                }) }
            </select>
        };
    }
    let across = matches!(question.widget.as_deref(), Some("buttons" | "cards" | "faces"));
    html! {
        <div class={if across { "choices-across" } else { "choices" }}>
            { for choices.iter().map(|choice| {
                let onchange = {
                    let (store, value) = (store.clone(), choice.value.clone());
                    move |_: Event| store.answer(node, Some(value.clone()))
                };
                html! {
                    <label class="choice" key={&*choice.code}>
                        <input type="radio" name={Ids(node).group()} checked={value == Some(&choice.value)}
                            disabled={read_only} {onchange} autocomplete="off" />
                        <span>{ label(choice) }</span>
                    </label>
                }
            }) }
        </div>
    }
}
