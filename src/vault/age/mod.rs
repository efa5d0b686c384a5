//! The `age` file format (age-encryption.org/v1) for X25519 recipients: what leaves a tablet for a public key.
//!
//! A station so needs no program of ours to read what is meant for it: `age --decrypt` does. The primitives are
//! RustCrypto's and dalek's; the format around them is a page of text. The crate `age` was left out: with the
//! translations of its messages, its post-quantum and its other recipients it brings 120 crates.
//! `tests/age.rs` holds this to the `age` program where that is installed, and to files that it has made.

mod armor;
mod header;
mod key;
mod stream;

pub use armor::{dearmor, is_armored, to_armor};
pub use key::{Identity, Recipient};

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Fills bytes by chance.
pub type Random<'r> = &'r mut dyn FnMut(&mut [u8]);

/// How long a file's own key is.
const FILE_KEY_BYTES: usize = 16;
/// How long the nonce before the payload is.
const PAYLOAD_NONCE_BYTES: usize = 16;

/// Why a file does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeError {
    /// It is no `age` file, or one of another version.
    NotAge,
    /// It is for somebody else.
    NotForThisKey,
    /// Its head or its content was changed or cut off.
    Damaged,
    /// A public key with which nobody can keep a secret.
    WeakKey,
}

impl std::fmt::Display for AgeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotAge => "this is no age file",
            Self::NotForThisKey => "this age file is not for this key",
            Self::Damaged => "this age file is damaged: it was changed or cut off",
            Self::WeakKey => "this public key keeps no secret",
        })
    }
}

impl std::error::Error for AgeError {}

/// Encrypts for all of the recipients; each alone can open it.
///
/// # Errors
/// [`AgeError::WeakKey`] if a recipient is no honest key.
pub fn encrypt(recipients: &[Recipient], plain: &[u8], random: Random<'_>) -> Result<Vec<u8>, AgeError> {
    let mut file_key = Zeroizing::new([0; FILE_KEY_BYTES]);
    random(file_key.as_mut_slice());
    let stanzas = recipients
        .iter()
        .map(|recipient| recipient.wrap(&file_key, random))
        .collect::<Result<Vec<_>, AgeError>>()?;
    let mut file = header::write(&stanzas, &file_key);
    let mut nonce = [0; PAYLOAD_NONCE_BYTES];
    random(&mut nonce);
    file.extend(nonce);
    stream::seal(&derive(&*file_key, &nonce, b"payload"), plain, &mut file)?;
    Ok(file)
}

/// Opens a file, armored or not.
///
/// # Errors
/// See [`AgeError`].
pub fn decrypt(identity: &Identity, file: &[u8]) -> Result<Zeroizing<Vec<u8>>, AgeError> {
    let binary;
    let file = if is_armored(file) {
        binary = dearmor(file).ok_or(AgeError::NotAge)?;
        &binary
    } else {
        file
    };
    let header = header::read(file).ok_or(AgeError::NotAge)?;
    let mut file_key = None;
    for stanza in &header.stanzas {
        if let Some(found) = identity.unwrap(stanza)? {
            file_key = Some(found);
            break;
        }
    }
    let file_key = file_key.ok_or(AgeError::NotForThisKey)?;
    if !header.is_vouched_for_by(&file_key) {
        return Err(AgeError::Damaged);
    }
    let (nonce, sealed) =
        header.payload.split_first_chunk::<PAYLOAD_NONCE_BYTES>().ok_or(AgeError::Damaged)?;
    stream::open(&derive(&*file_key, nonce, b"payload"), sealed)
}

/// HKDF-SHA-256 to 32 bytes.
fn derive(secret: &[u8], salt: &[u8], info: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    // It refuses only to make more than 255 blocks.
    let _ = Hkdf::<Sha256>::new(Some(salt), secret).expand(info, key.as_mut_slice());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that only look random: for tests.
    pub(super) fn counting() -> impl FnMut(&mut [u8]) {
        let mut next = 1_u64;
        move |bytes: &mut [u8]| {
            for byte in bytes {
                next = next.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                *byte = next.to_be_bytes()[0];
            }
        }
    }

    #[test]
    fn whoever_it_is_for_opens_it_and_nobody_else() {
        let mut random = counting();
        let [first, second, other] = [(); 3].map(|()| Identity::generate(&mut random));
        for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000] {
            let plain = vec![42; length];
            let file = encrypt(&[first.recipient(), second.recipient()], &plain, &mut random).unwrap();
            assert_eq!(decrypt(&first, &file).unwrap().as_slice(), plain);
            assert_eq!(decrypt(&second, to_armor(&file).as_bytes()).unwrap().as_slice(), plain);
            assert_eq!(decrypt(&other, &file), Err(AgeError::NotForThisKey));
        }
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let mut random = counting();
        let identity = Identity::generate(&mut random);
        let file = encrypt(&[identity.recipient()], b"the key of a worker", &mut random).unwrap();
        for place in 0..file.len() {
            let mut changed = file.clone();
            changed[place] ^= 1;
            assert!(decrypt(&identity, &changed).is_err(), "byte {place}");
            assert!(decrypt(&identity, &file[..place]).is_err(), "cut at {place}");
        }
        let mut longer = file;
        longer.push(0);
        assert_eq!(decrypt(&identity, &longer), Err(AgeError::Damaged));
    }

    #[test]
    fn chunks_do_not_change_places() {
        let mut random = counting();
        let identity = Identity::generate(&mut random);
        let file = encrypt(&[identity.recipient()], &vec![1; 3 * 65_536], &mut random).unwrap();
        let chunk = 65_536 + 16;
        let payload = file.len() - 3 * chunk;
        let mut swapped = file.clone();
        swapped[payload..payload + 2 * chunk].rotate_left(chunk);
        assert_eq!(decrypt(&identity, &swapped), Err(AgeError::Damaged));
        assert_eq!(decrypt(&identity, &file[..payload + 2 * chunk]), Err(AgeError::Damaged));
    }
}
