use std::path::Path;
use std::sync::Arc;

use super::folder;
use super::form;
use super::loader::read_bounded;
use super::outcome::{Status, Stop, complain};
use crate::diagnostic::SourceId;
use crate::json::{self, Item};
use crate::plan::Plan;
use crate::questionnaire::FileKind;

/// The questionnaires of a folder.
pub(super) struct Library {
    pub(super) plans: Vec<Arc<Plan>>,
    /// Whether every questionnaire in the folder could be used.
    pub(super) status: Status,
}

impl Library {
    /// Reads and compiles every questionnaire in a folder. One that cannot be used is told on standard error and left
    /// out: profiles of the others can be verified all the same.
    pub(super) fn open(path: &Path) -> Result<Self, Stop> {
        let mut library = Self { plans: Vec::new(), status: Status::Clean };
        for file in folder::files(&[path.to_owned()])? {
            let bytes = read_bounded(&file.path).map_err(|error| folder::unusable(&file.path, &error))?;
            let (text, _) = json::decode(bytes, SourceId(0));
            let (document, _) = json::read(&text, SourceId(0));
            if Item::root(&document).and_then(FileKind::of) != Some(FileKind::Questionnaire) {
                continue;
            }
            match form::compile(&file.path).0 {
                Some(plan) => library.plans.push(plan),
                None => {
                    complain(&format!("{} cannot be used: see `intake check`", file.path.display()));
                    library.status = Status::Findings;
                }
            }
        }
        if library.plans.is_empty() {
            return Err(Stop::Unusable(format!(
                "there is no questionnaire that can be used in {}",
                path.display()
            )));
        }
        Ok(library)
    }

    /// The questionnaire of an id and a content hash.
    pub(super) fn find(&self, id: &str, hash: &str) -> Option<Arc<Plan>> {
        self.plans.iter().find(|plan| *plan.id == *id && plan.content_hash() == hash).cloned()
    }
}
