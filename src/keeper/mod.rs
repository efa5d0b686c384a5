//! The keeper: the browser's side of the vault, in a Web Worker of its own.
//!
//! It alone holds keys, and only while a worker is unlocked: to lock is to end it, and with it all that it knew. The
//! page sends it lines of text and is answered when they are on the disk. It is a module of its own, a tenth of the
//! other worker's, because it is needed before the first question and on the slowest tablet.

mod attachments;
mod copies;
mod drafts;
mod handing;
mod host;
mod items;
mod keys;
mod mirror;
mod packs;
mod recover;
mod trail;
mod vault;
mod workers;

/// Starts to answer the page's messages.
pub fn run() {
    host::scope::serve(vault::Vault::default());
}
