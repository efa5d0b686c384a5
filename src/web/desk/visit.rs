//! Several people in one visit.

use super::Desk;
use super::begin::failure;
use crate::vault::Id;
use crate::vault::message::Failure;
use crate::web::store::Store;
use crate::web::text::Texts;
use crate::web::visit::Offer;

impl Desk {
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
        if let Some(store) = self.interview_of(draft) {
            return Ok(store);
        }
        let store = self.load(draft, false).await?;
        self.keeping().close_draft(draft).await;
        Ok(store)
    }
}
