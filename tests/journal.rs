//! What was done can be done again from what was written down, and taken back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

use std::sync::Arc;

use intake::diagnostic::SourceId;
use intake::plan::Plan;
use intake::session::{Command, Journal, Node, Refusal, Session, Stamp, Told};
use intake::value::{Absence, Decimal, Informant, Value};
use support::interview::{form, world};

const FORM: &str = r#"
    "name": {"title": "Name", "type": "string"},
    "smokes": {"title": "Do you smoke?", "type": "boolean"},
    "daily": {"title": "How many a day?", "type": "number", "visibleIf": "smokes"},
    "locked": {"title": "Done?", "type": "boolean", "readOnlyIf": "locked"},
    "n": {"title": "Rooms", "type": "integer"},
    "rooms": {"title": "Rooms", "type": "array", "countFrom": "n", "items": {"type": "object",
        "unevaluatedProperties": false, "properties": {"use": {"title": "Use", "type": "string"}}}},
    "members": {"title": "Members", "type": "array", "items": {"type": "object", "unevaluatedProperties": false,
        "properties": {
            "years": {"title": "Age", "type": "integer"},
            "visits": {"title": "Visits", "type": "array", "items": {"type": "object",
                "unevaluatedProperties": false, "properties": {"cost": {"title": "Cost", "type": "integer"}}}}}}},
    "all": {"title": "All", "type": "integer", "calculate": "members.visits.cost.sum()"}"#;

/// A tablet: an interview, and what it has written down.
struct Tablet {
    plan: Arc<Plan>,
    journal: Journal,
    lines: Vec<String>,
}

impl Tablet {
    fn new() -> Self {
        let plan = support::compile(&form(FORM, "")).0.unwrap();
        let journal = Journal::begin(Arc::clone(&plan), world("2026-11-23"));
        let lines = vec![journal.header().to_string()];
        Self { plan, journal, lines }
    }

    fn stamp(&self) -> Stamp {
        let at = format!("2026-11-23T10:{:02}:00Z", self.lines.len() % 60);
        Stamp { at: at.parse().unwrap(), by: Some("w-7".into()), elapsed: Some(1_500) }
    }

    fn write(&mut self, told: Told) -> &mut Self {
        self.lines.extend(told.entry.map(|entry| entry.to_value(&self.plan).to_string()));
        self
    }

    fn apply(&mut self, command: Command) -> &mut Self {
        let told = self.journal.apply(command, self.stamp()).unwrap();
        self.write(told)
    }

    fn node(&self, pointer: &str) -> Node {
        self.journal.session().node_at(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"))
    }

    fn answer(&mut self, pointer: &str, value: Value) -> &mut Self {
        let node = self.node(pointer);
        self.apply(Command::Answer { node, value: Some(value) })
    }

    fn add_row(&mut self, pointer: &str) -> &mut Self {
        let repeat = self.node(pointer);
        self.apply(Command::AddRow { repeat, at: None })
    }

    fn undo(&mut self) -> &mut Self {
        let told = self.journal.undo(self.stamp()).unwrap();
        self.write(told)
    }

    fn redo(&mut self) -> &mut Self {
        let told = self.journal.redo(self.stamp()).unwrap();
        self.write(told)
    }

    fn snapshot(&mut self) -> &mut Self {
        let entry = self.journal.snapshot(self.stamp());
        self.lines.push(entry.to_value(&self.plan).to_string());
        self
    }

    /// The interview again, from what was written down.
    fn again(&self) -> (Option<Journal>, Vec<String>) {
        replay(&self.plan, &self.lines)
    }

    fn assert_comes_back(&self) -> Journal {
        let (journal, faults) = self.again();
        assert_eq!(faults, Vec::<String>::new());
        let journal = journal.unwrap();
        assert_eq!(state(journal.session()), state(self.journal.session()));
        journal
    }
}

fn replay(plan: &Arc<Plan>, lines: &[String]) -> (Option<Journal>, Vec<String>) {
    let (journal, faults) = Journal::replay(plan, lines.iter().map(String::as_str), SourceId(0));
    let codes = faults.iter().map(|fault| format!("{}: {}", fault.code, fault.message)).collect();
    (journal, codes)
}

/// Everything that can be seen of an interview, hidden answers too.
fn state(session: &Session) -> String {
    let nodes = session.nodes().into_iter().map(|node| {
        format!(
            "{} {:?} {:?} {:?} {:?} {} {}",
            session.pointer(node),
            node.row,
            session.raw_value(node),
            session.absence(node),
            session.informant(node),
            session.relevant(node),
            session.read_only(node),
        )
    });
    let nodes: Vec<String> = nodes.collect();
    format!("{}\n{}", session.record().to_value(), nodes.join("\n"))
}

fn number(number: i64) -> Value {
    Value::Number(Decimal::from(number))
}

/// A tablet with something of everything.
fn filled() -> Tablet {
    let mut tablet = Tablet::new();
    tablet
        .answer("name", Value::text("梅"))
        .answer("smokes", Value::Boolean(true))
        .answer("daily", number(12));
    tablet.add_row("members").add_row("members").answer("/members/0/years", number(71));
    tablet.add_row("/members/1/visits").answer("/members/1/visits/0/cost", number(40));
    let node = tablet.node("/members/1/years");
    tablet.apply(Command::Absent { node, absence: Some(Absence::DontKnow) });
    tablet.apply(Command::Inform { node, informant: Informant::Proxy });
    tablet.answer("n", number(2)).answer("/rooms/1/use", Value::text("kitchen"));
    let row = tablet.journal.session().row_at("/members/0").unwrap();
    tablet.apply(Command::MoveRow { row, to: 1 });
    tablet
}

#[test]
fn an_interview_comes_back_from_its_journal() {
    let tablet = filled();
    assert_eq!(tablet.lines.len(), 14, "one line for each thing done, and the header");
    let mut again = tablet.assert_comes_back();
    // And goes on where it was.
    let stamp = tablet.stamp();
    let repeat = again.session().node_at("members").unwrap();
    let entry = again.apply(Command::AddRow { repeat, at: None }, stamp).unwrap().entry.unwrap();
    assert_eq!(entry.seq, 14);
}

#[test]
fn everything_can_be_taken_back_and_done_again() {
    let mut tablet = filled();
    let end = state(tablet.journal.session());
    let start = state(Tablet::new().journal.session());
    let steps = 13;
    for _ in 0..steps {
        tablet.undo();
    }
    assert!(!tablet.journal.can_undo());
    let rooms = tablet.journal.session().rows(tablet.node("rooms")).len();
    assert_eq!((state(tablet.journal.session()), rooms), (start, 0));
    for _ in 0..steps {
        tablet.redo();
    }
    assert_eq!(state(tablet.journal.session()), end);
    assert!(!tablet.journal.can_redo());
    tablet.assert_comes_back();
    let stamp = tablet.stamp();
    assert_eq!(tablet.journal.redo(stamp).unwrap_err(), Refusal::NothingToRedo);
}

#[test]
fn a_removed_row_comes_back_whole_under_its_number() {
    let mut tablet = filled();
    let before = state(tablet.journal.session());
    let row = tablet.journal.session().row_at("/members/0").unwrap();
    tablet.apply(Command::RemoveRow { row });
    assert_eq!(tablet.journal.session().record().answers["members"].as_array().unwrap().len(), 1);
    tablet.assert_comes_back();
    tablet.undo();
    assert_eq!(state(tablet.journal.session()), before);
    assert_eq!(tablet.journal.session().row_at("/members/0"), Some(row));
    tablet.assert_comes_back();
}

#[test]
fn a_number_that_was_undone_is_not_given_away_again() {
    let mut tablet = Tablet::new();
    tablet.add_row("members");
    let first = tablet.journal.session().row_at("/members/0").unwrap();
    tablet.undo().add_row("members");
    assert_ne!(tablet.journal.session().row_at("/members/0"), Some(first));
    tablet.assert_comes_back();
}

#[test]
fn the_keystrokes_of_one_answer_are_one_step_and_a_choice_is_one_each() {
    let mut tablet = Tablet::new();
    for typed in ["M", "Me", "Mei"] {
        tablet.answer("name", Value::text(typed));
    }
    tablet.answer("smokes", Value::Boolean(true)).answer("smokes", Value::Boolean(false));
    tablet.undo();
    assert_eq!(tablet.journal.session().value(tablet.node("smokes")), Some(&Value::Boolean(true)));
    tablet.undo().undo();
    assert_eq!(tablet.journal.session().value(tablet.node("name")), None);
    assert!(!tablet.journal.can_undo());
    tablet.redo();
    assert_eq!(tablet.journal.session().value(tablet.node("name")), Some(&Value::text("Mei")));
    tablet.assert_comes_back();
}

#[test]
fn what_has_locked_itself_can_be_taken_back() {
    let mut tablet = Tablet::new();
    tablet.answer("locked", Value::Boolean(true));
    let node = tablet.node("locked");
    let stamp = tablet.stamp();
    let again = Command::Answer { node, value: None };
    assert_eq!(tablet.journal.apply(again, stamp).unwrap_err(), Refusal::ReadOnly);
    tablet.undo();
    assert_eq!(tablet.journal.session().value(node), None);
    tablet.assert_comes_back();
}

#[test]
fn a_snapshot_stands_for_all_before_it() {
    let mut tablet = filled();
    tablet.answer("smokes", Value::Boolean(false)).answer("n", number(1)).snapshot();
    tablet.answer("/rooms/0/use", Value::text("bedroom")).undo();
    tablet.assert_comes_back();
    // Without what came before it, all is there: also what is hidden or put aside.
    let mut short = vec![tablet.lines[0].clone()];
    let at = tablet.lines.iter().position(|line| line.contains("snapshot")).unwrap();
    short.extend_from_slice(&tablet.lines[at..]);
    let (journal, faults) = replay(&tablet.plan, &short);
    assert_eq!(faults, Vec::<String>::new());
    let mut journal = journal.unwrap();
    assert_eq!(state(journal.session()), state(tablet.journal.session()));
    for (name, value) in [("smokes", Value::Boolean(true)), ("n", number(2))] {
        let node = journal.session().node_at(name).unwrap();
        journal.apply(Command::Answer { node, value: Some(value) }, tablet.stamp()).unwrap();
    }
    let record = journal.session().record();
    assert_eq!(record.answers["daily"], 12);
    assert_eq!(record.answers["rooms"][1]["use"], "kitchen");
}

#[test]
fn a_number_is_written_down_to_the_last_digit() {
    let mut tablet = Tablet::new();
    tablet.answer("smokes", Value::Boolean(true));
    tablet.answer("daily", Value::Number("1.2345678901234567891".parse().unwrap()));
    tablet.assert_comes_back();
}

#[test]
fn a_damaged_journal_keeps_what_can_be_read() {
    let tablet = filled();
    for damaged in 1..tablet.lines.len() {
        for broken in [
            "",
            "{",
            "[]",
            "null",
            "\u{0}",
            r#"{"seq": -1}"#,
            r#"{"seq": 3, "seq": 3}"#,
            "{\"do\": \"answer\"}",
        ] {
            let mut lines = tablet.lines.clone();
            lines[damaged] = broken.to_owned();
            let (journal, faults) = replay(&tablet.plan, &lines);
            let journal = journal.unwrap();
            // The last one may be lost without a trace: a line that was never written.
            assert!(
                !faults.is_empty() || (broken.is_empty() && damaged == lines.len() - 1),
                "{damaged} {broken}"
            );
            let kept = journal.session().record();
            if damaged > 1 {
                assert_eq!(kept.answers["name"], "梅", "{damaged}");
            }
            // No answer is put into another row than it was given in.
            if let Some(members) = kept.answers.get("members").and_then(|rows| rows.as_array()) {
                assert!(members.iter().all(|row| row.get("years").is_none() || row.get("visits").is_none()));
            }
            assert!(
                !faults.iter().any(|fault| fault.contains("kitchen") || fault.contains('梅')),
                "{faults:?}"
            );
        }
    }
}

#[test]
fn what_is_wrong_with_a_journal_is_told() {
    let tablet = filled();
    let with = |at: usize, line: &str| {
        let mut lines = tablet.lines.clone();
        lines[at] = line.to_owned();
        replay(&tablet.plan, &lines).1
    };
    let header = &tablet.lines[0];
    for (at, line, told) in [
        (
            3,
            r#"{"seq":3,"at":"2026-11-23T10:00:00Z","do":"answer","question":"nmae","value":1}"#,
            "journal.entry: line 4: this entry is left out: the questionnaire has no such question",
        ),
        (
            3,
            r#"{"seq":3,"at":"2026-11-23T10:00:00Z","do":"answer","question":"smokes","value":"secret"}"#,
            "journal.entry: line 4: this entry is left out: the answer is not of the type that the question takes",
        ),
        (
            3,
            r#"{"seq":3,"at":"2026-11-23T10:00:00Z","do":"remove_row","row":9}"#,
            "journal.entry: line 4: entry 3 is left out: there is no such row",
        ),
        (
            3,
            r#"{"seq":3,"at":"soon","do":"remove_row","row":9}"#,
            "journal.entry: line 4: this entry is left out: `at` is no moment such as `2026-11-23T10:00:00Z`",
        ),
        (
            3,
            r#"{"seq":3,"at":"2026-11-23T10:00:00Z","do":"dance"}"#,
            "journal.entry: line 4: this entry is left out: `do` names nothing that can be done",
        ),
        (3, "", "journal.sequence: entries 3 to 3 are missing"),
        (
            3,
            &tablet.lines[2].replace("true", "false"),
            "journal.sequence: line 4: there is another entry 2; the first is kept",
        ),
        (
            4,
            r#"{"seq":4,"at":"2026-11-23T10:00:00Z","do":"add_row","question":"members","first_row":4000000}"#,
            "journal.entry: line 5: entry 4 is left out: the number of its row is given away",
        ),
        (
            0,
            "",
            "journal.shape: the journal has no header: the day of its first entry is taken for that of the assessment",
        ),
        (
            0,
            &header.replace("\"test\"", "\"other\""),
            "journal.questionnaire: the journal was made with another questionnaire",
        ),
        (
            0,
            &header.replace("sha256:", "sha256:0"),
            "journal.questionnaire: the journal was made with another version of the questionnaire: what fits is kept",
        ),
        (
            0,
            &header.replace("\"journal_version\":1", "\"journal_version\":2"),
            "journal.shape: this engine reads journals of version 1",
        ),
    ] {
        let faults = with(at, line);
        assert_eq!(faults.first().map(String::as_str), Some(told), "{faults:?}");
        assert!(!faults.iter().any(|fault| fault.contains("secret")));
    }
    let (journal, faults) = replay(&tablet.plan, &["what is this".to_owned()]);
    assert!(journal.is_none());
    assert_eq!(
        faults.last().unwrap(),
        "journal.shape: this is no journal: it has no header and no entry that can be read"
    );
}

#[test]
fn a_snapshot_that_cannot_be_used_is_passed_over() {
    let mut tablet = filled();
    tablet.snapshot();
    let whole = state(tablet.journal.session());
    let last = tablet.lines.len() - 1;
    for (from, to) in [
        ("\"next_row\":", "\"next_row\":9999"),
        ("\"row\":2", "\"row\":1"),
        ("\"said\":{", "\"said\":{\"nobody\":{},"),
    ] {
        let mut lines = tablet.lines.clone();
        assert!(lines[last].contains(from), "{}", lines[last]);
        lines[last] = lines[last].replacen(from, to, 1);
        let (journal, faults) = replay(&tablet.plan, &lines);
        assert_eq!(state(journal.unwrap().session()), whole);
        assert_eq!(faults.len(), 1, "{faults:?}");
    }
}

#[test]
fn a_journal_of_a_hundred_thousand_faults_is_bounded() {
    let tablet = filled();
    let lines = std::iter::once(tablet.lines[0].clone()).chain((0..100_000).map(|_| "{".to_owned()));
    let (journal, faults) = replay(&tablet.plan, &lines.collect::<Vec<_>>());
    assert!(faults.len() <= 101, "{}", faults.len());
    assert!(journal.is_some());
}

#[cfg(feature = "authority")]
#[test]
fn every_line_is_as_the_published_schema_says() {
    let mut tablet = filled();
    let row = tablet.journal.session().row_at("/members/0").unwrap();
    tablet.apply(Command::RemoveRow { row }).undo().undo().redo().snapshot();
    tablet
        .answer("smokes", Value::Boolean(true))
        .answer("daily", Value::Number("0.12345678901234567".parse().unwrap()));
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/wire/journal-1.schema.json");
    let schema = serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    let validator = jsonschema::options().build(&schema).unwrap();
    for line in &tablet.lines {
        let line = serde_json::from_str(line).unwrap();
        let faults: Vec<String> = validator.iter_errors(&line).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{line}: {faults:?}");
    }
    assert!(
        !validator.is_valid(&serde_json::json!({"seq": 1, "at": "2026-11-23T10:00:00Z", "do": "answer"}))
    );
}
