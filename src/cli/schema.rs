use std::io::Write;
use std::path::PathBuf;

use super::form;
use super::outcome::{Status, Stop};
use crate::authority::{answer_schema, published_schema};

/// Prints what the answers of a finished interview may be as plain JSON Schema 2020-12, for any validator in any
/// language.
///
/// Conditions become `if` and `then` where JSON Schema can say them.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The questionnaire.
    questionnaire: PathBuf,
    /// Only types, choices and constraints: the schema by which records are judged here, finished or not.
    #[arg(long, conflicts_with = "not_expressed")]
    answers_only: bool,
    /// List what the schema cannot say instead, one JSON object a line.
    #[arg(long)]
    not_expressed: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let plan = form::open(&args.questionnaire)?;
    if args.answers_only {
        writeln!(out, "{:#}", answer_schema(&plan))?;
        return Ok(Status::Clean);
    }
    let published = published_schema(&plan);
    if args.not_expressed {
        for item in &published.not_expressed {
            writeln!(out, "{}", item.to_json())?;
        }
    } else {
        writeln!(out, "{:#}", published.schema)?;
    }
    Ok(Status::Clean)
}
