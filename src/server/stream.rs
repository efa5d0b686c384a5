//! Profiles on their way out, a part at a time: a collection is larger than the memory.

use std::sync::Arc;

use axum::body::Bytes;
use futures_util::stream::{self, Stream};

use super::api::blocking;
use crate::collector::{CollectError, Collector, Standing, Wanted};

/// How many are read at a time.
const PART: usize = 100;

/// One profile a line. An error ends the connection before the end, so that nobody takes a part for the whole.
pub(super) fn profiles(
    collector: Arc<Collector>,
    (wanted, standing): (Wanted, Standing),
    after: i64,
    limit: Option<usize>,
) -> impl Stream<Item = Result<Bytes, CollectError>> {
    let start = Some((after, limit.unwrap_or(usize::MAX)));
    stream::unfold(start, move |place| {
        let collector = Arc::clone(&collector);
        async move {
            let (after, left) = place.filter(|(_, left)| *left > 0)?;
            let page = blocking(move || collector.profiles(wanted, standing, after, PART.min(left))).await;
            match page {
                Ok(page) => {
                    let mut lines = String::new();
                    for body in &page.entries {
                        lines.push_str(body);
                        lines.push('\n');
                    }
                    Some((
                        Ok(Bytes::from(lines)),
                        page.next.map(|next| (next, left - page.entries.len().min(left))),
                    ))
                }
                Err(error) => Some((Err(error), None)),
            }
        }
    })
}
