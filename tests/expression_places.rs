//! A fault in an expression is shown where it stands in the questionnaire, with a caret and with what was meant.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

/// The questionnaire with a condition, as it is said to be wrong.
fn said(condition: &str) -> String {
    let text = format!(
        r#"{{"$schema": "questionnaire-1.schema.json", "id": "test", "version": "1", "title": "Test", "languages": ["en"], "subject": {{"birthDate": "born"}},
  "allOf": [{{"id": "one", "title": "One", "properties": {{
    "born": {{"title": "Born", "type": "string", "format": "partial-date"}},
    "smokes": {{"title": "Smoking", "oneOf": [{{"const": "yes", "title": "Yes"}}, {{"const": "no", "title": "No"}}]}},
    "members": {{"title": "Who lives here?", "type": "array", "items": {{"type": "object", "unevaluatedProperties": false,
      "properties": {{"years": {{"title": "Age", "type": "integer"}},
        "jobs": {{"title": "Work", "type": "array", "items": {{"type": "object", "unevaluatedProperties": false,
          "properties": {{"pay": {{"title": "Pay", "type": "number"}}}}}}}}}}}}}},
    "more": {{"title": "More", "type": "boolean", "visibleIf": {condition}}}
  }}}}], "unevaluatedProperties": false}}"#
    );
    let (plan, sources, diagnostics) = support::compile(&text);
    assert!(plan.is_none(), "{condition}");
    diagnostics.iter().map(|diagnostic| sources.render(diagnostic)).collect()
}

/// What stands under the carets.
fn marked(said: &str) -> String {
    let lines: Vec<&str> = said.lines().collect();
    let index =
        lines.iter().position(|line| line.trim_start().starts_with('|') && line.contains('^')).unwrap();
    let carets: Vec<usize> = lines[index]
        .chars()
        .enumerate()
        .filter(|(_, character)| *character == '^')
        .map(|(at, _)| at)
        .collect();
    lines[index - 1].chars().skip(carets[0]).take(carets.len()).collect()
}

#[test]
fn the_caret_stands_under_the_fault() {
    for (condition, message, under) in [
        (r#""age => 60""#, "`=>` is not an operator: did you mean `>=`?", "=>"),
        (r#""aeg >= 60""#, "there is no question named `aeg`: did you mean `age`?", "aeg"),
        (r#""age >= 18 and age = 'x'""#, "cannot compare a number with a text", "age = 'x'"),
        (
            r#""18 <= age <= 60""#,
            "comparisons cannot be chained: write `18 <= age and age <= 60`",
            "18 <= age <= 60",
        ),
        (r#""smokes = 'Yes'""#, "`smokes` has no choice 'Yes': did you mean 'yes'?", "'Yes'"),
        (r#""years > 60""#, "there is no question named `years`: did you mean `members.years`?", "years"),
        (r#""members.exists(pay > 6)""#, "there is no question named `pay`: did you mean `jobs.pay`?", "pay"),
        (r#""pay > 60""#, "there is no question named `pay`: did you mean `members.jobs.pay`?", "pay"),
        // Escapes of JSON before the fault are longer in the file than in the expression.
        (
            r#""'\u8001\"\\n' = smokes or aeg > 1""#,
            "there is no question named `aeg`: did you mean `age`?",
            "aeg",
        ),
    ] {
        let said = said(condition);
        assert!(said.contains(message), "{said}");
        assert!(said.contains("(/allOf/0/properties/more/visibleIf)"), "{said}");
        if !condition.contains("smokes or") {
            assert_eq!(said.matches("error[").count(), 1, "{said}");
            assert_eq!(marked(&said), under, "{said}");
        } else {
            assert!(said.contains("^^^"), "{said}");
        }
    }
}

#[test]
fn half_a_character_in_json_is_told_by_its_place() {
    for condition in [r#""smokes = '\ud800'""#, r#""smokes = '\udc00\ud800'""#] {
        assert!(said(condition).contains("questionnaire.json:9:"), "{}", said(condition));
    }
}
