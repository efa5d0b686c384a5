use crate::json::Item;
use crate::value::{Absence, Informant, PartialDate};

/// A file of scenarios; it borrows the document that it was read from, so that a failure has a place.
#[derive(Clone)]
pub struct Scenarios<'d> {
    /// The id of the questionnaire.
    pub questionnaire: &'d str,
    /// Where that id stands.
    pub questionnaire_at: Item<'d>,
    /// The cases, in order.
    pub cases: Vec<Scenario<'d>>,
    /// What no case can show, as the author says.
    pub unreachable: Vec<Unreachable<'d>>,
}

/// An outcome that the author says cannot be.
#[derive(Clone)]
pub struct Unreachable<'d> {
    /// The name of the thing, as a report of coverage has it.
    pub what: &'d str,
    /// Which outcome.
    pub outcome: &'d str,
    /// Why it cannot be.
    pub reason: &'d str,
    /// Where that stands.
    pub item: Item<'d>,
}

/// One case.
#[derive(Clone)]
pub struct Scenario<'d> {
    /// What it shows.
    pub name: &'d str,
    /// The assessment date.
    pub today: PartialDate,
    /// The profile of the time before, or parts of it: the questionnaire takes over what it asks for by `prefill`.
    pub previous: Option<Item<'d>>,
    /// What happens, in order.
    pub steps: Vec<Step<'d>>,
}

/// Names or JSON Pointers of questions, with what is said of each and where.
pub type Entries<'d, T> = Vec<(&'d str, T, Item<'d>)>;

/// Something that happens, or must hold by now.
#[derive(Clone)]
pub enum Step<'d> {
    /// Answers are given; `null` takes one away.
    Set(Vec<(&'d str, Item<'d>)>),
    /// There is a reason why there is no answer.
    Absent(Entries<'d, Absence>),
    /// Somebody else said so.
    Informant(Entries<'d, Informant>),
    /// A row is added, with answers by column.
    AddRow {
        /// The repeat.
        repeat: Item<'d>,
        /// Name or JSON Pointer of the repeat.
        path: &'d str,
        /// Answers of the new row.
        values: Vec<(&'d str, Item<'d>)>,
    },
    /// A row is removed: its JSON Pointer.
    RemoveRow {
        /// Where that stands.
        row: Item<'d>,
        /// The JSON Pointer.
        path: &'d str,
    },
    /// Things that must hold now.
    Expect(Vec<(Aspect, Item<'d>)>),
}

macro_rules! aspects {
    ($($(#[doc = $doc:literal])+ $variant:ident = $word:literal;)+) => {
        /// What an expectation is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Aspect {
            $($(#[doc = $doc])+ $variant),+
        }

        impl Aspect {
            /// Every aspect.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its key in a file.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }
    };
}

aspects! {
    /// Questions that are asked.
    Visible = "visible";
    /// Questions that are not asked.
    Hidden = "hidden";
    /// Values of questions and calculations.
    Values = "values";
    /// Scores.
    Scores = "scores";
    /// Levels of domains.
    Domains = "domains";
    /// How far each domain was assessed.
    DomainStatus = "domainStatus";
    /// Needs that are among those raised.
    Needs = "needs";
    /// Domains without a need.
    NoNeeds = "noNeeds";
    /// What became of rules.
    Rules = "rules";
    /// Alerts by rule.
    Alerts = "alerts";
    /// That there is no alert.
    NoAlerts = "noAlerts";
    /// Safety questions that are among the unscreened.
    Unscreened = "unscreened";
    /// Questions that are among the missing.
    Missing = "missing";
    /// Errors by question.
    Errors = "errors";
    /// Warnings by question.
    Warnings = "warnings";
    /// Questions whose answers have no error and no warning; form checks, by id, that hold.
    NoIssues = "noIssues";
    /// Questions that are not among the missing.
    NotMissing = "notMissing";
    /// Whether all that blocks is answered.
    Status = "status";
    /// What the law says of the person.
    LegalFlags = "legalFlags";
}
