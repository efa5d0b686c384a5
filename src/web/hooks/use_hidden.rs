use yew::prelude::*;

use crate::web::host::hiding;

/// Whether the page is hidden behind a calendar: the component is drawn again when that changes.
#[hook]
pub(crate) fn use_hidden() -> bool {
    let hidden = use_state_eq(hiding::is_hidden);
    let set = hidden.setter();
    use_effect_with((), move |()| {
        let listener = hiding::on_change(move |hidden| set.set(hidden));
        move || drop(listener)
    });
    *hidden
}
