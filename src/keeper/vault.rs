use std::collections::BTreeMap;

use super::host::crypto::Key;
use super::host::database::{Database, may_be_closed};
use super::host::locks::Hold;
use crate::vault::Id;
use crate::vault::message::{Ask, Failure, Tell};

/// What the keeper holds. Nothing of it outlives the worker.
#[derive(Debug, Default)]
pub(super) struct Vault {
    database: Option<Database>,
    pub(super) at_work: Option<AtWork>,
    /// Key pairs made for the answers of the station: they are gone when the worker is ended.
    pub(super) requests: BTreeMap<Id, crate::vault::age::Identity>,
}

/// Whoever is unlocked.
#[derive(Debug)]
pub(super) struct AtWork {
    pub(super) worker: Id,
    pub(super) key: Key,
    /// The drafts that are open.
    pub(super) drafts: BTreeMap<Id, OpenDraft>,
}

/// A draft that is open.
#[derive(Debug)]
pub(super) struct OpenDraft {
    pub(super) key: Key,
    /// The right to write, unless another tab has it.
    pub(super) hold: Option<Hold>,
    /// The number of the next line.
    pub(super) next: u64,
}

impl OpenDraft {
    /// Whether this tab may write it.
    pub(super) fn is_writable(&self) -> bool {
        self.hold.as_ref().is_some_and(Hold::holds)
    }
}

impl Vault {
    /// The database, opened when it is first wanted.
    pub(super) async fn database(&mut self) -> Result<&Database, Failure> {
        let database = match self.database.take() {
            Some(database) => database,
            None => Database::open().await?,
        };
        Ok(self.database.insert(database))
    }

    /// Whoever is unlocked.
    pub(super) fn at_work(&self) -> Result<&AtWork, Failure> {
        self.at_work.as_ref().ok_or(Failure::Locked)
    }

    pub(super) fn at_work_mut(&mut self) -> Result<&mut AtWork, Failure> {
        self.at_work.as_mut().ok_or(Failure::Locked)
    }

    /// A draft that this tab may write.
    pub(super) fn writable(&self, draft: Id) -> Result<&OpenDraft, Failure> {
        let open = self.at_work()?.drafts.get(&draft).ok_or(Failure::NotFound)?;
        if open.is_writable() { Ok(open) } else { Err(Failure::ReadOnly) }
    }

    /// Answers a question.
    pub(super) async fn answer(&mut self, ask: Ask) -> Result<Tell, Failure> {
        let looks = matches!(ask, Ask::Look);
        let was_open = self.database.is_some();
        let answer = self.try_to_answer(ask).await;
        if answer.as_ref().is_err_and(may_be_closed) {
            // Browsers close a database by themselves, and one that was closed stays so: whoever asks next finds it opened anew.
            self.database = None;
            // To be told that nothing is kept here, because of that, would lock out whoever only asks who works here.
            if looks && was_open {
                return self.try_to_answer(Ask::Look).await;
            }
        }
        answer
    }

    async fn try_to_answer(&mut self, ask: Ask) -> Result<Tell, Failure> {
        match ask {
            Ask::Look => self.look().await,
            Ask::Create { name, passphrase, station } => self.create(&name, &passphrase, station).await,
            Ask::Unlock { worker, passphrase } => self.unlock(worker, &passphrase).await,
            Ask::ChangePassphrase { old, new } => self.change_passphrase(&old, &new).await,
            Ask::RequestRecovery { worker } => self.request_recovery(worker).await,
            Ask::Recover { worker, answer, passphrase } => self.recover(worker, &answer, &passphrase).await,
            Ask::Wipe { worker } => self.wipe(worker).await,
            Ask::Caseload => self.caseload().await,
            Ask::Begin { head, bundle, line } => self.begin(&head, &bundle, &line).await,
            Ask::Open { draft, take_over } => self.open(draft, take_over).await,
            Ask::At { draft } => self.at(draft).await,
            Ask::Close { draft } => self.close(draft),
            Ask::Append { draft, first, lines, head } => self.append(draft, first, &lines, &head).await,
            Ask::Note { draft, head } => self.note(draft, &head).await,
            Ask::KeepProfile { draft, profile, head } => self.keep_profile(draft, &profile, &head).await,
            Ask::Profile { draft } => self.profile(draft).await,
            Ask::Form { draft } => self.form(draft).await,
            Ask::Befall { draft, fate } => self.befall(draft, fate).await,
            Ask::Remove { draft } => self.remove(draft).await,
            Ask::HandOver { draft, to } => self.hand_over(draft, to).await,
            Ask::Attach { draft, attachment, bytes } => self.attach(draft, attachment, &bytes).await,
            Ask::Attachment { draft, attachment } => self.attachment(draft, attachment).await,
            Ask::Detach { draft, attachment } => self.detach(draft, attachment).await,
            Ask::KeepItem { shelf, id, text } => self.keep_item(&shelf, id, &text).await,
            Ask::Items { shelf } => self.items(&shelf).await,
            Ask::RemoveItem { shelf, id } => self.remove_item(&shelf, id).await,
            Ask::BackUp { made } => self.back_up(made).await,
            Ask::Restore { backup, passphrase } => self.restore(&backup, &passphrase).await,
            Ask::SealFor { recipient, text } => self.seal_for(recipient, &text).await,
            Ask::Trail => self.trail().await,
            Ask::Compact => self.compact().await,
        }
    }
}
