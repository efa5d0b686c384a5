//! Large forms, for costs: the same text for the same size.

#![allow(dead_code, reason = "each suite uses a part of it")]

use std::fmt::Write as _;

/// A form of so many questions in sections of 20, with three expressions for every ten questions: visibility, chains of
/// calculations within a section, a requirement and a check. Nothing reaches across sections, as in a long interview.
pub fn large_form(questions: usize) -> String {
    let mut sections = Vec::new();
    for section in 0..questions.div_ceil(20) {
        let mut text = String::new();
        let name = |index: usize| format!("q{section}_{index}");
        for index in 0..20.min(questions - section * 20) {
            let ty = match index % 5 {
                0 => r#""type": "integer", "minimum": 0, "maximum": 120"#.to_owned(),
                1 => r#""type": "boolean""#.to_owned(),
                2 => r#""oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}, {"const": "c", "title": "C"}]"#.to_owned(),
                3 => r#""type": "string", "maxLength": 200"#.to_owned(),
                _ => r#""type": "string", "format": "date""#.to_owned(),
            };
            let more = match index {
                3 => format!(r#", "visibleIf": "{} and {} > 3""#, name(1), name(0)),
                5 => format!(r#", "calculate": "{} + 1""#, name(0)),
                8 => format!(r#", "requiredIf": "{} = 'a'""#, name(2)),
                10 => format!(r#", "calculate": "{} * 2""#, name(5)),
                13 => format!(r#", "visibleIf": "{} = 'b' or {} > 20""#, name(2), name(10)),
                15 => format!(
                    r#", "checks": [{{"id": "low", "assert": "{} <= {} + 10", "message": "Higher than before"}}]"#,
                    name(15),
                    name(10)
                ),
                _ => String::new(),
            };
            let comma = if index == 0 { "" } else { ",\n" };
            let _ = write!(
                text,
                r#"{comma}"{}": {{"title": "Question {index} of part {section}", {ty}{more}}}"#,
                name(index)
            );
        }
        sections
            .push(format!(r#"{{"id": "s{section}", "title": "Part {section}", "properties": {{{text}}}}}"#));
    }
    questionnaire("", &sections)
}

/// The form that the comparison of form engines uses: types in turn, a third required, a fifth visible on a condition, a
/// total of all numbers and a chain of 50 calculations.
pub fn shared_form(questions: usize) -> String {
    let kinds = ["text", "integer", "single", "multi", "date", "boolean"];
    let kind = |index: usize| kinds[index % kinds.len()];
    let mut sections = Vec::new();
    for section in 0..questions.div_ceil(20) {
        let mut parts = Vec::new();
        let mut required = Vec::new();
        for index in section * 20..questions.min(section * 20 + 20) {
            let options = ["a", "b", "c", "d", "e"]
                .map(|code| format!(r#"{{"const": "{code}", "title": "Option {code}"}}"#))
                .join(", ");
            let ty = match kind(index) {
                "text" => r#""type": "string""#.to_owned(),
                "integer" => r#""type": "integer", "minimum": 0, "maximum": 120"#.to_owned(),
                "single" => format!(r#""oneOf": [{options}]"#),
                "multi" => {
                    format!(r#""type": "array", "uniqueItems": true, "items": {{"oneOf": [{options}]}}"#)
                }
                "date" => r#""type": "string", "format": "date""#.to_owned(),
                _ => r#""type": "boolean""#.to_owned(),
            };
            let mut when = String::new();
            if index % 5 == 4 {
                let by = (0..index).rev().find(|by| matches!(kind(*by), "single" | "boolean")).unwrap_or(0);
                let condition = if kind(by) == "boolean" { format!("q{by}") } else { format!("q{by} = 'b'") };
                when = format!(r#", "visibleIf": "{condition}""#);
            }
            if index % 3 == 0 {
                required.push(format!(r#""q{index}""#));
            }
            parts.push(format!(r#""q{index}": {{"title": "Item {index}", {ty}{when}}}"#));
        }
        if section == 0 {
            let numbers: Vec<String> = (0..questions)
                .filter(|index| kind(*index) == "integer")
                .map(|index| format!("q{index}"))
                .collect();
            let sum = numbers.join(",");
            parts.push(format!(
                r#""total": {{"title": "Total", "type": "integer", "calculate": "sum({sum})"}}"#
            ));
            for link in 1..=50 {
                let before = if link == 1 { "q1".to_owned() } else { format!("c{}", link - 1) };
                parts.push(format!(
                    r#""c{link}": {{"title": "C", "type": "integer", "calculate": "{before} + 1"}}"#
                ));
            }
        }
        sections.push(format!(
            r#"{{"id": "s{section}", "title": "Part {section}", "required": [{}], "properties": {{{}}}}}"#,
            required.join(", "),
            parts.join(",\n")
        ));
    }
    questionnaire("", &sections)
}

/// A roster with a key, a heading, a running total, a question on a condition and a nested repeat.
pub fn roster_form(aggregate: bool) -> String {
    let sum = if aggregate {
        r#", "sum": {"title": "Sum", "type": "integer", "calculate": "people.pay.sum()"}"#
    } else {
        ""
    };
    let people = r#""people": {"title": "People", "type": "array", "uniqueKey": ["ref"], "itemTitle": "{ref}",
        "items": {"type": "object", "unevaluatedProperties": false, "properties": {
            "ref": {"title": "Name", "type": "string"},
            "works": {"title": "Works?", "type": "boolean"},
            "pay": {"title": "Pay of {ref}", "type": "integer", "visibleIf": "works"},
            "so_far": {"title": "So far", "type": "integer", "calculate": "coalesce(previous(so_far), 0) + coalesce(pay, 0)"},
            "jobs": {"title": "Jobs", "type": "array", "items": {"type": "object", "unevaluatedProperties": false,
                "properties": {"job": {"title": "Job", "type": "string"}}}}}}}"#;
    questionnaire("", &[format!(r#"{{"id": "one", "title": "One", "properties": {{{people}{sum}}}}}"#)])
}

pub fn questionnaire(more: &str, sections: &[String]) -> String {
    format!(
        r#"{{"$schema": "questionnaire-1.schema.json", "id": "large", "version": "1", "title": "Large", "languages": ["en"]{more},
        "allOf": [{}], "unevaluatedProperties": false}}"#,
        sections.join(",\n")
    )
}
