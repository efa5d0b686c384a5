//! Generated answers: allowed ones, and ones that are spoilt in one place.

use serde_json::{Map, Value, json};

use super::spec::{CODES, Spec, code, hundredths, name};
use super::verdict::Judges;

/// A source of choices: a number that is used up, the same for the same number. Small numbers choose plain things, so
/// that a failing case shrinks.
#[derive(Clone, Copy, Debug)]
pub struct Pick(pub u64);

impl Pick {
    /// One of so many.
    fn of(&mut self, count: usize) -> usize {
        let count = count as u64;
        let chosen = self.0 % count;
        // A multiplier of which every power is odd keeps all bits in play.
        self.0 = (self.0 / count).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(self.0 >> 32);
        chosen as usize
    }

    fn from<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.of(all.len())]
    }
}

/// Characters of one to four bytes, and blanks of several kinds.
const CHARACTERS: [&str; 12] = ["a", "b", "cd", "ab", "7", "Z", "é", "不", "😀", " ", "\u{3000}", "_"];

/// Answers that the authority allows: candidates are tried, and a question for which none is found stays open.
pub fn allowed(specs: &[Spec], mut pick: Pick, judges: &Judges) -> Value {
    let mut answers = Map::new();
    for (index, spec) in specs.iter().enumerate() {
        for _ in 0..25 {
            let mut tried = answers.clone();
            tried.insert(name(index), candidate(spec, &mut pick));
            let tried = Value::Object(tried);
            if judges.allows(&tried) {
                answers = tried.as_object().cloned().unwrap();
                break;
            }
        }
    }
    Value::Object(answers)
}

fn candidate(spec: &Spec, pick: &mut Pick) -> Value {
    match spec {
        Spec::Boolean => json!(pick.of(2) == 1),
        Spec::Number { integer, minimum, maximum, exclusive_minimum, exclusive_maximum, step } => {
            let limits = [minimum, maximum, exclusive_minimum, exclusive_maximum];
            let base = limits.iter().filter_map(|limit| **limit).nth(pick.of(2)).unwrap_or(0);
            let unit = if *integer { 100 } else { *pick.from(&[1, 10, 100, 25]) };
            let unit = step.filter(|_| pick.of(4) > 0).unwrap_or(unit);
            let near = base + (pick.of(11) as i64 - 5) * unit;
            // On a step, if there is one, more often than not.
            let value = if pick.of(3) > 0 { near / unit * unit } else { near };
            hundredths(value)
        }
        Spec::Text { .. } => {
            let length = pick.of(7);
            json!((0..length).map(|_| *pick.from(&CHARACTERS)).collect::<String>())
        }
        Spec::Date { partial } => {
            let full = ["2024-02-29", "1947-02-11", "0001-01-01", "9999-12-31", "2000-02-29", "2023-04-30"];
            let part = ["1947", "1947-02", "2024-02-29", "0001", "9999-12"];
            json!(if *partial { *pick.from(&part) } else { *pick.from(&full) })
        }
        Spec::Time => json!(*pick.from(&["00:00", "23:59", "09:05", "19:30"])),
        Spec::Location => {
            json!(*pick.from(&[
                "geo:26.6,106.7",
                "geo:-90,180",
                "geo:90.0,-180.0;u=12.5",
                "geo:0,0;u=0",
                "geo:007,1"
            ]))
        }
        Spec::Attachment => {
            json!(format!("sha256:{}", ["0", "a", "9f"][pick.of(3)].repeat(64).split_at(64).0))
        }
        Spec::Choice { codes, numbers, .. } => code(pick.of(*codes), *numbers),
        Spec::Choices { codes, .. } => {
            let mut left: Vec<usize> = (0..*codes).collect();
            let wanted = pick.of(codes + 1);
            (0..wanted).map(|_| code(left.remove(pick.of(left.len())), false)).collect()
        }
        Spec::Rows { columns, .. } => (0..pick.of(4)).map(|_| row(columns, pick)).collect(),
    }
}

fn row(columns: &[Spec], pick: &mut Pick) -> Value {
    let answers =
        columns.iter().enumerate().filter(|_| pick.of(5) > 0).map(|(index, _)| index).collect::<Vec<_>>();
    answers
        .into_iter()
        .map(|index| (name(index), candidate(&columns[index], pick)))
        .collect::<Map<_, _>>()
        .into()
}

/// Changes one answer for the worse, or adds one that is not asked for.
pub fn spoilt(specs: &[Spec], mut pick: Pick, answers: &mut Value) {
    if pick.of(12) == 11 {
        answers["nobody_asked"] = json!(1);
        return;
    }
    let index = pick.of(specs.len());
    let name = name(index);
    let old = answers.get(&name).cloned().unwrap_or_else(|| candidate(&specs[index], &mut pick));
    answers[name] = worse(&specs[index], old, &mut pick);
}

fn worse(spec: &Spec, old: Value, pick: &mut Pick) -> Value {
    if pick.of(6) == 5 {
        return other_type(spec, pick);
    }
    match spec {
        Spec::Boolean => other_type(spec, pick),
        Spec::Number { integer, minimum, maximum, exclusive_minimum, exclusive_maximum, step } => {
            let least = if *integer { 100 } else { 1 };
            let mut bad: Vec<i64> = Vec::new();
            bad.extend(minimum.map(|limit| limit - least));
            bad.extend(maximum.map(|limit| limit + least));
            bad.extend(exclusive_minimum.iter().chain(exclusive_maximum));
            // Off the step, but as whole as it has to be.
            bad.extend(step.filter(|step| *step > least).map(|step| {
                let low = minimum.or(exclusive_minimum.as_ref().copied()).unwrap_or(0);
                low.div_euclid(step) * step + step + least
            }));
            bad.extend(integer.then_some(50));
            if bad.is_empty() { other_type(spec, pick) } else { hundredths(*pick.from(&bad)) }
        }
        Spec::Text { least, most, pattern } => {
            let mut bad: Vec<String> = Vec::new();
            let filler = *pick.from(&["a", "不", "😀"]);
            bad.extend(least.filter(|least| *least > 0).map(|least| filler.repeat(least - 1)));
            bad.extend(most.map(|most| filler.repeat(most + 1)));
            bad.extend(
                pattern.map(|_| (*pick.from(&["", "-", " ", "\u{3000}", "A-", "12 4", "\n"])).to_owned()),
            );
            if bad.is_empty() { other_type(spec, pick) } else { json!(pick.from(&bad)) }
        }
        // Enough of a date for another question.
        Spec::Date { partial: false } if pick.of(3) == 0 => {
            json!(*pick.from(&["2024", "2024-02", "1947-12"]))
        }
        Spec::Date { .. } => json!(*pick.from(&[
            "2023-02-29",
            "1900-02-29",
            "2024-13",
            "2024-00",
            "2024-04-31",
            "24",
            "2024-1-1",
            "0000",
            "0000-01-01",
            "31/12/2024",
            "2024-12-31 ",
            "１９４７",
            "10000-01-01",
            "2024-06-31",
        ])),
        Spec::Time => json!(*pick.from(&["24:00", "9:05", "09:60", "09:05:00", "", "0９:05"])),
        Spec::Location => json!(*pick.from(&[
            "geo:91,0",
            "geo:0,181",
            "geo:1",
            "geo:1,2;u=",
            "geo:1,2;u=-3",
            "1,2",
            "geo:1.,2",
            "geo:+1,2",
            "geo:90.01,0",
            "geo:1,2;u=100000001",
            "geo:1,2,3",
        ])),
        Spec::Attachment => json!(*pick.from(&["sha256:", "sha256:00", "md5:00", ""])),
        Spec::Choice { codes, numbers, .. } => {
            let unlisted = if *numbers { json!(codes) } else { json!("neither") };
            [unlisted, json!(""), json!(1.5)][pick.of(3)].clone()
        }
        Spec::Choices { codes, most, .. } => {
            let mut list = old.as_array().cloned().unwrap_or_default();
            match pick.of(4) {
                0 => list.push(list.first().cloned().unwrap_or_else(|| json!("neither"))),
                1 => list.push(json!("neither")),
                2 => {
                    list = most.map_or(Vec::new(), |most| {
                        (0..(*codes).min(most + 1)).map(|i| code(i, false)).collect()
                    })
                }
                _ => list.clear(),
            }
            json!(list)
        }
        Spec::Rows { columns, least, most } => {
            let mut rows = old.as_array().cloned().unwrap_or_default();
            match pick.of(5) {
                0 => rows.push(json!({ "nobody_asked": 1 })),
                1 => rows.push(json!("no row")),
                2 => rows = (0..most.map_or(0, |most| most + 1)).map(|_| json!({})).collect(),
                3 => rows = (0..least.unwrap_or(1).saturating_sub(1)).map(|_| json!({})).collect(),
                _ => {
                    let index = pick.of(columns.len());
                    let old = candidate(&columns[index], pick);
                    rows.push(json!({ name(index): worse(&columns[index], old, pick) }));
                }
            }
            json!(rows)
        }
    }
}

/// A value of a type that the question does not take.
fn other_type(spec: &Spec, pick: &mut Pick) -> Value {
    let all = [
        json!(true),
        json!(7),
        json!("7"),
        json!([]),
        json!({}),
        json!(null),
        json!([7]),
        json!(["yes", {}]),
    ];
    let fitting = |value: &Value| match spec {
        Spec::Boolean => value.is_boolean(),
        Spec::Number { .. } => value.is_number(),
        Spec::Choice { numbers: true, .. } => value.is_number(),
        Spec::Text { .. }
        | Spec::Date { .. }
        | Spec::Time
        | Spec::Location
        | Spec::Attachment
        | Spec::Choice { .. } => value.is_string(),
        Spec::Choices { .. } | Spec::Rows { .. } => *value == json!([]),
    };
    let other: Vec<&Value> = all.iter().filter(|value| !fitting(value)).collect();
    debug_assert!(CODES.contains(&"yes"));
    (*pick.from(&other)).clone()
}
