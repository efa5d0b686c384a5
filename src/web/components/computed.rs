use yew::prelude::*;

use super::ControlProps;
use crate::web::display::{Shown, shown};
use crate::web::hooks::{use_node, use_texts};

/// A value that the engine computes.
#[component]
pub(crate) fn Computed(props: &ControlProps) -> Html {
    let ControlProps { store, node, .. } = props;
    use_node(store, *node);
    let texts = use_texts();
    let value = shown(&store.session(), &texts, *node);
    match value {
        Shown::Answer(text) => html! { <p class="output">{ text }</p> },
        Shown::Absent(_) | Shown::Open => html! { <p class="quiet">{ texts.say("computed.open") }</p> },
    }
}
