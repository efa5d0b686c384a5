//! Compressed streams, wherever in a text they begin.

use std::io::Read;

/// How much of a stream is unpacked.
const MOST: u64 = 4 << 20;
/// What an entry of the browser's cache begins with, how long its head is, and where the length of its key stands.
const CACHE_ENTRY: [u8; 8] = 0xfcfb_6d1b_a772_5c30_u64.to_le_bytes();
const CACHE_HEAD: usize = 24;
const CACHE_KEY_LENGTH: usize = 12;

/// All streams of zlib and gzip in a text; and one of Brotli, which has no mark of its own, where one can begin: at the
/// beginning, and after the head of an entry of the cache.
pub(super) fn streams(text: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (place, two) in text.windows(2).enumerate() {
        let rest = &text[place..];
        match two {
            [0x1f, 0x8b] => keep(flate2::read::GzDecoder::new(rest), &mut found),
            [0x78, 0x01 | 0x5e | 0x9c | 0xda] => keep(flate2::read::ZlibDecoder::new(rest), &mut found),
            _ => {}
        }
    }
    let body = text.starts_with(&CACHE_ENTRY).then(|| {
        let length = text.get(CACHE_KEY_LENGTH..CACHE_KEY_LENGTH + 4)?;
        text.get(CACHE_HEAD + u32::from_le_bytes(length.try_into().ok()?) as usize..)
    });
    for rest in [Some(text), body.flatten()].into_iter().flatten() {
        keep(brotli::Decompressor::new(rest, 4096), &mut found);
    }
    found
}

/// Keeps what a stream holds, as far as it can be read: what follows it, or is missing, is no matter.
fn keep(stream: impl Read, found: &mut Vec<Vec<u8>>) {
    let mut text = Vec::new();
    let _ = stream.take(MOST).read_to_end(&mut text);
    if !text.is_empty() {
        found.push(text);
    }
}
