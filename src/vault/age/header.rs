//! The head of a file: for whom it is, in lines of text, and what vouches for them.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{FILE_KEY_BYTES, derive};
use crate::vault::base64;

const INTRO: &str = "age-encryption.org/v1";
/// How long the lines of a body are.
const COLUMNS: usize = 64;
/// The most stanzas that are read: a file for more people than that is none of ours.
const MOST_STANZAS: usize = 256;

/// The file's key, wrapped for one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stanza {
    pub(super) words: Vec<String>,
    pub(super) body: Vec<u8>,
}

/// A head that was read.
#[derive(Debug)]
pub(super) struct Header<'f> {
    pub(super) stanzas: Vec<Stanza>,
    /// What the sum is of: all up to its `---`.
    summed: &'f [u8],
    sum: Vec<u8>,
    pub(super) payload: &'f [u8],
}

/// Writes the head.
pub(super) fn write(stanzas: &[Stanza], file_key: &[u8; FILE_KEY_BYTES]) -> Vec<u8> {
    let mut text = format!("{INTRO}\n");
    for stanza in stanzas {
        text.push_str(&format!("-> {}\n", stanza.words.join(" ")));
        let body = base64::encode(&stanza.body);
        let mut lines = body.as_bytes().chunks(COLUMNS).map(String::from_utf8_lossy);
        let last = if body.len().is_multiple_of(COLUMNS) { None } else { lines.next_back() };
        for line in lines {
            text.push_str(&format!("{line}\n"));
        }
        // The last line is the one that is not full, if need be an empty one.
        text.push_str(&format!("{}\n", last.unwrap_or_default()));
    }
    text.push_str("---");
    let sum = mac(file_key, text.as_bytes()).map(|mac| mac.finalize().into_bytes().to_vec());
    text.push_str(&format!(" {}\n", base64::encode(&sum.unwrap_or_default())));
    text.into_bytes()
}

/// Reads the head.
pub(super) fn read(file: &[u8]) -> Option<Header<'_>> {
    let mut rest = file;
    if line(&mut rest)? != INTRO {
        return None;
    }
    let mut stanzas = Vec::new();
    loop {
        let begin = file.len() - rest.len();
        let text = line(&mut rest)?;
        if let Some(sum) = text.strip_prefix("--- ") {
            let sum = base64::decode(sum)?;
            return Some(Header { stanzas, summed: file.get(..begin + 3)?, sum, payload: rest });
        }
        let words: Vec<String> = text.strip_prefix("-> ")?.split(' ').map(str::to_owned).collect();
        if words.iter().any(String::is_empty) || stanzas.len() == MOST_STANZAS {
            return None;
        }
        let mut body = String::new();
        loop {
            let text = line(&mut rest)?;
            body.push_str(text);
            if text.len() < COLUMNS {
                break;
            }
            if text.len() > COLUMNS {
                return None;
            }
        }
        stanzas.push(Stanza { words, body: base64::decode(&body)? });
    }
}

impl Header<'_> {
    /// Whether the head is as whoever knew the file's key has written it.
    pub(super) fn is_vouched_for_by(&self, file_key: &[u8; FILE_KEY_BYTES]) -> bool {
        mac(file_key, self.summed).is_some_and(|mac| mac.verify_slice(&self.sum).is_ok())
    }
}

fn mac(file_key: &[u8; FILE_KEY_BYTES], text: &[u8]) -> Option<Hmac<Sha256>> {
    let key = derive(file_key, &[], b"header");
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_slice()).ok()?;
    mac.update(text);
    Some(mac)
}

/// Takes a line off: printable ASCII alone.
fn line<'f>(rest: &mut &'f [u8]) -> Option<&'f str> {
    let end = rest.iter().take(4096).position(|byte| *byte == b'\n')?;
    let (text, after) = rest.split_at_checked(end)?;
    *rest = after.get(1..)?;
    let text = std::str::from_utf8(text).ok()?;
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte)).then_some(text)
}
