use std::collections::BTreeMap;

use serde::Deserialize;

/// What the site offers: its questionnaires, and the languages of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Catalogue {
    /// The questionnaires, in the order in which they are offered.
    pub(crate) forms: Vec<Form>,
    /// The addresses of the interface texts by language tag.
    pub(crate) texts: BTreeMap<String, String>,
}

/// A questionnaire of the site.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Form {
    /// Its id.
    pub(crate) id: String,
    /// Its version.
    pub(crate) version: String,
    /// Its languages; the first stands in for a translation that is missing.
    pub(crate) languages: Vec<String>,
    /// Its name by language.
    pub(crate) title: BTreeMap<String, String>,
    /// What it is for, by language.
    #[serde(default)]
    pub(crate) description: BTreeMap<String, String>,
    /// The address of its bundle.
    pub(crate) file: String,
    /// Whether it is made to follow up: something in it is taken over from the profile of the time before.
    #[serde(default)]
    pub(crate) follows: bool,
}

impl Form {
    /// The text of a language, or of the form's first.
    pub(crate) fn text<'a>(&'a self, texts: &'a BTreeMap<String, String>, tag: &str) -> Option<&'a str> {
        let first = || self.languages.first().and_then(|first| texts.get(first));
        texts.get(tag).or_else(first).or_else(|| texts.values().next()).map(String::as_str)
    }
}
