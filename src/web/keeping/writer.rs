use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::{Bell, Keeping, Ring};
use crate::vault::message::{Ask, Failure, Tell};
use crate::vault::{Head, Id};
use crate::web::host::clock;

/// How soon it is tried again what could not be written.
const AGAIN_MS: u32 = 2_000;
/// How long a line that is written soon waits for what takes its place.
const SOON_MS: u32 = 500;
/// How long locking waits for what is on its way.
const PATIENCE_MS: u32 = 3_000;

/// Whether what was answered is on the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Saved {
    /// It is.
    #[default]
    Kept,
    /// It is on its way.
    Writing,
    /// It is not, and why. It is tried again, and nothing that was answered since is forgotten meanwhile.
    NotKept(Failure),
    /// Another tab writes this draft.
    ReadOnly,
}

/// Writes a draft, line by line and in order. Clones write the same one.
#[derive(Clone)]
pub(crate) struct Writer(Rc<Inner>);

struct Inner {
    keeping: Keeping,
    draft: Id,
    head: RefCell<Head>,
    /// Whether the head has changed since it was written.
    noted: Cell<bool>,
    /// Who writes: the worker's id.
    by: String,
    next: Cell<u64>,
    /// The profile that is to be kept.
    profile: RefCell<Option<String>>,
    waiting: RefCell<VecDeque<String>>,
    /// A line that another one may take the place of, until it is written.
    soon: RefCell<Option<String>>,
    /// Attachments that are to be kept, before the lines that name them.
    pictures: RefCell<VecDeque<(Id, Vec<u8>)>>,
    /// Those of them that found no room, and why. They keep no answer waiting, and are tried again in their time.
    refused: RefCell<BTreeMap<Id, Failure>>,
    busy: Cell<bool>,
    /// Whether it will be tried again what could not be written.
    again: Cell<bool>,
    saved: RefCell<Saved>,
    bell: Bell,
}

impl PartialEq for Writer {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Writer {
    pub(super) fn new(keeping: Keeping, draft: Id, head: Head, next: u64, writable: bool) -> Self {
        let by = keeping.at_work().map_or_else(String::new, |unlocked| unlocked.worker.to_string());
        let saved = if writable { Saved::Kept } else { Saved::ReadOnly };
        Self(Rc::new(Inner {
            keeping,
            draft,
            head: RefCell::new(head),
            noted: Cell::new(false),
            by,
            next: Cell::new(next),
            profile: RefCell::default(),
            waiting: RefCell::default(),
            soon: RefCell::default(),
            pictures: RefCell::default(),
            refused: RefCell::default(),
            busy: Cell::new(false),
            again: Cell::new(false),
            saved: RefCell::new(saved),
            bell: Bell::default(),
        }))
    }

    /// Which draft.
    pub(crate) fn draft(&self) -> Id {
        self.0.draft
    }

    /// Who writes: the worker's id.
    pub(crate) fn by(&self) -> &str {
        &self.0.by
    }

    /// What a list shows of it.
    pub(crate) fn head(&self) -> Head {
        self.0.head.borrow().clone()
    }

    /// Whether what was answered is on the disk.
    pub(crate) fn saved(&self) -> Saved {
        self.0.saved.borrow().clone()
    }

    /// Calls back whenever that changes.
    pub(crate) fn ring(&self, callback: Rc<dyn Fn()>) -> Ring {
        self.0.bell.ring(callback)
    }

    /// Writes a line.
    pub(crate) fn write(&self, line: String) {
        let soon = self.0.soon.take();
        self.0.waiting.borrow_mut().extend(soon.into_iter().chain([line]));
        self.0.head.borrow_mut().changed = clock::now().to_string();
        self.pump();
    }

    /// Writes a line in a moment, unless another one has taken its place by then: what is typed letter by letter need not be
    /// kept letter by letter. Whoever waits until all is written waits for it too. Whether there was none before.
    pub(crate) fn write_soon(&self, line: String) -> bool {
        if self.saved() == Saved::ReadOnly {
            return false;
        }
        let is_first = self.0.soon.replace(Some(line)).is_none();
        if is_first {
            self.tell(Saved::Writing);
            let this = self.clone();
            Timeout::new(SOON_MS, move || this.write_now()).forget();
        }
        is_first
    }

    fn write_now(&self) {
        let soon = self.0.soon.take();
        if let Some(line) = soon {
            self.write(line);
        }
    }

    /// Changes what a list shows. Where another tab writes, that is the other tab's to change.
    pub(crate) fn note(&self, change: impl FnOnce(&mut Head)) {
        if self.saved() == Saved::ReadOnly {
            return;
        }
        let mut head = self.0.head.borrow().clone();
        change(&mut head);
        if head != *self.0.head.borrow() {
            self.0.head.replace(head);
            self.0.noted.set(true);
            self.pump();
        }
    }

    /// Keeps the profile that came out, with what a list shows of it.
    pub(crate) fn keep_profile(&self, profile: String, change: impl FnOnce(&mut Head)) {
        change(&mut self.0.head.borrow_mut());
        self.0.profile.borrow_mut().replace(profile);
        self.pump();
    }

    /// Keeps an attachment.
    pub(crate) fn attach(&self, attachment: Id, bytes: Vec<u8>) {
        self.0.pictures.borrow_mut().push_back((attachment, bytes));
        self.pump();
    }

    /// An attachment is named by no answer any more: one that waits need not be kept, and must not be called not saved.
    pub(crate) fn let_go(&self, attachment: Id) {
        let before = self.0.pictures.borrow().len();
        self.0.pictures.borrow_mut().retain(|(id, _)| *id != attachment);
        self.0.refused.borrow_mut().remove(&attachment);
        if self.0.pictures.borrow().len() < before {
            self.pump();
        }
    }

    /// Whether attachments wait to be kept.
    pub(crate) fn has_pictures_waiting(&self) -> bool {
        !self.0.pictures.borrow().is_empty()
    }

    /// Whether all that was answered and noted is on the disk, and nothing but attachments is not.
    pub(crate) fn lacks_only_pictures(&self) -> bool {
        self.has_pictures_waiting() && !self.lacks_words()
    }

    /// Whether something that is written in words is not on the disk.
    fn lacks_words(&self) -> bool {
        let lines = !self.0.waiting.borrow().is_empty() || self.0.soon.borrow().is_some();
        lines || self.0.noted.get() || self.0.profile.borrow().is_some()
    }

    /// An attachment that was kept, or that waits to be.
    pub(crate) async fn attachment(&self, attachment: Id) -> Option<Vec<u8>> {
        let waiting =
            self.0.pictures.borrow().iter().find(|(id, _)| *id == attachment).map(|(_, bytes)| bytes.clone());
        if waiting.is_some() {
            return waiting;
        }
        match self.0.keeping.ask(Ask::Attachment { draft: self.0.draft, attachment }).await {
            Ok(Tell::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// Another tab writes from now on.
    pub(crate) fn read_only(&self) {
        self.tell(Saved::ReadOnly);
    }

    /// How much was answered here and is not on the disk.
    pub(crate) fn left(&self) -> usize {
        let soon = usize::from(self.0.soon.borrow().is_some());
        soon + self.0.waiting.borrow().len() + self.0.pictures.borrow().len()
    }

    /// Waits until nothing is on its way any more, or patience ends.
    pub(crate) async fn settled(&self) {
        const STEP_MS: u32 = 20;
        self.write_now();
        for _ in 0..PATIENCE_MS / STEP_MS {
            if !matches!(self.saved(), Saved::Writing) {
                return;
            }
            TimeoutFuture::new(STEP_MS).await;
        }
    }

    /// Waits until nothing is on its way, and says why not all that was answered and noted is on the disk, if it is not.
    /// A picture that finds no room is another matter.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn written(&self) -> Result<(), Failure> {
        self.settled().await;
        match self.saved() {
            Saved::Kept => Ok(()),
            Saved::ReadOnly => Err(Failure::ReadOnly),
            Saved::NotKept(failure) if self.lacks_words() => Err(failure),
            Saved::NotKept(_) => Ok(()),
            // It does not answer.
            Saved::Writing => Err(Failure::Unreachable),
        }
    }

    fn tell(&self, saved: Saved) {
        if *self.0.saved.borrow() != saved {
            self.0.saved.replace(saved);
            self.0.bell.strike();
        }
    }

    /// Writes what waits, all at once; what comes meanwhile waits for the next round.
    fn pump(&self) {
        if self.0.busy.get() || self.saved() == Saved::ReadOnly {
            return;
        }
        self.0.busy.set(true);
        self.tell(Saved::Writing);
        let this = self.clone();
        spawn_local(async move {
            let ended = this.rounds().await;
            this.0.busy.set(false);
            // What another tab has taken over meanwhile stays taken over.
            if this.saved() == Saved::ReadOnly {
                return;
            }
            let again = matches!(ended, Saved::NotKept(_));
            let more_soon = ended == Saved::Kept && this.0.soon.borrow().is_some();
            this.tell(if more_soon { Saved::Writing } else { ended });
            if again {
                this.try_again();
            }
        });
    }

    /// Tries again after a while: once, however often it has failed meanwhile.
    fn try_again(&self) {
        if self.0.again.replace(true) {
            return;
        }
        let this = self.clone();
        Timeout::new(AGAIN_MS, move || {
            this.0.again.set(false);
            // A draft that was let go of takes nothing more.
            if this.0.keeping.writer_of(this.0.draft).as_ref() == Some(&this) {
                this.0.refused.borrow_mut().clear();
                this.pump();
            }
        })
        .forget();
    }

    async fn rounds(&self) -> Saved {
        loop {
            if let Some((attachment, bytes)) = self.next_picture() {
                let ask = Ask::Attach { draft: self.0.draft, attachment, bytes };
                match self.0.keeping.ask(ask).await {
                    Ok(_) => self.0.pictures.borrow_mut().retain(|(id, _)| *id != attachment),
                    Err(Failure::ReadOnly) => return Saved::ReadOnly,
                    // Answers are small, and fit where a picture does not: they do not wait for it.
                    Err(failure) => drop(self.0.refused.borrow_mut().insert(attachment, failure)),
                }
                continue;
            }
            let lines: Vec<String> = self.0.waiting.borrow().iter().cloned().collect();
            let profile = self.0.profile.borrow().clone();
            if lines.is_empty() && !self.0.noted.get() && profile.is_none() {
                return self.refusal().map_or(Saved::Kept, Saved::NotKept);
            }
            self.0.noted.set(false);
            let count = lines.len();
            let (draft, first, head) = (self.0.draft, self.0.next.get(), self.head());
            let told = match self.0.keeping.ask(Ask::Append { draft, first, lines, head: head.clone() }).await
            {
                Ok(_) => match &profile {
                    Some(profile) => {
                        let ask = Ask::KeepProfile { draft, profile: profile.clone(), head };
                        self.0.keeping.ask(ask).await
                    }
                    None => Ok(Tell::Done),
                },
                failed => failed,
            };
            match told {
                Ok(_) => {
                    if *self.0.profile.borrow() == profile {
                        self.0.profile.borrow_mut().take();
                    }
                    self.0.waiting.borrow_mut().drain(..count);
                    self.0.next.set(first + count as u64);
                }
                Err(Failure::ReadOnly) => return Saved::ReadOnly,
                Err(failure) => {
                    self.0.noted.set(true);
                    return Saved::NotKept(failure);
                }
            }
        }
    }

    /// The next attachment that was not refused since it was last tried.
    fn next_picture(&self) -> Option<(Id, Vec<u8>)> {
        let refused = self.0.refused.borrow();
        self.0.pictures.borrow().iter().find(|(id, _)| !refused.contains_key(id)).cloned()
    }

    /// Why an attachment that waits is not kept. The tablet's light says so too, though smaller things found room since.
    fn refusal(&self) -> Option<Failure> {
        let refused = self.0.refused.borrow();
        let failure = self.0.pictures.borrow().iter().find_map(|(id, _)| refused.get(id).cloned());
        drop(refused);
        if failure == Some(Failure::Full) {
            self.0.keeping.healthier(|health| health.full = true);
        }
        failure
    }
}
