//! A round of sending: as long as the page shows what is on its way, it sends what is due.

use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::Sending;
use crate::outbox::{Item, Next, State, Transport as _, Trouble};
use crate::vault::message::Failure;
use crate::web::host::clock;
use crate::web::host::post::{Post, is_online, on_offline, on_online};

/// How often a round that waits looks whether it is time.
const LOOK_EVERY_MS: u32 = 250;

/// Goes on until it is dropped. What is on its way then is still waited for, and nothing is begun after it.
pub(crate) struct Round {
    sending: Sending,
    /// Its number.
    turn: u32,
    _network: [EventListener; 2],
}

impl Drop for Round {
    fn drop(&mut self) {
        // The page that comes next may have begun its own already.
        if self.sending.0.turn.get() == self.turn {
            self.sending.next_turn();
        }
    }
}

impl Sending {
    /// Begins to send what is due.
    pub(crate) fn begin(&self) -> Round {
        let turn = self.next_turn();
        let woken = self.clone();
        let online = on_online(move || {
            // What was begun when the network went away had no answer either.
            woken.freshen(|trouble| matches!(trouble, Trouble::Offline | Trouble::NoAnswer));
        });
        let told = self.clone();
        // Said at once, and not at the next change: what it says moves the buttons below it.
        let offline = on_offline(move || told.0.bell.strike());
        let this = self.clone();
        spawn_local(async move {
            if this.0.keeping.at_work().is_some() {
                let ended = this.go_round(turn).await;
                if ended.is_err() {
                    // What is known here may be ahead of the disk.
                    this.0.loaded.set(false);
                }
                this.note_failure(ended.err());
            }
        });
        Round { sending: self.clone(), turn, _network: [online, offline] }
    }

    fn next_turn(&self) -> u32 {
        let turn = self.0.turn.get().wrapping_add(1);
        self.0.turn.set(turn);
        turn
    }

    async fn go_round(&self, turn: u32) -> Result<(), Failure> {
        self.load(turn).await?;
        self.freshen(|trouble| trouble == Trouble::Offline || trouble.is_held());
        while self.0.turn.get() == turn {
            self.learn().await?;
            let places = self.0.places.borrow().clone();
            let next = {
                let secrets = self.0.secrets.borrow();
                let secret = |name: &str| secrets.get(name).cloned();
                self.0.outbox.borrow_mut().next(&places.destinations, &secret, clock::unix_seconds())
            };
            match next {
                Next::Idle(next) => self.wait(turn, next).await,
                Next::Postponed(_, changes) => self.keep_all(changes).await?,
                Next::Send(sending) => {
                    let sending = *sending;
                    let held = self.held(&sending.key).await?;
                    if !self.is_kept(&sending.key).await? {
                        // It was taken out or back meanwhile, here or in another tab.
                        drop(self.0.outbox.borrow_mut().remove(&sending.key));
                        continue;
                    }
                    if let Some(trouble) = held {
                        let now = clock::unix_seconds();
                        let changes = self.0.outbox.borrow_mut().postponed(&sending.key, trouble, now);
                        self.keep_all(changes).await?;
                        self.0.bell.strike();
                        continue;
                    }
                    self.keep_all(sending.changes).await?;
                    self.0.bell.strike();
                    let answer = Post.send(&sending.request).await;
                    // Another tab may have been quicker, or had a network.
                    self.learn().await?;
                    let now = clock::unix_seconds();
                    let changes =
                        self.0.outbox.borrow_mut().came(&sending.key, sending.destination, answer, now);
                    self.keep_all(changes).await?;
                    self.mark(&sending.key.profile_id).await;
                }
            }
            self.0.bell.strike();
        }
        Ok(())
    }

    /// Waits until something is due, or something has changed.
    async fn wait(&self, turn: u32, next: Option<i64>) {
        self.0.poked.set(false);
        while self.0.turn.get() == turn
            && !self.0.poked.get()
            && next.is_none_or(|next| clock::unix_seconds() < next)
        {
            TimeoutFuture::new(LOOK_EVERY_MS).await;
        }
    }

    /// There is a network: what waited for one need not wait for its hour.
    fn freshen(&self, over: impl Fn(Trouble) -> bool) {
        if !is_online() {
            return;
        }
        self.retry_after(over);
        self.poke();
    }

    /// Tries again at once what some trouble has kept from arriving.
    pub(super) fn retry_after(&self, over: impl Fn(Trouble) -> bool) {
        let waits =
            |item: &Item| item.state == State::Waiting && item.trouble.is_some_and(|trouble| over(trouble.0));
        self.retry_all(self.items().into_iter().filter(waits).map(|item| item.key).collect());
    }
}
