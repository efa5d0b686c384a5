//! A session as its commands: each carried out is an [`Entry`], and the entries carried out again give the same state.
//!
//! A host writes the [header](Journal::header) and then every entry, in order, each by itself: nothing that was
//! written is ever changed, so that a fall of the battery costs the last entry at most. To take something back is to do
//! something: undoing writes the command that restores what was, so an entry can be read without those before a
//! snapshot. [`Journal::replay`] takes what it can read of a damaged journal and says what it had to leave out.

mod entry;
mod read;
mod replay;

use std::sync::Arc;

pub use entry::{Act, Entry, Snapshot, Stamp};
use serde_json::{Value as Json, json};

use super::apply::Applied;
use super::{ChangeSet, Command, Node, Refusal, Session, World};
use crate::expression::RowId;
use crate::plan::{AnswerKind, Plan};

/// The version of the wire format.
pub const JOURNAL_VERSION: u32 = 1;

/// After so many entries a snapshot is worth its room: carrying them out again takes a few milliseconds.
const SNAPSHOT_AFTER: u64 = 500;

/// How many steps can be taken back. Each holds what it replaced.
const MOST_STEPS: usize = 1_000;

/// A live interview that keeps account of what was done.
#[derive(Clone, Debug)]
pub struct Journal {
    session: Session,
    /// The world as it was when the interview began.
    began: World,
    next: u64,
    since_snapshot: u64,
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// Something that can be taken back, or done again.
#[derive(Clone, Debug)]
struct Step {
    /// The entry that did it.
    seq: u64,
    /// The command that takes it back.
    inverse: Command,
    /// The question in which somebody is typing: the keystrokes of one answer are one step.
    typed: Option<Node>,
}

/// What became of a command.
#[derive(Clone, Debug)]
pub struct Told {
    /// What it changed.
    pub changes: ChangeSet,
    /// What to write down; nothing if nothing changed.
    pub entry: Option<Entry>,
}

impl Journal {
    /// A new interview.
    #[must_use]
    pub fn begin(plan: Arc<Plan>, world: World) -> Self {
        Self::of(Session::open(plan, world), world)
    }

    /// An interview that goes on from what was said before the journal. What was said must be written down with a
    /// [`Journal::snapshot`], or a replay does not know of it.
    #[must_use]
    pub fn go_on(session: Session) -> Self {
        let began = session.world;
        Self::of(session, began)
    }

    fn of(session: Session, began: World) -> Self {
        Self { session, began, next: 1, since_snapshot: 0, done: Vec::new(), undone: Vec::new() }
    }

    /// The interview.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// What stands at the head of the journal: which questionnaire, which day, which language.
    #[must_use]
    pub fn header(&self) -> Json {
        let plan = self.session.plan();
        json!({
            "journal_version": JOURNAL_VERSION,
            "questionnaire": { "id": &*plan.id, "version": &*plan.version, "hash": plan.content_hash() },
            "assessed_on": self.began.today.to_string(),
            "now": self.began.now.to_string(),
            "language": entry::language_tag(plan, self.began.language),
        })
    }

    /// Does something. What was taken back before can then not be done again.
    ///
    /// # Errors
    /// Says why it cannot be done; nothing has changed then, and there is nothing to write down.
    pub fn apply(&mut self, command: Command, stamp: Stamp) -> Result<Told, Refusal> {
        let before = self.session.rows.next();
        let typed = self.typed(&command);
        let undoable = !matches!(command, Command::Language(_));
        let Applied { changes, inverse } = self.session.carry_out(command.clone(), false)?;
        let Some(inverse) = inverse else { return Ok(Told { changes, entry: None }) };
        let entry = self.write(Act::Did(command), stamp, before);
        if undoable {
            self.undone.clear();
            self.did(Step { seq: entry.seq, inverse, typed });
        }
        Ok(Told { changes, entry: Some(entry) })
    }

    /// Takes back the last step that was not taken back.
    ///
    /// # Errors
    /// Says why it cannot be taken back.
    pub fn undo(&mut self, stamp: Stamp) -> Result<Told, Refusal> {
        let step = self.done.pop().ok_or(Refusal::NothingToUndo)?;
        self.reverse(step, stamp, |seq, command| Act::Undid { seq, command })
    }

    /// Does again what was taken back last.
    ///
    /// # Errors
    /// Says why it cannot be done again.
    pub fn redo(&mut self, stamp: Stamp) -> Result<Told, Refusal> {
        let step = self.undone.pop().ok_or(Refusal::NothingToRedo)?;
        self.reverse(step, stamp, |seq, command| Act::Redid { seq, command })
    }

    fn reverse(
        &mut self,
        step: Step,
        stamp: Stamp,
        act: impl FnOnce(u64, Command) -> Act,
    ) -> Result<Told, Refusal> {
        let before = self.session.rows.next();
        let act = act(step.seq, step.inverse.clone());
        let Applied { changes, inverse } = self.session.carry_out(step.inverse, true)?;
        let undid = matches!(act, Act::Undid { .. });
        let entry = self.write(act, stamp, before);
        // A step that turned out to change nothing is gone.
        if let Some(inverse) = inverse {
            let step = Step { inverse, typed: None, ..step };
            if undid { self.undone.push(step) } else { self.done.push(step) }
        }
        Ok(Told { changes, entry: Some(entry) })
    }

    /// Whether something can be taken back.
    #[must_use]
    pub const fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether something can be done again.
    #[must_use]
    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Whether nothing was written down yet.
    #[must_use]
    pub const fn is_blank(&self) -> bool {
        self.next == 1
    }

    /// Whether so much was done since the last snapshot that another is worth its room.
    #[must_use]
    pub const fn wants_snapshot(&self) -> bool {
        self.since_snapshot >= SNAPSHOT_AFTER
    }

    /// Everything that was said, to write down: what is replayed begins here. What was done before can then not be
    /// taken back after a replay.
    pub fn snapshot(&mut self, stamp: Stamp) -> Entry {
        let snapshot = Snapshot {
            contents: self.session.contents(RowId::FORM),
            language: self.session.world.language,
            next_row: self.session.rows.next(),
        };
        let before = self.session.rows.next();
        let entry = self.write(Act::Snapshot(snapshot), stamp, before);
        self.since_snapshot = 0;
        entry
    }

    fn write(&mut self, act: Act, stamp: Stamp, rows_before: RowId) -> Entry {
        let made = self.session.rows.next() != rows_before;
        let entry = Entry { seq: self.next, stamp, act, first_row: made.then_some(rows_before) };
        self.next += 1;
        self.since_snapshot += 1;
        entry
    }

    fn did(&mut self, step: Step) {
        match self.done.last_mut() {
            Some(last) if last.typed.is_some() && last.typed == step.typed => last.seq = step.seq,
            _ => self.done.push(step),
        }
        // What was typed and taken out again by hand is nothing to take back.
        let undone = self.done.last().is_some_and(|last| last.typed.is_some() && self.holds(&last.inverse));
        if undone {
            self.done.pop();
        }
        if self.done.len() > MOST_STEPS {
            self.done.remove(0);
        }
    }

    /// Whether what a command would put into a question stands there.
    fn holds(&self, command: &Command) -> bool {
        let Command::Put { node, value, absence, informant, accounts } = command else { return false };
        let cell = self.session.rows.cell(&self.session.plan, *node);
        cell.is_some_and(|cell| {
            let accounts = accounts.as_ref().is_none_or(|accounts| cell.accounts == *accounts);
            accounts && cell.value == *value && cell.absence == *absence && cell.informant == *informant
        })
    }

    /// The question into which a command types.
    fn typed(&self, command: &Command) -> Option<Node> {
        let Command::Answer { node, .. } = command else { return None };
        let question = self.session.plan.questions.get(node.question().index())?;
        matches!(question.kind, AnswerKind::Text(_) | AnswerKind::Number { .. }).then_some(*node)
    }
}
