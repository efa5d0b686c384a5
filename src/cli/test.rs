use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};

use super::findings::{Findings, Format};
use super::folder::{self, Found};
use super::form;
use super::loader::{Files, read_bounded};
use super::outcome::{Status, Stop};
use crate::diagnostic::{Diagnostic, SourceId, Sources, codes, has_errors};
use crate::json::{self, Item};
use crate::plan::Plan;
use crate::questionnaire::FileKind;
use crate::scenario::coverage::{Gap, Impossible};
use crate::scenario::{self, Coverage, Run};

/// Plays scenarios and lists every expectation that is not met, with its place, and what they do not show.
///
/// Coverage is measured by the engine: every rule and condition true, false and unknown, every band at both edges,
/// every check held and violated, each in a step that would fail if it were otherwise. What cannot be is not counted,
/// and listed with who says so: the engine by proof, or the author in `unreachable`.
///
/// The questionnaire of a file of scenarios stands beside it as `questionnaire.json`. In folders, other files are
/// passed over.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files of scenarios, and folders to look through for them.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// List what the scenarios do not show, and fail below this many per cent.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    coverage: Option<u8>,
    /// How to write what is found.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let files = folder::files(&args.paths)?;
    let mut tally = Tally {
        findings: Findings::new(out, args.format),
        wanted: args.coverage.map(usize::from),
        files: 0,
        passed: 0,
        failed: 0,
    };
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
    /// How many per cent are to be shown, where that was asked for.
    wanted: Option<usize>,
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
                let why = format!(
                    "{} is no file of scenarios: its `$schema` does not say so",
                    found.path.display()
                );
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
        let Some((plan, plan_sources)) = self.plan(&found.path)? else { return Ok(()) };
        if scenarios.questionnaire != &*plan.id {
            let message = format!("the questionnaire beside this file is `{}`", plan.id);
            let fault = Diagnostic::error(codes::FILE_KIND, message).at(scenarios.questionnaire_at.place());
            return self.findings.add(
                &files,
                &sources,
                vec![fault.help("name it here, or move this file to the one meant")],
            );
        }
        let Run { outcomes, coverage, faults } = scenario::run(&plan, &scenarios);
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
        self.findings.add(&files, &sources, faults)?;
        self.coverage(&plan.id, &coverage)?;
        let Some(wanted) = self.wanted else { return Ok(()) };
        let (beside, _) = Files::from_argument(&found.path.with_file_name("questionnaire.json"));
        self.findings.add(&beside, &plan_sources, coverage.gaps.iter().map(Gap::diagnostic).collect())?;
        if coverage.percent() < wanted {
            let message =
                format!("the scenarios show {} %, and {wanted} % are asked for", coverage.percent());
            let fault =
                Diagnostic::error(codes::SCENARIO_COVERAGE, message).at(scenarios.questionnaire_at.place());
            self.findings.add(&files, &sources, vec![fault])?;
        }
        Ok(())
    }

    /// What the scenarios of a questionnaire show.
    fn coverage(&mut self, id: &str, coverage: &Coverage) -> Result<(), Stop> {
        let tallies: Vec<String> = coverage
            .tallies
            .iter()
            .map(|tally| format!("{} {} of {}", tally.kind.word(), tally.shown, tally.of))
            .collect();
        self.findings.say(&format!("{id}: coverage {} % ({})", coverage.percent(), tallies.join(", ")))?;
        for impossible in &coverage.impossible {
            let who = if impossible.proven { "proven" } else { "declared" };
            let Impossible { what, outcome, reason, .. } = impossible;
            self.findings.say(&format!("  out of reach ({who}): {what}, {outcome}: {reason}"))?;
        }
        if self.wanted.is_none() && !coverage.gaps.is_empty() {
            self.findings.say("  `--coverage 100` lists what no scenario shows")?;
        }
        self.findings.object(&as_json(id, coverage))
    }

    /// The questionnaire beside a file of scenarios; its faults are findings.
    fn plan(&mut self, path: &Path) -> Result<Option<(Arc<Plan>, Sources)>, Stop> {
        let beside = path.with_file_name("questionnaire.json");
        let (plan, sources, found) = form::compile(&beside);
        if plan.is_none() {
            self.failed += 1;
            let (files, _) = Files::from_argument(&beside);
            let errors = found.into_iter().filter(Diagnostic::is_error).collect();
            self.findings.add(&files, &sources, errors)?;
        }
        Ok(plan.map(|plan| (plan, sources)))
    }
}

fn as_json(id: &str, coverage: &Coverage) -> Value {
    let tallies = coverage
        .tallies
        .iter()
        .map(|tally| (tally.kind.word().to_owned(), json!({ "shown": tally.shown, "of": tally.of })));
    let gaps = coverage.gaps.iter().map(|gap| {
        json!({ "what": gap.what, "outcome": gap.outcome, "seen": gap.seen, "pointer": gap.place.pointer })
    });
    let impossible = coverage.impossible.iter().map(|impossible| {
        let by = if impossible.proven { "proof" } else { "author" };
        json!({ "what": impossible.what, "outcome": impossible.outcome, "reason": impossible.reason, "by": by })
    });
    json!({
        "questionnaire": id,
        "coverage": {
            "percent": coverage.percent(),
            "kinds": tallies.collect::<serde_json::Map<String, Value>>(),
            "gaps": gaps.collect::<Vec<_>>(),
            "unreachable": impossible.collect::<Vec<_>>(),
        },
    })
}
