//! That an engine lives on: after a hostile input, the next good one gives what it always gives, in bounded memory.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use intake::diagnostic::{Diagnostic, Sources};
use intake::plan::{LanguageId, Plan};
use intake::profile::assess;
use intake::session::{World, read_record};

/// How long one hostile input may take: unoptimised code, on a machine that does something else too.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 20 });

/// What the process, or the module, may have held at most: a file of 100 MB among it, read into values.
const MOST_MEMORY: u64 = 1536 * 1024 * 1024;

pub fn world() -> World {
    World {
        today: "2026-11-23".parse().unwrap(),
        now: "2026-11-23T10:00:00Z".parse().unwrap(),
        language: LanguageId(0),
    }
}

/// Compiles a questionnaire from its files.
pub fn open(files: &[(&str, &str)]) -> (Option<Arc<Plan>>, Sources, Vec<Diagnostic>) {
    let files: BTreeMap<String, String> =
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    intake::open(&files, "questionnaire.json")
}

/// Runs what somebody does to the engine, and then has the engine do its work.
pub fn survives<R>(name: &str, attack: impl FnOnce() -> R) -> R {
    let begin = Instant::now();
    let result = attack();
    let spent = begin.elapsed();
    eprintln!("{name}: {} ms, {} MB", spent.as_millis(), memory() >> 20);
    assert!(spent < PATIENCE, "{name}: {spent:?}");
    assert!(memory() < MOST_MEMORY, "{name}: {} MB", memory() >> 20);
    lives_on(name);
    result
}

fn lives_on(name: &str) {
    let text = include_str!("../../fuzz/entries/form.json");
    let (plan, ..) = open(&[("questionnaire.json", text)]);
    let plan = plan.unwrap_or_else(|| panic!("{name}: nothing compiles any more"));
    let record = r#"{"assessed_on": "2026-11-23", "answers": {"name": "x", "a": 2, "b": 1}}"#;
    let source = Sources::new().add("record.json", record);
    let record = read_record(record, source).0.unwrap();
    let profile = assess(&plan, &record).unwrap();
    assert_eq!(profile.needs.len(), 1, "{name}: the next assessment is another one");
}

/// The most memory that was held so far.
#[cfg(target_family = "wasm")]
fn memory() -> u64 {
    core::arch::wasm32::memory_size(0) as u64 * 65_536
}

/// The most memory that was held so far, where the system tells.
#[cfg(not(target_family = "wasm"))]
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}
