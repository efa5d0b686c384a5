use std::io::Write;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use super::form;
use super::outcome::{Status, Stop};
use crate::json::canonical;
use crate::simulate::Simulation;
use crate::value::PartialDate;

/// Makes up records of a questionnaire, one a line: for trying out what takes profiles in, and for measuring.
///
/// The same seed gives the same records. None of them is about anybody: the agency is `simulation`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The questionnaire.
    questionnaire: PathBuf,
    /// How many records.
    #[arg(long, default_value_t = 10)]
    count: u64,
    /// Another number makes other records.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The last day on which somebody was asked; the others lie in the 90 days before it.
    #[arg(long, value_name = "DATE", default_value = "2026-11-23", value_parser = day)]
    until: PartialDate,
    /// How old the people are, such as `60-95`.
    #[arg(long, value_name = "FROM-TO", default_value = "60-95", value_parser = ages)]
    ages: RangeInclusive<u16>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let plan = form::open(&args.questionnaire)?;
    let simulation = Simulation::new(plan, args.seed, args.until, args.ages.clone());
    for index in 0..args.count {
        writeln!(out, "{}", canonical::to_string(&simulation.record(index).to_value()))?;
    }
    Ok(Status::Clean)
}

fn day(text: &str) -> Result<PartialDate, String> {
    let date = text.parse::<PartialDate>().ok().filter(|date| date.day_number().is_some());
    date.ok_or_else(|| "a day that exists is meant, such as 2026-11-23".to_owned())
}

fn ages(text: &str) -> Result<RangeInclusive<u16>, String> {
    let range = text.split_once('-').and_then(|(from, to)| Some(from.parse().ok()?..=to.parse().ok()?));
    let sound = |range: &RangeInclusive<u16>| !range.is_empty() && *range.end() <= 120;
    range.filter(sound).ok_or_else(|| "two ages up to 120 are meant, such as 60-95".to_owned())
}
