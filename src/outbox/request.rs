//! The HTTP request of an item.

use super::{Authentication, Destination, Item, Kind, Trouble};

/// What to send, for whatever sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The address.
    pub address: String,
    /// Headers, with names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How long to wait for the whole answer.
    pub timeout_seconds: u32,
}

/// Where the secrets of destinations are.
pub trait Secrets {
    /// The secret of a name, if it is there.
    fn secret(&self, name: &str) -> Option<String>;
}

impl<F: Fn(&str) -> Option<String>> Secrets for F {
    fn secret(&self, name: &str) -> Option<String> {
        self(name)
    }
}

impl Request {
    /// The request that brings an item to its destination.
    ///
    /// # Errors
    /// If the destination needs a secret that is not there.
    pub fn new(destination: &Destination, item: &Item, secrets: &dyn Secrets) -> Result<Self, Trouble> {
        let id = &item.key.profile_id;
        let withdrawal = item.key.kind.0 == Kind::Withdrawal;
        let (address, method) = match withdrawal {
            true => {
                let request = &destination.withdrawal;
                (request.address.as_ref().unwrap_or(&destination.address), &request.method)
            }
            false => (&destination.address, &destination.method),
        };
        let with_body = !withdrawal || destination.withdrawal.body;
        let mut headers: Vec<(String, String)> = destination
            .headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
            .collect();
        let mut set = |name: &str, value: String| {
            headers.retain(|(known, _)| known != name);
            headers.push((name.to_owned(), value));
        };
        // A profile and its withdrawal are two things to do under one id.
        let key = if withdrawal { format!("{id}#withdrawal") } else { id.clone() };
        set("idempotency-key", header_text(&key));
        if let Some(accept) = &destination.success.content_type {
            set("accept", accept.clone());
        }
        if with_body {
            set("content-type", item.content_type.clone());
        }
        if let Some((name, value)) = credentials(&destination.authentication, secrets)? {
            set(&name, value);
        }
        Ok(Self {
            method: method.clone(),
            address: address.replace("{profile_id}", &in_address(id)),
            headers,
            body: if with_body { item.body.clone() } else { Vec::new() },
            timeout_seconds: destination.timeout_seconds,
        })
    }
}

fn credentials(how: &Authentication, secrets: &dyn Secrets) -> Result<Option<(String, String)>, Trouble> {
    let Some(name) = how.secret() else { return Ok(None) };
    let secret = secrets.secret(name).ok_or(Trouble::SecretMissing)?;
    let authorization = |value: String| Some(("authorization".to_owned(), value));
    Ok(match how {
        Authentication::None => None,
        Authentication::Bearer { .. } => authorization(format!("Bearer {secret}")),
        Authentication::Basic { user, .. } => {
            authorization(format!("Basic {}", base64(format!("{user}:{secret}").as_bytes())))
        }
        Authentication::Header { name, .. } => Some((name.to_ascii_lowercase(), secret)),
    })
}

/// An id as it may stand in a path: a slash or a question mark in it would lead elsewhere.
fn in_address(id: &str) -> String {
    percent(id, |byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

/// An id as it may stand in a header: visible ASCII.
fn header_text(id: &str) -> String {
    percent(id, |byte| byte.is_ascii_graphic() && byte != b'%')
}

fn percent(text: &str, kept: impl Fn(u8) -> bool) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if kept(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Base64 of RFC 4648 with padding: twenty lines here are less than a library of its own in the page.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let mut bits = [0_u8; 4];
        for (at, byte) in group.iter().enumerate() {
            if let Some(place) = bits.get_mut(at + 1) {
                *place = *byte;
            }
        }
        let word = u32::from_be_bytes(bits);
        for at in 0..4 {
            let letter = LETTERS.get(((word >> (18 - 6 * at)) & 63) as usize).copied().unwrap_or(b'=');
            out.push(if at <= group.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn an_id_cannot_lead_elsewhere() {
        assert_eq!(in_address("../_all_docs?x=/中"), "..%2F_all_docs%3Fx%3D%2F%E4%B8%AD");
        assert_eq!(header_text("a\r\nX: b"), "a%0D%0AX:%20b");
    }
}
