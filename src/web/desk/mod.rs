//! The worker's desk: what the site offers, and the interviews that are open.

mod before;
mod begin;
mod draft;
mod follow;
mod office;
mod questionnaire;
mod turns;
mod visit;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

pub(crate) use begin::OpenError;
use turns::Turns;
pub(crate) use visit::Companion;

use super::catalogue::{Catalogue, Form};
use super::host::address;
use super::host::idle::LastSign;
use super::host::verifier::Verifier;
use super::keeping::{self, Bell, Keeping, Saved};
use super::route::Route;
use super::sending::Sending;
use super::store::Store;
use crate::plan::Plan;
use crate::vault::Id;
use crate::vault::message::Failure;

/// The worker's desk: what the site offers, and the interviews that are open. It lives as long as the page; clones are
/// the same desk, and equal.
#[derive(Clone)]
pub(crate) struct Desk(Rc<Inner>);

struct Inner {
    catalogue: Rc<Catalogue>,
    interviews: RefCell<BTreeMap<String, Store>>,
    /// Those of them of which the disk has not said yet whether it takes them. Nobody sees them until then.
    beginning: RefCell<Vec<Store>>,
    /// Those that were begun before anybody was unlocked, until somebody says whose they are.
    aside: RefCell<Vec<Store>>,
    /// The drafts of those of them that are kept now.
    adopted: RefCell<BTreeSet<Id>>,
    /// Rings when one of those that begin is known to be kept, or not to be.
    begun: Bell,
    /// Whose turn it is to open drafts and to let go of them.
    turns: Rc<Turns>,
    verifier: Verifier,
    keeping: Keeping,
    /// How many interviews are on their way, for which somebody waits.
    opening: Cell<u32>,
    looked: Cell<bool>,
    /// The questionnaire that was read last, which an open interview shares.
    read: RefCell<Option<(Rc<str>, Arc<Plan>)>>,
    sending: Sending,
}

/// How long after the page was drawn it turns to what nobody waits for, and how soon it looks again.
const EASE_MS: u32 = 1_500;
const AGAIN_MS: u32 = 500;
/// How long nobody must have touched the page for a pause, and how often it looks for one: twenty seconds long.
const PAUSE_MS: f64 = 1_500.0;
const LOOKS: u32 = 40;

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Desk {
    /// A desk with nothing on it.
    pub(crate) fn new(catalogue: Rc<Catalogue>) -> Self {
        let (verifier, keeping) = (Verifier::default(), Keeping::begin());
        let sending = Sending::new(keeping.clone(), verifier.clone());
        let desk = Self(Rc::new(Inner {
            catalogue,
            interviews: RefCell::default(),
            beginning: RefCell::default(),
            aside: RefCell::default(),
            adopted: RefCell::default(),
            begun: Bell::default(),
            turns: Rc::default(),
            verifier,
            keeping,
            sending,
            opening: Cell::default(),
            looked: Cell::default(),
            read: RefCell::default(),
        }));
        let locked = Rc::downgrade(&desk.0);
        desk.keeping().on_lock(move || {
            if let Some(desk) = locked.upgrade() {
                // Dropped after the borrow has ended.
                let _gone = (desk.interviews.take(), desk.aside.take());
            }
        });
        // What is only looked at is kept nowhere, and waits for no keeper.
        if address::named_form().is_none() {
            desk.look_once();
        }
        desk.at_ease(EASE_MS);
        desk
    }

    /// Asks who works here, unless that was done.
    fn look_once(&self) {
        if !self.0.looked.replace(true) {
            let keeping = self.keeping().clone();
            spawn_local(async move { keeping.look().await });
        }
    }

    /// What nobody waits for: the site is kept, so that the page opens without a network too. It would take processor and
    /// network from an interview that is on its way.
    fn at_ease(&self, after: u32) {
        let this = self.clone();
        Timeout::new(after, move || {
            if this.0.opening.get() > 0 {
                return this.at_ease(AGAIN_MS);
            }
            this.look_once();
            this.keeping().install();
            this.verify_at_ease(LastSign::listen(), LOOKS);
        })
        .forget();
    }

    /// Loads the second check in a pause: its module is large, and whoever writes the first answers is not to wait for it.
    fn verify_at_ease(&self, last: LastSign, looks: u32) {
        let is_pause = looks == 0 || last.ago_ms() >= PAUSE_MS;
        if is_pause && self.0.opening.get() == 0 {
            return self.verifier().load_early();
        }
        let this = self.clone();
        Timeout::new(AGAIN_MS, move || this.verify_at_ease(last, looks.saturating_sub(1))).forget();
    }

    /// The questionnaires on offer.
    pub(crate) fn forms(&self) -> &[Form] {
        &self.0.catalogue.forms
    }

    /// The second check of a record.
    pub(crate) fn verifier(&self) -> &Verifier {
        &self.0.verifier
    }

    /// The open interview of a form, once it is known that it is kept where it is to be: what would be answered before
    /// that would be written by nobody.
    pub(crate) fn interview(&self, form: &str) -> Option<Store> {
        let found = self.0.interviews.borrow().get(form).cloned();
        found.filter(|store| !self.0.beginning.borrow().contains(store))
    }

    /// The open interview of a draft.
    fn interview_of(&self, draft: Id) -> Option<Store> {
        self.0.interviews.borrow().values().find(|store| is_of(store, draft)).cloned()
    }

    /// Throws the open interview of a form away, from the disk too.
    pub(crate) fn discard(&self, form: &str) {
        let Some(store) = self.drop_interview(form) else { return };
        if let Some(draft) = store.writer().map(keeping::Writer::draft) {
            let this = self.clone();
            spawn_local(async move { drop(this.remove(draft).await) });
        }
    }

    /// Removes a draft for good. What of it waits to be sent goes all the same.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn remove(&self, draft: Id) -> Result<(), Failure> {
        self.forget(draft);
        let removed = self.keeping().remove_draft(draft).await;
        self.keeping().list().await;
        removed
    }

    /// Begins an interview with somebody else: the one that lies here stays on the disk.
    ///
    /// # Errors
    /// The one that lies here cannot be put away yet: see [`Failure`].
    pub(crate) async fn begin_another(&self, form: &str) -> Result<(), Failure> {
        self.clear(form).await?;
        address::go(&Route::Fill { form: form.to_owned(), section: 0 }.href());
        Ok(())
    }

    fn drop_interview(&self, form: &str) -> Option<Store> {
        self.0.interviews.borrow_mut().remove(form)
    }

    /// Takes an interview off the desk, and no other of its form.
    fn take_off(&self, store: &Store) {
        self.0.interviews.borrow_mut().retain(|_, one| one != store);
    }

    /// Takes the interview of a form off the desk, so that another can lie there; on the disk it stays.
    ///
    /// # Errors
    /// What of it is not on the disk, such as a picture that finds no room, would be lost: then it stays, and this says why.
    async fn clear(&self, form: &str) -> Result<(), Failure> {
        let _turn = self.0.turns.mine().await;
        let other = self.0.interviews.borrow().get(form).cloned();
        if let Some(other) = &other {
            is_all_kept(other, self.keeping().at_work().is_some()).await?;
            self.take_off(other);
        }
        if let Some(writer) = other.as_ref().and_then(Store::writer) {
            self.keeping().close_draft(writer.draft()).await;
        }
        Ok(())
    }

    /// What this tablet keeps.
    pub(crate) fn keeping(&self) -> &Keeping {
        &self.0.keeping
    }

    /// What is on its way to back ends.
    pub(crate) fn sending(&self) -> &Sending {
        &self.0.sending
    }

    /// The name of a form in a language.
    pub(crate) fn title(&self, form: &str, tag: &str) -> String {
        let found = self.forms().iter().find(|one| one.id == form);
        found.and_then(|form| form.text(&form.title, tag)).unwrap_or(form).to_owned()
    }

    /// The names of a form in every language.
    pub(crate) fn titles(&self, form: &str) -> Vec<String> {
        let found = self.forms().iter().find(|one| one.id == form);
        found.map(|form| form.title.values().cloned().collect()).unwrap_or_default()
    }

    /// Takes a draft off the desk; on the disk it stays.
    pub(crate) fn forget(&self, draft: Id) {
        self.0.interviews.borrow_mut().retain(|_, store| !is_of(store, draft));
    }
}

/// Waits until all that was said in an interview is on the disk, pictures too.
///
/// # Errors
/// It is not, or not yet: what is let go of now would be lost.
async fn is_all_kept(store: &Store, at_work: bool) -> Result<(), Failure> {
    let Some(writer) = store.writer() else {
        // Where nobody works nothing is kept, as the page says all the time. Where somebody does, it could not be so far.
        let could_not = at_work && store.has_said() && !store.is_preview();
        return if could_not { Err(Failure::NotKeptYet) } else { Ok(()) };
    };
    writer.settled().await;
    match writer.saved() {
        // One that was removed is never kept.
        Saved::Kept | Saved::ReadOnly | Saved::NotKept(Failure::NotFound) => Ok(()),
        Saved::NotKept(_) | Saved::Writing if writer.left() == 0 => Ok(()),
        Saved::NotKept(_) | Saved::Writing => Err(Failure::NotKeptYet),
    }
}

/// Whether an interview is that of a draft.
fn is_of(store: &Store, draft: Id) -> bool {
    store.writer().is_some_and(|writer| writer.draft() == draft)
}
