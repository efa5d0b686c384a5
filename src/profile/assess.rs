use std::sync::Arc;

use super::judge::{Judgement, judge};
use super::wire::{
    Engine, Kind, NotAssessed, PROFILE_VERSION, Profile, Provenance, QuestionnaireIdentity, Recommendation,
    Undetermined,
};
use super::{
    acts, alerts, carried, change, consent, domains, needs, quality, review, safety, scores, subject,
};
use crate::expression::{Causes, RowId};
use crate::json;
use crate::plan::{Field, LanguageId, Outcome, Plan, QuestionId, Rule, RuleId};
use crate::session::{self, Finding, Node, Override, Record, Session, World};
use crate::value::{DateTime, Word};

/// What a person needs, how urgently and why, according to a record.
///
/// The profile depends on the plan and the record alone: the same two give the same bytes anywhere. An unfinished
/// record is assessed all the same; the profile then says what is missing.
///
/// # Errors
/// Every reason for which the record is refused, each with its pointer into the record; never an answer.
pub fn assess(plan: &Arc<Plan>, record: &Record) -> Result<Profile, Vec<Finding>> {
    assess_live(plan, record).map(|(_, profile)| profile)
}

/// The same, and with each need the smallest sets of other answers with which it would be lower or gone.
///
/// # Errors
/// Every reason for which the record is refused.
pub fn assess_with_why(plan: &Arc<Plan>, record: &Record) -> Result<Profile, Vec<Finding>> {
    let (session, mut profile) = assess_live(plan, record)?;
    let changes: Vec<_> = profile.needs.iter().map(|need| change::changes(&session, record, need)).collect();
    for (need, changes) in profile.needs.iter_mut().zip(changes) {
        need.would_change = Some(changes);
    }
    Ok(profile)
}

/// The profile together with the session from which it was read.
pub(super) fn assess_live(plan: &Arc<Plan>, record: &Record) -> Result<(Session, Profile), Vec<Finding>> {
    assess_by(plan, record, &|_| true)
}

/// The same, by some of the rules.
pub(super) fn assess_by(
    plan: &Arc<Plan>,
    record: &Record,
    counts: &dyn Fn(RuleId) -> bool,
) -> Result<(Session, Profile), Vec<Finding>> {
    let mut findings = session::check_record(plan, record);
    findings.extend(acts::check(record));
    findings.extend(alerts::check(plan, record));
    if !findings.is_empty() {
        return Err(findings);
    }
    let language = record.language.as_deref().and_then(|tag| plan.language(tag)).unwrap_or_default();
    let (session, ignored) = Session::restore_checked(Arc::clone(plan), world(record, language), record);
    let profile = of_session(&session, record, ignored, counts)?;
    Ok((session, profile))
}

/// The world of a record: its day is today, and the interview's end is now (or the day's first second).
fn world(record: &Record, language: LanguageId) -> World {
    let now = record.ended_at().or_else(|| DateTime::start_of(record.assessed_on));
    // A record without a real day was refused before.
    World { today: record.assessed_on, now: now.unwrap_or(DateTime::EPOCH), language }
}

fn of_session(
    session: &Session,
    record: &Record,
    ignored: Vec<String>,
    counts: &dyn Fn(RuleId) -> bool,
) -> Result<Profile, Vec<Finding>> {
    let plan = session.plan();
    let language = language_tag(session);
    let judged: Vec<(&Rule, Judgement)> = plan
        .rule_ids()
        .filter(|id| counts(*id))
        .map(|id| plan.rule(id))
        .map(|rule| (rule, judge(rule, session)))
        .collect();
    let needs = needs::needs(session, &judged);
    let unscreened = safety::unscreened(session);
    let (computed, domain_status) = domains::computed(&judged, &needs, &safety::domains(plan, &unscreened));
    let domain_levels = domains::overridden(&computed, &record.overrides)?;
    let consent = consent::consent(session, record)?;
    let alerts = alerts::alerts(session, record, &judged, &unscreened);
    let missing = quality::missing(session);
    let data_quality = quality::data_quality(session, &missing);
    // What is hidden is parked in the session and left out of what it records.
    let recorded = session.record();

    let mut profile = Profile {
        profile_version: PROFILE_VERSION,
        profile_id: record.profile_id.clone(),
        kind: Word(acts::kind(record).unwrap_or(Kind::Initial)),
        supersedes: acts::text(record, "supersedes").map(str::to_owned),
        status: Word(quality::status(session)),
        subject: subject::subject(session, record, &language),
        questionnaire: QuestionnaireIdentity {
            id: plan.id.to_string(),
            version: plan.version.to_string(),
            language,
            content_hash: plan.content_hash().to_string(),
            rules_hash: plan.rules_hash().to_string(),
        },
        assessed_on: record.assessed_on.to_string(),
        accounts: recorded.accounts_to_value(),
        answers: recorded.answers,
        absent: recorded.absent.into_iter().map(|(pointer, absence)| (pointer, Word(absence))).collect(),
        informants: recorded.informants.into_iter().map(|(pointer, who)| (pointer, Word(who))).collect(),
        ignored,
        missing,
        answers_hash: None,
        redacted: None,
        identity_detached: None,
        scores: scores::scores(session),
        needs,
        computed_domain_levels: (domain_levels != computed).then_some(computed),
        domain_status,
        undetermined: undetermined(session, &judged),
        not_assessed: not_assessed(session, &judged),
        recommendations: recommendations(session, &judged),
        reassessment: review::reassessment(session, record, &judged, &domain_levels, &alerts),
        domain_levels,
        alerts,
        unscreened: names(plan, &unscreened),
        strengths: acts::list(record, "strengths"),
        overrides: record.overrides.iter().map(Override::to_value).collect(),
        goals: acts::list(record, "goals"),
        plan: acts::list(record, "plan"),
        consent,
        data_quality,
        provenance: Provenance {
            engine: Engine {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            record: acts::provenance(record),
        },
    };
    profile.answers_hash = Some(answers_hash(&profile));
    Ok(profile)
}

/// The fingerprint of the record that the profile carries. What people did is in it too: nothing else could tell a
/// changed acknowledgement or goal from the one that was written.
fn answers_hash(profile: &Profile) -> String {
    json::sha256(&carried::text_in(profile))
}

fn language_tag(session: &Session) -> String {
    let index = usize::from(session.world().language.0);
    session.plan().languages.get(index).map(ToString::to_string).unwrap_or_default()
}

fn undetermined(session: &Session, judged: &[(&Rule, Judgement)]) -> Vec<Undetermined> {
    judged
        .iter()
        .filter_map(|(rule, judgement)| {
            Some(Undetermined { rule: (*rule.id).to_owned(), ask: pointers(session, judgement.open()?) })
        })
        .collect()
}

/// The questions among some causes, in document order.
fn pointers(session: &Session, causes: &Causes) -> Vec<String> {
    let plan = session.plan();
    let mut nodes: Vec<(QuestionId, RowId)> = causes
        .iter()
        .filter_map(|&(field, row)| match plan.field(field) {
            Field::Question(id) => Some((id, row)),
            Field::Score(_) | Field::ScoreLevel(_) | Field::ScoreBand(_) | Field::Age => None,
        })
        .collect();
    nodes.sort_unstable();
    nodes.into_iter().map(|(id, row)| session.pointer(Node::new(id, row))).collect()
}

fn not_assessed(session: &Session, judged: &[(&Rule, Judgement)]) -> Vec<NotAssessed> {
    fired(judged)
        .filter_map(|rule| match &rule.outcome {
            Outcome::NotAssessed { domain, reason } => Some(NotAssessed {
                domain: Word(*domain),
                reason: session.text(reason, RowId::FORM),
                rule: (*rule.id).to_owned(),
            }),
            _ => None,
        })
        .collect()
}

fn recommendations(session: &Session, judged: &[(&Rule, Judgement)]) -> Vec<Recommendation> {
    fired(judged)
        .filter_map(|rule| match &rule.outcome {
            Outcome::Recommend { service, check, label } => Some(Recommendation {
                rule: (*rule.id).to_owned(),
                service: service.as_ref().map(ToString::to_string),
                check: check.as_ref().map(ToString::to_string),
                label: label.as_ref().map(|label| session.text(label, RowId::FORM)),
            }),
            _ => None,
        })
        .collect()
}

fn fired<'a>(judged: &'a [(&'a Rule, Judgement)]) -> impl Iterator<Item = &'a Rule> {
    judged.iter().filter(|(_, judgement)| matches!(judgement, Judgement::Fired { .. })).map(|(rule, _)| *rule)
}

/// The names of questions, each once.
fn names(plan: &Plan, nodes: &[Node]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for node in nodes {
        let name = plan.path(node.question());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
