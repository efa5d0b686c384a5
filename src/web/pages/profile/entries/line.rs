use serde_json::Value;
use yew::prelude::*;

use super::editor::Editor;
use super::form::{EntryForm, Leave};
use crate::diagnostic::Severity;
use crate::web::components::{Icon, icon, message};
use crate::web::store::Form;

/// An entry with its buttons, or its form while it is edited.
pub(super) fn line(editor: &Editor, key: u32, place: usize, entry: &Value, count: usize) -> Html {
    let (store, kind, texts) = (&editor.store, editor.kind, &editor.texts);
    if editor.edited.contains(&key) {
        let save = {
            let editor = editor.clone();
            Callback::from(move |entry: Value| editor.save(key, place, &entry))
        };
        let begin = {
            let editor = editor.clone();
            Callback::from(move |boxes| editor.begin(Form::Entry(key), boxes))
        };
        let leave = {
            let (editor, entry) = (editor.clone(), entry.clone());
            Callback::from(move |leave| match leave {
                Leave::PutAside => editor.put_aside(key, place, &entry),
                Leave::GiveUp => editor.give_up(key, place),
            })
        };
        return html! {
            <li {key} class="agreed-edited">
                <div class="no-print">
                    <EntryForm store={store.clone()} {kind} id={format!("{}-{place}", kind.name)}
                        entry={editor.settled(entry)} begun={editor.begun(&Form::Entry(key))} onbegin={begin} onsave={save}
                        onleave={leave} />
                </div>
                // On paper stands what is agreed, and not what somebody is about to write.
                <div class="print-only">{ said(editor, entry, false) }</div>
            </li>
        };
    }
    let title = editor.title(entry);
    let number = (place + 1).to_string();
    let say = |key: &str| texts.fill(key, &[("what", &title), ("place", &number)]);
    let step = |button: &'static str, picture: Icon, label: AttrValue, other: Option<usize>| {
        let editor = editor.clone();
        let id = editor.id(place, button);
        let disabled = other.is_none();
        let onclick = move |_: MouseEvent| {
            if let Some(other) = other {
                editor.swap(place, other, button);
            }
        };
        html! {
            <button type="button" class="chip chip-icon" {id} aria-label={label} {onclick}
                aria-disabled={disabled.to_string()}>
                { icon(picture, Classes::new()) }
            </button>
        }
    };
    let edit = {
        let (editor, entry) = (editor.clone(), entry.clone());
        move |_: MouseEvent| editor.open(key, place, &entry)
    };
    let remove = {
        let editor = editor.clone();
        move |_: MouseEvent| editor.remove(place)
    };
    html! {
        <li {key}>
            { icon(kind.picture, Classes::new()) }
            { said(editor, entry, editor.is_begun(key)) }
            <div class="agreed-buttons no-print">
                <button type="button" class="button button-quiet" id={editor.id(place, "edit")} onclick={edit}
                    aria-label={say("agreed.edit-label")}>{ texts.say("agreed.edit") }</button>
                if count > 1 {
                    { step("up", Icon::Up, say("agreed.up"), place.checked_sub(1)) }
                    { step("down", Icon::Down, say("agreed.down"), Some(place + 1).filter(|below| *below < count)) }
                }
                <button type="button" class="button button-quiet" onclick={remove}
                    aria-label={texts.fill("agreed.remove-label", &[("what", &title)])}>
                    { icon(Icon::Remove, Classes::new()) }
                </button>
            </div>
        </li>
    }
}

/// What an entry says, and whether there is more that was typed and not saved.
fn said(editor: &Editor, entry: &Value, begun: bool) -> Html {
    let texts = &editor.texts;
    let details = (editor.kind.details)(&editor.store, texts, entry);
    html! {
        <div class="agreed-words">
            { editor.title(entry) }
            <>{ for details.into_iter().map(|detail| html! { <span class="fact-detail">{ detail }</span> }) }</>
            if begun {
                <div class="no-print">{ message(texts, Severity::Warning, texts.say("agreed.begun")) }</div>
            }
        </div>
    }
}
