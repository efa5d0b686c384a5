//! What an answer means for the item that was sent.

use serde_json::Value;

use super::{Destination, Kind, Trouble};

/// What came back for a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The media type, as the header has it.
    pub content_type: Option<String>,
    /// How many seconds to wait, where the destination said so.
    pub retry_after: Option<i64>,
    /// The body, or its beginning.
    pub body: Vec<u8>,
}

/// Why nothing came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The destination could not be reached.
    Offline,
    /// The connection ended, or time ran out, before there was a whole answer.
    NoAnswer,
}

/// What is to become of the item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has arrived.
    Arrived,
    /// It is refused, and would be again.
    Refused {
        /// The destination's code, or the status.
        code: String,
        /// The destination's words.
        reason: Option<String>,
    },
    /// To be tried again.
    Later(Trouble),
}

/// No reason is kept longer than this: a person reads it on a small screen.
const MOST_REASON: usize = 300;

/// What an answer means. Only what the destination's configuration calls success is success, and only what has the
/// destination's media type is a refusal: everything else is tried again, for it may not come from the destination.
#[must_use]
pub fn judge(destination: &Destination, kind: Kind, profile_id: &str, answer: &Answer) -> Verdict {
    let success = &destination.success;
    let withdrawal = &destination.withdrawal.status;
    let own = kind == Kind::Withdrawal && !withdrawal.is_empty();
    let accepted = if own { withdrawal } else { &success.status };
    let ours = is_of_type(answer, success.content_type.as_deref());
    let body: Option<Value> = serde_json::from_slice(&answer.body).ok();
    if accepted.contains(&answer.status) {
        let proven =
            (ours && says_so(destination, profile_id, body.as_ref())) || (own && answer.body.is_empty());
        return if proven { Verdict::Arrived } else { Verdict::Later(Trouble::NotTheDestination) };
    }
    if success.already.contains(&answer.status) && ours {
        return Verdict::Arrived;
    }
    match answer.status {
        status if destination.refusals.status.contains(&status) && ours => {
            refusal(destination, status, body.as_ref())
        }
        401 | 403 if ours => Verdict::Later(Trouble::Unauthorized),
        429 | 503 => Verdict::Later(Trouble::Busy),
        500..=599 => Verdict::Later(Trouble::ServerError),
        // A redirection is never followed: it would take the profile to somebody who is not the destination.
        100..=399 => Verdict::Later(Trouble::NotTheDestination),
        _ if ours => Verdict::Later(Trouble::Unexpected),
        _ => Verdict::Later(Trouble::NotTheDestination),
    }
}

fn is_of_type(answer: &Answer, wanted: Option<&str>) -> bool {
    let Some(wanted) = wanted else { return true };
    let stated = answer.content_type.as_deref().unwrap_or_default();
    stated.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(wanted)
}

/// Whether the body echoes the id and says the word that mean success.
fn says_so(destination: &Destination, profile_id: &str, body: Option<&Value>) -> bool {
    let text = |pointer: &str| body.and_then(|body| body.pointer(pointer)).and_then(Value::as_str);
    let Destination { success, .. } = destination;
    success.echo.as_deref().is_none_or(|pointer| text(pointer) == Some(profile_id))
        && success.word.as_ref().is_none_or(|(pointer, words)| {
            text(pointer).is_some_and(|word| words.iter().any(|one| one == word))
        })
}

fn refusal(destination: &Destination, status: u16, body: Option<&Value>) -> Verdict {
    let text = |pointer: Option<&String>| {
        let said = body?.pointer(pointer?)?;
        let said = said.as_str().map_or_else(|| said.to_string(), str::to_owned);
        Some(said.chars().take(MOST_REASON).collect::<String>())
    };
    Verdict::Refused {
        code: text(destination.refusals.code.as_ref()).unwrap_or_else(|| status.to_string()),
        reason: text(destination.refusals.reason.as_ref()),
    }
}
