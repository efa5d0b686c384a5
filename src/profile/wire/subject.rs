use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Number;

/// Who the profile is about: references and what the rules rest on, never a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// How years are counted: `birthday`.
    pub age_rule: String,
    /// Whole years at the assessment.
    pub age_years: Option<Age>,
    /// The birth date, as precise as it was given.
    pub birth_date: Option<String>,
    /// `day`, `month`, `year` or `estimated`.
    pub birth_precision: Option<String>,
    /// The ethnic group, as answered.
    pub ethnic_group: Option<String>,
    /// Groups to which the person belongs.
    pub groups: Vec<String>,
    /// The agency's reference of the household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household_ref: Option<String>,
    /// The language of the profile's texts, a BCP 47 tag.
    pub language: Option<String>,
    /// What the law computes: true, false, or null where the answers do not decide.
    pub legal_flags: BTreeMap<String, Option<bool>>,
    /// The agency's reference of the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_ref: Option<String>,
    /// The sex, as answered.
    pub sex: Option<String>,
}

/// An age in whole years, or the years between which it lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Age {
    /// Known.
    Years(Number),
    /// Between two years, both included, because the birth date is not known to the day.
    Between([Number; 2]),
}
