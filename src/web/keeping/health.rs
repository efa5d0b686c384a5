use crate::web::host::installed::Installed;
use crate::web::host::storage::{Persistence, Room};

/// So much room must be left before a new interview begins: a long one with its photographs.
const NEEDED: u64 = 20 * 1024 * 1024;

/// How far a tablet can be relied upon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Health {
    /// Whether the site works without a network.
    pub(crate) installed: Installed,
    /// Whether the browser may throw away what is kept.
    pub(crate) persistence: Persistence,
    /// How much room there is.
    pub(crate) room: Option<Room>,
    /// Whether the last thing that should have been written found no room.
    pub(crate) full: bool,
    /// Drafts and profiles that are on this tablet alone.
    pub(crate) unsent: u32,
}

/// What the light shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Light {
    /// What is answered stays.
    Green,
    /// It stays for now: make a backup.
    Amber,
    /// It would be lost.
    Red,
}

impl Health {
    /// Bytes that can still be written, where the browser says.
    pub(crate) fn left(self) -> Option<u64> {
        self.room.map(|room| room.of.saturating_sub(room.used))
    }

    /// Whether there is too little room for another interview, as far as the browser says.
    pub(crate) fn lacks_room(self) -> bool {
        self.left().is_some_and(|left| left < NEEDED)
    }

    /// Whether no write can be promised.
    pub(crate) fn is_full(self) -> bool {
        self.full || self.lacks_room()
    }

    /// What the light shows.
    pub(crate) fn light(self) -> Light {
        if self.is_full() {
            return Light::Red;
        }
        let sure = self.persistence == Persistence::Granted;
        let here = matches!(self.installed, Installed::Ready | Installed::Newer);
        if sure && here { Light::Green } else { Light::Amber }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_light_says_what_can_be_promised() {
        let well = Health {
            installed: Installed::Ready,
            persistence: Persistence::Granted,
            room: Some(Room { used: 0, of: NEEDED * 2 }),
            ..Health::default()
        };
        assert_eq!(well.light(), Light::Green);
        for (health, light) in [
            (Health { persistence: Persistence::Unknown, ..well }, Light::Amber),
            (Health { persistence: Persistence::Refused, ..well }, Light::Amber),
            (Health { installed: Installed::Never, ..well }, Light::Amber),
            (Health { room: None, ..well }, Light::Green),
            (Health { full: true, ..well }, Light::Red),
            (Health { room: Some(Room { used: NEEDED * 2, of: NEEDED * 2 }), ..well }, Light::Red),
            (Health { room: Some(Room { used: 9, of: 5 }), ..well }, Light::Red),
        ] {
            assert_eq!(health.light(), light, "{health:?}");
        }
    }
}
