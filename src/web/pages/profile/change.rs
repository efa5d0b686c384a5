use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::profile::{Change, what_would_change};
use crate::session::{Session, answer_from_json};
use crate::web::components::{Icon, icon, waiting};
use crate::web::display::{question_title, value_text};
use crate::web::hooks::use_texts;
use crate::web::host::focus;
use crate::web::store::{Outcome, Store};
use crate::web::text::Texts;

/// What [`WouldChange`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct WouldChangeProps {
    /// The interview.
    pub(super) store: Store,
    /// The id of the need.
    pub(super) need: String,
}

/// How far the search is.
#[derive(Clone, PartialEq)]
enum Search {
    NotAsked,
    Running,
    Found(Rc<[Vec<Change>]>),
}

/// Long enough for the browser to show that a search has begun.
const DRAWN_MS: u32 = 30;

/// On demand: the smallest sets of other answers with which a need would be lower or gone. The search assesses again
/// and again, so nobody waits for it who did not ask.
#[component]
pub(super) fn WouldChange(props: &WouldChangeProps) -> Html {
    let texts = use_texts();
    let search = use_state(|| Search::NotAsked);
    let id = format!("change-{}", props.need);
    let ask = {
        let (search, store, need) = (search.setter(), props.store.clone(), props.need.clone());
        let id = id.clone();
        move |_: MouseEvent| {
            // The button that was pressed gives way to what is found.
            focus::element(&id);
            search.set(Search::Running);
            let (search, store, need) = (search.clone(), store.clone(), need.clone());
            Timeout::new(DRAWN_MS, move || search.set(Search::Found(find(&store, &need).into()))).forget();
        }
    };
    let session = props.store.session();
    let content = match &*search {
        Search::NotAsked => html! {
            <button type="button" class="button button-second button-small no-print" onclick={ask}>
                { icon(Icon::Swap, Classes::new()) }{ texts.say("change.ask") }
            </button>
        },
        Search::Running => waiting(texts.say("change.running")),
        Search::Found(sets) => html! {
            <div class="would-change">
                <h5>{ texts.say("change.title") }</h5>
                if sets.is_empty() {
                    <p>{ texts.say("change.none") }</p>
                } else {
                    <ul class="dots">{ for sets.iter().map(|set| one(&session, &texts, set)) }</ul>
                }
            </div>
        },
    };
    html! { <div id={id} class="quiet-focus" tabindex="-1" role="status">{ content }</div> }
}

fn find(store: &Store, need: &str) -> Vec<Vec<Change>> {
    let Outcome::Finished(finished) = store.outcome() else { return Vec::new() };
    let plan = store.session().plan().clone();
    what_would_change(&plan, &finished.record, need).unwrap_or_default()
}

/// A set of answers, joined: all of them together.
fn one(session: &Session, texts: &Texts, set: &[Change]) -> Html {
    let answers: Vec<String> = set.iter().filter_map(|change| answer(session, texts, change)).collect();
    html! { <li>{ answers.join(&texts.say("change.and")) }</li> }
}

fn answer(session: &Session, texts: &Texts, change: &Change) -> Option<String> {
    let node = session.node_at(&change.field)?;
    let title = question_title(session, texts, node);
    let value = answer_from_json(session.plan(), node.question(), &change.value)?;
    let value = value_text(session, texts, node, &value);
    Some(texts.fill("change.answer", &[("question", &title), ("answer", &value)]).to_string())
}
