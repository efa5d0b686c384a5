//! That a profile is not to be used any more: wire format `withdrawal-1`.

use serde::{Deserialize, Serialize};

use crate::json::canonical;
use crate::value::{Word, words};

/// The version of the format that is written, and the only one that is read.
pub const WITHDRAWAL_VERSION: u32 = 1;

words! {
    /// Why a profile is withdrawn.
    WithdrawalReason {
        /// The person took their consent back.
        ConsentWithdrawn = "consent_withdrawn",
        /// It should never have been made: another person's, a double, a trial.
        EnteredInError = "entered_in_error",
    }
}

/// Takes a profile back, with all that it amends and all that amends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Always [`WITHDRAWAL_VERSION`].
    pub withdrawal_version: u32,
    /// Which profile.
    pub profile_id: String,
    /// Why.
    pub reason: Word<WithdrawalReason>,
    /// When it was taken back, as RFC 3339 writes it.
    pub withdrawn_at: String,
}

impl Withdrawal {
    /// That a profile is withdrawn.
    #[must_use]
    pub fn new(profile_id: &str, reason: WithdrawalReason, withdrawn_at: &str) -> Self {
        Self {
            withdrawal_version: WITHDRAWAL_VERSION,
            profile_id: profile_id.to_owned(),
            reason: Word(reason),
            withdrawn_at: withdrawn_at.to_owned(),
        }
    }

    /// As canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Only a map with keys that are not text could fail, and there is none.
        canonical::of(self).unwrap_or_default()
    }
}
