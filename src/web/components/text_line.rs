use yew::prelude::*;

use super::ControlProps;
use super::ids::Ids;
use crate::web::display::BoxFormat;
use crate::web::hooks::{TextBox, use_box};

/// A line of text.
#[component]
pub(crate) fn TextLine(props: &ControlProps) -> Html {
    let ControlProps { store, node, described_by, invalid, read_only, .. } = props.clone();
    let TextBox { element, oninput, onblur, .. } = use_box(&store, node, BoxFormat::Text);
    let session = store.session();
    let question = session.plan().question(node.question());
    let placeholder = question.placeholder.as_ref().map(|text| session.text(text, node.row));
    html! {
        <input ref={element} id={Ids(node).control()} class="box" type="text" {placeholder} readonly={read_only}
            {oninput} {onblur} autocomplete="off" spellcheck="false" translate="no"
            aria-describedby={described_by} aria-invalid={invalid.then_some("true")} />
    }
}
