use std::rc::Rc;

use yew::prelude::*;

use crate::json::canonical;
use crate::web::components::{Icon, NotSaved, icon};
use crate::web::hooks::use_texts;
use crate::web::host::{download, printing};
use crate::web::route::Route;
use crate::web::store::{Finished, Store};

/// What [`Keep`] is told.
#[derive(Clone, Properties)]
pub(super) struct KeepProps {
    /// The interview.
    pub(super) store: Store,
    /// What came of it.
    pub(super) finished: Rc<Finished>,
}

impl PartialEq for KeepProps {
    fn eq(&self, other: &Self) -> bool {
        self.store == other.store && Rc::ptr_eq(&self.finished, &other.finished)
    }
}

/// The ways to take the profile along: as a file, on paper, and as a page for the person.
#[component]
pub(super) fn Keep(props: &KeepProps) -> Html {
    let texts = use_texts();
    if props.store.is_preview() {
        return html! { <p class="panel panel-warning">{ texts.say("preview.text") }</p> };
    }
    html! { <Ways ..props.clone() /> }
}

/// The ways themselves.
#[component]
fn Ways(props: &KeepProps) -> Html {
    let texts = use_texts();
    let failed = use_state(|| false);
    let is_kept = props.store.writer().is_some();
    let save = |kind: &'static str| {
        let (store, finished, failed) = (props.store.clone(), Rc::clone(&props.finished), failed.setter());
        move |_: MouseEvent| failed.set(!saved(&store, &finished, kind))
    };
    let handout = Route::Handout { form: props.store.form().to_string() }.href();
    html! {
        <div class="sheet sheet-padded stack no-print">
            <h2>{ texts.say("profile.keep") }</h2>
            <p>{ texts.say(if is_kept { "profile.kept-text" } else { "profile.keep-text" }) }</p>
            <NotSaved store={props.store.clone()} />
            <div class="actions-inline">
                <button type="button" class="button button-large" onclick={save("profile")}>
                    { icon(Icon::Download, Classes::new()) }{ texts.say("profile.download") }
                </button>
                <button type="button" class="button button-second button-large" onclick={save("record")}>
                    { icon(Icon::Download, Classes::new()) }{ texts.say("profile.download-record") }
                </button>
                <a class="button button-second button-large" href={handout}>
                    { icon(Icon::Person, Classes::new()) }{ texts.say("profile.handout") }
                </a>
                <button type="button" class="button button-second button-large"
                    onclick={|_: MouseEvent| printing::print()}>
                    { icon(Icon::Print, Classes::new()) }{ texts.say("profile.print") }
                </button>
            </div>
            if *failed {
                <p class="message message-error" role="alert">{ texts.say("profile.download-failed") }</p>
            }
        </div>
    }
}

/// Hands the profile or the record to the person; whether the browser took it. The name of the file tells the form and
/// the day, and whether the second check has seen it: nothing about the person.
fn saved(store: &Store, finished: &Finished, kind: &str) -> bool {
    let date = finished.record.assessed_on;
    let mark = if finished.verified { "" } else { "-unverified" };
    let name = format!("{kind}-{}-{date}{mark}.json", store.form());
    let text = match kind {
        "profile" => format!("{}\n", finished.profile_text),
        _ => format!("{}\n", canonical::to_string(&finished.record.to_value())),
    };
    let taken = download::json(&name, &text).is_ok();
    if taken {
        store.saved();
        store.has_left(finished);
    }
    taken
}
