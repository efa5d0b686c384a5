//! How the page looks and behaves on this tablet. Nothing here is about a person who is interviewed.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use yew::prelude::*;

use super::text::Languages;

/// The settings, as they are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// The tag of the language, if one was chosen.
    pub(crate) language: Option<String>,
    /// The size of text, in per cent of what the browser says.
    pub(crate) text: u16,
    /// Light, dark or with high contrast.
    pub(crate) theme: Theme,
    /// Whether an interview shows one question at a time.
    pub(crate) one_question: bool,
}

/// The sizes of text on offer, in per cent. The second is 24 pixels where the browser says 16: to be read together
/// with an older person.
pub(crate) const TEXT_SIZES: [u16; 5] = [100, 125, 150, 175, 200];

/// Which colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Theme {
    /// As the tablet is set.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Black, white and strong lines.
    Contrast,
}

impl Theme {
    /// Every theme.
    pub(crate) const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::Contrast];

    /// The word for it, in texts and styles.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { language: None, text: 100, theme: Theme::default(), one_question: false }
    }
}

impl Settings {
    /// What was kept; whatever of it cannot be read is as it is at the start.
    pub(crate) fn read(kept: &str) -> Self {
        let read: Self = serde_json::from_str(kept).unwrap_or_default();
        let text = if TEXT_SIZES.contains(&read.text) { read.text } else { 100 };
        Self { text, ..read }
    }

    /// As they are kept.
    pub(crate) fn write(&self) -> String {
        // Texts, numbers and words: there is nothing that could fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The settings in force, the way to change them, and the languages that there are.
#[derive(Clone)]
pub(crate) struct Appearance {
    /// What holds.
    pub(crate) settings: Settings,
    /// Asks for others.
    pub(crate) set: Callback<Settings>,
    /// Every language of the page.
    pub(crate) languages: Rc<Languages>,
}

impl PartialEq for Appearance {
    fn eq(&self, other: &Self) -> bool {
        self.settings == other.settings && Rc::ptr_eq(&self.languages, &other.languages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_what_is_damaged_does_no_harm() {
        let settings = Settings {
            language: Some("zh-CN".into()),
            text: 150,
            theme: Theme::Contrast,
            one_question: true,
        };
        assert_eq!(Settings::read(&settings.write()), settings);
        for damaged in ["", "{", "[]", r#"{"text":"large"}"#, r#"{"theme":"pink"}"#] {
            assert_eq!(Settings::read(damaged), Settings::default(), "{damaged}");
        }
        assert_eq!(Settings::read(r#"{"text":7}"#).text, 100, "a size that is not on offer");
        assert!(Settings::read(r#"{"one_question":true,"unheard_of":1}"#).one_question);
    }
}
