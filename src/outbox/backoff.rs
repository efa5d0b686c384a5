//! How long to wait before the next try.

use super::Key;

const FIRST: i64 = 30;
const MOST: i64 = 6 * 3_600;
/// What a destination may ask for: a year by mistake would be never.
const MOST_ASKED: i64 = 24 * 3_600;
/// Nothing waits longer.
pub(super) const LONGEST: i64 = MOST_ASKED;

/// Seconds until the next try: doubled each time up to six hours, a fifth more or less, so that the tablets of a station
/// that lost its network do not all come back in the same second. Nothing is ever given up.
pub(super) fn wait(key: &Key, attempts: u32, asked: Option<i64>) -> i64 {
    let doubled = FIRST.checked_shl(attempts.saturating_sub(1).min(20)).map_or(MOST, |wait| wait.min(MOST));
    let wait = doubled * (80 + spread(key, attempts)) / 100;
    asked.map_or(wait, |asked| asked.clamp(1, MOST_ASKED).max(wait.min(FIRST)))
}

/// 0 to 40, the same for the same item and attempt: results do not depend on chance.
fn spread(key: &Key, attempts: u32) -> i64 {
    let texts = [key.destination.as_str(), key.profile_id.as_str(), key.kind.0.word()];
    let bytes = texts.iter().flat_map(|text| text.bytes()).chain(attempts.to_le_bytes());
    // FNV-1a: short, and good enough to tell tablets apart.
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    i64::try_from((hash >> 17) % 41).unwrap_or(20)
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::*;
    use crate::value::Word;

    fn key(profile: &str) -> Key {
        Key { destination: "d".into(), profile_id: profile.into(), kind: Word(Kind::Profile) }
    }

    #[test]
    fn it_waits_longer_each_time_up_to_hours_and_never_gives_up() {
        let waits: Vec<i64> = (1..60).map(|attempts| wait(&key("a"), attempts, None)).collect();
        assert!((24..=36).contains(&waits[0]), "{waits:?}");
        assert!(waits.iter().all(|wait| (24..=MOST * 6 / 5).contains(wait)), "{waits:?}");
        assert!(waits[9..].iter().all(|wait| *wait >= 3_600), "{waits:?}");
        // Fifty tries are more than a week.
        assert!(waits.iter().sum::<i64>() > 7 * 86_400);
    }

    #[test]
    fn tablets_do_not_come_back_together() {
        let waits: std::collections::BTreeSet<i64> =
            (0..40).map(|tablet| wait(&key(&tablet.to_string()), 8, None)).collect();
        assert!(waits.len() > 20, "{waits:?}");
    }

    #[test]
    fn what_the_destination_asks_for_is_kept_within_reason() {
        assert_eq!(wait(&key("a"), 1, Some(600)), 600);
        assert_eq!(wait(&key("a"), 1, Some(i64::MAX)), MOST_ASKED);
        assert!(wait(&key("a"), 1, Some(-5)) > 0);
    }
}
