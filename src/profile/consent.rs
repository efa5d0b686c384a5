//! What the person consented to: as answered, and as withdrawn since.

use serde_json::{Map, Value as Json};

use super::acts;
use crate::diagnostic::codes;
use crate::plan::{AnswerKind, ChoiceSource, Question};
use crate::session::{Finding, Node, Record, Session};
use crate::value::{Absence, Value};

const PREFIX: &str = "consent_";

/// Consent by purpose: the answers to the questions `consent_<purpose>`, and what the record states of purposes that
/// were not asked about. A record may also state that a consent was withdrawn since.
///
/// # Errors
/// Every purpose of which the record says otherwise than the person did. What was not granted cannot be made so
/// beside the answer.
pub(super) fn consent(session: &Session, record: &Record) -> Result<Map<String, Json>, Vec<Finding>> {
    let mut consent = acts::object(record, "consent");
    let mut findings = Vec::new();
    let plan = session.plan();
    for id in plan.question_ids() {
        let question = plan.question(id);
        let Some(purpose) = question.name.strip_prefix(PREFIX).filter(|_| asks_for_consent(question)) else {
            continue;
        };
        let node = Node::form(id);
        let answered = match (session.value(node), session.absence(node)) {
            (Some(Value::Text(word)), _) => &**word,
            (_, Some(Absence::Declined)) => "declined",
            (_, Some(Absence::NotAsked)) => "not_asked",
            _ => continue,
        };
        match consent.get(purpose).and_then(Json::as_str) {
            Some("withdrawn") if answered == "granted" => {}
            Some(stated) if stated != answered => {
                let message =
                    "the person answered otherwise: a consent changes by its answer, or is withdrawn";
                let at = acts::pointer("/consent", purpose);
                findings.push(Finding::new(codes::RECORD_CONSENT, at, message));
            }
            _ => drop(consent.insert(purpose.to_owned(), answered.into())),
        }
    }
    if findings.is_empty() { Ok(consent) } else { Err(findings) }
}

/// A question of the form with the words for consent as choices; `consent_until` is none.
fn asks_for_consent(question: &Question) -> bool {
    let AnswerKind::Choice { choices: ChoiceSource::Own(choices), numbers: false } = &question.kind else {
        return false;
    };
    question.parent.is_none()
        && choices.iter().any(|choice| &*choice.code == "granted")
        && choices.iter().all(|choice| acts::CONSENTS.contains(&&*choice.code))
}
