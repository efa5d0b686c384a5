use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::vault::Id;
use crate::vault::message::Failure;
use crate::web::desk::Desk;
use crate::web::hooks::use_texts;
use crate::web::host::field;

/// How long nobody must have typed until a name is noted: whoever locks before they leave the box loses no more than that.
const PAUSE_MS: u32 = 500;

/// What [`PersonName`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct PersonNameProps {
    /// The desk.
    pub(super) desk: Desk,
    /// The interview.
    pub(super) draft: Id,
    /// What the person is called now.
    pub(super) name: Option<String>,
    /// Told why another name could not be noted.
    pub(super) failed: Callback<Option<Failure>>,
}

/// The box for what the worker calls the person of an interview.
#[component]
pub(super) fn PersonName(props: &PersonNameProps) -> Html {
    let PersonNameProps { desk, draft, name, failed } = props;
    let texts = use_texts();
    let draft = *draft;
    let naming = use_mut_ref(Naming::default);
    let oninput = {
        let (desk, failed, naming) = (desk.clone(), failed.clone(), Rc::clone(&naming));
        move |event: InputEvent| {
            let name = field::text_of(&event).unwrap_or_default();
            naming.borrow_mut().typed(name.clone(), false);
            let (desk, failed, naming) = (desk.clone(), failed.clone(), Rc::clone(&naming));
            spawn_local(async move {
                TimeoutFuture::new(PAUSE_MS).await;
                // Somebody may have typed on.
                let same = naming.borrow().typed.as_ref() == Some(&name);
                if same {
                    note(&desk, draft, &naming, &failed).await;
                }
            });
        }
    };
    let onchange = {
        let (desk, failed, naming) = (desk.clone(), failed.clone(), Rc::clone(&naming));
        move |event: Event| {
            let (desk, failed, naming) = (desk.clone(), failed.clone(), Rc::clone(&naming));
            naming.borrow_mut().typed(field::text_of(&event).unwrap_or_default(), true);
            spawn_local(async move { note(&desk, draft, &naming, &failed).await });
        }
    };
    let id = format!("person-{draft}");
    let value = naming.borrow().typed.clone().or_else(|| name.clone()).unwrap_or_default();
    html! {
        <div class="field">
            <label for={id.clone()}>{ texts.say("caseload.person") }</label>
            <input {id} class="box" type="text" maxlength="80" {value} {oninput} {onchange} autocomplete="off"
                spellcheck="false" translate="no" />
        </div>
    }
}

/// A name from its first letter until it is in the list.
#[derive(Default)]
struct Naming {
    /// What stands in the box, until it was left and the list says the same: a card may be drawn anew meanwhile, since the
    /// list is read again or something was sent, and would put the name of before into the box.
    typed: Option<String>,
    /// What was noted last of it.
    noted: Option<String>,
    /// Whether the box was left since.
    left: bool,
    /// Whether something is being noted: two at once would close the draft on each other.
    busy: bool,
}

impl Naming {
    fn typed(&mut self, name: String, left: bool) {
        (self.typed, self.left) = (Some(name), left);
    }

    /// What is to be noted next; nothing where all is done.
    fn not_noted(&mut self) -> Option<String> {
        if self.typed != self.noted {
            return self.typed.clone();
        }
        if self.left {
            (self.typed, self.noted) = (None, None);
        }
        None
    }
}

/// Notes the name that stands in the box, and goes on until it is the one that was noted last, or one cannot be noted: that
/// is told, and tried again with the next letter.
async fn note(desk: &Desk, draft: Id, naming: &RefCell<Naming>, failed: &Callback<Option<Failure>>) {
    if std::mem::replace(&mut naming.borrow_mut().busy, true) {
        // Whoever is at it looks again.
        return;
    }
    let next = || naming.borrow_mut().not_noted();
    while let Some(name) = next() {
        let why = desk.name_person(draft, name.clone()).await.err();
        let has_failed = why.is_some();
        failed.emit(why);
        if has_failed {
            break;
        }
        naming.borrow_mut().noted = Some(name);
    }
    naming.borrow_mut().busy = false;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_its_box_until_it_was_left_and_is_in_the_list() {
        let mut naming = Naming::default();
        assert_eq!(naming.not_noted(), None);
        naming.typed("Ma ".to_owned(), false);
        assert_eq!(naming.not_noted().as_deref(), Some("Ma "));
        naming.noted = naming.not_noted();
        assert_eq!((naming.not_noted(), naming.typed.as_deref()), (None, Some("Ma ")), "somebody types on");
        naming.typed("Ma Lan".to_owned(), true);
        assert_eq!(naming.not_noted().as_deref(), Some("Ma Lan"), "not noted, it stands there still");
        naming.noted = naming.not_noted();
        assert_eq!((naming.not_noted(), naming.typed), (None, None));
    }
}
