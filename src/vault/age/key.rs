//! Keys: `age1…`, which everybody may know, and `AGE-SECRET-KEY-1…`.

use std::fmt;
use std::str::FromStr;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};
use chacha20poly1305::aead::Aead;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use super::header::Stanza;
use super::{AgeError, FILE_KEY_BYTES, Random, derive};
use crate::vault::base64;

/// The stanza's first word.
const X25519: &str = "X25519";
const LABEL: &[u8] = b"age-encryption.org/v1/X25519";
const PUBLIC: &str = "age";
const SECRET: &str = "age-secret-key-";

/// A public key: who a file is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Recipient(PublicKey);

/// A private key.
#[derive(Clone)]
pub struct Identity(StaticSecret);

/// What is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKey;

impl fmt::Display for NoKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "this is no age key: a public one begins with `age1`, a private one with `AGE-SECRET-KEY-1`",
        )
    }
}

impl std::error::Error for NoKey {}

impl Recipient {
    pub(super) fn wrap(
        &self,
        file_key: &[u8; FILE_KEY_BYTES],
        random: Random<'_>,
    ) -> Result<Stanza, AgeError> {
        let once = Identity::generate(random);
        let share = PublicKey::from(&once.0);
        let key = shared_key(&once.0, &self.0, &share, &self.0).ok_or(AgeError::WeakKey)?;
        let body = ChaCha20Poly1305::new(&(*key).into())
            .encrypt(&Nonce::default(), file_key.as_slice())
            .map_err(|_| AgeError::WeakKey)?;
        Ok(Stanza { words: vec![X25519.to_owned(), base64::encode(share.as_bytes())], body })
    }
}

impl Identity {
    /// A new one, by chance.
    pub fn generate(random: Random<'_>) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        random(bytes.as_mut_slice());
        Self(StaticSecret::from(*bytes))
    }

    /// The public half.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient(PublicKey::from(&self.0))
    }

    /// The private half as text, in upper case as `age-keygen` writes it.
    #[must_use]
    pub fn to_secret_text(&self) -> Zeroizing<String> {
        Zeroizing::new(encode(SECRET, self.0.as_bytes()).to_ascii_uppercase())
    }

    /// The file's key, if the stanza is for this identity.
    pub(super) fn unwrap(
        &self,
        stanza: &Stanza,
    ) -> Result<Option<Zeroizing<[u8; FILE_KEY_BYTES]>>, AgeError> {
        let [word, share] = stanza.words.as_slice() else { return Ok(None) };
        if word != X25519 {
            return Ok(None);
        }
        let share = base64::decode(share).ok_or(AgeError::NotAge)?;
        let share = PublicKey::from(<[u8; 32]>::try_from(share).map_err(|_| AgeError::NotAge)?);
        if stanza.body.len() != FILE_KEY_BYTES + 16 {
            return Err(AgeError::NotAge);
        }
        let public = PublicKey::from(&self.0);
        let key = shared_key(&self.0, &share, &share, &public).ok_or(AgeError::WeakKey)?;
        let opened = ChaCha20Poly1305::new(&(*key).into()).decrypt(&Nonce::default(), stanza.body.as_slice());
        let opened = opened.ok().map(Zeroizing::new);
        Ok(opened.and_then(|key| <[u8; FILE_KEY_BYTES]>::try_from(key.as_slice()).ok()).map(Zeroizing::new))
    }
}

fn shared_key(
    secret: &StaticSecret,
    with: &PublicKey,
    share: &PublicKey,
    recipient: &PublicKey,
) -> Option<Zeroizing<[u8; 32]>> {
    let shared = secret.diffie_hellman(with);
    // A key of low order makes the same secret with everybody.
    if !shared.was_contributory() {
        return None;
    }
    let salt = [share.as_bytes().as_slice(), recipient.as_bytes()].concat();
    Some(derive(shared.as_bytes(), &salt, LABEL))
}

fn encode(prefix: &str, bytes: &[u8]) -> String {
    // Both prefixes are valid, and 32 bytes are never too long.
    let text = Hrp::parse(prefix).ok().and_then(|prefix| bech32::encode::<Bech32>(prefix, bytes).ok());
    text.unwrap_or_default()
}

fn decode(prefix: &str, text: &str) -> Result<Zeroizing<[u8; 32]>, NoKey> {
    let read = CheckedHrpstring::new::<Bech32>(text.trim()).map_err(|_| NoKey)?;
    if read.hrp().to_lowercase() != prefix {
        return Err(NoKey);
    }
    let bytes = Zeroizing::new(read.byte_iter().collect::<Vec<u8>>());
    <[u8; 32]>::try_from(bytes.as_slice()).map(Zeroizing::new).map_err(|_| NoKey)
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode(PUBLIC, self.0.as_bytes()))
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({self})")
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

impl FromStr for Recipient {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        Ok(Self(PublicKey::from(*decode(PUBLIC, text)?)))
    }
}

impl FromStr for Identity {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        Ok(Self(StaticSecret::from(*decode(SECRET, text)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_texts() {
        let identity = Identity::generate(&mut crate::vault::age::tests::counting());
        let secret = identity.to_secret_text();
        assert!(secret.starts_with("AGE-SECRET-KEY-1"), "{}", secret.as_str());
        let again: Identity = secret.parse().unwrap();
        assert_eq!(again.recipient(), identity.recipient());
        let public = identity.recipient().to_string();
        assert!(public.starts_with("age1") && public.len() == 62, "{public}");
        assert_eq!(public.parse(), Ok(identity.recipient()));
        assert_eq!(secret.parse::<Recipient>(), Err(NoKey));
        assert!(public.parse::<Identity>().is_err());
        let wrong: String = public.replace('q', "p");
        let wrong = if wrong == public { public.replace('p', "q") } else { wrong };
        let short: String = public.chars().take(61).collect();
        for text in ["", "age1", "age", "家", &wrong, &short] {
            assert_eq!(text.parse::<Recipient>(), Err(NoKey), "{text}");
        }
        assert_eq!(format!("{identity:?}"), "Identity(…)");
    }
}
