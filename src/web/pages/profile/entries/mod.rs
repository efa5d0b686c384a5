//! What people state on the page of the profile, entry by entry: goals, the steps of the plan, and strengths. All of
//! them are added, edited, moved and removed in the same way; a file each says in what they differ.

mod chosen;
mod editor;
mod field;
mod form;
mod goal;
mod kind;
mod line;
mod need;
mod step;
mod strength;

pub(crate) use self::chosen::strength_words;
pub(crate) use self::kind::words;
pub(crate) use self::step::step_details;

pub(super) use self::chosen::{answered, chosen, is_choice};
pub(super) use self::editor::add;
pub(super) use self::goal::GOAL;
pub(super) use self::step::STEP;
pub(super) use self::strength::STRENGTH;

use yew::prelude::*;

use self::editor::{Editor, News};
use self::form::EntryForm;
use self::kind::Kind;
use self::line::line;
use crate::web::components::{Icon, NotSavedTag, icon};
use crate::web::hooks::{use_outcome, use_refocus, use_texts, use_topic};
use crate::web::store::{Form, Store, Topic};

/// What [`Entries`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct EntriesProps {
    /// The interview.
    pub(super) store: Store,
    /// What kind of entries they are.
    pub(super) kind: &'static Kind,
    /// The id of the heading over them.
    pub(super) heading: &'static str,
    /// What stands between the entries and the form for another.
    #[prop_or_default]
    pub(super) children: Html,
}

/// A list of entries, and the form for another.
#[component]
pub(super) fn Entries(props: &EntriesProps) -> Html {
    let EntriesProps { store, kind, heading, children } = props;
    use_topic(store, Topic::Acts);
    // What an entry is for is called as the profile calls it.
    use_outcome(store);
    let texts = use_texts();
    // Whoever comes back finds open what was begun.
    let edited = use_state(|| store.acts().begun.entries(kind.list).collect());
    let adding = use_memo((), |()| store.acts().begun.boxes(kind.list, &Form::Another).is_some());
    let news = use_state(News::default);
    // Where the button would be, a form may be open.
    let refocus = use_refocus(Some(*heading));
    let said = html! { <p key={news.number}>{ news.text.clone() }</p> };
    let entries = store.acts().list(kind.list).to_vec();
    let editor = Editor { store: store.clone(), kind, heading, texts: texts.clone(), edited, news, refocus };
    let add = {
        let editor = editor.clone();
        Callback::from(move |entry| editor.add(entry))
    };
    let begin = {
        let editor = editor.clone();
        Callback::from(move |boxes| editor.begin(Form::Another, boxes))
    };
    let key = |place| store.acts().begun.key(kind.list, place);
    html! {
        <>
            if entries.is_empty() {
                <p class="quiet">{ texts.say(kind.none) }</p>
            }
            <ol class="agreed-list" aria-labelledby={*heading}>
                { for entries.iter().enumerate().map(|(place, entry)| {
                    line(&editor, key(place), place, entry, entries.len())
                }) }
            </ol>
            <>{ children.clone() }</>
            <details class="acted no-print" open={*adding}>
                <summary>{ icon(Icon::Plus, Classes::new()) }<span>{ texts.say(kind.add) }</span>
                    <NotSavedTag store={store.clone()} list={kind.list} form={Form::Another} />
                </summary>
                <EntryForm store={store.clone()} {kind} id={kind.name} begun={editor.begun(&Form::Another)} onbegin={begin}
                    onsave={add} />
            </details>
            // A key of its own makes the same news twice two pieces of news.
            <div class="visually-hidden" role="status"><>{ said }</></div>
        </>
    }
}
