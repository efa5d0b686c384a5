use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::Value;

use super::assess::each;
use super::library::Library;
use super::outcome::{Status, Stop};
use super::refusal::{Fault, refusal};
use crate::diagnostic::{Diagnostic, SourceId, codes};
use crate::json::{self, canonical};
use crate::rollup::{Counter, Counts, Language, Names, Period, publish, to_csv, to_html};

/// Counts people by domain, level, station and county, and suppresses small counts.
///
/// Counts from 1 to 4 are not shown, with as many others as it takes that no difference gives them away. Counted are
/// people who agreed to anonymous statistics, each once, in a fixed period.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files with one profile a line, or one over several lines; `-` or none is standard input.
    inputs: Vec<PathBuf>,
    /// The period: a year, a quarter or a month, such as `2026`, `2026-Q4` or `2026-11`.
    #[arg(long, value_parser = period, required_unless_present = "combine")]
    period: Option<Period>,
    /// What to write.
    #[arg(long, value_enum, default_value_t)]
    to: Output,
    /// Write the counts as they are, for the office above: they are not for publication.
    #[arg(long, conflicts_with = "to")]
    upward: bool,
    /// The inputs are counts that came up with --upward, not profiles.
    #[arg(long, conflicts_with = "period")]
    combine: bool,
    /// The language of the page.
    #[arg(long, value_enum, default_value_t)]
    language: Tongue,
    /// The folder of the questionnaires: with it, the page names questions and services instead of giving their codes.
    #[arg(long, value_name = "DIR")]
    questionnaires: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Output {
    /// JSON.
    #[default]
    Json,
    /// CSV, one line for each count.
    Csv,
    /// One page with plots and tables.
    Html,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Tongue {
    /// English.
    #[default]
    #[value(name = "en")]
    English,
    /// Simplified Chinese.
    #[value(name = "zh-CN")]
    Chinese,
}

fn period(text: &str) -> Result<Period, String> {
    text.parse()
        .map_err(|()| "a year, a quarter or a month is meant, such as 2026, 2026-Q4 or 2026-11".to_owned())
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let (counts, status) = match args.period {
        Some(period) => counted(args, period)?,
        None => combined(args)?,
    };
    if args.upward {
        writeln!(out, "{}", counts.to_json())?;
        return Ok(status);
    }
    let published = publish(&counts);
    match args.to {
        // Only a map with keys that are not text could fail, and there is none.
        Output::Json => writeln!(out, "{}", canonical::of(&published).unwrap_or_default())?,
        Output::Csv => write!(out, "{}", to_csv(&published))?,
        Output::Html => {
            let language = match args.language {
                Tongue::English => Language::English,
                Tongue::Chinese => Language::Chinese,
            };
            let mut names = Names::default();
            if let Some(folder) = &args.questionnaires {
                let library = Library::open(folder)?;
                library.plans.iter().for_each(|plan| names.add(plan, language));
            }
            write!(out, "{}", to_html(&published, language, &names))?;
        }
    }
    Ok(status)
}

/// Lines that are no profiles are told on standard error: the output is one document.
fn counted(args: &Args, period: Period) -> Result<(Counts, Status), Stop> {
    let mut counter = Counter::new(period);
    let status = each(&args.inputs, |file, line, text| match text.and_then(|text| profile(&text)) {
        Ok(profile) => {
            counter.add(&profile);
            Ok(Status::Clean)
        }
        Err(faults) => {
            super::outcome::complain(&refusal(file, line, &faults).to_string());
            Ok(Status::Findings)
        }
    })?;
    Ok((counter.finish(), status))
}

fn combined(args: &Args) -> Result<(Counts, Status), Stop> {
    let mut sum: Option<Counts> = None;
    let mut refused = None;
    each(&args.inputs, |file, line, text| {
        let read = text.map_err(|_| "it cannot be read".to_owned()).and_then(|text| Counts::read(&text));
        let added = read.and_then(|counts| match sum.take() {
            Some(sum) => sum.combine(counts),
            None => Ok(counts),
        });
        match added {
            Ok(counts) => sum = Some(counts),
            // A sum without one of its parts would be a wrong number.
            Err(why) => {
                refused.get_or_insert(format!(
                    "{}line {line}: {why}",
                    file.map_or(String::new(), |file| format!("{file}, "))
                ));
            }
        }
        Ok(Status::Clean)
    })?;
    match (refused, sum) {
        (Some(why), _) => Err(Stop::Unusable(why)),
        (None, Some(sum)) => Ok((sum, Status::Clean)),
        (None, None) => Err(Stop::Unusable("there are no counts".into())),
    }
}

fn profile(text: &str) -> Result<Value, Vec<Fault>> {
    let (document, found) = json::read(text, SourceId(0));
    let faults: Vec<Fault> =
        json::discreet(found).into_iter().filter(Diagnostic::is_error).map(Fault::from).collect();
    let value = document.root().filter(|_| faults.is_empty()).map(|root| document.to_value(root));
    match value {
        Some(value) if value.get("profile_version").and_then(Value::as_u64) == Some(1) => Ok(value),
        Some(_) => Err(vec![Fault::new(codes::VERIFY_SHAPE, "this is no profile of version 1")]),
        None => Err(faults),
    }
}
