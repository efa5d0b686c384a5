//! Ed25519 keys in the files that OpenSSL writes and reads: PKCS#8 and SubjectPublicKeyInfo in PEM (RFC 8410).

use data_encoding::{BASE64, BASE64URL_NOPAD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

/// What stands before the 32 bytes of a private key, and before those of a public key. Both files have one length.
const PRIVATE_PREFIX: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
const PUBLIC_PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const PRIVATE: &str = "PRIVATE KEY";
const PUBLIC: &str = "PUBLIC KEY";

/// A key that signs. It does not show itself when it is printed.
pub struct PrivateKey(SigningKey);

/// A key that verifies what its private key signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey(…)")
    }
}

impl PrivateKey {
    /// The key of 32 random bytes, which the host gives.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// Reads a private key from its file.
    #[must_use]
    pub fn from_pem(text: &str) -> Option<Self> {
        let bytes = unwrapped(text, PRIVATE)?;
        let seed: [u8; 32] = bytes.strip_prefix(&PRIVATE_PREFIX)?.try_into().ok()?;
        Some(Self::from_seed(seed))
    }

    /// The key as a file.
    #[must_use]
    pub fn to_pem(&self) -> String {
        wrapped(&[&PRIVATE_PREFIX[..], self.0.as_bytes()].concat(), PRIVATE)
    }

    /// The public key that belongs to it.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, bytes: &[u8]) -> String {
        BASE64URL_NOPAD.encode(&self.0.sign(bytes).to_bytes())
    }
}

impl PublicKey {
    /// Reads a public key from its file.
    #[must_use]
    pub fn from_pem(text: &str) -> Option<Self> {
        let bytes = unwrapped(text, PUBLIC)?;
        Self::from_bytes(bytes.strip_prefix(&PUBLIC_PREFIX)?)
    }

    /// The key as a file.
    #[must_use]
    pub fn to_pem(&self) -> String {
        wrapped(&[&PUBLIC_PREFIX[..], self.0.as_bytes()].concat(), PUBLIC)
    }

    /// The 32 bytes, as JSON Web Keys have them (RFC 8037).
    #[must_use]
    pub fn to_jwk_x(&self) -> String {
        BASE64URL_NOPAD.encode(self.0.as_bytes())
    }

    pub(super) fn from_jwk_x(text: &str) -> Option<Self> {
        Self::from_bytes(&BASE64URL_NOPAD.decode(text.as_bytes()).ok()?)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        VerifyingKey::from_bytes(bytes.try_into().ok()?).ok().filter(|key| !key.is_weak()).map(Self)
    }

    /// Whether a signature over these bytes is this key's. Signatures that several keys or bytes could have are refused.
    pub(super) fn verifies(&self, bytes: &[u8], signature: &str) -> bool {
        let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok();
        let signature = signature.and_then(|bytes| Signature::from_slice(&bytes).ok());
        signature.is_some_and(|signature| self.0.verify_strict(bytes, &signature).is_ok())
    }
}

/// The bytes between the lines that begin and end a PEM file of a kind.
fn unwrapped(text: &str, kind: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {kind}-----"))?;
    let (body, _) = rest.split_once(&format!("-----END {kind}-----"))?;
    let body: String = body.split_ascii_whitespace().collect();
    BASE64.decode(body.as_bytes()).ok()
}

fn wrapped(bytes: &[u8], kind: &str) -> String {
    // Both kinds fit on one line of 64 characters.
    format!("-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n", BASE64.encode(bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// RFC 8410, section 10.3, and the signature of RFC 8032, section 7.1, test 2.
    #[test]
    fn keys_and_signatures_are_those_of_the_standards() {
        let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
        let key = PrivateKey::from_pem(pem).unwrap();
        assert_eq!(key.to_pem(), pem);
        let public = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
        assert_eq!(key.public().to_pem(), public);
        assert_eq!(PublicKey::from_pem(public), Some(key.public()));

        let hex = data_encoding::HEXLOWER
            .decode(b"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        let key = PrivateKey::from_seed(hex.unwrap().try_into().unwrap());
        let signature = BASE64URL_NOPAD.decode(key.sign(&[0x72]).as_bytes()).unwrap();
        assert_eq!(
            data_encoding::HEXLOWER.encode(&signature),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        );
        assert!(key.public().verifies(&[0x72], &key.sign(&[0x72])));
        assert!(!key.public().verifies(&[0x73], &key.sign(&[0x72])));
    }

    #[test]
    fn what_is_no_key_is_refused_and_a_private_key_does_not_show_itself() {
        for text in ["", "MC4C", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"] {
            assert!(PrivateKey::from_pem(text).is_none() && PublicKey::from_pem(text).is_none(), "{text}");
        }
        assert_eq!(format!("{:?}", PrivateKey::from_seed([7; 32])), "PrivateKey(…)");
    }
}
