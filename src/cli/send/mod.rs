mod making;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use serde_json::{Value, json};

use self::making::Maker;
use super::assess::each;
use super::outcome::{Status, Stop, complain};
use super::refusal::{Fault, refusal};
use crate::diagnostic::{Diagnostic, SourceId, Sources, codes};
use crate::json;
use crate::outbox::{
    Added, Change, Destination, Item, Key, Kind, Outbox, State, Step, Storage as _, Withdrawal,
    WithdrawalReason, read_destinations, send_next, settled,
};
use crate::send::{Folder, Http};
use crate::value::{DateTime, Word};

/// Sends profiles to the back ends that a file of destinations names, through an outbox that loses nothing.
///
/// What is given is put into the outbox first; then everything in it that is due is sent. A destination has a purpose and
/// a recipient of the export policy: what consent or sensitivity forbids is left out with all that follows from it, and
/// a profile that may not leave is not put in. Comes out as one JSON object a line: each item that was tried, and how it
/// stands. Status 1: something is still waiting, refused or left out.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files with one profile a line, or one over several lines; `-` is standard input. None: send what waits.
    #[arg(requires = "questionnaires")]
    profiles: Vec<PathBuf>,
    /// The file of the destinations.
    #[arg(long, value_name = "FILE")]
    destinations: PathBuf,
    /// The folder of the outbox.
    #[arg(long, value_name = "DIR")]
    outbox: PathBuf,
    /// The folder of the questionnaires with which the profiles were made.
    #[arg(long, value_name = "DIR")]
    questionnaires: Option<PathBuf>,
    /// What may leave for which purpose, in place of the policy that ships with the program.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The private key that signs what is sent, in the formats that have a place for it (see `intake key`).
    #[arg(long, value_name = "PEM")]
    key: Option<PathBuf>,
    /// Where to add what does not reach a destination, and why, a line for each profile. It stays at home.
    #[arg(long, value_name = "FILE")]
    losses: Option<PathBuf>,
    /// Where to add the identity parts that leave apart: they never go to the destination.
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// Put the profiles in for these destinations only, or tell only these of a withdrawal.
    #[arg(long = "to", value_name = "ID")]
    only: Vec<String>,
    /// Tell the destinations for which this outbox holds these profiles, or those named by `--to`, that they are withdrawn.
    #[arg(long, value_name = "PROFILE_ID")]
    withdraw: Vec<String>,
    /// Why.
    #[arg(long, value_enum, default_value_t, requires = "withdraw")]
    reason: Reason,
    /// A folder with a file for each secret that the destinations name. A variable `INTAKE_SECRET_NAME` goes before it.
    #[arg(long, value_name = "DIR")]
    secrets: Option<PathBuf>,
    /// Go on trying for so many seconds what cannot be delivered now.
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    wait: u64,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Reason {
    /// The person took their consent back.
    #[default]
    ConsentWithdrawn,
    /// It should never have been made.
    EnteredInError,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let destinations = destinations(&args.destinations)?;
    let chosen = chosen(&destinations, &args.only)?;
    let mut post = Post::open(&args.outbox)?;
    let mut status = Status::Clean;
    if let Some(questionnaires) = args.questionnaires.as_ref().filter(|_| !args.profiles.is_empty()) {
        let mut maker = Maker::open(args, questionnaires, &chosen)?;
        status = each(&args.profiles, |file, line, text| {
            let faults = match text.and_then(|text| profile(&text)) {
                Ok(profile) => post.add_profile(&chosen, &mut maker, &profile)?,
                Err(faults) => faults,
            };
            if faults.is_empty() {
                return Ok(Status::Clean);
            }
            writeln!(out, "{}", refusal(file, line, &faults))?;
            Ok(Status::Findings)
        })?;
        maker.finish();
    }
    // All of them first: where one cannot be told, none is.
    let told = |id: &String| post.to_be_told(&chosen, id, !args.only.is_empty());
    let told = args.withdraw.iter().map(told).collect::<Result<Vec<_>, Stop>>()?;
    for (id, destinations) in args.withdraw.iter().zip(told) {
        post.add_withdrawal(&destinations, id, args.reason)?;
    }
    let secrets = |name: &str| secret(args.secrets.as_deref(), name);
    let until = now().saturating_add(i64::try_from(args.wait).unwrap_or(i64::MAX));
    let mut transport = Http::new();
    let mut clock = now;
    let mut tried = BTreeSet::new();
    loop {
        let step = send_next(
            &mut post.outbox,
            &destinations,
            &secrets,
            &mut post.folder,
            &mut transport,
            &mut clock,
        );
        match settled(step).map_err(unusable)? {
            Step::Tried(key) => {
                tried.insert(key);
            }
            Step::Idle(Some(next)) if next <= until => {
                std::thread::sleep(Duration::from_secs(u64::try_from(next - now()).unwrap_or(0).max(1)));
            }
            Step::Idle(_) => break,
        }
    }
    for item in post.outbox.items() {
        if tried.contains(&item.key) {
            writeln!(out, "{}", shown(item))?;
        }
        if !matches!(item.state, State::Sent { .. }) {
            status = status.max(Status::Findings);
        }
    }
    Ok(status)
}

/// An item as it is shown: without what is sent.
pub(super) fn shown(item: &Item) -> Value {
    let mut shown = json!({
        "destination": item.key.destination,
        "profile_id": item.key.profile_id,
        "kind": item.key.kind.0.word(),
        "attempts": item.attempts,
        "added_at": moment(item.added_at),
    });
    let Some(members) = shown.as_object_mut() else { return shown };
    let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
    match &item.state {
        State::Waiting | State::Sending => {
            put("state", "waiting".into());
            put("next_at", moment(item.not_before).into());
        }
        State::Sent { at } => {
            put("state", "sent".into());
            put("sent_at", moment(*at).into());
        }
        State::Refused { code, reason } => {
            put("state", "refused".into());
            put("code", code.as_str().into());
            put("reason", reason.clone().into());
        }
    }
    if let Some(trouble) = item.trouble {
        put("trouble", trouble.0.word().into());
    }
    if let Some(status) = item.status {
        put("status", status.into());
    }
    shown
}

fn moment(seconds: i64) -> String {
    DateTime::from_unix_seconds(seconds).unwrap_or(DateTime::EPOCH).to_string()
}

/// Seconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

pub(super) fn unusable(why: impl std::fmt::Display) -> Stop {
    Stop::Unusable(why.to_string())
}

/// The destinations of a file, all of which must be sound: a profile that goes nowhere in silence is lost.
fn destinations(path: &Path) -> Result<Vec<Destination>, Stop> {
    let bytes = super::loader::read_bounded(path).map_err(|error| super::folder::unusable(path, &error))?;
    let (text, _) = json::decode(bytes, SourceId(0));
    let mut sources = Sources::new();
    let source = sources.add(path.display().to_string(), text.as_str());
    let (destinations, found) = read_destinations(&text, source);
    let errors: Vec<&Diagnostic> = found.iter().filter(|fault| fault.is_error()).collect();
    for error in &errors {
        complain(&sources.render(error));
    }
    if !errors.is_empty() {
        return Err(Stop::Unusable(format!("{} cannot be used: see above", path.display())));
    }
    if let Some(one) = destinations.iter().find(|one| one.is_beside_the_page()) {
        return Err(Stop::Unusable(format!(
            "the destination `{}` has an address without a server, which only the page can use: write it out",
            one.id
        )));
    }
    Ok(destinations)
}

fn chosen(destinations: &[Destination], only: &[String]) -> Result<Vec<Destination>, Stop> {
    if let Some(unknown) = only.iter().find(|id| !destinations.iter().any(|one| one.id == **id)) {
        return Err(Stop::Unusable(format!("there is no destination `{unknown}` in the file")));
    }
    let wanted = |one: &&Destination| only.is_empty() || only.contains(&one.id);
    Ok(destinations.iter().filter(wanted).cloned().collect())
}

fn secret(folder: Option<&Path>, name: &str) -> Option<String> {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    if !name.bytes().all(sound) {
        return None;
    }
    let variable = format!("INTAKE_SECRET_{}", name.to_ascii_uppercase().replace('-', "_"));
    let stored = || std::fs::read_to_string(folder?.join(name)).ok();
    std::env::var(variable).ok().or_else(stored).map(|secret| secret.trim().to_owned())
}

fn profile(text: &str) -> Result<Value, Vec<Fault>> {
    let (document, found) = json::read(text, SourceId(0));
    let faults: Vec<Fault> =
        json::discreet(found).into_iter().filter(Diagnostic::is_error).map(Fault::from).collect();
    let Some(value) = document.root().filter(|_| faults.is_empty()).map(|root| document.to_value(root))
    else {
        return Err(faults);
    };
    if value.get("profile_version").is_none() {
        return Err(vec![Fault::new(codes::VERIFY_SHAPE, "this is no profile")]);
    }
    Ok(value)
}

/// An outbox together with the folder in which it is kept.
struct Post {
    folder: Folder,
    outbox: Outbox,
}

impl Post {
    fn open(path: &Path) -> Result<Self, Stop> {
        let (folder, outbox) = Folder::open(path).map_err(unusable)?;
        Ok(Self { folder, outbox })
    }

    fn keep(&mut self, changes: Vec<Change>) -> Result<(), Stop> {
        changes.into_iter().try_for_each(|change| settled(self.folder.keep(change)).map_err(unusable))
    }

    /// Puts a profile in for each destination; why it is not put in for one.
    fn add_profile(
        &mut self,
        destinations: &[Destination],
        maker: &mut Maker,
        profile: &Value,
    ) -> Result<Vec<Fault>, Stop> {
        let mut faults = Vec::new();
        let Some(id) = profile.get("profile_id").and_then(Value::as_str).filter(|id| !id.trim().is_empty())
        else {
            return Ok(vec![Fault::new(codes::SEND_ID, "the profile has no `profile_id`")]);
        };
        let supersedes = profile.get("supersedes").and_then(Value::as_str).map(str::to_owned);
        for destination in destinations {
            let made = match maker.make(destination, profile) {
                Ok(made) => made,
                Err(found) => {
                    faults.extend(found);
                    continue;
                }
            };
            let key = key(destination, id, Kind::Profile);
            let (media_type, body) = (made.document.media_type, made.document.bytes.clone());
            let (added, changes) = self.outbox.add(key, supersedes.clone(), media_type, body, now());
            if added == Added::Conflict {
                let message = "another profile of this id is on its way";
                faults.push(Fault::new(codes::SEND_CONFLICT, message).about(&destination.id));
            }
            self.keep(changes)?;
            if added == Added::Queued {
                maker.note(destination, id, &made)?;
            }
        }
        Ok(faults)
    }

    /// Who is told that a profile is withdrawn: those that are `named`, and otherwise those for which it was put in. Whoever
    /// never got it has no business to learn that it was there.
    fn to_be_told<'d>(
        &self,
        chosen: &'d [Destination],
        id: &str,
        named: bool,
    ) -> Result<Vec<&'d Destination>, Stop> {
        let knows = |destination: &Destination| {
            [Kind::Profile, Kind::Withdrawal]
                .iter()
                .any(|kind| self.outbox.item(&key(destination, id, *kind)).is_some())
        };
        let told: Vec<&Destination> = chosen.iter().filter(|one| named || knows(one)).collect();
        if told.is_empty() {
            return Err(Stop::Unusable(format!(
                "this outbox has sent no profile `{id}` to a destination of the file, so nobody was told: \
                 say with --to who is to be told that it is withdrawn"
            )));
        }
        Ok(told)
    }

    fn add_withdrawal(
        &mut self,
        destinations: &[&Destination],
        id: &str,
        reason: Reason,
    ) -> Result<(), Stop> {
        let reason = match reason {
            Reason::ConsentWithdrawn => WithdrawalReason::ConsentWithdrawn,
            Reason::EnteredInError => WithdrawalReason::EnteredInError,
        };
        let body = Withdrawal::new(id, reason, &moment(now())).to_json().into_bytes();
        for destination in destinations {
            let key = key(destination, id, Kind::Withdrawal);
            let (_, changes) = self.outbox.add(key, None, "application/json", body.clone(), now());
            self.keep(changes)?;
        }
        Ok(())
    }
}

fn key(destination: &Destination, id: &str, kind: Kind) -> Key {
    Key { destination: destination.id.clone(), profile_id: id.to_owned(), kind: Word(kind) }
}
