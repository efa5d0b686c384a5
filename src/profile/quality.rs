//! How far the interview can be relied on: what was asked, what is missing, what is doubtful.

use super::redact::Withheld;
use super::wire::{DataQuality, Missing, MissingDemand, ProfileStatus};
use crate::diagnostic::Severity;
use crate::plan::{CheckId, Demand, QuestionId};
use crate::session::Session;
use crate::value::Word;

/// What is asked and has no answer, in document order.
pub(super) fn missing(session: &Session) -> Vec<Missing> {
    session
        .all_missing()
        .into_iter()
        .filter_map(|(node, demand)| {
            let demand = match demand {
                Demand::Required => MissingDemand::Required,
                Demand::AnswerOrRefusal => MissingDemand::AnswerOrRefusal,
                Demand::Expected => MissingDemand::Expected,
                Demand::Optional => return None,
            };
            Some(Missing { field: session.pointer(node), demand: Word(demand) })
        })
        .collect()
}

/// Counts over everything that was to be asked.
pub(super) fn data_quality(session: &Session, missing: &[Missing]) -> DataQuality {
    told_quality(session, missing, None)
}

/// Counts over everything that was to be asked and is not withheld.
pub(super) fn told_quality(
    session: &Session,
    missing: &[Missing],
    withheld: Option<&Withheld>,
) -> DataQuality {
    let plan = session.plan();
    let told = |id: QuestionId| withheld.is_none_or(|withheld| !withheld.question(id));
    let sound = |id: QuestionId| withheld.is_none_or(|withheld| !withheld.demand(id));
    let tested = |id: CheckId| withheld.is_none_or(|withheld| !withheld.check(id));
    let mut quality = DataQuality { missing: count(missing.len()), ..DataQuality::default() };
    for node in session.nodes() {
        let question = plan.question(node.question());
        // A repeat is asked through its rows.
        if !question.is_asked() || question.repeat().is_some() || !session.relevant(node) {
            continue;
        }
        if !told(node.question()) {
            continue;
        }
        quality.asked += 1;
        if session.value(node).is_some() {
            quality.answered += 1;
        } else if let Some(absence) = session.absence(node) {
            *quality.absent.entry(Word(absence)).or_default() += 1;
        }
    }
    let issues = session.all_issues();
    let severities = issues
        .iter()
        .filter(|(node, issue)| sound(node.question()) && issue.check.is_none_or(&tested))
        .map(|(_, issue)| issue.severity);
    let failed = session.failed_checks().filter(|(id, _)| tested(*id));
    for severity in severities.chain(failed.map(|(_, check)| check.severity)) {
        match severity {
            Severity::Error => quality.errors += 1,
            Severity::Warning => quality.warnings += 1,
            Severity::Info => {}
        }
    }
    quality
}

/// An interview is finished when nothing that blocks is missing and nothing is in error.
pub(super) fn status(session: &Session) -> ProfileStatus {
    if session.can_finish() { ProfileStatus::Complete } else { ProfileStatus::InProgress }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
