use yew::prelude::*;

use super::{Icon, icon};
use crate::web::text::Texts;

/// Advice for the worker, which opens in place.
pub(crate) fn advice(texts: &Texts, text: &str) -> Html {
    html! {
        <details class="advice">
            <summary>{ icon(Icon::Info, Classes::new()) }<span>{ texts.say("question.advice") }</span></summary>
            <p class="advice-text">{ text.to_owned() }</p>
        </details>
    }
}
