use yew::prelude::*;

use crate::plan::Choice;

/// The picture of a choice, where the author drew one: lines on a grid of 24, in the colour of the text beside it. The
/// words say the same, so it is hidden from screen readers.
pub(super) fn picture(choice: &Choice) -> Html {
    let Some(lines) = &choice.picture else { return Html::default() };
    html! {
        <svg class="picture" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={lines.to_string()} />
        </svg>
    }
}
