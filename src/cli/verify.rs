use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};

use super::assess::{Assessor, each};
use super::library::Library;
use super::outcome::{Status, Stop};
use super::refusal::{Fault, refusal};
use crate::diagnostic::{Diagnostic, SourceId, codes};
use crate::json;
use crate::plan::Plan;
use crate::profile;

/// Assesses profiles again and says of each whether it is what its answers and its questionnaire make of it.
///
/// Comes out as {"verified": true, "line": n} or {"error": {…}, "line": n}, one line for each profile.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files with one profile a line, or one profile over several lines; `-` or none is standard input.
    profiles: Vec<PathBuf>,
    /// The folder of the questionnaires with which the profiles were made.
    #[arg(long, value_name = "DIR")]
    questionnaires: PathBuf,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let library = Library::open(&args.questionnaires)?;
    let assessors = library.plans.into_iter().map(Assessor::new).collect::<Result<Vec<_>, _>>()?;
    let status = each(&args.profiles, |file, line, text| {
        let faults = match text.and_then(|text| read(&text)) {
            Ok(profile) => verify(&assessors, &profile),
            Err(faults) => faults,
        };
        if faults.is_empty() {
            let mut verified = json!({ "verified": true, "line": line });
            if let (Some(file), Some(members)) = (file, verified.as_object_mut()) {
                members.insert("file".into(), file.into());
            }
            writeln!(out, "{verified}")?;
            return Ok(Status::Clean);
        }
        writeln!(out, "{}", refusal(file, line, &faults))?;
        Ok(Status::Findings)
    })?;
    Ok(status.max(library.status))
}

/// The JSON value of a text, or every fault of it.
fn read(text: &str) -> Result<Value, Vec<Fault>> {
    let (document, found) = json::read(text, SourceId(0));
    let faults: Vec<Fault> =
        json::discreet(found).into_iter().filter(Diagnostic::is_error).map(Fault::from).collect();
    match document.root() {
        Some(root) if faults.is_empty() => Ok(document.to_value(root)),
        _ => Err(faults),
    }
}

fn verify(assessors: &[Assessor], profile: &Value) -> Vec<Fault> {
    let find = |id: &str, hash: &str| {
        assessors.iter().find(|assessor| *assessor.plan.id == *id && *assessor.plan.content_hash == *hash)
    };
    let lookup = |id: &str, hash: &str| find(id, hash).map(|assessor| Arc::<Plan>::clone(&assessor.plan));
    let faults = profile::verify(&lookup, profile).into_iter().map(Fault::from).collect();
    let identity = |name: &str| profile.pointer(&format!("/questionnaire/{name}")).and_then(Value::as_str);
    let assessor = identity("id").zip(identity("content_hash")).and_then(|(id, hash)| find(id, hash));
    match (assessor, profile.get("answers")) {
        (Some(assessor), Some(answers)) => assessor.judged(answers, faults),
        (None, _) => faults,
        (_, None) if faults.is_empty() => vec![Fault::new(codes::VERIFY_SHAPE, "a profile has `answers`")],
        (_, None) => faults,
    }
}
