//! One step of sending, for whoever has a disk and a network.

use std::future::Future;

use super::{Answer, Change, Destination, Failure, Key, Outbox, Request, Secrets, Trouble, judge};

/// Where an outbox is kept: encrypted in the browser, a folder natively.
pub trait Storage {
    /// What can go wrong with it.
    type Error;

    /// Makes a change last. When this returns, a power cut must not undo it.
    fn keep(&mut self, change: Change) -> impl Future<Output = Result<(), Self::Error>>;
}

/// What brings requests to destinations. It follows no redirection and sends no request twice by itself.
pub trait Transport {
    /// Sends a request and waits for the whole answer.
    fn send(&mut self, request: &Request) -> impl Future<Output = Result<Answer, Failure>>;
}

/// What a step came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing is due; the time of the next, in seconds since 1970, if anything waits.
    Idle(Option<i64>),
    /// An item was sent, and stands now as its state says.
    Tried(Key),
}

/// Sends the next item that is due. Every change is kept before anything follows from it, so that the program may end
/// at any moment.
///
/// # Errors
/// If a change cannot be kept. The outbox is then to be loaded again.
pub async fn send_next<S: Storage, T: Transport>(
    outbox: &mut Outbox,
    destinations: &[Destination],
    secrets: &dyn Secrets,
    storage: &mut S,
    transport: &mut T,
    clock: &mut dyn FnMut() -> i64,
) -> Result<Step, S::Error> {
    let now = clock();
    let Some(key) = outbox.due(now) else { return Ok(Step::Idle(outbox.next_at())) };
    let destination = destinations.iter().find(|destination| destination.id == key.destination);
    let request = match (destination, outbox.item(&key)) {
        (Some(destination), Some(item)) => {
            Request::new(destination, item, secrets).map(|request| (destination, request))
        }
        _ => Err(Trouble::DestinationUnknown),
    };
    let (destination, request) = match request {
        Ok(ready) => ready,
        Err(trouble) => {
            for change in outbox.postponed(&key, trouble, now) {
                storage.keep(change).await?;
            }
            return Ok(Step::Tried(key));
        }
    };
    for change in outbox.begun(&key) {
        storage.keep(change).await?;
    }
    let answer = transport.send(&request).await;
    let now = clock();
    let changes = match answer {
        Ok(answer) => {
            let verdict = judge(destination, key.kind.0, &key.profile_id, &answer);
            outbox.answered(&key, verdict, answer.status, answer.retry_after, now)
        }
        Err(Failure::Offline) => outbox.postponed(&key, Trouble::Offline, now),
        Err(Failure::NoAnswer) => outbox.postponed(&key, Trouble::NoAnswer, now),
    };
    for change in changes {
        storage.keep(change).await?;
    }
    Ok(Step::Tried(key))
}
