use std::collections::BTreeMap;
use std::ops::{BitOr, BitOrAssign};

use super::Node;
use crate::plan::{ScoreId, SectionId};

/// What a command changed. Interfaces learn of change through this only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSet {
    changes: BTreeMap<Target, What>,
    /// That nobody asks for it, so that nothing is noted.
    unheard: bool,
}

/// Something that can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A question in a row.
    Node(Node),
    /// A section.
    Section(SectionId),
    /// A score.
    Score(ScoreId),
    /// The form as a whole: its checks, its language, the age.
    Form,
}

/// What changed about a target: any of the constants together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct What(u16);

impl What {
    /// The value, the absence or the informant.
    pub const VALUE: Self = Self(1);
    /// Whether it is asked.
    pub const RELEVANCE: Self = Self(1 << 1);
    /// Whether a value is needed.
    pub const REQUIRED: Self = Self(1 << 2);
    /// Whether it may be changed.
    pub const READ_ONLY: Self = Self(1 << 3);
    /// What is wrong with it.
    pub const ISSUES: Self = Self(1 << 4);
    /// Which choices are offered.
    pub const CHOICES: Self = Self(1 << 5);
    /// What a text with placeholders says.
    pub const LABEL: Self = Self(1 << 6);
    /// Which rows there are.
    pub const ROWS: Self = Self(1 << 7);

    /// Whether all of `other` is in it.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for What {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for What {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl ChangeSet {
    /// One that notes nothing: when everything is computed, everything is new.
    pub(super) fn unheard() -> Self {
        Self { unheard: true, ..Self::default() }
    }

    pub(super) fn add(&mut self, target: Target, what: What) {
        if self.unheard {
            return;
        }
        *self.changes.entry(target).or_default() |= what;
    }

    /// Every target that changed, once, with what about it.
    pub fn iter(&self) -> impl Iterator<Item = (Target, What)> + '_ {
        self.changes.iter().map(|(target, what)| (*target, *what))
    }

    /// What changed about a target.
    #[must_use]
    pub fn of(&self, target: Target) -> What {
        self.changes.get(&target).copied().unwrap_or_default()
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many targets changed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.changes.len()
    }
}
