use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use super::loader::Files;
use super::outcome::Stop;
use crate::diagnostic::{Diagnostic, Sources};
use crate::plan::{self, Plan};
use crate::questionnaire;

/// The plan of a questionnaire that a command cannot do without.
///
/// What is wrong with it goes to standard error, so that the output stays what was asked for.
pub(super) fn open(path: &Path) -> Result<Arc<Plan>, Stop> {
    let (plan, sources, found) = compile(path);
    if let Some(plan) = plan {
        return Ok(plan);
    }
    let mut errors = io::stderr().lock();
    for diagnostic in found.iter().filter(|diagnostic| diagnostic.is_error()) {
        let _ = writeln!(errors, "{}", sources.render(diagnostic));
    }
    Err(Stop::Unusable(format!("{} cannot be used: see above", path.display())))
}

/// Reads and compiles a questionnaire; the sources and findings have the names by which files are shown.
pub(super) fn compile(path: &Path) -> (Option<Arc<Plan>>, Sources, Vec<Diagnostic>) {
    let (files, full) = Files::from_argument(path);
    let (questionnaire, sources, mut found) = questionnaire::read(&files, &full);
    let mut plan = None;
    if let Some(questionnaire) = questionnaire {
        let (compiled, more) = plan::compile(&questionnaire);
        found.extend(more);
        if !crate::diagnostic::has_errors(&found) {
            plan = compiled.map(Arc::new);
        }
    }
    let found = found.into_iter().map(|diagnostic| files.reworded(diagnostic)).collect();
    (plan, files.rename(sources), found)
}
