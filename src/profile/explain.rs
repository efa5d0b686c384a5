use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::Value as Json;

use super::assess::assess_live;
use super::change;
use super::wire::{AnswerEvidence, Change, Evidence, Need, Profile};
use crate::expression::RowId;
use crate::plan::Plan;
use crate::session::{Finding, Node, Record, Session};
use crate::value::Value;

/// Says in plain words why each need is one: rule, scores, answers, and which other answers would change it. Then
/// what is still open, and the alerts.
///
/// The texts of the questionnaire come in the record's language; the words between them are English. It holds what
/// the person answered: it is for the screen of whoever may see the record, never for a log.
///
/// # Errors
/// Every reason for which the record is refused.
pub fn explain(plan: &Arc<Plan>, record: &Record) -> Result<String, Vec<Finding>> {
    let (session, profile) = assess_live(plan, record)?;
    let mut out = String::new();
    if profile.needs.is_empty() {
        out.push_str("No need was found.\n");
    }
    for need in &profile.needs {
        let changes = change::changes(&session, record, need);
        // Writing to a string cannot fail.
        let _ = explain_need(&mut out, &session, need, &changes);
    }
    let _ = explain_rest(&mut out, &session, &profile);
    Ok(out)
}

fn explain_need(
    out: &mut String,
    session: &Session,
    need: &Need,
    changes: &[Vec<Change>],
) -> std::fmt::Result {
    let at_least = if need.provisional { "at least " } else { "" };
    writeln!(out, "{} ({})", need.label, need.id)?;
    writeln!(out, "  level {at_least}{}, urgency {}, {}", need.level, need.urgency.0, need.basis.0)?;
    if !need.services.is_empty() {
        writeln!(out, "  services: {}", need.services.join(", "))?;
    }
    for evidence in &need.evidence {
        explain_evidence(out, session, evidence)?;
    }
    for set in changes {
        let answers: Vec<String> = set
            .iter()
            .map(|change| {
                format!("{}: {}", title(session, &change.field), label(session, &change.field, &change.value))
            })
            .collect();
        writeln!(out, "  would be lower with {}", answers.join("; "))?;
    }
    writeln!(out)
}

fn explain_evidence(out: &mut String, session: &Session, evidence: &Evidence) -> std::fmt::Result {
    writeln!(out, "  because {} ({}, level {})", evidence.title, evidence.rule, evidence.level)?;
    if let Some(why) = &evidence.why {
        writeln!(out, "    {why}")?;
    }
    for score in &evidence.scores {
        let title = session.plan().find_score(&score.id).map_or_else(
            || score.id.clone(),
            |id| session.text(&session.plan().score(id).title, RowId::FORM),
        );
        let [lo, hi] = &score.interval;
        match &score.value {
            Some(value) => write!(out, "    {title} = {value}")?,
            None => write!(out, "    {title} between {lo} and {hi}")?,
        }
        match &score.band {
            Some(band) => writeln!(out, " ({})", band)?,
            None => writeln!(out)?,
        }
    }
    evidence.answers.iter().try_for_each(|answer| explain_answer(out, session, answer))
}

fn explain_answer(out: &mut String, session: &Session, answer: &AnswerEvidence) -> std::fmt::Result {
    write!(out, "    - {}: ", title(session, &answer.field))?;
    match (&answer.value, &answer.absent) {
        (Some(value), _) => write!(out, "{}", label(session, &answer.field, value))?,
        (None, Some(absent)) => write!(out, "[{}]", absent.0)?,
        (None, None) => {}
    }
    if let Some(points) = &answer.points {
        write!(out, ", {points} points")?;
    }
    writeln!(out, " ({})", answer.informant.0)
}

fn explain_rest(out: &mut String, session: &Session, profile: &Profile) -> std::fmt::Result {
    for open in &profile.undetermined {
        let ask: Vec<String> = open.ask.iter().map(|field| title(session, field)).collect();
        writeln!(out, "{} is open; ask: {}", open.rule, ask.join("; "))?;
    }
    for alert in &profile.alerts {
        let due = alert.due.as_deref().map(|due| format!(", due {due}")).unwrap_or_default();
        let asked = alert.field.as_deref().filter(|field| session.node_at(field).is_some());
        let about = asked.map_or_else(|| alert.label.clone(), |field| title(session, field));
        writeln!(out, "alert {} {about} ({}, {}{due})", alert.grade.0, alert.rule, alert.status.0)?;
    }
    Ok(())
}

/// The title of the question at a pointer, after those of the rows in which it stands; the pointer itself if there is no
/// question.
fn title(session: &Session, field: &str) -> String {
    let Some(node) = session.node_at(field) else { return field.to_owned() };
    let name = |(repeat, row, index): (Node, RowId, usize)| {
        let repeat_title = || session.text(&session.plan().question(repeat.question()).title, repeat.row);
        // The number tells apart those that are called the same.
        format!("{} ({})", session.row_name(repeat, row).unwrap_or_else(repeat_title), index + 1)
    };
    let mut parts: Vec<String> = session.rows_around(node).into_iter().map(name).collect();
    parts.push(session.text(&session.plan().question(node.question()).title, node.row));
    parts.join(": ")
}

/// An answer as a person reads it: labels instead of codes.
fn label(session: &Session, field: &str, value: &Json) -> String {
    let node = session.node_at(field);
    let words = session.plan().words(session.world().language);
    let one = |value: &Json| {
        let answer = match value {
            Json::String(text) => Some(Value::text(text.as_str())),
            Json::Number(number) => {
                crate::json::canonical::number_text(number).parse().ok().map(Value::Number)
            }
            _ => None,
        };
        let choice =
            node.zip(answer).and_then(|(node, answer)| session.plan().choice(node.question(), &answer));
        match (choice, value) {
            (Some(choice), _) => session.text(&choice.label, RowId::FORM),
            (None, Json::String(text)) => text.clone(),
            (None, Json::Bool(answer)) => words.answer(*answer).to_owned(),
            (None, other) => other.to_string(),
        }
    };
    match value {
        Json::Array(values) => values.iter().map(one).collect::<Vec<_>>().join(words.between),
        value => one(value),
    }
}
