use std::io::Write;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;

use super::outcome::{Status, Stop};
use super::serve;
use super::verify::public_key;
use crate::collector::{Limits, Role};
use crate::value::DateTime;
use crate::verification::Verifier;

/// Makes a token with which a station may send to the collector, and prints it, once: only its hash is kept. Or registers
/// the public key by whose signature redacted documents of the station stand.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the collector.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The station: up to 64 letters, digits, `.`, `_` and `-`.
    #[arg(long)]
    station: String,
    /// What the token allows.
    #[arg(long, value_enum, default_value_t)]
    role: Allowed,
    /// Takes all tokens of the station out of use instead.
    #[arg(long, conflicts_with = "role")]
    revoke: bool,
    /// Registers the public key of this file (see `intake key`) for the station instead.
    #[arg(long, value_name = "PEM", conflicts_with_all = ["role", "revoke"])]
    add_key: Option<PathBuf>,
    /// Takes the public key of this file out of use for the station instead.
    #[arg(long, value_name = "PEM", conflicts_with_all = ["role", "revoke", "add_key"])]
    revoke_key: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Allowed {
    /// Sending the profiles of its own station.
    #[default]
    Send,
    /// Sending the profiles of any station.
    Relay,
    /// Reading everything.
    Read,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    // Nothing is verified here, so that no questionnaire is needed.
    let verifier = Verifier::new([]).map_err(Stop::Unusable)?;
    let collector = serve::open(&args.data, verifier, Limits::default())?;
    let unusable = |why: crate::collector::CollectError| Stop::Unusable(why.to_string());
    if let Some(path) = &args.add_key {
        collector.add_key(&args.station, &public_key(path)?, &now()).map_err(unusable)?;
        return Ok(Status::Clean);
    }
    if let Some(path) = &args.revoke_key {
        let was = collector.revoke_key(&args.station, &public_key(path)?, &now()).map_err(unusable)?;
        writeln!(out, "{}", u8::from(was))?;
        return Ok(Status::Clean);
    }
    if args.revoke {
        let count = collector.revoke_tokens(&args.station, &now()).map_err(unusable)?;
        writeln!(out, "{count}")?;
        return Ok(Status::Clean);
    }
    let role = match args.role {
        Allowed::Send => Role::Send,
        Allowed::Relay => Role::Relay,
        Allowed::Read => Role::Read,
    };
    let token = collector.make_token(&args.station, role, &now()).map_err(unusable)?;
    writeln!(out, "{token}")?;
    Ok(Status::Clean)
}

/// The time, as it is written down.
pub(super) fn now() -> String {
    seconds().try_into().ok().and_then(DateTime::from_unix_seconds).unwrap_or(DateTime::EPOCH).to_string()
}

fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
