use sha2::{Digest as _, Sha256};

/// `sha256:` and the hash of a text in 64 small hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    sha256_of(text.as_bytes())
}

/// `sha256:` and the hash of bytes.
#[must_use]
pub fn sha256_of(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(71);
    out.push_str("sha256:");
    for byte in Sha256::digest(bytes) {
        out.extend(
            [byte >> 4, byte & 0xf].into_iter().filter_map(|digit| char::from_digit(digit.into(), 16)),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::sha256;

    #[test]
    fn the_hashes_are_those_of_the_standard() {
        assert_eq!(sha256(""), "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(sha256("abc"), "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
