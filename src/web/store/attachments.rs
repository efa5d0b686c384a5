//! What is kept apart from the answers: signatures, thumbprints, photographs. An answer holds the id alone.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use crate::vault::Id;
use crate::vault::id::ID_BYTES;
use crate::web::keeping::Writer;

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

impl InMemory {
    /// All of them, by their ids: from now on they are kept elsewhere.
    pub(super) fn take(&self) -> BTreeMap<String, Attachment> {
        self.0.take()
    }
}

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

/// Keeps attachments with the draft, encrypted, so that they are there when it is opened again.
pub(super) struct Kept(pub(super) Writer);

impl Kept {
    /// Under which id: made of the draft's and of the attachment's, so that the disk tells neither.
    fn id(&self, id: &str) -> Option<Id> {
        let hash = crate::json::sha256_of(format!("{}{id}", self.0.draft()).as_bytes());
        hash.split(':').next_back()?.get(..ID_BYTES * 2)?.parse().ok()
    }
}

impl Attachments for Kept {
    fn put(&self, id: &str, attachment: Attachment) {
        let Some(id) = self.id(id) else { return };
        // The media type stands in front, after its length.
        let mut bytes = vec![u8::try_from(attachment.media_type.len()).unwrap_or(0)];
        bytes.extend(attachment.media_type.as_bytes());
        bytes.extend(&*attachment.bytes);
        self.0.attach(id, bytes);
    }

    fn get(&self, id: &str, done: Box<dyn FnOnce(Option<Attachment>)>) {
        let Some(id) = self.id(id) else { return done(None) };
        let writer = self.0.clone();
        spawn_local(async move { done(writer.attachment(id).await.and_then(|bytes| read(&bytes))) });
    }

    fn forget(&self, id: &str) {
        // One that is on the disk stays there and goes with its draft: entries of the journal name it still, and a fall of
        // the battery may take back the one that no longer does. One that found no room would wait for it for ever.
        if let Some(id) = self.id(id) {
            self.0.let_go(id);
        }
    }
}

/// The kinds of attachments that there are.
const MEDIA_TYPES: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];

fn read(bytes: &[u8]) -> Option<Attachment> {
    let (length, rest) = bytes.split_first()?;
    let (media_type, bytes) = rest.split_at_checked(usize::from(*length))?;
    let media_type = MEDIA_TYPES.into_iter().find(|one| one.as_bytes() == media_type)?;
    Some(Attachment { media_type, bytes: Rc::from(bytes) })
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
