//! A questionnaire from another origin.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use super::form::{Form, copy};
use crate::harness::{Page, site};

/// A server elsewhere with one questionnaire, which anybody may read. It lasts as long as the tests.
fn elsewhere(text: &'static str) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("its address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let length = text.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
                 Access-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(text.as_bytes()));
        }
    });
    origin
}

#[test]
fn a_questionnaire_comes_from_an_origin_that_is_listed_and_from_no_other() {
    let origin = elsewhere(Form::TEXT);
    let address = format!("?form={origin}/every-type.json");
    let page = Page::open();
    page.goto(&address);
    page.wait_for("why not", || {
        page.texts("main")
            .iter()
            .any(|text| text.contains("This site takes no questionnaire from that address."))
    });
    page.assert_no_faults();
    drop(page);

    let folder = std::env::temp_dir().join(format!("intake-listed-{}", std::process::id()));
    copy(&site(), &folder);
    let index = folder.join("index.html");
    // As `www/form-origins.txt` has the build write it.
    let listed = fs::read_to_string(&index)
        .expect("the page")
        .replace("intake-origins\" content=\"", &format!("intake-origins\" content=\"{origin}"))
        .replace("connect-src 'self'", &format!("connect-src 'self' {origin}"));
    fs::write(&index, listed).expect("the page");
    let page = Page::open_site(&folder);
    page.goto(&address);
    page.wait_for("it is opened", || page.texts("h1") == ["Numbers and words"]);
    page.assert_no_faults();
    drop(page);
    let _ = fs::remove_dir_all(folder);
}
