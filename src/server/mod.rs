//! The HTTP side of `intake serve`: the static site and, if asked for, a collector of profiles, on this machine unless
//! told otherwise.
//!
//! Without a collector the server keeps nothing and is sent nothing: answers stay in the browser. Its part in their
//! safety is the headers, which forbid the page to load or send anything elsewhere.
#![allow(clippy::disallowed_methods, reason = "a server looks at files and listens to a network")]

mod api;
mod error;
mod headers;
mod origin;
mod router;
mod stream;

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;

use crate::collector::Collector;

pub use error::ServeError;
pub use origin::{NotAnOrigin, Origin};

/// What to serve, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the built site, with its `index.html`.
    pub site: PathBuf,
    /// The address to listen on. With another than this machine's own, whoever reaches the machine sees the site.
    pub address: IpAddr,
    /// The port; 0 takes any free one.
    pub port: u16,
    /// The origins of other pages that may send to the collector: none but its own site, unless they are named.
    pub origins: Vec<Origin>,
}

impl Options {
    /// A site on this machine alone, at the usual port.
    #[must_use]
    pub fn new(site: impl Into<PathBuf>) -> Self {
        Self { site: site.into(), address: IpAddr::V4(Ipv4Addr::LOCALHOST), port: 8080, origins: Vec::new() }
    }
}

/// A server that has its port and does not answer yet, so that a caller can learn the port first.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
}

impl Server {
    /// Takes the port, for the site and for a collector, if there is one.
    ///
    /// # Errors
    /// If the folder holds no site, or the address cannot be had.
    pub fn bind(options: &Options, collector: Option<Arc<Collector>>) -> Result<Self, ServeError> {
        if !options.site.join("index.html").is_file() {
            return Err(ServeError::NoSite { folder: options.site.clone() });
        }
        let router = router::router(&options.site, collector, &options.origins)?;
        let wanted = SocketAddr::new(options.address, options.port);
        let listen = || {
            let listener = TcpListener::bind(wanted)?;
            // The runtime waits for connections itself.
            listener.set_nonblocking(true)?;
            let address = listener.local_addr()?;
            Ok((listener, address))
        };
        let (listener, address) = listen().map_err(|cause| ServeError::bind(wanted, cause))?;
        Ok(Self { listener, address, router })
    }

    /// Where the server listens, with the port that it was given.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until the process is interrupted.
    ///
    /// # Errors
    /// If the operating system refuses what a server needs.
    pub fn run(self) -> Result<(), ServeError> {
        let Self { listener, router, .. } = self;
        // One thread is enough for one machine's files, and all that a small host may have.
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::Run)?;
        let answer = async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, service).with_graceful_shutdown(interrupted()).await
        };
        runtime.block_on(answer).map_err(ServeError::Run)
    }
}

/// Serves a site until the process is interrupted, and prints where.
///
/// # Errors
/// As [`Server::bind`] and [`Server::run`].
pub fn serve(options: &Options, collector: Option<Arc<Collector>>) -> Result<(), ServeError> {
    let server = Server::bind(options, collector)?;
    // Whoever started the server may have closed its output: no reason not to serve.
    let _ = writeln!(std::io::stdout(), "listening on http://{}/", server.address());
    server.run()
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without a handler the operating system ends the process itself.
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests;
