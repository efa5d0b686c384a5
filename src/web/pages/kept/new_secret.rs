use yew::prelude::*;

use super::secret::Secret;
use crate::web::hooks::use_texts;
use crate::web::host::{field, focus};

/// The two boxes of a passphrase that is set. It is typed twice, for nobody sees what they type, and a slip would lock
/// them out of all that they have.
#[derive(Clone, PartialEq)]
pub(super) struct NewSecret {
    boxes: [NodeRef; 2],
    unlike: UseStateHandle<bool>,
}

/// A passphrase that is set.
#[hook]
pub(super) fn use_new_secret() -> NewSecret {
    NewSecret { boxes: [use_node_ref(), use_node_ref()], unlike: use_state(|| false) }
}

impl NewSecret {
    /// What was typed; nothing where the two differ, which is then said.
    pub(super) fn read(&self) -> Option<String> {
        let [first, again] = self
            .boxes
            .each_ref()
            .map(|element| element.get().and_then(|element| field::read(&element)).unwrap_or_default());
        self.unlike.set(first != again);
        if first != again {
            if let Some(element) = self.boxes[1].get() {
                focus::node(&element);
            }
            return None;
        }
        Some(first)
    }

    /// Empties both: what was typed does not stay in the page.
    pub(super) fn clear(&self) {
        for element in self.boxes.iter().filter_map(NodeRef::get) {
            field::write(&element, "");
        }
    }
}

/// What [`NewSecretBoxes`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct NewSecretProps {
    /// The boxes.
    pub(super) secret: NewSecret,
    /// The id of the first; that of the second ends in `-again`.
    pub(super) id: AttrValue,
    /// What it is for.
    pub(super) label: AttrValue,
    /// Called when Enter is pressed in the second.
    pub(super) onenter: Callback<()>,
}

/// The two boxes, one below the other.
#[component]
pub(super) fn NewSecretBoxes(props: &NewSecretProps) -> Html {
    let NewSecretProps { secret, id, label, onenter } = props;
    let texts = use_texts();
    let [first, again] = &secret.boxes;
    html! {
        <>
            <Secret element={first.clone()} id={id.clone()} label={label.clone()}
                hint={texts.say("worker.passphrase-hint")} />
            <Secret element={again.clone()} id={format!("{id}-again")} label={texts.say("worker.again")}
                onenter={onenter.clone()} />
            if *secret.unlike {
                <div class="panel panel-error" role="alert"><p>{ texts.say("worker.unlike") }</p></div>
            }
        </>
    }
}
