use yew::AttrValue;

use super::number_text;
use crate::plan::Demand;
use crate::session::{Issue, Node, Session};
use crate::web::store::Unreadable;
use crate::web::text::Texts;

/// What is wrong with an answer, in the author's words where the author wrote some.
pub(crate) fn issue_text(session: &Session, texts: &Texts, node: Node, issue: &Issue) -> AttrValue {
    if let Some(check) = issue.check {
        return session.text(&session.plan().check(check).message, node.row).into();
    }
    let limit = issue.limit.map(number_text).unwrap_or_default();
    texts.fill(&format!("issue.{}", issue.kind.word()), &[("limit", &limit)])
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
