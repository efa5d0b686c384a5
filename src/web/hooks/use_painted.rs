use yew::prelude::*;

use crate::web::host::frame::after_paint;

/// Whether the page was painted since this component came. What can wait until then lets the rest be seen sooner.
#[hook]
pub(crate) fn use_painted() -> bool {
    let painted = use_state(|| false);
    {
        let painted = painted.setter();
        use_effect_with((), move |()| {
            let waiting = after_paint(move || painted.set(true));
            move || drop(waiting)
        });
    }
    *painted
}
