use yew::AttrValue;

use super::{demand_text, issue_text, question_title, unreadable_text};
use crate::diagnostic::Severity;
use crate::plan::SectionId;
use crate::session::{Node, Session};
use crate::web::store::{Drafts, blocks, section_nodes};
use crate::web::text::Texts;

/// Something that keeps a section from being finished.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    /// At which question.
    pub(crate) node: Node,
    /// The question.
    pub(crate) title: AttrValue,
    /// What is wrong with its answer.
    pub(crate) text: AttrValue,
    /// Whether it merely has no answer yet.
    pub(crate) missing: bool,
}

/// What keeps a section from being finished, in order, one for each question.
pub(crate) fn section_problems(
    session: &Session,
    drafts: &Drafts,
    texts: &Texts,
    section: SectionId,
) -> Vec<Problem> {
    section_nodes(session, section)
        .into_iter()
        .filter_map(|node| problem(session, drafts, texts, node))
        .collect()
}

fn problem(session: &Session, drafts: &Drafts, texts: &Texts, node: Node) -> Option<Problem> {
    let mut missing = false;
    let text = if let Some(why) = drafts.unreadable(node) {
        unreadable_text(texts, why)
    } else if let Some(issue) = session.issues(node).iter().find(|issue| issue.severity == Severity::Error) {
        issue_text(session, texts, node, issue)
    } else {
        missing = true;
        demand_text(texts, session.missing(node).filter(|&demand| blocks(demand))?)
    };
    let title = question_title(session, texts, node);
    Some(Problem { node, title, text, missing })
}
