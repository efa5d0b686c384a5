/// The candidate nearest to a misspelt word, if one is near enough to be what was meant.
///
/// Near enough is a Damerau–Levenshtein distance of at most a third of the word's length, at least 1; the first of
/// equals wins, so that the answer does not depend on anything but the order of the candidates.
#[must_use]
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        if candidate.chars().count().abs_diff(word.chars().count()) > limit {
            continue;
        }
        let distance = if candidate.eq_ignore_ascii_case(word) {
            0
        } else {
            strsim::damerau_levenshtein(word, candidate)
        };
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn a_slip_finds_its_word_and_a_different_word_finds_none() {
        assert_eq!(did_you_mean("aeg", ["sex", "age"]), Some("age"));
        assert_eq!(did_you_mean("Yes", ["no", "yes"]), Some("yes"));
        assert_eq!(did_you_mean("floor", ["adl_eating", "stove"]), None);
    }
}
