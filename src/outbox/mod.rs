//! What is to leave for a back end, until it has surely arrived.
//!
//! A [`Destination`] is configuration: address, method, headers, authentication, format, purpose, and what counts as
//! success, so that another HTTP back end needs no code. The [`Outbox`] is a state machine without a clock, a network
//! or a disk: it says what to keep and what to send, and is told what came of it. The tablet and the command line drive
//! the same one, each with its own [`Storage`] and [`Transport`] ([`send_next`]).
//!
//! Nothing is sent twice for the destination: every sending of an item bears the same key, the profile's id, and an
//! item counts as delivered only when the destination has said so in its own way. Nothing is dropped: an item leaves
//! the outbox by hand alone, or when it is delivered.

mod backoff;
mod destination;
mod drive;
mod item;
mod queue;
mod read;
mod request;
mod settled;
mod verdict;
mod withdrawal;

pub use destination::{Authentication, Destination, Refusals, Success, WithdrawalRequest};
pub use drive::{Next, Sending, Step, Storage, Transport, send_next};
pub use item::{Item, Key, Kind, State, Trouble};
pub use queue::{Added, Change, Outbox};
pub use read::read_destinations;
pub use request::{Request, Secrets};
pub use settled::settled;
pub use verdict::{Answer, Failure, Verdict, judge};
pub use withdrawal::{WITHDRAWAL_VERSION, Withdrawal, WithdrawalReason};

#[cfg(test)]
mod tests;
