//! An interview that is kept: every entry of its journal goes to the writer, with what people stated beside answering
//! and where the worker is.

use std::rc::Rc;
use std::sync::Arc;

use super::attachments::Kept;
use super::begun::Begun;
use super::{Acts, Handout, Outcome, Store, section_id};
use crate::expression::RowId;
use crate::plan::{SectionId, Urgency};
use crate::profile::wire::AlertStatus;
use crate::profile::{self, Profile};
use crate::session::{Entry, Node, Record, Stamp};
use crate::value::{DateTime, Value};
use crate::vault::{Head, ProfileId, State};
use crate::web::host::clock;
use crate::web::keeping::{self, Saved, Writer};

/// The question that asks for a name, in the questionnaires that do.
const FULL_NAME: &str = "full_name";

/// What of a draft could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Damage {
    /// The numbers of the lines that are gone or do not open, as the audit trail counts them.
    pub(crate) numbers: Rc<[u64]>,
    /// How many lines open and could not be carried out.
    pub(crate) left_out: usize,
}

impl Damage {
    /// How many lines are lost.
    pub(crate) fn count(&self) -> usize {
        self.numbers.len() + self.left_out
    }
}

impl Store {
    /// From now on the interview is written; only once.
    pub(crate) fn keep(&self, writer: Writer) {
        let _ = self.0.kept_attachments.set(Rc::new(Kept(writer.clone())));
        let named = self.0.profile_id.borrow().clone();
        let another = named != writer.head().profile;
        let _ = self.0.writer.set(writer);
        self.note_progress();
        if let Some(named) = named.filter(|_| another) {
            self.set_profile_id(named);
            // What is kept has no id yet, or is not what has left.
            self.note_outcome(&self.outcome());
        }
    }

    /// Writes all that was said before anybody wrote the interview: it is in none of the entries that are written.
    pub(crate) fn write_what_was_said(&self) {
        let Some(writer) = self.writing() else { return };
        if let Some(earlier) = self.earlier() {
            writer.write(keeping::earlier(earlier.profile()));
        }
        // Before the lines that name them.
        for (id, attachment) in self.0.in_memory.take() {
            self.attachments().put(&id, attachment);
        }
        if self.has_said() || !self.0.journal.borrow().is_blank() {
            self.note_place(None);
            self.write_snapshot();
        }
    }

    /// Who writes the interview; nobody where nothing is kept.
    pub(crate) fn writer(&self) -> Option<&Writer> {
        self.0.writer.get()
    }

    /// Whether another tab writes the interview: here it can only be read.
    pub(crate) fn only_reads(&self) -> bool {
        self.writer().is_some_and(|writer| writer.saved() == Saved::ReadOnly)
    }

    /// Who writes the interview, where it is this tab.
    fn writing(&self) -> Option<&Writer> {
        self.writer().filter(|_| !self.only_reads())
    }

    /// Takes over what was stated before the page was closed, and where the worker was.
    pub(crate) fn go_on(
        &self,
        stated: Option<&Record>,
        begun: Option<&serde_json::Value>,
        head: &Head,
        damage: Damage,
    ) {
        {
            let mut all = self.0.acts.borrow_mut();
            if let Some(record) = stated {
                let Record { alerts, overrides, acts, .. } = record.clone();
                *all = Acts { alerts, overrides, stated: acts, begun: Begun::default() };
            }
            all.begun = begun.map(Begun::from_value).unwrap_or_default();
            // A profile that there is stays what it is, until its answers change.
            if head.state == State::Open {
                all.name_raised();
            }
        }
        self.0.damage.replace(damage);
        self.0.ended.set(head.ended.as_deref().and_then(|ended| ended.parse().ok()));
        self.0.ended_in.replace(head.ended_in.clone());
        // The list entry of a draft may be lost; what was stated has the id too, if anything was stated.
        let stated = stated.and_then(|record| record.profile_id.as_deref()?.parse().ok());
        self.0.profile_id.replace(head.profile.clone().or_else(|| stated.map(ProfileId::new)));
        self.0.section.set(Some(section_id(head.section)));
        let question = head.question.as_deref().and_then(|path| self.session().plan().find_question(path));
        let node = question.map(|question| Node::new(question, RowId(head.row)));
        if let Some(node) = node {
            self.focus_next(node);
        }
        if head.state == State::Open {
            self.raise_again(node);
        }
        self.forget_noted();
        self.0.followed.replace(self.person());
        self.restore_typed();
        // What is on the disk is in no file that the worker has: the page itself loses nothing.
        self.saved();
    }

    /// Has what was done about refused safety questions say which they were: records did not always. It is written at
    /// once, for by the next time that the draft is opened more may have been refused.
    pub(crate) fn name_refused(&self) {
        if self.only_reads() {
            return;
        }
        let refused: Vec<String> = {
            let session = self.session();
            profile::unscreened(&session).into_iter().map(|node| session.pointer(node)).collect()
        };
        if self.change_acts(|acts| acts.name_refused(&refused)) {
            self.write_stated();
        }
    }

    /// The first line of the journal.
    pub(crate) fn header(&self) -> String {
        self.0.journal.borrow().header().to_string()
    }

    /// What of the draft could not be read.
    pub(crate) fn damage(&self) -> Damage {
        self.0.damage.borrow().clone()
    }

    /// Who does something now, and when.
    pub(super) fn stamp(&self) -> Stamp {
        let by = self.writer().map(|writer| Arc::from(writer.by()));
        let elapsed = self.writer().map(|_| clock::elapsed_ms());
        Stamp { at: clock::now(), by, elapsed }
    }

    pub(super) fn write_entry(&self, entry: &Entry) {
        let Some(writer) = self.writing() else { return };
        let line = entry.to_value(self.session().plan()).to_string();
        writer.write(line);
        let wants = self.0.journal.borrow().wants_snapshot();
        if wants {
            self.write_snapshot();
        }
    }

    /// Writes down all that was said, so that opening the draft does not carry every entry out again.
    fn write_snapshot(&self) {
        let Some(writer) = self.writing() else { return };
        let entry = self.0.journal.borrow_mut().snapshot(self.stamp());
        writer.write(entry.to_value(self.session().plan()).to_string());
        // What stands before a snapshot may be packed: after it stands all that is needed to go on.
        self.0.said_since.set(0);
        if *self.acts() != Acts::default() || self.handout() != Handout::default() {
            self.write_stated();
        }
    }

    /// Writes what was said beside the answers.
    pub(super) fn write_stated(&self) {
        let Some(writer) = self.writing() else { return };
        writer.write(self.stated(writer));
        self.count_said();
    }

    /// Writes it once nobody types for a moment.
    pub(super) fn write_begun(&self) {
        let Some(writer) = self.writing() else { return };
        if writer.write_soon(self.stated(writer)) {
            self.count_said();
        }
    }

    fn stated(&self, writer: &Writer) -> String {
        let mut record = Record::new(self.session().world().today);
        self.acts().write(&mut record, self.started(), self.0.ended.get().unwrap_or_else(clock::now));
        record.profile_id = self.profile_id().map(|named| named.id);
        let (begun, handout) = (self.acts().begun.to_value(), self.handout().to_value());
        let at = clock::now().to_string();
        keeping::stated(&record, begun.as_ref(), handout.as_ref(), &at, writer.by(), clock::elapsed_ms())
    }

    /// On the page of the profile nobody answers, and no entry asks for a snapshot: without one nothing is packed, and each
    /// line is read by itself when the draft is opened.
    fn count_said(&self) {
        const MOST: u32 = 100;
        self.0.said_since.set(self.0.said_since.get() + 1);
        if self.0.said_since.get() > MOST {
            self.write_snapshot();
        }
    }

    /// Notes where the worker is.
    pub(super) fn note_place(&self, node: Option<Node>) {
        let Some(writer) = self.writing() else { return };
        let section = self.0.section.get().map_or(0, SectionId::index);
        let question = node.map(|node| self.session().plan().path(node.question()).to_string());
        writer.note(|head| {
            head.section = section;
            head.row = node.map_or(0, |node| node.row.0);
            head.question = question;
        });
    }

    /// Notes how far the interview is.
    pub(super) fn note_progress(&self) {
        let Some(writer) = self.writing() else { return };
        let (answered, of) = self.progress().unwrap_or_default();
        let name = self.person();
        let before = match &name {
            Some(name) => self.0.followed.replace(Some(name.clone())),
            None => None,
        };
        writer.note(|head| {
            (head.answered, head.of) = (answered, of);
            // A name that the worker has given stands; one that follows an answer goes on following it.
            if name.is_some() && (head.person.is_none() || head.person == before) {
                head.person = name;
            }
        });
    }

    /// What the person is called, where the questionnaire asks for it.
    fn person(&self) -> Option<String> {
        let session = self.session();
        let question = session.plan().question_named(None, FULL_NAME)?;
        match session.value(Node::form(question))? {
            Value::Text(name) if !name.is_empty() => Some(name.to_string()),
            _ => None,
        }
    }

    /// Notes what came out, or that it no longer holds.
    pub(super) fn note_outcome(&self, outcome: &Outcome) {
        let Some(writer) = self.writing() else { return };
        match outcome {
            Outcome::Finished(finished) => {
                let ended = self.0.ended.get();
                writer.keep_profile(finished.profile_text.clone(), |head| {
                    note_profile(head, &finished.profile, ended);
                    head.unverified = !finished.verified;
                    head.ended_in.clone_from(&self.0.ended_in.borrow());
                });
            }
            Outcome::Open | Outcome::Refused(_) => writer.note(|head| head.state = State::Open),
            Outcome::Checking(_) => {}
        }
    }
}

fn note_profile(head: &mut Head, profile: &Profile, ended: Option<DateTime>) {
    head.state = State::Finished;
    head.ended = ended.map(|ended| ended.to_string());
    head.review.clone_from(&profile.reassessment.next_on);
    let open = profile.alerts.iter().filter(|alert| alert.status.0 == AlertStatus::Open).count();
    head.alerts = u32::try_from(open).unwrap_or(u32::MAX);
    let urgent = |urgency: &&Urgency| profile.needs.iter().any(|need| need.urgency.0 == **urgency);
    head.urgency = Urgency::ALL.iter().find(urgent).map(ToString::to_string);
}
