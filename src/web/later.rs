//! The door between what the first visit needs and all the rest.
//!
//! The first page is a list of questionnaires. Everything else (the compiler, the session, the profile, every other
//! page and every control) stands behind [`enter`]: the build moves what can be reached through that function alone
//! into a part of its own (`xtask`'s `split.rs` knows it by its name), which is loaded once the first page is drawn.
//! So a new page, a new type of question or a new dependency of theirs costs the first visit nothing, as long as the
//! first part knows of it through [`Office`] only.

use std::pin::Pin;
use std::rc::Rc;

use yew::{Callback, Html};

use super::catalogue::{Catalogue, Form};
use super::desk::Desk;
use super::host::{fetch, later};
use super::route::Route;

/// What the first part may ask of the rest.
pub(crate) trait Office {
    /// The page of an address; none for the list, which is drawn without the second part.
    fn page(&self, route: &Route) -> Html;

    /// What stands beside every page, and stays when another one is drawn.
    fn beside(&self) -> Html;

    /// Does what the page of an address would have to wait for, in a language, as far as it can: what stands in the
    /// way is told by the page.
    fn prepare(&self, route: &Route, tag: &str) -> Pin<Box<dyn Future<Output = ()>>>;

    /// The open interview of a form, as the list of forms shows it, if there is one. `changed` is called when it was
    /// thrown away.
    fn interview_card(&self, form: &Form, changed: Callback<()>) -> Option<Html>;

    /// In the bar: who works, whether what they write stays, and the way to lock.
    fn lamp(&self) -> Html;

    /// Shows every open interview in a language.
    fn speak(&self, tag: &str);

    /// Whether closing the page loses answers.
    fn would_lose(&self) -> bool;
}

/// The rest, once it is there. Clones are the same, and equal.
#[derive(Clone)]
pub(crate) struct Rooms(Rc<dyn Office>);

impl PartialEq for Rooms {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Rooms {
    type Target = dyn Office;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

impl Rooms {
    /// Loads the second part, and opens its door.
    ///
    /// # Errors
    /// See [`fetch::FetchError`].
    pub(crate) async fn load(catalogue: Rc<Catalogue>) -> Result<Self, fetch::FetchError> {
        later::load().await?;
        Ok(Self(enter(catalogue)))
    }
}

/// The door. It is called once, when what is behind it is there.
#[inline(never)]
fn enter(catalogue: Rc<Catalogue>) -> Rc<dyn Office> {
    let office: Rc<dyn Office> = Rc::new(Desk::new(catalogue));
    // The compiler must not see through the door: it would know which functions an office has, name them on this side,
    // and so keep all of them here.
    std::hint::black_box(office)
}
