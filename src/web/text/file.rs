use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde::Deserialize;
use yew::AttrValue;

/// A file of interface texts. Its words are read when they are first looked at, which those of a language that nobody
/// chooses never are.
#[derive(Debug, Default)]
pub(crate) struct TextFile {
    /// What the file says about itself.
    head: Head,
    file: String,
    texts: OnceCell<BTreeMap<String, AttrValue>>,
}

#[derive(Debug, Default, Deserialize)]
struct Head {
    tag: String,
    name: String,
    #[serde(default = "left_to_right")]
    dir: String,
}

fn left_to_right() -> String {
    "ltr".to_owned()
}

#[derive(Deserialize)]
struct Body {
    texts: BTreeMap<String, String>,
}

impl TextFile {
    /// A file, by its text.
    ///
    /// # Errors
    /// If it is no JSON, or does not say which language it is.
    pub(crate) fn read(file: String) -> Result<Self, serde_json::Error> {
        Ok(Self { head: serde_json::from_str(&file)?, file, texts: OnceCell::new() })
    }

    /// BCP 47 tag.
    pub(crate) fn tag(&self) -> &str {
        &self.head.tag
    }

    /// What the language calls itself.
    pub(crate) fn name(&self) -> &str {
        &self.head.name
    }

    /// `ltr` or `rtl`.
    pub(crate) fn dir(&self) -> &str {
        &self.head.dir
    }

    /// The words for a key.
    pub(crate) fn text(&self, key: &str) -> Option<&AttrValue> {
        let texts = self.texts.get_or_init(|| {
            let body: Option<Body> = serde_json::from_str(&self.file).ok();
            // Words are read once and shown often, so they are shared from the start.
            body.into_iter().flat_map(|body| body.texts).map(|(key, text)| (key, text.into())).collect()
        });
        texts.get(key)
    }
}

#[cfg(test)]
mod tests {
    use super::TextFile;

    #[test]
    fn what_a_file_says_about_itself_is_known_before_its_words() {
        let file = r#"{"tag": "ar", "name": "العربية", "dir": "rtl", "texts": {"bar.home": "بداية"}}"#;
        let file = TextFile::read(file.to_owned()).unwrap();
        assert_eq!((file.tag(), file.name(), file.dir()), ("ar", "العربية", "rtl"));
        assert!(file.texts.get().is_none());
        assert_eq!(file.text("bar.home").unwrap(), "بداية");
        assert_eq!(file.text("bar.away"), None);
        assert!(TextFile::read("{}".to_owned()).is_err());
        assert!(TextFile::read("<!doctype html>".to_owned()).is_err());
    }
}
