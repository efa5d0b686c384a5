//! The page shell and the scripts that start the modules.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Site, places, sync};

/// Started by the page, and by the page's module as the scripts of its Web Workers. The workers' have real addresses,
/// and not ones made of a blob, because the content security policy allows none but the site's own.
const SCRIPTS: [(&str, &str); 3] = [
    ("boot.js", "boot.js"),
    ("worker-boot.js", "intake-worker-boot.js"),
    ("keeper-boot.js", "intake-keeper-boot.js"),
];

/// Adds the scripts and `index.html`, with the addresses of all they refer to.
pub(super) fn add(site: &mut Site, folder: &Path) -> Result<()> {
    for (source, name) in SCRIPTS {
        let text = site.fill(&read(folder, source)?).with_context(|| source.to_owned())?;
        site.add(name, text.into_bytes());
    }
    // Its address is part of what an installed app is known by.
    let manifest = site.fill(&read(folder, "manifest.webmanifest")?).context("manifest.webmanifest")?;
    site.add_fixed("manifest.webmanifest", manifest.into_bytes());
    let listed = places::form_origins(folder)?;
    let reached: Vec<String> = places::origins(folder)?.into_iter().chain(listed.iter().cloned()).collect();
    let allowed = policy(&read(folder, "content-security-policy.txt")?, &reached);
    let page = read(folder, "index.html")?
        .replace("{{policy}}", &allowed)
        .replace("{{origins}}", &listed.join(" "))
        .replace("{{texts}}", &texts(site));
    let page = site.fill(&page).context("index.html")?;
    site.add_fixed("index.html", page.into_bytes());
    Ok(())
}

/// Adds the icons.
pub(super) fn add_icons(site: &mut Site, folder: &Path) -> Result<()> {
    if folder.is_dir() {
        for path in sync::files_below(folder)? {
            site.add(&format!("icons/{path}"), fs::read(folder.join(&path))?);
        }
    }
    Ok(())
}

/// The words of the page in every language, which it asks for as soon as it runs: so they are on their way already.
fn texts(site: &Site) -> String {
    let links = site
        .named("text/")
        .map(|(_, address)| format!("<link rel=\"preload\" href=\"{address}\" as=\"fetch\" crossorigin>"));
    links.collect::<Vec<_>>().join("\n")
}

/// The policy as one line; it is kept with a directive on each. The page may reach where it sends things, and where
/// questionnaires may come from, too.
fn policy(text: &str, origins: &[String]) -> String {
    let reach = |line: &str| match line.starts_with("connect-src ") {
        true => std::iter::once(line).chain(origins.iter().map(String::as_str)).collect::<Vec<_>>().join(" "),
        false => line.to_owned(),
    };
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(reach).collect::<Vec<_>>().join("; ")
}

pub(super) fn read(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_policy_is_one_line() {
        assert_eq!(
            super::policy("default-src 'none'\nconnect-src 'self'\n\n", &[]),
            "default-src 'none'; connect-src 'self'"
        );
        let origins = ["https://a.example".to_owned()];
        let policy = super::policy("connect-src 'self'\nscript-src 'self'", &origins);
        assert_eq!(policy, "connect-src 'self' https://a.example; script-src 'self'");
    }
}
