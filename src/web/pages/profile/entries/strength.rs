use serde_json::Value;

use super::chosen::{settle, strength_words};
use super::field::{Control, Field, OPEN, Options};
use super::kind::{Kind, text};
use crate::expression::RowId;
use crate::plan::Domain;
use crate::web::components::Icon;
use crate::web::store::Store;
use crate::web::text::Texts;

/// What the person can build on.
pub(in crate::web::pages::profile) const STRENGTH: Kind = Kind {
    list: "strengths",
    name: "strength",
    named: None,
    picture: Icon::Plant,
    none: "strengths.none",
    add: "strengths.add",
    fields: &[
        Field {
            member: "text",
            label: "strengths.text",
            control: Control::Area,
            missing: Some("strengths.no-words"),
            ..OPEN
        },
        Field {
            member: "grade",
            label: "strengths.grade",
            control: Control::Choice(grades),
            first: USABLE,
            ..OPEN
        },
        Field { member: "domain", label: "strengths.domain", control: Control::Choice(domains), ..OPEN },
    ],
    settle,
    title: |session, strength| {
        strength_words(session.plan(), strength, |label| session.text(label, RowId::FORM))
    },
    details,
};

/// How much a strength carries.
const GRADES: [&str; 3] = ["centrepiece", "usable", "potential"];

/// What a strength carries as long as nobody says more.
pub(super) const USABLE: &str = GRADES[1];

fn grades(_: &Store, texts: &Texts, _: &str) -> Options {
    GRADES.into_iter().map(|grade| (grade.to_owned(), texts.say(&format!("strength.{grade}")))).collect()
}

/// Without its area a strength is told to nobody who may not be told of every area.
fn domains(_: &Store, texts: &Texts, _: &str) -> Options {
    let known = Domain::ALL.iter().map(|domain| (domain.to_string(), texts.say(&format!("domain.{domain}"))));
    [(String::new(), texts.say("strengths.no-domain"))].into_iter().chain(known).collect()
}

fn details(_: &Store, texts: &Texts, strength: &Value) -> Vec<String> {
    let grade = text(strength, "grade").filter(|grade| GRADES.contains(grade));
    let domain = text(strength, "domain").and_then(|domain| domain.parse::<Domain>().ok());
    let grade = grade.map(|grade| texts.say(&format!("strength.{grade}")));
    let domain = domain.map(|domain| texts.say(&format!("domain.{domain}")));
    grade.into_iter().chain(domain).map(|part| part.to_string()).collect()
}
