//! What others' packages bring, against `deny.toml`.
//!
//! Licences, sources and bans are held to it here, from what cargo says: that needs neither a network nor another
//! program. cargo-deny, where it is installed, reads the same file, looks deeper, and knows the advisories.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};
use toml::Table;

use crate::workspace::{Workspace, find_program, run};

/// Fails with every package that `deny.toml` does not allow.
pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let text = fs::read_to_string(workspace.at("deny.toml")).context("cannot read deny.toml")?;
    let policy = Policy::read(&text).context("deny.toml")?;
    let packages = packages(workspace)?;
    let faults: Vec<String> = packages.iter().filter_map(|package| policy.fault(package)).collect();
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    println!("{} packages: licences, sources and bans as deny.toml has them.", packages.len());
    advisories(workspace)
}

/// Runs cargo-deny; the advisories only if their database can be had.
fn advisories(workspace: &Workspace) -> Result<()> {
    if find_program("cargo-deny").is_none() {
        println!("Advisories: left out, for want of cargo-deny (`cargo install --locked cargo-deny`).");
        return Ok(());
    }
    run(&mut workspace.cargo(["deny", "check", "licenses", "bans", "sources"]))?;
    let fetched = workspace.cargo(["deny", "fetch", "db"]).output().context("cannot run cargo-deny")?;
    if !fetched.status.success() {
        println!("Advisories: left out, for their database cannot be fetched: is there a network?");
        return Ok(());
    }
    run(&mut workspace.cargo(["deny", "check", "--disable-fetch", "advisories"]))
}

/// A package that somebody else wrote.
#[derive(Debug)]
struct Package {
    name: String,
    version: String,
    licence: Option<String>,
    source: String,
}

fn packages(workspace: &Workspace) -> Result<Vec<Package>> {
    let arguments = ["metadata", "--format-version", "1", "--all-features", "--locked"];
    let output = workspace.cargo(arguments).output().context("cannot run cargo")?;
    if !output.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let all =
        metadata.get("packages").and_then(Value::as_array).context("cargo metadata names no packages")?;
    // Only the packages of this workspace have no source.
    Ok(all.iter().filter_map(Package::read).collect())
}

impl Package {
    fn read(package: &Value) -> Option<Self> {
        let text = |name: &str| package.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            name: text("name")?,
            version: text("version")?,
            licence: text("license"),
            source: text("source")?,
        })
    }
}

/// What `deny.toml` says of licences, sources and bans.
struct Policy {
    allowed: Vec<Licensee>,
    exceptions: Vec<(String, Licensee)>,
    banned: BTreeSet<String>,
    registries: Vec<String>,
}

impl Policy {
    fn read(text: &str) -> Result<Self> {
        let file: Table = text.parse()?;
        let list = |table: &str, name: &str| -> Result<Vec<toml::Value>> {
            let list = file.get(table).and_then(|table| table.get(name)).and_then(toml::Value::as_array);
            Ok(list.with_context(|| format!("`{table}.{name}` is not there, or no list"))?.clone())
        };
        let mut exceptions = Vec::new();
        for exception in list("licenses", "exceptions")? {
            let name = crate_of(&exception)?;
            for licence in exception.get("allow").and_then(toml::Value::as_array).into_iter().flatten() {
                exceptions.push((name.clone(), licensee(licence)?));
            }
        }
        Ok(Self {
            allowed: list("licenses", "allow")?.iter().map(licensee).collect::<Result<_>>()?,
            exceptions,
            banned: list("bans", "deny")?.iter().map(crate_of).collect::<Result<_>>()?,
            registries: list("sources", "allow-registry")?
                .iter()
                .filter_map(|registry| Some(format!("registry+{}", registry.as_str()?)))
                .collect(),
        })
    }

    /// Why a package is not allowed, with what to do.
    fn fault(&self, package: &Package) -> Option<String> {
        let Package { name, version, licence, source } = package;
        let fault = |why: String| Some(format!("{name} {version}: {why}"));
        if self.banned.contains(name) {
            return fault("is banned (`cargo tree --invert` says who brings it)".into());
        }
        if !self.registries.contains(source) {
            return fault(format!("comes from {source}, which is no source of ours"));
        }
        let Some(licence) = licence else { return fault("names no licence".into()) };
        // Older packages write `MIT/Apache-2.0`.
        match Expression::parse_mode(licence, ParseMode::LAX) {
            Err(_) => fault(format!("`{licence}` is no SPDX expression")),
            Ok(expression) => {
                let mine = || self.exceptions.iter().filter(|(of, _)| of == name).map(|(_, licence)| licence);
                let allowed = expression.evaluate(|required| {
                    self.allowed.iter().chain(mine()).any(|licence| licence.satisfies(required))
                });
                if allowed { None } else { fault(format!("`{licence}` is not among the licences allowed")) }
            }
        }
    }
}

fn licensee(licence: &toml::Value) -> Result<Licensee> {
    let name = licence.as_str().context("a licence is a text")?;
    Licensee::parse(name).with_context(|| format!("`{name}` is no licence of SPDX"))
}

fn crate_of(entry: &toml::Value) -> Result<String> {
    let name = entry.get("crate").and_then(toml::Value::as_str);
    Ok(name.context("an entry names its `crate`")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Package, Policy};

    const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

    fn fault(name: &str, licence: Option<&str>, source: &str) -> Option<String> {
        let policy = Policy::read(include_str!("../../../deny.toml")).unwrap();
        policy.fault(&Package {
            name: name.into(),
            version: "1.0.0".into(),
            licence: licence.map(str::to_owned),
            source: source.into(),
        })
    }

    #[test]
    fn what_is_allowed_passes() {
        for licence in ["MIT", "MIT OR GPL-3.0-only", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0"]
        {
            assert_eq!(fault("a", Some(licence), CRATES_IO), None, "{licence}");
        }
        assert_eq!(fault("webdriver", Some("MPL-2.0"), CRATES_IO), None);
    }

    #[test]
    fn what_is_not_is_said_with_the_reason() {
        for (name, licence, source, why) in [
            ("a", Some("GPL-3.0-only"), CRATES_IO, "`GPL-3.0-only` is not among the licences allowed"),
            ("a", Some("MIT AND AGPL-3.0-only"), CRATES_IO, "is not among"),
            ("a", Some("MPL-2.0"), CRATES_IO, "is not among"),
            ("a", Some("free for all"), CRATES_IO, "is no SPDX expression"),
            ("a", None, CRATES_IO, "names no licence"),
            ("a", Some("MIT"), "git+https://example.org/a.git#0123", "is no source of ours"),
            ("reqwest", Some("MIT"), CRATES_IO, "is banned"),
        ] {
            let fault = fault(name, licence, source).unwrap();
            assert!(fault.starts_with(&format!("{name} 1.0.0: ")) && fault.contains(why), "{fault}");
        }
    }
}
