use std::io::Write;
use std::path::PathBuf;

use super::form;
use super::outcome::{Status, Stop};
use crate::authority::{answer_schema, published_schema};

/// Prints what the answers of a record may be as plain JSON Schema 2020-12, for any validator in any language.
///
/// Conditions become `if` and `then` where JSON Schema can say them; what it cannot say is listed under
/// `x-intake-not-expressed`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The questionnaire.
    questionnaire: PathBuf,
    /// Only types, choices and constraints: the schema by which records are judged here.
    #[arg(long)]
    answers_only: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let plan = form::open(&args.questionnaire)?;
    let schema = if args.answers_only { answer_schema(&plan) } else { published_schema(&plan) };
    writeln!(out, "{schema:#}")?;
    Ok(Status::Clean)
}
