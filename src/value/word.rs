use std::fmt::Display;
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One of a closed set of words, typed by what it stands for: `"dont_know"` is a `Word<Absence>`.
///
/// The live types do not serialise themselves; this is the one place where their words become JSON strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word<T>(pub T);

impl<T: Display> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: FromStr> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        // The word itself stays out of the message: it may be an answer that slipped into the wrong place.
        word.parse().map(Self).map_err(|_| D::Error::custom("not one of the words that can stand here"))
    }
}

/// Declares an enum of words with `Display`, `FromStr` and every value in order.
macro_rules! words {
    ($(#[doc = $type_doc:literal])+ $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $type_doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $doc])+ $variant,)+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word for it on the wire.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();

            fn from_str(word: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|value| value.word() == word).ok_or(())
            }
        }
    };
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::value::Absence;

    #[test]
    fn a_word_is_a_string_and_an_unknown_one_is_refused_without_being_quoted() {
        let json = serde_json::to_string(&Word(Absence::DontKnow)).unwrap();
        assert_eq!(json, "\"dont_know\"");
        assert_eq!(serde_json::from_str::<Word<Absence>>(&json).unwrap(), Word(Absence::DontKnow));
        let refusal = serde_json::from_str::<Word<Absence>>("\"secret\"").unwrap_err();
        assert!(!refusal.to_string().contains("secret"));
    }
}
