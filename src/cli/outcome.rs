use std::io::{self, Write as _};
use std::process::ExitCode;

/// How a command ended; the number is the exit status. The worse of two is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    /// Nothing to find fault with.
    Clean,
    /// Something was found; it was written out.
    Findings,
    /// The call, or a file that it names, cannot be used.
    Unusable,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Clean => 0,
            Status::Findings => 1,
            Status::Unusable => 2,
        })
    }
}

/// Why a command ended early.
#[derive(Debug)]
pub(super) enum Stop {
    /// The reader of the output went away.
    Closed,
    /// The call, or a file that it names, cannot be used; why, in a sentence.
    Unusable(String),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::Unusable(format!("cannot write the output: {error}"))
        }
    }
}

/// Says on standard error what keeps a command from doing its work. If that is closed, there is nobody to tell.
pub(super) fn complain(why: &str) {
    let _ = writeln!(io::stderr(), "intake: {why}");
}
