//! An entry from its JSON.

use std::sync::Arc;

use super::entry::{Act, Entry, Snapshot, Stamp};
use crate::expression::RowId;
use crate::json::{Item, View};
use crate::plan::{LanguageId, Plan, QuestionId};
use crate::session::wire::value_from_json;
use crate::session::{Account, Accounts, Command, Contents, Node, RemovedRow, Said};
use crate::value::{Absence, Decimal, Informant, Value};

/// How deep contents stand in contents: as deep as repeats do.
const DEEPEST: usize = 8;

/// Reads an entry, or says why it cannot be read. What is said never quotes it.
pub(super) fn entry(plan: &Plan, root: Item<'_>) -> Result<Entry, String> {
    let seq = seq(root, "seq")?.ok_or("`seq` is missing")?;
    let at = root.text_of("at").and_then(|text| text.parse().ok());
    let stamp = Stamp {
        at: at.ok_or("`at` is no moment such as `2026-11-23T10:00:00Z`")?,
        by: root.text_of("by").map(Arc::from),
        // Beside the point for what was answered: what cannot be read of it is left out.
        elapsed: root.get("elapsed").and_then(Item::decimal).and_then(|number| u64::try_from(number).ok()),
    };
    let first_row = row(root, "first_row")?;
    let act = match root.text_of("do").ok_or("`do` is missing")? {
        "snapshot" => Act::Snapshot(Snapshot {
            contents: contents(plan, None, said(root)?, 0)?,
            language: language(plan, root)?,
            next_row: row(root, "next_row")?.ok_or("`next_row` is missing")?,
        }),
        word => {
            let command = command(plan, word, root)?;
            match (self::seq(root, "undoes")?, self::seq(root, "redoes")?) {
                (Some(seq), _) => Act::Undid { seq, command },
                (None, Some(seq)) => Act::Redid { seq, command },
                (None, None) => Act::Did(command),
            }
        }
    };
    Ok(Entry { seq, stamp, act, first_row })
}

/// The number of an entry of which nothing else can be read.
pub(super) fn seq_alone(root: Item<'_>) -> Option<u64> {
    seq(root, "seq").ok().flatten()
}

fn command(plan: &Plan, word: &str, root: Item<'_>) -> Result<Command, String> {
    Ok(match word {
        "answer" => {
            let node = node(plan, root, "row")?;
            Command::Answer { node, value: value(plan, node.question(), root)? }
        }
        "absent" => Command::Absent { node: node(plan, root, "row")?, absence: absence(root)? },
        "inform" => Command::Inform { node: node(plan, root, "row")?, informant: informant(root)? },
        "put" => {
            let node = node(plan, root, "row")?;
            let value = value(plan, node.question(), root)?;
            let accounts = accounts(plan, node.question(), root)?;
            Command::Put { node, value, absence: absence(root)?, informant: informant(root)?, accounts }
        }
        "add_row" => Command::AddRow { repeat: node(plan, root, "inside")?, at: index(root)? },
        "remove_row" => Command::RemoveRow { row: needed_row(root)? },
        "move_row" => Command::MoveRow { row: needed_row(root)?, to: index(root)?.ok_or("`to` is missing")? },
        "restore_row" => {
            let repeat = node(plan, root, "inside")?;
            Command::RestoreRow(Box::new(RemovedRow {
                repeat,
                row: needed_row(root)?,
                at: index(root)?.ok_or("`to` is missing")?,
                contents: contents(plan, Some(repeat.question()), said(root)?, 0)?,
            }))
        }
        "language" => Command::Language(language(plan, root)?),
        _ => return Err("`do` names nothing that can be done".to_owned()),
    })
}

fn seq(root: Item<'_>, name: &str) -> Result<Option<u64>, String> {
    let Some(item) = root.get(name) else { return Ok(None) };
    let whole = item.decimal().filter(|number| number.is_integer() && *number >= Decimal::ONE);
    let number = whole.and_then(|number| u64::try_from(number).ok()).filter(|number| *number < 1 << 53);
    number.map(Some).ok_or_else(|| format!("`{name}` is no number of an entry"))
}

fn row(root: Item<'_>, name: &str) -> Result<Option<RowId>, String> {
    let Some(item) = root.get(name) else { return Ok(None) };
    let number = item.whole().filter(|number| *number > 0);
    number.map(|number| Some(RowId(number))).ok_or_else(|| format!("`{name}` is no number of a row"))
}

fn needed_row(root: Item<'_>) -> Result<RowId, String> {
    row(root, "row")?.ok_or_else(|| "`row` is missing".to_owned())
}

fn index(root: Item<'_>) -> Result<Option<usize>, String> {
    let Some(item) = root.get("to") else { return Ok(None) };
    let index = item.whole().and_then(|index| usize::try_from(index).ok());
    index.map(Some).ok_or_else(|| "`to` is no place among rows".to_owned())
}

fn node(plan: &Plan, root: Item<'_>, row_name: &str) -> Result<Node, String> {
    let path = root.text_of("question").ok_or("`question` is missing")?;
    let question = plan.find_question(path).ok_or("the questionnaire has no such question")?;
    Ok(Node::new(question, row(root, row_name)?.unwrap_or(RowId::FORM)))
}

fn value(plan: &Plan, id: QuestionId, root: Item<'_>) -> Result<Option<Value>, String> {
    let Some(item) = root.get("value").filter(|item| !matches!(item.view(), View::Null)) else {
        return Ok(None);
    };
    if let Some(text) = item.text_of("number") {
        return text
            .parse()
            .map(|number| Some(Value::Number(number)))
            .map_err(|_| "`number` is no number".to_owned());
    }
    value_from_json(plan.question(id), &item.to_value())
        .map(Some)
        .map_err(|_| "the answer is not of the type that the question takes".to_owned())
}

fn absence(root: Item<'_>) -> Result<Option<Absence>, String> {
    let Some(item) = root.get("absent").filter(|item| !matches!(item.view(), View::Null)) else {
        return Ok(None);
    };
    let absence = item.text().and_then(|code| code.parse().ok());
    absence.map(Some).ok_or_else(|| "`absent` is no absence code".to_owned())
}

fn informant(root: Item<'_>) -> Result<Informant, String> {
    let Some(item) = root.get("informant") else { return Ok(Informant::Own) };
    item.text().and_then(|code| code.parse().ok()).ok_or_else(|| "`informant` is no informant".to_owned())
}

/// What others said, if that is stated.
fn accounts(plan: &Plan, id: QuestionId, root: Item<'_>) -> Result<Option<Accounts>, String> {
    let Some(item) = root.get("accounts") else { return Ok(None) };
    let mut accounts = Accounts::new();
    for (who, said) in item.entries() {
        let who = who.parse().map_err(|()| "`accounts` names no informant".to_owned())?;
        let account = match (value(plan, id, said)?, absence(said)?) {
            (Some(value), None) => Account::Answer(value),
            (None, Some(absence)) => Account::Absent(absence),
            _ => return Err("what somebody said is an answer, or why there is none".to_owned()),
        };
        accounts.insert(who, account);
    }
    Ok(Some(accounts))
}

pub(super) fn language(plan: &Plan, root: Item<'_>) -> Result<LanguageId, String> {
    let tag = root.text_of("language").ok_or("`language` is missing")?;
    plan.language(tag).ok_or_else(|| "the questionnaire does not have this language".to_owned())
}

fn said(root: Item<'_>) -> Result<Item<'_>, String> {
    root.get("said").filter(|item| item.is_object()).ok_or_else(|| "`said` is missing".to_owned())
}

fn contents(
    plan: &Plan,
    parent: Option<QuestionId>,
    item: Item<'_>,
    depth: usize,
) -> Result<Contents, String> {
    if depth > DEEPEST {
        return Err("rows stand in rows more deeply than repeats do".to_owned());
    }
    let mut contents = Contents::default();
    for (name, item) in item.entries() {
        let id = plan.question_named(parent, name).ok_or("the questionnaire has no such question")?;
        let mut said = Said {
            value: value(plan, id, item)?,
            absence: absence(item)?,
            informant: informant(item)?,
            accounts: accounts(plan, id, item)?.unwrap_or_default(),
            rows: Vec::new(),
        };
        for entry in item.get("rows").into_iter().flat_map(Item::items) {
            said.rows
                .push((needed_row(entry)?, self::contents(plan, Some(id), self::said(entry)?, depth + 1)?));
        }
        contents.0.insert(id, said);
    }
    Ok(contents)
}
