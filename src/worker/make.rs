//! Makes of a profile what destinations take.

use serde_json::{Map, Value};

use super::{Bundle, Made, Order, Remark, To};
use crate::diagnostic::codes;
use crate::export::{Form, Options, Policy, PrivateKey, Terms, has_ended, sending};
use crate::profile;
use crate::session::Finding;
use crate::value::PartialDate;

type Making<T> = Result<T, Vec<Remark>>;

/// For each destination what it is sent, or why nothing is.
pub(super) fn make(order: &Order) -> Vec<Making<Made>> {
    match named(order) {
        Ok((plan, profile, policy)) => {
            order.to.iter().map(|to| one(order, to, &plan, &profile, &policy)).collect()
        }
        Err(remarks) => order.to.iter().map(|_| Err(remarks.clone())).collect(),
    }
}

fn remarks(findings: Vec<Finding>) -> Vec<Remark> {
    findings.iter().map(Remark::of_record).collect()
}

fn fault(code: crate::diagnostic::Code, message: &str) -> Vec<Remark> {
    remarks(vec![Finding::new(code, "", message)])
}

/// The profile under the id that it is sent by, with what is known of consent: the record is the same, and is assessed
/// again with it.
fn named(order: &Order) -> Making<(std::sync::Arc<crate::plan::Plan>, Value, Policy)> {
    let plan = Bundle::open(&order.bundle)
        .map_err(|_| fault(codes::VERIFY_UNKNOWN_QUESTIONNAIRE, "the questionnaire cannot be opened"))?;
    let policy = match &order.policy {
        Some(text) => Policy::read(text),
        None => Policy::shipped(),
    };
    let policy = policy.map_err(|finding| remarks(vec![finding]))?;
    let kept: Value = serde_json::from_str(&order.profile)
        .map_err(|_| fault(codes::VERIFY_SHAPE, "what was kept is no profile"))?;
    let mut record = profile::record_in(&kept).map_err(remarks)?;
    record.profile_id = Some(order.profile_id.clone());
    match &order.supersedes {
        Some(supersedes) => drop(record.acts.insert("supersedes".to_owned(), supersedes.clone().into())),
        None => drop(record.acts.remove("supersedes")),
    }
    if let Some(elsewhere) = &order.consent_in {
        let elsewhere = serde_json::from_str(elsewhere)
            .map_err(|_| fault(codes::VERIFY_SHAPE, "what was kept is no profile"))?;
        let own = kept.get("consent").and_then(Value::as_object).cloned().unwrap_or_default();
        let mut consent = record.acts.get("consent").and_then(Value::as_object).cloned().unwrap_or_default();
        // What was said in this interview itself counts, above all a no, and a yes that was taken back.
        let borrowed = still_holds(&elsewhere, &policy, order.on.parse().ok()).into_iter();
        consent.extend(borrowed.filter(|(purpose, _)| own.get(purpose).is_none_or(Value::is_null)));
        record.acts.insert("consent".to_owned(), Value::Object(consent));
    }
    let profile = profile::assess(&plan, &record).map_err(remarks)?;
    Ok((plan, profile.to_value(), policy))
}

/// What a profile says of consent, without what was given until a day that has passed.
fn still_holds(profile: &Value, policy: &Policy, on: Option<PartialDate>) -> Map<String, Value> {
    let part = |name: &str| profile.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
    let (mut consent, answers) = (part("consent"), part("answers"));
    for purpose in policy.purposes.values() {
        if let (Some(until), Some(on)) = (&purpose.until, on)
            && has_ended(&answers, until, on)
        {
            let minors = purpose.minors.iter().flat_map(|minors| &minors.consents);
            let more = [&purpose.sensitive, &purpose.highly_sensitive].into_iter().flatten();
            let more = more.flat_map(|allowance| &allowance.consents);
            purpose.consents.iter().chain(minors).chain(more).for_each(|name| drop(consent.remove(name)));
        }
    }
    consent
}

fn one(
    order: &Order,
    to: &To,
    plan: &std::sync::Arc<crate::plan::Plan>,
    profile: &Value,
    policy: &Policy,
) -> Making<Made> {
    let form = Form::named(&to.format)
        .ok_or_else(|| fault(codes::SEND_FORMAT, "this format is none that is sent"))?;
    let key = match &order.key {
        Some(pem) => Some(
            PrivateKey::from_pem(pem)
                .ok_or_else(|| fault(codes::SEND_KEY, "what was entered is no private key"))?,
        ),
        None => None,
    };
    let on = order.on.parse().ok();
    let terms = Terms { policy, purpose: &to.purpose, recipient: &to.recipient, on };
    let mapping = Value::Object(to.mapping.clone());
    let mapping = (!to.mapping.is_empty()).then_some(&mapping);
    let made =
        sending(plan, profile, terms, form, Options { key: key.as_ref(), mapping }).map_err(remarks)?;
    let body = String::from_utf8(made.document.bytes)
        .map_err(|_| fault(codes::SEND_FORMAT, "this format is none that is sent"))?;
    Ok(Made { content_type: made.document.media_type.to_owned(), body, withheld: made.withheld })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_consent_that_has_ended_is_not_borrowed() {
        let mut policy = Policy::shipped().unwrap();
        policy.purposes.retain(|_, purpose| !purpose.consents.is_empty());
        let purpose = policy.purposes.values_mut().next().unwrap();
        purpose.until = Some("until".to_owned());
        let name = purpose.consents[0].clone();
        let held = |until: &str| {
            let profile = json!({"consent": {name.as_str(): "granted"}, "answers": {"until": until}});
            still_holds(&profile, &policy, "2026-11-26".parse().ok()).contains_key(&name)
        };
        assert!(held("2026-11-26") && held("2026-11") && held("2027"));
        assert!(!held("2026-11-25") && !held("2026-10") && !held("2025"));
    }
}
