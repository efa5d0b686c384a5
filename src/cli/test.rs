use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::findings::{Findings, Format};
use super::folder::{self, Found};
use super::form;
use super::loader::{Files, read_bounded};
use super::outcome::{Status, Stop};
use crate::diagnostic::{Diagnostic, SourceId, Sources, codes, has_errors};
use crate::json::{self, Item};
use crate::plan::Plan;
use crate::questionnaire::FileKind;
use crate::scenario;

/// Plays scenarios and lists every expectation that is not met, with its place.
///
/// The questionnaire of a file of scenarios stands beside it as `questionnaire.json`. In folders, other files are
/// passed over.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files of scenarios, and folders to look through for them.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How to write what is found.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let files = folder::files(&args.paths)?;
    let mut tally = Tally { findings: Findings::new(out, args.format), files: 0, passed: 0, failed: 0 };
    for file in &files {
        tally.file(file)?;
    }
    if tally.files == 0 {
        return Err(Stop::Unusable("there are no scenarios here".into()));
    }
    let line = format!("{} passed, {} failed", tally.passed, tally.failed);
    tally.findings.say(&line)?;
    Ok(tally.findings.status(false))
}

struct Tally<'o> {
    findings: Findings<'o>,
    files: usize,
    passed: usize,
    failed: usize,
}

impl Tally<'_> {
    fn file(&mut self, found: &Found) -> Result<(), Stop> {
        let bytes = read_bounded(&found.path).map_err(|error| folder::unusable(&found.path, &error))?;
        let (files, full) = Files::from_argument(&found.path);
        let (text, mut faults) = json::decode(bytes, SourceId(0));
        let mut sources = Sources::new();
        let source = sources.add(full.as_str(), text.as_str());
        let (document, syntax) = json::read(&text, source);
        faults.extend(syntax);
        if Item::root(&document).and_then(FileKind::of) != Some(FileKind::Scenarios) {
            if found.named {
                let why = format!("{} is no file of scenarios: its `$schema` does not say so", found.path.display());
                return Err(Stop::Unusable(why));
            }
            return Ok(());
        }
        self.files += 1;
        let (scenarios, shape) = scenario::read(&document);
        faults.extend(shape);
        let broken = has_errors(&faults);
        self.findings.add(&files, &sources, faults)?;
        let Some(scenarios) = scenarios else { return Ok(()) };
        let Some(plan) = self.plan(&found.path)? else { return Ok(()) };
        if scenarios.questionnaire != &*plan.id {
            let message = format!("the questionnaire beside this file is `{}`", plan.id);
            let fault = Diagnostic::error(codes::FILE_KIND, message).at(scenarios.questionnaire_at.place());
            return self.findings.add(&files, &sources, vec![fault.help("name it here, or move this file to the one meant")]);
        }
        let outcomes = scenario::run(&plan, &scenarios);
        let failed = outcomes.iter().filter(|outcome| !outcome.failures.is_empty()).count();
        self.passed += outcomes.len() - failed;
        // A case that could not be read has not passed.
        self.failed += failed + usize::from(broken);
        for outcome in outcomes {
            if outcome.failures.is_empty() {
                self.findings.say(&format!("ok      {}", outcome.name))?;
            } else {
                self.findings.say(&format!("FAILED  {}", outcome.name))?;
                self.findings.add(&files, &sources, outcome.failures)?;
            }
        }
        Ok(())
    }

    /// The questionnaire beside a file of scenarios; its faults are findings.
    fn plan(&mut self, path: &Path) -> Result<Option<Arc<Plan>>, Stop> {
        let beside = path.with_file_name("questionnaire.json");
        let (plan, sources, found) = form::compile(&beside);
        if plan.is_none() {
            self.failed += 1;
            let (files, _) = Files::from_argument(&beside);
            let errors = found.into_iter().filter(Diagnostic::is_error).collect();
            self.findings.add(&files, &sources, errors)?;
        }
        Ok(plan)
    }
}
