//! The style sheets, in the order of their names, as one file: one request, and the cascade is what the names say.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::{Site, sync};

pub(super) fn add(site: &mut Site, folder: &Path) -> Result<()> {
    let mut sheet = String::new();
    for name in sync::files_with(folder, ".css")? {
        sheet.push_str(&fs::read_to_string(folder.join(name))?);
        if !sheet.ends_with('\n') {
            sheet.push('\n');
        }
    }
    site.add("intake.css", sheet.into_bytes());
    Ok(())
}
