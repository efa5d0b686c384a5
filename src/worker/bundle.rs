use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::plan::Plan;

/// A questionnaire with all the files it needs, in one file of the site.
#[derive(Debug, Deserialize)]
pub struct Bundle {
    /// The path of the questionnaire among the files.
    pub entry: String,
    /// The texts of the files by path.
    pub files: BTreeMap<String, String>,
}

/// What a questionnaire is called that stands in a file by itself.
const ALONE: &str = "questionnaire.json";

impl Bundle {
    /// The bundle that a text is, or that holds it alone: a questionnaire needs no other file unless it says so.
    fn read(text: &str) -> Self {
        // Only what can be a bundle is read as one: a large questionnaire is read once, and by the reader with places.
        let bundle = if text.contains("\"files\"") { serde_json::from_str(text).ok() } else { None };
        bundle.unwrap_or_else(|| Self {
            entry: ALONE.to_owned(),
            files: BTreeMap::from([(ALONE.to_owned(), text.to_owned())]),
        })
    }

    /// Reads and compiles a questionnaire: that of a bundle, or one that stands by itself.
    ///
    /// # Errors
    /// What is wrong with it, one text a fault.
    pub fn open(text: &str) -> Result<Arc<Plan>, Vec<String>> {
        let bundle = Self::read(text);
        let (plan, sources, faults) = crate::open(&bundle.files, &bundle.entry);
        plan.ok_or_else(|| {
            faults.iter().filter(|fault| fault.is_error()).map(|fault| sources.render(fault)).collect()
        })
    }
}
