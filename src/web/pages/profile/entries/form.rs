use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use super::field::{Field, Shown};
use super::kind::Kind;
use crate::web::hooks::{use_outcome, use_texts};
use crate::web::host::{field, focus};
use crate::web::store::Store;

/// What [`EntryForm`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct EntryFormProps {
    /// The interview.
    pub(super) store: Store,
    /// What kind of entry it is.
    pub(super) kind: &'static Kind,
    /// What the ids of its boxes begin with.
    pub(super) id: String,
    /// The entry that is edited; none for a new one.
    #[prop_or_default]
    pub(super) entry: Option<Value>,
    /// Called with what is stated then.
    pub(super) onsave: Callback<Value>,
    /// Called when it is to stay as it was.
    #[prop_or_default]
    pub(super) oncancel: Option<Callback<()>>,
}

/// The boxes of an entry, for a new one or for one that is there.
///
/// They belong to whoever types: nothing is stated before it is saved, and nothing is saved in which something is wrong.
#[component]
pub(super) fn EntryForm(props: &EntryFormProps) -> Html {
    let EntryFormProps { store, kind, id, entry, onsave, oncancel } = props;
    // The needs that can be chosen come from the profile.
    use_outcome(store);
    let texts = use_texts();
    let editing = entry.is_some();
    let fields: Vec<&'static Field> = kind.boxes(entry.as_ref()).collect();
    let boxes: Rc<Vec<NodeRef>> = use_memo((), |()| fields.iter().map(|_| NodeRef::default()).collect());
    let problems = use_state(|| vec![None; fields.len()]);
    let stated =
        |field: &Field| entry.as_ref().map_or_else(|| field.first.to_owned(), |entry| field.text(entry));
    {
        let texts: Vec<String> = fields.iter().map(|field| stated(field)).collect();
        let boxes = Rc::clone(&boxes);
        use_effect_with((), move |()| {
            let elements = boxes.iter().map(NodeRef::get);
            for (element, text) in
                elements.clone().zip(&texts).filter_map(|(element, text)| Some((element?, text)))
            {
                field::write(&element, text);
            }
            if let Some(first) = elements.flatten().next().filter(|_| editing) {
                focus::node(&first);
            }
        });
    }
    // What is wrong is told by the box that has the focus, so it must be drawn before the focus comes.
    let wrong = use_mut_ref(|| None::<usize>);
    {
        let (wrong, boxes) = (wrong.clone(), Rc::clone(&boxes));
        use_effect(move || {
            if let Some(element) = wrong.take().and_then(|place| boxes.get(place)?.get()) {
                focus::node(&element);
            }
        });
    }
    let save = {
        let (kind, entry, onsave, fields) = (*kind, entry.clone(), onsave.clone(), fields.clone());
        let (boxes, problems) = (Rc::clone(&boxes), problems.clone());
        move |_: MouseEvent| {
            let texts = boxes.iter().map(|element| Some(field::read(&element.get()?)?.trim().to_owned()));
            let texts: Vec<Option<String>> = texts.collect();
            let said = || fields.iter().copied().zip(&texts).map(|(field, text)| (field, text.as_deref()));
            let found: Vec<Option<&'static str>> = said()
                .zip(boxes.iter())
                .map(|((field, text), element)| field.problem(element, text?, entry.as_ref()))
                .collect();
            *wrong.borrow_mut() = found.iter().position(Option::is_some);
            if wrong.borrow().is_none() {
                if entry.is_none() {
                    for (element, field) in boxes.iter().zip(&fields) {
                        if let Some(element) = element.get() {
                            field::write(&element, field.first);
                        }
                    }
                }
                let said = said().filter_map(|(field, text)| Some((field, text?.to_owned())));
                onsave.emit(kind.stated(entry.as_ref(), said));
            }
            problems.set(found);
        }
    };
    let onkeydown = oncancel.clone().map(|oncancel| {
        Callback::from(move |event: KeyboardEvent| {
            // While Chinese is typed by its sounds the key takes back what was typed so far.
            if event.key() == "Escape" && !event.is_composing() {
                oncancel.emit(());
            }
        })
    });
    let save_words = if editing { "agreed.save" } else { "agreed.add" };
    html! {
        <div class="acted-body" {onkeydown}>
            <>{ for fields.iter().enumerate().map(|(place, field)| {
                let shown = Shown {
                    id: format!("{id}-{}", field.member),
                    element: boxes.get(place).cloned().unwrap_or_default(),
                    stated: stated(field),
                    problem: problems.get(place).copied().flatten(),
                };
                field.draw(store, &texts, &shown)
            }) }</>
            <div class="actions-inline">
                <button type="button" class="button" onclick={save}>{ texts.say(save_words) }</button>
                if let Some(oncancel) = oncancel {
                    <button type="button" class="button button-second"
                        onclick={oncancel.reform(|_: MouseEvent| ())}>{ texts.say("agreed.cancel") }</button>
                }
            </div>
        </div>
    }
}
