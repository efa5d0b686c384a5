//! An entry of a journal, and how it stands in JSON: wire format `journal-1`.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::expression::RowId;
use crate::plan::{LanguageId, Plan, QuestionId};
use crate::session::wire::{decimal, number_to_json, value_to_json};
use crate::session::{Account, Accounts, Command, Contents, Node, Said};
use crate::value::{Absence, DateTime, Informant, Value};

/// When something was done, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The time of the host's clock. It may go backwards; the order is that of [`Entry::seq`].
    pub at: DateTime,
    /// Who did it, as the host names workers.
    pub by: Option<Arc<str>>,
    /// Milliseconds since the host opened the interview, by a clock that nobody can set: beside [`Stamp::at`] it tells
    /// when that clock was wrong, and how long an answer took.
    pub elapsed: Option<u64>,
}

/// One entry of a journal. An entry is never changed; what takes it back is another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number: 1, 2, 3 and so on, never used again.
    pub seq: u64,
    /// When it was done, and by whom.
    pub stamp: Stamp,
    /// What was done.
    pub act: Act,
    /// The number of the first row that it made, whether asked for or counted by an answer: the rows that come after
    /// have to get the numbers that they had, whatever is lost before.
    pub first_row: Option<RowId>,
}

/// What an [`Entry`] tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Somebody did something.
    Did(Command),
    /// Somebody took an entry back.
    Undid {
        /// Which entry.
        seq: u64,
        /// The command that did it.
        command: Command,
    },
    /// Somebody did again what was taken back.
    Redid {
        /// Which entry.
        seq: u64,
        /// The command that did it.
        command: Command,
    },
    /// Everything that was said up to here.
    Snapshot(Snapshot),
}

/// Everything that was said: with it, the entries before need not be carried out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// What was said.
    pub contents: Contents,
    /// The language of texts.
    pub language: LanguageId,
    /// The number that the next new row gets.
    pub next_row: RowId,
}

impl Entry {
    /// The entry on the wire.
    #[must_use]
    pub fn to_value(&self, plan: &Plan) -> Json {
        let mut wire = Map::new();
        wire.insert("seq".to_owned(), self.seq.into());
        wire.insert("at".to_owned(), self.stamp.at.to_string().into());
        if let Some(by) = &self.stamp.by {
            wire.insert("by".to_owned(), (&**by).into());
        }
        if let Some(elapsed) = self.stamp.elapsed {
            wire.insert("elapsed".to_owned(), elapsed.into());
        }
        match &self.act {
            Act::Did(command) => put_command(plan, command, &mut wire),
            Act::Undid { seq, command } => {
                put_command(plan, command, &mut wire);
                wire.insert("undoes".to_owned(), (*seq).into());
            }
            Act::Redid { seq, command } => {
                put_command(plan, command, &mut wire);
                wire.insert("redoes".to_owned(), (*seq).into());
            }
            Act::Snapshot(snapshot) => {
                wire.insert("do".to_owned(), "snapshot".into());
                wire.insert("language".to_owned(), language_tag(plan, snapshot.language));
                wire.insert("next_row".to_owned(), snapshot.next_row.0.into());
                wire.insert("said".to_owned(), contents_to_json(plan, &snapshot.contents));
            }
        }
        if let Some(row) = self.first_row {
            wire.insert("first_row".to_owned(), row.0.into());
        }
        Json::Object(wire)
    }
}

pub(super) fn language_tag(plan: &Plan, language: LanguageId) -> Json {
    plan.languages.get(usize::from(language.0)).map_or(Json::Null, |tag| (&**tag).into())
}

fn put_command(plan: &Plan, command: &Command, wire: &mut Map<String, Json>) {
    let mut put = |name: &str, value: Json| {
        wire.insert(name.to_owned(), value);
    };
    match command {
        Command::Answer { node, value } => {
            put("do", "answer".into());
            put_node(plan, *node, "row", &mut put);
            put("value", value.as_ref().map_or(Json::Null, exact));
        }
        Command::Absent { node, absence } => {
            put("do", "absent".into());
            put_node(plan, *node, "row", &mut put);
            put("absent", absence.map_or(Json::Null, |absence| absence.code().into()));
        }
        Command::Inform { node, informant } => {
            put("do", "inform".into());
            put_node(plan, *node, "row", &mut put);
            put("informant", informant.code().into());
        }
        Command::Put { node, value, absence, informant, accounts } => {
            put("do", "put".into());
            put_node(plan, *node, "row", &mut put);
            put_said(value.as_ref(), *absence, *informant, &mut put);
            if let Some(accounts) = accounts {
                put("accounts", accounts_to_json(accounts));
            }
        }
        Command::AddRow { repeat, at } => {
            put("do", "add_row".into());
            put_node(plan, *repeat, "inside", &mut put);
            if let Some(at) = at {
                put("to", (*at).into());
            }
        }
        Command::RemoveRow { row } => {
            put("do", "remove_row".into());
            put("row", row.0.into());
        }
        Command::RestoreRow(removed) => {
            put("do", "restore_row".into());
            put_node(plan, removed.repeat, "inside", &mut put);
            put("row", removed.row.0.into());
            put("to", removed.at.into());
            put("said", contents_to_json(plan, &removed.contents));
        }
        Command::MoveRow { row, to } => {
            put("do", "move_row".into());
            put("row", row.0.into());
            put("to", (*to).into());
        }
        Command::Language(language) => {
            put("do", "language".into());
            put("language", language_tag(plan, *language));
        }
    }
}

fn put_node(plan: &Plan, node: Node, row: &str, put: &mut impl FnMut(&str, Json)) {
    put("question", plan.path(node.question()).into());
    if node.row != RowId::FORM {
        put(row, node.row.0.into());
    }
}

fn put_said(
    value: Option<&Value>,
    absence: Option<Absence>,
    informant: Informant,
    put: &mut impl FnMut(&str, Json),
) {
    if let Some(value) = value {
        put("value", exact(value));
    }
    if let Some(absence) = absence {
        put("absent", absence.code().into());
    }
    if informant != Informant::Own {
        put("informant", informant.code().into());
    }
}

fn accounts_to_json(accounts: &Accounts) -> Json {
    let account = |(who, account): (&Informant, &Account)| {
        let mut wire = Map::new();
        put_said(account.answer(), account.absence(), Informant::Own, &mut |name, value| {
            wire.insert(name.to_owned(), value);
        });
        (who.code().to_owned(), Json::Object(wire))
    };
    Json::Object(accounts.iter().map(account).collect())
}

/// An answer, to the last digit: a record rounds, a journal does not.
fn exact(value: &Value) -> Json {
    if let Value::Number(number) = value {
        let json = number_to_json(*number);
        let kept = matches!(&json, Json::Number(wire) if decimal(wire) == Some(*number));
        return if kept { json } else { json!({ "number": number.to_string() }) };
    }
    value_to_json(value)
}

fn contents_to_json(plan: &Plan, contents: &Contents) -> Json {
    let said = |(id, said): (&QuestionId, &Said)| {
        let mut wire = Map::new();
        put_said(said.value.as_ref(), said.absence, said.informant, &mut |name, value| {
            wire.insert(name.to_owned(), value);
        });
        if !said.accounts.is_empty() {
            wire.insert("accounts".to_owned(), accounts_to_json(&said.accounts));
        }
        if !said.rows.is_empty() {
            let rows = said
                .rows
                .iter()
                .map(|(row, contents)| json!({ "row": row.0, "said": contents_to_json(plan, contents) }));
            wire.insert("rows".to_owned(), rows.collect());
        }
        (plan.question(*id).name.to_string(), Json::Object(wire))
    };
    Json::Object(contents.0.iter().map(said).collect())
}
