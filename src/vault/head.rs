//! What a list shows of a draft, and where the worker was in it. It is sealed like the answers, and written with them.

use serde::{Deserialize, Serialize};

use super::{Id, ProfileId, Went};

/// How far an interview is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It goes on.
    #[default]
    Open,
    /// It has a profile, which is on this tablet only.
    Finished,
    /// Its profile has left the tablet.
    Sent,
}

/// What a list shows of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The id of the questionnaire.
    pub form: String,
    /// Its version.
    pub version: String,
    /// The hash of its content: under it the tablet keeps the questionnaire itself.
    pub hash: String,
    /// How far the interview is.
    pub state: State,
    /// When it began, by the tablet's clock.
    pub began: String,
    /// When it was last changed, by the tablet's clock.
    pub changed: String,
    /// When it was last finished, by the tablet's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// In which language it was last finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_in: Option<String>,
    /// Under which id its profile leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<ProfileId>,
    /// Where profiles of it have gone, or may have: whoever has the draft can take them back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub went: Vec<Went>,
    /// What the person is called, as far as it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The household, or the visit, to which it belongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Id>,
    /// The draft whose profile it goes on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Id>,
    /// The draft that goes on from its profile: what was to be looked at again is being looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed: Option<Id>,
    /// Questions answered.
    pub answered: u32,
    /// Questions that wait for an answer.
    pub of: u32,
    /// How many entries the journal has: fewer in the database is a loss.
    pub entries: u64,
    /// Where the worker was: the section.
    pub section: usize,
    /// Where the worker was: the question, by its path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// In which row.
    #[serde(default)]
    pub row: u32,
    /// When the person should be seen again: the earliest review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    /// Alerts that nobody has acted on.
    #[serde(default)]
    pub alerts: u32,
    /// The most urgent need: `today`, `week` and so on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<String>,
    /// Whether its profile is marked, for the second check has not seen what it was made of.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

impl Head {
    /// Whether somebody who types `wanted` means this one: every word of it stands somewhere in what is known, whatever
    /// its case; Chinese, which has no spaces between words, is looked for as it stands.
    #[must_use]
    pub fn matches(&self, wanted: &str, titles: &[&str]) -> bool {
        let known = [self.person.as_deref().unwrap_or_default(), &self.form, &self.began, &self.changed];
        let known = known.iter().chain(titles).map(|text| fold(text)).collect::<Vec<_>>();
        wanted.split_whitespace().map(fold).all(|word| known.iter().any(|text| text.contains(&word)))
    }
}

/// Letters without case, full-width ones as half-width: an input method types either.
fn fold(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_found_in_chinese_and_in_latin() {
        let head = Head {
            person: Some("欧阳 Wei-Lin".into()),
            form: "elder-needs".into(),
            began: "2026-11-23T10:00:00Z".into(),
            ..Head::default()
        };
        let titles = ["Needs of an older person", "老年人需求评估"];
        for wanted in ["", "欧阳", "wei", "lin 欧阳", "ＷＥＩ", "2026-11-23", "老年人", "elder wei"]
        {
            assert!(head.matches(wanted, &titles), "{wanted}");
        }
        for wanted in ["王", "wei wang", "child"] {
            assert!(!head.matches(wanted, &titles), "{wanted}");
        }
    }

    #[test]
    fn a_head_of_an_older_version_is_read() {
        let old = r#"{"form":"a","version":"1.0.0","hash":"h","state":"open","began":"b","changed":"c",
            "answered":1,"of":2,"entries":3,"section":0}"#;
        let head: Head = serde_json::from_str(old).unwrap();
        assert_eq!((head.entries, head.row, head.person, head.profile), (3, 0, None, None));
    }
}
