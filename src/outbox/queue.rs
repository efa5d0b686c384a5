use std::collections::BTreeMap;

use super::backoff;
use super::{Item, Key, Kind, State, Trouble, Verdict};
use crate::json;
use crate::value::Word;

/// How long, in seconds, one program waits for what comes of another one's try.
const PATIENCE: i64 = 60;

/// A change that must be kept before anything follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The item is there now, with its body, or stands otherwise than before.
    Put(Box<Item>),
    /// The item is gone.
    Remove(Key),
}

/// What came of adding an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It waits to be sent.
    Queued,
    /// It was there already: the same profile to the same destination.
    Already,
    /// The profile under this id has another content than the one that is there: an amendment has an id of its own.
    Conflict,
    /// A withdrawal of what had not left yet: nothing has to be told.
    NeverLeft,
}

/// Items on their way, and what to do next. It has no clock and no disk: every change comes back as a [`Change`].
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    items: BTreeMap<Key, Item>,
    order: u64,
}

impl Outbox {
    /// The outbox as it was kept. What was being sent when the program ended is sent again: the destination tells by
    /// the id whether it has it.
    #[must_use]
    pub fn load(items: impl IntoIterator<Item = Item>) -> Self {
        let mut outbox = Self::default();
        for mut item in items {
            if item.state == State::Sending {
                item.state = State::Waiting;
            }
            outbox.order = outbox.order.max(item.order + 1);
            outbox.items.insert(item.key.clone(), item);
        }
        outbox
    }

    /// Takes over what another program has made of an item, as the disk tells that both share: that it has arrived, or has
    /// been tried once more. What is known here would else be written over it, and an item that has left would look as if it
    /// never had, so that nobody told the destination when it is taken back.
    pub fn learn(&mut self, kept: Item, now: i64) {
        let Some(item) = self.items.get_mut(&kept.key) else { return };
        let arrived = |item: &Item| matches!(item.state, State::Sent { .. });
        if arrived(item) || !(arrived(&kept) || kept.attempts > item.attempts) {
            return;
        }
        let order = item.order;
        *item = Item { order, ..kept };
        if item.state == State::Sending {
            // What comes of it is still to be told, and is not, if the other program has ended.
            item.state = State::Waiting;
            item.not_before = item.not_before.max(now.saturating_add(PATIENCE));
        }
    }

    /// Adds a profile in a destination's format.
    pub fn add(
        &mut self,
        key: Key,
        supersedes: Option<String>,
        content_type: &str,
        body: Vec<u8>,
        now: i64,
    ) -> (Added, Vec<Change>) {
        let digest = json::sha256_of(&body);
        if let Some(known) = self.items.get(&key) {
            let same = known.digest == digest || key.kind.0 == Kind::Withdrawal;
            return (if same { Added::Already } else { Added::Conflict }, Vec::new());
        }
        let mut changes = Vec::new();
        let sibling = |kind| Key { kind: Word(kind), ..key.clone() };
        if key.kind.0 == Kind::Withdrawal
            && let Some(profile) = self.items.get(&sibling(Kind::Profile)).filter(|profile| profile.is_open())
        {
            // What is taken back does not leave again, though nobody knows whether it has arrived.
            let (gone, never_left) = (profile.key.clone(), profile.never_left());
            self.items.remove(&gone);
            changes.push(Change::Remove(gone));
            if never_left {
                return (Added::NeverLeft, changes);
            }
        }
        let item = Item {
            key: key.clone(),
            supersedes,
            content_type: content_type.to_owned(),
            body,
            digest,
            order: self.order,
            added_at: now,
            state: State::Waiting,
            attempts: 0,
            perhaps: 0,
            not_before: now,
            trouble: None,
            status: None,
        };
        self.order += 1;
        self.items.insert(key, item.clone());
        changes.push(Change::Put(Box::new(item)));
        (Added::Queued, changes)
    }

    /// Every item, in the order in which they were added.
    #[must_use]
    pub fn items(&self) -> Vec<&Item> {
        let mut items: Vec<&Item> = self.items.values().collect();
        items.sort_by_key(|item| item.order);
        items
    }

    /// An item.
    #[must_use]
    pub fn item(&self, key: &Key) -> Option<&Item> {
        self.items.get(key)
    }

    /// The item to send now: of those that are due, the one that was added first.
    #[must_use]
    pub fn due(&self, now: i64) -> Option<Key> {
        // Further off than anything waits, the clock was ahead when it was put in.
        let is_due =
            |item: &&Item| item.not_before <= now || item.not_before > now.saturating_add(backoff::LONGEST);
        let due = self.items.values().filter(|item| item.state == State::Waiting).filter(is_due);
        due.filter(|item| !self.waits_for_another(item))
            .min_by_key(|item| item.order)
            .map(|item| item.key.clone())
    }

    /// When the next item is due, in seconds since 1970; none if nothing waits.
    #[must_use]
    pub fn next_at(&self) -> Option<i64> {
        let open = self.items.values().filter(|item| item.state == State::Waiting);
        open.filter(|item| !self.waits_for_another(item)).map(|item| item.not_before).min()
    }

    /// An amendment goes after what it amends: the other way round the destination could not tell which holds.
    fn waits_for_another(&self, item: &Item) -> bool {
        let before = |profile_id: &str| {
            let key = Key {
                destination: item.key.destination.clone(),
                profile_id: profile_id.to_owned(),
                kind: Word(Kind::Profile),
            };
            // A ring of amendments would wait for ever: what was added later is never waited for.
            self.items.get(&key).is_some_and(|earlier| earlier.is_open() && earlier.order < item.order)
        };
        item.supersedes.as_deref().is_some_and(before)
    }

    /// An item is being handed to the network.
    pub fn begun(&mut self, key: &Key) -> Vec<Change> {
        self.change(key, |item| {
            item.state = State::Sending;
            item.attempts = item.attempts.saturating_add(1);
            item.perhaps = item.perhaps.saturating_add(1);
        })
    }

    /// The destination, or something in its place, has answered.
    pub fn answered(
        &mut self,
        key: &Key,
        verdict: Verdict,
        status: u16,
        retry_after: Option<i64>,
        now: i64,
    ) -> Vec<Change> {
        self.change_open(key, |item| {
            item.status = Some(status);
            item.trouble = None;
            match verdict {
                Verdict::Arrived => {
                    item.state = State::Sent { at: now };
                    // It has arrived: what was answered need not lie here any longer.
                    item.body = Vec::new();
                }
                Verdict::Refused { code, reason } => item.state = State::Refused { code, reason },
                Verdict::Later(trouble) => later(item, trouble, retry_after, now),
            }
        })
    }

    /// Nothing has answered, or nothing could be sent.
    pub fn postponed(&mut self, key: &Key, trouble: Trouble, now: i64) -> Vec<Change> {
        self.change_open(key, |item| {
            // What was not begun counts as a try all the same, so that the next comes later.
            if item.state == State::Waiting {
                item.attempts = item.attempts.saturating_add(1);
            } else if trouble == Trouble::Offline || trouble.is_held() {
                item.perhaps = item.perhaps.saturating_sub(1);
            }
            item.status = None;
            later(item, trouble, None, now);
        })
    }

    /// A person asks for another try now, also of what was refused.
    pub fn retry(&mut self, key: &Key, now: i64) -> Vec<Change> {
        self.change(key, |item| {
            if !matches!(item.state, State::Sent { .. }) {
                item.state = State::Waiting;
                item.not_before = now;
            }
        })
    }

    /// A person takes an item out, whatever its state.
    pub fn remove(&mut self, key: &Key) -> Vec<Change> {
        self.items.remove(key).map(|item| Change::Remove(item.key)).into_iter().collect()
    }

    /// Takes out what arrived before a time.
    pub fn forget_sent(&mut self, before: i64) -> Vec<Change> {
        let old: Vec<Key> = self
            .items
            .values()
            .filter(|item| matches!(item.state, State::Sent { at } if at < before))
            .map(|item| item.key.clone())
            .collect();
        old.iter().flat_map(|key| self.remove(key)).collect()
    }

    /// The same, unless it has arrived: another try that ends later tells nothing new.
    fn change_open(&mut self, key: &Key, change: impl FnOnce(&mut Item)) -> Vec<Change> {
        if self.items.get(key).is_some_and(|item| matches!(item.state, State::Sent { .. })) {
            return Vec::new();
        }
        self.change(key, change)
    }

    fn change(&mut self, key: &Key, change: impl FnOnce(&mut Item)) -> Vec<Change> {
        let Some(item) = self.items.get_mut(key) else { return Vec::new() };
        change(item);
        vec![Change::Put(Box::new(item.clone()))]
    }
}

fn later(item: &mut Item, trouble: Trouble, asked: Option<i64>, now: i64) {
    item.state = State::Waiting;
    item.trouble = Some(Word(trouble));
    item.not_before = now.saturating_add(backoff::wait(&item.key, item.attempts, asked));
}
