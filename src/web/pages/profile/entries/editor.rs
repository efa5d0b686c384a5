use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use super::kind::Kind;
use crate::web::finish::state;
use crate::web::store::Store;
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
    /// The entries that are being edited, by their keys: several may be, for to begin with another is no reason to
    /// lose what was typed.
    pub(super) edited: UseStateHandle<BTreeSet<String>>,
    pub(super) news: UseStateHandle<News>,
    /// The id of what has the focus once all is drawn.
    pub(super) refocus: Rc<RefCell<Option<String>>>,
}

impl Editor {
    /// Adds an entry at the end.
    pub(super) fn add(&self, mut entry: Value) {
        self.tell("agreed.added", &entry);
        change(&self.store, self.kind, |entries| {
            self.kind.name_it(&mut entry, entries);
            entries.push(entry);
        });
    }

    /// Opens the form of an entry, or closes it.
    pub(super) fn edit(&self, key: &str, place: usize, editing: bool) {
        let mut edited = (*self.edited).clone();
        if editing {
            edited.insert(key.to_owned());
        } else {
            edited.remove(key);
            self.focus(self.id(place, "edit"));
        }
        self.edited.set(edited);
    }

    /// States an entry anew.
    pub(super) fn save(&self, key: &str, place: usize, entry: Value) {
        self.edit(key, place, false);
        self.tell("agreed.saved", &entry);
        change(&self.store, self.kind, |entries| {
            if let Some(before) = entries.get_mut(place) {
                self.store.keep_left_out(self.kind.name, before, &entry);
                *before = entry;
            }
        });
    }

    /// Lets two entries that stand one below the other change places. The button that was pressed keeps the focus.
    pub(super) fn swap(&self, place: usize, other: usize, button: &str) {
        self.focus(self.id(other, button));
        let number = (other + 1).to_string();
        if let Some(entry) = self.store.acts().list(self.kind.list).get(place) {
            self.say("agreed.moved", &[("what", &self.title(entry)), ("place", &number)]);
        }
        change(&self.store, self.kind, |entries| {
            if place.max(other) < entries.len() {
                entries.swap(place, other);
            }
        });
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
        change(&self.store, self.kind, |entries| drop(entries.remove(place)));
    }

    /// The id of a part of an entry's line.
    pub(super) fn id(&self, place: usize, part: &str) -> String {
        format!("{}-{place}-{part}", self.kind.name)
    }

    /// What an entry is.
    pub(super) fn title(&self, entry: &Value) -> String {
        (self.kind.title)(&self.store.session(), entry)
    }

    fn focus(&self, id: String) {
        *self.refocus.borrow_mut() = Some(id);
    }

    fn tell(&self, key: &str, entry: &Value) {
        self.say(key, &[("what", &self.title(entry))]);
    }

    fn say(&self, key: &str, values: &[(&str, &str)]) {
        self.news.set(News { number: self.news.number.wrapping_add(1), text: self.texts.fill(key, values) });
    }
}

/// Changes a list; the profile is assessed again with it.
pub(in crate::web::pages::profile) fn change(
    store: &Store,
    kind: &Kind,
    change: impl FnOnce(&mut Vec<Value>),
) {
    state(store, |acts| {
        let mut list = acts.list(kind.list).to_vec();
        change(&mut list);
        acts.set_list(kind.list, list);
    });
}

/// What tells entries apart wherever they stand: all that each says, and which of those it is that say the same.
pub(super) fn keys(entries: &[Value]) -> Vec<String> {
    let mut seen = BTreeMap::<String, usize>::new();
    let key = |entry: &Value| {
        let text = entry.to_string();
        let before = seen.entry(text.clone()).or_default();
        *before += 1;
        format!("{before} {text}")
    };
    entries.iter().map(key).collect()
}
