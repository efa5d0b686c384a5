//! The files that come out of the page: downloads and pictures.

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;

use base64ct::{Base64, Encoding as _};
use fantoccini::wd::PrintConfiguration;
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

    /// The page as it is printed, as a PDF; `None` where the driver prints nothing, which is said.
    pub(crate) fn printed(&self) -> Option<Vec<u8>> {
        match self.engine {
            Engine::Chromium => {
                let answer = self.protocol("Page.printToPDF", json!({ "preferCSSPageSize": true }));
                Some(bytes(answer["data"].as_str().expect("a file")))
            }
            Engine::Firefox => {
                Some(self.wait(self.client.print(PrintConfiguration::default())).expect("a file"))
            }
            Engine::WebKitGtk => {
                eprintln!("left out: the driver of {} prints no page", self.engine);
                None
            }
        }
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
