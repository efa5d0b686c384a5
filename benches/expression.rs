//! What expressions cost: reading and compiling those of a large questionnaire, one condition, a sum over rows.
#![allow(missing_docs, reason = "criterion's macros make functions")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a measurement fails by panicking"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use intake::expression::{Expected, Program, RowId, compile};

#[allow(dead_code, reason = "only the form")]
#[path = "../fuzz/entries/fields.rs"]
mod fields;

use fields::Fields;

/// What stands in questionnaires, in about the shares in which it stands there.
const WRITTEN: [&str; 10] = [
    "age >= 60 and score < 60",
    "lives = 'alone' and (needs contains 'food' or weight < 45)",
    "unanswered.empty() or unanswered != 1",
    "alone and absentReason(unanswered) = 'declined'",
    "born + 60 years <= today()",
    "sum(age, weight, unanswered) / 3",
    "members.where(years < 16 and sex = 'f').count()",
    "iif(alone, 'alone', choiceLabel(lives)) & ', ' & name",
    "members.jobs.pay.sum() < 500 implies needs.exists()",
    "score.level >= 2",
];

fn program(form: &Fields, text: &str) -> Program {
    let (program, problems) = compile(text, &form.scope(), &Expected::Any);
    program.unwrap_or_else(|| panic!("{text}: {problems:?}"))
}

fn expressions(criterion: &mut Criterion) {
    let form = Fields::default();
    let scope = form.scope();
    criterion.bench_function("expression/compile 500", |bencher| {
        bencher.iter(|| {
            for text in WRITTEN.iter().cycle().take(500) {
                black_box(compile(text, &scope, &Expected::Any));
            }
        });
    });

    let condition = program(&form, "age >= 60 and lives = 'alone' and weight < 60");
    criterion.bench_function("expression/condition", |bencher| {
        bencher.iter(|| condition.test(black_box(&form), RowId::FORM));
    });
    let undecided = program(&form, "age >= 60 and unanswered = 1 and score > 57");
    criterion.bench_function("expression/undecided condition with causes", |bencher| {
        bencher.iter(|| undecided.test_explained(black_box(&form), RowId::FORM));
    });

    for rows in [10, 100, 1000] {
        let form = Fields::new(rows);
        let sum = program(&form, "members.years.sum()");
        criterion.bench_function(&format!("expression/sum of {rows} rows"), |bencher| {
            bencher.iter(|| sum.value(black_box(&form), RowId::FORM));
        });
        let count = program(&form, "members.where(years >= 18 and sex = 'f').count()");
        criterion.bench_function(&format!("expression/filter of {rows} rows"), |bencher| {
            bencher.iter(|| count.value(black_box(&form), RowId::FORM));
        });
    }
}

criterion_group!(benches, expressions);
criterion_main!(benches);
