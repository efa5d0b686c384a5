use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use super::catalogue::{Catalogue, Form};
use super::host::verifier::Verifier;
use super::host::{address, clock, fetch};
use super::later::Office;
use super::pages::{FollowPage, GalleryPage, InterviewPage, OpenInterview, SettingsPage};
use super::route::{PREVIEW, Route};
use super::store::{Earlier, Store};
use crate::plan::{LanguageId, Plan};
use crate::profile::{Profile, prefill};
use crate::session::{Record, Session, World};
use crate::worker::Bundle;

/// The worker's desk: what the site offers, and the interviews that are open. It lives as long as the page; clones are
/// the same desk, and equal.
#[derive(Clone)]
pub(crate) struct Desk(Rc<Inner>);

struct Inner {
    catalogue: Rc<Catalogue>,
    interviews: RefCell<BTreeMap<String, Store>>,
    verifier: Verifier,
}

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
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Desk {
    /// A desk with nothing on it.
    pub(crate) fn new(catalogue: Rc<Catalogue>) -> Self {
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
        let (bundle, plan) = self.read(form).await?;
        let world = world(&plan, language);
        let preview = form == PREVIEW && !self.is_installed(&plan).await;
        let store = Store::new(form.to_owned().into(), bundle, Session::open(plan, world), world.now);
        if preview {
            store.only_preview();
        }
        // Another opening may have been quicker while the file was on its way: its answers stay.
        Ok(self.0.interviews.borrow_mut().entry(form.to_owned()).or_insert(store).clone())
    }

    /// A new interview that goes on from the profile of the time before, in the place of an open one: what the
    /// questionnaire takes over is filled in, and last time's answers are at hand.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub(crate) async fn follow(
        &self,
        form: &str,
        language: &str,
        profile: Profile,
    ) -> Result<Store, OpenError> {
        let (bundle, plan) = self.read(form).await?;
        let world = world(&plan, language);
        let mut record = Record::new(world.today);
        prefill(&plan, &profile, &mut record);
        // Where the site has the version with which the profile was made, it says which questions are the same.
        let then = self.read(&profile.questionnaire.id).await.ok().map(|(_, plan)| plan);
        let then = then.filter(|plan| *plan.content_hash == *profile.questionnaire.content_hash);
        let earlier = Earlier::new(&plan, profile, then.as_deref(), world.today);
        let (session, _) = Session::restore(plan, world, &record);
        let store = Store::new(form.to_owned().into(), bundle, session, world.now);
        store.go_on_from(earlier);
        self.0.interviews.borrow_mut().insert(form.to_owned(), store.clone());
        Ok(store)
    }

    async fn read(&self, form: &str) -> Result<(Rc<str>, Arc<Plan>), OpenError> {
        let file = self.forms().iter().find(|one| one.id == form).map(|one| one.file.clone());
        let named = if form == PREVIEW { address::named_form() } else { None };
        let bundle: Rc<str> = match (named, file) {
            (Some(Err(_)), _) => return Err(OpenError::Foreign),
            (Some(Ok(address)), _) => {
                Bundle::around(&fetch::text(&address).await.map_err(OpenError::Fetch)?).into()
            }
            (None, Some(file)) => fetch::text(&file).await.map_err(OpenError::Fetch)?.into(),
            (None, None) => return Err(OpenError::Unknown),
        };
        let plan = Bundle::open(&bundle).map_err(|faults| OpenError::Faulty(faults.into()))?;
        Ok((bundle, plan))
    }

    /// Whether the site has this very questionnaire, to the letter.
    async fn is_installed(&self, plan: &Plan) -> bool {
        let Some(file) = self.forms().iter().find(|one| *one.id == *plan.id).map(|one| one.file.clone())
        else {
            return false;
        };
        let bundle = fetch::text(&file).await.unwrap_or_default();
        Bundle::open(&bundle).is_ok_and(|installed| installed.content_hash == plan.content_hash)
    }

    /// Throws the open interview of a form away.
    pub(crate) fn discard(&self, form: &str) {
        let _store = self.0.interviews.borrow_mut().remove(form);
    }
}

/// Here and now, in a language that the questionnaire has.
fn world(plan: &Plan, language: &str) -> World {
    let language = plan.language(language).unwrap_or(LanguageId(0));
    World { today: clock::today(), now: clock::now(), language }
}

impl Office for Desk {
    fn page(&self, route: &Route) -> Html {
        match route {
            Route::Start => Html::default(),
            Route::Settings => html! { <SettingsPage /> },
            Route::Gallery => html! { <GalleryPage /> },
            Route::Follow { form } => html! { <FollowPage desk={self.clone()} form={form.clone()} /> },
            Route::Fill { .. }
            | Route::Ask { .. }
            | Route::Review { .. }
            | Route::Profile { .. }
            | Route::Handout { .. } => {
                html! { <InterviewPage desk={self.clone()} route={route.clone()} /> }
            }
        }
    }

    fn interview_card(&self, form: &Form, changed: Callback<()>) -> Option<Html> {
        let store = self.interview(&form.id)?;
        Some(html! { <OpenInterview desk={self.clone()} {store} form={form.clone()} {changed} /> })
    }

    fn speak(&self, tag: &str) {
        for store in self.0.interviews.borrow().values() {
            store.speak(tag);
        }
    }

    fn would_lose(&self) -> bool {
        self.0.interviews.borrow().values().any(Store::is_unsaved)
    }
}
