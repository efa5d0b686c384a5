//! A document in which a profile came, held to whatever vouches for it: its record, its signature, or both.

use serde_json::{Map, Value};

use super::Verifier;
use crate::diagnostic::codes;
use crate::export::{self, Identity, PublicKey, Signed};
use crate::profile::Profile;
use crate::session::Finding;

/// By what a profile stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// It is what its record makes of it.
    Replay,
    /// It is that, and signed by a key that counts.
    ReplayAndSignature,
    /// It is signed by a key that counts. It was not assessed again.
    Signature,
}

impl By {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Replay => "replay",
            Self::ReplayAndSignature => "replay and signature",
            Self::Signature => "signature",
        }
    }
}

/// Whose signatures count.
pub struct Trust<'t> {
    /// The key is somebody's whose signature counts.
    pub known: &'t dyn Fn(&PublicKey) -> bool,
    /// A signature by any other key is as good as none, rather than a fault: nobody has said whose count.
    pub others_are_none: bool,
}

impl Verifier {
    /// By what a document stands: a profile, or a portable document in which one came. `identity` finds the identity part
    /// of a profile from which it was detached, so that it can be replayed together.
    ///
    /// # Errors
    /// Everything that is wrong with it. No finding holds an answer.
    pub fn verify_document<'i>(
        &self,
        document: &Value,
        trust: &Trust<'_>,
        identity: &dyn Fn(Option<&str>) -> Option<&'i Identity>,
    ) -> Result<By, Vec<Finding>> {
        let shape = |message| Err(vec![Finding::new(codes::VERIFY_SHAPE, "", message)]);
        let Some(members) = document.as_object() else { return shape("a profile is a JSON object") };
        let Some(profile) = export::profile_of(document) else {
            return shape("this engine verifies portable documents of version 1");
        };
        let signed = signed(members, trust)?;
        let mark = |name: &str| profile.get(name).and_then(Value::as_bool) == Some(true);
        if mark("redacted") {
            return by_signature(profile, signed, trust);
        }
        if mark("identity_detached") {
            let id = profile.get("profile_id").and_then(Value::as_str);
            let Some(identity) = identity(id) else { return by_signature(profile, signed, trust) };
            let mut whole = profile.clone();
            identity.attach(&mut whole).map_err(|fault| vec![fault])?;
            return self.by_replay(&whole, signed);
        }
        self.by_replay(profile, signed)
    }

    fn by_replay(&self, profile: &Value, signed: bool) -> Result<By, Vec<Finding>> {
        let findings = self.verify(profile);
        match (findings.is_empty(), signed) {
            (true, true) => Ok(By::ReplayAndSignature),
            (true, false) => Ok(By::Replay),
            (false, _) => Err(findings),
        }
    }
}

/// Whether the document is signed by a key that counts.
fn signed(members: &Map<String, Value>, trust: &Trust<'_>) -> Result<bool, Vec<Finding>> {
    let fault = |code, message| Err(vec![Finding::new(code, "/signature", message)]);
    match export::check(members) {
        Signed::Not => Ok(false),
        Signed::By(key) if (trust.known)(&key) => Ok(true),
        Signed::By(_) if trust.others_are_none => Ok(false),
        Signed::By(_) => {
            fault(codes::VERIFY_KEY, "the signature is intact, and by none of the keys that count here")
        }
        Signed::Broken => {
            let message = "the signature is not that of this document: something was changed";
            fault(codes::VERIFY_SIGNATURE, message)
        }
    }
}

fn by_signature(profile: &Value, signed: bool, trust: &Trust<'_>) -> Result<By, Vec<Finding>> {
    if !signed {
        let (code, message) = match trust.others_are_none {
            true => (
                codes::VERIFY_KEY,
                "something is left out, so that it cannot be replayed: only the signature of a key that is named can vouch for it",
            ),
            false => (
                codes::VERIFY_SIGNATURE,
                "something is left out, so that it cannot be replayed, and there is no signature",
            ),
        };
        return Err(vec![Finding::new(code, "", message)]);
    }
    // What a known key signed is still held to the shape of a profile. The reader's own words may quote an answer.
    let read: Result<Profile, _> = serde_json::from_value(profile.clone());
    let read = read.map_err(|_| {
        let message = "what is signed is no profile of version 1";
        vec![Finding::new(codes::VERIFY_SHAPE, "", message)]
    })?;
    if read.redacted == Some(true) && read.answers_hash.is_some() {
        let message =
            "a redacted profile carries no fingerprint of its answers: few of them could be guessed from it";
        return Err(vec![Finding::new(codes::VERIFY_SHAPE, "/answers_hash", message)]);
    }
    Ok(By::Signature)
}
