use yew::prelude::*;

use super::ControlProps;
use super::ids::Ids;
use crate::web::display::BoxFormat;
use crate::web::hooks::{TextBox, use_box};

/// A time of day, with the browser's own control: tablets show a clock that people know.
#[component]
pub(crate) fn TimeControl(props: &ControlProps) -> Html {
    let ControlProps { store, node, described_by, invalid, read_only, .. } = props.clone();
    let TextBox { element, oninput, onblur, .. } = use_box(&store, node, BoxFormat::Time);
    html! {
        <input ref={element} id={Ids(node).control()} class="box box-time" type="time" readonly={read_only}
            {oninput} {onblur} autocomplete="off"
            aria-describedby={described_by} aria-invalid={invalid.then_some("true")} />
    }
}
