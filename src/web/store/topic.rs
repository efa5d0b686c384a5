use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use crate::plan::{ScoreId, SectionId};
use crate::session::Node;

/// Something of an interview whose change somebody may wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    /// A question in a row: its value, whether it is asked, what is wrong with it.
    Node(Node),
    /// How far a section is, and whether it is asked.
    Section(SectionId),
    /// A score.
    Score(ScoreId),
    /// The checks of the form as a whole and of its sections.
    Form,
    /// How far the interview is.
    Progress,
    /// What to tell whoever cannot see it.
    Announcement,
    /// The outcome of finishing.
    Outcome,
    /// What people state beside the answers.
    Acts,
    /// Which forms hold something that is not stated yet.
    Begun,
    /// Alerts on which nobody has acted yet.
    Alert,
    /// A question was answered by a touch.
    Chosen,
}

type Callback = Rc<dyn Fn()>;

/// Who waits for what.
#[derive(Default)]
pub(crate) struct Topics {
    listeners: RefCell<BTreeMap<(Topic, u64), Callback>>,
    next: Cell<u64>,
}

impl Topics {
    /// Calls back after every change of a topic, until the subscription is dropped.
    pub(crate) fn subscribe(self: &Rc<Self>, topic: Topic, callback: Callback) -> Subscription {
        let number = self.next.get();
        self.next.set(number.wrapping_add(1));
        self.listeners.borrow_mut().insert((topic, number), callback);
        Subscription { topics: Rc::downgrade(self), key: (topic, number) }
    }

    /// Tells whoever waits for a topic. Nothing is borrowed while they are told: they may subscribe and unsubscribe.
    pub(crate) fn notify(&self, topic: Topic) {
        let callbacks: Vec<Callback> = self
            .listeners
            .borrow()
            .range((topic, 0)..=(topic, u64::MAX))
            .map(|(_, callback)| Rc::clone(callback))
            .collect();
        for callback in callbacks {
            callback();
        }
    }

    /// How many wait: for tests.
    #[cfg(test)]
    fn len(&self) -> usize {
        self.listeners.borrow().len()
    }
}

/// Ends when it is dropped.
pub(crate) struct Subscription {
    topics: Weak<Topics>,
    key: (Topic, u64),
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(topics) = self.topics.upgrade() {
            // The callback is dropped after the borrow has ended: it may own another subscription.
            let _callback = topics.listeners.borrow_mut().remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_subscribers_of_a_topic_are_told_and_only_while_they_subscribe() {
        let topics = Rc::new(Topics::default());
        let told = Rc::new(Cell::new(0));
        let count = {
            let told = Rc::clone(&told);
            Rc::new(move || told.set(told.get() + 1))
        };
        let subscription = topics.subscribe(Topic::Section(SectionId(1)), count);
        topics.notify(Topic::Section(SectionId(1)));
        topics.notify(Topic::Section(SectionId(2)));
        topics.notify(Topic::Progress);
        assert_eq!(told.get(), 1);
        drop(subscription);
        topics.notify(Topic::Section(SectionId(1)));
        assert_eq!(told.get(), 1);
        assert_eq!(topics.len(), 0);
    }

    #[test]
    fn a_subscriber_may_unsubscribe_while_it_is_told() {
        let topics = Rc::new(Topics::default());
        let held: Rc<RefCell<Option<Subscription>>> = Rc::default();
        let subscription = topics.subscribe(Topic::Progress, {
            let held = Rc::clone(&held);
            Rc::new(move || drop(held.borrow_mut().take()))
        });
        *held.borrow_mut() = Some(subscription);
        topics.notify(Topic::Progress);
        assert_eq!(topics.len(), 0);
    }
}
