use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::catalogue::{Catalogue, Form};
use super::host::verifier::Verifier;
use super::host::{address, chance, clock, fetch};
use super::keeping::{self, Access, Keeping};
use super::later::Office;
use super::pages::{
    CaseloadPage, FollowPage, GalleryPage, InterviewPage, Lamp, OpenInterview, OutboxPage, SettingsPage,
    TabletPage, UnlockPage,
};
use super::route::{PREVIEW, Route};
use super::sending::Sending;
use super::store::{Damage, Earlier, Outcome, Store};
use super::text::Texts;
use super::visit::Offer;
use crate::plan::{LanguageId, Plan};
use crate::profile::{Profile, prefill};
use crate::session::{Journal, Record, Session, World};
use crate::vault::message::{Ask, Failure, Opened, Tell, Unlocked};
use crate::vault::{Head, Id, ProfileId, State};
use crate::worker::Bundle;

/// The worker's desk: what the site offers, and the interviews that are open. It lives as long as the page; clones are
/// the same desk, and equal.
#[derive(Clone)]
pub(crate) struct Desk(Rc<Inner>);

struct Inner {
    catalogue: Rc<Catalogue>,
    interviews: RefCell<BTreeMap<String, Store>>,
    verifier: Verifier,
    keeping: Keeping,
    /// How many interviews are on their way, for which somebody waits.
    opening: Cell<u32>,
    looked: Cell<bool>,
    sending: Sending,
}

/// How long after the page was drawn it turns to what nobody waits for, and how soon it looks again.
const EASE_MS: u32 = 1_500;
const AGAIN_MS: u32 = 500;

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
}

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
            verifier,
            keeping,
            sending,
            opening: Cell::default(),
            looked: Cell::default(),
        }));
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

    /// What nobody waits for: the site is kept, and the second check loaded. They would take processor and network from
    /// an interview that is on its way.
    fn at_ease(&self, after: u32) {
        let this = self.clone();
        Timeout::new(after, move || {
            if this.0.opening.get() > 0 {
                return this.at_ease(AGAIN_MS);
            }
            this.look_once();
            this.keeping().install();
            this.verifier().load_early();
        })
        .forget();
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
        self.0.opening.update(|count| count + 1);
        let opened = self.open_new(form, language).await;
        self.0.opening.update(|count| count.saturating_sub(1));
        opened
    }

    async fn open_new(&self, form: &str, language: &str) -> Result<Store, OpenError> {
        // Read while it is found out who works here.
        let (bundle, plan) = self.read(form).await?;
        let world = world(&plan, language);
        let preview = form == PREVIEW && !self.is_installed(&plan).await;
        if !preview {
            // Before that nobody can know whether the interview is to be kept.
            self.look_once();
            self.keeping().known().await;
            self.may_begin()?;
        }
        // Another opening may have been quicker while the file was on its way: its answers stay.
        if let Some(store) = self.interview(form) {
            return Ok(store);
        }
        let store = Store::new(form.to_owned().into(), bundle, Journal::begin(plan, world), world.now);
        if preview {
            store.only_preview();
        }
        self.0.interviews.borrow_mut().insert(form.to_owned(), store.clone());
        self.keep(&store).await.inspect_err(|_| drop(self.drop_interview(form)))?;
        Ok(store)
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
        let store = Store::new(form.to_owned().into(), bundle, Journal::go_on(session), world.now);
        self.clear(form).await;
        let before = keeping::earlier(earlier.profile());
        store.go_on_from(earlier);
        self.0.interviews.borrow_mut().insert(form.to_owned(), store.clone());
        self.keep(&store).await.inspect_err(|_| drop(self.drop_interview(form)))?;
        if let Some(writer) = store.writer() {
            writer.write(before);
            store.write_snapshot();
        }
        Ok(store)
    }

    /// Goes on from the profile that a draft came to: of the same person, with the form that is named.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn follow_up(&self, draft: Id, form: &str, language: &str) -> Result<(), Failure> {
        let Tell::Text(text) = self.keeping().ask(Ask::Profile { draft }).await? else {
            return Err(Failure::Unreachable);
        };
        let profile: Profile = serde_json::from_str(&text).map_err(|_| Failure::Damaged)?;
        let before = self.keeping().drafts().into_iter().find(|one| one.draft == draft);
        let person = before.and_then(|one| one.head.person);
        let store = self.follow(form, language, profile).await.map_err(failure)?;
        if let Some(writer) = store.writer() {
            writer.note(|head| (head.person, head.follows) = (person, Some(draft)));
            writer.settled().await;
            let next = writer.draft();
            self.note_draft(draft, |head| head.followed = Some(next)).await?;
        }
        Ok(())
    }

    async fn read(&self, form: &str) -> Result<(Rc<str>, Arc<Plan>), OpenError> {
        let file = self.forms().iter().find(|one| one.id == form).map(|one| one.file.clone());
        let named = if form == PREVIEW { address::named_form() } else { None };
        let bundle: Rc<str> = match (named, file) {
            (Some(Err(_)), _) => return Err(OpenError::Foreign),
            (Some(Ok(address)), _) => fetch::text(&address).await.map_err(OpenError::Fetch)?.into(),
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

    /// Throws the open interview of a form away, from the disk too.
    pub(crate) fn discard(&self, form: &str) {
        let Some(store) = self.drop_interview(form) else { return };
        if let Some(draft) = store.writer().map(keeping::Writer::draft) {
            let keeping = self.keeping().clone();
            spawn_local(async move {
                let _ = keeping.ask(Ask::Remove { draft }).await;
                keeping.list().await;
            });
        }
    }

    fn drop_interview(&self, form: &str) -> Option<Store> {
        self.0.interviews.borrow_mut().remove(form)
    }

    /// Takes the interview of a form off the desk, so that another can lie there; on the disk it stays.
    async fn clear(&self, form: &str) {
        let other = self.drop_interview(form);
        if let Some(other) = other.as_ref().and_then(Store::writer).map(keeping::Writer::draft) {
            self.keeping().close_draft(other).await;
        }
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

    /// Whether an interview may begin: where somebody works here, only if what is answered can be kept. Whether the disk
    /// takes it in fact is seen when its first line is written, before the first question.
    fn may_begin(&self) -> Result<(), OpenError> {
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

    /// Has a new interview written, if somebody works.
    async fn keep(&self, store: &Store) -> Result<(), OpenError> {
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
                hash: plan.content_hash.to_string(),
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
        Ok(())
    }

    /// Opens a draft, and goes to where the worker was in it.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn resume(&self, draft: Id) -> Result<(), Failure> {
        let open = self.0.interviews.borrow().values().find(|store| is_of(store, draft)).cloned();
        let store = match open {
            Some(store) => store,
            None => self.reopen(draft, false).await?,
        };
        let form = store.form().to_string();
        let section = store.last_section().map_or(0, |section| section.index());
        address::go(&match store.outcome() {
            Outcome::Finished(_) => Route::Profile { form }.href(),
            Outcome::Open | Outcome::Checking | Outcome::Refused(_) => Route::Fill { form, section }.href(),
        });
        Ok(())
    }

    /// Takes a draft from the tab that writes it.
    ///
    /// # Errors
    /// See [`Failure`]: it is then shown as before.
    pub(crate) async fn take_over(&self, draft: Id) -> Result<(), Failure> {
        let store = self.reopen(draft, true).await?;
        if store.only_reads() { Err(Failure::ReadOnly) } else { Ok(()) }
    }

    async fn reopen(&self, draft: Id, take_over: bool) -> Result<Store, Failure> {
        let store = self.load(draft, take_over).await?;
        let form = store.form().to_string();
        let before = self.0.interviews.borrow_mut().insert(form, store.clone());
        self.keeping().changed();
        // One interview of a form is on the desk at a time; the others are on the disk.
        if let Some(other) = before.as_ref().and_then(Store::writer).map(keeping::Writer::draft)
            && other != draft
        {
            self.keeping().close_draft(other).await;
        }
        Ok(store)
    }

    /// A draft as it stands on the disk, not yet on the desk.
    async fn load(&self, draft: Id, take_over: bool) -> Result<Store, Failure> {
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
        store.go_on(kept.stated.as_ref(), &opened.head, damage);
        if opened.head.state != State::Open {
            super::finish::finished_before(&store, opened.writable);
        }
        store.keep(writer);
        Ok(store)
    }

    /// The questionnaire with which a draft was begun, to the letter: the one that is kept with it, or else that of the
    /// site. It is not sealed, since it is no secret; its hash is, with the draft.
    async fn begun_with(&self, head: &Head, kept: Rc<str>) -> Result<(Rc<str>, Arc<Plan>), Failure> {
        let is_it = |plan: &Arc<Plan>| *plan.content_hash == *head.hash;
        if let Some(plan) = Bundle::open(&kept).ok().filter(is_it) {
            return Ok((kept, plan));
        }
        let installed = self.read(&head.form).await.ok();
        installed.filter(|(_, plan)| is_it(plan)).ok_or(Failure::Damaged)
    }

    /// Another interview in the visit of a draft, and what was said in the visit that may hold for it too.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn companion(
        &self,
        draft: Id,
        form: &str,
        texts: &Texts,
    ) -> Result<(Store, Offer), Failure> {
        let listed = self.keeping().drafts();
        let visit = listed.iter().find(|one| one.draft == draft).and_then(|one| one.head.visit);
        let visit = visit.unwrap_or(draft);
        // The first of the visit first: it is the household's, where there is one.
        let mut others: Vec<_> =
            listed.into_iter().filter(|one| one.head.visit == Some(visit) || one.draft == draft).collect();
        others.sort_by(|one, other| one.head.began.cmp(&other.head.began));
        let (mut sources, mut unread) = (Vec::new(), Vec::new());
        for other in others {
            match self.look_into(other.draft).await {
                Ok(store) => sources.push(store),
                // Nobody works any more, or nothing can be read at all.
                Err(failure @ (Failure::Locked | Failure::Unreachable | Failure::NoStorage)) => {
                    return Err(failure);
                }
                // One that was damaged keeps nobody from the others.
                Err(_) => unread.push(other.head),
            }
        }
        self.note_draft(draft, |head| head.visit = Some(visit)).await?;
        self.clear(form).await;
        let store = self.open(form, texts.tag()).await.map_err(failure)?;
        if let Some(writer) = store.writer() {
            writer.note(|head| head.visit = Some(visit));
        }
        let offer = Offer { unread, ..Offer::new(&sources, &store, texts) };
        Ok((store, offer))
    }

    /// A draft to look into: as it lies on the desk, or else as it stands on the disk.
    async fn look_into(&self, draft: Id) -> Result<Store, Failure> {
        let open = self.0.interviews.borrow().values().find(|store| is_of(store, draft)).cloned();
        if let Some(store) = open {
            return Ok(store);
        }
        let store = self.load(draft, false).await?;
        self.keeping().close_draft(draft).await;
        Ok(store)
    }

    /// Takes a draft off the desk; on the disk it stays.
    pub(crate) fn forget(&self, draft: Id) {
        self.0.interviews.borrow_mut().retain(|_, store| !is_of(store, draft));
    }

    /// Somebody has unlocked: on to what they were at, or to their list.
    pub(crate) fn go_on(&self, unlocked: &Unlocked) {
        let (this, last) = (self.clone(), unlocked.last);
        // What was answered before anybody was unlocked is not theirs.
        self.0.interviews.borrow_mut().clear();
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

    /// Notes something of a draft, whether it is open or not.
    async fn note_draft(&self, draft: Id, change: impl FnOnce(&mut Head)) -> Result<(), Failure> {
        let open = self.0.interviews.borrow().values().find(|store| is_of(store, draft)).cloned();
        match open.as_ref().and_then(Store::writer) {
            Some(writer) => {
                writer.note(change);
                writer.settled().await;
            }
            None => {
                let (_, writer) = self.keeping().open_draft(draft, false).await?;
                writer.note(change);
                self.keeping().close_draft(draft).await;
            }
        }
        Ok(())
    }
}

/// Why a new interview could not be begun, as a draft's own failures are told.
fn failure(error: OpenError) -> Failure {
    match error {
        OpenError::NotKept(failure) => failure,
        OpenError::Locked => Failure::Locked,
        OpenError::Unknown | OpenError::Foreign | OpenError::Fetch(_) | OpenError::Faulty(_) => {
            Failure::NotFound
        }
    }
}

fn is_of(store: &Store, draft: Id) -> bool {
    store.writer().is_some_and(|writer| writer.draft() == draft)
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
            Route::Unlock => html! { <UnlockPage desk={self.clone()} /> },
            Route::Caseload => html! { <CaseloadPage desk={self.clone()} /> },
            Route::Outbox => html! { <OutboxPage desk={self.clone()} /> },
            Route::Tablet => html! { <TabletPage desk={self.clone()} /> },
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

    fn lamp(&self) -> Html {
        html! { <Lamp desk={self.clone()} /> }
    }

    fn would_lose(&self) -> bool {
        let in_memory = |store: &Store| store.writer().is_none() && store.is_unsaved();
        self.keeping().would_lose() || self.0.interviews.borrow().values().any(in_memory)
    }
}
