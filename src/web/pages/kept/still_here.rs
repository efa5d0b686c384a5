use yew::prelude::*;

use crate::web::components::{Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::{use_doubt, use_hidden, use_texts};

/// What [`StillHere`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct StillHereProps {
    /// The desk.
    pub(crate) desk: Desk,
}

/// Before the tablet locks itself: whether somebody is still there. Any touch or key says so, and the touch reaches what it
/// was meant for. It is told without a sound, and says nothing of what is answered; over a calendar it would say that there
/// is something else.
#[component]
pub(crate) fn StillHere(props: &StillHereProps) -> Html {
    let is_in_doubt = use_doubt(props.desk.keeping());
    let hidden = use_hidden();
    let texts = use_texts();
    html! {
        // There before it says anything: only so do screen readers tell what comes.
        <div class="still-here no-print" role="status">
            if is_in_doubt && !hidden {
                <p>{ icon(Icon::Clock, Classes::new()) }<span>{ texts.say("idle.still-here") }</span></p>
            }
        </div>
    }
}
