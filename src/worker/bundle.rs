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

impl Bundle {
    /// The bundle that a text is, or that holds it alone: a questionnaire needs no other file unless it says so.
    #[must_use]
    pub fn around(text: &str) -> String {
        match serde_json::from_str::<Self>(text) {
            Ok(_) => text.to_owned(),
            Err(_) => {
                let entry = "questionnaire.json";
                serde_json::json!({ "entry": entry, "files": { (entry): text } }).to_string()
            }
        }
    }

    /// Reads and compiles the questionnaire of a bundle.
    ///
    /// # Errors
    /// What is wrong with it, one text a fault.
    pub fn open(text: &str) -> Result<Arc<Plan>, Vec<String>> {
        let bundle: Self = serde_json::from_str(text).map_err(|error| vec![error.to_string()])?;
        let (plan, sources, faults) = crate::open(&bundle.files, &bundle.entry);
        plan.ok_or_else(|| {
            faults.iter().filter(|fault| fault.is_error()).map(|fault| sources.render(fault)).collect()
        })
    }
}
