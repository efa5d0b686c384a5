//! The questionnaire that an interview is held with: from the site, from the address, or from a draft.

use std::rc::Rc;
use std::sync::Arc;

use super::Desk;
use super::begin::OpenError;
use crate::plan::Plan;
use crate::vault::Head;
use crate::vault::message::Failure;
use crate::web::host::{address, fetch};
use crate::web::route::PREVIEW;
use crate::worker::Bundle;

impl Desk {
    pub(super) async fn read(&self, form: &str) -> Result<(Rc<str>, Arc<Plan>), OpenError> {
        let file = self.forms().iter().find(|one| one.id == form).map(|one| one.file.clone());
        let named = if form == PREVIEW { address::named_form() } else { None };
        let bundle: Rc<str> = match (named, file) {
            (Some(Err(_)), _) => return Err(OpenError::Foreign),
            (Some(Ok(address)), _) => fetch::text(&address).await.map_err(OpenError::Fetch)?.into(),
            (None, Some(file)) => fetch::text(&file).await.map_err(OpenError::Fetch)?.into(),
            (None, None) => return Err(OpenError::Unknown),
        };
        let last = self.0.read.borrow().clone();
        if let Some((bundle, plan)) = last.filter(|(text, _)| *text == bundle) {
            return Ok((bundle, plan));
        }
        let plan = Bundle::open(&bundle).map_err(|faults| OpenError::Faulty(faults.into()))?;
        // Two may be on their way to the same interview: the page that waits, and what was begun before it was drawn.
        self.0.read.replace(Some((Rc::clone(&bundle), Arc::clone(&plan))));
        Ok((bundle, plan))
    }

    /// Whether the site has this very questionnaire, to the letter.
    pub(super) async fn is_installed(&self, plan: &Plan) -> bool {
        let Some(file) = self.forms().iter().find(|one| *one.id == *plan.id).map(|one| one.file.clone())
        else {
            return false;
        };
        let bundle = fetch::text(&file).await.unwrap_or_default();
        Bundle::open(&bundle).is_ok_and(|installed| installed.content_hash() == plan.content_hash())
    }

    /// The questionnaire with which a draft was begun, to the letter: the one that is kept with it, or else that of the
    /// site. It is not sealed, since it is no secret; its hash is, with the draft.
    pub(super) async fn begun_with(
        &self,
        head: &Head,
        kept: Rc<str>,
    ) -> Result<(Rc<str>, Arc<Plan>), Failure> {
        let is_it = |plan: &Arc<Plan>| plan.content_hash() == head.hash;
        if let Some(plan) = Bundle::open(&kept).ok().filter(is_it) {
            return Ok((kept, plan));
        }
        let installed = self.read(&head.form).await.ok();
        installed.filter(|(_, plan)| is_it(plan)).ok_or(Failure::Damaged)
    }
}
