use std::io::Write;
use std::path::PathBuf;

use super::assess::{Assessor, each};
use super::form;
use super::outcome::{Status, Stop};
use super::refusal::{Fault, refusal};
use crate::diagnostic::{codes, remedy};
use crate::lint;
use crate::profile;

/// Says in words why a person's needs were found, or what the code of a finding means.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A questionnaire, or a code such as `plan.cycle`.
    #[arg(value_name = "QUESTIONNAIRE|CODE")]
    what: PathBuf,
    /// Files with one record a line, or one record over several lines; `-` or none is standard input.
    records: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    if let Some((code, meaning)) =
        codes::ALL.iter().find(|(code, _)| args.what.to_str() == Some(code.as_str()))
    {
        writeln!(out, "{code}: {}\nWhat to do: {}", meaning.trim(), remedy(*code))?;
        if let Some(rule) = lint::reference().into_iter().find(|rule| rule.code == *code) {
            writeln!(out, "\n{}", rule.manual)?;
        }
        return Ok(Status::Clean);
    }
    let assessor = Assessor::new(form::open(&args.what)?)?;
    let explained = |text: String| {
        let (record, _) = assessor.assess(&text)?;
        profile::explain(&assessor.plan, &record)
            .map_err(|findings| findings.into_iter().map(Fault::from).collect())
    };
    each(&args.records, |file, line, text| match text.and_then(explained) {
        Ok(words) => {
            writeln!(out, "{words}")?;
            Ok(Status::Clean)
        }
        Err(faults) => {
            writeln!(out, "{}", refusal(file, line, &faults))?;
            Ok(Status::Findings)
        }
    })
}
