use std::sync::Arc;

use yew::prelude::*;

use super::ControlProps;
use super::ids::Ids;
use crate::plan::Choice;
use crate::session::{Node, Session};
use crate::value::Value;
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::{field, focus};
use crate::web::store::Store;

/// How many choices of a long list are drawn at a time: more than a person looks through.
pub(super) const MOST_SHOWN: usize = 40;

/// One of many choices: a box that finds them by any part of their words.
///
/// It follows the pattern of a combobox with a list: the focus stays in the box, the arrow keys go through what was
/// found, and only choosing changes the answer.
#[component]
pub(crate) fn SearchChoice(props: &ControlProps) -> Html {
    let ControlProps { store, node, described_by, invalid, read_only, .. } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    // Nothing: closed, and the box shows the answer.
    let search = use_state(|| None::<AttrValue>);
    let active = use_state(|| 0_usize);
    let element = use_node_ref();
    let found: Vec<(Value, AttrValue)> = match &*search {
        Some(words) => find(&store, node, words, MOST_SHOWN + 1),
        None => Vec::new(),
    };
    let more = found.len() > MOST_SHOWN;
    let shown: AttrValue = match &*search {
        Some(words) => words.clone(),
        None => store.session().answer_text(node).unwrap_or_default().into(),
    };
    {
        let (element, shown) = (element.clone(), shown.clone());
        use_effect(move || {
            if let Some(element) = element.get() {
                field::write(&element, &shown);
            }
        });
    }
    let open = {
        let (search, active) = (search.clone(), active.clone());
        move |words: &str| {
            search.set(Some(words.to_owned().into()));
            active.set(0);
        }
    };
    let choose = {
        let (store, search) = (store.clone(), search.clone());
        Callback::from(move |value: Value| {
            search.set(None);
            store.answer(node, Some(value));
        })
    };
    let oninput = {
        let open = open.clone();
        move |event: InputEvent| {
            if let Some(words) = field::text_of(&event) {
                open(&words);
            }
        }
    };
    let onclick = {
        let (open, search) = (open.clone(), search.clone());
        move |_: MouseEvent| {
            if !read_only && search.is_none() {
                open("");
            }
        }
    };
    let onblur = {
        let search = search.clone();
        move |_: FocusEvent| search.set(None)
    };
    let onkeydown = {
        let (search, active, choose) = (search.clone(), active.clone(), choose.clone());
        let values: Vec<Value> = found.iter().take(MOST_SHOWN).map(|(value, _)| value.clone()).collect();
        move |event: KeyboardEvent| match event.key().as_str() {
            _ if read_only || event.is_composing() => {}
            "ArrowDown" if search.is_none() => {
                event.prevent_default();
                open("");
            }
            "ArrowDown" => {
                event.prevent_default();
                active.set((*active + 1).min(values.len().saturating_sub(1)));
            }
            "ArrowUp" => {
                event.prevent_default();
                active.set(active.saturating_sub(1));
            }
            "Enter" => {
                if let Some(value) = values.get(*active).filter(|_| search.is_some()) {
                    event.prevent_default();
                    choose.emit(value.clone());
                }
            }
            "Escape" if search.is_some() => {
                event.prevent_default();
                search.set(None);
            }
            _ => {}
        }
    };
    let ids = Ids(node);
    let list = ids.nth(0);
    let expanded = search.is_some();
    let current = (expanded && !found.is_empty()).then(|| ids.nth(*active + 1));
    // The list scrolls along with the arrow keys.
    use_effect_with(current.clone(), |current| {
        if let Some(current) = current {
            focus::reveal(current);
        }
    });
    html! {
        <div class="search">
            <input ref={element} id={ids.control()} class="box" type="text" role="combobox" readonly={read_only}
                aria-expanded={expanded.to_string()} aria-controls={list.clone()} aria-autocomplete="list"
                aria-activedescendant={current} aria-describedby={described_by} aria-invalid={invalid.then_some("true")}
                placeholder={texts.say("search.placeholder")} {oninput} {onclick} {onblur} {onkeydown}
                autocomplete="off" spellcheck="false" translate="no" />
            <ul class="search-list" id={list} role="listbox" hidden={!expanded}
                aria-label={texts.say("search.found")}>
                { for found.iter().take(MOST_SHOWN).enumerate().map(|(index, (value, label))| {
                    let onmousedown = {
                        let (choose, value) = (choose.clone(), value.clone());
                        // Before the box loses the focus, which closes the list.
                        move |event: MouseEvent| {
                            event.prevent_default();
                            choose.emit(value.clone());
                        }
                    };
                    html! {
                        <li key={index} id={ids.nth(index + 1)} role="option" class="search-item" {onmousedown}
                            aria-selected={(index == *active).to_string()}>{ label.clone() }</li>
                    }
                }) }
            </ul>
            if expanded && (more || found.is_empty()) {
                <p class="hint" role="status">
                    { texts.say(if more { "search.more" } else { "search.nothing" }) }
                </p>
            }
        </div>
    }
}

/// The first choices that have these words in their label, in the order of the list.
fn find(store: &Store, node: Node, words: &str, most: usize) -> Vec<(Value, AttrValue)> {
    let session = store.session();
    let wanted = folded(words);
    let offered = session.choices(node).into_iter();
    offered
        .map(|choice| (choice, label(&session, node, choice)))
        .filter(|(_, label)| fits(label, &wanted))
        .take(most)
        .map(|(choice, label)| (choice.value.clone(), label.into()))
        .collect()
}

/// The words of a choice.
pub(super) fn label(session: &Session, node: Node, choice: &Choice) -> String {
    session.text(&choice.label, node.row)
}

/// Whether a label has the words in it, wherever they stand.
pub(super) fn fits(label: &str, folded_words: &str) -> bool {
    folded_words.is_empty() || folded(label).contains(folded_words)
}

/// A text as searching reads it: small letters, narrow forms, no blanks, for Chinese has none between its words.
pub(super) fn folded(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        other => other,
    };
    text.chars().map(narrow).filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The codes among which to look, in the order of the list, with those that are chosen first.
pub(super) fn chosen_first<'a>(choices: Vec<&'a Choice>, chosen: &[Arc<str>]) -> Vec<&'a Choice> {
    let (mut first, rest): (Vec<_>, Vec<_>) =
        choices.into_iter().partition(|choice| chosen.contains(&choice.code));
    first.extend(rest);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_wherever_they_stand_and_however_they_are_written() {
        for (label, words) in [
            ("布依族", "依"),
            ("布依族", " 依族 "),
            ("Old-age pension", "AGE PEN"),
            ("Ｂｏｕｙｅｉ", "bouyei"),
            ("anything", ""),
        ] {
            assert!(fits(label, &folded(words)), "{label}: {words}");
        }
        assert!(!fits("布依族", &folded("苗")));
    }
}
