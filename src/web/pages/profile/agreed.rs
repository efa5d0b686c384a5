use yew::prelude::*;

use super::entries::{Entries, GOAL, STEP};
use crate::web::hooks::use_texts;
use crate::web::store::Store;

/// What [`Agreed`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct AgreedProps {
    /// The interview.
    pub(super) store: Store,
}

/// What is to be reached, and what is to be done for it. Both are in the record: the profile is assessed again with
/// every change.
#[component]
pub(super) fn Agreed(props: &AgreedProps) -> Html {
    let store = &props.store;
    let texts = use_texts();
    html! {
        <section class="sheet sheet-padded stack">
            <h2>{ texts.say("agreed.title") }</h2>
            <h3 id="goals-title" tabindex="-1">{ texts.say("agreed.goals") }</h3>
            <Entries store={store.clone()} kind={&GOAL} heading="goals-title" />
            <h3 id="plan-title" tabindex="-1">{ texts.say("agreed.plan") }</h3>
            <Entries store={store.clone()} kind={&STEP} heading="plan-title" />
        </section>
    }
}
