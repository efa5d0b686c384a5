//! The lines of a draft: those of the journal, what people stated beside answering, in the form of a record, or have begun
//! to state, and how the hand-out is to be printed.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::diagnostic::SourceId;
use crate::plan::Plan;
use crate::profile::Profile;
use crate::session::{Journal, Record, read_record};
use crate::web::store::Handout;

/// The member that a line of the journal never has.
const STATED: &str = "stated";
/// Others.
const BEGUN: &str = "begun";
const EARLIER: &str = "earlier";
const HANDOUT: &str = "handout";

/// A line that holds what was stated until then, and what was begun beside it: one line, for what was begun is told by
/// the place of what was stated.
pub(crate) fn stated(record: &Record, begun: Option<&Value>, at: &str, by: &str, elapsed: u64) -> String {
    let stated = record.to_value();
    json!({ STATED: stated, BEGUN: begun, "at": at, "by": by, "elapsed": elapsed }).to_string()
}

/// A line that holds what was begun until then and is not stated.
pub(crate) fn begun(begun: Option<&Value>, at: &str, by: &str, elapsed: u64) -> String {
    json!({ BEGUN: begun, "at": at, "by": by, "elapsed": elapsed }).to_string()
}

/// A line that holds how the hand-out is to be printed from then on.
pub(crate) fn handout(handout: &Handout, at: &str, by: &str, elapsed: u64) -> String {
    json!({ HANDOUT: handout, "at": at, "by": by, "elapsed": elapsed }).to_string()
}

/// A line that holds the profile of the time before, from which the interview goes on.
pub(crate) fn earlier(profile: &Profile) -> String {
    json!({ EARLIER: profile }).to_string()
}

/// What the lines of a draft come to.
pub(crate) struct Kept {
    /// The interview.
    pub(crate) journal: Journal,
    /// What was stated last.
    pub(crate) stated: Option<Record>,
    /// What was begun last and is not stated.
    pub(crate) begun: Option<Value>,
    /// How the hand-out is to be printed.
    pub(crate) handout: Option<Handout>,
    /// The profile of the time before, if the interview goes on from one.
    pub(crate) earlier: Option<Profile>,
    /// How many lines could not be carried out.
    pub(crate) left_out: usize,
}

/// The interview that the lines tell of: none if not even its first line can be read.
pub(crate) fn kept(plan: &Arc<Plan>, lines: &[String]) -> Option<Kept> {
    let stated = lines.iter().rev().find_map(|line| stated_in(line));
    // What was stated before any of it was begun says nothing of it.
    let begun = lines
        .iter()
        .rev()
        .find_map(|line| beside(line, BEGUN).or_else(|| beside(line, STATED).map(|_| Value::Null)));
    let handout = lines.iter().rev().find_map(|line| serde_json::from_value(beside(line, HANDOUT)?).ok());
    let earlier = lines.iter().find_map(|line| earlier_in(line));
    let entries = lines.iter().map(String::as_str).filter(|line| {
        ![STATED, BEGUN, HANDOUT, EARLIER].into_iter().any(|name| beside(line, name).is_some())
    });
    let (journal, faults) = Journal::replay(plan, entries, SourceId(0));
    let left_out = faults.iter().filter(|fault| fault.is_error()).count();
    Some(Kept {
        journal: journal?,
        stated,
        begun: begun.filter(Value::is_object),
        handout,
        earlier,
        left_out,
    })
}

fn stated_in(line: &str) -> Option<Record> {
    read_record(&beside(line, STATED)?.to_string(), SourceId(0)).0
}

fn earlier_in(line: &str) -> Option<Profile> {
    serde_json::from_value(beside(line, EARLIER)?).ok()
}

/// What a line holds that is none of the journal.
fn beside(line: &str, name: &str) -> Option<Value> {
    // Most lines are of the journal: they are told by a look and not by reading them.
    if !line.contains(&format!("\"{name}\":")) {
        return None;
    }
    let mut line: Value = serde_json::from_str(line).ok()?;
    line.get_mut(name).map(Value::take)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::LanguageId;
    use crate::session::{Command, Node, Stamp, World};
    use crate::value::{DateTime, PartialDate, Value as Answer};
    use crate::web::testing::plan;

    #[test]
    fn what_was_stated_stands_beside_the_journal() {
        let plan = plan();
        let today: PartialDate = "2026-11-23".parse().unwrap();
        let world = World { today, now: DateTime::EPOCH, language: LanguageId(0) };
        let mut journal = Journal::begin(Arc::clone(&plan), world);
        let mut lines = vec![journal.header().to_string()];
        let node = Node::form(plan.question_named(None, "name").unwrap());
        // An answer that looks like the other kind of line is an answer all the same.
        for answer in ["Li", r#"{"stated":{}}"#] {
            let command = Command::Answer { node, value: Some(Answer::Text(answer.into())) };
            let stamp = Stamp { at: DateTime::EPOCH, by: Some("w".into()), elapsed: Some(5) };
            let told = journal.apply(command, stamp).unwrap();
            lines.push(told.entry.unwrap().to_value(&plan).to_string());
            let mut record = Record::new(today);
            record.acts.insert("goals".into(), serde_json::json!([{ "text": answer }]));
            let typed = json!({ "goals": { "another": { "text": answer } } });
            lines.push(begun(Some(&typed), "2026-11-23T10:00:00Z", "w", 6));
            lines.push(stated(&record, Some(&typed), "2026-11-23T10:00:00Z", "w", 7));
        }
        let kept = kept(&plan, &lines).unwrap();
        assert_eq!(kept.left_out, 0);
        assert_eq!(kept.journal.session().value(node), Some(&Answer::Text(r#"{"stated":{}}"#.into())));
        assert_eq!(kept.stated.unwrap().acts["goals"][0]["text"], r#"{"stated":{}}"#);
        assert_eq!(kept.begun.unwrap()["goals"]["another"]["text"], r#"{"stated":{}}"#);
        assert!(kept.earlier.is_none());
        let printed = Handout { language: Some("zh-CN".into()), left_out: ["goals g1".into()].into() };
        lines.push(handout(&printed, "2026-11-23T10:00:00Z", "w", 8));
        assert_eq!(super::kept(&plan, &lines).unwrap().handout, Some(printed));
        // Saved, or given up; and as an older version wrote it.
        for last in [begun(None, "", "w", 8), json!({ "stated": Record::new(today).to_value() }).to_string()]
        {
            lines.push(last);
            let kept = super::kept(&plan, &lines).unwrap();
            assert!(kept.begun.is_none() && kept.left_out == 0);
        }
    }
}
