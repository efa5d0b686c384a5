use super::dialect::{INSTRUMENT, LIST, PACK, QUESTIONNAIRE};
use super::shape::Table;
use crate::json::Item;

/// What a JSON file of the project is, told by the last part of its `$schema`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// A questionnaire.
    Questionnaire,
    /// A section that questionnaires share.
    Instrument,
    /// A list that questions share.
    List,
    /// The texts of a questionnaire, an instrument or a list in another language.
    LanguagePack,
    /// Scenario tests of a questionnaire.
    Scenarios,
    /// What was answered.
    Record,
    /// What it means.
    Profile,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Questionnaire,
        Self::Instrument,
        Self::List,
        Self::LanguagePack,
        Self::Scenarios,
        Self::Record,
        Self::Profile,
    ];

    /// The last part of the `$schema` of such a file.
    #[must_use]
    pub const fn schema_name(self) -> &'static str {
        match self {
            Self::Questionnaire => "questionnaire-1.schema.json",
            Self::Instrument => "instrument-1.schema.json",
            Self::List => "list-1.schema.json",
            Self::LanguagePack => "language-pack-1.schema.json",
            Self::Scenarios => "scenarios-1.schema.json",
            Self::Record => "record-1.schema.json",
            Self::Profile => "profile-1.schema.json",
        }
    }

    /// What to call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Questionnaire => "questionnaire",
            Self::Instrument => "instrument",
            Self::List => "list",
            Self::LanguagePack => "language pack",
            Self::Scenarios => "scenarios",
            Self::Record => "record",
            Self::Profile => "profile",
        }
    }

    /// The kind of a file, if its `$schema` names one.
    #[must_use]
    pub fn of(root: Item<'_>) -> Option<Self> {
        let schema = root.text_of("$schema")?;
        let name = schema.rsplit('/').next()?;
        Self::ALL.into_iter().find(|kind| kind.schema_name() == name)
    }

    /// The table of its root, for the kinds that are part of the dialect's tables.
    #[must_use]
    pub fn table(self) -> Option<&'static Table> {
        match self {
            Self::Questionnaire => Some(&QUESTIONNAIRE),
            Self::Instrument => Some(&INSTRUMENT),
            Self::List => Some(&LIST),
            Self::LanguagePack => Some(&PACK),
            Self::Scenarios | Self::Record | Self::Profile => None,
        }
    }
}
