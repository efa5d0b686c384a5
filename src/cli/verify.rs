use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::folder::unusable;
use super::library::Library;
use super::loader::read_bounded;
use super::outcome::{Status, Stop};
use super::pool::{self, Jobs, Text};
use super::records::{Frames, inputs};
use super::refusal::{Fault, refusal};
use crate::diagnostic::{Diagnostic, SourceId, codes};
use crate::export::{self, Identity, PublicKey, Signed};
use crate::json;
use crate::profile::Profile;
use crate::verification;

/// Assesses profiles again and says of each whether it is what its answers and its questionnaire make of it.
///
/// Of portable documents the signature is checked too. A redacted profile cannot be assessed again: it stands by its
/// signature alone, and by one of the keys that --key names. Nothing of this needs a network.
///
/// Comes out as {"verified": true, "line": n} or {"error": {…}, "line": n}, one line for each profile; `by` says by
/// what, where it is not by replay alone.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files with one profile or portable document a line, or one over several lines; `-` or none is standard input.
    profiles: Vec<PathBuf>,
    /// The folder of the questionnaires with which the profiles were made.
    #[arg(long, value_name = "DIR")]
    questionnaires: PathBuf,
    /// The public keys of those whose signatures count (PEM). May be repeated.
    #[arg(long, value_name = "PEM")]
    key: Vec<PathBuf>,
    /// The identity parts of profiles from which the identity is detached: they are replayed together.
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    #[command(flatten)]
    jobs: Jobs,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let library = Library::open(&args.questionnaires)?;
    let verifier = Verifier {
        replay: verification::Verifier::new(library.plans).map_err(Stop::Unusable)?,
        keys: args.key.iter().map(|path| public_key(path)).collect::<Result<Vec<_>, _>>()?,
        identities: args.identity.as_deref().map(identities).transpose()?.unwrap_or_default(),
    };
    let status = pool::each(&args.profiles, args.jobs, out, move |Text { file, line, text }| {
        let by = match text.and_then(|text| read(&text)).and_then(|document| verifier.verify(&document)) {
            Ok(by) => by,
            Err(faults) => return (refusal(file.as_deref(), line, &faults).to_string(), Status::Findings),
        };
        let mut verified = json!({ "verified": true, "line": line });
        if let Some(members) = verified.as_object_mut() {
            if let Some(by) = by.word() {
                members.insert("by".into(), by.into());
            }
            if let Some(file) = file {
                members.insert("file".into(), (*file).into());
            }
        }
        (verified.to_string(), Status::Clean)
    })?;
    Ok(status.max(library.status))
}

/// The JSON value of a text, or every fault of it.
pub(super) fn read(text: &str) -> Result<Value, Vec<Fault>> {
    let (document, found) = json::read(text, SourceId(0));
    let faults: Vec<Fault> =
        json::discreet(found).into_iter().filter(Diagnostic::is_error).map(Fault::from).collect();
    match document.root() {
        Some(root) if faults.is_empty() => Ok(document.to_value(root)),
        _ => Err(faults),
    }
}

/// By what a profile stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// It is what its record makes of it.
    Replay,
    /// It is that, and signed by one of the keys that were named.
    ReplayAndSignature,
    /// It is signed by one of the keys that were named. It was not assessed again.
    Signature,
}

impl By {
    /// The word for it; none for what goes without saying.
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Replay => None,
            Self::ReplayAndSignature => Some("replay and signature"),
            Self::Signature => Some("signature"),
        }
    }
}

struct Verifier {
    replay: verification::Verifier,
    keys: Vec<PublicKey>,
    identities: BTreeMap<Option<String>, Identity>,
}

impl Verifier {
    fn verify(&self, document: &Value) -> Result<By, Vec<Fault>> {
        let Some(members) = document.as_object() else {
            return Err(vec![Fault::new(codes::VERIFY_SHAPE, "a profile is a JSON object")]);
        };
        let Some(profile) = export::profile_of(document) else {
            let message = "this engine verifies portable documents of version 1";
            return Err(vec![Fault::new(codes::VERIFY_SHAPE, message)]);
        };
        let signed = self.signed(members)?;
        let mark = |name: &str| profile.get(name).and_then(Value::as_bool) == Some(true);
        if mark("redacted") {
            return self.by_signature(profile, signed);
        }
        if mark("identity_detached") {
            let id = profile.get("profile_id").and_then(Value::as_str).map(str::to_owned);
            let Some(identity) = self.identities.get(&id) else { return self.by_signature(profile, signed) };
            let mut whole = profile.clone();
            identity.attach(&mut whole).map_err(|fault| vec![Fault::from(fault)])?;
            return self.by_replay(&whole, signed);
        }
        self.by_replay(profile, signed)
    }

    /// Whether the document is signed by a key that was named.
    fn signed(&self, members: &Map<String, Value>) -> Result<bool, Vec<Fault>> {
        match export::check(members) {
            Signed::Not => Ok(false),
            Signed::By(key) if self.keys.contains(&key) => Ok(true),
            Signed::By(_) if self.keys.is_empty() => Ok(false),
            Signed::By(_) => {
                let message = "the signature is intact, and by none of the keys that were named";
                Err(vec![Fault::new(codes::VERIFY_KEY, message)])
            }
            Signed::Broken => {
                let message = "the signature is not that of this document: something was changed";
                Err(vec![Fault::new(codes::VERIFY_SIGNATURE, message)])
            }
        }
    }

    fn by_signature(&self, profile: &Value, signed: bool) -> Result<By, Vec<Fault>> {
        if !signed {
            let (code, message) = match self.keys.is_empty() {
                true => (
                    codes::VERIFY_KEY,
                    "something is left out, so that it cannot be replayed: only the signature of a key that is named can vouch for it",
                ),
                false => (
                    codes::VERIFY_SIGNATURE,
                    "something is left out, so that it cannot be replayed, and there is no signature",
                ),
            };
            return Err(vec![Fault::new(code, message)]);
        }
        // What a known key signed is still held to the shape of a profile. The reader's own words may quote an answer.
        let read: Result<Profile, _> = serde_json::from_value(profile.clone());
        read.map(|_| By::Signature)
            .map_err(|_| vec![Fault::new(codes::VERIFY_SHAPE, "what is signed is no profile of version 1")])
    }

    fn by_replay(&self, profile: &Value, signed: bool) -> Result<By, Vec<Fault>> {
        let faults: Vec<Fault> = self.replay.verify(profile).into_iter().map(Fault::from).collect();
        match (faults.is_empty(), signed) {
            (true, true) => Ok(By::ReplayAndSignature),
            (true, false) => Ok(By::Replay),
            (false, _) => Err(faults),
        }
    }
}

fn public_key(path: &Path) -> Result<PublicKey, Stop> {
    let bytes = read_bounded(path).map_err(|error| unusable(path, &error))?;
    let key = std::str::from_utf8(&bytes).ok().and_then(PublicKey::from_pem);
    key.ok_or_else(|| {
        Stop::Unusable(format!("{} holds no public Ed25519 key in PEM: see `intake key`", path.display()))
    })
}

/// The identity parts of a file, by the profile to which they belong.
fn identities(path: &Path) -> Result<BTreeMap<Option<String>, Identity>, Stop> {
    let mut found = BTreeMap::new();
    for input in inputs(&[path.to_path_buf()])? {
        let mut frames = Frames::new(input.bytes);
        while let Some(text) = frames.next().map_err(|error| unusable(path, &error))? {
            let part = serde_json::from_slice(&text.bytes).ok().and_then(|value| Identity::read(value).ok());
            let Some(part) = part else {
                return Err(Stop::Unusable(format!(
                    "{}: there is no identity part on line {}",
                    path.display(),
                    text.line
                )));
            };
            found.insert(part.profile_id.clone(), part);
        }
    }
    Ok(found)
}
