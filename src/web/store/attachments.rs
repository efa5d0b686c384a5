//! What is kept apart from the answers: signatures, thumbprints, photographs. An answer holds the id alone.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Bytes under an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attachment {
    /// Such as `image/png`.
    pub(crate) media_type: &'static str,
    /// The file.
    pub(crate) bytes: Rc<[u8]>,
}

/// Where attachments are kept. The id of one is `sha256:` and the hash of its bytes, so that putting the same twice
/// changes nothing, and whoever gets the bytes can tell whether they are those that were answered.
pub(crate) trait Attachments {
    /// Keeps bytes under their id.
    fn put(&self, id: &str, attachment: Attachment);

    /// Fetches bytes, at once or later; nothing if they are not here.
    fn get(&self, id: &str, done: Box<dyn FnOnce(Option<Attachment>)>);

    /// Forgets bytes that no answer names any more.
    fn forget(&self, id: &str);
}

/// Keeps attachments as long as the page is open.
#[derive(Debug, Default)]
pub(crate) struct InMemory(RefCell<BTreeMap<String, Attachment>>);

impl Attachments for InMemory {
    fn put(&self, id: &str, attachment: Attachment) {
        self.0.borrow_mut().insert(id.to_owned(), attachment);
    }

    fn get(&self, id: &str, done: Box<dyn FnOnce(Option<Attachment>)>) {
        let found = self.0.borrow().get(id).cloned();
        done(found);
    }

    fn forget(&self, id: &str) {
        self.0.borrow_mut().remove(id);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn what_is_put_is_found_until_it_is_forgotten() {
        let kept = InMemory::default();
        let found = |id: &str| {
            let found = Rc::new(Cell::new(None));
            let told = Rc::clone(&found);
            kept.get(id, Box::new(move |attachment| told.set(attachment)));
            found.take()
        };
        let attachment = Attachment { media_type: "image/png", bytes: Rc::from([1, 2, 3]) };
        kept.put("sha256:a", attachment.clone());
        assert_eq!(found("sha256:a"), Some(attachment));
        assert_eq!(found("sha256:b"), None);
        kept.forget("sha256:a");
        assert_eq!(found("sha256:a"), None);
    }
}
