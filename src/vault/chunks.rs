//! An attachment in pieces: a database reads and writes pieces whole.

/// How large a piece is.
pub const CHUNK_BYTES: usize = 256 * 1024;

/// The pieces of an attachment, in order. Whether one is the last is part of it: an attachment that was cut off is
/// noticed.
pub fn split(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let count = bytes.chunks(CHUNK_BYTES).len();
    bytes.chunks(CHUNK_BYTES).enumerate().map(move |(number, chunk)| {
        let mut piece = vec![u8::from(number + 1 == count)];
        piece.extend_from_slice(chunk);
        piece
    })
}

/// The attachment of pieces in order; none if one of them is missing at the end.
#[must_use]
pub fn join(pieces: &[Vec<u8>]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut complete = false;
    for piece in pieces {
        let (last, chunk) = piece.split_first()?;
        bytes.extend_from_slice(chunk);
        complete = *last == 1;
    }
    complete.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_split_is_joined_and_half_of_it_is_not() {
        for length in [1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES] {
            let bytes: Vec<u8> = (0..length).map(|place| place.to_le_bytes()[0]).collect();
            let mut pieces: Vec<Vec<u8>> = split(&bytes).collect();
            assert_eq!(pieces.len(), length.div_ceil(CHUNK_BYTES));
            assert_eq!(join(&pieces).as_ref(), Some(&bytes), "{length}");
            pieces.pop();
            assert_eq!(join(&pieces), None, "{length}");
        }
        assert_eq!(join(&[vec![]]), None);
    }
}
