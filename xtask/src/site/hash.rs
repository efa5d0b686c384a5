//! Names that change with the content.

use sha2::{Digest, Sha256};

/// How much of a hash stands in a name, in hexadecimal digits: enough that no two files of a site ever share it.
const DIGITS: usize = 16;

/// SHA-256 in hexadecimal.
pub(crate) fn full(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `icons/a.svg` becomes `icons/a-0123456789abcdef.svg`; the `_bg` of a module stays at the end of its stem.
pub(super) fn name(name: &str, bytes: &[u8]) -> String {
    let digits: String = full(bytes).chars().take(DIGITS).collect();
    let (folder, file) = name.rsplit_once('/').map_or((None, name), |(folder, file)| (Some(folder), file));
    let (stem, ending) = file.rsplit_once('.').map_or((file, None), |(stem, ending)| (stem, Some(ending)));
    let (stem, tail) = stem.strip_suffix("_bg").map_or((stem, ""), |stem| (stem, "_bg"));
    let mut hashed = folder.map(|folder| format!("{folder}/")).unwrap_or_default();
    hashed.push_str(&format!("{stem}-{digits}{tail}"));
    if let Some(ending) = ending {
        hashed.push('.');
        hashed.push_str(ending);
    }
    hashed
}

/// Whether a name carries a hash, so that what it names never changes.
pub(crate) fn is_hashed(address: &str) -> bool {
    let file = address.rsplit('/').next().unwrap_or(address);
    let stem = file.split('.').next().unwrap_or(file);
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, digits)| {
        digits.len() == DIGITS && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::{full, is_hashed, name};

    const EMPTY: &str = "e3b0c44298fc1c14";

    #[test]
    fn names_carry_the_hash() {
        assert!(full(b"").starts_with(EMPTY));
        assert_eq!(name("boot.js", b""), format!("boot-{EMPTY}.js"));
        assert_eq!(name("text/zh-CN.json", b""), format!("text/zh-CN-{EMPTY}.json"));
        assert_eq!(name("intake-web_bg.wasm", b""), format!("intake-web-{EMPTY}_bg.wasm"));
        assert_eq!(name("LICENSE", b""), format!("LICENSE-{EMPTY}"));
        for plain in ["boot.js", "intake-web_bg.wasm", "index.html", "a/b/zh-CN.json", "a-0123.js"] {
            assert!(!is_hashed(plain), "{plain}");
            assert!(is_hashed(&name(plain, b"x")), "{plain}");
        }
        assert!(is_hashed(&format!("boot-{EMPTY}.js.br")));
    }
}
