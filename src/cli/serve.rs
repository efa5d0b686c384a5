use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use super::outcome::{Status, Stop};
use crate::server::{Options, serve};

/// Serves the page of the form engine to browsers on this machine.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the built site.
    #[arg(long, default_value = "dist")]
    site: PathBuf,
    /// The address to listen on; only this machine by default.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

pub(super) fn run(args: &Args) -> Result<Status, Stop> {
    let options = Options { site: args.site.clone(), address: args.address, port: args.port };
    serve(options).map(|()| Status::Clean).map_err(|why| Stop::Unusable(why.to_string()))
}
