//! The files that come out of the page: downloads and pictures.

use std::cell::Cell;
use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use base64ct::{Base64, Encoding as _};
use fantoccini::wd::PrintConfiguration;
use flate2::read::ZlibDecoder;
use serde_json::json;

use super::Page;
use crate::harness::server::target;
use crate::harness::{Engine, download};

/// The first byte of a stream that is packed by zlib.
const ZLIB: u8 = 0x78;

/// Whether a file has a name in which `*` stands for a day.
fn is_named(name: &str, file: &str) -> bool {
    let Some((begin, end)) = name.split_once('*') else { return file == name };
    let day = file.strip_prefix(begin).and_then(|rest| rest.strip_suffix(end));
    day.is_some_and(|day| {
        day.len() == "2026-11-28".len() && day.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-'))
    })
}

#[allow(dead_code, reason = "not every test needs all of them")]
impl Page {
    /// Waits for the download of a file and returns its bytes. A `*` in its name stands for a day, whichever it is: one
    /// may be from an interview of long ago, and midnight passes.
    pub(crate) fn downloaded(&self, name: &str) -> Vec<u8> {
        self.downloaded_after(name, 0)
    }

    /// The same, where so many of the same name were downloaded before.
    pub(crate) fn downloaded_after(&self, name: &str, before: usize) -> Vec<u8> {
        let (stem, end) = name.rsplit_once('.').expect("a name with an ending");
        let name = &match (self.engine, before) {
            (Engine::WebKitGtk, _) => return self.handed(name),
            (_, 0) => name.to_owned(),
            (Engine::Chromium, _) => format!("{stem} ({before}).{end}"),
            (Engine::Firefox, _) => format!("{stem}({before}).{end}"),
        };
        // An engine may show a file under its name before all of it is there: it is done when two looks are alike.
        let before = Cell::new(None);
        self.eventually(|| {
            let files = self.downloads();
            let fits = |path: &&PathBuf| {
                path.file_name().is_some_and(|file| is_named(name, &file.to_string_lossy()))
            };
            let path = files.iter().find(fits).ok_or_else(|| format!("no download {name}, but {files:?}"))?;
            let bytes = fs::read(path).map_err(|error| format!("{name}: {error}"))?;
            let length = Some(bytes.len()).filter(|length| *length > 0);
            if length.is_some() && before.replace(length) == length {
                return Ok(bytes);
            }
            Err(format!("{name} is not written to its end yet: {} bytes", bytes.len()))
        })
    }

    /// The bytes that the page has handed to the browser under a name and that no test has taken yet.
    fn handed(&self, name: &str) -> Vec<u8> {
        self.eventually(|| {
            let all = self.script("return Object.entries(window.handed ?? {}).flatMap(([name, all]) => all.length ? [name] : [])");
            let mut all = all.as_array().into_iter().flatten();
            let fits = all.find(|file| file.as_str().is_some_and(|file| is_named(name, file)));
            let text = fits.map(|file| self.script(&format!("return window.handed[{file}].shift()")));
            let text = text.unwrap_or_default();
            let text = text.as_str().map(|text| text.as_bytes().to_vec());
            text.ok_or_else(|| {
                format!("nothing was handed over as {name}, but {}", self.script("return window.handed"))
            })
        })
    }

    /// Whether anything was downloaded.
    pub(crate) fn has_downloaded(&self) -> bool {
        if self.engine == Engine::WebKitGtk {
            return self.script("return Object.keys(window.handed ?? {}).length > 0") == true;
        }
        !self.downloads().is_empty()
    }

    /// The finished downloads, sorted by name.
    fn downloads(&self) -> Vec<PathBuf> {
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

    /// How many sheets of paper the page takes; `None` where the driver prints nothing, which is said.
    pub(crate) fn printed_pages(&self) -> Option<usize> {
        let printed = match self.engine {
            Engine::Chromium => {
                let answer = self.protocol("Page.printToPDF", json!({ "preferCSSPageSize": true }));
                bytes(answer["data"].as_str().expect("a file"))
            }
            Engine::Firefox => self.wait(self.client.print(PrintConfiguration::default())).expect("a file"),
            Engine::WebKitGtk => {
                eprintln!("left out: the driver of {} prints no page", self.engine);
                return None;
            }
        };
        let mut text = String::from_utf8_lossy(&printed).into_owned();
        // Firefox packs what tells the pages.
        for place in (0..printed.len()).filter(|place| printed[*place] == ZLIB) {
            let mut unpacked = Vec::new();
            let _ = ZlibDecoder::new(&printed[place..]).read_to_end(&mut unpacked);
            text.push_str(&String::from_utf8_lossy(&unpacked));
        }
        Some(text.matches("/Type /Page").count() - text.matches("/Type /Pages").count())
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
        fs::write(path, bytes(text)).expect("a file for the picture");
    }
}

fn bytes(base64: &str) -> Vec<u8> {
    Base64::decode_vec(base64).expect("base64")
}
