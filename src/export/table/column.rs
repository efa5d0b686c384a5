use std::sync::Arc;

use crate::plan::{AnswerKind, Domain, Plan, QuestionId, ScoreId};

/// A table of a questionnaire.
#[derive(Clone, Debug)]
pub struct Table {
    /// What it is called: `main`, the path of a repeat, `needs`, `alerts`, `consents`, `informants`, `dictionary`.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The repeat whose rows it holds.
    pub(super) repeat: Option<QuestionId>,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    pub(super) source: Source,
}

/// Where the cells of a column come from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// A part of the profile: JSON Pointer, and what it is.
    Part(&'static str, &'static str),
    /// How much is withheld of a profile.
    Withheld,
    /// The place of a row, from 1; of the row in which a row stands.
    Row,
    OuterRow,
    /// An answer.
    Answer(QuestionId),
    /// What a person reads for it.
    Label(QuestionId),
    /// How it came to be there or not.
    State(QuestionId),
    /// Whether a choice is among those chosen.
    Chosen(QuestionId, Arc<str>),
    /// A member of a score.
    Score(ScoreId, &'static str),
    /// The level of a domain, and how far it was looked at.
    Level(Domain),
    LevelStatus(Domain),
    /// What the law computes.
    Flag(Arc<str>),
    /// A member of an entry of a list, and what it is.
    Member(&'static str, &'static str),
    /// Of the dictionary: which column it is.
    Dictionary(Said),
}

/// What the dictionary says of a column.
#[derive(Clone, Debug)]
pub(super) enum Said {
    Table,
    Column,
    Kind,
    /// In a language of the questionnaire.
    Label(u16),
    Choices(u16),
    Concepts,
}

const PARTS: [(&str, &str, &str); 24] = [
    ("profile_id", "/profile_id", "The id of the profile"),
    ("kind", "/kind", "Whether it is the first assessment of this person"),
    ("supersedes", "/supersedes", "The profile that this one corrects"),
    ("status", "/status", "Whether the interview is finished"),
    ("redacted", "/redacted", "Whether something is left out"),
    ("questionnaire", "/questionnaire/id", "What was asked"),
    ("questionnaire.version", "/questionnaire/version", "Its version"),
    ("questionnaire.content_hash", "/questionnaire/content_hash", "The fingerprint of its content"),
    ("language", "/questionnaire/language", "The language of the texts"),
    ("assessed_on", "/assessed_on", "The day of the assessment"),
    ("person_ref", "/subject/person_ref", "The agency's reference of the person"),
    ("household_ref", "/subject/household_ref", "The agency's reference of the household"),
    ("groups", "/subject/groups", "Groups to which the person belongs"),
    ("age.from", "/subject/age_years/0", "The age in whole years, or the least that it can be"),
    ("age.to", "/subject/age_years/1", "The age in whole years, or the most that it can be"),
    ("unscreened", "/unscreened", "Safety questions without an answer"),
    ("next_on", "/reassessment/next_on", "The day by which to look again"),
    ("next_on.reason", "/reassessment/reason", "What sets that day"),
    ("previous", "/reassessment/previous", "The profile of the time before"),
    ("agency", "/provenance/agency", "The agency"),
    ("station", "/provenance/station", "The station"),
    ("mode", "/provenance/mode", "At home, at the station, by phone"),
    ("started_at", "/provenance/started_at", "When the interview began"),
    ("ended_at", "/provenance/ended_at", "When the interview ended"),
];

/// The parts of a profile that the main table carries, whole.
pub(super) fn carried() -> impl Iterator<Item = &'static str> {
    PARTS.iter().map(|(_, pointer, _)| *pointer)
}

const NEEDS: [(&str, &str); 10] = [
    ("id", "Which need: the same in every profile"),
    ("domain", "The area of life"),
    ("code", "What kind"),
    ("label", "What a person reads"),
    ("level", "1 watch, 2 act, 3 act now"),
    ("urgency", "How soon"),
    ("basis", "By whom it is seen as a need"),
    ("rules", "The rules that raise it"),
    ("services", "Services that can help"),
    ("provisional", "Whether a missing answer could raise it"),
];

const ALERTS: [(&str, &str); 10] = [
    ("rule", "The rule that raises it"),
    ("grade", "How soon: R0 now to R3"),
    ("code", "What kind"),
    ("label", "What a person reads"),
    ("field", "The question at which it is raised"),
    ("due", "By when to act"),
    ("status", "Where it stands"),
    ("reason", "Why it is withdrawn"),
    ("acted_grade", "The grade when somebody acted"),
    ("mandatory_report", "Where the report stands that the law demands"),
];

const SCORE: [&str; 7] = ["value", "status", "band", "from", "to", "answered", "of"];

/// Every table of a questionnaire, the main table first and the dictionary last.
pub(super) fn tables(plan: &Plan) -> Vec<Table> {
    let mut tables = vec![main(plan)];
    tables.extend(
        plan.question_ids().filter(|id| plan.question(*id).repeat().is_some()).map(|id| repeat(plan, id)),
    );
    tables.push(list("needs", &NEEDS));
    tables.push(list("alerts", &ALERTS));
    tables.push(list("consents", &[("purpose", "For what"), ("said", "What the person said")]));
    tables.push(list("informants", &[("field", "The question"), ("informant", "Who said so")]));
    let mut dictionary = vec![("table", Said::Table), ("column", Said::Column), ("kind", Said::Kind)]
        .into_iter()
        .map(|(name, said)| column(name, Source::Dictionary(said)))
        .collect::<Vec<_>>();
    for (index, tag) in (0..).zip(&plan.languages) {
        dictionary.push(column(format!("label.{tag}"), Source::Dictionary(Said::Label(index))));
    }
    for (index, tag) in (0..).zip(&plan.languages) {
        dictionary.push(column(format!("choices.{tag}"), Source::Dictionary(Said::Choices(index))));
    }
    dictionary.push(column("concepts", Source::Dictionary(Said::Concepts)));
    tables.push(Table { name: "dictionary".to_owned(), columns: dictionary, repeat: None });
    tables
}

fn column(name: impl Into<String>, source: Source) -> Column {
    Column { name: name.into(), source }
}

fn main(plan: &Plan) -> Table {
    let mut columns: Vec<Column> =
        PARTS.iter().map(|(name, pointer, what)| column(*name, Source::Part(pointer, what))).collect();
    columns.push(column("withheld", Source::Withheld));
    for section in plan.section_ids() {
        for id in &plan.section(section).questions {
            answer(plan, *id, &mut columns);
        }
    }
    for id in plan.score_ids() {
        let name = &plan.score(id).id;
        for member in SCORE {
            let name =
                if member == "value" { format!("score.{name}") } else { format!("score.{name}.{member}") };
            columns.push(column(name, Source::Score(id, member)));
        }
    }
    for &domain in Domain::ALL {
        columns.push(column(format!("level.{domain}"), Source::Level(domain)));
        columns.push(column(format!("level.{domain}.status"), Source::LevelStatus(domain)));
    }
    for (name, _) in &plan.subject.legal_flags {
        columns.push(column(format!("flag.{name}"), Source::Flag(Arc::clone(name))));
    }
    Table { name: "main".to_owned(), columns, repeat: None }
}

fn repeat(plan: &Plan, id: QuestionId) -> Table {
    let mut columns = vec![
        column("profile_id", Source::Part("/profile_id", "The id of the profile")),
        column("row", Source::Row),
    ];
    let question = plan.question(id);
    if question.parent.is_some() {
        columns.push(column("outer_row", Source::OuterRow));
    }
    for part in question.repeat().map(|repeat| repeat.columns.as_slice()).unwrap_or_default() {
        answer(plan, *part, &mut columns);
    }
    Table { name: plan.path(id), columns, repeat: Some(id) }
}

/// The columns of a question: what was answered, what a person reads for it, each choice of several, and how it came
/// to be there or not.
fn answer(plan: &Plan, id: QuestionId, columns: &mut Vec<Column>) {
    let question = plan.question(id);
    if !question.is_asked() || question.repeat().is_some() {
        return;
    }
    let name = &question.name;
    columns.push(column(&**name, Source::Answer(id)));
    match &question.kind {
        AnswerKind::Choice { .. } => columns.push(column(format!("{name}.label"), Source::Label(id))),
        AnswerKind::Choices { .. } => {
            columns.push(column(format!("{name}.label"), Source::Label(id)));
            // A column for each of a thousand entries of a list helps nobody.
            for choice in question.own_choices() {
                columns.push(column(
                    format!("{name}.{}", choice.code),
                    Source::Chosen(id, Arc::clone(&choice.code)),
                ));
            }
        }
        _ => {}
    }
    columns.push(column(format!("{name}.state"), Source::State(id)));
}

fn list(name: &str, members: &[(&'static str, &'static str)]) -> Table {
    let mut columns = vec![column("profile_id", Source::Part("/profile_id", "The id of the profile"))];
    columns.extend(members.iter().map(|(name, what)| column(*name, Source::Member(name, what))));
    Table { name: name.to_owned(), columns, repeat: None }
}
