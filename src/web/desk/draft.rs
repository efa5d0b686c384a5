//! Drafts: from the disk to the desk, and what is noted of them.

use wasm_bindgen_futures::spawn_local;

use super::{Desk, is_all_kept, is_of};
use crate::vault::message::{Failure, Opened, Unlocked};
use crate::vault::{Head, Id, State};
use crate::web::finish;
use crate::web::host::{address, clock};
use crate::web::keeping;
use crate::web::route::Route;
use crate::web::store::{Damage, Earlier, Outcome, Store};

impl Desk {
    /// Opens a draft, and goes to where the worker was in it.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn resume(&self, draft: Id) -> Result<(), Failure> {
        let store = match self.interview_of(draft) {
            Some(store) => store,
            None => {
                let _turn = self.0.turns.mine().await;
                // Somebody before may have laid it on the desk.
                match self.interview_of(draft) {
                    Some(store) => store,
                    None => self.reopen(draft, false).await?,
                }
            }
        };
        let form = store.form().to_string();
        let section = store.last_section().map_or(0, |section| section.index());
        address::go(&match store.outcome() {
            Outcome::Finished(_) => Route::Profile { form }.href(),
            Outcome::Open | Outcome::Checking(_) | Outcome::Refused(_) => {
                Route::Fill { form, section }.href()
            }
        });
        Ok(())
    }

    /// Takes a draft from the tab that writes it.
    ///
    /// # Errors
    /// See [`Failure`]: it is then shown as before.
    pub(crate) async fn take_over(&self, draft: Id) -> Result<(), Failure> {
        let _turn = self.0.turns.mine().await;
        let store = self.reopen(draft, true).await?;
        if store.only_reads() { Err(Failure::ReadOnly) } else { Ok(()) }
    }

    async fn reopen(&self, draft: Id, take_over: bool) -> Result<Store, Failure> {
        let store = self.load(draft, take_over).await?;
        let form = store.form().to_string();
        // One interview of a form is on the desk at a time; the others are on the disk.
        let before = self.0.interviews.borrow().get(&form).cloned();
        let other = before.as_ref().filter(|other| !is_of(other, draft));
        if let Some(other) = other
            && let Err(why) = is_all_kept(other, true).await
        {
            self.keeping().close_draft(draft).await;
            return Err(why);
        }
        self.0.interviews.borrow_mut().insert(form, store.clone());
        self.keeping().changed();
        if let Some(other) = other.and_then(Store::writer) {
            self.keeping().close_draft(other.draft()).await;
        }
        Ok(store)
    }

    /// A draft as it stands on the disk, not yet on the desk.
    pub(super) async fn load(&self, draft: Id, take_over: bool) -> Result<Store, Failure> {
        let (opened, writer) = self.keeping().open_draft(draft, take_over).await?;
        let read = self.read_draft(opened, writer).await;
        if read.is_err() {
            // What cannot be shown is held from no other tab.
            self.keeping().close_draft(draft).await;
        }
        read
    }

    async fn read_draft(&self, opened: Opened, writer: keeping::Writer) -> Result<Store, Failure> {
        let (bundle, plan) = self.begun_with(&opened.head, opened.bundle.into()).await?;
        let kept = keeping::kept(&plan, &opened.lines).ok_or(Failure::Damaged)?;
        let started = opened.head.began.parse().unwrap_or_else(|_| clock::now());
        let store = Store::new(opened.head.form.clone().into(), bundle, kept.journal, started);
        if let Some(profile) = kept.earlier {
            let today = store.session().world().today;
            store.go_on_from(Earlier::new(&plan, profile, None, today));
        }
        let damage = Damage { numbers: opened.damaged.into(), left_out: kept.left_out };
        store.go_on_with_handout(kept.handout.as_ref());
        store.go_on(kept.stated.as_ref(), kept.begun.as_ref(), &opened.head, damage);
        if opened.head.state != State::Open {
            finish::finished_before(&store, opened.writable, !opened.head.unverified);
        }
        store.keep(writer);
        // A profile that there is stays what it is, until its answers change.
        if opened.head.state == State::Open {
            store.name_refused();
        }
        Ok(store)
    }

    /// Somebody has unlocked: on to what they were at, or to their list.
    pub(crate) fn go_on(&self, unlocked: &Unlocked) {
        let (this, last) = (self.clone(), unlocked.last);
        // What was answered before anybody was unlocked is not theirs unless they say so, which comes first.
        self.set_aside();
        if self.count_aside() > 0 {
            self.keeping().changed();
            return address::go(&Route::Unlock.href());
        }
        spawn_local(async move {
            let resumed = match last {
                Some(draft) => this.resume(draft).await.is_ok(),
                None => false,
            };
            if !resumed {
                address::go(&Route::Caseload.href());
            }
        });
    }

    /// Says what a worker calls the person of a draft.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn name_person(&self, draft: Id, name: String) -> Result<(), Failure> {
        let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        self.note_draft(draft, |head| head.person = name).await?;
        self.keeping().list().await;
        Ok(())
    }

    /// Notes something of a draft, whether it is open or not: it is on the disk when this returns without an error.
    pub(super) async fn note_draft(&self, draft: Id, change: impl FnOnce(&mut Head)) -> Result<(), Failure> {
        let turn = self.0.turns.mine().await;
        match self.interview_of(draft).as_ref().and_then(Store::writer) {
            Some(writer) => {
                drop(turn);
                writer.note(change);
                writer.written().await
            }
            None => {
                let (_, writer) = self.keeping().open_draft(draft, false).await?;
                writer.note(change);
                let written = writer.written().await;
                self.keeping().close_draft(draft).await;
                written
            }
        }
    }
}
