//! The lines of a draft: those of the journal, what people stated beside answering, in the form of a record, or have begun
//! to state, and how the hand-out is to be printed.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::diagnostic::SourceId;
use crate::plan::Plan;
use crate::profile::Profile;
use crate::session::{Journal, Record, read_record};

/// The member that a line of the journal never has.
const STATED: &str = "stated";
/// Others.
const BEGUN: &str = "begun";
const EARLIER: &str = "earlier";
const HANDOUT: &str = "handout";

/// A line that holds all that the worker said beside the answers until then: what was stated, what was begun, which is
/// told by the place of what was stated, and how the hand-out is to be printed. It is one line, of a kind that older builds
/// know, so that none of the three is taken from another moment, and an older build misses no more than what it never had.
pub(crate) fn stated(
    record: &Record,
    begun: Option<&Value>,
    handout: Option<&Value>,
    at: &str,
    by: &str,
    elapsed: u64,
) -> String {
    let stated = record.to_value();
    json!({ STATED: stated, BEGUN: begun, HANDOUT: handout, "at": at, "by": by, "elapsed": elapsed })
        .to_string()
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
    pub(crate) handout: Option<Value>,
    /// The profile of the time before, if the interview goes on from one.
    pub(crate) earlier: Option<Profile>,
    /// How many lines could not be carried out.
    pub(crate) left_out: usize,
}

/// The interview that the lines tell of: none if not even its first line can be read.
pub(crate) fn kept(plan: &Arc<Plan>, lines: &[String]) -> Option<Kept> {
    let (stated, begun) = lines.iter().rev().find_map(|line| said_in(line)).unzip();
    // A line of an older build says nothing of it: what was left out before stays out.
    let handout = lines.iter().rev().find_map(|line| handout_in(line)).filter(Value::is_object);
    let earlier = lines.iter().find_map(|line| earlier_in(line));
    let entries = lines.iter().map(String::as_str).filter(|line| is_of_the_journal(line));
    let (journal, faults) = Journal::replay(plan, entries, SourceId(0));
    let left_out = faults.iter().filter(|fault| fault.is_error()).count();
    Some(Kept { journal: journal?, stated, begun: begun.flatten(), handout, earlier, left_out })
}

/// What was stated, and what was begun beside it.
fn said_in(line: &str) -> Option<(Record, Option<Value>)> {
    let mut line = whole(line, STATED)?;
    let stated = read_record(&line.get(STATED)?.to_string(), SourceId(0)).0?;
    Some((stated, line.get_mut(BEGUN).map(Value::take).filter(Value::is_object)))
}

/// How the hand-out is to be printed: null where nothing was decided.
fn handout_in(line: &str) -> Option<Value> {
    whole(line, STATED)?.get_mut(HANDOUT).map(Value::take)
}

fn earlier_in(line: &str) -> Option<Profile> {
    serde_json::from_value(beside(line, EARLIER)?).ok()
}

/// What a line holds that is none of the journal.
fn beside(line: &str, name: &str) -> Option<Value> {
    whole(line, name)?.get_mut(name).map(Value::take)
}

/// A line that has a member which none of the journal has.
fn whole(line: &str, name: &str) -> Option<Value> {
    // Most lines are of the journal: they are told by a look and not by reading them.
    if !line.contains(&format!("\"{name}\":")) {
        return None;
    }
    serde_json::from_str(line).ok().filter(|line: &Value| line.get(name).is_some())
}

/// Whether a line is the journal's. One that says when and by whom, and is no entry, is of a kind that a later build has
/// brought: nothing that was answered is in it, so it is no damage.
fn is_of_the_journal(line: &str) -> bool {
    if [STATED, EARLIER].into_iter().any(|name| beside(line, name).is_some()) {
        return false;
    }
    line.contains("\"seq\":")
        || line.contains("\"journal_version\":")
        || !["at", "by"].into_iter().all(|name| whole(line, name).is_some())
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
        let printed = json!({ "language": "zh-CN", "left_out": ["goal g1"] });
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
            lines.push(stated(&record, Some(&typed), Some(&printed), "2026-11-23T10:00:00Z", "w", 7));
        }
        let kept = kept(&plan, &lines).unwrap();
        assert_eq!(kept.left_out, 0);
        assert_eq!(kept.journal.session().value(node), Some(&Answer::Text(r#"{"stated":{}}"#.into())));
        assert_eq!(kept.stated.unwrap().acts["goals"][0]["text"], r#"{"stated":{}}"#);
        assert_eq!(kept.begun.unwrap()["goals"]["another"]["text"], r#"{"stated":{}}"#);
        assert!(kept.earlier.is_none());
        assert_eq!(kept.handout.as_ref(), Some(&printed));
        // As an older version wrote it: what was left out of the hand-out stays out.
        lines.push(json!({ "stated": Record::new(today).to_value() }).to_string());
        let older = super::kept(&plan, &lines).unwrap();
        assert!(older.begun.is_none() && older.handout == Some(printed) && older.left_out == 0);
        // Saved, or given up, and all is to be printed; and a kind of line that is not known yet, which is no damage.
        let last = stated(&Record::new(today), None, None, "", "w", 8);
        lines.extend([last, json!({ "later": 1, "at": "", "by": "w" }).to_string()]);
        let last = super::kept(&plan, &lines).unwrap();
        assert!(last.begun.is_none() && last.handout.is_none() && last.left_out == 0);
        // What is no entry otherwise is one that cannot be read.
        lines.push(json!({ "do": "answer" }).to_string());
        assert_eq!(super::kept(&plan, &lines).unwrap().left_out, 1);
    }
}
