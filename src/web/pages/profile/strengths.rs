use serde_json::{Value, json};
use yew::prelude::*;

use super::entries::{Entries, STRENGTH, USABLE, add, words};
use crate::session::Node;
use crate::value::Value as Answer;
use crate::web::components::{Icon, icon};
use crate::web::display::value_text;
use crate::web::hooks::{use_texts, use_topic};
use crate::web::host::focus;
use crate::web::store::{Store, Topic};
use crate::web::text::Texts;

/// The id of the heading.
const STRENGTHS: &str = "strengths-title";

/// What [`Strengths`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct StrengthsProps {
    /// The interview.
    pub(super) store: Store,
}

/// What the person can build on: beside the needs, and added to here.
#[component]
pub(super) fn Strengths(props: &StrengthsProps) -> Html {
    let store = &props.store;
    use_topic(store, Topic::Acts);
    let texts = use_texts();
    let suggested = suggested(store, &texts, store.acts().list(STRENGTH.list));
    html! {
        <section class="sheet sheet-padded stack">
            <h2 id={STRENGTHS} tabindex="-1">{ texts.say("strengths.title") }</h2>
            <Entries store={store.clone()} kind={&STRENGTH} heading={STRENGTHS}>
                if !suggested.is_empty() {
                    <div class="suggested no-print" role="group" aria-labelledby="strengths-suggested">
                        <p id="strengths-suggested">{ texts.say("strengths.suggested") }</p>
                        <div class="chips">
                            { for suggested.into_iter().map(|words| {
                                let onclick = {
                                    let (store, words) = (store.clone(), words.to_string());
                                    move |_: MouseEvent| {
                                        // The button that was pressed goes from here, and stands in the list.
                                        focus::element(STRENGTHS);
                                        let entry = json!({ "text": words, "grade": USABLE });
                                        add(&store, &STRENGTH, entry);
                                    }
                                };
                                html! {
                                    <button type="button" class="chip" key={words.to_string()} {onclick}>
                                        { icon(Icon::Plus, Classes::new()) }<span>{ words }</span>
                                    </button>
                                }
                            }) }
                        </div>
                    </div>
                }
            </Entries>
        </section>
    }
}

/// What the person said of strengths and interests, and is not in the list yet: what they chose, each by itself, and what
/// they told in their own words. By the names of the questions, as the shipped questionnaires have them.
fn suggested(store: &Store, texts: &Texts, listed: &[Value]) -> Vec<AttrValue> {
    let session = store.session();
    let plan = session.plan();
    let mut found: Vec<AttrValue> = Vec::new();
    for node in plan.question_ids().map(Node::form) {
        let name = &plan.question(node.question()).name;
        let strengths = name.contains("strength");
        match session.value(node) {
            Some(Answer::Codes(codes)) if strengths || name.contains("interest") => {
                let told = codes.iter().filter(|code| !NOTHING.contains(&&***code));
                found.extend(
                    told.map(|code| value_text(&session, texts, node, &Answer::Codes(vec![code.clone()]))),
                );
            }
            Some(answer @ Answer::Text(_)) if strengths => {
                found.push(value_text(&session, texts, node, answer));
            }
            _ => {}
        }
    }
    found.retain(|one| !listed.iter().any(|entry| words(entry) == one.as_str()));
    found
}

/// Answers to a question of many that name nothing.
const NOTHING: [&str; 2] = ["none", "other"];
