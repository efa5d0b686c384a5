//! The work on which form engines are compared, done by this one: `benches/peers/run.mjs` does the same with others.
//!
//! `cargo xtask bench` runs both, turn by turn, and prints the ratios. Without it: `cargo bench --bench peers -- 1000`.
//! One line of JSON for each size: processor time in microseconds, the least mean of several rounds.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement reads the clock, prints, and fails by panicking"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use intake::plan::{LanguageId, Plan};
use intake::session::{Command, Node, Record, Session, World};
use intake::value::{Decimal, Value};
use serde_json::json;

#[path = "../tests/support/large.rs"]
mod large;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
/// How long a round lasts at least, and how many there are.
const ROUND: Duration = Duration::from_millis(50);
const ROUNDS: usize = 5;

fn main() {
    // Cargo adds `--bench`.
    let asked: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    for size in if asked.is_empty() { SIZES.to_vec() } else { asked } {
        measure(size);
    }
}

fn world() -> World {
    World {
        today: "2026-11-23".parse().unwrap(),
        now: "2026-11-23T10:00:00Z".parse().unwrap(),
        language: LanguageId(0),
    }
}

fn measure(size: usize) {
    let files = BTreeMap::from([("questionnaire.json".to_owned(), large::shared_form(size))]);
    let open = || {
        let (plan, sources, found) = intake::open(&files, "questionnaire.json");
        let said: String = found.iter().map(|diagnostic| sources.render(diagnostic)).collect();
        Session::open(plan.unwrap_or_else(|| panic!("{said}")), world())
    };
    let mut session = open();
    let plan = Arc::clone(session.plan());
    let (number, head) = (session.node_at("q7").unwrap(), session.node_at("q1").unwrap());
    assert_eq!(faults(&session), lacking(size));
    answer(&mut session, number, 12);
    assert_eq!(total(&session), Some(12.into()));

    let whole = whole(&plan, size);
    let (judged, sum) = judge(&plan, &whole);
    assert_eq!((judged, sum), (0, Some(sum_of(size))));

    let mut turn = 0;
    let mut next = move || {
        turn += 1;
        10 + turn % 90
    };
    let result = json!({
        "open": least(|| _ = black_box(open())),
        "answer": least(|| answer(&mut session, number, next())),
        "chain": least(|| answer(&mut session, head, next())),
        "validate": least(|| _ = black_box(faults(&session))),
        "assess": least(|| _ = black_box(judge(&plan, &whole))),
    });
    println!("{result}");
}

fn answer(session: &mut Session, node: Node, number: i64) {
    let value = Some(Value::Number(Decimal::from(number)));
    black_box(session.apply(Command::Answer { node, value }).unwrap());
}

/// Questions with a fault, or without the answer that they need.
fn faults(session: &Session) -> usize {
    session.all_issues().len() + session.all_missing().len()
}

fn total(session: &Session) -> Option<Decimal> {
    match session.value(session.node_at("total")?) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    }
}

/// A record as it comes in: its answers taken, all that follows from them worked out, and all of it judged.
fn judge(plan: &Arc<Plan>, record: &Record) -> (usize, Option<Decimal>) {
    let (session, findings) = Session::restore(Arc::clone(plan), world(), record);
    (faults(&session) + findings.len(), total(&session))
}

/// The questions that are always asked and need an answer.
fn lacking(size: usize) -> usize {
    (0..size).filter(|index| index % 3 == 0 && index % 5 != 4).count()
}

/// A record in which every question that is always asked has an answer.
fn whole(plan: &Plan, size: usize) -> Record {
    let mut record = Record::new(world().today);
    for (place, index) in (0..size).filter(|index| index % 5 != 4).enumerate() {
        let value = match index % 6 {
            0 => json!(format!("Answer {place}")),
            1 => json!(place % 90),
            2 => json!(["a", "c", "d", "e"].get(place % 4)),
            3 => json!(["a", "c"]),
            4 => json!("2026-01-15"),
            _ => json!(false),
        };
        assert!(plan.find_question(&format!("q{index}")).is_some());
        record.answers.insert(format!("q{index}"), value);
    }
    record
}

fn sum_of(size: usize) -> Decimal {
    let asked = (0..size).filter(|index| index % 5 != 4).enumerate();
    Decimal::from(asked.filter(|(_, index)| index % 6 == 1).map(|(place, _)| place % 90).sum::<usize>())
}

/// The least mean of several rounds, in microseconds, after one that is not counted.
fn least(mut work: impl FnMut()) -> f64 {
    let mut best = f64::INFINITY;
    for round in 0..=ROUNDS {
        let mut runs = 0;
        let begin = spent();
        let mut used = Duration::ZERO;
        while used < ROUND {
            // The clock is asked seldom: to ask it costs as much as a short answer.
            for _ in 0..1 + runs / 8 {
                work();
                runs += 1;
            }
            used = spent().saturating_sub(begin);
        }
        if round > 0 {
            best = best.min(used.as_secs_f64() * 1e6 / f64::from(runs));
        }
    }
    best
}

/// What this thread has had of the processor; where the system does not say, what the clock says.
fn spent() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.as_deref().and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.with(Instant::elapsed), Duration::from_nanos)
}

thread_local! {
    static START: Instant = Instant::now();
}
