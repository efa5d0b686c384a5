//! The questionnaire as its author wrote it: files, references, language packs, and whether each is well formed.
//!
//! [`read`] never stops at the first problem and never panics. What a name *means* is [`crate::plan`]'s business.

pub mod dialect;
mod fingerprint;
mod kind;
mod loader;
mod pack;
mod read;
mod shape;

pub use kind::FileKind;
pub use loader::Loader;
pub use pack::{Pack, Packs};
pub use read::{check_file, read};
pub use shape::{Keyword, Shape, Table};

use crate::diagnostic::SourceId;
use crate::json::{Document, Item, NodeId};

/// A file that takes part in a questionnaire.
#[derive(Debug)]
pub struct File {
    /// Its path, as the loader knows it.
    pub path: String,
    /// Its text's place among the sources.
    pub source: SourceId,
    /// What it holds.
    pub document: Document,
    /// As what it was read.
    pub kind: FileKind,
}

/// A questionnaire with everything that it refers to.
#[derive(Debug)]
pub struct Questionnaire {
    /// The files; the questionnaire itself is the first.
    pub(crate) files: Vec<File>,
    /// For every section, the instrument's file, if it is a reference to one.
    pub(crate) instruments: Vec<Option<usize>>,
    /// The lists by the name that the questionnaire uses, with the file, if it is a reference to one.
    pub(crate) lists: Vec<(String, Option<usize>)>,
    /// The language packs.
    pub(crate) packs: Vec<Pack>,
}

/// A section as written.
#[derive(Clone, Copy)]
pub struct SectionSource<'a> {
    /// The section, or the instrument's root.
    pub body: Item<'a>,
    /// What stands beside the `$ref`, if it is a reference: it wins over the body.
    pub reference: Option<Item<'a>>,
    /// The index of the file in which the body stands.
    pub file: usize,
}

impl<'a> SectionSource<'a> {
    /// A keyword of the section: from beside the reference, or else from the body.
    #[must_use]
    pub fn get(&self, keyword: &str) -> Option<Item<'a>> {
        self.reference.and_then(|reference| reference.get(keyword)).or_else(|| self.body.get(keyword))
    }
}

impl Questionnaire {
    /// The root of the questionnaire's own file.
    #[must_use]
    pub fn root(&self) -> Option<Item<'_>> {
        self.file_root(0)
    }

    /// The root of a file.
    #[must_use]
    pub fn file_root(&self, file: usize) -> Option<Item<'_>> {
        Item::root(&self.files.get(file)?.document)
    }

    /// A value in one of the files.
    pub(crate) fn item(&self, file: usize, node: NodeId) -> Option<Item<'_>> {
        Some(Item::at(&self.files.get(file)?.document, node))
    }

    /// The paths of the files, the questionnaire's own first.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.path.as_str())
    }

    /// The sections in order; a reference whose file could not be read is left out.
    pub fn sections(&self) -> impl Iterator<Item = SectionSource<'_>> {
        let members = self.root().and_then(|root| root.get("allOf")).into_iter().flat_map(Item::items);
        members.zip(&self.instruments).filter_map(|(member, instrument)| {
            match (member.get("$ref"), instrument) {
                (None, _) => Some(SectionSource { body: member, reference: None, file: 0 }),
                (Some(_), Some(file)) => {
                    Some(SectionSource { body: self.file_root(*file)?, reference: Some(member), file: *file })
                }
                (Some(_), None) => None,
            }
        })
    }

    /// The lists: the name that the questionnaire uses, the object that holds the entries, and its file.
    pub fn lists(&self) -> impl Iterator<Item = (&str, Item<'_>, usize)> {
        self.lists.iter().filter_map(|(name, file)| {
            let body = match file {
                Some(file) => self.file_root(*file)?,
                None => self.root()?.get("lists")?.get(name)?,
            };
            Some((name.as_str(), body, file.unwrap_or(0)))
        })
    }

    /// The language packs that concern a file.
    #[must_use]
    pub fn packs_of(&self, file: usize) -> Packs<'_> {
        Packs { questionnaire: self, file }
    }
}
