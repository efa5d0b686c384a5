//! Several people answer the same question: one answer counts, the others are kept beside it and travel with it.
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
use intake::profile::{Profile, assess, verify};
use intake::session::{Account, Command, Journal, Node, Record, Session, Stamp, check_record, read_record};
use intake::value::{Absence, Decimal, Informant, Value};
use serde_json::{Value as Json, json};
use support::interview::{form, world};

const FORM: &str = r#"
    "falls": {"title": "How often did you fall?", "type": "integer", "minimum": 0, "maximum": 20},
    "twice": {"title": "Twice that", "type": "integer", "calculate": "falls * 2"}"#;

fn plan() -> Arc<Plan> {
    support::compile(&form(FORM, "")).0.unwrap()
}

fn number(number: i64) -> Value {
    Value::Number(Decimal::from(number))
}

fn stamp() -> Stamp {
    Stamp { at: "2026-11-23T10:00:00Z".parse().unwrap(), by: None, elapsed: None }
}

/// The person said 0, and their daughter says 3, which counts.
fn interview(plan: &Arc<Plan>) -> (Journal, Vec<String>, Node) {
    let mut journal = Journal::begin(Arc::clone(plan), world("2026-11-23"));
    let mut lines = vec![journal.header().to_string()];
    let falls = journal.session().node_at("/falls").unwrap();
    let mut act = |journal: &mut Journal, command: Command| {
        let entry = journal.apply(command, stamp()).unwrap().entry;
        lines.extend(entry.map(|entry| entry.to_value(plan).to_string()));
    };
    assert_eq!(journal.session().ask_also(falls, Informant::Proxy), None, "nothing was said yet");
    act(&mut journal, Command::Answer { node: falls, value: Some(number(0)) });
    let ask = journal.session().ask_also(falls, Informant::Proxy).unwrap();
    act(&mut journal, ask);
    assert_eq!(journal.session().value(falls), None, "what the daughter says is not known yet");
    act(&mut journal, Command::Answer { node: falls, value: Some(number(3)) });
    (journal, lines, falls)
}

fn twice(session: &Session) -> Option<&Value> {
    session.value(session.node_at("/twice").unwrap())
}

#[test]
fn one_answer_counts_and_the_other_is_kept_beside_it() {
    let plan = plan();
    let (mut journal, _, falls) = interview(&plan);
    let session = journal.session();
    assert_eq!((session.value(falls), session.informant(falls)), (Some(&number(3)), Informant::Proxy));
    assert_eq!(twice(session), Some(&number(6)));
    assert_eq!(session.accounts(falls)[&Informant::Own], Account::Answer(number(0)));
    assert!(session.differs(falls));

    let count = session.let_count(falls, Informant::Own).unwrap();
    journal.apply(count, stamp()).unwrap();
    let session = journal.session();
    assert_eq!((session.value(falls), session.informant(falls)), (Some(&number(0)), Informant::Own));
    assert_eq!(twice(session), Some(&number(0)));
    assert_eq!(session.accounts(falls)[&Informant::Proxy], Account::Answer(number(3)));

    journal.undo(stamp()).unwrap();
    assert_eq!(journal.session().value(falls), Some(&number(3)));
    assert_eq!(journal.session().accounts(falls)[&Informant::Own], Account::Answer(number(0)));

    let drop = journal.session().drop_account(falls, Informant::Own).unwrap();
    journal.apply(drop, stamp()).unwrap();
    assert!(journal.session().accounts(falls).is_empty());
    assert!(!journal.session().differs(falls));
}

#[test]
fn nobody_answers_twice_and_what_is_no_answer_is_refused() {
    let plan = plan();
    let (mut journal, _, falls) = interview(&plan);
    assert_eq!(journal.session().ask_also(falls, Informant::Proxy), None);
    assert_eq!(journal.session().ask_also(falls, Informant::Own), None);
    let accounts = [(Informant::Observed, Account::Answer(Value::text("often")))].into();
    let wrong = Command::Put {
        node: falls,
        value: Some(number(1)),
        absence: None,
        informant: Informant::Own,
        accounts: Some(accounts),
    };
    let before = journal.session().record();
    journal.apply(wrong, stamp()).unwrap_err();
    assert_eq!(journal.session().record(), before);
}

#[test]
fn what_others_said_comes_back_from_the_journal_and_from_the_record() {
    let plan = plan();
    let (mut journal, mut lines, falls) = interview(&plan);
    let record = journal.session().record();
    let replay = |lines: &[String]| {
        let (again, faults) = Journal::replay(&plan, lines.iter().map(String::as_str), SourceId(0));
        assert!(faults.is_empty(), "{faults:?}");
        again.unwrap().session().record()
    };
    assert_eq!(replay(&lines), record);
    lines.push(journal.snapshot(stamp()).to_value(&plan).to_string());
    assert_eq!(replay(&lines), record, "from a snapshot");

    let wire = record.to_value();
    assert_eq!(wire["accounts"], json!({"/falls": {"self": {"value": 0}}}));
    assert_eq!((&wire["answers"], &wire["informants"]), (&json!({"falls": 3}), &json!({"/falls": "proxy"})));
    let (read, faults) = read_record(&wire.to_string(), SourceId(0));
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(check_record(&plan, read.as_ref().unwrap()), []);
    let (session, _) = Session::restore(Arc::clone(&plan), world("2026-11-23"), &read.unwrap());
    assert_eq!(session.record(), record);
    assert_eq!(session.accounts(falls), journal.session().accounts(falls));
}

#[test]
fn a_record_says_what_others_cannot_have_said() {
    let plan = plan();
    let found = |accounts: Json| -> Vec<(String, String)> {
        let record = json!({"assessed_on": "2026-11-23", "answers": {"falls": 3}, "accounts": accounts});
        let (record, faults) = read_record(&record.to_string(), SourceId(0));
        let shape = faults.iter().map(|fault| (fault.code.to_string(), String::new()));
        let fits: Vec<_> = record.iter().flat_map(|record: &Record| check_record(&plan, record)).collect();
        shape.chain(fits.into_iter().map(|one| (one.code.to_string(), one.pointer))).collect()
    };
    let one = |code: &str, pointer: &str| vec![(code.to_owned(), pointer.to_owned())];
    assert_eq!(found(json!({"/falls": {"proxy": {"value": 1}, "observed": {"absent": "dont_know"}}})), []);
    assert_eq!(
        found(json!({"/falls": {"proxy": {"value": 99}}})),
        one("record.constraint", "/accounts/~1falls/proxy/value")
    );
    assert_eq!(
        found(json!({"/falls": {"proxy": {"value": "no"}}})),
        one("record.wrong-type", "/accounts/~1falls/proxy/value")
    );
    assert_eq!(
        found(json!({"/falls": {"self": {"value": 1}}})),
        one("record.constraint", "/accounts/~1falls/self")
    );
    assert_eq!(
        found(json!({"/nothing": {"proxy": {"value": 1}}})),
        one("record.pointer", "/accounts/~1nothing")
    );
    assert_eq!(
        found(json!({"/twice": {"proxy": {"value": 1}}})),
        one("record.calculated", "/accounts/~1twice")
    );
    for shape in [
        json!({"/falls": {"neighbour": {"value": 1}}}),
        json!({"/falls": {"computed": {"value": 1}}}),
        json!({"/falls": {"proxy": {}}}),
        json!({"/falls": {"proxy": {"value": 1, "absent": "declined"}}}),
        json!({"/falls": 3}),
    ] {
        assert_eq!(found(shape.clone())[0].0, "record.shape", "{shape}");
    }
}

/// The profile of an elder whose daughter says something else about the toilet and about the birth date.
fn two_voices() -> (Arc<Plan>, Profile) {
    let plan = support::shipped("elder-needs");
    let mut record = Record::new("2026-11-23".parse().unwrap());
    record.answers.insert("birth_date".to_owned(), "1947-02-11".into());
    record.answers.insert("adl_eating".to_owned(), "independent".into());
    let said = |value: Json| [(Informant::Proxy, Account::Answer(value))].into();
    record.accounts.insert("/adl_eating".to_owned(), said("dependent".into()));
    record.accounts.insert("/birth_date".to_owned(), said("1946-02-11".into()));
    let refused = [(Informant::Proxy, Account::Absent(Absence::Declined))].into();
    record.accounts.insert("/elder_hit".to_owned(), refused);
    let profile = assess(&plan, &record).unwrap_or_else(|findings| panic!("{findings:?}"));
    (plan, profile)
}

#[test]
fn a_profile_carries_what_others_said_and_replays_with_it() {
    let (plan, profile) = two_voices();
    assert_eq!(profile.accounts["/adl_eating"], json!({"proxy": {"value": "dependent"}}));
    assert_eq!(profile.accounts["/elder_hit"], json!({"proxy": {"absent": "declined"}}));
    let lookup = |_: &str, _: &str| Some(Arc::clone(&plan));
    assert_eq!(verify(&lookup, &profile.to_value()), []);
    let mut forged = profile.to_value();
    forged["accounts"]["/adl_eating"]["proxy"]["value"] = "independent".into();
    assert!(!verify(&lookup, &forged).is_empty(), "the fingerprint of the answers covers it");
}

#[cfg(feature = "export")]
#[test]
fn what_may_not_be_told_is_not_told_by_others_either() {
    let (plan, profile) = two_voices();
    // Sensitive answers are withheld here, and what tells who somebody is travels apart.
    let policy = r#"{"policy_version":1,"purposes":{"p":{"title":{},"consents":[],"identity":"detached"}},
        "recipients":{"r":{"title":{},"purposes":["p"]}}}"#;
    let policy = intake::export::Policy::read(policy).unwrap();
    let terms = intake::export::Terms { policy: &policy, purpose: "p", recipient: "r", on: None };
    let leaving = intake::export::Leaving::new(&plan, &profile, terms).unwrap();
    let left = &leaving.profile.accounts;
    assert!(left.contains_key("/adl_eating"), "{left:?}");
    assert!(!left.contains_key("/elder_hit"), "it is highly sensitive");
    assert!(!left.contains_key("/birth_date"), "it tells who somebody is");
    let identity = leaving.identity.as_ref().unwrap();
    let mut back = leaving.profile.to_value();
    identity.attach(&mut back).unwrap();
    assert_eq!(back["accounts"]["/birth_date"], profile.to_value()["accounts"]["/birth_date"]);
}
