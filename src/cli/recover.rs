use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::outcome::{Status, Stop};
use crate::vault::age::Identity;
use crate::vault::recovery::Request;

/// Answers a tablet whose worker has forgotten their passphrase, with the private key of the station.
///
/// Keys are those of the `age` program: `age-keygen` makes them too, and `age --decrypt` reads what a tablet seals for
/// the station.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The request, as the tablet has saved it. The answer goes to standard output.
    #[arg(required_unless_present = "new_key")]
    request: Option<PathBuf>,
    /// The file with the station's private key.
    #[arg(long, value_name = "FILE", required_unless_present = "new_key")]
    key: Option<PathBuf>,
    /// Makes a private key for a station in a new file, and prints the public one, which tablets are given.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["request", "key"])]
    new_key: Option<PathBuf>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let mut faulty = None;
    let mut random = |bytes: &mut [u8]| {
        if let Err(error) = getrandom::fill(bytes) {
            faulty = Some(error);
        }
    };
    let text = match (&args.new_key, &args.request, &args.key) {
        (Some(path), _, _) => {
            let identity = Identity::generate(&mut random);
            create(
                path,
                &format!("# public key: {}\n{}\n", identity.recipient(), &*identity.to_secret_text()),
            )?;
            identity.recipient().to_string()
        }
        (None, Some(request), Some(key)) => {
            let request = Request::read(&read(request)?).map_err(|why| unusable(request, &why))?;
            let station = identity(key)?;
            let answer =
                request.answer(&station, &mut random).map_err(|why| Stop::Unusable(why.to_string()))?;
            serde_json::to_string(&answer).map_err(|error| Stop::Unusable(error.to_string()))?
        }
        (None, _, _) => return Err(Stop::Unusable("a request and the station's key are needed".to_owned())),
    };
    if let Some(error) = faulty {
        return Err(Stop::Unusable(format!("this machine gives no random numbers: {error}")));
    }
    writeln!(out, "{text}")?;
    Ok(Status::Clean)
}

/// The private key in a file as `age-keygen` writes it: comments, and one line with the key.
fn identity(path: &Path) -> Result<Identity, Stop> {
    let text = read(path)?;
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let line =
        lines.next().ok_or_else(|| Stop::Unusable(format!("{}: there is no key in it", path.display())))?;
    line.parse().map_err(|why| unusable(path, &why))
}

fn read(path: &Path) -> Result<String, Stop> {
    fs::read_to_string(path)
        .map_err(|error| Stop::Unusable(format!("cannot read {}: {error}", path.display())))
}

fn unusable(path: &Path, why: &dyn std::fmt::Display) -> Stop {
    Stop::Unusable(format!("{}: {why}", path.display()))
}

/// Writes a file that is not there yet, for its owner alone: a key that is overwritten is lost.
fn create(path: &Path, text: &str) -> Result<(), Stop> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let failed = |error| Stop::Unusable(format!("cannot write {}: {error}", path.display()));
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}
