use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use yew::AttrValue;

use super::catalogue::{Catalogue, Form};
use super::host::verifier::Verifier;
use super::host::{clock, fetch};
use super::later::Later;
use super::store::Store;
use crate::plan::LanguageId;
use crate::session::World;

/// The worker's desk: what the site offers, and the interviews that are open. It lives as long as the page; clones are
/// the same desk, and equal.
#[derive(Clone)]
pub(crate) struct Desk(Rc<Inner>);

struct Inner {
    catalogue: Catalogue,
    interviews: RefCell<BTreeMap<String, Store>>,
    verifier: Verifier,
}

/// Why a questionnaire cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OpenError {
    /// The site has no such questionnaire.
    Unknown,
    /// Its file could not be fetched.
    Fetch(fetch::FetchError),
    /// It has faults, one text each.
    Faulty(Rc<[String]>),
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Desk {
    /// A desk with nothing on it.
    pub(crate) fn new(catalogue: Catalogue) -> Self {
        let verifier = Verifier::default();
        verifier.load_when_idle();
        Self(Rc::new(Inner { catalogue, interviews: RefCell::default(), verifier }))
    }

    /// The questionnaires on offer.
    pub(crate) fn forms(&self) -> &[Form] {
        &self.0.catalogue.forms
    }

    /// The second check of a record.
    pub(crate) fn verifier(&self) -> &Verifier {
        &self.0.verifier
    }

    /// The open interview of a form.
    pub(crate) fn interview(&self, form: &str) -> Option<Store> {
        self.0.interviews.borrow().get(form).cloned()
    }

    /// The open interview of a form, or a new one.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub(crate) async fn open(&self, form: &str, language: &str) -> Result<Store, OpenError> {
        if let Some(store) = self.interview(form) {
            return Ok(store);
        }
        let file = self.forms().iter().find(|one| one.id == form).map(|one| one.file.clone());
        let file = file.ok_or(OpenError::Unknown)?;
        let bundle: Rc<str> = fetch::text(&file).await.map_err(OpenError::Fetch)?.into();
        let later = Later::load().await.map_err(OpenError::Fetch)?;
        let plan = later.open(&bundle).map_err(|faults| OpenError::Faulty(faults.into()))?;
        let language = plan.language(language).unwrap_or(LanguageId(0));
        let now = clock::now();
        let session = later.begin(plan, World { today: clock::today(), now, language });
        let store = Store::new(AttrValue::from(form.to_owned()), bundle, later, session, now);
        // Another opening may have been quicker while the file was on its way: its answers stay.
        Ok(self.0.interviews.borrow_mut().entry(form.to_owned()).or_insert(store).clone())
    }

    /// Throws the open interview of a form away.
    pub(crate) fn discard(&self, form: &str) {
        let _store = self.0.interviews.borrow_mut().remove(form);
    }

    /// Shows every open interview in a language.
    pub(crate) fn speak(&self, tag: &str) {
        for store in self.0.interviews.borrow().values() {
            store.speak(tag);
        }
    }

    /// Whether closing the page loses answers.
    pub(crate) fn would_lose(&self) -> bool {
        self.0.interviews.borrow().values().any(Store::is_unsaved)
    }
}
