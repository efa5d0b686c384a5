//! The form of a file that survives a mail or a printout.

use crate::vault::base64;

const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const END: &str = "-----END AGE ENCRYPTED FILE-----";
const COLUMNS: usize = 64;

/// Whether a file is armored.
#[must_use]
pub fn is_armored(file: &[u8]) -> bool {
    file.trim_ascii_start().starts_with(BEGIN.as_bytes())
}

/// A file as text.
#[must_use]
pub fn to_armor(file: &[u8]) -> String {
    let mut body = base64::encode(file);
    while !body.len().is_multiple_of(4) {
        body.push('=');
    }
    let mut text = format!("{BEGIN}\n");
    for line in body.as_bytes().chunks(COLUMNS) {
        text.push_str(&String::from_utf8_lossy(line));
        text.push('\n');
    }
    text.push_str(END);
    text.push('\n');
    text
}

/// The file of a text.
#[must_use]
pub fn dearmor(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let body = text.strip_prefix(BEGIN)?.strip_suffix(END)?;
    let letters: String = body.lines().map(str::trim_end).collect();
    let unpadded = letters.trim_end_matches('=');
    if !letters.len().is_multiple_of(4) || letters.len() - unpadded.len() > 2 {
        return None;
    }
    base64::decode(unpadded)
}
