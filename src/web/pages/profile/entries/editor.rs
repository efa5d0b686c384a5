use std::collections::BTreeSet;

use serde_json::Value;
use yew::prelude::*;

use super::kind::Kind;
use crate::web::finish::state;
use crate::web::hooks::Refocus;
use crate::web::store::{Boxes, Form, Store};
use crate::web::text::Texts;

/// What was done last, for whoever cannot see it.
#[derive(Clone, Default, PartialEq)]
pub(super) struct News {
    pub(super) number: u32,
    pub(super) text: AttrValue,
}

/// What can be done with the entries of a list. Whatever is done says so, and where the focus goes.
#[derive(Clone)]
pub(super) struct Editor {
    pub(super) store: Store,
    pub(super) kind: &'static Kind,
    /// The id of the heading over them.
    pub(super) heading: &'static str,
    pub(super) texts: Texts,
    /// The entries whose forms are open, by their keys: several may be, for to begin with another is no reason to lose
    /// what was typed.
    pub(super) edited: UseStateHandle<BTreeSet<u32>>,
    pub(super) news: UseStateHandle<News>,
    /// The id of what has the focus once all is drawn.
    pub(super) refocus: Refocus,
}

impl Editor {
    /// Adds an entry at the end.
    pub(super) fn add(&self, mut entry: Value) {
        let Kind { list, .. } = *self.kind;
        self.tell("agreed.added", &entry);
        state(&self.store, |acts| {
            let mut entries = acts.list(list).to_vec();
            self.kind.name_it(&mut entry, &entries);
            entries.push(entry);
            acts.set_list(list, entries);
            acts.begun.set(list, Form::Another, None);
        });
    }

    /// Opens the form of an entry.
    pub(super) fn open(&self, key: u32, place: usize, entry: &Value) {
        let mut edited = (*self.edited).clone();
        edited.insert(key);
        self.edited.set(edited);
        if let Some(first) = self.kind.boxes(Some(entry)).next() {
            self.focus(self.id(place, first.member));
        }
    }

    fn close(&self, key: u32, place: usize) {
        let mut edited = (*self.edited).clone();
        edited.remove(&key);
        self.edited.set(edited);
        self.focus(self.id(place, "edit"));
    }

    /// Closes the form of an entry. What was typed in it stays, and its line says so.
    pub(super) fn put_aside(&self, key: u32, place: usize, entry: &Value) {
        self.close(key, place);
        if self.is_begun(key) {
            self.tell("agreed.not-saved", entry);
        }
    }

    /// Closes the form of an entry, which is to stay as it is.
    pub(super) fn give_up(&self, key: u32, place: usize) {
        self.close(key, place);
        self.begin(Form::Entry(key), None);
    }

    /// Notes what stands in a form.
    pub(super) fn begin(&self, form: Form, boxes: Option<Boxes>) {
        self.store.begin_to_state(self.kind.list, form, boxes);
    }

    /// What stands in a form and is not saved.
    pub(super) fn begun(&self, form: &Form) -> Option<Boxes> {
        self.store.acts().begun.boxes(self.kind.list, form).cloned()
    }

    /// Whether something stands in the form of an entry that is not saved.
    pub(super) fn is_begun(&self, key: u32) -> bool {
        self.store.acts().begun.boxes(self.kind.list, &Form::Entry(key)).is_some()
    }

    /// States an entry anew.
    pub(super) fn save(&self, key: u32, place: usize, entry: &Value) {
        let Kind { list, .. } = *self.kind;
        let before = self.store.acts().list(list).get(place).cloned();
        let mut entry = entry.clone();
        (self.kind.settle)(&self.store.session(), before.as_ref().unwrap_or(&Value::Null), &mut entry);
        self.close(key, place);
        self.tell("agreed.saved", &entry);
        // First what becomes of its line on the hand-out: it is printed with the profile that comes of the other.
        if let Some(before) = before {
            self.store.keep_left_out(self.kind.name, &before, &entry);
        }
        state(&self.store, |acts| {
            let mut entries = acts.list(list).to_vec();
            if let Some(before) = entries.get_mut(place) {
                *before = entry;
            }
            acts.set_list(list, entries);
            acts.begun.set(list, Form::Entry(key), None);
        });
    }

    /// Lets two entries that stand one below the other change places. The button that was pressed keeps the focus.
    pub(super) fn swap(&self, place: usize, other: usize, button: &str) {
        self.focus(self.id(other, button));
        let number = (other + 1).to_string();
        if let Some(entry) = self.store.acts().list(self.kind.list).get(place) {
            self.say("agreed.moved", &[("what", &self.title(entry)), ("place", &number)]);
        }
        state(&self.store, |acts| acts.swap_entries(self.kind.list, place, other));
    }

    /// Takes an entry out. The focus goes to the next one, or the last, for the button that was pressed goes too.
    pub(super) fn remove(&self, place: usize) {
        let entries = self.store.acts().list(self.kind.list).to_vec();
        let Some(entry) = entries.get(place) else { return };
        self.tell("agreed.removed", entry);
        self.focus(match entries.len() - 1 {
            0 => self.heading.to_owned(),
            left => self.id(place.min(left - 1), "edit"),
        });
        state(&self.store, |acts| acts.remove_entry(self.kind.list, place));
        // Entries without an id that say the same share a line.
        if !self.store.acts().list(self.kind.list).contains(entry) {
            self.store.forget_left_out(self.kind.name, entry);
        }
    }

    /// The id of a part of an entry's line.
    pub(super) fn id(&self, place: usize, part: &str) -> String {
        format!("{}-{place}-{part}", self.kind.name)
    }

    /// An entry as it is said today.
    pub(super) fn settled(&self, entry: &Value) -> Value {
        let mut settled = entry.clone();
        (self.kind.settle)(&self.store.session(), entry, &mut settled);
        settled
    }

    /// What an entry is.
    pub(super) fn title(&self, entry: &Value) -> String {
        (self.kind.title)(&self.store.session(), entry)
    }

    fn focus(&self, id: String) {
        self.refocus.to(id);
    }

    fn tell(&self, key: &str, entry: &Value) {
        self.say(key, &[("what", &self.title(entry))]);
    }

    fn say(&self, key: &str, values: &[(&str, &str)]) {
        self.news.set(News { number: self.news.number.wrapping_add(1), text: self.texts.fill(key, values) });
    }
}

/// Adds an entry that is offered ready-made; the profile is assessed again with it.
pub(in crate::web::pages::profile) fn add(store: &Store, kind: &Kind, entry: Value) {
    state(store, |acts| {
        let mut entries = acts.list(kind.list).to_vec();
        entries.push(entry);
        acts.set_list(kind.list, entries);
    });
}
