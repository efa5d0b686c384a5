//! `precache.json`: what a service worker must hold for the site to work without a network.

use anyhow::Result;
use serde_json::json;

use super::{Site, hash};

/// Adds the list of all files that the site has by now, with hashes and sizes in bytes. Its `version` changes when
/// any of them does.
pub(super) fn add(site: &mut Site) -> Result<()> {
    let mut all = String::new();
    let mut files = Vec::new();
    for (address, bytes) in site.files() {
        let sha256 = hash::full(bytes);
        all.push_str(&format!("{address} {sha256}\n"));
        files.push(json!({ "address": address, "sha256": sha256, "bytes": bytes.len() }));
    }
    let list = json!({ "version": hash::full(all.as_bytes()), "files": files });
    site.add_fixed("precache.json", serde_json::to_vec(&list)?);
    Ok(())
}
