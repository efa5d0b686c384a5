//! Drafts: begun, opened, added to, noted, removed.

use super::host::crypto::{Key, chance};
use super::host::database::Change;
use super::host::locks::{self, Hold};
use super::host::scope;
use super::items::LAST;
use super::keys::{self, numbered, of, share, share_place};
use super::vault::{OpenDraft, Vault};
use super::workers::without_a_trace;
use crate::vault::message::{Failure, Heard, Listed, Opened, Tell};
use crate::vault::{Fate, Head, Id, Kind, Lines, Place};

impl Vault {
    /// A new draft, with all that it needs, or none at all.
    pub(super) async fn begin(&mut self, head: &Head, bundle: &str, line: &str) -> Result<Tell, Failure> {
        let worker = self.at_work()?.worker;
        let draft = Id(chance()?);
        let raw = keys::new()?;
        let key = Key::import(&raw).await?;
        let head = Head { entries: 1, ..head.clone() };
        let changes = vec![
            self.still_here()?,
            Change::Add(
                "keys",
                share(draft, worker),
                self.at_work()?.key.seal(share_place(draft, worker), raw.as_slice()).await?,
            ),
            Change::Put("forms", head.hash.clone(), bundle.as_bytes().to_vec()),
            Change::Add("heads", draft.to_string(), seal_head(&key, draft, &head).await?),
            Change::Add(
                "entries",
                numbered(draft, 0),
                key.seal(Place::numbered(Kind::Entry, draft, 0), line.as_bytes()).await?,
            ),
            self.only_item(LAST, &draft.to_string()).await?,
        ];
        self.database().await?.write(changes).await?;
        let hold = hold(draft, false).await;
        self.at_work_mut()?.drafts.insert(draft, OpenDraft { key, hold, next: 1 });
        Ok(Tell::Begun(draft))
    }

    /// Opens a draft: all of it that can be read.
    pub(super) async fn open(&mut self, draft: Id, take_over: bool) -> Result<Tell, Failure> {
        let key = self.draft_key(draft).await?;
        let held = self.at_work_mut()?.drafts.remove(&draft).and_then(|open| open.hold);
        // What another tab has taken since is no right any more.
        let held = held.filter(Hold::holds);
        let hold = match held {
            Some(hold) => Some(hold),
            None => hold(draft, take_over).await,
        };
        let head = self.head(draft, &key).await;
        let lines = self.lines(draft, &key).await?;
        let used = self.used_numbers(draft).await?;
        let promised = head.as_ref().map_or(0, |head| head.entries);
        let next = lines.next().max(used).max(promised);
        let damaged = lines.missing(next);
        // What a list shows can be made again from the journal; the journal cannot.
        let head = head.or_else(|_| lines.get(0).and_then(head_of).ok_or(Failure::Damaged))?;
        // Whether it is what the draft was begun with, the page tells by its hash; the site may have it too.
        let bundle = self.database().await?.get("forms", &head.hash).await?.unwrap_or_default();
        let bundle = String::from_utf8(bundle).unwrap_or_default();
        let writable = hold.is_some();
        self.at_work_mut()?.drafts.insert(draft, OpenDraft { key, hold, next });
        Ok(Tell::Opened(Box::new(Opened {
            head,
            bundle,
            lines: lines.into_texts(),
            damaged,
            writable,
            next,
        })))
    }

    /// Notes which draft is on the screen. To open one says nothing of it: somebody may only be given another name, or looked
    /// up for what was said in the same visit.
    pub(super) async fn at(&mut self, draft: Id) -> Result<Tell, Failure> {
        let last = self.only_item(LAST, &draft.to_string()).await?;
        self.write_to(draft, vec![last]).await?;
        Ok(Tell::Done)
    }

    /// Lets another tab have a draft.
    pub(super) fn close(&mut self, draft: Id) -> Result<Tell, Failure> {
        self.at_work_mut()?.drafts.remove(&draft);
        Ok(Tell::Done)
    }

    /// Adds lines to a journal.
    pub(super) async fn append(
        &mut self,
        draft: Id,
        first: u64,
        lines: &[String],
        head: &Head,
    ) -> Result<Tell, Failure> {
        let open = self.writable(draft)?;
        let (key, mut next) = (open.key.clone(), open.next);
        let mut changes = Vec::with_capacity(lines.len() + 1);
        for (number, line) in (first..).zip(lines) {
            // What was written before its answer was lost is not written again.
            if number < next {
                continue;
            }
            let sealed = key.seal(Place::numbered(Kind::Entry, draft, number), line.as_bytes()).await?;
            changes.push(Change::Add("entries", numbered(draft, number), sealed));
            next = number + 1;
        }
        let head = Head { entries: next, ..head.clone() };
        changes.push(Change::Put("heads", draft.to_string(), seal_head(&key, draft, &head).await?));
        self.write_to(draft, changes).await?;
        if let Some(open) = self.at_work_mut()?.drafts.get_mut(&draft) {
            open.next = next;
        }
        Ok(Tell::Done)
    }

    /// Notes what a list shows.
    pub(super) async fn note(&mut self, draft: Id, head: &Head) -> Result<Tell, Failure> {
        self.append(draft, 0, &[], head).await
    }

    /// Keeps the profile, with what a list shows of it.
    pub(super) async fn keep_profile(
        &mut self,
        draft: Id,
        profile: &str,
        head: &Head,
    ) -> Result<Tell, Failure> {
        let open = self.writable(draft)?;
        let (key, next) = (open.key.clone(), open.next);
        let head = Head { entries: next, ..head.clone() };
        let changes = vec![
            Change::Put(
                "profiles",
                draft.to_string(),
                key.seal(Place::only(Kind::Profile, draft), profile.as_bytes()).await?,
            ),
            Change::Put("heads", draft.to_string(), seal_head(&key, draft, &head).await?),
        ];
        self.write_to(draft, changes).await?;
        Ok(Tell::Done)
    }

    /// The profile that was kept.
    pub(super) async fn profile(&mut self, draft: Id) -> Result<Tell, Failure> {
        let key = self.draft_key(draft).await?;
        let kept = self.database().await?.get("profiles", &draft.to_string()).await?;
        Ok(Tell::Text(
            key.open_text(Place::only(Kind::Profile, draft), &kept.ok_or(Failure::NotFound)?).await?,
        ))
    }

    /// The questionnaire that a draft was begun with.
    pub(super) async fn form(&mut self, draft: Id) -> Result<Tell, Failure> {
        let key = self.draft_key(draft).await?;
        let hash = self.head(draft, &key).await?.hash;
        let bundle = self.database().await?.get("forms", &hash).await?.ok_or(Failure::NotFound)?;
        String::from_utf8(bundle).map(Tell::Text).map_err(|_| Failure::Damaged)
    }

    /// Notes what becomes of the profile of a draft. Only where no other tab writes the draft: that one would write over
    /// it.
    pub(super) async fn befall(&mut self, draft: Id, fate: Fate) -> Result<Tell, Failure> {
        let key = self.draft_key(draft).await?;
        let _hold = hold(draft, false).await.ok_or(Failure::ReadOnly)?;
        let mut head = self.head(draft, &key).await?;
        fate.befall(&mut head);
        let head = seal_head(&key, draft, &head).await?;
        self.write_to(draft, vec![Change::Put("heads", draft.to_string(), head)]).await?;
        Ok(Tell::Done)
    }

    /// Removes a draft. Only who has a share in it can.
    pub(super) async fn remove(&mut self, draft: Id) -> Result<Tell, Failure> {
        self.draft_key_raw(draft).await?;
        self.database().await?.write(without_a_trace(&draft.to_string())).await?;
        self.at_work_mut()?.drafts.remove(&draft);
        Ok(Tell::Done)
    }

    /// The drafts of whoever works.
    pub(super) async fn caseload(&mut self) -> Result<Tell, Failure> {
        let mut drafts = Vec::new();
        let mut unreadable = 0;
        for draft in self.own_drafts().await? {
            match self.listed(draft).await {
                Ok(head) => drafts.push(Listed { draft, head }),
                Err(_) => unreadable += 1,
            }
        }
        drafts.sort_by(|a, b| b.head.changed.cmp(&a.head.changed).then(a.draft.cmp(&b.draft)));
        Ok(Tell::Caseload { drafts, unreadable })
    }

    /// The drafts in which whoever works has a share.
    pub(super) async fn own_drafts(&mut self) -> Result<Vec<Id>, Failure> {
        let worker = self.at_work()?.worker.to_string();
        let names = self.database().await?.keys("keys", "").await?;
        let own = names.iter().filter_map(|name| name.split_once('/')).filter(|(_, of)| *of == worker);
        Ok(own.filter_map(|(draft, _)| draft.parse().ok()).collect())
    }

    async fn listed(&mut self, draft: Id) -> Result<Head, Failure> {
        let key = self.draft_key(draft).await?;
        if let Ok(head) = self.head(draft, &key).await {
            return Ok(head);
        }
        let lines = self.lines(draft, &key).await?;
        lines.get(0).and_then(head_of).ok_or(Failure::Damaged)
    }

    async fn head(&mut self, draft: Id, key: &Key) -> Result<Head, Failure> {
        let kept = self.database().await?.get("heads", &draft.to_string()).await?.ok_or(Failure::Damaged)?;
        let text = key.open(Place::only(Kind::Head, draft), &kept).await?;
        serde_json::from_slice(&text).map_err(|_| Failure::Damaged)
    }

    /// The lines of a journal that can be read, by their numbers.
    pub(super) async fn lines(&mut self, draft: Id, key: &Key) -> Result<Lines, Failure> {
        // Entries first: what another tab packs between the two is then met twice, and the other way round never.
        let entries = self.database().await?.all("entries", &of(draft)).await?;
        let mut lines = Lines::default();
        for pack in self.database().await?.all("packs", &of(draft)).await? {
            if let Ok((last, text)) = key.open_numbered(Kind::Pack, draft, &pack).await {
                lines.add_pack(last, &text);
            }
        }
        for entry in entries {
            if let Ok((number, line)) = key.open_numbered(Kind::Entry, draft, &entry).await {
                lines.add(number, line);
            }
        }
        Ok(lines)
    }

    /// The first number under which nothing stands, be it readable or not.
    async fn used_numbers(&mut self, draft: Id) -> Result<u64, Failure> {
        let names = self.database().await?.keys("entries", &of(draft)).await?;
        let last = names.last().and_then(|name| name.rsplit('/').next()?.parse::<u64>().ok());
        Ok(last.map_or(0, |last| last + 1))
    }
}

async fn seal_head(key: &Key, draft: Id, head: &Head) -> Result<Vec<u8>, Failure> {
    let text = serde_json::to_vec(head).map_err(|_| Failure::Damaged)?;
    key.seal(Place::only(Kind::Head, draft), &text).await
}

/// What a list shows of a draft of which only the first line of the journal can be read.
fn head_of(line: &str) -> Option<Head> {
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let questionnaire = line.get("questionnaire")?;
    let began = text(line.get("now")?)?;
    Some(Head {
        form: text(questionnaire.get("id")?)?,
        version: text(questionnaire.get("version")?)?,
        hash: text(questionnaire.get("hash")?)?,
        changed: began.clone(),
        began,
        ..Head::default()
    })
}

/// The right to write a draft.
pub(super) async fn hold(draft: Id, take_over: bool) -> Option<Hold> {
    locks::take(&format!("intake-draft-{draft}"), take_over, move || scope::say(&Heard::TakenOver(draft)))
        .await
}
