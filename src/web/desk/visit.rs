//! Several people in one visit.

use std::rc::Rc;
use std::sync::Arc;

use super::Desk;
use super::begin::{blank, failure};
use crate::plan::Plan;
use crate::vault::Id;
use crate::vault::message::Failure;
use crate::web::store::Store;
use crate::web::text::Texts;
use crate::web::visit::{self, Fact, Offer};

/// Another interview of a visit before it begins: nothing of it is on the disk or on the desk yet.
pub(crate) struct Companion {
    /// The interview beside which it begins.
    beside: Id,
    visit: Id,
    /// Its questionnaire.
    pub(crate) form: String,
    bundle: Rc<str>,
    plan: Arc<Plan>,
    /// What was said in the visit that may hold for it too.
    pub(crate) offer: Offer,
}

impl Desk {
    /// What another interview in the visit of a draft would begin with. It leaves everything as it is: whoever only looks
    /// has begun nothing.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn companion(
        &self,
        beside: Id,
        form: &str,
        texts: &Texts,
    ) -> Result<Companion, Failure> {
        let listed = self.keeping().drafts();
        let visit = listed.iter().find(|one| one.draft == beside).and_then(|one| one.head.visit);
        let visit = visit.unwrap_or(beside);
        // The first of the visit first: it is the household's, where there is one.
        let mut others: Vec<_> =
            listed.into_iter().filter(|one| one.head.visit == Some(visit) || one.draft == beside).collect();
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
        self.may_begin().map_err(failure)?;
        let (bundle, plan) = self.read(form).await.map_err(failure)?;
        let empty = blank(form, bundle.clone(), plan.clone(), texts.tag());
        let offer = Offer { unread, ..Offer::new(&sources, &empty, texts) };
        Ok(Companion { beside, visit, form: form.to_owned(), bundle, plan, offer })
    }

    /// Begins it, with the answers that hold for it too.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn begin_companion(
        &self,
        companion: &Companion,
        language: &str,
        facts: &[Fact],
    ) -> Result<(), Failure> {
        let Companion { beside, visit, form, bundle, plan, .. } = companion;
        self.may_begin().map_err(failure)?;
        self.note_draft(*beside, |head| head.visit = Some(*visit)).await?;
        self.clear(form).await?;
        let store =
            self.lay_out(form, bundle.clone(), plan.clone(), language, false).await.map_err(failure)?;
        if let Some(writer) = store.writer() {
            writer.note(|head| head.visit = Some(*visit));
        }
        visit::take_over(&store, facts);
        Ok(())
    }

    /// A draft to look into: as it lies on the desk, or else as it stands on the disk.
    async fn look_into(&self, draft: Id) -> Result<Store, Failure> {
        let _turn = self.0.turns.mine().await;
        if let Some(store) = self.interview_of(draft) {
            return Ok(store);
        }
        let store = self.load(draft, false).await?;
        self.keeping().close_draft(draft).await;
        Ok(store)
    }
}
