//! A journal from what was written down, whatever became of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::entry::{Act, Entry, Snapshot};
use super::read::{self, language};
use super::{JOURNAL_VERSION, Journal, Step};
use crate::diagnostic::{Code, Diagnostic, Place, SourceId, Span, codes};
use crate::expression::RowId;
use crate::json::{self, Item};
use crate::plan::{LanguageId, Plan};
use crate::session::{Session, World};
use crate::value::{DateTime, PartialDate};

/// The most entries of a journal that are read: a keystroke a second for two days.
const MOST_ENTRIES: usize = 200_000;

/// From how many snapshots it is tried to start. Whoever damages a journal damages the last of them.
const MOST_SNAPSHOTS: usize = 8;

/// How much may be computed for a journal: some hundred times what the longest interview takes, and a few seconds.
const MOST_EFFORT: u64 = 5_000_000;

impl Journal {
    /// The interview of a journal, from its lines: the header, then the entries.
    ///
    /// What cannot be read or carried out is left out and told; the rest is kept. There is no journal only if not even
    /// the day of the assessment can be known, or if it was made with another questionnaire. No message holds an
    /// answer.
    #[must_use]
    pub fn replay<'t>(
        plan: &Arc<Plan>,
        lines: impl IntoIterator<Item = &'t str>,
        source: SourceId,
    ) -> (Option<Self>, Vec<Diagnostic>) {
        let mut reader = Reader { plan, source, faults: Vec::new(), unlisted: 0 };
        let journal = reader.journal(lines);
        if reader.unlisted > 0 {
            let message = format!("{} more entries are faulty", reader.unlisted);
            reader.faults.push(Diagnostic::error(codes::JOURNAL_ENTRY, message));
        }
        (journal, reader.faults)
    }
}

/// A line of a journal: its number, and where in the whole text it begins.
#[derive(Clone, Copy)]
struct Line {
    number: usize,
    start: usize,
    length: usize,
}

struct Reader<'a> {
    plan: &'a Arc<Plan>,
    source: SourceId,
    faults: Vec<Diagnostic>,
    /// Faults that were found after there were enough.
    unlisted: usize,
}

impl Reader<'_> {
    fn fault(&mut self, severe: bool, code: Code, message: String, line: Option<Line>) {
        if self.faults.len() >= json::MAX_FAULTS {
            self.unlisted += 1;
            return;
        }
        let mut diagnostic =
            if severe { Diagnostic::error(code, message) } else { Diagnostic::warning(code, message) };
        if let Some(line) = line {
            let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
            let span = Span::new(at(line.start), at(line.start.saturating_add(line.length)));
            diagnostic = diagnostic.at(Place { source: self.source, span, pointer: String::new() });
        }
        self.faults.push(diagnostic);
    }

    fn journal<'t>(&mut self, lines: impl IntoIterator<Item = &'t str>) -> Option<Journal> {
        let (mut head, mut start, mut count) = (None, 0_usize, 0_usize);
        let mut entries: BTreeMap<u64, (Entry, Line)> = BTreeMap::new();
        let mut highest = 0;
        for (index, text) in lines.into_iter().enumerate() {
            let line = Line { number: index + 1, start, length: text.len() };
            start = start.saturating_add(text.len() + 1);
            if start > json::MAX_BYTES || count >= MOST_ENTRIES {
                let message = "the journal is longer than is read: what follows is left out".to_owned();
                self.fault(true, codes::JOURNAL_LIMIT, message, Some(line));
                break;
            }
            if text.trim().is_empty() {
                continue;
            }
            count += 1;
            let (document, faults) = json::read(text, self.source);
            let root = Item::root(&document).filter(|root| root.is_object());
            if let Some(root) = root
                && head.is_none()
                && root.get("journal_version").is_some()
            {
                head = Some(self.head(root, line)?);
                continue;
            }
            let seq = root.and_then(read::seq_alone);
            highest = highest.max(seq.unwrap_or(0));
            let read = match root {
                Some(root) if faults.is_empty() => read::entry(self.plan, root),
                _ => Err("it is not JSON".to_owned()),
            };
            match read {
                Ok(entry) => {
                    if let Some((first, _)) = entries.get(&entry.seq) {
                        if *first != entry {
                            let message = format!(
                                "line {}: there is another entry {}; the first is kept",
                                line.number, entry.seq
                            );
                            self.fault(true, codes::JOURNAL_SEQUENCE, message, Some(line));
                        }
                    } else {
                        entries.insert(entry.seq, (entry, line));
                    }
                }
                Err(why) => {
                    let message = format!("line {}: this entry is left out: {why}", line.number);
                    self.fault(true, codes::JOURNAL_ENTRY, message, Some(line));
                }
            }
        }
        let world = match head {
            Some(world) => world,
            None => self.guessed(entries.values().next().map(|(entry, _)| entry.stamp.at))?,
        };
        let mut journal = self.carried_out(world, entries);
        // A number that stands on a line that cannot be read is used too.
        journal.next = journal.next.max(highest + 1).max(u64::try_from(count).unwrap_or(u64::MAX));
        Some(journal)
    }

    fn head(&mut self, root: Item<'_>, line: Line) -> Option<World> {
        if root.get("journal_version").and_then(Item::whole) != Some(JOURNAL_VERSION) {
            let message = format!("this engine reads journals of version {JOURNAL_VERSION}");
            self.fault(true, codes::JOURNAL_SHAPE, message, Some(line));
            return None;
        }
        let questionnaire = root.get("questionnaire");
        let of = |name: &str| questionnaire.and_then(|reference| reference.text_of(name));
        if of("id") != Some(&*self.plan.id) {
            let message = "the journal was made with another questionnaire".to_owned();
            self.fault(true, codes::JOURNAL_QUESTIONNAIRE, message, Some(line));
            return None;
        }
        if of("version") != Some(&*self.plan.version) || of("hash") != Some(self.plan.content_hash()) {
            let message = "the journal was made with another version of the questionnaire: what fits is kept";
            self.fault(false, codes::JOURNAL_QUESTIONNAIRE, message.to_owned(), Some(line));
        }
        let now = root.text_of("now").and_then(|text| text.parse::<DateTime>().ok());
        let day = root.text_of("assessed_on").and_then(|text| text.parse::<PartialDate>().ok());
        let Some(today) = day.filter(|day| day.day_number().is_some()) else {
            let message = "the header of the journal does not say the day of the assessment".to_owned();
            self.fault(true, codes::JOURNAL_SHAPE, message, Some(line));
            return now.map(|now| World { today: now.date(), now, language: LanguageId::default() });
        };
        let spoken = language(self.plan, root).unwrap_or_else(|why| {
            self.fault(false, codes::JOURNAL_SHAPE, format!("the header of the journal: {why}"), Some(line));
            LanguageId::default()
        });
        let now = now.or_else(|| DateTime::start_of(today)).unwrap_or(DateTime::EPOCH);
        Some(World { today, now, language: spoken })
    }

    /// What the world was like, from the first entry that can be read.
    fn guessed(&mut self, first: Option<DateTime>) -> Option<World> {
        let message = match first {
            Some(_) => {
                "the journal has no header: the day of its first entry is taken for that of the assessment"
            }
            None => "this is no journal: it has no header and no entry that can be read",
        };
        self.fault(true, codes::JOURNAL_SHAPE, message.to_owned(), None);
        first.map(|now| World { today: now.date(), now, language: LanguageId::default() })
    }

    fn carried_out(&mut self, world: World, entries: BTreeMap<u64, (Entry, Line)>) -> Journal {
        let mut start = None;
        let snapshots = entries.iter().rev().filter_map(|(seq, (entry, line))| match &entry.act {
            Act::Snapshot(snapshot) => Some((seq, snapshot, line)),
            _ => None,
        });
        for (seq, snapshot, line) in snapshots.take(MOST_SNAPSHOTS) {
            match restored(self.plan, world, snapshot) {
                Some(session) => {
                    start = Some((*seq, session));
                    break;
                }
                None => {
                    let message = format!(
                        "line {}: this snapshot cannot be used; the entries before it are carried out instead",
                        line.number
                    );
                    self.fault(true, codes::JOURNAL_ENTRY, message, Some(*line));
                }
            }
        }
        let (from, session) = start.unwrap_or_else(|| (0, Session::open(Arc::clone(self.plan), world)));
        let mut journal = Journal::of(session, world);
        journal.next = from + 1;
        let begun = journal.session.effort();
        for (seq, (entry, line)) in entries {
            if seq <= from {
                continue;
            }
            if journal.session.effort() - begun > MOST_EFFORT {
                let message = format!(
                    "line {}: what follows takes too long to carry out again, and is left out",
                    line.number
                );
                self.fault(true, codes::JOURNAL_LIMIT, message, Some(line));
                break;
            }
            if seq > journal.next {
                let missing = format!("entries {} to {} are missing", journal.next, seq - 1);
                self.fault(false, codes::JOURNAL_SEQUENCE, missing, Some(line));
            }
            if let Err(why) = journal.again(entry) {
                let message = format!("line {}: entry {seq} is left out: {why}", line.number);
                self.fault(true, codes::JOURNAL_ENTRY, message, Some(line));
            }
            journal.next = seq + 1;
        }
        journal
    }
}

fn restored(plan: &Arc<Plan>, world: World, snapshot: &Snapshot) -> Option<Session> {
    let world = World { language: snapshot.language, ..world };
    let mut session = Session::blank(Arc::clone(plan), world);
    let complete = session.rows.skip_to(snapshot.next_row)
        && session.fill_contents(plan, RowId::FORM, &snapshot.contents)
        && session.rows.next() == snapshot.next_row;
    if complete {
        session.everything();
    }
    complete.then_some(session)
}

impl Journal {
    /// Carries out an entry that was written down before.
    fn again(&mut self, entry: Entry) -> Result<(), &'static str> {
        if let Some(row) = entry.first_row
            && (row < self.session.rows.next() || !self.session.rows.skip_to(row))
        {
            return Err("the number of its row is given away");
        }
        self.next = entry.seq;
        let stamp = entry.stamp;
        let reason = |refusal: crate::session::Refusal| refusal.reason();
        match entry.act {
            Act::Did(command) => {
                self.apply(command, stamp).map_err(reason)?;
            }
            Act::Undid { seq, command } => {
                self.done
                    .truncate(self.done.iter().rposition(|step| step.seq == seq).unwrap_or(self.done.len()));
                let step = Step { seq, inverse: command, typed: None };
                self.reverse(step, stamp, |seq, command| Act::Undid { seq, command }).map_err(reason)?;
            }
            Act::Redid { seq, command } => {
                let kept = self.undone.iter().rposition(|step| step.seq == seq);
                self.undone.truncate(kept.unwrap_or(self.undone.len()));
                let step = Step { seq, inverse: command, typed: None };
                self.reverse(step, stamp, |seq, command| Act::Redid { seq, command }).map_err(reason)?;
            }
            // One that is not started from says what the entries before it say.
            Act::Snapshot(_) => {}
        }
        Ok(())
    }
}
