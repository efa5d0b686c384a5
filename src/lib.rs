//! **intake**: a declarative questionnaire becomes an interview, and the interview a needs profile.
//!
//! One engine serves the browser, the command line and a back end, so that what a tablet decided can be replayed
//! to the byte. The folders are named after the steps; `src/README.md` has the picture and the import table.

#![warn(unreachable_pub)]

#[cfg(feature = "authority")]
pub mod authority;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "server")]
pub mod collector;
pub mod diagnostic;
#[cfg(feature = "export")]
pub mod export;
pub mod expression;
pub mod json;
#[cfg(feature = "keeper")]
pub mod keeper;
pub mod lint;
pub mod outbox;
pub mod plan;
pub mod profile;
pub mod questionnaire;
pub mod rollup;
pub mod scenario;
pub mod scoring;
#[cfg(feature = "send")]
pub mod send;
#[cfg(feature = "server")]
pub mod server;
pub mod session;
pub mod simulate;
pub mod value;
pub mod vault;
#[cfg(feature = "authority")]
pub mod verification;
#[cfg(feature = "web")]
pub mod web;
#[cfg(any(feature = "web", feature = "worker"))]
pub mod worker;

use std::sync::Arc;

use diagnostic::{Diagnostic, Sources};
use plan::Plan;
use questionnaire::Loader;

/// Reads and compiles a questionnaire.
///
/// There is a plan if no diagnostic is an error. The sources are there always, so that diagnostics can be shown.
pub fn open(loader: &dyn Loader, path: &str) -> (Option<Arc<Plan>>, Sources, Vec<Diagnostic>) {
    let (questionnaire, sources, mut diagnostics) = questionnaire::read(loader, path);
    let Some(questionnaire) = questionnaire else { return (None, sources, diagnostics) };
    let (plan, found) = plan::compile(&questionnaire);
    diagnostics.extend(found);
    let plan = plan.filter(|_| !diagnostic::has_errors(&diagnostics));
    (plan.map(Arc::new), sources, diagnostics)
}
