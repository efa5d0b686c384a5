use std::rc::Rc;

use yew::prelude::*;

use crate::session::Node;
use crate::web::store::{Store, Topic};

/// Draws the component again after every change of a topic.
///
/// The subscription is made while the component is drawn and not in an effect: what changes between the two would
/// otherwise be missed.
#[hook]
pub(crate) fn use_topic(store: &Store, topic: Topic) {
    let update = use_force_update();
    use_memo((store.clone(), topic), move |(store, topic)| {
        store.subscribe(*topic, Rc::new(move || update.force_update()))
    });
}

/// Draws the component again whenever this question changes, and only then.
#[hook]
pub(crate) fn use_node(store: &Store, node: Node) {
    use_topic(store, Topic::Node(node));
}
