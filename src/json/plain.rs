//! How far a text is simply itself.

/// In every byte of a word: 1, and the highest bit.
const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGH: u64 = u64::from_le_bytes([0x80; 8]);

/// How many bytes come before the first that JSON escapes: a quotation mark, a backslash or a control character.
///
/// Eight bytes at a time: profiles are mostly text, and looking at each byte was a tenth of writing them. Words are read
/// from where the text stands: a word put together from single bytes makes the processor wait until they are written.
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let Some(last) = bytes.last_chunk::<8>() else {
        return bytes.iter().position(|&byte| is_special(byte)).unwrap_or(bytes.len());
    };
    let (words, _) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return index * 8 + special.trailing_zeros() as usize / 8;
        }
    }
    // The last word again takes in what the words before it have found plain.
    let special = special(u64::from_le_bytes(*last));
    if special == 0 { bytes.len() } else { bytes.len() - 8 + special.trailing_zeros() as usize / 8 }
}

const fn is_special(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// The highest bit of every byte that is special. A borrow may set further ones, but only above the first.
const fn special(word: u64) -> u64 {
    let control = word.wrapping_sub(ONES * b' ' as u64) & !word;
    let (quote, backslash) = (word ^ (ONES * b'"' as u64), word ^ (ONES * b'\\' as u64));
    (control | (quote.wrapping_sub(ONES) & !quote) | (backslash.wrapping_sub(ONES) & !backslash)) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_special_byte_is_found_wherever_it_stands() {
        for at in 0..40 {
            for byte in 0..=255 {
                let mut bytes = [b'a'; 40];
                bytes[at] = byte;
                let is_special = byte < 0x20 || byte == b'"' || byte == b'\\';
                assert_eq!(plain_length(&bytes), if is_special { at } else { 40 }, "{byte} at {at}");
                // What comes after another is not looked at, and what is just above the bounds is plain.
                bytes[39] = b'"';
                bytes[..at].fill(0xff);
                assert_eq!(plain_length(&bytes), if is_special { at } else { 39 }, "{byte} at {at}");
                bytes[..at].fill(b' ');
                assert_eq!(plain_length(&bytes), if is_special { at } else { 39 }, "{byte} at {at}");
            }
        }
        for length in 0..40 {
            let mut bytes = vec![b'a'; length];
            assert_eq!(plain_length(&bytes), length);
            for at in (0..length).rev() {
                bytes[at] = b'\\';
                assert_eq!(plain_length(&bytes), at, "{at} of {length}");
            }
        }
    }
}
