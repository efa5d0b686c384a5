//! Signatures over canonical JSON (RFC 8785), in the form of the JSON Signature Format: whoever has an Ed25519 library
//! and sorts keys can check them.

use serde_json::{Map, Value, json};

use super::key::{PrivateKey, PublicKey};
use crate::json::canonical;

/// The member in which a signature stands.
const MEMBER: &str = "signature";
const ALGORITHM: &str = "Ed25519";

/// What a signature says of the document in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// There is none.
    Not,
    /// It is that of the key, and nothing was changed since.
    By(PublicKey),
    /// It is not what the key would have made of this document.
    Broken,
}

/// Signs an object: the signature covers every member, the key and the algorithm.
pub fn sign(document: &mut Map<String, Value>, key: &PrivateKey) {
    let public = json!({ "crv": "Ed25519", "kty": "OKP", "x": key.public().to_jwk_x() });
    document.insert(MEMBER.to_owned(), json!({ "algorithm": ALGORITHM, "publicKey": public }));
    let value = key.sign(covered(document).as_bytes());
    if let Some(Value::Object(signature)) = document.get_mut(MEMBER) {
        signature.insert("value".to_owned(), value.into());
    }
}

/// Checks the signature of an object.
#[must_use]
pub fn check(document: &Map<String, Value>) -> Signed {
    let Some(signature) = document.get(MEMBER) else { return Signed::Not };
    let text = |pointer: &str| signature.pointer(pointer).and_then(Value::as_str);
    if text("/algorithm") != Some(ALGORITHM) || text("/publicKey/crv") != Some("Ed25519") {
        return Signed::Broken;
    }
    let key = text("/publicKey/x").and_then(PublicKey::from_jwk_x);
    let Some((key, value)) = key.zip(text("/value")) else { return Signed::Broken };
    let mut unsigned = document.clone();
    if let Some(Value::Object(signature)) = unsigned.get_mut(MEMBER) {
        signature.remove("value");
    }
    if key.verifies(covered(&unsigned).as_bytes(), value) { Signed::By(key) } else { Signed::Broken }
}

/// The text that is signed.
fn covered(document: &Map<String, Value>) -> String {
    canonical::to_string(&Value::Object(document.clone()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_signature_covers_everything_and_itself() {
        let key = PrivateKey::from_seed([1; 32]);
        let mut document = json!({"b": 1.0, "a": ["ü", null]}).as_object().unwrap().clone();
        assert_eq!(check(&document), Signed::Not);
        sign(&mut document, &key);
        assert_eq!(check(&document), Signed::By(key.public()));
        let other = PrivateKey::from_seed([2; 32]);
        let deeds: [&dyn Fn(&mut Value); 5] = [
            &|value| value["b"] = json!(2),
            &|value| value["c"] = json!(null),
            &|value| value["signature"]["publicKey"]["x"] = json!(other.public().to_jwk_x()),
            &|value| value["signature"]["extra"] = json!(1),
            &|value| value["signature"]["value"] = json!(""),
        ];
        for deed in deeds {
            let mut changed = Value::Object(document.clone());
            deed(&mut changed);
            assert_eq!(check(changed.as_object().unwrap()), Signed::Broken);
        }
    }
}
