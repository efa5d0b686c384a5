use std::collections::BTreeMap;
use std::sync::Arc;

use super::identity::{self, Identity};
use super::loss::{Loss, Why};
use super::policy::{Identifying, Policy};
use super::{consent, difference};
use crate::diagnostic::codes;
use crate::json;
use crate::plan::{Plan, QuestionId};
use crate::profile::{self, Profile, Withheld};
use crate::session::Finding;
use crate::value::PartialDate;

/// For what, to whom and when something leaves.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// What may leave for which purpose.
    pub policy: &'a Policy,
    /// A purpose of the policy.
    pub purpose: &'a str,
    /// A recipient of the policy.
    pub recipient: &'a str,
    /// The day, where the host knows it: a consent that was given until an earlier one holds no longer.
    pub on: Option<PartialDate>,
}

/// A profile as it leaves for a purpose and a recipient: every format is made from this and from nothing else.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// The questionnaire.
    pub plan: Arc<Plan>,
    /// What may leave.
    pub profile: Profile,
    /// What tells who the person is, where that leaves as a part of its own.
    pub identity: Option<Identity>,
    /// For what; none where the profile is passed on as it was received.
    pub purpose: Option<String>,
    /// To whom.
    pub recipient: Option<String>,
    /// How many items of the questionnaire are withheld: the same number for everybody with the same consents.
    pub withheld: usize,
    /// Everything of the profile that does not leave, and why. It stays at home.
    pub kept_back: Vec<Loss>,
}

impl Leaving {
    /// What of a whole profile may leave.
    ///
    /// The profile is trusted to be what its record makes of it: verify it first.
    ///
    /// # Errors
    /// Why nothing may leave: a consent that is not granted, an unknown purpose or recipient.
    pub fn new(plan: &Arc<Plan>, profile: &Profile, terms: Terms<'_>) -> Result<Self, Vec<Finding>> {
        if profile.redacted == Some(true) || profile.identity_detached == Some(true) {
            let message =
                "this profile has left before: what is withheld from it for another purpose cannot be known";
            return Err(vec![Finding::new(codes::EXPORT_PURPOSE, "", message)]);
        }
        let purpose = terms.policy.purpose(terms.purpose, terms.recipient).map_err(|fault| vec![fault])?;
        let obstacles = consent::obstacles(profile, purpose, terms.on);
        if !obstacles.is_empty() {
            return Err(obstacles);
        }
        let forbidden = consent::forbidden(plan, profile, purpose, terms.recipient);
        let withheld = Withheld::new(plan, forbidden.keys().copied());
        let whole = profile.to_value();
        let mut told = profile.clone();
        if !withheld.is_empty() || !purpose.references {
            let record = profile::record_in(&whole)?;
            told = profile::redact(plan, &record, &withheld, &consent::relied_on(profile, purpose))?;
        }
        if !purpose.references {
            (told.subject.person_ref, told.subject.household_ref) = (None, None);
        }
        let mut detached = None;
        if purpose.identity != Identifying::Within {
            let (rest, part) = identity::detach(plan, &told).map_err(|fault| vec![fault])?;
            (told, detached) = (rest, Some(part));
        }
        let mut kept_back = difference::of(&whole, &told.to_value());
        explain(plan, &forbidden, &withheld, detached.as_ref(), &mut kept_back);
        let mut count = withheld.count(plan);
        if purpose.identity == Identifying::Withheld {
            count += identity::count(plan, &withheld);
            detached = None;
            told.identity_detached = None;
            told.redacted = Some(true);
        }
        Ok(Self {
            plan: Arc::clone(plan),
            profile: told,
            identity: detached,
            purpose: Some(terms.purpose.to_owned()),
            recipient: Some(terms.recipient.to_owned()),
            withheld: count,
            kept_back,
        })
    }

    /// A profile that was received redacted or without its identity, to be passed on in another format as it is.
    #[must_use]
    pub fn as_received(plan: &Arc<Plan>, profile: Profile) -> Self {
        Self {
            plan: Arc::clone(plan),
            profile,
            identity: None,
            purpose: None,
            recipient: None,
            withheld: 0,
            kept_back: Vec::new(),
        }
    }

    /// The profile's name in files and addresses: its id, or else the fingerprint of what leaves.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.profile.profile_id {
            Some(id) => id.clone(),
            None => json::sha256(&self.profile.to_canonical_json()).replace(':', "-"),
        }
    }
}

/// How the agency calls the person and the household.
const REFERENCES: [&str; 2] = ["/subject/person_ref", "/subject/household_ref"];

/// Says of each loss why.
fn explain(
    plan: &Plan,
    forbidden: &BTreeMap<QuestionId, Why>,
    withheld: &Withheld,
    identity: Option<&Identity>,
    losses: &mut [Loss],
) {
    for loss in losses {
        let question = ["/answers", "/absent", "/informants", "/accounts"].iter().find_map(|part| {
            let pointer = loss.pointer.strip_prefix(part)?.replace("~1", "/").replace("~0", "~");
            question_at(plan, pointer.trim_start_matches('/'))
        });
        let parts = identity.map(|identity| &identity.parts);
        let apart = |pointer: &String| parts.is_some_and(|parts| parts.contains_key(pointer));
        let stated =
            ["/goals/", "/plan/", "/strengths/", "/overrides/", "/reassessment/deltas", "/provenance/"];
        loss.why = match question.and_then(|id| forbidden.get(&id)) {
            Some(why) => *why,
            None if apart(&loss.pointer) || REFERENCES.contains(&loss.pointer.as_str()) => Why::Identity,
            None if question.is_some_and(|id| withheld.question(id)) => Why::Derived,
            None if stated.iter().any(|part| loss.pointer.starts_with(part)) => Why::Untraceable,
            None => Why::Derived,
        };
    }
}

/// The question that a pointer into the answers means, without its first slash.
fn question_at(plan: &Plan, pointer: &str) -> Option<QuestionId> {
    let mut question = None;
    for name in pointer.split('/').step_by(2) {
        question = Some(plan.question_named(question, name)?);
    }
    question
}
