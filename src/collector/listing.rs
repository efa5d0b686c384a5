//! What is there: as a list without answers, and as the profiles themselves.

use rusqlite::params;
use serde::Serialize;

use super::{CollectError, Collector};

/// Which profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those that no other one amends.
    Current,
    /// Those too that were amended.
    All,
}

/// By what profiles stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// By whatever.
    #[default]
    Any,
    /// By their record: nothing was left out, and they were assessed again.
    Replay,
    /// By a signature alone: something was left out. They come as the documents in which they were received.
    Signature,
}

impl Standing {
    /// How the database asks for it.
    const fn sql(self) -> &'static str {
        match self {
            Self::Any => "%",
            Self::Replay => "replay%",
            Self::Signature => "signature",
        }
    }
}

/// A profile without what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The place in the order in which they arrived.
    pub sequence: i64,
    /// Its id.
    pub profile_id: String,
    /// Whose token brought it.
    pub station: String,
    /// The id of the questionnaire.
    pub questionnaire: String,
    /// `initial`, `reassessment` or `closure`.
    pub kind: String,
    /// The assessment date.
    pub assessed_on: String,
    /// When it arrived.
    pub received_at: String,
    /// The profile that it amends.
    pub supersedes: Option<String>,
    /// The profile that amends it.
    pub superseded_by: Option<String>,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// By what it stands: `replay`, `signature`, `replay and signature`.
    pub verified_by: String,
    /// Whether something was left out that may not be told.
    pub redacted: bool,
    /// How many items of the questionnaire were withheld.
    pub withheld: i64,
    /// For what it was sent, where that was said.
    pub purpose: Option<String>,
    /// To whom it was sent, where that was said.
    pub recipient: Option<String>,
}

/// A part of the collection, in the order of arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is in it.
    pub entries: Vec<T>,
    /// After which number the next part begins; none if this is the last.
    pub next: Option<i64>,
}

impl Collector {
    /// The profiles after a number, withdrawn ones too.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn list(&self, after: i64, limit: usize) -> Result<Page<Listed>, CollectError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT p.sequence, p.profile_id, p.station, p.questionnaire, p.kind, p.assessed_on, p.received_at,
                    p.supersedes, (SELECT n.profile_id FROM profiles n WHERE n.supersedes = p.profile_id),
                    EXISTS (SELECT 1 FROM withdrawals w WHERE w.profile_id = p.profile_id),
                    coalesce(d.verified_by, 'replay'), coalesce(d.redacted, 0), coalesce(d.withheld, 0),
                    d.purpose, d.recipient
             FROM profiles p LEFT JOIN portable d ON d.sequence = p.sequence WHERE p.sequence > ? ORDER BY p.sequence LIMIT ?",
        )?;
        let rows = statement.query_map(params![after, row_limit(limit)], |row| {
            Ok(Listed {
                sequence: row.get(0)?,
                profile_id: row.get(1)?,
                station: row.get(2)?,
                questionnaire: row.get(3)?,
                kind: row.get(4)?,
                assessed_on: row.get(5)?,
                received_at: row.get(6)?,
                supersedes: row.get(7)?,
                superseded_by: row.get(8)?,
                withdrawn: row.get(9)?,
                verified_by: row.get(10)?,
                redacted: row.get(11)?,
                withheld: row.get(12)?,
                purpose: row.get(13)?,
                recipient: row.get(14)?,
            })
        })?;
        let entries: Vec<Listed> = rows.collect::<Result<_, _>>()?;
        let next = entries.last().filter(|_| entries.len() >= limit).map(|last| last.sequence);
        Ok(Page { entries, next })
    }

    /// The profiles after a number as canonical JSON; withdrawn ones are gone. What stands by a signature alone comes as
    /// the document that is signed.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn profiles(
        &self,
        wanted: Wanted,
        standing: Standing,
        after: i64,
        limit: usize,
    ) -> Result<Page<String>, CollectError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT p.sequence, p.body FROM profiles p LEFT JOIN portable d ON d.sequence = p.sequence
             WHERE p.sequence > ?1 AND p.body IS NOT NULL AND coalesce(d.verified_by, 'replay') LIKE ?4
               AND (?2 OR NOT EXISTS (SELECT 1 FROM profiles n WHERE n.supersedes = p.profile_id))
             ORDER BY p.sequence LIMIT ?3",
        )?;
        let asked = params![after, wanted == Wanted::All, row_limit(limit), standing.sql()];
        let rows = statement.query_map(asked, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let found: Vec<(i64, String)> = rows.collect::<Result<_, _>>()?;
        let next = found.last().filter(|_| found.len() >= limit).map(|(sequence, _)| *sequence);
        Ok(Page { entries: found.into_iter().map(|(_, body)| body).collect(), next })
    }
}

fn row_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
