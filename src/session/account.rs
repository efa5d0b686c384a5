//! What several people said to the same question. One answer counts; what the others said is kept beside it, is never
//! calculated with, and travels with the record.

use std::collections::BTreeMap;

use super::{Command, Node, Session};
use crate::plan::Plan;
use crate::value::{Absence, Informant, Value};

/// What one of several people said to a question: an answer, or why they gave none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Account<V = Value> {
    /// An answer.
    Answer(V),
    /// Why there is none.
    Absent(Absence),
}

/// What others said than the one whose answer counts.
pub type Accounts<V = Value> = BTreeMap<Informant, Account<V>>;

impl Account {
    /// The answer, if it is one.
    #[must_use]
    pub const fn answer(&self) -> Option<&Value> {
        match self {
            Self::Answer(value) => Some(value),
            Self::Absent(_) => None,
        }
    }

    /// Why there is no answer, if that is what was said.
    #[must_use]
    pub const fn absence(&self) -> Option<Absence> {
        match self {
            Self::Answer(_) => None,
            Self::Absent(absence) => Some(*absence),
        }
    }

    fn of(value: Option<Value>, absence: Option<Absence>) -> Option<Self> {
        value.map(Self::Answer).or(absence.map(Self::Absent))
    }
}

impl Session {
    /// What others said to a question than the one whose answer counts.
    #[must_use]
    pub fn accounts(&self, node: Node) -> &Accounts {
        static NONE: Accounts = Accounts::new();
        self.rows.cell(&self.plan, node).map_or(&NONE, |cell| &cell.accounts)
    }

    /// Whether somebody said something else than the answer that counts.
    #[must_use]
    pub fn differs(&self, node: Node) -> bool {
        let said = self.said(node);
        said.is_some_and(|said| self.accounts(node).values().any(|account| *account != said))
    }

    /// What to do so that a question is answered by somebody else too: what was said until now is put aside, under the
    /// name of whoever said it, and the answer that follows is the other's. None where that person has said something
    /// already, or where nothing was said that could be put aside.
    #[must_use]
    pub fn ask_also(&self, node: Node, informant: Informant) -> Option<Command> {
        let mut accounts = self.accounts(node).clone();
        let now = self.informant(node);
        if now == informant || accounts.contains_key(&informant) || accounts.contains_key(&now) {
            return None;
        }
        accounts.insert(now, self.said(node)?);
        Some(Command::Put { node, value: None, absence: None, informant, accounts: Some(accounts) })
    }

    /// What to do so that another's answer counts: what counted until now is put aside.
    #[must_use]
    pub fn let_count(&self, node: Node, informant: Informant) -> Option<Command> {
        let mut accounts = self.accounts(node).clone();
        let account = accounts.remove(&informant)?;
        if let Some(said) = self.said(node) {
            accounts.entry(self.informant(node)).or_insert(said);
        }
        let (value, absence) = (account.answer().cloned(), account.absence());
        Some(Command::Put { node, value, absence, informant, accounts: Some(accounts) })
    }

    /// What to do so that what somebody said beside the answer that counts is no longer kept.
    #[must_use]
    pub fn drop_account(&self, node: Node, informant: Informant) -> Option<Command> {
        let mut accounts = self.accounts(node).clone();
        accounts.remove(&informant)?;
        let cell = self.rows.cell(&self.plan, node)?;
        let (value, absence) = (cell.value.clone(), cell.absence);
        Some(Command::Put { node, value, absence, informant: cell.informant, accounts: Some(accounts) })
    }

    fn said(&self, node: Node) -> Option<Account> {
        let cell = self.rows.cell(&self.plan, node)?;
        Account::of(cell.value.clone(), cell.absence)
    }

    /// Whether all that others said could have been said to this question.
    pub(super) fn accounts_fit(&self, plan: &Plan, node: Node, accounts: &Accounts) -> bool {
        let fits = |account: &Account| {
            let blank = account.answer().is_some_and(Value::is_blank);
            !blank && self.fits(plan, node, account.answer(), account.absence()).is_ok()
        };
        accounts.iter().all(|(informant, account)| *informant != Informant::Computed && fits(account))
    }
}
