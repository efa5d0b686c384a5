use yew::prelude::*;

use crate::web::hooks::use_texts;

/// Stands where a kind of answer cannot be taken on this page: the reasons for no answer are still offered.
#[component]
pub(crate) fn NotYet() -> Html {
    let texts = use_texts();
    html! { <p class="quiet">{ texts.say("question.not-yet") }</p> }
}
