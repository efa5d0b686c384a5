//! What an interview costs, by the size of its form: reading and compiling it, opening it, one answer, a row, a
//! cascade, judging a whole record, and assessing it.
//!
//! `cargo bench --bench interview` runs all of it, and with a name behind it (`-- answer`) a part.
#![allow(missing_docs, reason = "criterion's macros make functions")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a measurement fails by panicking"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use intake::authority::Authority;
use intake::plan::{AnswerKind, LanguageId, Plan};
use intake::profile::assess;
use intake::session::{Command, Node, Record, Session, World, check_record};
use intake::value::{Decimal, Value};
use serde_json::Value as Json;

#[path = "../tests/support/large.rs"]
mod large;

const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn world() -> World {
    World {
        today: "2026-11-23".parse().unwrap(),
        now: "2026-11-23T10:00:00Z".parse().unwrap(),
        language: LanguageId(0),
    }
}

fn compiled(text: &str) -> Arc<Plan> {
    let files = BTreeMap::from([("questionnaire.json".to_owned(), text.to_owned())]);
    let (plan, sources, diagnostics) = intake::open(&files, "questionnaire.json");
    let said: String = diagnostics.iter().map(|diagnostic| sources.render(diagnostic)).collect();
    plan.unwrap_or_else(|| panic!("{said}"))
}

fn number(number: i64) -> Value {
    Value::Number(Decimal::from(number))
}

/// An answer that a question takes; another one for each turn.
fn some_answer(plan: &Plan, node: Node, turn: usize) -> Option<Value> {
    let question = plan.question(node.question());
    question.is_asked().then_some(())?;
    Some(match &question.kind {
        AnswerKind::Boolean => Value::Boolean(turn.is_multiple_of(2)),
        AnswerKind::Number { .. } => number(10 + i64::try_from(turn % 90).unwrap()),
        AnswerKind::Text(_) => Value::text(if turn.is_multiple_of(2) { "one" } else { "another" }),
        AnswerKind::Date(_) => Value::Date(format!("2026-01-{:02}", 1 + turn % 28).parse().unwrap()),
        AnswerKind::Choice { .. } | AnswerKind::Choices { .. } => {
            let choices: Vec<_> = plan.choices(node.question()).collect();
            let choice = choices[turn % choices.len()];
            match question.kind {
                AnswerKind::Choices { .. } => Value::Codes(vec![Arc::clone(&choice.code)]),
                _ => choice.value.clone(),
            }
        }
        AnswerKind::Time | AnswerKind::Repeat(_) | AnswerKind::Note => return None,
    })
}

/// A session in which everything that is asked has an answer.
fn filled(plan: &Arc<Plan>) -> Session {
    let mut session = Session::open(Arc::clone(plan), world());
    for _ in 0..2 {
        for node in session.nodes() {
            if let Some(value) = some_answer(plan, node, 1) {
                session.apply(Command::Answer { node, value: Some(value) }).unwrap();
            }
        }
    }
    session
}

/// The two forms: conditions within sections, three for every ten questions; and the one on which form engines are
/// compared, whose total reads every number.
fn forms(size: usize) -> [(&'static str, String); 2] {
    [("interview", large::large_form(size)), ("shared", large::shared_form(size))]
}

fn opening(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("open");
    for size in SIZES {
        for (form, text) in forms(size) {
            let files = BTreeMap::from([("questionnaire.json".to_owned(), text.clone())]);
            group.bench_function(BenchmarkId::new(format!("{form}, read and compile"), size), |bencher| {
                bencher.iter_with_large_drop(|| intake::open(black_box(&files), "questionnaire.json"));
            });
            let plan = compiled(&text);
            group.bench_function(BenchmarkId::new(format!("{form}, first state"), size), |bencher| {
                bencher.iter_with_large_drop(|| Session::open(Arc::clone(&plan), world()));
            });
            group.bench_function(BenchmarkId::new(format!("{form}, all of it"), size), |bencher| {
                bencher.iter_with_large_drop(|| {
                    let plan = intake::open(black_box(&files), "questionnaire.json").0.unwrap();
                    Session::open(plan, world())
                });
            });
        }
    }
    group.finish();
}

fn answering(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("answer");
    for size in SIZES {
        let plan = compiled(&large::large_form(size));
        let mut session = filled(&plan);
        // A number on which a visibility and a chain of two calculations hang, which again decide something.
        let busy = session.node_at(&format!("q{}_0", size / 40)).unwrap();
        let mut turn = 0;
        group.bench_function(BenchmarkId::new("one with dependents", size), |bencher| {
            bencher.iter(|| {
                turn += 1;
                session.apply(Command::Answer { node: busy, value: Some(number(turn % 90)) }).unwrap()
            });
        });
        let answers: Vec<(Node, [Value; 2])> = session
            .nodes()
            .into_iter()
            .filter_map(|node| Some((node, [some_answer(&plan, node, 2)?, some_answer(&plan, node, 3)?])))
            .collect();
        let mut commands = (0..2)
            .flat_map(|round| answers.iter().map(move |(node, values)| (*node, values[round].clone())))
            .cycle();
        group.bench_function(BenchmarkId::new("every question in turn", size), |bencher| {
            bencher.iter(|| {
                let (node, value) = commands.next().unwrap();
                session.apply(Command::Answer { node, value: Some(value) }).unwrap()
            });
        });
        let plan = compiled(&large::shared_form(size));
        let mut session = Session::open(Arc::clone(&plan), world());
        for (name, pointer) in [("shared, into the total", "q7"), ("shared, head of the chain", "q1")] {
            let node = session.node_at(pointer).unwrap();
            let mut turn = 0;
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter(|| {
                    turn += 1;
                    session.apply(Command::Answer { node, value: Some(number(turn % 90)) }).unwrap()
                });
            });
        }
    }
    group.finish();
}

fn rows(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rows");
    for (form, aggregate) in [("a roster", false), ("with a sum over it", true)] {
        let plan = compiled(&large::roster_form(aggregate));
        for row in [5, 500] {
            let mut before = Session::open(Arc::clone(&plan), world());
            let people = before.node_at("people").unwrap();
            for _ in 1..row {
                before.apply(Command::AddRow { repeat: people, at: None }).unwrap();
            }
            // The row that is added is taken out again unmeasured, so that each is row `row`.
            group.bench_function(BenchmarkId::new(format!("add, {form}"), row), |bencher| {
                bencher.iter_custom(|times| {
                    let mut spent = Duration::ZERO;
                    let mut session = before.clone();
                    for turn in 1..=times {
                        let begin = Instant::now();
                        black_box(session.apply(Command::AddRow { repeat: people, at: None }).unwrap());
                        spent += begin.elapsed();
                        let last = *session.rows(people).last().unwrap();
                        session.apply(Command::RemoveRow { row: last }).unwrap();
                        // A session gives a million numbers to rows, and none of them twice.
                        if turn.is_multiple_of(100_000) {
                            session = before.clone();
                        }
                    }
                    spent
                });
            });
        }
    }
    group.finish();
}

fn judging(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("whole record");
    for size in SIZES {
        let plan = compiled(&large::large_form(size));
        let session = filled(&plan);
        let record = session.record();
        assert!(check_record(&plan, &record).is_empty());
        group.bench_function(BenchmarkId::new("checks", size), |bencher| {
            bencher.iter(|| check_record(&plan, black_box(&record)));
        });
        let authority = Authority::new(&plan).unwrap();
        let answers = Json::Object(record.answers.clone());
        assert!(authority.allows(&answers));
        group.bench_function(BenchmarkId::new("JSON Schema", size), |bencher| {
            bencher.iter(|| authority.allows(black_box(&answers)));
        });
        group.bench_function(BenchmarkId::new("restore", size), |bencher| {
            bencher.iter(|| Session::restore(Arc::clone(&plan), world(), black_box(&record)));
        });
        group.bench_function(BenchmarkId::new("assess", size), |bencher| {
            bencher.iter(|| assess(&plan, black_box(&record)).unwrap());
        });
        let plan = compiled(&large::shared_form(size));
        let session = Session::open(Arc::clone(&plan), world());
        group.bench_function(BenchmarkId::new("shared, every issue", size), |bencher| {
            bencher.iter(|| session.all_issues().len() + session.all_missing().len());
        });
        let empty: Record = session.record();
        group.bench_function(BenchmarkId::new("shared, assess", size), |bencher| {
            bencher.iter(|| assess(&plan, black_box(&empty)).unwrap());
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(500));
    targets = opening, answering, rows, judging
}
criterion_main!(benches);
