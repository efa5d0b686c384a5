use std::collections::BTreeSet;

use serde_json::Value;
use yew::prelude::*;

use super::entries::{Entries, STRENGTH, add, answered, chosen, is_choice, words};
use crate::expression::RowId;
use crate::session::{Node, Session};
use crate::value::Value as Answer;
use crate::web::components::{Icon, icon};
use crate::web::hooks::{use_texts, use_topic};
use crate::web::host::focus;
use crate::web::store::{Store, Topic};

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
    let suggested = suggested(&store.session(), store.acts().list(STRENGTH.list));
    html! {
        <section class="sheet sheet-padded stack">
            <h2 id={STRENGTHS} tabindex="-1">{ texts.say("strengths.title") }</h2>
            <Entries store={store.clone()} kind={&STRENGTH} heading={STRENGTHS}>
                if !suggested.is_empty() {
                    <div class="suggested no-print" role="group" aria-labelledby="strengths-suggested">
                        <p id="strengths-suggested">{ texts.say("strengths.suggested") }</p>
                        <div class="chips">
                            { for suggested.into_iter().map(|Suggested { words, entry }| {
                                let key = entry.to_string();
                                let onclick = {
                                    let store = store.clone();
                                    move |_: MouseEvent| {
                                        // The button that was pressed goes from here, and stands in the list.
                                        focus::element(STRENGTHS);
                                        add(&store, &STRENGTH, entry.clone());
                                    }
                                };
                                html! {
                                    <button type="button" class="chip" {key} {onclick}>
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

/// What is offered as a strength, and how it would be stated.
struct Suggested {
    words: String,
    entry: Value,
}

/// What the person said of strengths and interests, and is not in the list yet: what they chose, each by itself, and what
/// they told in their own words. By the names of the questions, as the shipped questionnaires have them.
fn suggested(session: &Session, listed: &[Value]) -> Vec<Suggested> {
    let plan = session.plan();
    let mut found: Vec<Suggested> = Vec::new();
    for node in plan.question_ids().map(Node::form) {
        let question = node.question();
        let name = &plan.question(question).name;
        let strengths = name.contains("strength");
        match session.value(node) {
            Some(Answer::Codes(codes)) if strengths || name.contains("interest") => {
                let told = codes.iter().filter(|code| !NOTHING.contains(&&***code));
                let choices = told.filter_map(|code| plan.choice_of_code(question, code));
                let new = choices
                    .filter(|choice| !listed.iter().any(|entry| is_choice(plan, entry, question, choice)));
                found.extend(new.map(|choice| Suggested {
                    words: session.text(&choice.label, RowId::FORM),
                    entry: chosen(session, question, choice),
                }));
            }
            Some(Answer::Text(told)) if strengths && !listed.iter().any(|entry| words(entry) == **told) => {
                found.push(Suggested { words: told.to_string(), entry: answered(session, question, told) });
            }
            _ => {}
        }
    }
    let mut said = BTreeSet::new();
    found.retain(|one| said.insert(one.words.clone()));
    found
}

/// Answers to a question of many that name nothing.
const NOTHING: [&str; 2] = ["none", "other"];
