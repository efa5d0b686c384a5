//! A real server on a free port, asked over a real connection.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Options, ServeError, Server};

const SCRIPT: &str = "boot-0123456789abcdef.js";

/// A site in a folder of its own, gone when the test ends.
struct Site(PathBuf);

impl Site {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("intake-server-{}-{number}", std::process::id()));
        fs::create_dir_all(folder.join("forms")).unwrap();
        for (name, text) in [
            ("index.html", "<!doctype html>"),
            (SCRIPT, "start()"),
            ("boot-0123456789abcdef.js.br", "brotli"),
            ("boot-0123456789abcdef.js.gz", "gzip"),
            ("intake-web-0123456789abcdef_bg.wasm", "\0asm"),
            ("forms/pets-0123456789abcdef.json", "{}"),
            ("precache.json", "{}"),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        Self(folder)
    }

    fn options(&self) -> Options {
        Options { port: 0, ..Options::new(&self.0) }
    }

    /// Serves until the test process ends.
    fn serve(&self) -> SocketAddr {
        let server = Server::bind(&self.options(), None).unwrap();
        let address = server.address();
        std::thread::spawn(move || server.run());
        address
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// An answer: status, headers as they were sent, in lower case, and the body.
struct Answer {
    status: u16,
    headers: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

fn ask(address: SocketAddr, method: &str, path: &str, encodings: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: {encodings}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let (line, headers) = head.split_once("\r\n").unwrap();
    Answer {
        status: line.split(' ').nth(1).unwrap().parse().unwrap(),
        headers: headers.to_ascii_lowercase(),
        body: body.to_owned(),
    }
}

fn get(address: SocketAddr, path: &str) -> Answer {
    ask(address, "GET", path, "identity")
}

#[test]
fn kinds_and_keeping() {
    let site = Site::new();
    let address = site.serve();
    let keep = "public, max-age=31536000, immutable";
    for (path, kind, caching) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/boot-0123456789abcdef.js", "text/javascript; charset=utf-8", keep),
        ("/intake-web-0123456789abcdef_bg.wasm", "application/wasm", keep),
        ("/forms/pets-0123456789abcdef.json", "application/json; charset=utf-8", keep),
        ("/precache.json", "application/json; charset=utf-8", "no-cache"),
    ] {
        let answer = get(address, path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        assert_eq!(answer.header("cache-control"), Some(caching), "{path}");
    }
}

#[test]
fn every_answer_is_guarded() {
    let site = Site::new();
    let address = site.serve();
    for (method, path, status) in [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/none.js", 404),
        ("GET", "/elder", 303),
        ("POST", "/", 405),
    ] {
        let answer = ask(address, method, path, "identity");
        assert_eq!(answer.status, status, "{method} {path}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "), "{policy}");
        assert!(policy.ends_with("; form-action 'none'; frame-ancestors 'none'"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{method} {path}");
        }
        // The page itself may ask where it is, for a question that takes a location; nothing in it may do more.
        let allowed = answer.header("permissions-policy").unwrap();
        assert!(allowed.contains("geolocation=(self), microphone=()"), "{allowed}");
    }
}

#[test]
fn compressed_forms_are_preferred() {
    let site = Site::new();
    let address = site.serve();
    let path = format!("/{SCRIPT}");
    for (accepted, sent, body) in [
        ("gzip, deflate, br", Some("br"), "brotli"),
        ("gzip", Some("gzip"), "gzip"),
        ("identity", None, "start()"),
    ] {
        let answer = ask(address, "GET", &path, accepted);
        assert_eq!((answer.header("content-encoding"), answer.body.as_str()), (sent, body));
        assert_eq!(answer.header("content-type"), Some("text/javascript; charset=utf-8"));
        assert_eq!(answer.header("vary"), Some("accept-encoding"));
    }
}

#[test]
fn what_is_not_there() {
    let site = Site::new();
    let address = site.serve();
    let missing = get(address, "/old-0123456789abcdef.js");
    assert_eq!((missing.status, missing.header("cache-control")), (404, Some("no-cache")));
    let page = get(address, "/somewhere/else");
    assert_eq!((page.status, page.header("location")), (303, Some("/")));
    for outside in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/forms/..%2f..%2fCargo.toml", "//etc/passwd.txt"]
    {
        assert_eq!(get(address, outside).status, 404, "{outside}");
    }
}

#[test]
fn why_it_cannot_serve() {
    let site = Site::new();
    let server = Server::bind(&site.options(), None).unwrap();
    let taken = Options { port: server.address().port(), ..site.options() };
    let error = Server::bind(&taken, None).unwrap_err();
    assert!(matches!(error, ServeError::Taken { address } if address == server.address()));
    assert!(error.to_string().contains("--port"), "{error}");

    let error = Server::bind(&Options::new(site.0.join("forms")), None).unwrap_err();
    assert!(error.to_string().contains("cargo xtask dist"), "{error}");
}

#[test]
fn the_page_may_reach_where_it_sends_and_nothing_else() {
    let site = Site::new();
    let write = |name: &str, text: &str| fs::write(site.0.join(name), text).unwrap();
    let destination = r#"{"destinations": [{"id": "a", "address": "https://city.example:8443/api", "purpose": "x", "recipient": "y"},
        {"id": "b", "address": "/api/v1/profiles", "purpose": "x", "recipient": "y"}]}"#;
    write("destinations.json", destination);
    let error = Server::bind(&site.options(), None).unwrap_err();
    assert!(error.to_string().contains("https://city.example:8443"), "{error}");
    write("index.html", "connect-src 'self' https://city.example:8443");
    let address = site.serve();
    let policy = get(address, "/").header("content-security-policy").unwrap().to_owned();
    assert!(policy.contains("; connect-src 'self' https://city.example:8443; img-src"), "{policy}");
    write("destinations.json", &destination.replace("https:", "http:"));
    let error = Server::bind(&site.options(), None).unwrap_err();
    assert!(error.to_string().contains("`/destinations/0/address`"), "{error}");
}
