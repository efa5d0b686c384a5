//! What the first visit does without: opening a questionnaire, interviewing, ending an interview, and the page that
//! shows what came out. The build moves these functions, and all that only they need, into a module of its own (`xtask`'s `split.rs`
//! knows them by their names), which is loaded once the first page is drawn. The compiler of questionnaires and their
//! expressions alone is a third of the page.

use std::sync::Arc;

use yew::Html;

use super::host::{fetch, later};
use super::pages::ProfileView;
use crate::plan::{Choice, Plan};
use crate::profile::{self, Profile};
use crate::session::{ChangeSet, Command, Finding, Node, Record, Refusal, Session, World};
use crate::worker::Bundle;

/// The proof that the second part is there: without it none of its functions can be called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Later(());

impl Later {
    /// Loads the second part, unless it is there already.
    ///
    /// # Errors
    /// See [`fetch::FetchError`].
    pub(crate) async fn load() -> Result<Self, fetch::FetchError> {
        later::load().await?;
        Ok(Self(()))
    }

    /// In tests nothing is split.
    #[cfg(test)]
    pub(crate) fn for_tests() -> Self {
        Self(())
    }

    /// Reads and compiles the questionnaire of a bundle.
    ///
    /// # Errors
    /// What is wrong with it, one text a fault.
    #[inline(never)]
    pub(crate) fn open(self, bundle: &str) -> Result<Arc<Plan>, Vec<String>> {
        Bundle::open(bundle)
    }

    /// An interview that begins.
    #[inline(never)]
    pub(crate) fn begin(self, plan: Arc<Plan>, world: World) -> Session {
        Session::open(plan, world)
    }

    /// Does something to an interview.
    ///
    /// # Errors
    /// Why the session refuses to.
    #[inline(never)]
    pub(crate) fn apply(self, session: &mut Session, command: Command) -> Result<ChangeSet, Refusal> {
        session.apply(command)
    }

    /// The choices that a question offers now.
    #[inline(never)]
    pub(crate) fn choices(self, session: &Session, node: Node) -> Vec<&Choice> {
        session.choices(node)
    }

    /// What was answered.
    #[inline(never)]
    pub(crate) fn record(self, session: &Session) -> Record {
        session.record()
    }

    /// The profile of a record, and its canonical text.
    ///
    /// # Errors
    /// What in the record is not as the questionnaire asks.
    #[inline(never)]
    pub(crate) fn assess(self, plan: &Arc<Plan>, record: &Record) -> Result<(Profile, String), Vec<Finding>> {
        let profile = profile::assess(plan, record)?;
        let text = profile.to_canonical_json();
        Ok((profile, text))
    }

    /// A record as it stands in a file.
    #[inline(never)]
    pub(crate) fn record_text(self, record: &Record) -> String {
        crate::json::canonical::to_string(&record.to_value())
    }

    /// Draws what came out.
    #[inline(never)]
    pub(crate) fn draw_profile(self, view: &ProfileView<'_>) -> Html {
        super::pages::draw_profile(view)
    }
}
