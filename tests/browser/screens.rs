//! Pictures of every page in every language and size, for whoever wants to look: `cargo xtask screenshots`.

use serde_json::json;

use crate::tour::{LANGUAGES, finished, speak, stops, visit};

/// Name, width, height, and size of the text in per cent.
const SIZES: [(&str, u32, u32, u32); 3] =
    [("wide", 1280, 800, 100), ("upright", 800, 1280, 100), ("large", 800, 1280, 200)];

#[test]
#[ignore = "makes pictures and proves nothing: `cargo xtask screenshots` runs it"]
fn pictures_of_every_page() {
    let elder = finished();
    let page = &elder.page;
    for language in LANGUAGES {
        speak(&elder, language);
        for (size, width, height, text) in SIZES {
            page.resize(width, height);
            page.script(&format!("document.documentElement.dataset.text = '{text}'"));
            for stop in stops() {
                visit(&elder, &stop);
                page.picture(&format!("{}/{size}-{}", language.1, stop.name), false);
                page.picture(&format!("{}/{size}-{}-whole", language.1, stop.name), true);
            }
        }
    }
    speak(&elder, LANGUAGES[0]);
    page.resize(1280, 800);
    page.script("document.documentElement.dataset.text = '100'");
    for theme in ["dark", "contrast"] {
        page.script(&format!("document.documentElement.dataset.theme = {}", json!(theme)));
        for stop in stops() {
            visit(&elder, &stop);
            page.picture(&format!("{theme}/{}", stop.name), false);
        }
    }
}
