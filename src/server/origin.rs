//! From where pages may send: the origins that a collector answers beside its own.

use std::fmt;
use std::str::FromStr;

use axum::http::HeaderValue;

/// The origin of a page as its browser names it: scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(HeaderValue);

impl Origin {
    pub(super) fn header(&self) -> HeaderValue {
        self.0.clone()
    }
}

/// What is no origin from which pages may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnOrigin {
    /// It is not a scheme, a host and perhaps a port.
    Shape,
    /// Whoever listens on the way could change the page, and with it what is sent.
    Unencrypted,
}

impl fmt::Display for NotAnOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shape => {
                "an origin is `https://`, a host and perhaps `:` and a port, without a path and without `*`; name each that may send"
            }
            Self::Unencrypted => {
                "an origin begins with `https://`, or with `http://` on this machine alone: a page that comes unencrypted could be changed on its way"
            }
        })
    }
}

impl std::error::Error for NotAnOrigin {}

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let text = text.trim().to_ascii_lowercase();
        let (scheme, rest) = text.split_once("://").ok_or(NotAnOrigin::Shape)?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (rest, None),
        };
        let in_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
        let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let sound = match bracketed {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => !host.is_empty() && host.bytes().all(in_host),
        };
        let port = port.map(|port| port.parse::<u16>().map_err(|_| NotAnOrigin::Shape)).transpose()?;
        if !sound || !["http", "https"].contains(&scheme) {
            return Err(NotAnOrigin::Shape);
        }
        if scheme == "http" && !["localhost", "127.0.0.1", "[::1]"].contains(&host) {
            return Err(NotAnOrigin::Unencrypted);
        }
        // A browser does not name the port that a scheme has anyway.
        let usual = if scheme == "http" { 80 } else { 443 };
        let port = port.filter(|port| *port != usual).map_or_else(String::new, |port| format!(":{port}"));
        let named = format!("{scheme}://{host}{port}");
        HeaderValue::from_str(&named).map(Self).map_err(|_| NotAnOrigin::Shape)
    }
}

#[cfg(test)]
mod tests {
    use super::{NotAnOrigin, Origin};

    #[test]
    fn an_origin_is_read_as_a_browser_names_it() {
        for (text, named) in [
            ("https://tablets.example", "https://tablets.example"),
            ("https://Tablets.example:443/", "https://tablets.example"),
            ("https://tablets.example:8443", "https://tablets.example:8443"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:80", "http://[::1]"),
        ] {
            assert_eq!(text.parse::<Origin>().map(|origin| origin.0), Ok(named.parse().unwrap()), "{text}");
        }
        for text in [
            "",
            "*",
            "null",
            "tablets.example",
            "https://",
            "https://*.example",
            "https://a.example/app",
            "https://u@a.example",
            "https://a.example:x",
            "https://a.example:99999",
            "ftp://a.example",
            "https://家",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(NotAnOrigin::Shape), "{text}");
        }
        assert_eq!("http://tablets.example".parse::<Origin>(), Err(NotAnOrigin::Unencrypted));
    }
}
