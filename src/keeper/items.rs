//! What a worker keeps beside drafts.

use super::host::database::Change;
use super::vault::Vault;
use crate::vault::message::{Failure, Tell};
use crate::vault::{Id, Kind, Place};

/// The draft that was on the screen last.
pub(super) const LAST: &str = "last";
/// When the last backup was made.
pub(super) const BACKED_UP: &str = "backed-up";

/// One of a kind has this id.
const ONLY: Id = Id::NONE;

impl Vault {
    /// Keeps something.
    pub(super) async fn keep_item(&mut self, shelf: &str, id: Id, text: &str) -> Result<Tell, Failure> {
        let changes = vec![self.still_here()?, self.item(shelf, id, text).await?];
        self.database().await?.write(changes).await?;
        Ok(Tell::Done)
    }

    /// The change that keeps something, to be done together with others.
    pub(super) async fn item(&self, shelf: &str, id: Id, text: &str) -> Result<Change, Failure> {
        let at_work = self.at_work()?;
        let place = place(at_work.worker, shelf, id)?;
        let sealed = at_work.key.seal(place, text.as_bytes()).await?;
        Ok(Change::Put("items", name(at_work.worker, shelf, id), sealed))
    }

    /// All that a shelf holds. What does not open is left out: it is told by a smaller number.
    pub(super) async fn items(&mut self, shelf: &str) -> Result<Tell, Failure> {
        let worker = self.at_work()?.worker;
        let names = self.database().await?.keys("items", &format!("{worker}/{shelf}/")).await?;
        let mut found = Vec::new();
        for name in names {
            let Some(id) = name.rsplit('/').next().and_then(|id| id.parse().ok()) else { continue };
            if let Ok(Some(text)) = self.read_item(shelf, id).await {
                found.push((id, text));
            }
        }
        Ok(Tell::Items(found))
    }

    /// Removes something.
    pub(super) async fn remove_item(&mut self, shelf: &str, id: Id) -> Result<Tell, Failure> {
        let worker = self.at_work()?.worker;
        let change = Change::Remove("items", name(worker, shelf, id));
        self.database().await?.write(vec![change]).await?;
        Ok(Tell::Done)
    }

    /// Something of which there is one. What was damaged counts as not there: nothing of it is needed to go on.
    pub(super) async fn own_item(&mut self, shelf: &str) -> Result<Option<String>, Failure> {
        Ok(self.read_item(shelf, ONLY).await.unwrap_or_default())
    }

    /// The change that keeps something of which there is one.
    pub(super) async fn only_item(&self, shelf: &str, text: &str) -> Result<Change, Failure> {
        self.item(shelf, ONLY, text).await
    }

    async fn read_item(&mut self, shelf: &str, id: Id) -> Result<Option<String>, Failure> {
        let worker = self.at_work()?.worker;
        let kept = self.database().await?.get("items", &name(worker, shelf, id)).await?;
        match kept {
            Some(bytes) => Ok(Some(self.at_work()?.key.open_text(place(worker, shelf, id)?, &bytes).await?)),
            None => Ok(None),
        }
    }
}

fn name(worker: Id, shelf: &str, id: Id) -> String {
    format!("{worker}/{shelf}/{id}")
}

/// A shelf is a fixed word of the program; it is part of the place by its first letters.
fn place(worker: Id, shelf: &str, id: Id) -> Result<Place, Failure> {
    let word = shelf.as_bytes();
    let fits = !word.is_empty() && word.iter().all(|letter| letter.is_ascii_lowercase() || *letter == b'-');
    let mut number = [0; 8];
    for (byte, letter) in number.iter_mut().zip(word) {
        *byte = *letter;
    }
    let place = Place { kind: Kind::Item, of: worker, part: id, number: u64::from_be_bytes(number) };
    if fits { Ok(place) } else { Err(Failure::NotFound) }
}
