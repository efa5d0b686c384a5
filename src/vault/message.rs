//! What the page asks the keeper, and what it hears.

use serde::{Deserialize, Serialize};

use super::worker::Weak;
use super::{Fate, Head, Id, base64};

/// A question, with the number by which its answer is known.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// The number.
    pub number: u32,
    /// The question.
    pub ask: Ask,
}

/// What the keeper says: an answer, or something that nobody asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Heard {
    /// The answer to the question of this number.
    Answer(u32, Result<Tell, Failure>),
    /// Another tab has taken a draft over: this one may only read it.
    TakenOver(Id),
}

/// A question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Ask {
    /// Who works on this tablet, and what it can promise.
    Look,
    /// Enters a worker, and unlocks.
    Create {
        /// What they are called on the list.
        name: String,
        /// Their passphrase.
        passphrase: String,
        /// The station's public key, if there is one.
        station: Option<String>,
    },
    /// Unlocks what is a worker's.
    Unlock {
        /// Who.
        worker: Id,
        /// Their passphrase.
        passphrase: String,
    },
    /// Another passphrase for whoever works now.
    ChangePassphrase {
        /// The one that holds.
        old: String,
        /// The one that is to hold.
        new: String,
    },
    /// Makes a request to the station for a worker who has forgotten their passphrase.
    RequestRecovery {
        /// Who.
        worker: Id,
    },
    /// Unlocks with the station's answer, and sets a new passphrase.
    Recover {
        /// Who.
        worker: Id,
        /// The answer, as it stands in the file.
        answer: String,
        /// The passphrase that is to hold.
        passphrase: String,
    },
    /// Removes a worker, and every draft that only they can open.
    Wipe {
        /// Who.
        worker: Id,
    },
    /// The drafts of whoever works now.
    Caseload,
    /// A new draft: its key, its questionnaire and the first line of its journal.
    Begin {
        /// What a list shows of it.
        head: Head,
        /// The questionnaire with all its files: it is kept, so that the draft opens when the site has another version.
        bundle: String,
        /// The head of the journal.
        line: String,
    },
    /// Opens a draft.
    Open {
        /// Which.
        draft: Id,
        /// Whether it is taken from the tab that writes it.
        take_over: bool,
    },
    /// Notes that this draft is the one on the screen: whoever unlocks next goes on there.
    At {
        /// Which.
        draft: Id,
    },
    /// Lets another tab have it.
    Close {
        /// Which.
        draft: Id,
    },
    /// Adds lines to a journal: they are on the disk when the answer comes.
    Append {
        /// Which.
        draft: Id,
        /// The number of the first line.
        first: u64,
        /// The lines.
        lines: Vec<String>,
        /// What a list shows now.
        head: Head,
    },
    /// Notes what a list shows, and where the worker is.
    Note {
        /// Which.
        draft: Id,
        /// What a list shows now.
        head: Head,
    },
    /// Keeps the profile that came out.
    KeepProfile {
        /// Which.
        draft: Id,
        /// Its canonical text.
        profile: String,
        /// What a list shows now.
        head: Head,
    },
    /// The profile that was kept.
    Profile {
        /// Which.
        draft: Id,
    },
    /// The questionnaire that a draft was begun with.
    Form {
        /// Of which draft.
        draft: Id,
    },
    /// Notes what becomes of the profile of a draft, where no tab writes the draft.
    Befall {
        /// Which.
        draft: Id,
        /// What.
        fate: Fate,
    },
    /// Removes a draft with all that belongs to it.
    Remove {
        /// Which.
        draft: Id,
    },
    /// Gives a draft to another worker of this tablet.
    HandOver {
        /// Which.
        draft: Id,
        /// To whom.
        to: Id,
    },
    /// Keeps an attachment; the same one again changes nothing.
    Attach {
        /// Of which draft.
        draft: Id,
        /// Which.
        attachment: Id,
        /// Its bytes.
        #[serde(with = "base64::text")]
        bytes: Vec<u8>,
    },
    /// An attachment that was kept.
    Attachment {
        /// Of which draft.
        draft: Id,
        /// Which.
        attachment: Id,
    },
    /// Removes an attachment.
    Detach {
        /// Of which draft.
        draft: Id,
        /// Which.
        attachment: Id,
    },
    /// Keeps something of the worker's that is no draft, such as what waits to be sent.
    KeepItem {
        /// Among which: a fixed word of the program, which can be read on the disk.
        shelf: String,
        /// Under which name.
        id: Id,
        /// What.
        text: String,
    },
    /// All that a shelf holds.
    Items {
        /// Which.
        shelf: String,
    },
    /// Removes something from a shelf.
    RemoveItem {
        /// Which.
        shelf: String,
        /// What.
        id: Id,
    },
    /// Everything that the worker can open, sealed, as a file.
    BackUp {
        /// When, by the tablet's clock.
        made: String,
    },
    /// Takes a backup in. The worker can then be unlocked.
    Restore {
        /// The file.
        backup: String,
        /// The passphrase of the worker whose it is.
        passphrase: String,
    },
    /// Seals a text for a public key, as an armored `age` file.
    SealFor {
        /// For whom; the station if nobody is named.
        recipient: Option<String>,
        /// What.
        text: String,
    },
    /// The journals of all drafts of whoever works, sealed for the station alone, as an armored `age` file.
    Trail,
    /// Packs the journals of drafts that nobody writes.
    Compact,
}

/// An answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Tell {
    /// It is done; what was to be written is on the disk.
    Done,
    /// Who works on this tablet.
    Tablet(Tablet),
    /// Whoever was named is unlocked.
    Unlocked(Unlocked),
    /// A text: a file to hand out, a profile.
    Text(String),
    /// The drafts, the last changed first; and those that do not open.
    Caseload {
        /// What opens.
        drafts: Vec<Listed>,
        /// How many do not.
        unreadable: u32,
    },
    /// A draft has begun.
    Begun(Id),
    /// A draft is open.
    Opened(Box<Opened>),
    /// Bytes that were kept.
    Bytes(#[serde(with = "base64::text")] Vec<u8>),
    /// What a shelf holds.
    Items(Vec<(Id, String)>),
    /// A backup was taken in: whose it is, and how many drafts came.
    Restored(Id, u32),
}

/// What is known while everything is locked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tablet {
    /// Who works on it.
    pub workers: Vec<Card>,
    /// The station's public key, if it was given.
    pub station: Option<String>,
    /// Why the database was put together from its second copy, if it was just now.
    pub put_together: Option<Mishap>,
}

/// What befell a database, so that it was put together from its second copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mishap {
    /// It was gone: the browser throws away what it finds damaged.
    Gone,
    /// The browser does not open it, and it was put together in another place.
    DoesNotOpen,
}

/// A worker on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Their id.
    pub id: Id,
    /// What they are called.
    pub name: String,
    /// Whether the station can help when the passphrase is forgotten.
    pub recoverable: bool,
}

/// Who works now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlocked {
    /// Who.
    pub worker: Id,
    /// What they are called.
    pub name: String,
    /// The draft that was on the screen last.
    pub last: Option<Id>,
    /// When the last backup was made.
    pub backed_up: Option<String>,
    /// How many drafts others have handed over since.
    pub received: u32,
}

/// A draft on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its id.
    pub draft: Id,
    /// What a list shows.
    pub head: Head,
}

/// A draft that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// What a list shows.
    pub head: Head,
    /// The questionnaire that it was begun with.
    pub bundle: String,
    /// The lines of its journal that could be read.
    pub lines: Vec<String>,
    /// The numbers of those that could not: changed, cut off or gone.
    pub damaged: Vec<u64>,
    /// Whether this tab may write; if not, another does.
    pub writable: bool,
    /// The number of the next line.
    pub next: u64,
}

/// Why something was not done. Nothing was written then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// The browser gives no database: a private window, or storage that was forbidden.
    NoStorage,
    /// The tablet is full.
    Full,
    /// Nobody is unlocked.
    Locked,
    /// Not this passphrase; or the record of the worker was damaged.
    WrongPassphrase,
    /// A passphrase that is guessed at once.
    Weak(Weak),
    /// There is no such worker, draft or attachment, or the worker has no key to it.
    NotFound,
    /// It is on this tablet, and whoever works has no key to it: somebody else has it.
    OfAnother,
    /// Another tab writes this draft.
    ReadOnly,
    /// Another interview must first be on the disk, or it would be lost.
    NotKeptYet,
    /// The text is no public key of a station.
    NotAKey,
    /// There is no key of a station on this tablet.
    NoStation,
    /// The file is not what was asked for.
    NotThatFile,
    /// It was damaged: changed or cut off.
    Damaged,
    /// The keeper does not answer.
    Unreachable,
    /// The browser refuses, in its own words, which hold nothing of ours.
    Refused(String),
}
