//! What nobody sends in good faith: each gets a typed diagnostic, in bounded time and memory, and the engine lives on.
//!
//! One test for each place through which something comes in, since a test natively has a thread of its own.

use std::fmt::Write as _;
use std::sync::Arc;

use intake::diagnostic::{Diagnostic, SourceId, codes};
use intake::json;
use intake::plan::Plan;
use intake::session::{Command, IssueKind, Journal, Refusal, Session, check_record, read_record};
use intake::value::{Decimal, Value};
use serde_json::json;

use super::survivor::{open, survives, world};

/// Whether there is time for what takes unoptimised code half a minute. It has the time in WebAssembly, which is
/// compiled as it ships, and in a full run.
fn patient(name: &str) -> bool {
    let patient = !cfg!(debug_assertions) || std::env::var_os("INTAKE_FULL").is_some();
    if !patient {
        eprintln!("left out in unoptimised code: {name}");
    }
    patient
}

/// A questionnaire of one section with these questions.
fn form(properties: &str, more: &str) -> String {
    format!(
        r#"{{"$schema": "questionnaire-1.schema.json", "id": "test", "version": "1", "title": "Test", "languages": ["en"]{more},
           "allOf": [{{"id": "one", "title": "One", "properties": {{{properties}}}}}], "unevaluatedProperties": false}}"#
    )
}

/// A form in which an expression can reach whatever there is, with this condition.
fn form_with_condition(condition: &str) -> String {
    form(
        &format!(
            r#""a": {{"title": "A", "type": "integer"}}, "name": {{"title": "N", "type": "string"}}, "yes": {{"title": "Y", "type": "boolean"}},
            "rows": {{"title": "R", "type": "array", "items": {{"type": "object", "unevaluatedProperties": false,
                "properties": {{"n": {{"title": "N", "type": "integer"}}}}}}}},
            "b": {{"title": "B", "type": "boolean", "visibleIf": {condition}}}"#
        ),
        "",
    )
}

fn code_of(diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    let mut codes: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    codes.dedup();
    codes
}

/// The codes of what is wrong with a questionnaire of these files; all of them can be shown, in a few screens.
fn refused(name: &str, files: &[(&str, &str)]) -> Vec<&'static str> {
    survives(name, || {
        let (plan, sources, diagnostics) = open(files);
        assert!(plan.is_none(), "{name}");
        assert!(!diagnostics.is_empty() && diagnostics.len() <= 1_100, "{name}: {}", diagnostics.len());
        for diagnostic in &diagnostics {
            let said = sources.render(diagnostic);
            assert!(!said.is_empty() && said.len() < 8_000, "{name}: a message of {} bytes", said.len());
        }
        code_of(&diagnostics)
    })
}

fn nested(open: &str, inside: &str, close: &str, count: usize) -> String {
    [&*open.repeat(count), inside, &close.repeat(count)].concat()
}

#[test]
fn expressions() {
    let chain = |first: &str, next: &str| [first, &*next.repeat(100_000)].concat();
    let lambdas = |depth: usize| nested("rows.where(rows.exists(", "n > 0", "))", depth);
    for (name, text, code) in [
        ("100k parentheses", nested("(", "yes", ")", 100_000), "expression.limit"),
        ("100k open parentheses", "(".repeat(100_000), "expression.limit"),
        ("a chain of 100k sums", chain("a = 1", "+1"), "expression.limit"),
        ("a chain of 100k conditions", chain("yes", " and yes"), "expression.limit"),
        ("a chain of 100k calls", chain("a", ".abs()"), "expression.limit"),
        ("100k signs", ["-".repeat(100_000).as_str(), "1 = 1"].concat(), "expression.limit"),
        ("chained lambdas", lambdas(3), "expression.limit"),
        ("lambdas a thousand deep", lambdas(1_000), "expression.limit"),
        ("a pattern that goes back", "name.matches('(a+)+$(?=b)')".to_owned(), "expression.pattern"),
        ("a pattern that grows", "name.matches('((a{1,99}){1,99}){1,99}')".to_owned(), "expression.pattern"),
        ("the prototype", "__proto__ = 1".to_owned(), "expression.unknown-name"),
        ("half a character", r"name = '\uD800'".to_owned(), "expression.literal"),
    ] {
        let text = form_with_condition(&json!(text).to_string());
        assert_eq!(refused(name, &[("questionnaire.json", &text)]), [code], "{name}");
    }
    // A hundred thousand small ones, each of them wrong.
    let many: Vec<String> = (0..if patient("forty thousand faulty conditions") { 40_000 } else { 4_000 })
        .map(|index| {
            format!(r#""q{index}": {{"title": "Q", "type": "boolean", "visibleIf": "nobody{index} = 1"}}"#)
        })
        .collect();
    let text = form(&many.join(","), "");
    let codes = refused("thousands of faulty conditions", &[("questionnaire.json", &text)]);
    assert_eq!(codes, ["expression.unknown-name", "plan.limit"]);
}

#[test]
fn files() {
    let broken: [(&str, String, &str); 13] = [
        ("nothing", String::new(), "json.syntax"),
        ("100k lists", "[".repeat(100_000), "json.limit"),
        ("100k lists, closed", nested("[", "", "]", 100_000), "json.limit"),
        ("100k objects", r#"{"a":"#.repeat(100_000), "json.limit"),
        (
            "a hundred times the same name",
            format!("{{{}\"a\": 1}}", r#""a": 1,"#.repeat(100)),
            "json.duplicate-name",
        ),
        (
            "a million times the same name",
            format!("{{{}\"a\": 1}}", r#""a": 1,"#.repeat(1_000_000)),
            "json.duplicate-name",
        ),
        ("a million faults", "[,".repeat(1_000_000), "json.comma"),
        (
            "a million halves of characters",
            format!("[{}1]", r#""\udc00\ud800","#.repeat(500_000)),
            "json.string",
        ),
        ("six million values", format!("[{}1]", "1,".repeat(6_000_000)), "json.limit"),
        ("a text of 99 MB", format!("\"{}\"", "老".repeat(33 << 20)), "file.kind"),
        ("99 MB of spaces", " ".repeat(99 << 20), "json.syntax"),
        ("99 MB of open brackets", "[".repeat(99 << 20), "json.limit"),
        ("more than 100 MB", " ".repeat((100 << 20) + 1), "json.limit"),
    ];
    for (name, text, code) in broken {
        if text.len() > 1 << 20 && !patient(name) {
            continue;
        }
        let codes = refused(name, &[("questionnaire.json", &text)]);
        assert!(codes.contains(&code), "{name}: {codes:?}");
    }
}

#[test]
fn values_by_the_million_are_read_or_refused() {
    if !patient("four million empty objects") {
        return;
    }
    survives("four million empty objects", || {
        let text = format!("[{}{{}}]", "{},".repeat(4_000_000));
        let (document, faults) = json::read(&text, SourceId(0));
        assert!(faults.is_empty() && document.root().is_some());
    });
}

#[test]
fn references() {
    let root = |sections: &str, more: &str| {
        format!(
            r#"{{"$schema": "questionnaire-1.schema.json", "id": "test", "version": "1", "title": "T", "languages": ["en"]{more},
               "allOf": [{sections}], "unevaluatedProperties": false}}"#
        )
    };
    let instrument = |more: &str| {
        format!(
            r#"{{"$schema": "instrument-1.schema.json", "id": "i", "version": "1", "title": "I", "properties": {{"q": {{"title": "Q", "type": "boolean"}}}}{more}}}"#
        )
    };
    let reference = r#"{"$ref": "instrument.json"}"#;
    let own = r#"{"$ref": "questionnaire.json"}"#;
    let one = root(reference, "");
    for (name, files, code) in [
        ("a reference to itself", vec![("questionnaire.json", root(own, ""))], "file.kind"),
        ("a reference that leads nowhere", vec![("questionnaire.json", one.clone())], "file.missing"),
        (
            "an instrument that refers back",
            vec![
                ("questionnaire.json", one.clone()),
                ("instrument.json", instrument(r#", "$ref": "questionnaire.json""#)),
            ],
            "dialect.unknown-keyword",
        ),
        (
            "an instrument that refers to itself",
            vec![
                ("questionnaire.json", one.clone()),
                ("instrument.json", instrument(r#", "allOf": [{"$ref": "instrument.json"}]"#)),
            ],
            "dialect.unknown-keyword",
        ),
        (
            "the same instrument ten thousand times",
            vec![
                ("questionnaire.json", root(&vec![reference; 10_000].join(","), "")),
                ("instrument.json", instrument("")),
            ],
            "dialect.reference",
        ),
        (
            "ten thousand instruments that are not there",
            vec![(
                "questionnaire.json",
                root(
                    &(0..10_000).map(|i| format!(r#"{{"$ref": "i{i}.json"}}"#)).collect::<Vec<_>>().join(","),
                    "",
                ),
            )],
            "file.missing",
        ),
        (
            "out of the folder",
            vec![("questionnaire.json", root(r#"{"$ref": "../../../etc/passwd"}"#, ""))],
            "dialect.reference",
        ),
        (
            "to an address",
            vec![("questionnaire.json", root(r#"{"$ref": "https://example.org/x.json"}"#, ""))],
            "dialect.reference",
        ),
        (
            "a list that is the questionnaire",
            vec![("questionnaire.json", root("", r#", "lists": {"l": {"$ref": "questionnaire.json"}}"#))],
            "file.kind",
        ),
        (
            "a ring of calculations",
            vec![(
                "questionnaire.json",
                form(
                    &(0..2_000)
                        .map(|i| {
                            format!(
                                r#""q{i}": {{"title": "Q", "type": "integer", "calculate": "q{} + 1"}}"#,
                                (i + 1) % 2_000
                            )
                        })
                        .collect::<Vec<_>>()
                        .join(","),
                    "",
                ),
            )],
            "plan.cycle",
        ),
    ] {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let codes = refused(name, &files);
        assert!(codes.contains(&code), "{name}: {codes:?}");
    }
}

#[test]
fn patterns() {
    let text = |pattern: &str| {
        form(&format!(r#""p": {{"title": "P", "type": "string", "pattern": {}}}"#, json!(pattern)), "")
    };
    for pattern in ["((a{1,100}){1,100}){1,100}", "a{1000000}", "(?=a)b", r"(a)\1", "(", "[z-a]"] {
        let codes = refused(pattern, &[("questionnaire.json", &text(pattern))]);
        assert_eq!(codes, ["plan.pattern"], "{pattern}");
    }
    // What makes others go back and forth is read from one end to the other.
    for pattern in ["(a+)+$", "(a|aa)+$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)(.*)(.*)(.*)(.*)x"] {
        survives(pattern, || {
            let (plan, ..) = open(&[("questionnaire.json", &text(pattern))]);
            let mut session = Session::open(plan.unwrap(), world());
            let node = session.node_at("p").unwrap();
            let value = Value::text(&*("a".repeat(50_000) + "!"));
            session.apply(Command::Answer { node, value: Some(value) }).unwrap();
            let kinds: Vec<IssueKind> = session.issues(node).iter().map(|issue| issue.kind).collect();
            assert!(kinds.is_empty() || kinds == [IssueKind::Pattern], "{pattern}: {kinds:?}");
        });
    }
}

/// A questionnaire with rows, and with rows as many as an answer says.
fn rows_form() -> Arc<Plan> {
    let columns = r#""type": "array", "items": {"type": "object", "unevaluatedProperties": false,
        "properties": {"n": {"title": "N", "type": "integer"}, "next": {"title": "A", "type": "integer", "calculate": "n + 1"}}}"#;
    let text = form(
        &format!(
            r#""count": {{"title": "C", "type": "integer"}}, "name": {{"title": "N", "type": "string"}},
            "rows": {{"title": "R", {columns}}}, "counted": {{"title": "D", "countFrom": "count", {columns}}},
            "all": {{"title": "S", "type": "integer", "calculate": "rows.n.sum()"}}"#
        ),
        "",
    );
    let (plan, sources, diagnostics) = open(&[("questionnaire.json", &text)]);
    plan.unwrap_or_else(|| {
        panic!("{}", diagnostics.iter().map(|each| sources.render(each)).collect::<String>())
    })
}

#[test]
fn rows() {
    let plan = rows_form();
    survives("a million rows, one by one", || {
        let mut session = Session::open(Arc::clone(&plan), world());
        let repeat = session.node_at("rows").unwrap();
        let mut refusals = 0;
        for _ in 0..1_000_000 {
            match session.apply(Command::AddRow { repeat, at: Some(0) }) {
                Ok(_) => {}
                Err(Refusal::TooManyRows) => refusals += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
        assert!(refusals > 990_000, "{refusals}");
    });
    for count in [1_000_000, i64::MAX] {
        survives("a million rows, counted", || {
            let mut session = Session::open(Arc::clone(&plan), world());
            let node = session.node_at("count").unwrap();
            session
                .apply(Command::Answer { node, value: Some(Value::Number(Decimal::from(count))) })
                .unwrap();
            let counted = session.node_at("counted").unwrap();
            assert_eq!(session.issues(counted)[0].kind, IssueKind::MaxItems);
            assert!(session.rows(counted).is_empty());
        });
    }
}

#[test]
fn records() {
    let plan = rows_form();
    let record = |answers: &str| format!(r#"{{"assessed_on": "2026-11-23", "answers": {answers}}}"#);
    let faults = |name: &str, text: &str| -> Vec<&'static str> {
        survives(name, || {
            let (record, diagnostics) = read_record(text, SourceId(0));
            let Some(record) = record else { return code_of(&diagnostics) };
            let mut codes: Vec<_> =
                check_record(&plan, &record).iter().map(|each| each.code.as_str()).collect();
            codes.dedup();
            codes
        })
    };
    let million = |part: &str, last: &str| [part.repeat(1_000_000).as_str(), last].concat();
    for (name, text, code) in [
        (
            "a million rows",
            record(&format!(r#"{{"rows": [{}]}}"#, million("{},", "{}"))),
            codes::RECORD_LIMIT,
        ),
        (
            "a million answers",
            record(&format!(r#"{{"name": [{}]}}"#, million("1,", "1"))),
            codes::RECORD_WRONG_TYPE,
        ),
        ("the prototype", record(r#"{"__proto__": {"x": 1}, "constructor": 2}"#), codes::RECORD_UNKNOWN_KEY),
        ("a name twice", record(r#"{"name": "a", "name": "b"}"#), codes::JSON_DUPLICATE_NAME),
        ("half a character", record(r#"{"name": "\ud800"}"#), codes::JSON_STRING),
        ("deep answers", record(&nested("[", "", "]", 100_000)), codes::JSON_LIMIT),
        (
            "a hundred thousand unknown names",
            record(&format!(
                "{{{}}}",
                (0..100_000).map(|i| format!(r#""nmae{i}": 1"#)).collect::<Vec<_>>().join(",")
            )),
            codes::RECORD_UNKNOWN_KEY,
        ),
        (
            "a hundred thousand absences of nothing",
            format!(
                r#"{{"assessed_on": "2026-11-23", "answers": {{}}, "absent": {{{}}}}}"#,
                (0..100_000).map(|i| format!(r#""/rows/{i}/n": "declined""#)).collect::<Vec<_>>().join(",")
            ),
            codes::RECORD_POINTER,
        ),
    ] {
        let codes = faults(name, &text);
        assert_eq!(codes.first(), Some(&code.as_str()), "{name}: {codes:?}");
    }
}

#[test]
fn journals() {
    let plan = rows_form();
    let header = Journal::begin(Arc::clone(&plan), world()).header().to_string();
    let codes_of = |name: &str, lines: &[String]| -> Vec<&'static str> {
        survives(name, || {
            let lines = std::iter::once(header.as_str()).chain(lines.iter().map(String::as_str));
            let (journal, faults) = Journal::replay(&plan, lines, SourceId(0));
            assert!(journal.is_some() && faults.len() <= 110, "{name}: {}", faults.len());
            code_of(&faults)
        })
    };
    let entry = |seq: u64, what: &str| format!(r#"{{"seq": {seq}, "at": "2026-11-23T10:00:00Z", {what}}}"#);
    let entries = |count: u64, what: &dyn Fn(u64) -> String| -> Vec<String> {
        (1..=count).map(|seq| entry(seq, &what(seq))).collect()
    };
    let garbage = vec!["{\"seq\": 1".to_owned(); 1_000_000];
    let snapshots = entries(20_000, &|_| {
        r#""do": "snapshot", "language": "en", "next_row": 60000, "said": {"rows": {"rows": [{"row": 1, "said": {}}, {"row": 1, "said": {}}]}}"#.to_owned()
    });
    let counting = entries(200_000, &|seq| {
        format!(r#""do": "answer", "question": "count", "value": {}"#, if seq % 2 == 0 { 1_000 } else { 0 })
    });
    let adding = entries(20_000, &|_| r#""do": "add_row", "question": "rows", "to": 0"#.to_owned());
    let typing = entries(20_000, &|seq| format!(r#""do": "answer", "question": "name", "value": "{seq}""#));
    assert_eq!(codes_of("a million lines of nothing", &garbage).first(), Some(&"journal.entry"));
    assert!(codes_of("snapshots of rows that nobody made", &snapshots).contains(&"journal.entry"));
    if patient("a count that goes up and down") {
        assert_eq!(codes_of("a count that goes up and down", &counting), ["journal.limit"]);
    }
    assert_eq!(codes_of("rows without end", &adding), ["journal.entry"]);
    assert!(codes_of("a long interview", &typing).is_empty());
    for (name, what) in [
        ("a row beyond all", r#""do": "answer", "question": "rows.n", "row": 4294967295, "value": 1"#),
        ("a number beyond all", r#""do": "add_row", "question": "rows", "first_row": 4294967294"#),
        ("the prototype", r#""do": "answer", "question": "__proto__", "value": 1"#),
        ("a place beyond all", r#""do": "move_row", "row": 1, "to": 4294967295"#),
    ] {
        for seq in [1, (1 << 53) - 1, u64::from(u32::MAX)] {
            assert!(codes_of(name, &[entry(seq, what)]).contains(&"journal.entry"), "{name}");
        }
    }
    let deep = nested(r#"{"rows": {"rows": [{"row": 1, "said": "#, "{}", "}]}}", 60);
    let deep = entry(1, &format!(r#""do": "snapshot", "language": "en", "next_row": 2, "said": {deep}"#));
    assert_eq!(codes_of("rows in rows in rows", &[deep]), ["journal.entry"]);
}

#[test]
fn lists() {
    let entries = |count: usize, code: &str| {
        let mut text = String::new();
        for index in 0..count {
            let comma = if index == 0 { "" } else { "," };
            write!(text, r#"{comma}{{"{code}": "c{index}", "title": "T"}}"#).unwrap();
        }
        text
    };
    let listed = |count: usize| {
        form(
            r#""p": {"title": "P", "choicesFrom": "l"}"#,
            &format!(r#", "lists": {{"l": {{"entries": [{}]}}}}"#, entries(count, "code")),
        )
    };
    if patient("a list of a million entries") {
        let codes = refused("a list of a million entries", &[("questionnaire.json", &listed(1_000_000))]);
        assert_eq!(codes, ["plan.limit"]);
    }
    survives("a list of a hundred thousand entries", || {
        let (plan, ..) = open(&[("questionnaire.json", &listed(100_000))]);
        assert!(plan.is_some());
    });
    let own =
        |count: usize| form(&format!(r#""p": {{"title": "P", "oneOf": [{}]}}"#, entries(count, "const")), "");
    let codes = refused("a hundred thousand choices at a question", &[("questionnaire.json", &own(100_000))]);
    assert_eq!(codes, ["plan.limit"]);
}
