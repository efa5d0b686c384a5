//! What every answer of the server says about itself.

use std::fs;
use std::path::Path;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use super::ServeError;
use crate::diagnostic::{Diagnostic, SourceId};
use crate::outbox::{Destination, read_destinations};

/// The policy of the page: it may load and reach the site alone, and the servers of its destinations. The same text stands
/// in the page for hosts that set no headers.
const POLICY: &str = include_str!("../../www/content-security-policy.txt");
/// Allowed in a header only: no site may show the page in a frame of its own.
const POLICY_OF_HEADER: &str = "frame-ancestors 'none'";

/// The headers that are the same for all.
const FIXED: [(HeaderName, HeaderValue); 5] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "camera=(), display-capture=(), geolocation=(self), microphone=(), midi=(), payment=(), usb=()",
        ),
    ),
];

/// A name with the hash of its content stands for the same bytes for ever; all others are asked for again.
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
/// What the collector answers is nobody's to keep.
const KEEP_NOT: HeaderValue = HeaderValue::from_static("no-store");
const COLLECTOR: &str = "/api/";

/// The file of the site that says where the page sends things.
const DESTINATIONS: &str = "destinations.json";

/// How the page begins to say from which origins it opens questionnaires.
const FORM_ORIGINS: &str = r#"<meta name="intake-origins" content=""#;

/// How many hexadecimal digits of a hash the names of the built site carry.
const HASH_DIGITS: usize = 16;

/// The headers, made once.
#[derive(Clone, Debug)]
pub(super) struct Headers {
    policy: HeaderValue,
}

impl Headers {
    pub(super) fn new(site: &Path) -> Result<Self, ServeError> {
        let mut origins = origins(site)?;
        origins.extend(form_origins(site));
        let reach = |line: &str| match line.starts_with("connect-src ") {
            true => {
                std::iter::once(line).chain(origins.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
            }
            false => line.to_owned(),
        };
        let lines = POLICY.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut directives: Vec<String> = lines.map(reach).collect();
        directives.push(POLICY_OF_HEADER.to_owned());
        let policy = HeaderValue::from_str(&directives.join("; "))
            .map_err(|_| ServeError::Header { name: "content-security-policy" })?;
        Ok(Self { policy })
    }
}

/// The servers to which the site's destinations lead. The page has a policy of its own, which must allow them too: it is
/// better not to begin than to have tablets on which nothing leaves.
fn origins(site: &Path) -> Result<Vec<String>, ServeError> {
    let file = site.join(DESTINATIONS);
    let Ok(text) = fs::read_to_string(&file) else { return Ok(Vec::new()) };
    let (destinations, found) = read_destinations(&text, SourceId(0));
    if let Some(fault) = found.into_iter().find(Diagnostic::is_error) {
        let place = fault.place.map(|place| place.pointer).unwrap_or_default();
        return Err(ServeError::Destinations { file, place, message: fault.message });
    }
    let mut origins: Vec<String> = destinations.iter().flat_map(Destination::origins).collect();
    origins.sort();
    origins.dedup();
    let page = fs::read_to_string(site.join("index.html")).unwrap_or_default();
    match origins.iter().find(|origin| !page.contains(origin.as_str())) {
        Some(origin) => Err(ServeError::Origin { origin: origin.clone() }),
        None => Ok(origins),
    }
}

/// The origins from which the page says that it opens questionnaires. What is none would be a part of the policy of its own.
fn form_origins(site: &Path) -> Vec<String> {
    let is_origin =
        |word: &&str| word.chars().all(|letter| letter.is_ascii_alphanumeric() || "-.:/".contains(letter));
    let page = fs::read_to_string(site.join("index.html")).unwrap_or_default();
    let listed = page.split_once(FORM_ORIGINS).and_then(|(_, rest)| rest.split_once('"'));
    listed.map_or_else(Vec::new, |(listed, _)| {
        listed.split_whitespace().filter(is_origin).map(str::to_owned).collect()
    })
}

/// Sets the headers of every answer, errors too.
pub(super) async fn set(State(headers): State<Headers>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (hashed, collected) = (is_hashed(path), path.starts_with(COLLECTOR));
    let mut response = next.run(request).await;
    // An error under a hashed name must not be kept: the file may be there after the next build.
    let keep = hashed && (response.status().is_success() || response.status().as_u16() == 304);
    let map = response.headers_mut();
    for (name, value) in FIXED {
        map.insert(name, value);
    }
    map.insert(CONTENT_SECURITY_POLICY, headers.policy);
    let caching = match (collected, keep) {
        (true, _) => KEEP_NOT,
        (false, true) => KEEP,
        (false, false) => ASK_AGAIN,
    };
    map.insert(CACHE_CONTROL, caching);
    name_charset(map);
    response
}

/// All texts of the site are UTF-8; without saying so, a browser may guess.
fn name_charset(map: &mut HeaderMap) {
    let Some(kind) = map.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) else { return };
    let is_text = kind.starts_with("text/")
        || ["application/json", "application/manifest+json", "image/svg+xml"].contains(&kind);
    if is_text
        && !kind.contains("charset")
        && let Ok(named) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        map.insert(CONTENT_TYPE, named);
    }
}

/// Whether a path ends in a name like `boot-0123456789abcdef.js` or `intake-web-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, digits)| {
        digits.len() == HASH_DIGITS && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}
