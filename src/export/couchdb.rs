//! A document for CouchDB and what replicates with it: the profile's id is the document's.

use serde_json::json;

use super::document::{Document, Made};
use super::{Leaving, Options, portable};

/// The document. The portable one stands in it whole, so that its signature still holds, and beside it what views and
/// queries ask for.
pub(super) fn document(leaving: &Leaving, options: Options<'_>) -> Made {
    let name = leaving.name();
    // Ids that begin with an underscore are the database's own.
    let id = if name.starts_with('_') { format!("profile:{name}") } else { name.clone() };
    let profile = &leaving.profile;
    let document = json!({
        "_id": id,
        "type": "intake.profile",
        "assessed_on": profile.assessed_on,
        "questionnaire": profile.questionnaire.id,
        "person_ref": profile.subject.person_ref,
        "supersedes": profile.supersedes,
        "document": portable::envelope(leaving, options.key),
    });
    Made::new(Document::json(name, document))
}
