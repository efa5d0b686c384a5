//! Pictures of every page in every language and size, for whoever wants to look: `cargo xtask screenshots`.

use serde_json::json;

use crate::harness::Page;
use crate::tour::{LANGUAGES, Stop, speak, walk};

/// Name, width, height, and size of the text in per cent.
const SIZES: [(&str, u32, u32, u32); 3] =
    [("wide", 1280, 800, 100), ("upright", 800, 1280, 100), ("large", 800, 1280, 200)];

/// What people print.
const PRINTED: [&str; 3] = ["review", "profile", "handout"];

#[test]
#[ignore = "makes pictures and proves nothing: `cargo xtask screenshots` runs it"]
fn pictures_of_every_page() {
    walk(|page, stop| {
        // On paper there is none, and a picture would be narrower by it.
        page.protocol("Emulation.setScrollbarsHidden", json!({ "hidden": true }));
        for language in LANGUAGES {
            speak(page, language);
            for (size, width, height, text) in SIZES {
                show(page, (width, height), text);
                page.picture(&format!("{}/{size}-{}", language.1, stop.name), false);
                page.picture(&format!("{}/{size}-{}-whole", language.1, stop.name), true);
            }
            print(page, stop, language.1);
        }
        speak(page, LANGUAGES[0]);
        show(page, (1280, 800), 100);
        for theme in ["dark", "contrast"] {
            page.script(&format!("document.documentElement.dataset.theme = {}", json!(theme)));
            // A colour on its way from one theme to the other is nobody's colour.
            page.script_async("await new Promise((done) => setTimeout(done, 200))");
            page.picture(&format!("{theme}/{}", stop.name), false);
        }
        page.script("document.documentElement.dataset.theme = 'light'");
    });
}

/// A window of a size, from its top, with text of a size.
fn show(page: &Page, (width, height): (u32, u32), text: u32) {
    page.resize(width, height);
    page.script(&format!("document.documentElement.dataset.text = '{text}'; scrollTo(0, 0)"));
}

/// The page on paper, as wide as A4 between its margins.
fn print(page: &Page, stop: &Stop, language: &str) {
    if PRINTED.contains(&stop.name) {
        show(page, (680, 970), 100);
        page.protocol("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        page.picture(&format!("{language}/print-{}", stop.name), true);
        page.protocol("Emulation.setEmulatedMedia", json!({ "media": "" }));
    }
}
