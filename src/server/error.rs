use std::error::Error;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Why a site cannot be served.
#[derive(Debug)]
pub enum ServeError {
    /// The folder has no `index.html`.
    NoSite {
        /// The folder.
        folder: PathBuf,
    },
    /// Another program listens there.
    Taken {
        /// Where.
        address: SocketAddr,
    },
    /// The address cannot be listened on.
    Bind {
        /// Where.
        address: SocketAddr,
        /// What the operating system says.
        cause: io::Error,
    },
    /// A header of the site cannot be sent: its text holds what HTTP does not allow.
    Header {
        /// The name of the header.
        name: &'static str,
    },
    /// The site's file of destinations has a fault.
    Destinations {
        /// The file.
        file: PathBuf,
        /// JSON Pointer into it.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// The page of the site may not reach a server to which it is to send.
    Origin {
        /// The server.
        origin: String,
    },
    /// The operating system refuses what a running server needs.
    Run(io::Error),
}

impl ServeError {
    pub(super) fn bind(address: SocketAddr, cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::AddrInUse => Self::Taken { address },
            _ => Self::Bind { address, cause },
        }
    }
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSite { folder } => {
                write!(
                    f,
                    "{} holds no site: build one with `cargo xtask dist`, which writes it to `dist`",
                    folder.display()
                )
            }
            Self::Taken { address } => write!(
                f,
                "port {} is taken: stop the program that listens there, or choose another port with `--port` (0: any free one)",
                address.port()
            ),
            Self::Bind { address, cause } => write!(f, "cannot listen on {address}: {cause}"),
            Self::Header { name } => write!(f, "the text of the header `{name}` cannot be sent"),
            Self::Destinations { file, place, message } => {
                write!(f, "{} cannot be used: {message} (at `{place}`)", file.display())
            }
            Self::Origin { origin } => write!(
                f,
                "the page of this site may not reach {origin}, which its destinations.json names: write that file to www/destinations.json and build the site again"
            ),
            Self::Run(cause) => write!(f, "the server cannot run: {cause}"),
        }
    }
}

impl Error for ServeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Bind { cause, .. } | Self::Run(cause) => Some(cause),
            Self::NoSite { .. }
            | Self::Taken { .. }
            | Self::Header { .. }
            | Self::Destinations { .. }
            | Self::Origin { .. } => None,
        }
    }
}
