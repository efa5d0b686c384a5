//! A new interview, and why one cannot be begun.

use std::rc::Rc;
use std::sync::Arc;

use super::Desk;
use crate::plan::{LanguageId, Plan};
use crate::session::{Journal, World};
use crate::vault::message::Failure;
use crate::vault::{Head, ProfileId};
use crate::web::host::{chance, clock, fetch};
use crate::web::keeping::Access;
use crate::web::route::PREVIEW;
use crate::web::store::Store;

/// Why a questionnaire cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OpenError {
    /// The site has no such questionnaire.
    Unknown,
    /// It lies at an address from which this site takes none.
    Foreign,
    /// Its file could not be fetched.
    Fetch(fetch::FetchError),
    /// It has faults, one text each.
    Faulty(Rc<[String]>),
    /// What would be answered could not be kept, and why: it is better not to begin.
    NotKept(Failure),
    /// Somebody must unlock first.
    Locked,
    /// It is not on the desk, and the address leads into the middle of one. A way back to what was removed, or to what
    /// somebody else had open, must not leave an interview with nobody among those of whoever works here.
    NotBegun,
}

impl Desk {
    /// The open interview of a form, or a new one if `begins` says that this is where one begins.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub(crate) async fn open(&self, form: &str, language: &str, begins: bool) -> Result<Store, OpenError> {
        if let Some(store) = self.interview(form) {
            return Ok(store);
        }
        self.0.opening.update(|count| count + 1);
        let opened = self.open_new(form, language, begins).await;
        self.0.opening.update(|count| count.saturating_sub(1));
        opened
    }

    async fn open_new(&self, form: &str, language: &str, begins: bool) -> Result<Store, OpenError> {
        // Read while it is found out who works here.
        let (bundle, plan) = self.read(form).await?;
        let preview = form == PREVIEW && !self.is_installed(&plan).await;
        if !preview {
            // Before that nobody can know whether the interview is to be kept.
            self.look_once();
            self.keeping().known().await;
            self.may_begin()?;
            if !begins && self.keeping().at_work().is_some() && self.interview(form).is_none() {
                return Err(OpenError::NotBegun);
            }
        }
        // Another opening may have been quicker while the file was on its way: its answers stay.
        if let Some(store) = self.begun(form).await {
            return Ok(store);
        }
        self.lay_out(form, bundle, plan, language, preview).await
    }

    /// The open interview of a form. One that is just being begun is waited for, for it may come to nothing.
    async fn begun(&self, form: &str) -> Option<Store> {
        let is_beginning = || self.0.beginning.borrow().iter().any(|store| **store.form() == *form);
        self.0.begun.until(|| (!is_beginning()).then(|| self.interview(form))).await
    }

    /// A new interview on the desk, written if somebody works.
    pub(super) async fn lay_out(
        &self,
        form: &str,
        bundle: Rc<str>,
        plan: Arc<Plan>,
        language: &str,
        preview: bool,
    ) -> Result<Store, OpenError> {
        let store = blank(form, bundle, plan, language);
        if preview {
            store.only_preview();
        }
        self.lay_down(&store).await.inspect_err(|_| self.take_off(&store))?;
        Ok(store)
    }

    /// Lays an interview on the desk, and has it written if somebody works. Where that fails it lies there all the same.
    pub(super) async fn lay_down(&self, store: &Store) -> Result<(), OpenError> {
        self.0.interviews.borrow_mut().insert(store.form().to_string(), store.clone());
        self.0.beginning.borrow_mut().push(store.clone());
        let kept = self.keep(store).await;
        self.0.beginning.borrow_mut().retain(|one| one != store);
        self.0.begun.strike();
        kept
    }

    /// Whether an interview may begin: where somebody works here, only if what is answered can be kept. Whether the disk
    /// takes it in fact is seen when its first line is written, before the first question.
    pub(super) fn may_begin(&self) -> Result<(), OpenError> {
        match self.keeping().access() {
            Access::Locked(tablet) if !tablet.workers.is_empty() => Err(OpenError::Locked),
            // What was kept here is gone: that comes first.
            Access::Locked(_) if self.keeping().lost().is_some() => Err(OpenError::Locked),
            Access::Open(..) if self.keeping().health().lacks_room() => {
                Err(OpenError::NotKept(Failure::Full))
            }
            _ => Ok(()),
        }
    }

    /// Has an interview written that nobody writes yet, if somebody works.
    pub(super) async fn keep(&self, store: &Store) -> Result<(), OpenError> {
        // What is only looked at is kept nowhere.
        if self.keeping().at_work().is_none() || store.is_preview() {
            return Ok(());
        }
        let (head, line) = {
            let session = store.session();
            let plan = session.plan();
            let began = store.started().to_string();
            let head = Head {
                form: plan.id.to_string(),
                version: plan.version.to_string(),
                hash: plan.content_hash().to_string(),
                began: began.clone(),
                changed: began,
                // From the beginning, so that a copy that goes on elsewhere is known as the same one.
                profile: chance::id().map(ProfileId::new),
                ..Head::default()
            };
            (head, store.header())
        };
        let writer =
            self.keeping().begin_draft(head, store.bundle(), line).await.map_err(OpenError::NotKept)?;
        store.keep(writer);
        store.write_what_was_said();
        Ok(())
    }
}

/// Why a new interview could not be begun, as a draft's own failures are told.
pub(super) fn failure(error: OpenError) -> Failure {
    match error {
        OpenError::NotKept(failure) => failure,
        OpenError::Locked => Failure::Locked,
        OpenError::Unknown
        | OpenError::Foreign
        | OpenError::Fetch(_)
        | OpenError::Faulty(_)
        | OpenError::NotBegun => Failure::NotFound,
    }
}

/// An interview of which nothing is said, on no desk and no disk.
pub(super) fn blank(form: &str, bundle: Rc<str>, plan: Arc<Plan>, language: &str) -> Store {
    let world = world(&plan, language);
    let now = world.now;
    Store::new(form.to_owned().into(), bundle, Journal::begin(plan, world), now)
}

/// Here and now, in a language that the questionnaire has.
pub(super) fn world(plan: &Plan, language: &str) -> World {
    let language = plan.language(language).unwrap_or(LanguageId(0));
    World { today: clock::today(), now: clock::now(), language }
}
