use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use yew::AttrValue;

/// A file of interface texts.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct TextFile {
    /// BCP 47 tag.
    pub(crate) tag: String,
    /// What the language calls itself.
    pub(crate) name: String,
    /// `ltr` or `rtl`.
    #[serde(default = "left_to_right")]
    pub(crate) dir: String,
    /// The words by key.
    #[serde(deserialize_with = "shared")]
    pub(crate) texts: BTreeMap<String, AttrValue>,
}

fn left_to_right() -> String {
    "ltr".to_owned()
}

/// Words are read once and shown often, so they are shared from the start.
fn shared<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, AttrValue>, D::Error> {
    let texts = BTreeMap::<String, String>::deserialize(deserializer)?;
    Ok(texts.into_iter().map(|(key, text)| (key, text.into())).collect())
}
