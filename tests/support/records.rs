//! Random records of any questionnaire: answers that it takes, absences that it offers, rows that it has room for.

use std::sync::Arc;

use intake::plan::{AnswerKind, DateShape, Plan, QuestionId, TextShape};
use intake::profile::{Profile, assess};
use intake::session::{Record, number_to_json};
use intake::value::{Decimal, Informant};
use serde_json::{Map, Value, json};

/// A generator after Marsaglia's xorshift: the same numbers for the same seed.
#[derive(Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..4 {
            random.next();
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() >> 11).unwrap_or(0) % bound.max(1)
    }

    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// A record in which about so many of a hundred questions are answered, without what the questionnaire refuses.
pub fn record(plan: &Plan, random: &mut Random, share: usize) -> Record {
    let mut record = Record::new("2026-11-23".parse().unwrap());
    fill(plan, None, "", random, share, &mut record);
    record
}

/// Answers anew the questions that a test picks, and leaves everything else as it is.
pub fn answer_again(
    plan: &Plan,
    record: &mut Record,
    random: &mut Random,
    picked: &dyn Fn(QuestionId) -> bool,
) {
    let mut fresh = self::record(plan, random, 60);
    let mut answers = std::mem::take(&mut record.answers);
    mix(plan, None, &mut answers, &mut fresh.answers, picked);
    record.answers = answers;
    for id in plan.question_ids().filter(|id| picked(*id) && plan.question(*id).parent.is_none()) {
        let pointer = format!("/{}", plan.question(id).name);
        record.absent.retain(|at, _| *at != pointer && !at.starts_with(&format!("{pointer}/")));
        record.informants.retain(|at, _| *at != pointer && !at.starts_with(&format!("{pointer}/")));
        let taken = fresh.absent.iter().filter(|(at, _)| **at == pointer);
        record.absent.extend(taken.map(|(at, absence)| (at.clone(), *absence)));
    }
}

fn mix(
    plan: &Plan,
    parent: Option<QuestionId>,
    old: &mut Map<String, Value>,
    new: &mut Map<String, Value>,
    picked: &dyn Fn(QuestionId) -> bool,
) {
    for id in plan.question_ids().filter(|id| plan.question(*id).parent == parent) {
        let name = plan.question(id).name.to_string();
        if picked(id) {
            old.remove(&name);
            if let Some(value) = new.remove(&name) {
                old.insert(name, value);
            }
        } else if let (Some(Value::Array(rows)), Some(Value::Array(others))) =
            (old.get_mut(&name), new.get_mut(&name))
            && plan.question(id).repeat().is_some()
        {
            for (row, other) in rows.iter_mut().zip(others) {
                if let (Value::Object(row), Value::Object(other)) = (row, other) {
                    mix(plan, Some(id), row, other, picked);
                }
            }
        }
    }
}

fn fill(
    plan: &Plan,
    parent: Option<QuestionId>,
    at: &str,
    random: &mut Random,
    share: usize,
    record: &mut Record,
) -> Map<String, Value> {
    let mut answers = Map::new();
    for id in plan.question_ids().filter(|id| plan.question(*id).parent == parent) {
        let question = plan.question(id);
        if !question.is_asked() {
            continue;
        }
        let pointer = format!("{at}/{}", question.name);
        if random.below(100) >= share {
            if random.one_in(3) && !question.absences.is_empty() {
                let absence = question.absences[random.below(question.absences.len())];
                record.absent.insert(pointer, absence);
            }
            continue;
        }
        let value = match question.repeat() {
            Some(_) => {
                let rows =
                    1 + random.below(question.constraints.max_items.map_or(3, |most| most.min(3) as usize));
                let rows: Vec<Value> = (0..rows)
                    .map(|row| {
                        Value::Object(fill(
                            plan,
                            Some(id),
                            &format!("{pointer}/{row}"),
                            random,
                            share,
                            record,
                        ))
                    })
                    .collect();
                Value::Array(rows)
            }
            None => {
                let Some(value) = value(plan, id, random) else { continue };
                if random.one_in(8) {
                    record.informants.insert(pointer, Informant::Proxy);
                }
                value
            }
        };
        answers.insert(question.name.to_string(), value);
    }
    if parent.is_none() {
        record.answers = answers.clone();
    }
    answers
}

fn value(plan: &Plan, id: QuestionId, random: &mut Random) -> Option<Value> {
    let question = plan.question(id);
    let limits = &question.constraints;
    Some(match &question.kind {
        AnswerKind::Boolean => json!(random.one_in(2)),
        AnswerKind::Number { integer } => {
            let least = limits.minimum.or(limits.exclusive_minimum.map(|bound| bound + Decimal::ONE));
            let least = least.unwrap_or(Decimal::ZERO).ceil();
            let most = limits.maximum.or(limits.exclusive_maximum.map(|bound| bound - Decimal::ONE));
            let most = most.unwrap_or(least + Decimal::from(40)).floor();
            let span = usize::try_from((most - least).max(Decimal::ZERO)).unwrap_or(40).min(2_000);
            let half =
                if *integer || limits.multiple_of.is_some() { Decimal::ZERO } else { Decimal::new(5, 1) };
            let value = least + Decimal::from(random.below(span + 1));
            number_to_json(if value + half <= most { value + half } else { value })
        }
        AnswerKind::Text(TextShape::Plain) => {
            if limits.pattern.is_some() {
                return None;
            }
            let text = format!("text{}", random.below(100_000));
            let most = limits.max_length.map_or(usize::MAX, |most| most as usize);
            json!(text.chars().take(most).collect::<String>())
        }
        AnswerKind::Text(TextShape::Location) => json!(format!("geo:26.{},106.5", random.below(90) + 1)),
        AnswerKind::Text(TextShape::Attachment) => json!(format!("sha256:{:064x}", random.below(1 << 30))),
        AnswerKind::Date(DateShape::Full) => json!(date(random)),
        AnswerKind::Date(DateShape::Partial) => {
            let date = date(random);
            json!(date.get(..[4, 7, 10][random.below(3)]).unwrap())
        }
        AnswerKind::Time => json!(format!("{:02}:{:02}", random.below(24), random.below(60))),
        AnswerKind::Choice { .. } => {
            let choices: Vec<_> = plan.choices(id).collect();
            intake::session::value_to_json(&choices[random.below(choices.len())].value)
        }
        AnswerKind::Choices { .. } => {
            let mut codes: Vec<&str> = plan.choices(id).map(|choice| &*choice.code).collect();
            let most = limits.max_items.map_or(3, |most| most.min(3) as usize);
            let count = 1 + random.below(most.min(codes.len()));
            let chosen: Vec<&str> = (0..count).map(|_| codes.remove(random.below(codes.len()))).collect();
            json!(chosen)
        }
        AnswerKind::Repeat(_) | AnswerKind::Note => return None,
    })
}

fn date(random: &mut Random) -> String {
    format!("{}-{:02}-{:02}", 1930 + random.below(96), 1 + random.below(12), 1 + random.below(28))
}

/// The profile of a record, from which whatever is refused is taken out first.
pub fn profile(plan: &Arc<Plan>, record: &mut Record) -> Profile {
    for _ in 0..20 {
        match assess(plan, record) {
            Ok(profile) => return profile,
            Err(findings) => {
                for finding in findings {
                    take_out(record, &finding.pointer);
                }
            }
        }
    }
    panic!("no record is left that is taken")
}

fn take_out(record: &mut Record, pointer: &str) {
    let mut parts = pointer.splitn(3, '/').skip(1);
    let (Some(part), Some(rest)) = (parts.next(), parts.next()) else { panic!("{pointer}") };
    let plain = rest.replace("~1", "/").replace("~0", "~");
    match part {
        "answers" => drop(record.answers.remove(rest.split('/').next().unwrap())),
        "absent" => drop(record.absent.remove(&plain)),
        "informants" => drop(record.informants.remove(&plain)),
        _ => panic!("{pointer}"),
    }
    let gone = format!("/{}", rest.split('/').next().unwrap());
    if part == "answers" {
        record.informants.retain(|at, _| *at != gone && !at.starts_with(&format!("{gone}/")));
        record.absent.retain(|at, _| !at.starts_with(&format!("{gone}/")));
    }
}
