use std::io::Write;
use std::path::PathBuf;

use super::outcome::{Status, Stop};
use super::send::{now, shown, unusable};
use crate::outbox::{Key, State, Storage as _, settled};
use crate::send::Folder;

/// Lists what is in an outbox and how it stands, one JSON object a line; tries again or takes out by hand.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the outbox.
    #[arg(value_name = "DIR")]
    outbox: PathBuf,
    /// Let this profile be tried again at once, also if it was refused.
    #[arg(long, value_name = "PROFILE_ID")]
    retry: Vec<String>,
    /// Take this profile out, whatever its state: it is not sent any more.
    #[arg(long, value_name = "PROFILE_ID")]
    remove: Vec<String>,
    /// Do so for one destination only.
    #[arg(long = "to", value_name = "ID")]
    only: Option<String>,
    /// Take out what arrived more than so many days ago.
    #[arg(long, value_name = "DAYS")]
    forget_sent: Option<u32>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let (mut folder, mut outbox) = Folder::open(&args.outbox).map_err(unusable)?;
    let keys = |outbox: &crate::outbox::Outbox, id: &str| -> Vec<Key> {
        let meant = |key: &Key| {
            key.profile_id == id && args.only.as_ref().is_none_or(|only| *only == key.destination)
        };
        outbox.items().into_iter().map(|item| item.key.clone()).filter(meant).collect()
    };
    let mut changes = Vec::new();
    for id in args.retry.iter().chain(&args.remove) {
        let meant = keys(&outbox, id);
        if meant.is_empty() {
            return Err(Stop::Unusable(format!("there is no profile `{id}` in the outbox")));
        }
        for key in meant {
            let removed = args.remove.contains(id);
            changes.extend(if removed { outbox.remove(&key) } else { outbox.retry(&key, now()) });
        }
    }
    if let Some(days) = args.forget_sent {
        changes.extend(outbox.forget_sent(now() - i64::from(days) * 86_400));
    }
    for change in changes {
        settled(folder.keep(change)).map_err(unusable)?;
    }
    let mut status = Status::Clean;
    for item in outbox.items() {
        writeln!(out, "{}", shown(item))?;
        if !matches!(item.state, State::Sent { .. }) {
            status = Status::Findings;
        }
    }
    Ok(status)
}
