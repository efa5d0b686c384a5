//! What somebody has begun to write, in a form of the profile's page such as that of a goal, or in the boxes of a question
//! ([`typed`](super::typed)), and what is neither saved nor an answer yet. As with an answer, nothing that was typed may be lost with the page. It is kept with the draft, and no part of a record: it is in no
//! profile, and in nothing that is sent.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// What stands in the boxes of a form, by the names of the members that they state.
pub(crate) type Boxes = BTreeMap<String, String>;

/// The member that holds the form for another entry; those of entries are named by their places.
const ANOTHER: &str = "another";
/// What the member of anything else begins with, so that no name is taken for a place.
const OF: &str = "of ";
/// The list of what stands in the boxes of questions and is no answer yet.
pub(super) const TYPED: &str = "typed";

/// A form of a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// That for another entry.
    Another,
    /// That of an entry, by its key.
    Entry(u32),
    /// That of something that has a name of its own and no place, such as an alert.
    Of(String),
}

/// The forms in which something stands that is not saved, list by list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Begun(BTreeMap<String, List>);

/// Entries have no id that all of them share, and two may say the same: so each is told by a key, which goes with it
/// wherever it is moved. Those that were never moved have none yet, and count on from `next`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct List {
    keys: Vec<u32>,
    next: u32,
    forms: BTreeMap<Form, Boxes>,
}

impl Form {
    /// The form that a member holds; an entry that was never moved is told by its place.
    fn from_member(member: &str) -> Option<Self> {
        match member.strip_prefix(OF) {
            Some(name) => Some(Self::Of(name.to_owned())),
            None if member == ANOTHER => Some(Self::Another),
            None => member.parse().ok().map(Self::Entry),
        }
    }
}

impl List {
    fn key(&self, place: usize) -> u32 {
        let further = || u32::try_from(place - self.keys.len()).unwrap_or(u32::MAX);
        self.keys.get(place).copied().unwrap_or_else(|| self.next.saturating_add(further()))
    }

    fn place(&self, key: u32) -> usize {
        let known = self.keys.iter().position(|one| *one == key);
        known.unwrap_or_else(|| self.keys.len() + key.saturating_sub(self.next) as usize)
    }

    /// Gives keys to the entries up to a place.
    fn name_up_to(&mut self, place: usize) {
        while self.keys.len() <= place {
            self.keys.push(self.next);
            self.next = self.next.saturating_add(1);
        }
    }
}

impl Begun {
    /// What tells the entry at a place of a list from all others, wherever it is moved.
    pub(crate) fn key(&self, list: &str, place: usize) -> u32 {
        self.0.get(list).map_or_else(|| List::default().key(place), |list| list.key(place))
    }

    /// What stands in a form.
    pub(crate) fn boxes(&self, list: &str, form: &Form) -> Option<&Boxes> {
        self.0.get(list)?.forms.get(form)
    }

    /// The entries in whose forms something stands.
    pub(crate) fn entries(&self, list: &str) -> impl Iterator<Item = u32> {
        let forms = self.0.get(list).into_iter().flat_map(|list| list.forms.keys());
        forms.filter_map(|form| match form {
            Form::Entry(key) => Some(*key),
            Form::Another | Form::Of(_) => None,
        })
    }

    /// In how many forms something stands that somebody may take for stated.
    pub(crate) fn count(&self) -> usize {
        self.0.iter().filter(|(list, _)| *list != TYPED).map(|(_, list)| list.forms.len()).sum()
    }

    /// What stands in the forms of a list that have a name of their own.
    pub(super) fn named(&self, list: &str) -> impl Iterator<Item = (&str, &Boxes)> {
        let forms = self.0.get(list).into_iter().flat_map(|list| &list.forms);
        forms.filter_map(|(form, boxes)| match form {
            Form::Of(name) => Some((name.as_str(), boxes)),
            Form::Another | Form::Entry(_) => None,
        })
    }

    /// Gives up what stands in all but some forms of a list; whether there was any.
    pub(super) fn keep_only(&mut self, list: &str, forms: &[Form]) -> bool {
        let Some(list) = self.0.get_mut(list) else { return false };
        let before = list.forms.len();
        list.forms.retain(|form, _| forms.contains(form));
        list.forms.len() != before
    }

    /// Notes what stands in a form; nothing where it was saved, or given up.
    pub(crate) fn set(&mut self, list: &str, form: Form, boxes: Option<Boxes>) {
        if boxes.is_none() && self.boxes(list, &form).is_none() {
            return;
        }
        let list = self.0.entry(list.to_owned()).or_default();
        match boxes {
            Some(boxes) => drop(list.forms.insert(form, boxes)),
            None => drop(list.forms.remove(&form)),
        }
    }

    /// Two entries have changed places.
    pub(super) fn swap(&mut self, list: &str, place: usize, other: usize) {
        let list = self.0.entry(list.to_owned()).or_default();
        list.name_up_to(place.max(other));
        list.keys.swap(place, other);
    }

    /// An entry has been taken out.
    pub(super) fn remove(&mut self, list: &str, place: usize) {
        let list = self.0.entry(list.to_owned()).or_default();
        list.name_up_to(place);
        let key = list.keys.remove(place);
        list.forms.remove(&Form::Entry(key));
    }

    /// As it is kept: nothing where nothing was begun.
    pub(super) fn to_value(&self) -> Option<Value> {
        let forms = |(name, list): (&String, &List)| {
            let member = |form: &Form| match form {
                Form::Another => ANOTHER.to_owned(),
                Form::Entry(key) => list.place(*key).to_string(),
                Form::Of(name) => format!("{OF}{name}"),
            };
            let forms = list.forms.iter().map(|(form, boxes)| (member(form), json!(boxes)));
            let forms: Map<String, Value> = forms.collect();
            (!forms.is_empty()).then(|| (name.clone(), Value::from(forms)))
        };
        let lists: Map<String, Value> = self.0.iter().filter_map(forms).collect();
        (!lists.is_empty()).then(|| lists.into())
    }

    /// What was kept. What cannot be read of it is left out.
    pub(super) fn from_value(value: &Value) -> Self {
        let mut begun = Self::default();
        for (list, forms) in value.as_object().into_iter().flatten() {
            for (member, boxes) in forms.as_object().into_iter().flatten() {
                if let Some(form) = Form::from_member(member)
                    && let Ok(boxes) = serde_json::from_value(boxes.clone())
                {
                    begun.set(list, form, Some(boxes));
                }
            }
        }
        begun
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOALS: &str = "goals";

    fn boxes(text: &str) -> Boxes {
        Boxes::from([("text".to_owned(), text.to_owned())])
    }

    /// What is kept of a list opens with the same texts at the same places.
    fn reopened(begun: &Begun) -> Begun {
        Begun::from_value(&begun.to_value().unwrap_or_default())
    }

    #[test]
    fn what_was_begun_goes_with_its_entry_and_not_with_its_place() {
        let mut begun = Begun::default();
        let key = begun.key(GOALS, 2);
        begun.set(GOALS, Form::Entry(key), Some(boxes("third")));
        begun.set(GOALS, Form::Another, Some(boxes("another")));
        begun.swap(GOALS, 2, 1);
        assert_eq!(begun.key(GOALS, 1), key);
        begun.remove(GOALS, 0);
        assert_eq!(begun.key(GOALS, 0), key);
        // One that is added gets a key that no other has.
        let keys: Vec<u32> = (0..4).map(|place| begun.key(GOALS, place)).collect();
        assert!((1..4).all(|place| !keys[..place].contains(&keys[place])), "{keys:?}");

        let opened = reopened(&begun);
        assert_eq!(opened.boxes(GOALS, &Form::Entry(opened.key(GOALS, 0))), Some(&boxes("third")));
        assert_eq!(opened.boxes(GOALS, &Form::Another), Some(&boxes("another")));
        assert_eq!(opened.entries(GOALS).count(), 1);
        begun.remove(GOALS, 0);
        begun.set(GOALS, Form::Another, None);
        assert_eq!(begun.to_value(), None);
    }

    #[test]
    fn what_is_about_nothing_any_more_is_counted_no_longer() {
        let mut begun = Begun::default();
        let form = |name: &str| Form::Of(name.to_owned());
        for name in ["harm R1", "harm R0"] {
            begun.set("alerts", form(name), Some(boxes(name)));
        }
        begun.set(GOALS, Form::Another, Some(boxes("another")));
        assert_eq!(begun.count(), 3);
        assert!(begun.keep_only("alerts", &[form("harm R0")]));
        assert!(!begun.keep_only("alerts", &[form("harm R0")]) && !begun.keep_only("steps", &[]));
        assert_eq!((begun.count(), begun.boxes("alerts", &form("harm R1"))), (2, None));
    }

    #[test]
    fn whatever_something_is_called_it_is_not_taken_for_an_entry() {
        let mut begun = Begun::default();
        for name in ["0", ANOTHER, "of ", "", "R1 /a/0"] {
            begun.set(GOALS, Form::Of(name.to_owned()), Some(boxes(name)));
        }
        let opened = reopened(&begun);
        assert_eq!(opened, begun);
        assert_eq!(opened.boxes(GOALS, &Form::Of("0".to_owned())), Some(&boxes("0")));
        assert_eq!((opened.boxes(GOALS, &Form::Another), opened.entries(GOALS).count()), (None, 0));
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        let kept =
            json!({ "goals": { "another": 7, "first": { "text": "a" }, "1": { "text": "b" } }, "plan": [] });
        let begun = Begun::from_value(&kept);
        assert_eq!(begun.to_value(), Some(json!({ "goals": { "1": { "text": "b" } } })));
    }
}
