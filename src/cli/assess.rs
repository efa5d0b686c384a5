use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use super::form;
use super::outcome::{Status, Stop};
use super::pool::{self, Jobs, Text, text_of};
use super::previous::Earlier;
use super::records::{Frames, Input, inputs};
use super::refusal::{Fault, refusal};
use crate::authority::Authority;
use crate::diagnostic::{Diagnostic, SourceId};
use crate::plan::Plan;
use crate::profile::{self, Profile};
use crate::session::{self, Finding, Record};
use crate::verification::judged;

/// Turns records into needs profiles: JSON Lines in, JSON Lines out.
///
/// A record that is refused comes out as {"error": {…}, "line": n}; the records after it are still processed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The questionnaire with which the records were made.
    questionnaire: PathBuf,
    /// Files with one record a line, or one record over several lines; `-` or none is standard input.
    records: Vec<PathBuf>,
    /// With each need, the smallest sets of other answers with which it would be lower or gone.
    #[arg(long)]
    why: bool,
    /// The profiles of the time before, one a line: their needs and goals arrive as the questionnaire says, and what
    /// has changed is listed.
    #[arg(long, value_name = "PROFILES")]
    previous: Option<PathBuf>,
    #[command(flatten)]
    jobs: Jobs,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let mut assessor = Assessor::new(form::open(&args.questionnaire)?)?;
    assessor.earlier = args.previous.as_deref().map(Earlier::open).transpose()?;
    let why = args.why;
    let assessed = move |text: String| {
        let (record, profile) = assessor.assess(&text)?;
        if !why {
            return Ok(profile);
        }
        profile::assess_with_why(&assessor.plan, &record)
            .map_err(|findings| findings.into_iter().map(Fault::from).collect())
    };
    pool::each(&args.records, args.jobs, out, move |Text { file, line, text }, out| {
        match text.and_then(&assessed) {
            Ok(profile) => {
                profile.write_canonical_json(out);
                Status::Clean
            }
            Err(faults) => {
                out.push_str(&refusal(file.as_deref(), line, &faults).to_string());
                Status::Findings
            }
        }
    })
}

/// Hands every text of the inputs, or why it is none, to a function; the worst status.
pub(super) fn each(
    paths: &[PathBuf],
    mut take: impl FnMut(Option<&str>, usize, Result<String, Vec<Fault>>) -> Result<Status, Stop>,
) -> Result<Status, Stop> {
    let mut worst = Status::Clean;
    for Input { name, bytes } in inputs(paths)? {
        let mut frames = Frames::new(bytes);
        while let Some(framed) =
            frames.next().map_err(|error| Stop::Unusable(format!("cannot read the input: {error}")))?
        {
            worst = worst.max(take(name.as_deref(), framed.line, text_of(framed))?);
        }
    }
    Ok(worst)
}

/// Assesses records of one questionnaire.
pub(super) struct Assessor {
    pub(super) plan: Arc<Plan>,
    authority: Authority,
    earlier: Option<Earlier>,
}

impl Assessor {
    pub(super) fn new(plan: Arc<Plan>) -> Result<Self, Stop> {
        let authority = Authority::new(&plan).map_err(Stop::Unusable)?;
        Ok(Self { plan, authority, earlier: None })
    }

    /// The record of a text and its profile, or every reason why there is none.
    pub(super) fn assess(&self, text: &str) -> Result<(Record, Profile), Vec<Fault>> {
        let (record, found) = session::read_record(text, SourceId(0));
        let faults: Vec<Fault> = found.into_iter().filter(Diagnostic::is_error).map(Fault::from).collect();
        let Some(mut record) = record.filter(|_| faults.is_empty()) else { return Err(faults) };
        if let Some(earlier) = &self.earlier {
            record = earlier.continued(&self.plan, &record)?;
        }
        let assessed = profile::assess(&self.plan, &record);
        // The authority judges a JSON value: the answers are one for that moment, and not copied.
        let answers = Value::Object(std::mem::take(&mut record.answers));
        match assessed {
            Ok(profile) if self.authority.allows(&answers) => {
                if let Value::Object(answers) = answers {
                    record.answers = answers;
                }
                Ok((record, profile))
            }
            Ok(_) => Err(self.judged(&answers, Vec::new())),
            Err(findings) => Err(self.judged(&answers, findings)),
        }
    }

    fn judged(&self, answers: &Value, findings: Vec<Finding>) -> Vec<Fault> {
        judged(&self.authority, answers, findings).into_iter().map(Fault::from).collect()
    }
}
