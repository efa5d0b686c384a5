//! Interviews that were begun before anybody was unlocked. Nobody writes them, and nobody knows yet whose they are.

use wasm_bindgen_futures::spawn_local;

use super::Desk;
use super::begin::failure;
use crate::vault::message::{Failure, Unlocked};
use crate::web::host::address;
use crate::web::keeping::{self, Access};
use crate::web::route::Route;
use crate::web::store::Store;

impl Desk {
    /// Somebody was entered as a worker, and works now. What the first worker of a tablet has answered before is theirs: there
    /// was nobody else.
    pub(crate) fn entered(&self, unlocked: &Unlocked) {
        let is_first =
            matches!(self.keeping().access(), Access::Open(_, tablet) if tablet.workers.len() == 1);
        self.set_aside();
        if !is_first || self.count_aside() == 0 {
            return self.go_on(unlocked);
        }
        let this = self.clone();
        spawn_local(async move { this.take_as_own().await });
    }

    /// Takes off the desk what nobody writes. Of what was answered there nothing is shown until it is known whose it is;
    /// where nothing was answered, and where a questionnaire was only looked at, nothing is lost.
    pub(super) fn set_aside(&self) {
        let all = self.0.interviews.take();
        for (form, store) in all {
            if store.writer().is_some() {
                self.0.interviews.borrow_mut().insert(form, store);
            } else if store.has_said() && !store.is_preview() {
                self.0.aside.borrow_mut().push(store);
            }
        }
    }

    /// Of how many interviews it is not known whose they are.
    pub(crate) fn count_aside(&self) -> usize {
        self.0.aside.borrow().len()
    }

    /// Whoever works says that these interviews are theirs: each is kept, and the first of them shown. One that cannot be
    /// kept lies on the desk all the same, and says so.
    pub(crate) async fn take_as_own(&self) {
        let mut taken = Vec::new();
        for store in self.0.aside.take() {
            // What was begun meanwhile with the same questionnaire stays on the disk. If it cannot be let go of, this waits.
            if self.clear(store.form()).await.is_ok() {
                drop(self.keep_now(&store).await);
                taken.push(store);
            } else {
                self.0.aside.borrow_mut().push(store);
            }
        }
        self.keeping().changed();
        self.keeping().list().await;
        let Some(first) = taken.first() else { return };
        match first.writer().map(keeping::Writer::draft) {
            // It lies on the desk: nothing can be in the way.
            Some(draft) => drop(self.resume(draft).await),
            None => address::go(&Route::Fill { form: first.form().to_string(), section: 0 }.href()),
        }
    }

    /// Whoever works says that these interviews are not to be kept.
    pub(crate) fn throw_away_aside(&self) {
        self.0.aside.take();
        self.keeping().changed();
    }

    /// Has an interview written that nobody writes though somebody works.
    ///
    /// # Errors
    /// See [`Failure`]: it is then on the desk, and on no disk.
    pub(crate) async fn keep_now(&self, store: &Store) -> Result<(), Failure> {
        // Twice it would be two interviews on the list.
        let _turn = self.0.turns.mine().await;
        if store.writer().is_some() {
            return Ok(());
        }
        // It need not be hidden meanwhile: what is answered before somebody writes it is written with the rest.
        self.0.interviews.borrow_mut().insert(store.form().to_string(), store.clone());
        let kept = self.keep(store).await.map_err(failure);
        self.0.adopted.borrow_mut().extend(store.writer().map(keeping::Writer::draft));
        self.keeping().changed();
        kept
    }

    /// Whether an interview was begun before anybody was unlocked, and is kept now.
    pub(crate) fn is_adopted(&self, store: &Store) -> bool {
        store.writer().is_some_and(|writer| self.0.adopted.borrow().contains(&writer.draft()))
    }
}
