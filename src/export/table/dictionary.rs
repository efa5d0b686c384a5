use super::cell::Cell;
use super::column::{Said, Source};
use super::{Row, Tables};
use crate::plan::{AnswerKind, DateShape, LanguageId, Plan, Question, QuestionId, TextShape};

/// A row for each column of the other tables.
pub(super) fn rows(tables: &Tables, plan: &Plan) -> Vec<Row> {
    let Some((dictionary, others)) = tables.tables.split_last() else { return Vec::new() };
    let mut rows = Vec::new();
    for table in others {
        for column in &table.columns {
            let cells = dictionary.columns.iter().map(|about| match &about.source {
                Source::Dictionary(Said::Table) => Cell::text(table.name.as_str()),
                Source::Dictionary(Said::Column) => Cell::text(column.name.as_str()),
                Source::Dictionary(Said::Kind) => Cell::text(kind(plan, &column.source)),
                Source::Dictionary(Said::Label(language)) => {
                    Cell::text(label(plan, &column.source, LanguageId(*language)))
                }
                Source::Dictionary(Said::Choices(language)) => {
                    Cell::text(choices(plan, &column.source, LanguageId(*language)))
                }
                Source::Dictionary(Said::Concepts) => Cell::text(concepts(plan, &column.source)),
                _ => Cell::Empty,
            });
            rows.push(Row { table: others.len(), cells: cells.collect() });
        }
    }
    rows
}

fn kind(plan: &Plan, source: &Source) -> &'static str {
    match source {
        Source::Answer(id) => kind_of(plan.question(*id)),
        Source::Label(_) => "label",
        Source::State(_) | Source::LevelStatus(_) => "state",
        Source::Chosen(..) | Source::Flag(_) => "boolean",
        Source::Score(_, "status" | "band") => "code",
        Source::Score(..) | Source::Level(_) | Source::Withheld | Source::Row | Source::OuterRow => "number",
        Source::Part(..) | Source::Member(..) | Source::Dictionary(_) => "text",
    }
}

const fn kind_of(question: &Question) -> &'static str {
    match &question.kind {
        AnswerKind::Boolean => "boolean",
        AnswerKind::Number { integer: true } => "integer",
        AnswerKind::Number { integer: false } => "number",
        AnswerKind::Text(TextShape::Plain) => "text",
        AnswerKind::Text(TextShape::Location) => "location",
        AnswerKind::Text(TextShape::Attachment) => "attachment",
        AnswerKind::Date(DateShape::Full) => "date",
        AnswerKind::Date(DateShape::Partial) => "date of any precision",
        AnswerKind::Time => "time",
        AnswerKind::Choice { .. } => "code",
        AnswerKind::Choices { ranking: false, .. } => "codes",
        AnswerKind::Choices { ranking: true, .. } => "codes in order",
        AnswerKind::Repeat(_) | AnswerKind::Note => "",
    }
}

fn label(plan: &Plan, source: &Source, language: LanguageId) -> String {
    let title = |id: &QuestionId| plan.question(*id).title.text(language).to_string();
    match source {
        Source::Answer(id) | Source::Label(id) => title(id),
        Source::State(id) => format!("{} (answered, missing, or why there is no answer)", title(id)),
        Source::Chosen(id, code) => {
            let choice = plan.choice_of_code(*id, code);
            let label = choice.map(|choice| choice.label.text(language).to_string()).unwrap_or_default();
            format!("{} {label}", title(id))
        }
        Source::Score(id, member) => {
            let title = plan.score(*id).title.text(language);
            match *member {
                "value" => title.to_string(),
                "from" => format!("{title} (the least that missing items allow)"),
                "to" => format!("{title} (the most that missing items allow)"),
                "answered" => format!("{title} (items with an answer)"),
                "of" => format!("{title} (items)"),
                member => format!("{title} ({member})"),
            }
        }
        Source::Level(domain) => format!("{domain}: 0 none, 1 watch, 2 act, 3 act now; empty: not assessed"),
        Source::LevelStatus(domain) => format!("{domain}: how far it was looked at"),
        Source::Flag(name) => name.to_string(),
        Source::Withheld => "Items of the questionnaire that are withheld".to_owned(),
        Source::Row => "The place of the row, from 1".to_owned(),
        Source::OuterRow => "The place of the row in which it stands".to_owned(),
        Source::Part(_, what) | Source::Member(_, what) => (*what).to_owned(),
        Source::Dictionary(_) => String::new(),
    }
}

fn choices(plan: &Plan, source: &Source, language: LanguageId) -> String {
    let (Source::Answer(id) | Source::Label(id)) = source else { return String::new() };
    let texts: Vec<String> = plan
        .choices(*id)
        .map(|choice| format!("{} = {}", choice.code, choice.label.text(language)))
        .collect();
    texts.join("\n")
}

fn concepts(plan: &Plan, source: &Source) -> String {
    let Source::Answer(id) = source else { return String::new() };
    let texts: Vec<String> = plan
        .question(*id)
        .concepts
        .iter()
        .map(|concept| format!("{}|{}", concept.system, concept.code))
        .collect();
    texts.join(" ")
}
