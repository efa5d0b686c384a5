/// How many candidates are compared letter by letter for one word. In a file that somebody made so, all names look
/// alike.
const MOST_COMPARED: usize = 2_000;

/// The candidate nearest to a misspelt word, if one is near enough to be what was meant.
///
/// Near enough is a Damerau–Levenshtein distance of at most a third of the word's length, at least 1; the first of
/// equals wins, so that the answer does not depend on anything but the order of the candidates. A word of which no
/// letter would be left is not misspelt, and neither is a number: 3 is no slip for 1, and would turn a condition round.
#[must_use]
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let letters = letters(word);
    let is_number = word.chars().all(|letter| letter.is_ascii_digit());
    let limit = if length == 1 || is_number { 0 } else { (length / 3).max(1) };
    let mut best: Option<(usize, &'a str)> = None;
    let mut compared = 0;
    for candidate in candidates {
        // A slip changes one letter into another at most: words of too many other letters are not looked at closely.
        let others = (letters ^ self::letters(candidate)).count_ones() as usize;
        if others > 2 * limit || candidate.chars().count().abs_diff(length) > limit {
            continue;
        }
        compared += 1;
        if compared > MOST_COMPARED {
            break;
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

/// Which letters a word has, whether large or small, as a set of bits; several letters may share one.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |set, letter| set | 1 << (u32::from(letter.to_ascii_lowercase()) % 64))
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn a_slip_finds_its_word_and_a_different_word_finds_none() {
        assert_eq!(did_you_mean("aeg", ["sex", "age"]), Some("age"));
        assert_eq!(did_you_mean("Yes", ["no", "yes"]), Some("yes"));
        assert_eq!(did_you_mean("floor", ["adl_eating", "stove"]), None);
        assert_eq!(did_you_mean("3", ["1", "2"]), None);
        assert_eq!(did_you_mean("13", ["12", "11"]), None);
        assert_eq!(did_you_mean("男", ["女"]), None);
        assert_eq!(did_you_mean("Y", ["n", "y"]), Some("y"));
        assert_eq!(did_you_mean("吃饭情況", ["睡眠情况", "吃饭情况"]), Some("吃饭情况"));
    }
}
