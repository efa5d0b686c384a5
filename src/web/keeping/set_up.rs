use serde::{Deserialize, Serialize};

use crate::value::{PartialDate, Word};
use crate::vault::message::Tablet;
use crate::web::host::{clock, mark};

/// What is known of a tablet though its database is gone: when it was set up, and for which station. Nothing of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SetUp {
    /// The day on which its first worker was entered.
    pub(crate) on: Word<PartialDate>,
    /// The station's public key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) station: Option<String>,
}

impl SetUp {
    /// What the mark says. One that cannot be read is none: it is made again while somebody works here.
    pub(super) fn load() -> Option<Self> {
        serde_json::from_str(&mark::load()?).ok()
    }

    /// Has the mark say what is known of a tablet on which somebody works. `lost` is the mark of a database that is gone:
    /// this one is a new one.
    pub(super) fn note(tablet: &Tablet, lost: bool) {
        let before = Self::load().filter(|_| !lost);
        let now = before.clone().unwrap_or_else(|| Self { on: Word(clock::today()), station: None });
        let now = Self { station: tablet.station.clone(), ..now };
        if before.as_ref() != Some(&now)
            && let Ok(text) = serde_json::to_string(&now)
        {
            mark::save(&text);
        }
    }
}
