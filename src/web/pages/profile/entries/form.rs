use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use super::field::{Field, Shown};
use super::kind::Kind;
use crate::web::hooks::{use_outcome, use_texts};
use crate::web::host::{field, focus};
use crate::web::store::{Boxes, Store};

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
    /// What was typed before, and not saved.
    pub(super) begun: Option<Boxes>,
    /// Called with what stands in the boxes, whenever something is typed; with nothing where it is what the entry says.
    pub(super) onbegin: Callback<Option<Boxes>>,
    /// Called with what is stated then.
    pub(super) onsave: Callback<Value>,
    /// Called when the form is left without saving.
    #[prop_or_default]
    pub(super) onleave: Option<Callback<Leave>>,
}

/// How a form is left without saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leave {
    /// By a key that is soon pressed: what was typed is kept.
    PutAside,
    /// By the button that says so: the entry is to stay as it was.
    GiveUp,
}

/// The boxes of an entry, for a new one or for one that is there.
///
/// They belong to whoever types: nothing is stated before it is saved, and nothing is saved in which something is wrong.
/// What is typed is kept all the same, whatever becomes of the page.
#[component]
pub(super) fn EntryForm(props: &EntryFormProps) -> Html {
    let EntryFormProps { store, kind, id, entry, begun, onbegin, onsave, onleave } = props;
    // The needs that can be chosen come from the profile.
    use_outcome(store);
    let texts = use_texts();
    let fields: Vec<&'static Field> = kind.boxes(entry.as_ref()).collect();
    let boxes: Rc<Vec<NodeRef>> = use_memo((), |()| fields.iter().map(|_| NodeRef::default()).collect());
    let problems = use_state(|| vec![None; fields.len()]);
    let stated =
        |field: &Field| entry.as_ref().map_or_else(|| field.first.to_owned(), |entry| field.text(entry));
    // A box stays of the kind that what stood in it at first asked for, whatever is typed.
    let first: Rc<Vec<String>> = use_memo((), |()| {
        let begun = |field: &Field| begun.as_ref()?.get(field.member).cloned();
        fields.iter().map(|field| begun(field).unwrap_or_else(|| stated(field))).collect()
    });
    {
        let (first, boxes) = (Rc::clone(&first), Rc::clone(&boxes));
        use_effect_with((), move |()| {
            for (element, text) in boxes.iter().zip(first.iter()) {
                if let Some(element) = element.get() {
                    field::write(&element, text);
                }
            }
        });
    }
    // What stood in the boxes when it could last be read.
    let readable = use_mut_ref(|| -> Boxes {
        fields.iter().zip(first.iter()).map(|(field, text)| (field.member.to_owned(), text.clone())).collect()
    });
    let oninput = {
        let stated: Boxes = fields.iter().map(|field| (field.member.to_owned(), stated(field))).collect();
        let (fields, boxes, onbegin) = (fields.clone(), Rc::clone(&boxes), onbegin.clone());
        move |_: InputEvent| {
            // Half a day is handed out as none: it must not be kept as if the day had been given up.
            let text = |member: &str, element: &NodeRef| {
                let element = element.get()?;
                match field::is_unreadable(&element) {
                    true => readable.borrow().get(member).cloned(),
                    false => field::read(&element),
                }
            };
            let typed = fields.iter().zip(boxes.iter());
            let typed = typed
                .filter_map(|(field, element)| Some((field.member.to_owned(), text(field.member, element)?)));
            let typed: Boxes = typed.collect();
            readable.borrow_mut().clone_from(&typed);
            let same = typed.iter().all(|(member, text)| stated.get(member) == Some(text));
            onbegin.emit(Some(typed).filter(|_| !same));
        }
    };
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
    let onkeydown = onleave.clone().map(|onleave| {
        Callback::from(move |event: KeyboardEvent| {
            // While Chinese is typed by its sounds the key takes back what was typed so far.
            if event.key() == "Escape" && !event.is_composing() {
                onleave.emit(Leave::PutAside);
            }
        })
    });
    let save_words = if entry.is_some() { "agreed.save" } else { "agreed.add" };
    html! {
        <div class="acted-body" {oninput} {onkeydown}>
            <>{ for fields.iter().enumerate().map(|(place, field)| {
                let shown = Shown {
                    id: format!("{id}-{}", field.member),
                    element: boxes.get(place).cloned().unwrap_or_default(),
                    first: first.get(place).cloned().unwrap_or_default(),
                    problem: problems.get(place).copied().flatten(),
                };
                field.draw(store, &texts, &shown)
            }) }</>
            <div class="actions-inline">
                <button type="button" class="button" onclick={save}>{ texts.say(save_words) }</button>
                if let Some(onleave) = onleave {
                    <button type="button" class="button button-second"
                        onclick={onleave.reform(|_: MouseEvent| Leave::GiveUp)}>{ texts.say("agreed.cancel") }</button>
                }
            </div>
        </div>
    }
}
