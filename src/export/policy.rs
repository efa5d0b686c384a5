//! What may leave for which purpose: data, so that an agency changes it without a program.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::codes;
use crate::session::Finding;

/// The policy that ships with the project.
const SHIPPED: &str = include_str!("../../schemas/exchange/policy.json");

/// Purposes and recipients of exports (`schemas/exchange/policy-1.schema.json`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
    /// The version of the format: 1.
    pub policy_version: u32,
    /// By name.
    pub purposes: BTreeMap<String, Purpose>,
    /// By name.
    pub recipients: BTreeMap<String, Recipient>,
}

/// What an export for a purpose needs and may hold.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// What a person reads, by language.
    pub title: BTreeMap<String, String>,
    /// Consents without which nothing leaves: names of the profile's `consent`.
    pub consents: Vec<String>,
    /// Further consents for people below an age.
    #[serde(default)]
    pub minors: Option<Minors>,
    /// The question that says until when consent is given.
    #[serde(default)]
    pub until: Option<String>,
    /// What answers marked `sensitive` need; without this they never leave.
    #[serde(default)]
    pub sensitive: Option<Allowance>,
    /// What answers marked `highly_sensitive` need; without this they never leave.
    #[serde(default)]
    pub highly_sensitive: Option<Allowance>,
    /// What becomes of answers marked `identifying`.
    pub identity: Identifying,
    /// Whether the agency's references of person and household leave.
    #[serde(default = "yes")]
    pub references: bool,
    /// Names of questions (`members.sex` for a column) and sections that never leave for this purpose.
    #[serde(default)]
    pub withhold: Vec<String>,
}

/// Consents for people below an age. An age that is not known counts as below where the person belongs to a group
/// named here, and where it may be below.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minors {
    /// Below so many years.
    pub below: u32,
    /// Who belongs to one of these groups and has no known age.
    #[serde(default)]
    pub groups: Vec<String>,
    /// The consents.
    pub consents: Vec<String>,
}

/// What some answers need so that they leave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// These consents.
    #[serde(default)]
    pub consents: Vec<String>,
    /// One of these recipients; any, if this is left out.
    #[serde(default)]
    pub recipients: Option<Vec<String>>,
}

/// What becomes of answers that tell who the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identifying {
    /// They stay within the profile.
    Within,
    /// They leave as a part of their own.
    Detached,
    /// They do not leave.
    Withheld,
}

/// Who receives exports.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// What a person reads, by language.
    pub title: BTreeMap<String, String>,
    /// For which purposes.
    pub purposes: Vec<String>,
}

const fn yes() -> bool {
    true
}

impl Policy {
    /// The policy that ships with the project.
    ///
    /// # Errors
    /// None: a test reads it.
    pub fn shipped() -> Result<Self, Finding> {
        Self::read(SHIPPED)
    }

    /// Reads a policy.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn read(text: &str) -> Result<Self, Finding> {
        let fault = |message: String| Finding::new(codes::EXPORT_POLICY, "", message);
        // A policy holds no answers, so the reader's own words may be told.
        let policy: Self = serde_json::from_str(text).map_err(|error| fault(error.to_string()))?;
        if policy.policy_version != 1 {
            return Err(fault("this engine reads policies of version 1".to_owned()));
        }
        for (name, recipient) in &policy.recipients {
            if let Some(unknown) =
                recipient.purposes.iter().find(|purpose| !policy.purposes.contains_key(*purpose))
            {
                return Err(fault(format!(
                    "the recipient `{name}` has the purpose `{unknown}`, which does not exist"
                )));
            }
        }
        for (name, purpose) in &policy.purposes {
            let named = [&purpose.sensitive, &purpose.highly_sensitive].into_iter().flatten();
            let mut named = named.filter_map(|allowance| allowance.recipients.as_ref()).flatten();
            if let Some(unknown) = named.find(|recipient| !policy.recipients.contains_key(*recipient)) {
                return Err(fault(format!(
                    "the purpose `{name}` names the recipient `{unknown}`, which does not exist"
                )));
            }
        }
        Ok(policy)
    }

    /// The purpose of a name, if the recipient receives anything for it.
    ///
    /// # Errors
    /// What is unknown, or that the recipient is none for this purpose.
    pub fn purpose(&self, purpose: &str, recipient: &str) -> Result<&Purpose, Finding> {
        let list = |names: Vec<&String>| {
            names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let Some(found) = self.purposes.get(purpose) else {
            let message = format!(
                "the policy has no purpose `{purpose}`: it has {}",
                list(self.purposes.keys().collect())
            );
            return Err(Finding::new(codes::EXPORT_PURPOSE, "", message));
        };
        let Some(receiving) = self.recipients.get(recipient) else {
            let message = format!(
                "the policy has no recipient `{recipient}`: it has {}",
                list(self.recipients.keys().collect())
            );
            return Err(Finding::new(codes::EXPORT_RECIPIENT, "", message));
        };
        if !receiving.purposes.iter().any(|known| known == purpose) {
            let message = format!("the recipient `{recipient}` receives nothing for `{purpose}`");
            return Err(Finding::new(codes::EXPORT_RECIPIENT, "", message));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_shipped_policy_can_be_read_and_is_in_both_languages() {
        let policy = Policy::shipped().unwrap();
        let titles = policy.purposes.values().map(|purpose| &purpose.title);
        for title in titles.chain(policy.recipients.values().map(|recipient| &recipient.title)) {
            assert!(title.contains_key("en") && title.contains_key("zh-CN"), "{title:?}");
        }
    }

    #[test]
    fn what_a_policy_names_has_to_exist() {
        let faults = |text: &str| Policy::read(text).unwrap_err().message;
        let recipient =
            r#"{"policy_version":1,"purposes":{},"recipients":{"x":{"title":{},"purposes":["y"]}}}"#;
        assert!(faults(recipient).contains("`y`"));
        assert!(faults(r#"{"policy_version":2,"purposes":{},"recipients":{}}"#).contains("version 1"));
        let policy = Policy::shipped().unwrap();
        assert_eq!(policy.purpose("fun", "school").unwrap_err().code, codes::EXPORT_PURPOSE);
        assert_eq!(
            policy.purpose("share_school", "health_centre").unwrap_err().code,
            codes::EXPORT_RECIPIENT
        );
    }
}
