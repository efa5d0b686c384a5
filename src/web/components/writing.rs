use yew::prelude::*;

use crate::web::store::Store;

/// Controls that change the interview beside its questions: where another tab writes it they are there to be read and
/// not to be used.
pub(crate) fn writing(store: &Store, controls: Html) -> Html {
    if store.only_reads() {
        html! { <fieldset class="only-read" disabled=true>{ controls }</fieldset> }
    } else {
        controls
    }
}
