//! What is done to an interview, and whom it is told.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Announcement, Attachment, Outcome, Store, Topic, Unreadable, section_of};
use crate::plan::LanguageId;
use crate::session::{ChangeSet, Command, Node, Refusal, Target, What};
use crate::value::Value;

impl Store {
    /// Does something to the interview, and tells whoever waits for what changed.
    pub(crate) fn dispatch(&self, command: Command) {
        let node = node_of(&command);
        let answered = self.answers(&command);
        let at_stake = self.at_stake(&command, answered);
        let removed = match &command {
            Command::RemoveRow { row } => Some(*row),
            _ => None,
        };
        let applied = if self.only_reads() { None } else { self.apply(command).ok() };
        let Some(changes) = applied else {
            // The session refuses what is not asked or not to be changed, and nothing is changed that another tab
            // writes; the control must show again what holds.
            if let Some(node) = node {
                self.0.topics.notify(Topic::Node(node));
            }
            return;
        };
        let forgotten = answered.is_some_and(|node| self.forget_typed(node));
        if let Some(row) = removed {
            self.keep_no_typed_of(row);
        }
        self.forget_unnamed(at_stake);
        if changes.is_empty() && !forgotten {
            return;
        }
        self.note_said();
        self.tell(&changes, node, answered);
        if let Some(answered) = answered {
            self.follow_present(answered);
        }
    }

    /// The question that something answers, or says why it has no answer: what is half typed there, and a stop watch that
    /// runs, are then done with. To say who answers does not end them.
    fn answers(&self, command: &Command) -> Option<Node> {
        match command {
            Command::Answer { node, .. } | Command::Absent { node, .. } => Some(*node),
            Command::Put { node, value, absence, .. } => {
                let session = self.session();
                let same = session.value(*node) == value.as_ref() && session.absence(*node) == *absence;
                (!same).then_some(*node)
            }
            _ => None,
        }
    }

    fn apply(&self, command: Command) -> Result<ChangeSet, Refusal> {
        let acted_on = self.acts().nodes(&self.session());
        let told = self.0.journal.borrow_mut().apply(command, self.stamp())?;
        if let Some(entry) = &told.entry {
            self.write_entry(entry);
        }
        if !acted_on.is_empty() {
            self.state(|acts| acts.follow_rows(&acted_on, &self.session()));
        }
        Ok(told.changes)
    }

    /// Answers a question; no value clears it.
    pub(crate) fn answer(&self, node: Node, value: Option<Value>) {
        self.dispatch(Command::Answer { node, value });
    }

    /// Keeps a picture apart, and answers a question with its id. What the answer named before is forgotten, and so is the
    /// picture where the answer is refused.
    pub(crate) fn attach(&self, node: Node, media_type: &'static str, bytes: &[u8]) {
        if self.only_reads() {
            return;
        }
        let id = crate::json::sha256_of(bytes);
        self.attachments().put(&id, Attachment { media_type, bytes: Rc::from(bytes) });
        self.answer(node, Some(Value::text(id.clone())));
        self.forget_unnamed([id].into());
    }

    /// Keeps what was typed though it is no value; the question counts as not answered.
    pub(crate) fn keep_draft(&self, node: Node, boxes: Rc<[String]>, why: Unreadable) {
        if self.only_reads() {
            return self.0.topics.notify(Topic::Node(node));
        }
        let applied = self.apply(Command::Answer { node, value: None });
        self.keep_typed(node, boxes, why);
        self.note_said();
        self.tell(&applied.unwrap_or_default(), Some(node), Some(node));
    }

    /// Shows the questionnaire's texts in a language, or in its first if it lacks that one.
    pub(crate) fn speak(&self, tag: &str) {
        let language = self.session().plan().language(tag).unwrap_or(LanguageId(0));
        // Every text changes: whoever shows one is woken by the page's own change of language.
        let _ = self.apply(Command::Language(language));
    }

    /// Tells whoever waits for what changed, and ends the stop watches that it leaves without a question.
    fn tell(&self, changes: &ChangeSet, also: Option<Node>, answered: Option<Node>) {
        self.end_watches(answered);
        let mut topics: BTreeSet<Topic> = also.map(Topic::Node).into_iter().collect();
        let mut nodes: Vec<Node> = also.into_iter().collect();
        let mut sections = BTreeSet::new();
        let mut came_and_went = (0, 0);
        for (target, what) in changes.iter() {
            match target {
                Target::Node(node) => {
                    topics.insert(Topic::Node(node));
                    nodes.push(node);
                    if what.contains(What::RELEVANCE) {
                        self.note_relevance(node, &mut came_and_went);
                    }
                }
                Target::Section(section) => {
                    sections.insert(section);
                }
                Target::Score(score) => {
                    topics.insert(Topic::Score(score));
                }
                Target::Form => {
                    topics.insert(Topic::Form);
                }
            }
        }
        self.announce(came_and_went, &mut topics);
        self.count(&nodes, sections);
        self.note_progress();
        for topic in topics {
            self.0.topics.notify(topic);
        }
        self.reopen();
        self.watch_alerts(changes, answered);
    }

    /// A profile of other answers, or of other acts, is no longer this interview's.
    fn reopen(&self) {
        if !matches!(*self.0.outcome.borrow(), Outcome::Open) {
            self.state(|acts| {
                acts.name_raised();
                // Whether this very answer is one that was refused cannot be told apart any more: it is seen to again.
                acts.name_refused(&[]);
            });
            self.set_outcome(Outcome::Open);
        }
    }

    fn note_relevance(&self, node: Node, (shown, hidden): &mut (u32, u32)) {
        let session = self.session();
        if self.0.section.get() == Some(section_of(session.plan(), node)) {
            if session.relevant(node) {
                *shown += 1;
            } else {
                *hidden += 1;
            }
        }
    }

    fn announce(&self, (shown, hidden): (u32, u32), topics: &mut BTreeSet<Topic>) {
        if (shown, hidden) != (0, 0) {
            let number = self.announcement().number.wrapping_add(1);
            self.0.announcement.set(Announcement { number, shown, hidden });
            topics.insert(Topic::Announcement);
        }
    }
}

fn node_of(command: &Command) -> Option<Node> {
    match command {
        Command::Answer { node, .. } | Command::Absent { node, .. } | Command::Inform { node, .. } => {
            Some(*node)
        }
        Command::Put { node, .. } => Some(*node),
        Command::AddRow { repeat, .. } => Some(*repeat),
        Command::RestoreRow(row) => Some(row.repeat),
        Command::RemoveRow { .. } | Command::MoveRow { .. } | Command::Language(_) => None,
    }
}
