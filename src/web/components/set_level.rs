use std::ops::RangeInclusive;

use yew::prelude::*;

use super::{Icon, NotSavedTag, icon, message};
use crate::diagnostic::Severity;
use crate::plan::Domain;
use crate::profile::is_void;
use crate::session::{Override, SetOver};
use crate::web::finish::state;
use crate::web::hooks::{use_refocus, use_texts, use_topic};
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
    // What the answers have overtaken says nothing any more, and nobody has agreed to it anew.
    let holds = set.as_ref().filter(|set| !is_void(set, computed));
    let boxes = use_state(|| begun(store, domain).unwrap_or_else(|| stated(holds, computed)));
    // Whoever comes back finds open what was begun.
    let open = use_memo((), |()| level_is_begun(store, domain));
    let text = |name: &str| boxes.get(name).cloned().unwrap_or_default();
    let level = level_in(&boxes);
    let lowers = is_lower(level, computed);
    let changes = level != computed;
    let some = |name: &str| Some(text(name).trim().to_owned()).filter(|text| !text.is_empty());
    // Nobody agrees to what is not asked of them.
    let (reason, supervisor) = (some(REASON), some(SUPERVISOR).filter(|_| lowers));
    let problem = |name: &str| match name {
        LEVEL if !changes => Some("override.no-change"),
        REASON if lowers && reason.is_none() => Some("override.no-reason"),
        SUPERVISOR if lowers && supervisor.is_none() => Some("override.no-supervisor"),
        _ => None,
    };
    // What is wrong is said once somebody has tried, and goes as it is mended.
    let tried = use_state(|| false);
    let wrong = |name: &str| problem(name).filter(|_| *tried);
    let said = use_state(AttrValue::default);
    let word = domain.word();
    let id = |part: &str| format!("level-{word}-{part}");
    // To set a level moves its line among the others, and takes the button along that takes it back: the focus comes
    // once all is drawn.
    let refocus = use_refocus(None);
    let write = {
        let (store, boxes, stated) = (store.clone(), boxes.clone(), stated(holds, computed));
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
        let first = [LEVEL, REASON, SUPERVISOR].into_iter().find(|name| problem(name).is_some()).map(id);
        let (tried, said, refocus, button) = (tried.clone(), said.clone(), refocus.clone(), id("set"));
        let done = level.map(|level| texts.say(&format!("level.{level}")).to_string());
        let done = texts.fill("override.done", &[("level", &done.unwrap_or_default())]);
        move |_: MouseEvent| {
            tried.set(first.is_some());
            refocus.to(first.clone().unwrap_or_else(|| button.clone()));
            let Some(level) = level.filter(|_| first.is_none()) else { return };
            said.set(done.clone());
            let (reason, supervisor) = (reason.clone(), supervisor.clone());
            let by = store.writer().map(|writer| writer.by().to_owned());
            let computed = Some(SetOver(computed));
            state(&store, |acts| {
                acts.overrides.retain(|one| one.domain != domain);
                acts.overrides.push(Override { domain, level, reason, by, supervisor, computed });
                acts.begun.set(LIST, form(domain), None);
            });
        }
    };
    // What was typed is given up with the level: it was said of that one.
    let onundo = {
        let (store, boxes) = (store.clone(), boxes.clone());
        let (tried, said, button, done) =
            (tried.clone(), said.clone(), id("set"), texts.say("override.undone"));
        move |_: MouseEvent| {
            tried.set(false);
            said.set(done.clone());
            refocus.to(button.clone());
            boxes.set(stated(None, computed));
            state(&store, |acts| {
                acts.overrides.retain(|one| one.domain != domain);
                acts.begun.set(LIST, form(domain), None);
            });
        }
    };
    let told = |name: &'static str| {
        wrong(name).map(|key| html! {
            <div id={id(&format!("{name}-error"))}>{ message(&texts, Severity::Error, texts.say(key)) }</div>
        })
    };
    let described = |name: &str| wrong(name).map(|_| id(&format!("{name}-error")));
    let invalid = |name: &str| wrong(name).map(|_| "true");
    // The first of them, where none is chosen yet.
    let focused = level.unwrap_or_default();
    html! {
        <details class="advice set-level no-print" open={*open}>
            <summary>{ icon(Icon::Swap, Classes::new()) }<span>{ texts.say("override.open") }</span>
                <NotSavedTag store={store.clone()} list={LIST} form={form(domain)} />
            </summary>
            <div class="stack">
                <fieldset role="radiogroup" aria-describedby={described(LEVEL)} aria-invalid={invalid(LEVEL)}>
                    <legend>{ texts.say("override.level") }</legend>
                    <div class="choices-across">
                        { for LEVELS.map(|one| html! {
                            <label class="choice choice-small" key={one}>
                                <input type="radio" id={(one == focused).then(|| id(LEVEL))} name={format!("level-{word}")}
                                    checked={level == Some(one)} onchange={choose(one)} autocomplete="off" />
                                <span>{ texts.say(&format!("level.{one}")) }</span>
                            </label>
                        }) }
                    </div>
                    { told(LEVEL) }
                </fieldset>
                <div class="entry-field">
                    <label for={id(REASON)}>
                        { texts.say(if lowers { "override.reason-needed" } else { "override.reason" }) }
                    </label>
                    <textarea class="box" rows="2" id={id(REASON)} value={text(REASON)} oninput={oninput(REASON)}
                        autocomplete="off" spellcheck="false" translate="no" aria-describedby={described(REASON)}
                        aria-invalid={invalid(REASON)} />
                    { told(REASON) }
                </div>
                if lowers {
                    <div class="entry-field">
                        <label for={id(SUPERVISOR)}>{ texts.say("override.supervisor") }</label>
                        <input class="box" type="text" id={id(SUPERVISOR)} value={text(SUPERVISOR)}
                            oninput={oninput(SUPERVISOR)} autocomplete="off" spellcheck="false" translate="no"
                            aria-describedby={described(SUPERVISOR)} aria-invalid={invalid(SUPERVISOR)} />
                        { told(SUPERVISOR) }
                    </div>
                }
                <div class="actions-inline">
                    <button type="button" class="button" id={id("set")} onclick={onset}>
                        { texts.say("override.set") }
                    </button>
                    if set.is_some() {
                        <button type="button" class="button button-quiet" onclick={onundo}>
                            { texts.say("override.undo") }
                        </button>
                    }
                </div>
                <p role="status" class="small">{ (*said).clone() }</p>
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
