//! Destinations from their file, with every fault of it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Authentication, Destination, Refusals, Success, WithdrawalRequest};
use crate::diagnostic::{Code, Diagnostic, SourceId, codes, did_you_mean, has_errors};
use crate::json::{self, Item, View};

/// Reads a file of destinations: `schemas/wire/destinations-1.schema.json`.
///
/// A destination with a fault is left out; the others can be used.
#[must_use]
pub fn read_destinations(text: &str, source: SourceId) -> (Vec<Destination>, Vec<Diagnostic>) {
    let (document, faults) = json::read(text, source);
    let mut reader = Reader { faults };
    let mut destinations: Vec<Destination> = Vec::new();
    if let Some(root) = Item::root(&document) {
        reader.closed(root, &["$schema", "destinations"]);
        let Some(list) = root.get("destinations").filter(|list| matches!(list.view(), View::Array)) else {
            reader.fault(codes::DESTINATION_SHAPE, "a file of destinations has a list `destinations`", root);
            return (destinations, reader.faults);
        };
        for item in list.items() {
            let before = reader.faults.len();
            let read = reader.destination(item);
            if let Some(read) = read.filter(|_| !has_errors(reader.faults.get(before..).unwrap_or_default()))
            {
                if destinations.iter().any(|known| known.id == read.id) {
                    reader.fault(codes::DESTINATION_SHAPE, "another destination has this id", item);
                    continue;
                }
                destinations.push(read);
            }
        }
    }
    (destinations, reader.faults)
}

const MEMBERS: [&str; 14] = [
    "id",
    "title",
    "address",
    "method",
    "headers",
    "authentication",
    "format",
    "mapping",
    "purpose",
    "recipient",
    "success",
    "refused",
    "withdrawal",
    "timeout_seconds",
];

/// Headers that a configuration must not set: the sender sets them itself, or they would hold a secret.
const RESERVED: [&str; 7] = [
    "authorization",
    "cookie",
    "content-length",
    "content-type",
    "host",
    "idempotency-key",
    "transfer-encoding",
];

struct Reader {
    faults: Vec<Diagnostic>,
}

impl Reader {
    fn fault(&mut self, code: Code, message: impl Into<String>, item: Item<'_>) {
        if self.faults.len() < json::MAX_FAULTS {
            self.faults.push(Diagnostic::error(code, message).at(item.place()));
        }
    }

    fn closed(&mut self, item: Item<'_>, members: &[&str]) {
        for (name, member) in item.entries() {
            if members.contains(&name) || self.faults.len() >= json::MAX_FAULTS {
                continue;
            }
            let meant = did_you_mean(name, members.iter().copied());
            let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
            let message = format!("there is no such setting{meant}");
            self.faults
                .push(Diagnostic::error(codes::DESTINATION_UNKNOWN_KEY, message).at(member.key_place()));
        }
    }

    fn destination(&mut self, item: Item<'_>) -> Option<Destination> {
        if !item.is_object() {
            self.fault(codes::DESTINATION_SHAPE, "a destination is an object", item);
            return None;
        }
        self.closed(item, &MEMBERS);
        let id = self.needed(item, "id");
        let address = self.address(item, "address");
        if address.is_none() && item.get("address").is_none() {
            self.needed(item, "address");
        }
        let purpose = self.needed(item, "purpose");
        let recipient = self.needed(item, "recipient");
        let destination = Destination {
            id: id?,
            title: self.texts(item, "title"),
            address: address?,
            method: self.word(item, "method", &["POST", "PUT"]).unwrap_or("POST").to_owned(),
            headers: self.headers(item),
            authentication: self.authentication(item),
            format: self.text(item, "format").unwrap_or_else(|| "profile".to_owned()),
            mapping: self.object(item, "mapping"),
            purpose: purpose?,
            recipient: recipient?,
            success: self.success(item),
            refusals: self.refusals(item),
            withdrawal: self.withdrawal(item),
            timeout_seconds: self.timeout(item),
        };
        Some(destination)
    }

    fn text(&mut self, holder: Item<'_>, name: &str) -> Option<String> {
        let item = holder.get(name)?;
        let text = item.text().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.fault(codes::DESTINATION_SHAPE, format!("`{name}` is a text that is not empty"), item);
        }
        text.map(str::to_owned)
    }

    fn needed(&mut self, holder: Item<'_>, name: &str) -> Option<String> {
        if holder.get(name).is_none() {
            self.fault(codes::DESTINATION_SHAPE, format!("a destination needs `{name}`"), holder);
        }
        self.text(holder, name)
    }

    fn word(&mut self, holder: Item<'_>, name: &str, words: &[&'static str]) -> Option<&'static str> {
        let item = holder.get(name)?;
        let word = words.iter().copied().find(|word| item.text() == Some(word));
        if word.is_none() {
            let message = format!("`{name}` is one of {}", words.join(", "));
            self.fault(codes::DESTINATION_SHAPE, message, item);
        }
        word
    }

    /// What is sent is about people: it goes encrypted, stays on this machine, or goes back to where the page came from.
    fn address(&mut self, holder: Item<'_>, name: &str) -> Option<String> {
        let address = self.text(holder, name)?;
        let item = holder.get(name)?;
        let encrypted = address.starts_with("https://") && address.len() > "https://".len();
        let here = address.strip_prefix("http://").is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
            ["localhost", "127.0.0.1", "[::1]"].contains(&name)
        });
        let beside = address.strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\']));
        if !encrypted && !here && !beside {
            let message = format!("`{name}` begins with `https://`: what is sent is about people");
            self.fault(codes::DESTINATION_ADDRESS, message, item);
            return None;
        }
        let credentials = address.split('/').nth(2).is_some_and(|host| host.contains('@'));
        if credentials || address.chars().any(|character| character.is_control() || character == ' ') {
            let message = format!("`{name}` holds a user, a blank or a control character");
            self.fault(codes::DESTINATION_ADDRESS, message, item);
            return None;
        }
        Some(address)
    }

    fn texts(&mut self, holder: Item<'_>, name: &str) -> BTreeMap<String, String> {
        let Some(item) = holder.get(name) else { return BTreeMap::new() };
        if !item.is_object() {
            self.fault(codes::DESTINATION_SHAPE, format!("`{name}` has a text for each language"), item);
        }
        let tags: Vec<String> = item.entries().map(|(tag, _)| tag.to_owned()).collect();
        tags.into_iter().filter_map(|tag| self.text(item, &tag).map(|text| (tag, text))).collect()
    }

    fn object(&mut self, holder: Item<'_>, name: &str) -> Map<String, Value> {
        let Some(item) = holder.get(name) else { return Map::new() };
        match item.to_value() {
            Value::Object(members) => members,
            _ => {
                self.fault(codes::DESTINATION_SHAPE, format!("`{name}` is an object"), item);
                Map::new()
            }
        }
    }

    fn headers(&mut self, holder: Item<'_>) -> BTreeMap<String, String> {
        let Some(item) = holder.get("headers") else { return BTreeMap::new() };
        for (name, header) in item.entries() {
            let sound = !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
            if !sound {
                self.fault(
                    codes::DESTINATION_SHAPE,
                    "a name of a header has letters, digits and `-`",
                    header,
                );
            }
            if RESERVED.contains(&name.to_ascii_lowercase().as_str()) {
                let message = "the sender sets this header itself: who it is stands under `authentication`";
                self.fault(codes::DESTINATION_SHAPE, message, header);
            }
            if header.text().is_some_and(|text| text.bytes().any(|byte| !(b' '..0x7f).contains(&byte))) {
                self.fault(codes::DESTINATION_SHAPE, "a header has visible ASCII characters only", header);
            }
        }
        self.texts(holder, "headers")
    }

    fn authentication(&mut self, holder: Item<'_>) -> Authentication {
        let Some(item) = holder.get("authentication") else { return Authentication::None };
        self.closed(item, &["kind", "secret", "user", "name"]);
        let kind = self.word(item, "kind", &["none", "bearer", "basic", "header"]);
        if kind == Some("none") {
            return Authentication::None;
        }
        let secret = self.needed(item, "secret").unwrap_or_default();
        match kind {
            Some("bearer") => Authentication::Bearer { secret },
            Some("basic") => {
                Authentication::Basic { user: self.needed(item, "user").unwrap_or_default(), secret }
            }
            Some("header") => {
                Authentication::Header { name: self.needed(item, "name").unwrap_or_default(), secret }
            }
            _ => {
                if item.get("kind").is_none() {
                    self.needed(item, "kind");
                }
                Authentication::None
            }
        }
    }

    fn success(&mut self, holder: Item<'_>) -> Success {
        let usual = Success::default();
        let Some(item) = holder.get("success") else { return usual };
        self.closed(item, &["status", "content_type", "echo", "word", "already"]);
        let word = item.get("word").and_then(|word| {
            self.closed(word, &["at", "one_of"]);
            let words: Vec<String> = word.texts_of("one_of").into_iter().map(str::to_owned).collect();
            if words.is_empty() {
                self.fault(codes::DESTINATION_SHAPE, "`one_of` lists the words that mean success", word);
            }
            Some((self.pointer(word, "at")?, words))
        });
        let read = Success {
            status: self.statuses(item, "status").unwrap_or(usual.status),
            content_type: self.text(item, "content_type"),
            echo: self.pointer(item, "echo"),
            word,
            already: self.statuses(item, "already").unwrap_or_default(),
        };
        // Any page has a status: without one more thing to hold on to, a portal's page would pass for the destination.
        if read.echo.is_none() && read.word.is_none() && read.content_type.is_none() {
            let message = "`success` says more than a status: a `content_type`, an `echo` or a `word`";
            self.fault(codes::DESTINATION_SHAPE, message, item);
        }
        read
    }

    fn refusals(&mut self, holder: Item<'_>) -> Refusals {
        let usual = Refusals::default();
        let Some(item) = holder.get("refused") else { return usual };
        self.closed(item, &["status", "code", "reason"]);
        Refusals {
            status: self.statuses(item, "status").unwrap_or(usual.status),
            code: self.pointer(item, "code"),
            reason: self.pointer(item, "reason"),
        }
    }

    fn withdrawal(&mut self, holder: Item<'_>) -> WithdrawalRequest {
        let usual = WithdrawalRequest::default();
        let Some(item) = holder.get("withdrawal") else { return usual };
        self.closed(item, &["address", "method", "body", "status"]);
        let body = item.get("body");
        if let Some(body) = body.filter(|body| body.boolean().is_none()) {
            self.fault(codes::DESTINATION_SHAPE, "`body` is true or false", body);
        }
        WithdrawalRequest {
            address: self.address(item, "address"),
            method: self.word(item, "method", &["POST", "PUT", "DELETE"]).map_or(usual.method, str::to_owned),
            body: body.and_then(Item::boolean).unwrap_or(usual.body),
            status: self.statuses(item, "status").unwrap_or_default(),
        }
    }

    fn statuses(&mut self, holder: Item<'_>, name: &str) -> Option<Vec<u16>> {
        let list = holder.get(name)?;
        let status = |item: Item<'_>| item.whole().and_then(|number| u16::try_from(number).ok());
        let read: Option<Vec<u16>> =
            list.items().map(|item| status(item).filter(|number| (100..600).contains(number))).collect();
        let read = read.filter(|read| !read.is_empty() || name == "already");
        if read.is_none() {
            self.fault(codes::DESTINATION_SHAPE, format!("`{name}` lists statuses of HTTP"), list);
        }
        read
    }

    fn pointer(&mut self, holder: Item<'_>, name: &str) -> Option<String> {
        let text = self.text(holder, name)?;
        if !text.starts_with('/') {
            let item = holder.get(name)?;
            self.fault(codes::DESTINATION_SHAPE, format!("`{name}` is a JSON Pointer, such as `/id`"), item);
        }
        Some(text)
    }

    fn timeout(&mut self, holder: Item<'_>) -> u32 {
        let Some(item) = holder.get("timeout_seconds") else { return 30 };
        let seconds = item.whole().filter(|seconds| (1..=600).contains(seconds));
        if seconds.is_none() {
            self.fault(codes::DESTINATION_SHAPE, "`timeout_seconds` is a whole number from 1 to 600", item);
        }
        seconds.unwrap_or(30)
    }
}
