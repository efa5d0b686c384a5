use yew::prelude::*;

use super::ControlProps;
use super::control::as_list;
use super::face::{content_of, face};
use super::ids::Ids;
use super::picture::picture;
use super::search_choice::label;
use crate::plan::Choice;
use crate::value::Value;
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::field;

/// One of several choices: radio buttons one below the other, beside each other or as cards with pictures where the
/// author says so, or the browser's own list to pick from.
#[component]
pub(crate) fn SingleChoice(props: &ControlProps) -> Html {
    let ControlProps { store, node, described_by, invalid, read_only, onchosen } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    let session = store.session();
    let plan = session.plan();
    let question = plan.question(node.question());
    let choices = session.choices(node);
    let value = session.value(node);
    let label = |choice: &Choice| label(&session, node, choice);
    if choices.is_empty() && question.choice_filter.is_some() {
        return html! { <p class="quiet">{ texts.say("choice.first") }</p> };
    }
    if as_list(question) {
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
                aria-describedby={described_by} aria-invalid={invalid.then_some("true")}>
                <option value="" selected={value.is_none()}>{ texts.say("choice.none") }</option>
                <>{ for choices.iter().enumerate().map(|(index, choice)| html! {
                    <option key={&*choice.code} value={index.to_string()} selected={value == Some(&choice.value)}>
                        { label(choice) }
                    </option>
                }) }</>
            </select>
        };
    }
    let widget = question.widget.as_deref();
    let class = match widget {
        Some("cards") => "choices-cards",
        Some("faces" | "faces-worse") => "scale",
        Some("buttons" | "grid") => "choices-across",
        _ => "choices",
    };
    let steps = choices.len();
    html! {
        <div {class}>
            { for choices.iter().enumerate().map(|(step, choice)| {
                let onchange = {
                    let (store, value) = (store.clone(), choice.value.clone());
                    move |_: Event| store.answer(node, Some(value.clone()))
                };
                html! {
                    <label class="choice" key={&*choice.code}>
                        <input type="radio" name={Ids(node).group()} value={choice.code.to_string()}
                            checked={value == Some(&choice.value)} disabled={read_only} {onchange}
                            onclick={onchosen.clone()} autocomplete="off" />
                        { picture(choice) }
                        if let Some(content) = content_of(widget, step, steps) {
                            { face(content) }
                        }
                        <span>{ label(choice) }</span>
                    </label>
                }
            }) }
        </div>
    }
}
