//! Repeats as a worker meets them: rows that come, go, move and count.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

use intake::expression::RowId;
use intake::session::{Command, MOST_COUNTED_ROWS, MOST_ROWS, Node, Refusal, What};
use intake::value::{Absence, Informant};
use support::interview::{Interview, faults, form};

fn interview(properties: &str) -> Interview {
    Interview::of(&form(properties, ""))
}

/// A repeat of one or more columns.
fn repeat(name: &str, more: &str, columns: &str) -> String {
    format!(
        r#""{name}": {{"title": "{name}", "type": "array", {more} "items": {{"type": "object",
            "unevaluatedProperties": false, "properties": {{{columns}}}}}}}"#
    )
}

const PAY: &str = r#""pay": {"title": "Pay", "type": "integer"},
    "total": {"title": "So far", "type": "integer", "calculate": "coalesce(previous(total), 0) + pay"}"#;

fn totals(interview: &Interview) -> Vec<Option<i64>> {
    let rows = interview.session.rows(interview.node("jobs")).len();
    (0..rows).map(|row| interview.number(&format!("/jobs/{row}/total"))).collect()
}

#[test]
fn a_running_total_follows_every_change_of_the_order() {
    let mut interview = interview(&repeat("jobs", "", PAY));
    for (row, pay) in [10, 20, 30].into_iter().enumerate() {
        interview.add_row("jobs").answer(&format!("/jobs/{row}/pay"), pay);
    }
    assert_eq!(totals(&interview), [Some(10), Some(30), Some(60)]);
    interview.move_row("/jobs/2", 0);
    assert_eq!(totals(&interview), [Some(30), Some(40), Some(60)]);
    interview.remove_row("/jobs/1");
    assert_eq!(totals(&interview), [Some(30), Some(50)]);
    let jobs = interview.node("jobs");
    interview.apply(Command::AddRow { repeat: jobs, at: Some(1) }).answer("/jobs/1/pay", 5);
    assert_eq!(totals(&interview), [Some(30), Some(35), Some(55)]);
}

#[test]
fn a_running_total_over_rows_in_any_order_computes_each_row_once() {
    let mut interview = interview(&repeat("jobs", "", PAY));
    let jobs = interview.node("jobs");
    for _ in 0..300 {
        // Always in front: the newest row is the first.
        interview.apply(Command::AddRow { repeat: jobs, at: Some(0) }).answer("/jobs/0/pay", 1);
    }
    assert_eq!(interview.number("/jobs/299/total"), Some(300));
    let node = interview.node("/jobs/0/pay");
    let cost = interview.cost(Command::Answer { node, value: Some(intake::value::Value::Number(2.into())) });
    assert_eq!(interview.number("/jobs/299/total"), Some(301));
    assert!(cost <= 2 * 300 + 5, "{cost} steps for 300 rows");
}

#[test]
fn columns_that_use_each_others_row_before_are_no_ring() {
    let columns = r#""rain": {"title": "Rain", "type": "integer"},
        "full": {"title": "Full", "type": "integer", "calculate": "coalesce(previous(left), 0) + rain"},
        "left": {"title": "Left", "type": "integer", "calculate": "full - 1"}"#;
    let sum = r#", "sum": {"title": "Sum", "type": "integer", "calculate": "days.left.sum()"}"#;
    let mut interview = interview(&(repeat("days", "", columns) + sum));
    for row in 0..3 {
        interview.add_row("days").answer(&format!("/days/{row}/rain"), 10);
    }
    assert_eq!(interview.number("/days/2/left"), Some(27));
    assert_eq!(interview.number("sum"), Some(9 + 18 + 27));
}

#[test]
fn a_ring_through_the_row_before_and_all_rows_is_a_ring() {
    let columns = r#""a": {"title": "A", "type": "integer", "calculate": "previous(b)"},
        "b": {"title": "B", "type": "integer", "calculate": "a + %form.sum"}"#;
    let sum = r#", "sum": {"title": "Sum", "type": "integer", "calculate": "days.a.sum()"}"#;
    let faults = faults(&form(&(repeat("days", "", columns) + sum), ""));
    assert!(faults[0].starts_with("these wait for each other"), "{faults:?}");
}

#[test]
fn rows_that_count_themselves_are_a_ring() {
    let text = r#""n": {"title": "N", "type": "integer", "calculate": "each.count() + 1"}, "#.to_owned()
        + &repeat("each", r#""countFrom": "n","#, r#""x": {"title": "X", "type": "integer"}"#);
    let faults = faults(&form(&text, ""));
    assert!(faults[0].contains("the number of rows of `each`"), "{faults:?}");
}

#[test]
fn an_aggregate_counts_only_what_is_asked() {
    let columns = r#""works": {"title": "Works?", "type": "boolean"},
        "pay": {"title": "Pay", "type": "integer", "visibleIf": "works"}"#;
    let sum = r#", "sum": {"title": "Sum", "type": "integer", "calculate": "members.pay.sum()"},
        "show": {"title": "Show", "type": "boolean", "default": true}"#;
    let mut interview = interview(&(repeat("members", r#""visibleIf": "show","#, columns) + sum));
    for row in 0..2 {
        interview.add_row("members").answer(&format!("/members/{row}/works"), true);
        interview.answer(&format!("/members/{row}/pay"), 7);
    }
    assert_eq!(interview.number("sum"), Some(14));
    interview.answer("/members/1/works", false);
    assert_eq!(interview.number("sum"), Some(7), "the hidden one is not counted");
    interview.answer("show", false);
    assert_eq!(interview.number("sum"), None);
    interview.answer("show", true).answer("/members/1/works", true);
    assert_eq!(interview.number("sum"), Some(14), "and all of it comes back");
}

const HOUSEHOLD: &str = r#""name": {"title": "Name", "type": "string"},
    "visits": {"title": "Visits", "type": "array", "items": {"type": "object", "unevaluatedProperties": false,
        "properties": {
            "cost": {"title": "Cost for {name}", "type": "integer"},
            "share": {"title": "Share", "type": "number", "calculate": "cost / %form.members.visits.cost.sum()"}}}},
    "spent": {"title": "Spent", "type": "integer", "calculate": "visits.cost.sum()"}"#;

#[test]
fn rows_in_rows_have_their_own_sums_and_see_those_of_all() {
    let all = r#", "all": {"title": "All", "type": "integer", "calculate": "members.visits.cost.sum()"},
        "most": {"title": "Most", "type": "integer", "calculate": "members.spent.max()"}"#;
    let mut interview = interview(&(repeat("members", "", HOUSEHOLD) + all));
    interview.add_row("members").add_row("members");
    interview.add_row("/members/0/visits").add_row("/members/1/visits");
    interview.answer("/members/0/visits/0/cost", 30).answer("/members/1/visits/0/cost", 10);
    let numbers = |interview: &Interview| {
        ["/members/0/spent", "/members/1/spent", "all", "most"].map(|pointer| interview.number(pointer))
    };
    assert_eq!(numbers(&interview), [Some(30), Some(10), Some(40), Some(30)]);
    let share = |interview: &Interview, pointer: &str| {
        interview.session.answer_text(interview.node(pointer)).unwrap_or_default()
    };
    assert_eq!(share(&interview, "/members/0/visits/0/share"), "0.75");
    interview.answer("/members/1/visits/0/cost", 30);
    assert_eq!(share(&interview, "/members/0/visits/0/share"), "0.5", "a cost elsewhere changes every share");
    interview.remove_row("/members/1");
    assert_eq!(share(&interview, "/members/0/visits/0/share"), "1");
    interview.answer("/members/0/name", "Mei");
    assert_eq!(interview.title("/members/0/visits/0/cost"), "Cost for Mei");
    assert!(interview.what("/members/0/visits/0/cost").contains(What::LABEL), "and whoever shows it is told");
}

#[test]
fn a_roster_asks_its_questions_of_each_person_in_it() {
    let roster = repeat(
        "roster",
        r#""uniqueKey": ["name"], "itemTitle": "{name}","#,
        r#"
        "name": {"title": "Name", "type": "string"},
        "child": {"title": "A child?", "type": "boolean"}"#,
    );
    let school = r#", "schooled": {"title": "In school", "type": "integer",
        "calculate": "roster.where(child and name.exists()).count()"}"#;
    let mut interview = interview(&(roster + school));
    let mei = interview.new_row("roster");
    interview.answer("/roster/0/name", "Mei").answer("/roster/0/child", true);
    let bo = interview.new_row("roster");
    interview.answer("/roster/1/name", "Mei");
    assert_eq!(interview.issues("roster"), ["uniqueKey"]);
    assert_eq!(interview.session.rows_with_same_key(interview.node("roster")), [mei, bo]);
    interview.answer("/roster/1/name", "Bo");
    assert!(interview.issues("roster").is_empty());
    assert!(
        interview.what("roster").contains(What::ISSUES) && interview.what("roster").contains(What::LABEL)
    );
    assert_eq!(interview.number("schooled"), Some(1));
    interview.answer("/roster/1/name", "Mei").remove_row("/roster/0");
    assert!(interview.issues("roster").is_empty(), "the other one is gone");
}

#[test]
fn absences_and_informants_stand_in_rows_and_stay_with_them() {
    let mut interview = interview(&repeat("jobs", "", PAY));
    interview.add_row("jobs").add_row("jobs").absent("/jobs/1/pay", Absence::Declined);
    let node = interview.node("/jobs/1/pay");
    interview.apply(Command::Inform { node, informant: Informant::Proxy });
    interview.move_row("/jobs/1", 0);
    let record = interview.session.record();
    assert_eq!(record.absent.get("/jobs/0/pay"), Some(&Absence::Declined));
    assert_eq!(record.informants.get("/jobs/0/pay"), Some(&Informant::Proxy));
    interview.remove_row("/jobs/0");
    assert!(interview.session.record().absent.is_empty());
}

#[test]
fn more_rows_than_anybody_has_are_refused_with_a_reason() {
    let mut interview = interview(&repeat("jobs", "", PAY));
    let jobs = interview.node("jobs");
    for _ in 0..MOST_ROWS {
        interview.apply(Command::AddRow { repeat: jobs, at: None });
    }
    assert_eq!(
        interview.session.apply(Command::AddRow { repeat: jobs, at: None }),
        Err(Refusal::TooManyRows)
    );
    interview.remove_row("/jobs/5");
    assert_eq!(interview.session.rows(jobs).len(), MOST_ROWS - 1);
    interview.apply(Command::AddRow { repeat: jobs, at: None });
}

#[test]
fn a_count_that_is_a_slip_of_the_pen_makes_no_rows_and_says_so() {
    let text = r#""n": {"title": "How many?", "type": "integer"}, "#.to_owned()
        + &repeat("each", r#""countFrom": "n","#, r#""x": {"title": "X", "type": "integer", "default": 4}"#)
        + r#", "sum": {"title": "Sum", "type": "integer", "calculate": "each.x.sum()"}"#;
    let mut interview = interview(&text);
    interview.answer("n", 2);
    assert_eq!(interview.number("sum"), Some(8));
    interview.answer("n", 1_000_000);
    assert_eq!(interview.issues("each"), ["maxItems"]);
    assert_eq!(interview.session.issues(interview.node("each"))[0].limit, Some(MOST_COUNTED_ROWS.into()));
    assert!(interview.session.rows(interview.node("each")).is_empty());
    assert!(!interview.session.can_finish());
    interview.answer("n", 2);
    assert!(interview.issues("each").is_empty());
    assert_eq!(interview.number("sum"), Some(8));
    for odd in [-3, 0] {
        interview.answer("n", odd);
        assert!(interview.session.rows(interview.node("each")).is_empty());
    }
}

#[test]
fn a_locked_repeat_locks_what_stands_in_its_rows() {
    let text =
        repeat("jobs", r#""readOnlyIf": "done","#, PAY) + r#", "done": {"title": "Done", "type": "boolean"}"#;
    let mut interview = interview(&text);
    interview.add_row("jobs").answer("/jobs/0/pay", 3).answer("done", true);
    assert!(interview.what("/jobs/0/pay").contains(What::READ_ONLY));
    assert_eq!(interview.try_answer("/jobs/0/pay", 4).unwrap_err(), Refusal::ReadOnly);
    let row = interview.session.row_at("/jobs/0").unwrap();
    assert_eq!(interview.session.apply(Command::RemoveRow { row }), Err(Refusal::ReadOnly));
    interview.answer("done", false).answer("/jobs/0/pay", 4);
    assert_eq!(interview.number("/jobs/0/total"), Some(4));
}

#[test]
fn a_row_that_does_not_exist_is_refused_whatever_is_asked_of_it() {
    let mut interview = interview(&repeat("jobs", "", PAY));
    let pay = interview.session.plan().find_question("jobs.pay").unwrap();
    let jobs = interview.session.plan().find_question("jobs").unwrap();
    for command in [
        Command::Answer { node: Node::new(pay, RowId(7)), value: None },
        Command::Answer { node: Node::form(pay), value: None },
        Command::AddRow { repeat: Node::new(jobs, RowId(7)), at: None },
        Command::RemoveRow { row: RowId(7) },
        Command::RemoveRow { row: RowId::FORM },
        Command::MoveRow { row: RowId(u32::MAX), to: 0 },
    ] {
        let refusal = interview.session.apply(command.clone()).unwrap_err();
        assert!(matches!(refusal, Refusal::NoSuchNode | Refusal::NoSuchRow), "{command:?}");
    }
}

#[test]
fn a_condition_on_other_rows_sees_first_those_and_then_its_own() {
    let cost = r#""cost": {"title": "Cost", "type": "integer"}"#;
    let people = r#""years": {"title": "Age", "type": "integer"},
        "dearer": {"title": "D", "type": "integer", "calculate": "visits.where(cost > years).count()"},
        "than_form": {"title": "F", "type": "integer", "calculate": "visits.where(cost > %form.years).count()"},
        "older": {"title": "O", "type": "integer", "calculate": "people.where(years > %form.years).count() + %form.years"}"#;
    let years = r#""years": {"title": "Years", "type": "integer"}"#;
    let mut interview =
        interview(&[years, &repeat("visits", "", cost), &repeat("people", "", people)].join(","));
    interview.answer("years", 100);
    for (row, cost) in [50, 150].into_iter().enumerate() {
        interview.add_row("visits").answer(&format!("/visits/{row}/cost"), cost);
    }
    for (row, years) in [40, 60, 200].into_iter().enumerate() {
        interview.add_row("people").answer(&format!("/people/{row}/years"), years);
    }
    let of =
        |column: &str| [0, 1, 2].map(|row| interview.number(&format!("/people/{row}/{column}")).unwrap());
    assert_eq!(of("dearer"), [2, 1, 0]);
    assert_eq!(of("than_form"), [1, 1, 1]);
    assert_eq!(of("older"), [101, 101, 101]);
    interview.answer("/visits/0/cost", 70).answer("/people/2/years", 1);
    let of =
        |column: &str| [0, 1, 2].map(|row| interview.number(&format!("/people/{row}/{column}")).unwrap());
    assert_eq!(of("dearer"), [2, 2, 2], "what is read is known, so that it runs again");
    assert_eq!(of("older"), [100, 100, 100]);
}
