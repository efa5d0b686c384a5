//! What this tablet keeps: who works on it, their drafts, and whether it can be relied upon.
//!
//! Everything that is kept goes through the keeper, which alone holds keys. To lock is to end the keeper and to load
//! the page again: what was answered so leaves the page's memory too.

mod bell;
mod doubt;
mod health;
mod lines;
mod locking;
mod set_up;
mod writer;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

pub(crate) use bell::{Bell, Ring};
use doubt::Doubt;
pub(crate) use health::{Health, Light};
pub(crate) use lines::{earlier, kept, stated};
pub(crate) use set_up::SetUp;
pub(crate) use writer::{Saved, Writer};

use super::host::installed;
use super::host::keeper::Keeper;
use super::host::{idle, mark, storage, tabs};
use crate::vault::message::{Ask, Failure, Listed, Opened, Tablet, Tell, Unlocked};
use crate::vault::{Head, Id};

/// Whether what is answered is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Access {
    /// Not known yet.
    #[default]
    Asking,
    /// This browser keeps nothing.
    NoStorage(Failure),
    /// Nobody is unlocked: nothing is kept.
    Locked(Tablet),
    /// Somebody works.
    Open(Unlocked, Tablet),
}

/// What this tablet keeps. Clones are the same, and equal.
#[derive(Clone)]
pub(crate) struct Keeping(Rc<Inner>);

struct Inner {
    keeper: Keeper,
    access: RefCell<Access>,
    /// What is known of a tablet that was set up and on which nothing is found.
    lost: RefCell<Option<SetUp>>,
    drafts: RefCell<Vec<Listed>>,
    unreadable: Cell<u32>,
    health: Cell<Health>,
    bell: Bell,
    writers: RefCell<Vec<Writer>>,
    watch: RefCell<Option<idle::Watch>>,
    doubt: Doubt,
    tabs: RefCell<Option<tabs::Tabs>>,
    /// Whether the page is being left because it was locked.
    locking: Cell<bool>,
    /// Takes from the page what was answered, when it is locked.
    on_lock: RefCell<Option<Rc<dyn Fn()>>>,
}

impl PartialEq for Keeping {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Keeping {
    /// The way to what is kept; nothing is asked yet.
    pub(crate) fn begin() -> Self {
        let keeping = Self(Rc::new(Inner {
            keeper: Keeper::default(),
            access: RefCell::default(),
            lost: RefCell::default(),
            drafts: RefCell::default(),
            unreadable: Cell::default(),
            health: Cell::default(),
            bell: Bell::default(),
            writers: RefCell::default(),
            watch: RefCell::default(),
            doubt: Doubt::default(),
            tabs: RefCell::default(),
            locking: Cell::default(),
            on_lock: RefCell::default(),
        }));
        let told = keeping.clone();
        keeping.0.keeper.on_taken_over(move |draft| told.taken_over(draft));
        keeping
    }

    /// Has the site kept on this tablet: all of its files are loaded, which takes a while and nobody waits for.
    pub(crate) fn install(&self) {
        let told = self.clone();
        installed::keep(move |installed| told.healthier(|health| health.installed = installed));
    }

    /// Asks the keeper, and notes what its answer says of the tablet's health.
    pub(crate) async fn ask(&self, ask: Ask) -> Result<Tell, Failure> {
        let writes = matches!(
            ask,
            Ask::Append { .. }
                | Ask::Begin { .. }
                | Ask::KeepProfile { .. }
                | Ask::Attach { .. }
                | Ask::KeepItem { .. }
                | Ask::BackUp { .. }
                | Ask::Restore { .. }
        );
        let answer = self.0.keeper.ask(ask).await;
        let full = match &answer {
            Ok(_) if writes => Some(false),
            Err(Failure::Full) => Some(true),
            _ => None,
        };
        if let Some(full) = full {
            self.healthier(|health| health.full = full);
        }
        answer
    }

    /// Calls back after every change, until the ring is dropped.
    pub(crate) fn ring(&self, callback: Rc<dyn Fn()>) -> Ring {
        self.0.bell.ring(callback)
    }

    /// Whoever shows something of it draws it again.
    pub(crate) fn changed(&self) {
        self.0.bell.strike();
    }

    /// Whether what is answered is kept.
    pub(crate) fn access(&self) -> Access {
        self.0.access.borrow().clone()
    }

    /// Whoever works, if somebody does.
    pub(crate) fn at_work(&self) -> Option<Unlocked> {
        match &*self.0.access.borrow() {
            Access::Open(unlocked, _) => Some(unlocked.clone()),
            Access::Asking | Access::NoStorage(_) | Access::Locked(_) => None,
        }
    }

    /// How far this tablet can be relied upon.
    pub(crate) fn health(&self) -> Health {
        self.0.health.get()
    }

    /// The drafts of whoever works.
    pub(crate) fn drafts(&self) -> Vec<Listed> {
        self.0.drafts.borrow().clone()
    }

    /// How many drafts do not open.
    pub(crate) fn unreadable(&self) -> u32 {
        self.0.unreadable.get()
    }

    /// Looks who works on this tablet.
    pub(crate) async fn look(&self) {
        let access = match self.ask(Ask::Look).await {
            Ok(Tell::Tablet(tablet)) => match self.at_work() {
                Some(unlocked) => Access::Open(unlocked, tablet),
                None => Access::Locked(tablet),
            },
            Ok(_) => Access::NoStorage(Failure::Unreachable),
            Err(failure) => Access::NoStorage(failure),
        };
        self.compare(&access);
        self.0.access.replace(access);
        self.0.bell.strike();
        self.look_for_room().await;
    }

    /// Compares what was found with the mark of what was set up here.
    fn compare(&self, access: &Access) {
        let lost = match access {
            Access::Locked(tablet) | Access::Open(_, tablet) if !tablet.workers.is_empty() => {
                SetUp::note(tablet, self.0.lost.borrow().is_some());
                None
            }
            Access::Asking | Access::Open(..) => None,
            Access::NoStorage(_) | Access::Locked(_) => SetUp::load(),
        };
        self.0.lost.replace(lost);
    }

    /// What is known of this tablet though nothing of it is found: it was set up, and its database is gone or does not
    /// open.
    pub(crate) fn lost(&self) -> Option<SetUp> {
        self.0.lost.borrow().clone()
    }

    /// Removes whoever works with all that only they can open, and locks. Where nobody is left, the tablet is as new.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn leave(&self, worker: Id) -> Result<(), Failure> {
        self.ask(Ask::Wipe { worker }).await?;
        if let Ok(Tell::Tablet(tablet)) = self.0.keeper.ask(Ask::Look).await
            && tablet.workers.is_empty()
        {
            mark::remove();
        }
        self.lock_all();
        Ok(())
    }

    /// Waits until it is known who works on this tablet.
    pub(crate) async fn known(&self) {
        let is_known = || !matches!(*self.0.access.borrow(), Access::Asking);
        self.0.bell.until(|| is_known().then_some(())).await;
    }

    /// Unlocks by what is asked: a passphrase, a new worker, the station's answer. Whoever that is works now.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn unlock(&self, ask: Ask) -> Result<Unlocked, Failure> {
        let Tell::Unlocked(unlocked) = self.ask(ask).await? else { return Err(Failure::Unreachable) };
        let tablet = match self.0.keeper.ask(Ask::Look).await {
            Ok(Tell::Tablet(tablet)) => tablet,
            _ => Tablet::default(),
        };
        let access = Access::Open(unlocked.clone(), tablet);
        self.compare(&access);
        self.0.access.replace(access);
        // Nothing that is asked below need ever be answered otherwise than before.
        self.0.bell.strike();
        let left = self.clone();
        self.0
            .watch
            .replace(Some(idle::watch(locking::after_seconds(), move |presence| left.heed(presence))));
        let told = self.clone();
        self.0.tabs.replace(tabs::Tabs::listen(move || told.lock()));
        let told = self.clone();
        storage::persist(move |persistence| told.healthier(|health| health.persistence = persistence));
        self.list().await;
        self.look_for_room().await;
        // Nobody waits for it, and nothing depends on it.
        let keeper = self.0.keeper.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let _ = keeper.ask(Ask::Compact).await;
        });
        Ok(unlocked)
    }

    /// Reads the list of drafts again.
    pub(crate) async fn list(&self) {
        // What was finished just now is on the list.
        let writers = self.0.writers.borrow().clone();
        for writer in &writers {
            writer.settled().await;
        }
        if let Ok(Tell::Caseload { drafts, unreadable }) = self.ask(Ask::Caseload).await {
            let unsent = drafts.iter().filter(|one| one.head.state != crate::vault::State::Sent).count();
            let unreadable_before = self.0.unreadable.replace(unreadable);
            let before = self.0.drafts.replace(drafts);
            // What is shown was drawn from the list of before, also where as many are unsent as then.
            if unreadable_before != unreadable || before != *self.0.drafts.borrow() {
                self.0.bell.strike();
            }
            self.healthier(|health| health.unsent = u32::try_from(unsent).unwrap_or(u32::MAX));
        }
    }

    /// Begins a draft, or says why nothing could be kept: then the interview is not begun either.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn begin_draft(
        &self,
        head: Head,
        bundle: &str,
        line: String,
    ) -> Result<Writer, Failure> {
        let ask = Ask::Begin { head: head.clone(), bundle: bundle.to_owned(), line };
        let Tell::Begun(draft) = self.ask(ask).await? else { return Err(Failure::Unreachable) };
        Ok(self.writer(draft, head, 1, true))
    }

    /// Opens a draft.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn open_draft(&self, draft: Id, take_over: bool) -> Result<(Opened, Writer), Failure> {
        let Tell::Opened(opened) = self.ask(Ask::Open { draft, take_over }).await? else {
            return Err(Failure::Unreachable);
        };
        let writer = self.writer(draft, opened.head.clone(), opened.next, opened.writable);
        Ok((*opened, writer))
    }

    /// Lets go of a draft, once what was answered in it is on the disk: the keeper takes nothing for a closed one.
    pub(crate) async fn close_draft(&self, draft: Id) {
        let writer = self.0.writers.borrow().iter().find(|writer| writer.draft() == draft).cloned();
        if let Some(writer) = writer {
            writer.settled().await;
        }
        self.0.writers.borrow_mut().retain(|writer| writer.draft() != draft);
        // A keeper that does not answer holds no draft open either.
        drop(self.0.keeper.ask(Ask::Close { draft }).await);
    }

    /// Removes a draft. Nobody writes it any more, nor says how far it is.
    pub(crate) async fn remove_draft(&self, draft: Id) -> Result<(), Failure> {
        self.ask(Ask::Remove { draft }).await?;
        self.0.writers.borrow_mut().retain(|writer| writer.draft() != draft);
        Ok(())
    }

    /// Notes that a draft is on the screen. Nobody waits for it, and nothing depends on it: not to know next time where
    /// somebody was keeps them from nothing now.
    pub(crate) fn at(&self, draft: Id) {
        let noted = self.0.keeper.ask(Ask::At { draft });
        wasm_bindgen_futures::spawn_local(async move { drop(noted.await) });
    }

    fn writer(&self, draft: Id, head: Head, next: u64, writable: bool) -> Writer {
        let writer = Writer::new(self.clone(), draft, head, next, writable);
        self.0.writers.borrow_mut().retain(|one| one.draft() != draft);
        self.0.writers.borrow_mut().push(writer.clone());
        writer
    }

    /// Who writes a draft, if it is open on this page.
    pub(crate) fn writer_of(&self, draft: Id) -> Option<Writer> {
        self.0.writers.borrow().iter().find(|writer| writer.draft() == draft).cloned()
    }

    fn taken_over(&self, draft: Id) {
        let writers = self.0.writers.borrow().clone();
        for writer in writers.iter().filter(|writer| writer.draft() == draft) {
            writer.read_only();
        }
    }

    /// Notes something about the tablet's health.
    pub(crate) fn healthier(&self, change: impl FnOnce(&mut Health)) {
        let before = self.0.health.get();
        let mut health = before;
        change(&mut health);
        if health != before {
            self.0.health.set(health);
            self.0.bell.strike();
        }
    }

    /// A backup was made now.
    pub(crate) fn backed_up(&self, at: &str) {
        if let Access::Open(unlocked, _) = &mut *self.0.access.borrow_mut() {
            unlocked.backed_up = Some(at.to_owned());
        }
        self.0.bell.strike();
    }

    async fn look_for_room(&self) {
        let room = storage::room().await;
        self.healthier(|health| health.room = room);
    }

    /// Whether something was answered that is not on the disk.
    pub(crate) fn would_lose(&self) -> bool {
        self.0.writers.borrow().iter().any(|writer| !matches!(writer.saved(), Saved::Kept | Saved::ReadOnly))
    }
}
