use std::sync::Arc;

/// The codes that a choice can have. Shared, never copied: a list can have 250,000 of them.
#[derive(Clone, Debug, Default)]
pub struct ChoiceSet(Arc<Codes>);

#[derive(Debug, Default)]
struct Codes {
    /// As the author ordered them.
    codes: Box<[Arc<str>]>,
    /// The places in `codes`, in the order of the code, so that one is found in a long list as quickly as in a short
    /// one. An index by hash would find it in one step instead of 18, and anybody can write codes whose hashes are
    /// the same. Empty for a few codes, which are looked through more quickly.
    sorted: Box<[u32]>,
}

/// So many codes are looked through.
const FEW: usize = 16;

impl ChoiceSet {
    /// The codes in the order in which they are offered.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.0.codes.iter().map(|code| &**code)
    }

    /// Whether a code is among them.
    #[must_use]
    pub fn contains(&self, code: &str) -> bool {
        let Codes { codes, sorted } = &*self.0;
        if sorted.is_empty() {
            return codes.iter().any(|known| &**known == code);
        }
        sorted.binary_search_by(|place| at(codes, *place).cmp(code)).is_ok()
    }
}

fn at(codes: &[Arc<str>], place: u32) -> &str {
    usize::try_from(place).ok().and_then(|place| codes.get(place)).map_or("", |code| code)
}

impl FromIterator<Arc<str>> for ChoiceSet {
    fn from_iter<I: IntoIterator<Item = Arc<str>>>(codes: I) -> Self {
        let codes: Box<[Arc<str>]> = codes.into_iter().collect();
        let mut sorted = Vec::new();
        if codes.len() > FEW {
            sorted.extend(0..u32::try_from(codes.len()).unwrap_or(u32::MAX));
            sorted.sort_unstable_by(|a, b| at(&codes, *a).cmp(at(&codes, *b)));
        }
        Self(Arc::new(Codes { codes, sorted: sorted.into() }))
    }
}

impl PartialEq for ChoiceSet {
    /// Questions that offer the same list share its codes, which then are not compared one by one.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.codes == other.0.codes
    }
}

impl Eq for ChoiceSet {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_whatever_the_length_and_order_of_the_list() {
        for count in [0, 1, FEW, FEW + 1, 1_000] {
            let set: ChoiceSet = (0..count).map(|n| Arc::from(format!("c{}", n * 7 % 1_009))).collect();
            let written: Vec<&str> = set.codes().collect();
            assert!(written.iter().all(|code| set.contains(code)), "{count}");
            assert_eq!(written.first().copied(), (count > 0).then_some("c0"), "the order is the author's");
            assert!(!set.contains("c1009") && !set.contains("") && !set.contains("C0"), "{count}");
        }
    }

    #[test]
    fn sets_are_equal_by_what_they_hold() {
        let set = |codes: &[&str]| codes.iter().map(|code| Arc::from(*code)).collect::<ChoiceSet>();
        assert_eq!(set(&["a", "b"]), set(&["a", "b"]));
        assert_ne!(set(&["a", "b"]), set(&["b", "a"]));
    }
}
