use serde_json::{Map, Value};

use super::field::{Asked, Field};
use crate::session::Session;
use crate::web::components::Icon;
use crate::web::store::Store;
use crate::web::text::Texts;

/// In what the entries of one list differ from those of another.
pub(in crate::web::pages::profile) struct Kind {
    /// The list's name in a record.
    pub(in crate::web::pages::profile) list: &'static str,
    /// What one of them is, in ids of elements and on the hand-out.
    pub(super) name: &'static str,
    /// Whether each has an id by which others name it, and the letter with which that begins.
    pub(super) named: Option<char>,
    /// The picture before each.
    pub(super) picture: Icon,
    /// What is said where there are none.
    pub(super) none: &'static str,
    /// What opens the form for another.
    pub(super) add: &'static str,
    /// What can be said of one.
    pub(super) fields: &'static [Field],
    /// Brings one up to date before it is edited, and with what was said then: as it was before, and as it is now.
    pub(super) settle: fn(&Session, &Value, &mut Value),
    /// What it is.
    pub(super) title: fn(&Session, &Value) -> String,
    /// What more there is to say.
    pub(super) details: fn(&Store, &Texts, &Value) -> Vec<String>,
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Kind {
    /// The boxes of the form of an entry, or of a new one.
    pub(super) fn boxes(&self, entry: Option<&Value>) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(move |field| match field.asked {
            Asked::Always => true,
            Asked::Afterwards => entry.is_some(),
            Asked::WhereStated => entry.is_some_and(|entry| !field.text(entry).is_empty()),
        })
    }

    /// An entry with what the boxes say. What no box knows of stays: its id, and whatever another program has added.
    pub(super) fn stated(
        &self,
        before: Option<&Value>,
        said: impl Iterator<Item = (&'static Field, String)>,
    ) -> Value {
        let mut members = match before {
            Some(Value::Object(members)) => members.clone(),
            Some(Value::String(words)) => Map::from_iter([("text".to_owned(), words.clone().into())]),
            _ => Map::new(),
        };
        for (field, text) in said {
            match field.value(text) {
                Some(value) => drop(members.insert(field.member.to_owned(), value)),
                // What was left open is not stated.
                None => drop(members.remove(field.member)),
            }
        }
        Value::Object(members)
    }

    /// Gives a new entry an id that none of the others has.
    pub(super) fn name_it(&self, entry: &mut Value, others: &[Value]) {
        let (Some(letter), Value::Object(members)) = (self.named, entry) else { return };
        let used = |id: &String| others.iter().any(|other| other["id"] == id.as_str());
        if let Some(free) = (1..).map(|number| format!("{letter}{number}")).find(|id| !used(id)) {
            members.insert("id".to_owned(), free.into());
        }
    }
}

/// A text of an entry, where it has one.
pub(in crate::web::pages::profile) fn text<'a>(entry: &'a Value, name: &str) -> Option<&'a str> {
    entry.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// The words of an entry that is a text or an object with one.
pub(crate) fn words(entry: &Value) -> String {
    entry.as_str().or_else(|| text(entry, "text")).unwrap_or_default().to_owned()
}
