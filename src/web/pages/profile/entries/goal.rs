use serde_json::Value;

use super::field::{Asked, Control, Field, OPEN, Options};
use super::kind::{Kind, text, words};
use super::need::{need_name, needs};
use crate::web::components::Icon;
use crate::web::store::Store;
use crate::web::text::Texts;

/// What is to be reached, in the words of the person. A follow-up asks how far each was reached, by its id.
pub(in crate::web::pages::profile) const GOAL: Kind = Kind {
    list: "goals",
    name: "goal",
    named: Some('g'),
    picture: Icon::Flag,
    none: "agreed.no-goals",
    add: "agreed.add-goal",
    fields: &[
        Field {
            member: "text",
            label: "agreed.goal-text",
            control: Control::Area,
            missing: Some("agreed.no-words"),
            ..OPEN
        },
        Field { member: "need", label: "agreed.need", control: Control::Choice(needs), ..OPEN },
        Field {
            member: "attainment",
            label: "agreed.attainment",
            control: Control::Grade(attainments),
            asked: Asked::Afterwards,
            ..OPEN
        },
    ],
    settle: |_, _, _| (),
    title: |_, goal| words(goal),
    details,
};

/// From much less than was hoped to much more, as the wire format counts.
const ATTAINMENTS: [(i64, &str); 5] = [
    (-2, "attainment.much-less"),
    (-1, "attainment.less"),
    (0, "attainment.as-hoped"),
    (1, "attainment.more"),
    (2, "attainment.much-more"),
];

fn attainments(_: &Store, texts: &Texts, _: &str) -> Options {
    let known = ATTAINMENTS.into_iter().map(|(grade, key)| (grade.to_string(), texts.say(key)));
    [(String::new(), texts.say("attainment.open"))].into_iter().chain(known).collect()
}

fn details(store: &Store, texts: &Texts, goal: &Value) -> Vec<String> {
    let need = text(goal, "need").map(|need| need_name(store, texts, need));
    let need = need.map(|need| texts.fill("agreed.for", &[("need", &need)]).to_string());
    let grade = goal.get("attainment").and_then(Value::as_i64);
    let reached = ATTAINMENTS.into_iter().find(|(known, _)| Some(*known) == grade);
    need.into_iter().chain(reached.map(|(_, key)| texts.say(key).to_string())).collect()
}
