//! What rows, and the questions in them, are called where they do not stand in their place.

use yew::AttrValue;

use crate::expression::RowId;
use crate::session::{Node, Session};
use crate::web::text::Texts;

/// How a row is called at its place: as the author says, or by its number.
pub(crate) fn row_title(
    session: &Session,
    texts: &Texts,
    repeat: Node,
    row: RowId,
    index: usize,
) -> AttrValue {
    session.row_name(repeat, row).map_or_else(|| by_number(texts, "rows.title", "", index), AttrValue::from)
}

/// A question by its title, after the rows in which it stands: away from them, "How much help is needed?" does not say
/// whose.
pub(crate) fn question_title(session: &Session, texts: &Texts, node: Node) -> AttrValue {
    let title = session.text(&session.plan().question(node.question()).title, node.row);
    in_its_rows(session, texts, node, title.into())
}

/// What is said of a question, after the rows in which it stands. The number tells apart those that are called the same.
pub(crate) fn in_its_rows(session: &Session, texts: &Texts, node: Node, said: AttrValue) -> AttrValue {
    session.rows_around(node).into_iter().rev().fold(said, |said, (repeat, row, index)| {
        let name = match session.row_name(repeat, row) {
            Some(name) => by_number(texts, "rows.named", &name, index),
            None => by_number(texts, "rows.title", "", index),
        };
        texts.fill("rows.question", &[("row", &name), ("question", &said)])
    })
}

fn by_number(texts: &Texts, key: &str, row: &str, index: usize) -> AttrValue {
    texts.fill(key, &[("row", row), ("n", &(index + 1).to_string())])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::plan::LanguageId;
    use crate::session::{Command, World};
    use crate::value::{DateTime, Value};
    use crate::web::text::{Languages, TextFile};

    /// Two people of the same name, and one of whom nothing was said yet; the last of them has had a visit.
    fn people() -> (Session, [Node; 3], Node) {
        let text = r#"{
          "$schema": "../../dialect/questionnaire-1.schema.json",
          "id": "people", "version": "1.0.0", "title": "People", "languages": ["en"],
          "allOf": [{ "id": "all", "title": "All", "properties": {
            "people": { "type": "array", "title": "Who lives here?", "itemTitle": "{name}, {years}", "items": {
              "type": "object", "unevaluatedProperties": false, "properties": {
                "name": { "type": "string", "title": "Name" }, "years": { "type": "integer", "title": "Age" },
                "works": { "type": "boolean", "title": "Do they work?" },
                "visits": { "type": "array", "title": "Visits", "items": { "type": "object",
                  "unevaluatedProperties": false, "properties": { "long": { "type": "boolean", "title": "Long?" } } } }
              } } } } }],
          "unevaluatedProperties": false
        }"#;
        let files = BTreeMap::from([("questionnaire.json".to_owned(), text.to_owned())]);
        let (plan, sources, faults) = crate::open(&files, "questionnaire.json");
        let faults = || faults.iter().map(|fault| sources.render(fault)).collect::<String>();
        let plan = plan.unwrap_or_else(|| panic!("{}", faults()));
        let world =
            World { today: "2026-11-23".parse().unwrap(), now: DateTime::EPOCH, language: LanguageId(0) };
        let mut session = Session::open(plan, world);
        let repeat = session.node_at("/people").unwrap();
        for _ in 0..3 {
            session.apply(Command::AddRow { repeat, at: None }).unwrap();
        }
        for row in ["/people/0/name", "/people/1/name"] {
            let node = session.node_at(row).unwrap();
            session.apply(Command::Answer { node, value: Some(Value::text("An")) }).unwrap();
        }
        let visits = session.node_at("/people/2/visits").unwrap();
        session.apply(Command::AddRow { repeat: visits, at: None }).unwrap();
        let works = [0, 1, 2].map(|row| session.node_at(&format!("/people/{row}/works")).unwrap());
        let long = session.node_at("/people/2/visits/0/long").unwrap();
        (session, works, long)
    }

    #[test]
    fn away_from_its_row_a_question_says_whose_it_is() {
        let (session, works, long) = people();
        let files = [include_str!("../../../www/text/en.json"), include_str!("../../../www/text/zh-CN.json")];
        let languages =
            Languages::new(files.map(|file| TextFile::read(file.to_owned()).unwrap()).into_iter().collect());
        let titles = |tag: &str| {
            let texts = languages.texts(tag);
            let all = works.into_iter().chain([long, session.node_at("/people").unwrap()]);
            all.map(|node| question_title(&session, &texts, node).to_string()).collect::<Vec<_>>()
        };
        assert_eq!(
            titles("en"),
            [
                "An, … (1): Do they work?",
                "An, … (2): Do they work?",
                "Entry 3: Do they work?",
                "Entry 3: Entry 1: Long?",
                "Who lives here?"
            ]
        );
        assert_eq!(
            titles("zh-CN")[..3],
            ["An, …（1）：Do they work?", "An, …（2）：Do they work?", "第 3 条：Do they work?"]
        );
    }
}
