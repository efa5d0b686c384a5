//! Which pictures are named by answers: the others need not be kept.

use std::collections::BTreeSet;

use super::Store;
use crate::expression::RowId;
use crate::session::{Command, Contents, Node};
use crate::value::Value;

/// What the id of a picture begins with.
const SHA256: &str = "sha256:";

impl Store {
    /// The pictures that something done to the interview may leave without an answer that names them.
    pub(super) fn at_stake(&self, command: &Command, answered: Option<Node>) -> BTreeSet<String> {
        let mut pictures = BTreeSet::new();
        match (command, answered) {
            (Command::RemoveRow { row }, _) => name_all(&self.session().contents(*row), &mut pictures),
            (_, Some(node)) => name(self.session().raw_value(node), &mut pictures),
            _ => {}
        }
        pictures
    }

    /// Forgets those of these pictures that no answer names: one that found no room is then not waited for.
    pub(super) fn forget_unnamed(&self, mut pictures: BTreeSet<String>) {
        if pictures.is_empty() {
            return;
        }
        // Two questions may name the same picture, and one that is not asked now may be asked again.
        let mut named = BTreeSet::new();
        name_all(&self.session().contents(RowId::FORM), &mut named);
        pictures.retain(|id| !named.contains(id));
        for id in pictures {
            self.attachments().forget(&id);
        }
    }
}

fn name(value: Option<&Value>, pictures: &mut BTreeSet<String>) {
    if let Some(Value::Text(text)) = value
        && text.starts_with(SHA256)
    {
        pictures.insert(text.to_string());
    }
}

/// All that is named in a row or in the form, by what others said too.
fn name_all(contents: &Contents, pictures: &mut BTreeSet<String>) {
    for said in contents.0.values() {
        name(said.value.as_ref(), pictures);
        for account in said.accounts.values() {
            name(account.answer(), pictures);
        }
        for (_, row) in &said.rows {
            name_all(row, pictures);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeMap;
    use std::rc::Rc;

    use super::*;
    use crate::plan::LanguageId;
    use crate::session::{Journal, World};
    use crate::value::DateTime;

    #[test]
    fn a_picture_is_kept_as_long_as_an_answer_names_it() {
        let text = r#"{
          "$schema": "../../dialect/questionnaire-1.schema.json",
          "id": "doors", "version": "1.0.0", "title": "Doors", "languages": ["en"],
          "allOf": [{ "id": "one", "title": "One", "properties": {
            "front": { "type": "string", "title": "Front", "format": "attachment" },
            "rooms": { "type": "array", "title": "Rooms", "items": { "type": "object", "properties": {
              "door": { "type": "string", "title": "Door", "format": "attachment" } } } } } }],
          "unevaluatedProperties": false
        }"#;
        let files = BTreeMap::from([("questionnaire.json".to_owned(), text.to_owned())]);
        let plan = crate::open(&files, "questionnaire.json").0.unwrap();
        let world =
            World { today: "2026-11-23".parse().unwrap(), now: DateTime::EPOCH, language: LanguageId(0) };
        let front = Node::form(plan.question_named(None, "front").unwrap());
        let rooms = Node::form(plan.question_named(None, "rooms").unwrap());
        let door = plan.question_named(Some(rooms.question()), "door").unwrap();
        let store = Store::new("doors".into(), "".into(), Journal::begin(plan, world), DateTime::EPOCH);
        store.dispatch(Command::AddRow { repeat: rooms, at: None });
        let row = *store.session().rows(rooms).last().unwrap();
        let of_row = Node::new(door, row);
        let (one, other) = ([1, 2, 3], [4, 5, 6]);
        let is_there = |bytes: &[u8]| {
            let found = Rc::new(Cell::new(false));
            let told = Rc::clone(&found);
            let id = crate::json::sha256_of(bytes);
            store.attachments().get(&id, Box::new(move |attachment| told.set(attachment.is_some())));
            found.get()
        };
        store.attach(front, "image/png", &one);
        store.attach(of_row, "image/png", &one);
        store.attach(front, "image/png", &other);
        assert!(is_there(&one) && is_there(&other), "the room names the first");
        store.dispatch(Command::RemoveRow { row });
        assert!(!is_there(&one) && is_there(&other), "nothing names the first");
        store.answer(front, None);
        assert!(!is_there(&other), "nothing names the other");
        store.attach(of_row, "image/png", &one);
        assert!(!is_there(&one), "an answer that is refused names nothing");
    }
}
