//! Generated questionnaires: one question of each kind and constraint that an author can write.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// How choices are written.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    OneOf,
    Enum,
    List,
}

/// A question.
#[derive(Clone, Debug)]
pub enum Spec {
    Boolean,
    /// Bounds and step in hundredths.
    Number {
        integer: bool,
        minimum: Option<i64>,
        maximum: Option<i64>,
        exclusive_minimum: Option<i64>,
        exclusive_maximum: Option<i64>,
        step: Option<i64>,
    },
    Text {
        least: Option<usize>,
        most: Option<usize>,
        pattern: Option<&'static str>,
    },
    Date {
        partial: bool,
    },
    Time,
    Location,
    Attachment,
    Choice {
        codes: usize,
        numbers: bool,
        source: Source,
    },
    Choices {
        codes: usize,
        source: Source,
        least: Option<usize>,
        most: Option<usize>,
    },
    Rows {
        columns: Vec<Spec>,
        least: Option<usize>,
        most: Option<usize>,
    },
}

/// Patterns of the dialect: classes, repetition, alternatives, with and without anchors, beyond ASCII.
const PATTERNS: [&str; 9] =
    ["^[a-z]{2,4}$", "[0-9]", "^\\d+$", "^.{2,5}$", "^\\w*$", "[一-龥]", "^(ab|cd)*$", "^[^ ]+$", "^\\S*$"];

/// The codes of choices; some differ in case only, some are beyond ASCII.
pub const CODES: [&str; 6] = ["yes", "Yes", "no", "不", "a b", "1"];

pub fn specs() -> impl Strategy<Value = Vec<Spec>> {
    let question = prop_oneof![8 => simple(), 2 => rows()];
    vec(question, 1..6)
}

fn rows() -> impl Strategy<Value = Spec> {
    (vec(simple(), 1..4), bounds(3)).prop_map(|(columns, (least, most))| Spec::Rows { columns, least, most })
}

fn simple() -> impl Strategy<Value = Spec> {
    let source = || prop_oneof![Just(Source::OneOf), Just(Source::Enum), Just(Source::List)];
    prop_oneof![
        1 => Just(Spec::Boolean),
        12 => number(),
        5 => (bounds(6), proptest::option::weighted(0.4, proptest::sample::select(&PATTERNS[..])))
            .prop_map(|((least, most), pattern)| Spec::Text { least, most, pattern }),
        3 => any::<bool>().prop_map(|partial| Spec::Date { partial }),
        1 => Just(Spec::Time),
        1 => Just(Spec::Location),
        1 => Just(Spec::Attachment),
        3 => (1..=CODES.len(), any::<bool>(), source())
            .prop_map(|(codes, numbers, source)| Spec::Choice { codes, numbers, source }),
        5 => (2..=CODES.len(), source(), bounds(3))
            .prop_map(|(codes, source, (least, most))| Spec::Choices { codes, source, least, most }),
    ]
}

/// A lower and an upper bound that leave something between them.
fn bounds(largest: usize) -> impl Strategy<Value = (Option<usize>, Option<usize>)> {
    (proptest::option::of(0..largest), proptest::option::of(0..largest)).prop_map(move |(low, more)| {
        let most = more.map(|more| low.unwrap_or(0).max(1) + more);
        (low, most)
    })
}

fn number() -> impl Strategy<Value = Spec> {
    let limit = || proptest::option::weighted(0.7, -30_i64..30);
    (
        any::<bool>(),
        limit(),
        limit(),
        any::<(bool, bool)>(),
        proptest::option::weighted(0.3, 1_i64..6),
        0_usize..3,
    )
        .prop_map(|(integer, low, high, (open_low, open_high), step, scale)| {
            // Whole numbers, tenths or hundredths.
            let unit = [100, 10, 1][scale];
            let low = low.map(|low| low * unit);
            let high = high.map(|high| high * unit);
            let (low, high) = match (low, high) {
                (Some(low), Some(high)) => (Some(low.min(high)), Some(low.max(high) + 5 * unit)),
                other => other,
            };
            let step = step.map(|step| step * if integer { 100 } else { unit });
            let split = |limit, open| if open { (None, limit) } else { (limit, None) };
            let (minimum, exclusive_minimum) = split(low, open_low);
            let (maximum, exclusive_maximum) = split(high, open_high);
            Spec::Number { integer, minimum, maximum, exclusive_minimum, exclusive_maximum, step }
        })
}

/// Hundredths as a JSON number.
pub fn hundredths(value: i64) -> Value {
    if value % 100 == 0 {
        return json!(value / 100);
    }
    let sign = if value < 0 { "-" } else { "" };
    let text = format!("{sign}{}.{:02}", value.abs() / 100, value.abs() % 100);
    json!(text.parse::<f64>().unwrap())
}

/// The name of a question.
pub fn name(index: usize) -> String {
    format!("q{index}")
}

/// The questionnaire.
pub fn form(specs: &[Spec]) -> Value {
    let entries: Vec<Value> =
        CODES.iter().map(|code| json!({ "code": code, "title": format!("Choice {code}") })).collect();
    // One list for each length, so that `codes` means the same whatever the source.
    let lists: Map<String, Value> = (1..=CODES.len())
        .map(|count| (format!("list{count}"), json!({ "entries": entries[..count] })))
        .collect();
    json!({
        "$schema": "../../dialect/questionnaire-1.schema.json",
        "id": "generated",
        "version": "1.0.0",
        "title": "Generated",
        "languages": ["en"],
        "type": "object",
        "lists": lists,
        "allOf": [{ "id": "all", "title": "All", "properties": properties(specs) }],
        "unevaluatedProperties": false,
    })
}

fn properties(specs: &[Spec]) -> Value {
    specs.iter().enumerate().map(|(index, spec)| (name(index), question(spec))).collect::<Map<_, _>>().into()
}

fn question(spec: &Spec) -> Value {
    let mut question = json!({ "title": "Question" });
    let mut set = |keyword: &str, value: Value| question[keyword] = value;
    match spec {
        Spec::Boolean => set("type", json!("boolean")),
        Spec::Number { integer, minimum, maximum, exclusive_minimum, exclusive_maximum, step } => {
            set("type", json!(if *integer { "integer" } else { "number" }));
            for (keyword, limit) in [
                ("minimum", minimum),
                ("maximum", maximum),
                ("exclusiveMinimum", exclusive_minimum),
                ("exclusiveMaximum", exclusive_maximum),
                ("multipleOf", step),
            ] {
                if let Some(limit) = limit {
                    set(keyword, hundredths(*limit));
                }
            }
        }
        Spec::Text { least, most, pattern } => {
            set("type", json!("string"));
            for (keyword, limit) in [("minLength", least), ("maxLength", most)] {
                if let Some(limit) = limit {
                    set(keyword, json!(limit));
                }
            }
            if let Some(pattern) = pattern {
                set("pattern", json!(pattern));
            }
        }
        Spec::Date { partial } => {
            set("type", json!("string"));
            set("format", json!(if *partial { "partial-date" } else { "date" }));
        }
        Spec::Time | Spec::Location | Spec::Attachment => {
            set("type", json!("string"));
            set(
                "format",
                json!(match spec {
                    Spec::Time => "time-of-day",
                    Spec::Location => "geo-uri",
                    _ => "attachment",
                }),
            );
        }
        Spec::Choice { codes, numbers, source } => {
            let (keyword, choices) = choices(*codes, *numbers, *source);
            set("type", json!(if *numbers { "integer" } else { "string" }));
            set(keyword, choices);
        }
        Spec::Choices { codes, source, least, most } => {
            let (keyword, choices) = choices(*codes, false, *source);
            set("type", json!("array"));
            set("uniqueItems", json!(true));
            set("items", json!({ "type": "string", keyword: choices }));
            counts(&mut set, *least, *most);
        }
        Spec::Rows { columns, least, most } => {
            set("type", json!("array"));
            set(
                "items",
                json!({ "type": "object", "properties": properties(columns), "unevaluatedProperties": false }),
            );
            counts(&mut set, *least, *most);
        }
    }
    question
}

fn counts(set: &mut dyn FnMut(&str, Value), least: Option<usize>, most: Option<usize>) {
    for (keyword, limit) in [("minItems", least), ("maxItems", most)] {
        if let Some(limit) = limit {
            set(keyword, json!(limit));
        }
    }
}

/// The code of a choice.
pub fn code(index: usize, numbers: bool) -> Value {
    if numbers { json!(index) } else { json!(CODES[index]) }
}

fn choices(count: usize, numbers: bool, source: Source) -> (&'static str, Value) {
    let codes = (0..count).map(|index| code(index, numbers));
    match source {
        Source::List if !numbers => ("choicesFrom", json!(format!("list{count}"))),
        Source::Enum => ("enum", codes.collect()),
        Source::OneOf | Source::List => {
            ("oneOf", codes.map(|code| json!({ "const": code, "title": format!("Choice {code}") })).collect())
        }
    }
}
