//! Where the tablet may send things: two files beside the app that whoever runs it writes. They are no part of a version
//! of the site, so that they can be changed without building it again; and none of them is kept compressed. And from where
//! it may take questionnaires, which the page itself says.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::Site;
use super::pages::read;

/// Its file in `www`, and on the site.
const DESTINATIONS: &str = "destinations.json";
const POLICY: &str = "policy.json";
/// Its file in `www`.
const FORM_ORIGINS: &str = "form-origins.txt";

/// Whether a file is the deployment's own.
pub(crate) fn is_own(address: &str) -> bool {
    [DESTINATIONS, POLICY].contains(&address)
}

/// Adds the destinations of `www`, and the export policy that ships.
pub(super) fn add(site: &mut Site, www: &Path, schemas: &Path) -> Result<()> {
    site.add_fixed(DESTINATIONS, read(www, DESTINATIONS)?.into_bytes());
    let policy = schemas.join("exchange/policy.json");
    let text = fs::read(&policy).with_context(|| format!("cannot read {}", policy.display()))?;
    site.add_fixed(POLICY, text);
    Ok(())
}

/// The servers to which the destinations of `www` lead, for the policy of the page: scheme, host and port.
pub(super) fn origins(www: &Path) -> Result<Vec<String>> {
    let file: Value = serde_json::from_str(&read(www, DESTINATIONS)?).context(DESTINATIONS)?;
    let mut origins: Vec<String> = Vec::new();
    for destination in file.get("destinations").and_then(Value::as_array).into_iter().flatten() {
        for pointer in ["/address", "/withdrawal/address"] {
            let address = destination.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
            let Some((scheme, rest)) = address.split_once("://") else { continue };
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            origins.push(format!("{scheme}://{host}"));
        }
    }
    origins.sort();
    origins.dedup();
    Ok(origins)
}

/// The origins, besides the site's own, from which a questionnaire may be opened by its address.
pub(super) fn form_origins(www: &Path) -> Result<Vec<String>> {
    let text = read(www, FORM_ORIGINS)?;
    let listed = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    listed.map(|line| origin(line).map(str::to_owned)).collect()
}

/// A line that is an origin as browsers write it, for the page compares the two letter by letter: in small letters,
/// without a path, and without the port that goes without saying. A policy can name no address of IPv6.
fn origin(line: &str) -> Result<&str> {
    let secure = line.strip_prefix("https://").map(|rest| (rest, "443"));
    let (rest, usual) =
        secure.or_else(|| line.strip_prefix("http://").map(|rest| (rest, "80"))).unwrap_or_default();
    let (host, port) = rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
    let is_host =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-.".contains(letter);
    let is_port =
        |port: &str| port != usual && port.parse::<u16>().is_ok_and(|number| number.to_string() == port);
    ensure!(
        !host.is_empty() && host.chars().all(is_host) && port.is_none_or(is_port),
        "{FORM_ORIGINS}: {line:?} is no origin as browsers write it: https://forms.example.org, in small letters, \
         without a path and without the usual port"
    );
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::{origin, origins};

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        for line in ["https://forms.example.org", "http://127.0.0.1:8080", "https://a.example:8443"] {
            assert_eq!(origin(line).unwrap(), line);
        }
        let wrong =
            ["forms.example.org", "https://", "https://a.example/forms", "https://a.example\" x", "*"];
        let never_matched =
            ["https://A.example", "https://a.example:443", "http://a.example:080", "http://[::1]:8080"];
        for line in wrong.into_iter().chain(never_matched) {
            assert!(origin(line).is_err(), "{line}");
        }
    }

    #[test]
    fn the_policy_names_servers_and_no_more() {
        let folder = std::env::temp_dir().join(format!("xtask-places-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = r#"{"destinations": [
            {"address": "https://b.example:8443/api/{profile_id}?x=1"},
            {"address": "/api/v1/profiles", "withdrawal": {"address": "https://a.example"}}]}"#;
        std::fs::write(folder.join("destinations.json"), file).unwrap();
        assert_eq!(origins(&folder).unwrap(), ["https://a.example", "https://b.example:8443"]);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
