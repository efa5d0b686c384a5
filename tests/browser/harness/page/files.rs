//! The files that come out of the page: downloads and pictures.

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::Page;
use crate::harness::server::target;
use crate::harness::{Engine, download};

#[allow(dead_code, reason = "not every test needs all of them")]
impl Page {
    /// Waits for the download of a file and returns its bytes.
    pub(crate) fn downloaded(&self, name: &str) -> Vec<u8> {
        if self.engine == Engine::WebKitGtk {
            return self.handed(name);
        }
        // An engine may show a file under its name before all of it is there: it is done when two looks are alike.
        let before = Cell::new(None);
        self.eventually(|| {
            let files = self.downloads();
            let fits = |path: &&PathBuf| path.file_name().is_some_and(|file| file == name);
            let path = files.iter().find(fits).ok_or_else(|| format!("no download {name}, but {files:?}"))?;
            let bytes = fs::read(path).map_err(|error| format!("{name}: {error}"))?;
            let length = Some(bytes.len()).filter(|length| *length > 0);
            if length.is_some() && before.replace(length) == length {
                return Ok(bytes);
            }
            Err(format!("{name} is not written to its end yet: {} bytes", bytes.len()))
        })
    }

    /// The bytes that the page has handed to the browser under a name.
    fn handed(&self, name: &str) -> Vec<u8> {
        self.eventually(|| {
            let names = self.script("return window.handed");
            let text = names[name].as_str().map(|text| text.as_bytes().to_vec());
            text.ok_or_else(|| {
                format!(
                    "nothing was handed over as {name}, but {:?}",
                    names.as_object().map(|all| all.keys().cloned().collect::<Vec<_>>())
                )
            })
        })
    }

    /// The finished downloads, sorted by name.
    pub(crate) fn downloads(&self) -> Vec<PathBuf> {
        download::finished(&self.folder.join("downloads"))
    }

    /// Saves what the window shows as `target/browser/<name>.png`.
    pub(crate) fn screenshot(&self, name: &str) -> PathBuf {
        let picture = self.wait(self.client.screenshot()).expect("a screenshot");
        let folder = target().join("browser");
        fs::create_dir_all(&folder).expect("a folder for screenshots");
        let path = folder.join(format!("{name}.png"));
        fs::write(&path, picture).expect("a file for the screenshot");
        path
    }

    /// Saves a picture as `target/screenshots/<name>.png`: of what the window shows, or of the whole page.
    pub(crate) fn picture(&self, name: &str, whole: bool) {
        let answer = self.protocol(
            "Page.captureScreenshot",
            json!({ "format": "png", "captureBeyondViewport": whole, "optimizeForSpeed": false }),
        );
        let text = answer["data"].as_str().expect("a picture");
        let path = target().join("screenshots").join(format!("{name}.png"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for pictures");
        fs::write(path, base64(text)).expect("a file for the picture");
    }
}

/// Bytes from their base64, as the browser writes it: on one line, filled up with `=`.
fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.bytes().take_while(|letter| *letter != b'=') {
        let value = LETTERS.iter().position(|known| *known == letter).expect("a letter of base64");
        bits = (bits << 6) | u32::try_from(value).expect("six bits");
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).expect("eight bits"));
        }
    }
    bytes
}
