use yew::AttrValue;

use super::number_text;
use crate::plan::Demand;
use crate::session::{Issue, IssueKind, Node, Session};
use crate::web::store::Unreadable;
use crate::web::text::Texts;

/// What is wrong with an answer, in the author's words where the author wrote some.
pub(crate) fn issue_text(session: &Session, texts: &Texts, node: Node, issue: &Issue) -> AttrValue {
    if let Some(check) = issue.check {
        return session.text(&session.plan().check(check).message, node.row).into();
    }
    if issue.kind == IssueKind::UniqueKey {
        return texts.fill("issue.uniqueKey", &[("rows", &places(session, texts, node))]);
    }
    let limit = issue.limit.map(number_text).unwrap_or_default();
    texts.fill(&format!("issue.{}", issue.kind.word()), &[("limit", &limit)])
}

/// The places of the rows that have the same key, as they stand on the page.
fn places(session: &Session, texts: &Texts, repeat: Node) -> String {
    let same = session.rows_with_same_key(repeat);
    let places = session.rows(repeat).iter().enumerate().filter(|(_, row)| same.contains(row));
    let places: Vec<String> = places.map(|(index, _)| (index + 1).to_string()).collect();
    places.join(&texts.say("rows.and"))
}

/// Why what was typed is no answer.
pub(crate) fn unreadable_text(texts: &Texts, why: Unreadable) -> AttrValue {
    texts.say(match why {
        Unreadable::Number => "unreadable.number",
        Unreadable::WholeNumber => "unreadable.whole-number",
        Unreadable::Date => "unreadable.date",
        Unreadable::DateIncomplete => "unreadable.date-incomplete",
        Unreadable::Time => "unreadable.time",
        Unreadable::Place => "unreadable.place",
    })
}

/// What a question still waits for.
pub(crate) fn demand_text(texts: &Texts, demand: Demand) -> AttrValue {
    texts.say(match demand {
        Demand::Required => "missing.required",
        Demand::AnswerOrRefusal => "missing.answer-or-refusal",
        Demand::Expected | Demand::Optional => "missing.expected",
    })
}
