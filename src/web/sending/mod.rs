//! What leaves the tablet: an outbox that the keeper holds encrypted, and the rounds in which it is sent.
//!
//! Nothing is sent while an interview is filled in: a round lasts as long as the list of cases or the outbox is shown.
//! What a destination gets is made in the worker, which has the exporters; the page hands it on and never looks inside.

mod back;
mod draft;
mod hold;
mod kept;
mod name;
mod places;
mod round;
mod standing;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

pub(crate) use draft::{HeldBack, OTHER_FORM};
use places::Places;
pub(crate) use places::SIGNING_KEY;
pub(crate) use standing::{Standing, by_standing};

use super::host::clock;
use super::host::verifier::Verifier;
use super::keeping::{Bell, Keeping, Ring};
use crate::outbox::{Change, Destination, Item, Key, Kind, Outbox};
use crate::vault::message::{Failure, Listed};
use crate::vault::{self, Id};

/// What is on its way. Clones are the same, and equal.
#[derive(Clone)]
pub(crate) struct Sending(Rc<Inner>);

struct Inner {
    keeping: Keeping,
    verifier: Verifier,
    /// Whether what is kept was read.
    loaded: Cell<bool>,
    /// How often changes were begun to be kept, and how often that has ended.
    keeps: Cell<(u32, u32)>,
    outbox: RefCell<Outbox>,
    /// Of which draft a profile is, by the id under which it leaves.
    of: RefCell<BTreeMap<String, Id>>,
    /// In which other draft the consent stands on which a profile leaves, by its id.
    consent_in: RefCell<BTreeMap<String, Id>>,
    places: RefCell<Rc<Places>>,
    secrets: RefCell<BTreeMap<String, String>>,
    /// Why drafts were not put in for a destination.
    held_back: RefCell<BTreeMap<Id, Vec<HeldBack>>>,
    /// Why the outbox cannot be kept.
    failure: RefCell<Option<Failure>>,
    /// The number of the round that goes on.
    turn: Cell<u32>,
    /// Whether something has changed for which a round that waits should look again.
    poked: Cell<bool>,
    bell: Bell,
}

impl PartialEq for Sending {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Sending {
    /// Nothing is on its way yet, as far as is known.
    pub(crate) fn new(keeping: Keeping, verifier: Verifier) -> Self {
        Self(Rc::new(Inner {
            keeping,
            verifier,
            loaded: Cell::default(),
            keeps: Cell::default(),
            outbox: RefCell::default(),
            of: RefCell::default(),
            consent_in: RefCell::default(),
            places: RefCell::default(),
            secrets: RefCell::default(),
            held_back: RefCell::default(),
            failure: RefCell::default(),
            turn: Cell::default(),
            poked: Cell::default(),
            bell: Bell::default(),
        }))
    }

    /// Calls back after every change, until the ring is dropped.
    pub(crate) fn ring(&self, callback: Rc<dyn Fn()>) -> Ring {
        self.0.bell.ring(callback)
    }

    /// Whether what is kept was read.
    pub(crate) fn is_loaded(&self) -> bool {
        self.0.loaded.get()
    }

    /// What is in the outbox, the newest first.
    pub(crate) fn items(&self) -> Vec<Item> {
        self.0.outbox.borrow().items().into_iter().rev().cloned().collect()
    }

    /// How many things are still to be delivered.
    pub(crate) fn open(&self) -> usize {
        self.0.outbox.borrow().items().into_iter().filter(|item| item.is_open()).count()
    }

    /// Where things can be sent.
    pub(crate) fn destinations(&self) -> Vec<Destination> {
        self.0.places.borrow().destinations.clone()
    }

    /// How many destinations of the site's file cannot be used.
    pub(crate) fn faulty(&self) -> usize {
        self.0.places.borrow().faults
    }

    /// Why the outbox cannot be kept, if it cannot.
    pub(crate) fn failure(&self) -> Option<Failure> {
        self.0.failure.borrow().clone()
    }

    /// Why a draft was not put in for some destinations.
    pub(crate) fn held_back(&self, draft: Id) -> Vec<HeldBack> {
        self.0.held_back.borrow().get(&draft).cloned().unwrap_or_default()
    }

    /// The draft of which a profile is.
    pub(crate) fn draft_of(&self, profile_id: &str) -> Option<Id> {
        self.0.of.borrow().get(profile_id).copied()
    }

    /// Whether something of a draft waits to be sent.
    pub(crate) fn waits(&self, draft: Id) -> bool {
        let of = |item: &Item| item.is_open() && self.draft_of(&item.key.profile_id) == Some(draft);
        self.0.outbox.borrow().items().into_iter().any(of)
    }

    /// The finished drafts of which nothing is in the outbox as they stand now. What was taken out can be put in again;
    /// what was taken back cannot, before it is another one.
    pub(crate) fn ready(&self) -> Vec<Listed> {
        let is_ready = |one: &Listed| {
            one.head.state == vault::State::Finished && self.goes_to(one).is_some_and(|to| to.is_empty())
        };
        self.0.keeping.drafts().into_iter().filter(is_ready).collect()
    }

    /// The drafts that are in the outbox as they stand now, and not for every destination.
    pub(crate) fn partly(&self) -> Vec<Listed> {
        let is_partly = |one: &Listed| !self.missing(one).is_empty();
        self.0.keeping.drafts().into_iter().filter(is_partly).collect()
    }

    /// The destinations for which a draft that is in the outbox as it stands now is not in it.
    pub(crate) fn missing(&self, one: &Listed) -> Vec<Destination> {
        if one.head.state == vault::State::Open {
            return Vec::new();
        }
        let Some(to) = self.goes_to(one).filter(|to| !to.is_empty()) else { return Vec::new() };
        self.destinations().into_iter().filter(|destination| !to.contains(&destination.id)).collect()
    }

    /// The destinations for which a draft is in the outbox as it stands now; none at all if it was taken back.
    fn goes_to(&self, one: &Listed) -> Option<BTreeSet<String>> {
        let Some(known) = &one.head.profile else { return Some(BTreeSet::new()) };
        if known.withdrawn || self.is_taken_back(&known.id) {
            return None;
        }
        let outbox = self.0.outbox.borrow();
        let its = |item: &&Item| item.key.profile_id == known.id && item.key.kind.0 == Kind::Profile;
        Some(outbox.items().into_iter().filter(its).map(|item| item.key.destination.clone()).collect())
    }

    /// A person asks for another try now.
    pub(crate) fn retry(&self, key: &Key) {
        self.retry_all(vec![key.clone()]);
    }

    fn retry_all(&self, keys: Vec<Key>) {
        if keys.is_empty() {
            return;
        }
        let this = self.clone();
        spawn_local(async move {
            // What another tab has sent is not to be called waiting on the disk.
            let known = this.learn().await;
            let now = clock::unix_seconds();
            let changes =
                keys.iter().flat_map(|key| this.0.outbox.borrow_mut().retry(key, now)).collect::<Vec<_>>();
            this.done(changes);
            this.note_failure(known.err());
        });
    }

    /// A person takes something out.
    pub(crate) fn remove(&self, key: &Key) {
        let (this, key) = (self.clone(), key.clone());
        spawn_local(async move {
            // Another tab may have sent it.
            let known = this.refresh().await;
            let never_left = this.0.outbox.borrow().item(&key).is_some_and(Item::never_left);
            let changes = this.0.outbox.borrow_mut().remove(&key);
            this.done(changes);
            this.note_failure(known.err());
            if never_left {
                this.did_not_leave(&key.profile_id).await;
            }
        });
    }

    /// Keeps changes, and has a round that waits look again.
    fn done(&self, changes: Vec<Change>) {
        let this = self.clone();
        self.0.bell.strike();
        spawn_local(async move {
            let kept = this.keep_all(changes).await;
            this.note_failure(kept.err());
            this.poke();
        });
    }

    fn poke(&self) {
        self.0.poked.set(true);
        self.0.bell.strike();
    }

    fn note_failure(&self, failure: Option<Failure>) {
        if *self.0.failure.borrow() != failure {
            self.0.failure.replace(failure);
            self.0.bell.strike();
        }
    }
}
