use std::rc::Rc;

use yew::prelude::*;

use super::use_node;
use crate::session::Node;
use crate::web::display::BoxFormat;
use crate::web::host::field;
use crate::web::store::Store;

/// What a box to type in needs: put the parts where their names say.
pub(crate) struct TextBox {
    /// `ref`
    pub(crate) element: NodeRef,
    /// `oninput`
    pub(crate) oninput: Callback<InputEvent>,
    /// `onblur`
    pub(crate) onblur: Callback<FocusEvent>,
    /// Writes a text into the box as if it had been typed: for keys that the page draws itself.
    pub(crate) write: Callback<String>,
}

/// A box for the answer to a question.
///
/// The box belongs to whoever types: the text stays as it was typed, the value that it means goes to the session at
/// every keystroke, and only on leaving does the box show the value as it was understood. Text that means nothing is
/// kept beside the answers, so that it is still there when the worker comes back to it.
#[hook]
pub(crate) fn use_box(store: &Store, node: Node, format: BoxFormat) -> TextBox {
    use_node(store, node);
    let element = use_node_ref();
    let text = {
        let typed = store.drafts().typed(node);
        let value = || format.write(store.session().value(node));
        typed.and_then(|boxes| boxes.first().cloned()).unwrap_or_else(value)
    };
    {
        let element = element.clone();
        use_effect(move || {
            if let Some(element) = element.get() {
                field::write_unless_focused(&element, &text);
            }
        });
    }
    let send = {
        let store = store.clone();
        move |text: String| match format.read(&text) {
            Ok(value) => store.answer(node, value),
            Err(why) => store.keep_draft(node, Rc::from([text]), why),
        }
    };
    let write = {
        let (send, element) = (send.clone(), element.clone());
        Callback::from(move |text: String| {
            if let Some(element) = element.get() {
                field::write(&element, &text);
            }
            send(text);
        })
    };
    let oninput = {
        let send = send.clone();
        Callback::from(move |event: InputEvent| {
            if !field::is_composing(&event)
                && let Some(text) = field::text_of(&event)
            {
                send(text);
            }
        })
    };
    {
        // Yew does not know the event with which a composition ends, as when Chinese typed by its sounds is chosen.
        let element = element.clone();
        use_effect_with((store.clone(), node), move |_| {
            let listener = element.get().map(|element| field::on_composed(&element, send));
            move || drop(listener)
        });
    }
    let onblur = {
        let (store, element) = (store.clone(), element.clone());
        Callback::from(move |_: FocusEvent| {
            let understood = store.drafts().unreadable(node).is_none();
            if let Some(element) = element.get()
                && understood
            {
                let text = format.write(store.session().value(node));
                field::write(&element, &text);
            }
        })
    };
    TextBox { element, oninput, onblur, write }
}
