use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::outcome::{Status, Stop};
use crate::export::PrivateKey;

/// Makes a pair of Ed25519 keys: the private one, which signs exports, and the public one, with which others verify.
///
/// They are the files that `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout` make.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file for the private key; the public one gets the same name with `.pub` at its end.
    private: PathBuf,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Stop> {
    let mut seed = [0_u8; 32];
    getrandom::fill(&mut seed)
        .map_err(|error| Stop::Unusable(format!("this machine gives no random numbers: {error}")))?;
    let key = PrivateKey::from_seed(seed);
    let mut public = args.private.clone().into_os_string();
    public.push(".pub");
    let public = PathBuf::from(public);
    create(&args.private, &key.to_pem())?;
    fs::write(&public, key.public().to_pem()).map_err(|error| unwritable(&public, &error))?;
    writeln!(out, "{}: the private key; keep it on this machine", args.private.display())?;
    writeln!(out, "{}: the public key; give it to whoever verifies", public.display())?;
    Ok(Status::Clean)
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
    let mut file = options.open(path).map_err(|error| unwritable(path, &error))?;
    file.write_all(text.as_bytes()).map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Unusable(format!("cannot write {}: {error}", path.display()))
}
