use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::plan::{Band, Score};
use crate::value::{Decimal, Interval};

/// What a score comes to now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreResult {
    /// The value; none while items are missing, unless the score's missing rule fills them in.
    pub value: Option<Decimal>,
    /// The least and the most that the missing items allow; a point where none is missing.
    pub interval: Interval,
    /// How many items have points.
    pub answered: u32,
    /// How many items there are.
    pub of: u32,
    /// How much is known.
    pub status: ScoreStatus,
    /// The band of the value, or else of the whole interval: an index into [`Score::bands`].
    pub band: Option<usize>,
    /// The level of that band after adjustments.
    pub level: Option<u8>,
    /// The level of that band as the scale has it.
    pub base_level: Option<u8>,
    /// The ids of the adjustments that acted, in the order of the scale.
    pub applied: Vec<Arc<str>>,
    /// The names of the unanswered questions on which further adjustments hang, in document order.
    pub provisional_on: Vec<Arc<str>>,
    /// Whether a prorated value lies in a band that the interval leaves.
    pub band_provisional: bool,
    /// Whether an adjustment that is not decided could still move the level: not once another has moved it as far as
    /// it goes.
    pub level_open: bool,
}

impl ScoreResult {
    /// The band of the value, or else of the whole interval.
    #[must_use]
    pub fn band_in<'a>(&self, score: &'a Score) -> Option<&'a Band> {
        score.bands.get(self.band?)
    }

    /// What the missing items allow while the value only stands in for them; none for a value that is final.
    pub(crate) fn stands_in(&self) -> Option<Interval> {
        let open = self.status == ScoreStatus::Prorated && self.interval.as_point().is_none();
        open.then_some(self.interval)
    }

    /// Whether an answer that is missing could still move the band or its level.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        self.band_provisional || self.level_open
    }
}

/// How much of a score is known: the first of these that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScoreStatus {
    /// No item is answered.
    NotAssessed,
    /// More items are blank than the scale allows.
    Invalid,
    /// Every item is answered, or the scale counts the few blanks as 0.
    Complete,
    /// The answered items stand for the missing ones.
    Prorated,
    /// No value, but the band is certain; where there are no bands, what the value would be.
    Determined,
    /// Neither a value nor anything certain about it.
    Indeterminate,
}

impl ScoreStatus {
    /// Every status, in the order in which they are tried.
    pub const ALL: [Self; 6] = [
        Self::NotAssessed,
        Self::Invalid,
        Self::Complete,
        Self::Prorated,
        Self::Determined,
        Self::Indeterminate,
    ];

    /// The word for it on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotAssessed => "not_assessed",
            Self::Invalid => "invalid",
            Self::Complete => "complete",
            Self::Prorated => "prorated",
            Self::Determined => "determined",
            Self::Indeterminate => "indeterminate",
        }
    }
}

impl fmt::Display for ScoreStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for ScoreStatus {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|status| status.word() == word).ok_or(())
    }
}
