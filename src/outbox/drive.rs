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

/// What is to be done next. The changes are to be kept before anything follows from them.
#[derive(Clone, Debug)]
pub enum Next<'d> {
    /// Nothing is due; the time of the next, in seconds since 1970, if anything waits.
    Idle(Option<i64>),
    /// An item was due and cannot be sent, as its state says now.
    Postponed(Key, Vec<Change>),
    /// A request is to be sent, and what comes of it told by [`Outbox::came`].
    Send(Box<Sending<'d>>),
}

/// An item on its way.
#[derive(Clone, Debug)]
pub struct Sending<'d> {
    /// Which.
    pub key: Key,
    /// To where.
    pub destination: &'d Destination,
    /// How.
    pub request: Request,
    /// What is to be kept before it is sent.
    pub changes: Vec<Change>,
}

impl Outbox {
    /// What is to be done next.
    pub fn next<'d>(&mut self, destinations: &'d [Destination], secrets: &dyn Secrets, now: i64) -> Next<'d> {
        let Some(key) = self.due(now) else { return Next::Idle(self.next_at()) };
        let destination = destinations.iter().find(|destination| destination.id == key.destination);
        let ready = match (destination, self.item(&key)) {
            (Some(destination), Some(item)) => {
                Request::new(destination, item, secrets).map(|request| (destination, request))
            }
            _ => Err(Trouble::DestinationUnknown),
        };
        match ready {
            Ok((destination, request)) => {
                let changes = self.begun(&key);
                Next::Send(Box::new(Sending { key, destination, request, changes }))
            }
            Err(trouble) => {
                let changes = self.postponed(&key, trouble, now);
                Next::Postponed(key, changes)
            }
        }
    }

    /// What came of a request.
    pub fn came(
        &mut self,
        key: &Key,
        destination: &Destination,
        answer: Result<Answer, Failure>,
        now: i64,
    ) -> Vec<Change> {
        match answer {
            Ok(answer) => {
                let verdict = judge(destination, key.kind.0, &key.profile_id, &answer);
                self.answered(key, verdict, answer.status, answer.retry_after, now)
            }
            Err(Failure::Offline) => self.postponed(key, Trouble::Offline, now),
            Err(Failure::NoAnswer) => self.postponed(key, Trouble::NoAnswer, now),
        }
    }
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
    let sending = match outbox.next(destinations, secrets, clock()) {
        Next::Idle(next) => return Ok(Step::Idle(next)),
        Next::Postponed(key, changes) => {
            for change in changes {
                storage.keep(change).await?;
            }
            return Ok(Step::Tried(key));
        }
        Next::Send(sending) => *sending,
    };
    for change in sending.changes {
        storage.keep(change).await?;
    }
    let answer = transport.send(&sending.request).await;
    for change in outbox.came(&sending.key, sending.destination, answer, clock()) {
        storage.keep(change).await?;
    }
    Ok(Step::Tried(sending.key))
}
