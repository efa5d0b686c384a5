use std::sync::Arc;

use yew::prelude::*;

use super::ids::Ids;
use super::{ControlProps, Icon, icon};
use crate::plan::Choice;
use crate::session::Node;
use crate::value::Value;
use crate::web::hooks::{use_node, use_refocus, use_texts};
use crate::web::store::Store;

/// Choices put in an order: what is chosen stands above with its place, and moves by buttons that keys reach too.
#[component]
pub(crate) fn Ranking(props: &ControlProps) -> Html {
    let ControlProps { store, node, read_only, .. } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    // Moving an element in the document takes the focus from it: the button that was pressed gets it back.
    let refocus = use_refocus(None);
    let session = store.session();
    let ranked: Vec<Arc<str>> = ranked(session.value(node));
    let choices = session.choices(node);
    let button =
        |id: AttrValue, picture: Icon, label: AttrValue, codes: Option<Vec<Arc<str>>>, next: AttrValue| {
            let disabled = read_only || codes.is_none();
            let (store, refocus) = (store.clone(), refocus.clone());
            let onclick = move |_: MouseEvent| {
                if let Some(codes) = &codes {
                    refocus.to(next.clone());
                    answer(&store, node, codes);
                }
            };
            html! {
                <button type="button" class="chip chip-icon" {id} aria-label={label} {onclick}
                    aria-disabled={disabled.to_string()}>
                    { icon(picture, Classes::new()) }
                </button>
            }
        };
    let item = |place: usize, code: &Arc<str>| {
        let position = choices.iter().position(|choice| choice.code == *code).unwrap_or(usize::MAX);
        let title =
            choices.get(position).map(|choice| session.text(&choice.label, node.row)).unwrap_or_default();
        let id = |button: usize| Ids(node).nth(position.saturating_mul(4).saturating_add(button));
        let number = (place + 1).to_string();
        let say = |key: &str| texts.fill(key, &[("choice", &title), ("place", &number)]);
        let up = place.checked_sub(1).map(|above| swapped(&ranked, place, above));
        let down = (place + 1 < ranked.len()).then(|| swapped(&ranked, place, place + 1));
        let out = ranked.iter().filter(|other| *other != code).cloned().collect();
        html! {
            <li class="rank rank-in" key={&**code}>
                <span class="rank-place">{ number.clone() }</span>
                <span>{ title.clone() }</span>
                { button(id(0), Icon::Up, say("rank.up"), up, id(0)) }
                { button(id(1), Icon::Down, say("rank.down"), down, id(1)) }
                { button(id(2), Icon::Remove, say("rank.out"), Some(out), id(3)) }
            </li>
        }
    };
    let offer = |(position, choice): (usize, &&Choice)| {
        let title = session.text(&choice.label, node.row);
        let id = |button: usize| Ids(node).nth(position.saturating_mul(4).saturating_add(button));
        let codes = ranked.iter().chain([&choice.code]).cloned().collect();
        let label = texts.fill("rank.in", &[("choice", &title)]);
        let onclick = {
            let (store, refocus, next, codes): (_, _, _, Vec<Arc<str>>) =
                (store.clone(), refocus.clone(), id(2), codes);
            move |_: MouseEvent| {
                if !read_only {
                    refocus.to(next.clone());
                    answer(&store, node, &codes);
                }
            }
        };
        // The whole line is the button: the next in the order is one touch away.
        html! {
            <li class="rank" key={&*choice.code}>
                <button type="button" class="rank-add" id={id(3)} aria-label={label} {onclick}
                    aria-disabled={read_only.to_string()}>
                    { icon(Icon::Plus, Classes::new()) }<span>{ title }</span>
                </button>
            </li>
        }
    };
    let rest = choices.iter().enumerate().filter(|(_, choice)| !ranked.contains(&choice.code));
    // One list, so that a line keeps its element when it goes from one part to the other.
    let lines = ranked.iter().enumerate().map(|(place, code)| item(place, code)).chain(rest.map(offer));
    html! { <ol class="choices">{ for lines }</ol> }
}

fn ranked(value: Option<&Value>) -> Vec<Arc<str>> {
    match value {
        Some(Value::Codes(codes)) => codes.clone(),
        _ => Vec::new(),
    }
}

fn swapped(codes: &[Arc<str>], one: usize, other: usize) -> Vec<Arc<str>> {
    let mut codes = codes.to_vec();
    codes.swap(one, other);
    codes
}

fn answer(store: &Store, node: Node, codes: &[Arc<str>]) {
    store.answer(node, (!codes.is_empty()).then(|| Value::Codes(codes.to_vec())));
}
