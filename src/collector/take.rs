//! Taking items in.

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};
use serde_json::Value;

use super::item::{self, Item, Profile};
use super::{Bearer, CollectError, Collector, audit};
use crate::diagnostic::{Code, codes};
use crate::outbox::{Kind, Withdrawal};
use crate::session::Finding;

/// What became of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is kept now.
    Accepted,
    /// It was there already.
    Duplicate,
    /// It is not taken; why, with pointers into the item.
    Refused(Vec<Finding>),
}

impl Outcome {
    /// The word for it on the wire and in the audit log.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Duplicate => "duplicate",
            Self::Refused(_) => "refused",
        }
    }
}

/// An item and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The id that it states, if it is one.
    pub profile_id: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// What became of it.
    pub outcome: Outcome,
}

type Judged = Result<Item, Vec<Finding>>;

impl Collector {
    /// Takes the items of a request, each by itself: one that is refused keeps no other from being taken. When this
    /// returns, what was accepted is on the disk.
    ///
    /// # Errors
    /// If the database cannot be written: then nothing of the request was taken.
    pub fn take(&self, bearer: &Bearer, texts: &[&str], now: &str) -> Result<Vec<Received>, CollectError> {
        let keys = self.keys()?;
        // The work of verifying is done before the database is locked.
        let judged: Vec<(Option<String>, Kind, Judged)> = texts
            .iter()
            .map(|text| match item::value(text, self.limits) {
                Ok(value) => {
                    let kind = if value.get("withdrawal_version").is_some() {
                        Kind::Withdrawal
                    } else {
                        Kind::Profile
                    };
                    let id = item::stated_id(&value).map(str::to_owned);
                    (id, kind, item::read(&value, bearer, &self.verifier, &keys))
                }
                Err(findings) => (None, Kind::Profile, Err(findings)),
            })
            .collect();
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut received = Vec::with_capacity(judged.len());
        for (profile_id, kind, item) in judged {
            let outcome = match item {
                Ok(Item::Profile(profile)) => keep(&transaction, bearer, &profile, now)?,
                Ok(Item::Withdrawal(withdrawal)) => withdraw(&transaction, bearer, &withdrawal, now)?,
                Err(findings) => Outcome::Refused(findings),
            };
            let code = match &outcome {
                Outcome::Refused(findings) => findings.first().map(|finding| finding.code.as_str()),
                Outcome::Accepted | Outcome::Duplicate => None,
            };
            audit::note(
                &transaction,
                now,
                Some(&bearer.station),
                kind.word(),
                profile_id.as_deref(),
                outcome.word(),
                code,
            )?;
            received.push(Received { profile_id, kind, outcome });
        }
        transaction.commit()?;
        Ok(received)
    }
}

fn refused(code: Code, pointer: &str, message: &str) -> Outcome {
    Outcome::Refused(vec![Finding::new(code, pointer, message)])
}

fn is_withdrawn(transaction: &Transaction<'_>, id: &str) -> Result<bool, CollectError> {
    Ok(transaction.query_row(
        "SELECT EXISTS (SELECT 1 FROM withdrawals WHERE profile_id = ?)",
        [id],
        |row| row.get(0),
    )?)
}

/// The station and the fingerprint of a profile that is there.
fn known(transaction: &Transaction<'_>, id: &str) -> Result<Option<(String, String)>, CollectError> {
    let found =
        transaction.query_row("SELECT station, digest FROM profiles WHERE profile_id = ?", [id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        });
    Ok(found.optional()?)
}

fn keep(
    transaction: &Transaction<'_>,
    bearer: &Bearer,
    profile: &Profile,
    now: &str,
) -> Result<Outcome, CollectError> {
    if is_withdrawn(transaction, &profile.id)? {
        return Ok(refused(codes::COLLECT_WITHDRAWN, "/profile_id", "the profile was withdrawn"));
    }
    if let Some((station, digest)) = known(transaction, &profile.id)? {
        // Whose the other one is, and what is in it, is not told.
        let same = station == bearer.station && digest == profile.digest;
        let message = "another profile was received under this id";
        return Ok(if same {
            Outcome::Duplicate
        } else {
            refused(codes::COLLECT_CONFLICT, "/profile_id", message)
        });
    }
    if let Some(amended) = &profile.supersedes
        && let Some(refusal) = not_amendable(transaction, bearer, &profile.id, amended)?
    {
        return Ok(refusal);
    }
    transaction.execute(
        "INSERT INTO profiles
             (profile_id, digest, station, supersedes, questionnaire, kind, assessed_on, received_at, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            profile.id,
            profile.digest,
            bearer.station,
            profile.supersedes,
            profile.questionnaire,
            profile.kind,
            profile.assessed_on,
            now,
            profile.body
        ],
    )?;
    if let Some(portable) = &profile.portable {
        transaction.execute(
            "INSERT INTO portable (sequence, verified_by, redacted, purpose, recipient, withheld)
             VALUES (last_insert_rowid(), ?, ?, ?, ?, ?)",
            params![
                portable.verified_by.word(),
                portable.redacted,
                portable.purpose,
                portable.recipient,
                portable.withheld
            ],
        )?;
    }
    Ok(Outcome::Accepted)
}

/// Why a profile cannot amend another one. What is amended need not be there yet: it may be on another way.
fn not_amendable(
    transaction: &Transaction<'_>,
    bearer: &Bearer,
    id: &str,
    amended: &str,
) -> Result<Option<Outcome>, CollectError> {
    let at = "/supersedes";
    if is_withdrawn(transaction, amended)? {
        return Ok(Some(refused(codes::COLLECT_WITHDRAWN, at, "the profile that it amends was withdrawn")));
    }
    if known(transaction, amended)?.is_some_and(|(station, _)| station != bearer.station) {
        return Ok(Some(refused(
            codes::COLLECT_STATION,
            at,
            "the profile that it amends is of another station",
        )));
    }
    let forked: bool = transaction.query_row(
        "SELECT EXISTS (SELECT 1 FROM profiles WHERE supersedes = ?)",
        [amended],
        |row| row.get(0),
    )?;
    if forked {
        let message = "another profile amends the same one: this one was made without having seen it";
        return Ok(Some(refused(codes::COLLECT_SUPERSEDED, at, message)));
    }
    let ring: bool = transaction.query_row(
        "WITH RECURSIVE before (id) AS (
             SELECT ?1
             UNION
             SELECT supersedes FROM profiles JOIN before ON profile_id = id WHERE supersedes IS NOT NULL
         )
         SELECT EXISTS (SELECT 1 FROM before WHERE id = ?2)",
        params![amended, id],
        |row| row.get(0),
    )?;
    Ok(ring.then(|| refused(codes::COLLECT_SHAPE, at, "a profile amends what amends it in turn")))
}

/// Withdraws a profile with all that it amends and all that amends it: they are about one assessment of one person. The
/// answers are erased; that it was withdrawn stays, so that a late copy is not taken again.
fn withdraw(
    transaction: &Transaction<'_>,
    bearer: &Bearer,
    withdrawal: &Withdrawal,
    now: &str,
) -> Result<Outcome, CollectError> {
    let id = &withdrawal.profile_id;
    let withdrawn_by: Option<String> = transaction
        .query_row("SELECT station FROM withdrawals WHERE profile_id = ?", [id], |row| row.get(0))
        .optional()?;
    let owner = match (&withdrawn_by, known(transaction, id)?) {
        (Some(station), _) => Some(station.clone()),
        (None, Some((station, _))) => Some(station),
        (None, None) => None,
    };
    if owner.is_some_and(|owner| owner != bearer.station) {
        let message = "the profile is of another station";
        return Ok(refused(codes::COLLECT_STATION, "/profile_id", message));
    }
    if withdrawn_by.is_some() {
        return Ok(Outcome::Duplicate);
    }
    for id in chain(transaction, id)? {
        transaction.execute(
            "INSERT OR IGNORE INTO withdrawals (profile_id, station, reason, withdrawn_at, received_at)
             VALUES (?, ?, ?, ?, ?)",
            params![id, bearer.station, withdrawal.reason.0.word(), withdrawal.withdrawn_at, now],
        )?;
        transaction.execute("UPDATE profiles SET body = NULL, digest = '' WHERE profile_id = ?", [id])?;
    }
    Ok(Outcome::Accepted)
}

/// A profile, all that it amends and all that amends it.
fn chain(transaction: &Transaction<'_>, id: &str) -> Result<Vec<String>, CollectError> {
    let mut statement = transaction.prepare(
        "WITH RECURSIVE chain (id) AS (
             SELECT ?
             UNION
             SELECT CASE id WHEN profile_id THEN supersedes ELSE profile_id END
             FROM chain JOIN profiles ON supersedes IS NOT NULL AND (profile_id = id OR supersedes = id)
         )
         SELECT id FROM chain",
    )?;
    let ids = statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids)
}

/// An item as it is answered.
impl Received {
    /// As JSON: the id, the status and, if it is refused, the first reason and how many further ones there are.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut members = serde_json::Map::new();
        members.insert("profile_id".into(), self.profile_id.clone().into());
        members.insert("kind".into(), self.kind.word().into());
        members.insert("status".into(), self.outcome.word().into());
        if let Outcome::Refused(findings) = &self.outcome {
            let mut errors = findings.iter().map(error_of);
            members.insert("error".into(), errors.next().unwrap_or_default());
            let further: Vec<Value> = errors.collect();
            if !further.is_empty() {
                members.insert("further".into(), further.into());
            }
        }
        Value::Object(members)
    }
}

/// A finding as it is answered.
pub(super) fn error_of(finding: &Finding) -> Value {
    serde_json::json!({
        "code": finding.code.as_str(),
        "pointer": finding.pointer,
        "message": finding.message,
        "help": crate::diagnostic::remedy(finding.code),
    })
}
