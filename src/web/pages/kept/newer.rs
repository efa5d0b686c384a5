use yew::prelude::*;

use crate::web::components::{Icon, icon, waiting};
use crate::web::hooks::use_texts;
use crate::web::host::installed;

/// How far the change to a newer version is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It waits to be wanted.
    Waits,
    /// It waits for other pages to be put away.
    Asked,
    /// Other pages stay open.
    Refused,
}

/// A newer version of the site is on the tablet, and takes its turn now if this is the only page.
#[component]
pub(super) fn Newer() -> Html {
    let texts = use_texts();
    let step = use_state(|| Step::Waits);
    let onclick = {
        let step = step.setter();
        move |_: MouseEvent| {
            step.set(Step::Asked);
            let step = step.clone();
            installed::take_newer(move || step.set(Step::Refused));
        }
    };
    html! {
        <div class="panel panel-info">
            <h2>{ texts.say("tablet.newer") }</h2>
            <p>{ texts.say("tablet.newer-text") }</p>
            if *step == Step::Refused {
                <p class="message message-warning" role="alert">
                    { icon(Icon::Warning, Classes::new()) }<span>{ texts.say("tablet.newer-refused") }</span>
                </p>
            }
            if *step == Step::Asked {
                { waiting(texts.say("tablet.newer-asking")) }
            } else {
                <button type="button" class="button" {onclick}>{ texts.say("tablet.newer-do") }</button>
            }
        </div>
    }
}
