use std::collections::BTreeSet;

use yew::prelude::*;

use super::take_back::TakeBack;
use crate::outbox::WithdrawalReason;
use crate::vault::Id;
use crate::vault::message::Listed;
use crate::web::components::{Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::use_texts;

/// What [`OutboxEarlier`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct OutboxEarlierProps {
    /// The desk.
    pub(super) desk: Desk,
    /// The interviews, each with the destinations to which it went.
    pub(super) earlier: Vec<(Listed, BTreeSet<String>)>,
}

/// Interviews that were sent, and of which this outbox holds nothing: by whoever had them before, from another tablet, or
/// taken off the list since. Whoever has them now can take them back.
#[component]
pub(super) fn OutboxEarlier(props: &OutboxEarlierProps) -> Html {
    let OutboxEarlierProps { desk, earlier } = props;
    let texts = use_texts();
    if earlier.is_empty() {
        return Html::default();
    }
    let known = desk.sending().destinations();
    let name_of = |id: &String| {
        known.iter().find(|one| one.id == *id).map_or(id.as_str(), |one| one.name(texts.tag())).to_owned()
    };
    let count = earlier.len().to_string();
    html! {
        <details class="panel-list" id="outbox-earlier">
            <summary>
                <h2 class="heading-small">{ texts.fill("outbox.earlier", &[("n", &count)]) }</h2>
                { icon(Icon::Down, "turn") }
            </summary>
            <div class="stack">
                <p class="quiet">{ texts.say("outbox.earlier-text") }</p>
                <ul class="stack">
                    { for earlier.iter().map(|(listed, to)| {
                        let names = to.iter().map(name_of).collect::<Vec<_>>().join(&*texts.say("list.join"));
                        let person = listed.head.person.clone()
                            .unwrap_or_else(|| texts.say("caseload.nobody").to_string());
                        html! {
                            <li key={listed.draft.to_string()}>
                                <article class="sheet sheet-padded stack">
                                    <div>
                                        <h3 translate="no">{ person.clone() }</h3>
                                        <p class="quiet">{ desk.title(&listed.head.form, texts.tag()) }</p>
                                    </div>
                                    <p>{ texts.fill("outbox.earlier-to", &[("names", &names)]) }</p>
                                    <TakeBack of={person} onyes={withdraw(desk, listed.draft)} />
                                </article>
                            </li>
                        }
                    }) }
                </ul>
            </div>
        </details>
    }
}

fn withdraw(desk: &Desk, draft: Id) -> Callback<WithdrawalReason> {
    let sending = desk.sending().clone();
    Callback::from(move |reason| sending.withdraw_all(draft, reason))
}
