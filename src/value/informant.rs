use std::fmt;
use std::str::FromStr;

/// Who an answer comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Informant {
    /// The person the interview is about.
    #[default]
    Own,
    /// Somebody who speaks for the person.
    Proxy,
    /// The worker saw or measured it.
    Observed,
    /// It was read from a document.
    Record,
    /// The engine calculated it.
    Computed,
}

impl Informant {
    /// Every informant, in the order in which an interface offers them.
    pub const ALL: [Self; 5] = [Self::Own, Self::Proxy, Self::Observed, Self::Record, Self::Computed];

    /// The code on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "self",
            Self::Proxy => "proxy",
            Self::Observed => "observed",
            Self::Record => "record",
            Self::Computed => "computed",
        }
    }
}

impl fmt::Display for Informant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Informant {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|informant| informant.code() == code).ok_or(())
    }
}
