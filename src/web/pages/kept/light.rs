use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{failure_panel, failure_text};
use crate::vault::message::Failure;
use crate::web::components::{BusyButton, Icon, icon};
use crate::web::desk::Desk;
use crate::web::hooks::{use_busy, use_keeping, use_texts, use_writer};
use crate::web::keeping::{Access, Light, Saved, Writer};
use crate::web::route::Route;
use crate::web::store::{Damage, Store};

/// What [`Lamp`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct LampProps {
    /// The desk.
    pub(crate) desk: Desk,
}

/// In the bar: who works and whether what they write stays; the way to lock.
#[component]
pub(crate) fn Lamp(props: &LampProps) -> Html {
    let keeping = props.desk.keeping();
    use_keeping(keeping);
    let texts = use_texts();
    match keeping.access() {
        Access::Asking => Html::default(),
        // Nobody is at work, and nothing can be begun: nothing is lost by it.
        Access::Locked(tablet) if !tablet.workers.is_empty() => html! {
            <a class="lamp lamp-locked" href={Route::Unlock.href()}>
                { icon(Icon::Lock, Classes::new()) }<span>{ texts.say("lamp.locked") }</span>
            </a>
        },
        Access::NoStorage(_) | Access::Locked(_) => {
            // One that does not open need not be gone.
            let gone = matches!(keeping.access(), Access::Locked(_)) && keeping.lost().is_some();
            let word = if gone { "lamp.lost" } else { "lamp.nothing-kept" };
            html! {
                <a class="lamp lamp-red" href={Route::Unlock.href()}>
                    { icon(Icon::Warning, Classes::new()) }<span>{ texts.say(word) }</span>
                </a>
            }
        }
        Access::Open(unlocked, _) => {
            let (class, word, picture) = match keeping.health().light() {
                Light::Green => ("lamp-green", "lamp.green", Icon::Complete),
                Light::Amber => ("lamp-amber", "lamp.amber", Icon::Partly),
                Light::Red => ("lamp-red", "lamp.red", Icon::Error),
            };
            let lock = {
                let keeping = keeping.clone();
                move |_: MouseEvent| keeping.lock_all()
            };
            html! {
                <div class="lamp-group">
                    <a class={classes!("lamp", class)} href={Route::Tablet.href()}>
                        { icon(picture, Classes::new()) }<span>{ texts.say(word) }</span>
                    </a>
                    <button type="button" class="lamp lamp-lock" onclick={lock}
                        aria-label={texts.fill("lamp.lock-label", &[("name", &unlocked.name)])}>
                        { texts.say("lamp.lock") }
                    </button>
                </div>
            }
        }
    }
}

/// What [`SavedMark`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct SavedMarkProps {
    /// The interview.
    pub(crate) store: Store,
    /// Who writes it; nobody where nothing is kept.
    pub(crate) writer: Option<Writer>,
    /// The desk.
    pub(crate) desk: Desk,
    /// What of the draft could not be read.
    pub(crate) damage: Damage,
}

/// Above an interview: whether what was answered is on the disk, and whose it is. It is silent as long as it is, but for a
/// word and the name.
#[component]
pub(crate) fn SavedMark(props: &SavedMarkProps) -> Html {
    let SavedMarkProps { store, writer, desk, damage } = props;
    use_writer(writer.as_ref());
    let texts = use_texts();
    let failure = use_state(|| None::<Failure>);
    let busy = use_busy();
    let Some(writer) = writer else {
        if desk.keeping().at_work().is_some() {
            let again = {
                let (desk, store) = (desk.clone(), store.clone());
                let (failure, busy) = (failure.setter(), busy.clone());
                move |_: MouseEvent| {
                    let (desk, store, failure) = (desk.clone(), store.clone(), failure.clone());
                    busy.begin(async move { failure.set(desk.keep_now(&store).await.err()) });
                }
            };
            return html! {
                <div class="panel panel-error" role="alert" data-saved="not">
                    <h2>{ icon(Icon::Error, Classes::new()) }{ texts.say("saved.not-yet") }</h2>
                    <p>{ texts.say("saved.not-yet-text") }</p>
                    { failure_panel(&texts, failure.as_ref()) }
                    <BusyButton class="button-second" text={texts.say("interview.again")}
                        doing={texts.say("saved.writing")} working={busy.is_working()} onclick={again} />
                </div>
            };
        }
        return html! {
            <p class="saved saved-not no-print">
                { icon(Icon::Warning, Classes::new()) }<span>{ texts.say("saved.nothing") }</span>
                <a href={Route::Unlock.href()}>{ texts.say("saved.unlock") }</a>
            </p>
        };
    };
    let damaged = damage.count();
    let damage = (damaged > 0).then(|| {
        let numbers: Vec<String> = damage.numbers.iter().map(ToString::to_string).collect();
        html! {
            <div class="panel panel-error" role="alert" data-damaged={damaged.to_string()}>
                <h2>{ icon(Icon::Error, Classes::new()) }{ texts.say("saved.damaged") }</h2>
                <p>{ texts.fill("saved.damaged-text", &[("n", &damaged.to_string())]) }</p>
                if !numbers.is_empty() {
                    <p>{ texts.fill("saved.damaged-which", &[("numbers", &numbers.join(&*texts.say("list.join")))]) }</p>
                }
            </div>
        }
    });
    // Two interviews of one questionnaire look the same: whose this is, as the list calls them. On paper nobody's name is
    // wanted beside what it says, and the title is seen by others.
    let person = writer.head().person.map(|person| {
        html! {
            <span class="saved-person">
                <span class="visually-hidden">{ texts.say("saved.person") }{ " " }</span><bdi translate="no">{ person }</bdi>
            </span>
        }
    });
    let line = |saved: &'static str, picture: Icon, words: &str| {
        html! {
            <p class="saved no-print" data-saved={saved}>
                { icon(picture, Classes::new()) }<span>{ texts.say(words) }</span>{ person.clone() }
            </p>
        }
    };
    let person_alone = || person.clone().map(|person| html! { <p class="saved no-print">{ person }</p> });
    let mark = match writer.saved() {
        Saved::Kept if desk.is_adopted(store) => line("kept", Icon::Complete, "saved.kept-all"),
        Saved::Kept => line("kept", Icon::Complete, "saved.kept"),
        Saved::Writing => line("writing", Icon::Clock, "saved.writing"),
        Saved::NotKept(failure) => {
            // Whoever knows that it is the picture knows what to do about it.
            let [title, text] = if writer.lacks_only_pictures() {
                ["saved.no-picture", "saved.no-picture-text"]
            } else {
                ["saved.not", "saved.not-text"]
            };
            html! {
                <>
                    { person_alone() }
                    <div class="panel panel-error" role="alert" data-saved="not">
                        <h2>{ icon(Icon::Error, Classes::new()) }{ texts.say(title) }</h2>
                        <p>{ failure_text(&texts, &failure) }</p>
                        <p>{ texts.say(text) }</p>
                    </div>
                </>
            }
        }
        Saved::ReadOnly => {
            let take = {
                let (desk, draft, failure) = (desk.clone(), writer.draft(), failure.clone());
                move |_: MouseEvent| {
                    let (desk, failure) = (desk.clone(), failure.clone());
                    spawn_local(async move { failure.set(desk.take_over(draft).await.err()) });
                }
            };
            let left = writer.left();
            html! {
                <>
                    { person_alone() }
                    <div class="panel panel-warning" role="status" data-saved="read-only">
                        <h2>{ icon(Icon::Info, Classes::new()) }{ texts.say("saved.read-only") }</h2>
                        <p>{ texts.say("saved.read-only-text") }</p>
                        if left > 0 {
                            <p><strong>{ texts.fill("saved.read-only-left", &[("n", &left.to_string())]) }</strong></p>
                        }
                        { failure_panel(&texts, failure.as_ref()) }
                        <button type="button" class="button button-second" onclick={take}>
                            { texts.say("saved.take-over") }
                        </button>
                    </div>
                </>
            }
        }
    };
    html! { <>{ damage }{ mark }</> }
}
