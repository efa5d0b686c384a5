//! Ids by chance.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How many bytes an id has: enough that random ones never meet.
pub const ID_BYTES: usize = 16;

/// The random id of a worker, a draft or an attachment. It says nothing about what it names, and stands nowhere but on
/// the tablet and in its backups.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(pub [u8; ID_BYTES]);

impl Id {
    /// In the place of an id where there is none.
    pub const NONE: Self = Self([0; ID_BYTES]);
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

/// What is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoId;

impl fmt::Display for NoId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an id has {} hexadecimal digits", ID_BYTES * 2)
    }
}

impl std::error::Error for NoId {}

impl FromStr for Id {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != ID_BYTES || !rest.is_empty() {
            return Err(NoId);
        }
        let mut id = Self::NONE;
        for (byte, pair) in id.0.iter_mut().zip(pairs) {
            let digit = |digit: u8| match digit {
                b'0'..=b'9' => Ok(digit - b'0'),
                b'a'..=b'f' => Ok(digit - b'a' + 10),
                _ => Err(NoId),
            };
            let [high, low] = *pair;
            *byte = digit(high)? << 4 | digit(low)?;
        }
        Ok(id)
    }
}

impl TryFrom<String> for Id {
    type Error = NoId;

    fn try_from(text: String) -> Result<Self, NoId> {
        text.parse()
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn an_id_is_read_as_it_is_written() {
        let id = Id([0, 1, 0x7f, 0x80, 0xff, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xab]);
        assert_eq!(id.to_string(), "00017f80ff05060708090a0b0c0d0eab");
        assert_eq!(id.to_string().parse(), Ok(id));
        for text in ["", "00", "00017f80ff05060708090a0b0c0d0eAB", "00017f80ff05060708090a0b0c0d0eabc", "家"]
        {
            assert!(text.parse::<Id>().is_err(), "{text}");
        }
    }
}
