use super::Questionnaire;
use crate::json::Item;

/// A language pack: the texts of one file in one other language.
#[derive(Debug)]
pub struct Pack {
    /// BCP 47 tag.
    pub language: String,
    /// The index of the pack's own file.
    pub(crate) file: usize,
    /// The index of the file whose texts it holds.
    pub(crate) of: usize,
}

/// The packs that hold texts for what stands in a file: the questionnaire's own, which win, and the file's.
#[derive(Clone, Copy)]
pub struct Packs<'a> {
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) file: usize,
}

impl<'a> Packs<'a> {
    /// A text in a language, by its path in the pack, such as `["questions", "age", "title"]`.
    #[must_use]
    pub fn text(&self, language: &str, path: &[&str]) -> Option<Item<'a>> {
        let own = self.find(language, 0, path);
        if self.file == 0 { own } else { own.or_else(|| self.find(language, self.file, path)) }
    }

    /// A text in a language from the file's own pack alone: its title, which the questionnaire's pack has too.
    #[must_use]
    pub fn own_text(&self, language: &str, path: &[&str]) -> Option<Item<'a>> {
        self.find(language, self.file, path)
    }

    fn find(&self, language: &str, of: usize, path: &[&str]) -> Option<Item<'a>> {
        let pack = self.questionnaire.packs.iter().find(|pack| pack.of == of && pack.language == language)?;
        let mut item = self.questionnaire.file_root(pack.file)?;
        for name in path {
            item = item.get(name)?;
        }
        item.text().map(|_| item)
    }
}
