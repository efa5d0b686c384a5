use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::library::Library;
use super::outcome::{Status, Stop};
use crate::collector::{Collector, Limits};
use crate::server::{Options, Origin, serve};
use crate::verification::Verifier;

/// Serves the page of the form engine to browsers on this machine and, with --data, collects profiles.
///
/// The collector takes profiles over HTTP from whoever has a token (see `intake token`), verifies each with the same
/// engine, and keeps each once. It speaks plain HTTP: for other machines, put a proxy with TLS before it.
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
    /// Collect profiles in this folder.
    #[arg(long, value_name = "DIR", requires = "questionnaires")]
    data: Option<PathBuf>,
    /// The folder of the questionnaires of which profiles are taken.
    #[arg(long, value_name = "DIR", requires = "data")]
    questionnaires: Option<PathBuf>,
    /// How many requests of one station are taken in a minute.
    #[arg(long, value_name = "N", default_value_t = Limits::default().per_minute, requires = "data")]
    per_minute: u32,
    /// Where another page comes from that may send to the collector, such as https://tablets.example; once for each.
    /// The page that is served here may without it.
    #[arg(long, value_name = "ORIGIN", requires = "data")]
    allow_origin: Vec<Origin>,
}

pub(super) fn run(args: &Args) -> Result<Status, Stop> {
    let options = Options {
        site: args.site.clone(),
        address: args.address,
        port: args.port,
        origins: args.allow_origin.clone(),
    };
    let collector = match (&args.data, &args.questionnaires) {
        (Some(data), Some(questionnaires)) => {
            let verifier = Verifier::new(Library::open(questionnaires)?.plans).map_err(Stop::Unusable)?;
            let limits = Limits { per_minute: args.per_minute, ..Limits::default() };
            Some(Arc::new(open(data, verifier, limits)?))
        }
        _ => None,
    };
    serve(&options, collector).map(|()| Status::Clean).map_err(|why| Stop::Unusable(why.to_string()))
}

/// The collection of a folder.
pub(super) fn open(data: &Path, verifier: Verifier, limits: Limits) -> Result<Collector, Stop> {
    Collector::open(data, verifier, limits).map_err(|why| Stop::Unusable(why.to_string()))
}
