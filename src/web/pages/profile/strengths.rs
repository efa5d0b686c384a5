use serde_json::{Value, json};
use yew::prelude::*;

use crate::session::Node;
use crate::value::Value as Answer;
use crate::web::components::{Icon, icon};
use crate::web::display::value_text;
use crate::web::finish::state;
use crate::web::hooks::{use_texts, use_topic};
use crate::web::host::{field, focus};
use crate::web::store::{Store, Topic};
use crate::web::text::Texts;

/// How much a strength carries.
const GRADES: [&str; 3] = ["centrepiece", "usable", "potential"];

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
    let text = use_node_ref();
    let grade = use_state(|| GRADES[1]);
    let strengths = store.acts().list("strengths").to_vec();
    let suggested = suggested(store, &texts, &strengths);
    let add = {
        let (store, text, grade) = (store.clone(), text.clone(), *grade);
        move |_: MouseEvent| {
            let Some(element) = text.get() else { return };
            let words = field::read(&element).unwrap_or_default().trim().to_owned();
            if !words.is_empty() {
                field::write(&element, "");
                change(&store, |list| list.push(json!({ "text": words, "grade": grade })));
            }
        }
    };
    let onchange = {
        let grade = grade.clone();
        move |event: Event| {
            let chosen = field::text_of(&event).unwrap_or_default();
            if let Some(known) = GRADES.into_iter().find(|known| *known == chosen) {
                grade.set(known);
            }
        }
    };
    html! {
        <section class="sheet sheet-padded stack">
            <h2 id={STRENGTHS} tabindex="-1">{ texts.say("strengths.title") }</h2>
            if strengths.is_empty() {
                <p class="quiet">{ texts.say("strengths.none") }</p>
            }
            <ul class="agreed-list">
                { for strengths.iter().enumerate().map(|(place, one)| {
                    let words = words(one);
                    let remove = {
                        let store = store.clone();
                        move |_: MouseEvent| {
                            // The button that was pressed goes with its line.
                            focus::element(STRENGTHS);
                            change(&store, |list| {
                                if place < list.len() {
                                    list.remove(place);
                                }
                            });
                        }
                    };
                    let level = one.get("grade").and_then(Value::as_str).and_then(|grade| {
                        GRADES.into_iter().find(|known| *known == grade)
                    });
                    html! {
                        <li key={format!("{place}-{words}")}>
                            { icon(Icon::Plant, Classes::new()) }
                            <span>
                                { words.clone() }
                                if let Some(level) = level {
                                    <span class="fact-detail">{ texts.say(&format!("strength.{level}")) }</span>
                                }
                            </span>
                            <button type="button" class="button button-quiet no-print" onclick={remove}
                                aria-label={texts.fill("agreed.remove-label", &[("what", &words)])}>
                                { icon(Icon::Remove, Classes::new()) }
                            </button>
                        </li>
                    }
                }) }
            </ul>
            if !suggested.is_empty() {
                <div class="suggested no-print" role="group" aria-labelledby="strengths-suggested">
                    <p id="strengths-suggested">{ texts.say("strengths.suggested") }</p>
                    <div class="chips">
                        { for suggested.into_iter().map(|words| {
                            let onclick = {
                                let (store, words, grade) = (store.clone(), words.to_string(), GRADES[1]);
                                move |_: MouseEvent| {
                                    // The button that was pressed goes from here, and stands in the list.
                                    focus::element(STRENGTHS);
                                    change(&store, |list| list.push(json!({ "text": words, "grade": grade })));
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
            <details class="acted no-print">
                <summary>{ icon(Icon::Plus, Classes::new()) }<span>{ texts.say("strengths.add") }</span></summary>
                <div class="acted-body">
                    <label for="strength-text">{ texts.say("strengths.text") }</label>
                    <input ref={text} id="strength-text" class="box" type="text" autocomplete="off"
                        spellcheck="false" translate="no" />
                    <label for="strength-grade">{ texts.say("strengths.grade") }</label>
                    <select id="strength-grade" class="box" {onchange} autocomplete="off">
                        { for GRADES.into_iter().map(|one| html! {
                            <option key={one} value={one} selected={one == *grade}>
                                { texts.say(&format!("strength.{one}")) }
                            </option>
                        }) }
                    </select>
                    <div><button type="button" class="button" onclick={add}>{ texts.say("agreed.add") }</button></div>
                </div>
            </details>
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

fn change(store: &Store, change: impl FnOnce(&mut Vec<Value>)) {
    state(store, |acts| {
        let mut list = acts.list("strengths").to_vec();
        change(&mut list);
        acts.set_list("strengths", list);
    });
}

/// The words of an entry that is a text or an object with one.
pub(crate) fn words(entry: &Value) -> String {
    let text = entry.as_str().or_else(|| entry.get("text").and_then(Value::as_str));
    text.unwrap_or_default().to_owned()
}
