//! When a worker has forgotten their passphrase.
//!
//! The tablet makes a request: the worker's key as it was sealed for the station, and the public half of a key pair
//! made for this one answer. At the station, whoever has the private key opens the one and seals it to the other:
//! `intake recover` does both, and so do two calls of the `age` program. The private key of the station is never on a
//! tablet, and the answer is of no use on any other.

use serde::{Deserialize, Serialize};

use super::Id;

/// The version of both files.
pub const RECOVERY_VERSION: u32 = 1;

/// What the tablet asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// [`RECOVERY_VERSION`].
    pub recovery_request: u32,
    /// Who has forgotten.
    pub worker: Id,
    /// What they are called on the tablet's list: the station asks whether it is they.
    pub name: String,
    /// The station's public key.
    pub station: String,
    /// To whom the answer is to be sealed: `age1…`.
    pub reply_to: String,
    /// The worker's key, sealed for the station: an armored `age` file.
    pub sealed: String,
}

/// What the station answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// [`RECOVERY_VERSION`].
    pub recovery_answer: u32,
    /// Whose key it is.
    pub worker: Id,
    /// The worker's key, sealed for the request: an armored `age` file.
    pub sealed: String,
}

/// Why the station cannot answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// The file is no request.
    NoRequest,
    /// It was made by a later version of the program.
    Version,
    /// The key in it is for another station, or was damaged on the way.
    OtherStation,
}

impl std::fmt::Display for Unanswered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoRequest => "this file is no request for a recovery",
            Self::Version => "this request was made by a later version of intake: update this one",
            Self::OtherStation => {
                "this request cannot be opened with this key: it is for another station, or damaged"
            }
        })
    }
}

impl std::error::Error for Unanswered {}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// See [`Unanswered`].
    pub fn read(text: &str) -> Result<Self, Unanswered> {
        let request: Self = serde_json::from_str(text).map_err(|_| Unanswered::NoRequest)?;
        if request.recovery_request == RECOVERY_VERSION { Ok(request) } else { Err(Unanswered::Version) }
    }

    /// Answers it, with the station's private key.
    ///
    /// # Errors
    /// See [`Unanswered`].
    #[cfg(feature = "crypto")]
    pub fn answer(
        &self,
        station: &super::age::Identity,
        random: super::age::Random<'_>,
    ) -> Result<Answer, Unanswered> {
        let reply_to = self.reply_to.parse().map_err(|_| Unanswered::NoRequest)?;
        let key =
            super::age::decrypt(station, self.sealed.as_bytes()).map_err(|_| Unanswered::OtherStation)?;
        let sealed = super::age::encrypt(&[reply_to], &key, random).map_err(|_| Unanswered::NoRequest)?;
        Ok(Answer {
            recovery_answer: RECOVERY_VERSION,
            worker: self.worker,
            sealed: super::age::to_armor(&sealed),
        })
    }
}

impl Answer {
    /// Reads an answer, or the bare `age` file that two calls of `age` leave.
    #[must_use]
    pub fn sealed_part(text: &str) -> Option<String> {
        if let Ok(answer) = serde_json::from_str::<Self>(text) {
            return (answer.recovery_answer == RECOVERY_VERSION).then_some(answer.sealed);
        }
        text.trim_start().starts_with("-----BEGIN AGE").then(|| text.to_owned())
    }
}

#[cfg(all(test, feature = "crypto"))]
mod tests {
    use super::*;
    use crate::vault::age::{Identity, decrypt, encrypt, to_armor};

    #[test]
    fn the_station_gives_the_key_back_to_this_request_alone() {
        let mut next = 0_u8;
        let mut random = |bytes: &mut [u8]| {
            bytes.iter_mut().for_each(|byte| (*byte, next) = (next, next.wrapping_add(77)))
        };
        let [station, other, once] = [(); 3].map(|()| Identity::generate(&mut random));
        let key = [5; 32];
        let request = Request {
            recovery_request: 1,
            worker: Id([1; 16]),
            name: "Li".into(),
            station: station.recipient().to_string(),
            reply_to: once.recipient().to_string(),
            sealed: to_armor(&encrypt(&[station.recipient()], &key, &mut random).unwrap()),
        };
        let request = Request::read(&serde_json::to_string(&request).unwrap()).unwrap();
        let answer = request.answer(&station, &mut random).unwrap();
        let sealed = Answer::sealed_part(&serde_json::to_string(&answer).unwrap()).unwrap();
        assert_eq!(decrypt(&once, sealed.as_bytes()).unwrap().as_slice(), key);
        assert!(decrypt(&station, sealed.as_bytes()).is_err());
        assert_eq!(request.answer(&other, &mut random), Err(Unanswered::OtherStation));
        assert_eq!(Request::read("{}"), Err(Unanswered::NoRequest));
        assert_eq!(Answer::sealed_part(&sealed).as_deref(), Some(sealed.as_str()));
        assert_eq!(Answer::sealed_part("hello"), None);
    }
}
