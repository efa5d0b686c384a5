//! What one record costs: reading, assessing, writing, verifying. For figures; nothing is asserted.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a benchmark reads files and fails by panicking"
)]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use intake::authority::Authority;
use intake::diagnostic::SourceId;
use intake::json::canonical;
use intake::plan::Plan;
use intake::profile;
use intake::questionnaire::Loader;
use intake::session::read_record;
use intake::simulate::Simulation;

struct Files;

impl Loader for Files {
    fn load(&self, path: &str) -> Result<Option<String>, String> {
        Ok(std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).ok())
    }
}

const COUNT: u64 = 200;

fn assess(criterion: &mut Criterion) {
    let (plan, _, _) = intake::open(&Files, "schemas/questionnaires/elder-needs/questionnaire.json");
    let plan: Arc<Plan> = plan.unwrap();
    let authority = Authority::new(&plan).unwrap();
    let simulation = Simulation::new(Arc::clone(&plan), 1, "2026-11-23".parse().unwrap(), 60..=95);
    let texts: Vec<String> =
        (0..COUNT).map(|index| canonical::to_string(&simulation.record(index).to_value())).collect();
    let records: Vec<_> = texts.iter().map(|text| read_record(text, SourceId(0)).0.unwrap()).collect();
    let profiles: Vec<_> = records.iter().map(|record| profile::assess(&plan, record).unwrap()).collect();
    let values: Vec<_> = profiles.iter().map(profile::Profile::to_value).collect();
    let bytes = |texts: &[String]| texts.iter().map(String::len).sum::<usize>() / texts.len();
    let written: Vec<String> = profiles.iter().map(profile::Profile::to_canonical_json).collect();
    eprintln!("a record has {} bytes, a profile {}", bytes(&texts), bytes(&written));

    let mut group = criterion.benchmark_group("elder-needs, 200 records");
    group.throughput(Throughput::Elements(COUNT));
    group.bench_function("read", |bencher| {
        bencher.iter(|| texts.iter().for_each(|text| drop(black_box(read_record(text, SourceId(0))))));
    });
    group.bench_function("assess", |bencher| {
        bencher.iter(|| records.iter().for_each(|record| drop(black_box(profile::assess(&plan, record)))));
    });
    group.bench_function("judge", |bencher| {
        bencher.iter(|| {
            for record in &records {
                black_box(authority.allows(&serde_json::Value::Object(record.answers.clone())));
            }
        });
    });
    group.bench_function("write", |bencher| {
        bencher.iter(|| profiles.iter().for_each(|profile| drop(black_box(profile.to_canonical_json()))));
    });
    group.bench_function("verify", |bencher| {
        let lookup = |_: &str, _: &str| Some(Arc::clone(&plan));
        bencher.iter(|| values.iter().for_each(|value| assert!(profile::verify(&lookup, value).is_empty())));
    });
    group.finish();
}

criterion_group!(benches, assess);
criterion_main!(benches);
