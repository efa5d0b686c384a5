//! How often somebody may ask.

use std::collections::BTreeMap;
use std::sync::Mutex;

/// A bucket for each key: full at the start, refilled over a minute.
#[derive(Debug)]
pub struct Rates {
    per_minute: u32,
    buckets: Mutex<BTreeMap<String, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// In thousandths of a request.
    left: u64,
    /// In thousandths of a second.
    at: u64,
}

/// No more keys than this are remembered; then the fullest buckets, which refuse nothing, are forgotten.
const MOST_KEYS: usize = 10_000;

impl Rates {
    /// So many requests in a minute.
    #[must_use]
    pub fn new(per_minute: u32) -> Self {
        Self { per_minute, buckets: Mutex::new(BTreeMap::new()) }
    }

    /// Takes one request of a key; the seconds to wait if there is none left. The time is in thousandths of a second.
    ///
    /// # Errors
    /// The seconds after which there is one again.
    pub fn take(&self, key: &str, now: u64) -> Result<(), u64> {
        let full = u64::from(self.per_minute.max(1)) * 1_000;
        let mut buckets = self.buckets.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if buckets.len() >= MOST_KEYS && !buckets.contains_key(key) {
            buckets.retain(|_, bucket| refilled(*bucket, full, now) < full);
            if buckets.len() >= MOST_KEYS {
                return Err(60);
            }
        }
        let bucket = buckets.entry(key.to_owned()).or_insert(Bucket { left: full, at: now });
        *bucket = Bucket { left: refilled(*bucket, full, now), at: now };
        if bucket.left < 1_000 {
            let lacking = 1_000 - bucket.left;
            // Milliseconds until then: lacking / (full / 60 000).
            return Err((lacking * 60 / full).max(1));
        }
        bucket.left -= 1_000;
        Ok(())
    }
}

fn refilled(bucket: Bucket, full: u64, now: u64) -> u64 {
    let passed = now.saturating_sub(bucket.at).min(60_000);
    (bucket.left + full * passed / 60_000).min(full)
}

#[cfg(test)]
mod tests {
    use super::Rates;

    #[test]
    fn a_minute_holds_so_many_and_refills() {
        let rates = Rates::new(3);
        for _ in 0..3 {
            assert_eq!(rates.take("a", 1_000), Ok(()));
        }
        assert!(rates.take("a", 1_000).is_err());
        assert_eq!(rates.take("b", 1_000), Ok(()), "everybody has a bucket of their own");
        assert_eq!(rates.take("a", 21_001), Ok(()), "a third of a minute is one of three");
        assert!(rates.take("a", 21_001).is_err());
    }
}
