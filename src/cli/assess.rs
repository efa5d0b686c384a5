use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use super::form;
use super::outcome::{Status, Stop};
use super::previous::Earlier;
use super::records::{Framed, Frames, Input, inputs};
use super::refusal::{Fault, refusal};
use crate::authority::Authority;
use crate::diagnostic::{Diagnostic, SourceId, codes};
use crate::plan::Plan;
use crate::profile::{self, Profile};
use crate::session::{self, Finding, Record};

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
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let mut assessor = Assessor::new(form::open(&args.questionnaire)?)?;
    assessor.earlier = args.previous.as_deref().map(Earlier::open).transpose()?;
    let assessed = |text: String| {
        let (record, profile) = assessor.assess(&text)?;
        if !args.why {
            return Ok(profile);
        }
        profile::assess_with_why(&assessor.plan, &record)
            .map_err(|findings| findings.into_iter().map(Fault::from).collect())
    };
    each(&args.records, |file, line, text| {
        let (output, status) = match text.and_then(assessed) {
            Ok(profile) => (profile.to_canonical_json(), Status::Clean),
            Err(faults) => (refusal(file, line, &faults).to_string(), Status::Findings),
        };
        writeln!(out, "{output}")?;
        Ok(status)
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
        while let Some(Framed { line, bytes, too_long }) =
            frames.next().map_err(|error| Stop::Unusable(format!("cannot read the input: {error}")))?
        {
            let text = if too_long {
                Err(vec![Fault::too_long()])
            } else {
                String::from_utf8(bytes).map_err(|_| vec![Fault::encoding()])
            };
            worst = worst.max(take(name.as_deref(), line, text)?);
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
        let answers = Value::Object(record.answers.clone());
        match profile::assess(&self.plan, &record) {
            Ok(profile) if self.authority.allows(&answers) => Ok((record, profile)),
            Ok(_) => Err(self.judged(&answers, Vec::new())),
            Err(findings) => Err(self.judged(&answers, findings.into_iter().map(Fault::from).collect())),
        }
    }

    /// Adds what the authority does not allow where the engine, whose words are for people, has not said so.
    pub(super) fn judged(&self, answers: &Value, mut faults: Vec<Fault>) -> Vec<Fault> {
        for violation in self.authority.violations(answers) {
            let pointer = format!("/answers{}", violation.pointer);
            // A closed object is reported at the object, the key that it does not know at the key.
            let known = |fault: &Fault| {
                fault.pointer() == pointer
                    || (violation.keyword == "additionalProperties" && fault.pointer().starts_with(&pointer))
            };
            if !faults.iter().any(known) {
                let finding = Finding::new(codes::RECORD_SCHEMA, pointer, violation.message());
                faults.push(finding.into());
            }
        }
        faults
    }
}
