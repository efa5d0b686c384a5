//! What waits in an outbox, and how it stands.

use serde::{Deserialize, Serialize};

use crate::value::{Word, words};

words! {
    /// What an item tells its destination.
    Kind {
        /// A profile, perhaps one that amends an earlier one.
        Profile = "profile",
        /// That a profile is withdrawn.
        Withdrawal = "withdrawal",
    }
}

words! {
    /// Why an item is not delivered yet. It is tried again.
    Trouble {
        /// The destination could not be reached.
        Offline = "offline",
        /// No answer in time, or the connection ended before there was a whole one.
        NoAnswer = "no_answer",
        /// Something else answered: a captive portal, a proxy, a parked address.
        NotTheDestination = "not_the_destination",
        /// The destination does not know the sender, or no longer.
        Unauthorized = "unauthorized",
        /// The destination asks to wait.
        Busy = "busy",
        /// The destination has a fault of its own.
        ServerError = "server_error",
        /// The destination answered what its configuration does not foresee.
        Unexpected = "unexpected",
        /// The secret that the destination needs is not there.
        SecretMissing = "secret_missing",
        /// The configuration has no such destination any more.
        DestinationUnknown = "destination_unknown",
        /// The interview was changed after it was put in, or is being changed: it stays until a person has decided.
        Changed = "changed",
        /// The person's consent no longer covers it.
        NoConsent = "no_consent",
        /// The interview was handed over: whoever has it decides.
        HandedOver = "handed_over",
    }
}

impl Trouble {
    /// Whether it was held back here, so that no try has come of it.
    #[must_use]
    pub const fn is_held(self) -> bool {
        matches!(self, Self::Changed | Self::NoConsent | Self::HandedOver)
    }

    /// Whether no hour helps: a person must do something before it can arrive.
    #[must_use]
    pub const fn needs_person(self) -> bool {
        self.is_held() || matches!(self, Self::SecretMissing | Self::Unauthorized | Self::DestinationUnknown)
    }
}

/// What makes an item one: the same profile to the same destination is the same item, however often it is added.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// To where.
    pub destination: String,
    /// Of which profile.
    pub profile_id: String,
    /// What is told.
    pub kind: Word<Kind>,
}

/// How an item stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// To be sent, now or at a time.
    Waiting,
    /// Handed to the network. After a restart nobody knows what came of it, and it is sent again.
    Sending,
    /// Arrived.
    Sent {
        /// When, in seconds since 1970.
        at: i64,
    },
    /// Refused for good: only a person changes that.
    Refused {
        /// The destination's code for it, or the status of its answer.
        code: String,
        /// The destination's words, cut short.
        reason: Option<String>,
    },
}

/// Something on its way to a destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Which.
    pub key: Key,
    /// The profile that this one amends, or the newest that is withdrawn: what was sent before goes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
    /// The media type of the body.
    pub content_type: String,
    /// What is sent, in the destination's format; stored apart, and let go when it has arrived.
    #[serde(skip)]
    pub body: Vec<u8>,
    /// Fingerprint of the body.
    pub digest: String,
    /// The place in the order of adding.
    pub order: u64,
    /// When it was added, in seconds since 1970.
    pub added_at: i64,
    /// How it stands.
    #[serde(flatten)]
    pub state: State,
    /// How often it was sent.
    pub attempts: u32,
    /// How many of these tries may have brought it there. What was kept before this was counted may have arrived.
    #[serde(default = "at_least_once")]
    pub perhaps: u32,
    /// Not before this time, in seconds since 1970.
    pub not_before: i64,
    /// What kept it from arriving the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Word<Trouble>>,
    /// The status of the last answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

const fn at_least_once() -> u32 {
    1
}

impl Item {
    /// Whether it surely was not delivered: no try has come as far as the destination.
    #[must_use]
    pub const fn never_left(&self) -> bool {
        self.is_open() && self.perhaps == 0
    }

    /// Whether it goes no further before a person has done something.
    #[must_use]
    pub fn needs_person(&self) -> bool {
        match self.state {
            State::Refused { .. } => true,
            State::Waiting => self.trouble.is_some_and(|trouble| trouble.0.needs_person()),
            State::Sending | State::Sent { .. } => false,
        }
    }

    /// Whether it is still to be delivered.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, State::Waiting | State::Sending)
    }
}
