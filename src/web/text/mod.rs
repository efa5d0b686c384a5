//! The page's own words, in every language that the site has a file for.
//!
//! A language is one file, `www/text/<tag>.json`, with its name, its direction of writing and its texts; adding one
//! takes no code. All of them are there before the page opens: nothing is fetched while an interview is filled in.

mod date;
mod file;

use std::rc::Rc;

pub(crate) use date::spoken_date;
pub(crate) use file::TextFile;
use yew::AttrValue;

/// Every language of the page.
#[derive(Debug, Default)]
pub(crate) struct Languages {
    /// In the order in which they are offered.
    list: Vec<Rc<TextFile>>,
}

impl Languages {
    /// The languages of these files, in this order; the first stands in for what another lacks.
    pub(crate) fn new(files: Vec<TextFile>) -> Self {
        Self { list: files.into_iter().map(Rc::new).collect() }
    }

    /// What to offer: tag and name in its own language.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.iter().map(|file| (file.tag(), file.name()))
    }

    /// The words in a language, or in the nearest one that there is.
    pub(crate) fn texts(&self, tag: &str) -> Texts {
        let chosen = self.nearest(tag).or_else(|| self.list.first()).cloned().unwrap_or_default();
        let fallback = self.list.first().cloned().unwrap_or_default();
        Texts { chosen, fallback }
    }

    /// The first language of a list of wishes that there is, in some form.
    pub(crate) fn choose(&self, wishes: &[String]) -> Option<&str> {
        wishes.iter().find_map(|wish| self.nearest(wish)).map(|file| file.tag())
    }

    /// The file of a tag, or else one of the same language: `zh-CN` for `zh-TW`, `en` for `en-GB`.
    fn nearest(&self, tag: &str) -> Option<&Rc<TextFile>> {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        self.list
            .iter()
            .find(|file| file.tag().eq_ignore_ascii_case(tag))
            .or_else(|| self.list.iter().find(|file| primary(file.tag()) == primary(tag)))
    }
}

/// The page's words in one language. Two are equal if they are the same file, so that a change of language, and only
/// that, wakes whoever shows words.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    chosen: Rc<TextFile>,
    fallback: Rc<TextFile>,
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.chosen, &other.chosen)
    }
}

impl Texts {
    /// The language's tag, such as `zh-CN`.
    pub(crate) fn tag(&self) -> &str {
        self.chosen.tag()
    }

    /// `ltr` or `rtl`.
    pub(crate) fn direction(&self) -> &str {
        self.chosen.dir()
    }

    /// The words for a key. A missing text shows in the first language, and a key that nobody knows shows itself.
    pub(crate) fn say(&self, key: &str) -> AttrValue {
        self.find(key).cloned().unwrap_or_else(|| AttrValue::from(key.to_owned()))
    }

    /// The words for a key that is not the page's own choice, such as a name from a questionnaire, or what stands in
    /// for them.
    pub(crate) fn say_or(&self, key: &str, other: &str) -> AttrValue {
        self.find(key).cloned().unwrap_or_else(|| AttrValue::from(other.to_owned()))
    }

    /// The words for a key, with `{name}` places filled in.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> AttrValue {
        let mut text = self.say(key).to_string();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text.into()
    }

    fn find(&self, key: &str) -> Option<&AttrValue> {
        self.chosen.text(key).or_else(|| self.fallback.text(key))
    }
}
