//! `precache.json`: what a tablet must hold for the site to work without a network; and the service worker, which loads
//! it and holds every file to its hash.

use std::path::Path;

use anyhow::{Result, bail};
use serde_json::json;

use super::{Site, hash, pages};

/// Where the hash of the list stands in the script, so that another version of the site is another script.
const VERSION: &str = "{{version}}";

/// Adds the list of all files that the site has by now, with hashes and sizes in bytes, and the service worker.
pub(super) fn add(site: &mut Site, folder: &Path) -> Result<()> {
    let mut all = String::new();
    let mut files = Vec::new();
    for (address, bytes) in site.files() {
        let sha256 = hash::full(bytes);
        all.push_str(&format!("{address} {sha256}\n"));
        files.push(json!({ "address": address, "sha256": sha256, "bytes": bytes.len() }));
    }
    let list = json!({ "version": hash::full(all.as_bytes()), "files": files });
    let list = serde_json::to_vec(&list)?;
    let script = pages::read(folder, "service-worker.js")?;
    if script.matches(VERSION).count() != 1 {
        bail!("www/service-worker.js does not say once where its version stands: `{VERSION}`");
    }
    let script = script.replace(VERSION, &hash::full(&list));
    site.add_fixed("precache.json", list);
    site.add_fixed("service-worker.js", script.into_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::add;
    use crate::site::{Site, hash};
    use std::path::Path;

    #[test]
    fn another_file_is_another_service_worker() {
        let www = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www");
        let script = |bytes: &[u8]| {
            let mut site = Site::default();
            site.add("a.js", bytes.to_vec());
            add(&mut site, &www).unwrap();
            let list = site.file("precache.json").unwrap().to_vec();
            let script = String::from_utf8(site.file("service-worker.js").unwrap().to_vec()).unwrap();
            assert!(script.contains(&hash::full(&list)));
            script
        };
        assert_ne!(script(b"1"), script(b"2"));
        assert_eq!(script(b"1"), script(b"1"));
    }
}
