use yew::prelude::*;

use super::{Icon, icon};
use crate::plan::Domain;
use crate::session::Override;
use crate::web::finish::state;
use crate::web::hooks::{use_texts, use_topic};
use crate::web::host::field;
use crate::web::store::{Store, Topic};

/// What [`SetLevel`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct SetLevelProps {
    /// The interview.
    pub(crate) store: Store,
    /// The area of need.
    pub(crate) domain: Domain,
    /// The level as it was worked out.
    pub(crate) computed: Option<u8>,
}

/// A level that a person sets over the one that was worked out; both are kept. Whoever sees more may raise it; to lower
/// it takes a reason and a supervisor.
#[component]
pub(crate) fn SetLevel(props: &SetLevelProps) -> Html {
    let SetLevelProps { store, domain, computed } = props;
    let (domain, computed) = (*domain, *computed);
    use_topic(store, Topic::Acts);
    let texts = use_texts();
    let set = store.acts().overrides.iter().find(|one| one.domain == domain).cloned();
    let level = use_state(|| set.as_ref().map(|set| set.level).or(computed));
    let kept = |member: fn(&Override) -> &Option<String>| {
        set.as_ref().and_then(|set| member(set).clone()).unwrap_or_default()
    };
    let reason = use_state(|| kept(|set| &set.reason));
    let supervisor = use_state(|| kept(|set| &set.supervisor));
    // An area that was not looked at is not without need: to call it so is to lower it.
    let lowers = level.is_some_and(|level| computed.map_or(level == 0, |computed| level < computed));
    let changes = *level != computed;
    let ready = changes && (!lowers || (!reason.trim().is_empty() && !supervisor.trim().is_empty()));
    let choose = |one: u8| {
        let level = level.clone();
        move |_: Event| level.set(Some(one))
    };
    let write = |into: &UseStateHandle<String>| {
        let into = into.clone();
        move |event: InputEvent| {
            if let Some(text) = field::text_of(&event) {
                into.set(text);
            }
        }
    };
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let onset = {
        let (store, level) = (store.clone(), *level);
        let (reason, supervisor) = (some(&reason), some(&supervisor));
        move |_: MouseEvent| {
            let Some(level) = level.filter(|_| ready) else { return };
            let (reason, supervisor) = (reason.clone(), supervisor.clone());
            state(&store, |acts| {
                acts.overrides.retain(|one| one.domain != domain);
                acts.overrides.push(Override { domain, level, reason, by: None, supervisor });
            });
        }
    };
    let onundo = {
        let store = store.clone();
        move |_: MouseEvent| state(&store, |acts| acts.overrides.retain(|one| one.domain != domain))
    };
    let word = domain.word();
    html! {
        <details class="advice set-level no-print">
            <summary>{ icon(Icon::Swap, Classes::new()) }<span>{ texts.say("override.open") }</span></summary>
            <div class="stack">
                <fieldset role="radiogroup">
                    <legend>{ texts.say("override.level") }</legend>
                    <div class="choices-across">
                        { for (0..=3_u8).map(|one| html! {
                            <label class="choice choice-small" key={one}>
                                <input type="radio" name={format!("level-{word}")} checked={*level == Some(one)}
                                    onchange={choose(one)} autocomplete="off" />
                                <span>{ texts.say(&format!("level.{one}")) }</span>
                            </label>
                        }) }
                    </div>
                </fieldset>
                <label>
                    { texts.say(if lowers { "override.reason-needed" } else { "override.reason" }) }
                    <textarea class="box" rows="2" value={(*reason).clone()} oninput={write(&reason)} autocomplete="off"
                        spellcheck="false" translate="no" />
                </label>
                if lowers {
                    <label>
                        { texts.say("override.supervisor") }
                        <input class="box" type="text" value={(*supervisor).clone()} oninput={write(&supervisor)}
                            autocomplete="off" spellcheck="false" translate="no" />
                    </label>
                }
                <div class="actions-inline">
                    <button type="button" class="button" onclick={onset} aria-disabled={(!ready).to_string()}>
                        { texts.say("override.set") }
                    </button>
                    if set.is_some() {
                        <button type="button" class="button button-quiet" onclick={onundo}>
                            { texts.say("override.undo") }
                        </button>
                    }
                </div>
            </div>
        </details>
    }
}
