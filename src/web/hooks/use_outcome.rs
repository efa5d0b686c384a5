use yew::prelude::*;

use super::use_topic;
use crate::web::store::{Outcome, Store, Topic};

/// How far finishing is. The component is drawn again when that changes.
#[hook]
pub(crate) fn use_outcome(store: &Store) -> Outcome {
    use_topic(store, Topic::Outcome);
    store.outcome()
}
