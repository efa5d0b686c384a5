use std::ops::RangeInclusive;

use yew::prelude::*;

use super::{Icon, NotSavedTag, icon};
use crate::plan::Domain;
use crate::session::Override;
use crate::web::finish::state;
use crate::web::hooks::{use_texts, use_topic};
use crate::web::host::field;
use crate::web::store::{Boxes, Form, Store, Topic};

/// The list of what was typed and not saved.
const LIST: &str = "overrides";
const LEVEL: &str = "level";
const REASON: &str = "reason";
const SUPERVISOR: &str = "supervisor";

/// The levels that there are.
const LEVELS: RangeInclusive<u8> = 0..=3;

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
    let boxes = use_state(|| begun(store, domain).unwrap_or_else(|| stated(set.as_ref(), computed)));
    // Whoever comes back finds open what was begun.
    let open = use_memo((), |()| level_is_begun(store, domain));
    let text = |name: &str| boxes.get(name).cloned().unwrap_or_default();
    let level = level_in(&boxes);
    let lowers = is_lower(level, computed);
    let changes = level != computed;
    let some = |name: &str| Some(text(name).trim().to_owned()).filter(|text| !text.is_empty());
    // Nobody agrees to what is not asked of them.
    let (reason, supervisor) = (some(REASON), some(SUPERVISOR).filter(|_| lowers));
    let ready = changes && (!lowers || (reason.is_some() && supervisor.is_some()));
    let write = {
        let (store, boxes, stated) = (store.clone(), boxes.clone(), stated(set.as_ref(), computed));
        Callback::from(move |(name, text): (&'static str, String)| {
            let mut written = (*boxes).clone();
            written.insert(name.to_owned(), text);
            let lowers = is_lower(level_in(&written), computed);
            let mut seen = written.iter().filter(|(name, _)| lowers || *name != SUPERVISOR);
            let same =
                seen.all(|(name, text)| stated.get(name).is_some_and(|stated| stated.trim() == text.trim()));
            store.begin_to_state(LIST, form(domain), Some(written.clone()).filter(|_| !same));
            boxes.set(written);
        })
    };
    let choose = |one: u8| write.reform(move |_: Event| (LEVEL, one.to_string()));
    let oninput = |name| {
        let write = write.clone();
        move |event: InputEvent| {
            if let Some(text) = field::text_of(&event) {
                write.emit((name, text));
            }
        }
    };
    let onset = {
        let store = store.clone();
        let (reason, supervisor) = (reason.clone(), supervisor.clone());
        move |_: MouseEvent| {
            let Some(level) = level.filter(|_| ready) else { return };
            let (reason, supervisor) = (reason.clone(), supervisor.clone());
            state(&store, |acts| {
                acts.overrides.retain(|one| one.domain != domain);
                acts.overrides.push(Override { domain, level, reason, by: None, supervisor });
                acts.begun.set(LIST, form(domain), None);
            });
        }
    };
    // What was typed is given up with the level: it was said of that one.
    let onundo = {
        let (store, boxes) = (store.clone(), boxes.clone());
        move |_: MouseEvent| {
            boxes.set(stated(None, computed));
            state(&store, |acts| {
                acts.overrides.retain(|one| one.domain != domain);
                acts.begun.set(LIST, form(domain), None);
            });
        }
    };
    let word = domain.word();
    html! {
        <details class="advice set-level no-print" open={*open}>
            <summary>{ icon(Icon::Swap, Classes::new()) }<span>{ texts.say("override.open") }</span>
                <NotSavedTag store={store.clone()} list={LIST} form={form(domain)} />
            </summary>
            <div class="stack">
                <fieldset role="radiogroup">
                    <legend>{ texts.say("override.level") }</legend>
                    <div class="choices-across">
                        { for LEVELS.map(|one| html! {
                            <label class="choice choice-small" key={one}>
                                <input type="radio" name={format!("level-{word}")} checked={level == Some(one)}
                                    onchange={choose(one)} autocomplete="off" />
                                <span>{ texts.say(&format!("level.{one}")) }</span>
                            </label>
                        }) }
                    </div>
                </fieldset>
                <label>
                    { texts.say(if lowers { "override.reason-needed" } else { "override.reason" }) }
                    <textarea class="box" rows="2" value={text(REASON)} oninput={oninput(REASON)} autocomplete="off"
                        spellcheck="false" translate="no" />
                </label>
                if lowers {
                    <label>
                        { texts.say("override.supervisor") }
                        <input class="box" type="text" value={text(SUPERVISOR)} oninput={oninput(SUPERVISOR)}
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

/// Whether something stands in the form of an area that is not saved.
pub(crate) fn level_is_begun(store: &Store, domain: Domain) -> bool {
    begun(store, domain).is_some()
}

fn begun(store: &Store, domain: Domain) -> Option<Boxes> {
    store.acts().begun.boxes(LIST, &form(domain)).cloned()
}

fn form(domain: Domain) -> Form {
    Form::Of(domain.to_string())
}

fn level_in(boxes: &Boxes) -> Option<u8> {
    boxes.get(LEVEL)?.parse().ok().filter(|level| LEVELS.contains(level))
}

/// An area that was not looked at is not without need: to call it so is to lower it.
fn is_lower(level: Option<u8>, computed: Option<u8>) -> bool {
    level.is_some_and(|level| computed.map_or(level == 0, |computed| level < computed))
}

/// What stands in the boxes where nobody has typed.
fn stated(set: Option<&Override>, computed: Option<u8>) -> Boxes {
    let level = set.map(|set| set.level).or(computed).map(|level| level.to_string());
    let kept = |member: fn(&Override) -> &Option<String>| set.and_then(|set| member(set).clone());
    let texts =
        [(LEVEL, level), (REASON, kept(|set| &set.reason)), (SUPERVISOR, kept(|set| &set.supervisor))];
    texts.into_iter().map(|(name, text)| (name.to_owned(), text.unwrap_or_default())).collect()
}
