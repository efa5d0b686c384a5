//! The payload: chunks of 64 KiB, each sealed by itself and bound to its place and to whether it is the last.

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
use zeroize::Zeroizing;

use super::AgeError;

const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

/// Seals, and adds to a file.
pub(super) fn seal(key: &[u8; 32], plain: &[u8], file: &mut Vec<u8>) -> Result<(), AgeError> {
    let cipher = ChaCha20Poly1305::new(&(*key).into());
    let mut chunks = plain.chunks(CHUNK).peekable();
    // An empty payload is one empty chunk.
    let mut next = chunks.next().unwrap_or_default();
    for number in 0_u64.. {
        let after = chunks.next();
        let sealed = cipher.encrypt(&nonce(number, after.is_none()).into(), next);
        file.extend(sealed.map_err(|_| AgeError::Damaged)?);
        match after {
            Some(chunk) => next = chunk,
            None => break,
        }
    }
    Ok(())
}

/// Opens what is left of a file. Nothing of it is given out before its end was seen.
pub(super) fn open(key: &[u8; 32], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, AgeError> {
    let cipher = ChaCha20Poly1305::new(&(*key).into());
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    let count = sealed.chunks(CHUNK + TAG).len();
    if count == 0 {
        return Err(AgeError::Damaged);
    }
    for (number, chunk) in (0_u64..).zip(sealed.chunks(CHUNK + TAG)) {
        let last = number + 1 == count as u64;
        let nonce = nonce(number, last).into();
        let opened = cipher.decrypt(&nonce, chunk).map(Zeroizing::new).map_err(|_| AgeError::Damaged)?;
        // Only an empty payload ends with an empty chunk.
        if last && opened.is_empty() && number > 0 {
            return Err(AgeError::Damaged);
        }
        plain.extend_from_slice(&opened);
    }
    Ok(plain)
}

/// Eleven bytes of the chunk's number, and one that says whether it is the last.
fn nonce(number: u64, last: bool) -> [u8; 12] {
    let mut nonce = [0; 12];
    for (byte, of) in nonce.iter_mut().skip(3).zip(number.to_be_bytes()) {
        *byte = of;
    }
    if let Some(flag) = nonce.last_mut() {
        *flag = u8::from(last);
    }
    nonce
}
