use yew::prelude::*;

/// A turning circle with words: something is going on.
pub(crate) fn waiting(text: AttrValue) -> Html {
    html! {
        <p class="waiting" role="status"><span class="spinner" aria-hidden="true"></span><span>{ text }</span></p>
    }
}
