/// The few words that the engine itself puts into an author's sentence.
///
/// English and Chinese are what the project speaks. In another language English stands in, as an author's missing
/// translation would be stood in for; there a calculation such as `iif(q, 'oui', 'non')` gives the author's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    /// Between the answers of a multiple choice.
    pub(crate) between: &'static str,
}

const ENGLISH: Words = Words { yes: "yes", no: "no", between: ", " };
const CHINESE: Words = Words { yes: "是", no: "否", between: "、" };

impl Words {
    /// The words of a BCP 47 tag.
    pub(crate) fn of(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        let chinese = ["zh", "cmn", "yue", "wuu"].iter().any(|known| known.eq_ignore_ascii_case(language));
        if chinese { CHINESE } else { ENGLISH }
    }

    /// The word for an answer of yes or no.
    pub(crate) const fn answer(self, yes: bool) -> &'static str {
        if yes { self.yes } else { self.no }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_or_a_script_changes_nothing() {
        for tag in ["zh", "zh-CN", "ZH-Hant-TW", "yue"] {
            assert_eq!(Words::of(tag), CHINESE, "{tag}");
        }
        for tag in ["en", "en-GB", "za", ""] {
            assert_eq!(Words::of(tag), ENGLISH, "{tag}");
        }
    }
}
