use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::folder::unusable;
use super::library::Library;
use super::loader::read_bounded;
use super::outcome::{Status, Stop};
use super::pool::{self, Jobs, Text};
use super::records::{Frames, inputs};
use super::refusal::{Fault, refusal};
use crate::diagnostic::{Diagnostic, SourceId};
use crate::export::{Identity, PublicKey};
use crate::json;
use crate::verification::{By, Trust, Verifier};

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
    let verifier = Verifier::new(library.plans).map_err(Stop::Unusable)?;
    let keys = args.key.iter().map(|path| public_key(path)).collect::<Result<Vec<_>, _>>()?;
    let identities = args.identity.as_deref().map(identities).transpose()?.unwrap_or_default();
    let verify = move |document: &Value| {
        let known = |key: &PublicKey| keys.contains(key);
        let trust = Trust { known: &known, others_are_none: keys.is_empty() };
        let identity = |id: Option<&str>| identities.get(&id.map(str::to_owned));
        let verified = verifier.verify_document(document, &trust, &identity);
        verified.map_err(|findings| findings.into_iter().map(Fault::from).collect::<Vec<_>>())
    };
    let status = pool::each(&args.profiles, args.jobs, out, move |Text { file, line, text }, out| {
        let by = match text.and_then(|text| read(&text)).and_then(|document| verify(&document)) {
            Ok(by) => by,
            Err(faults) => {
                out.push_str(&refusal(file.as_deref(), line, &faults).to_string());
                return Status::Findings;
            }
        };
        let mut verified = json!({ "verified": true, "line": line });
        if let Some(members) = verified.as_object_mut() {
            // By replay alone goes without saying.
            if by != By::Replay {
                members.insert("by".into(), by.word().into());
            }
            if let Some(file) = file {
                members.insert("file".into(), (*file).into());
            }
        }
        out.push_str(&verified.to_string());
        Status::Clean
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

pub(super) fn public_key(path: &Path) -> Result<PublicKey, Stop> {
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
