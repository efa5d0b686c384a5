//! Everybody can use every page: axe-core finds nothing, in both languages and all themes; what moves the focus and
//! what is told to whoever cannot see it.
//!
//! `cargo xtask test` fetches axe-core by npm and says where it is in `INTAKE_AXE`; without it that test says that it
//! is left out.

use serde_json::{Value, json};

use crate::harness::Page;
use crate::tour::{LANGUAGES, finished, speak, stops, visit};

const THEMES: [&str; 3] = ["light", "dark", "contrast"];

/// What axe-core finds on the page as it is: the rule, and the first elements that break it.
pub(crate) fn violations(page: &Page, axe: &str) -> Vec<String> {
    if page.script("return typeof window.axe") == "undefined" {
        page.script(&format!("{axe}; window.axe = axe;"));
    }
    let found = page.script_async(
        "const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
         // A colour on its way from one theme to the other is nobody's colour.
         const moves = () => document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === 'running');
         for (let looks = 0; moves() && looks < 60; looks += 1) await new Promise((done) => setTimeout(done, 17));
         const result = await window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
         return result.violations.map((one) => one.id + ': ' + one.help + ' — '
           + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).join(' | '));",
    );
    serde_json::from_value(found).expect("a list of violations")
}

#[test]
fn axe_finds_nothing_on_any_page_in_any_language_and_theme() {
    let Some(axe) = std::env::var_os("INTAKE_AXE").and_then(|path| std::fs::read_to_string(path).ok()) else {
        eprintln!("left out: axe-core is not here; `cargo xtask test` fetches it where npm is");
        return;
    };
    let elder = finished();
    let page = &elder.page;
    let mut found = Vec::new();
    for language in LANGUAGES {
        speak(&elder, language);
        for theme in THEMES {
            page.script(&format!("document.documentElement.dataset.theme = {}", json!(theme)));
            for stop in stops() {
                visit(&elder, &stop);
                page.script("for (const one of document.querySelectorAll('main details')) one.open = true");
                for violation in violations(page, &axe) {
                    found.push(format!("{} {theme} {}: {violation}", language.1, stop.name));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Luminance and ratio as WCAG 2.2 defines them, over every pair of ink and ground that the styles use.
const CONTRAST: &str = "
    const style = getComputedStyle(document.documentElement);
    const probe = document.createElement('span');
    document.body.append(probe);
    const colour = (name) => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map((part) => {
        const value = part / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
    };
    const light = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const ratio = (one, other) => {
      const [high, low] = [light(colour(one)), light(colour(other))].sort((a, b) => b - a);
      return (high + 0.05) / (low + 0.05);
    };
    const result = arguments[0].map(([ink, ground, least]) => [ink, ground, least, ratio(ink, ground)]);
    probe.remove();
    return result.filter(([, , least, found]) => found < least);";

#[test]
fn every_ink_stands_out_from_its_ground() {
    let page = Page::open();
    page.wait_for("the page", || !page.texts("h1").is_empty());
    let inks = ["--ink", "--ink-quiet", "--accent", "--error", "--warn", "--info", "--good"];
    for (theme, least) in [("light", 4.5), ("dark", 4.5), ("contrast", 7.0)] {
        page.script(&format!("document.documentElement.dataset.theme = {}", json!(theme)));
        let mut pairs: Vec<Value> = Vec::new();
        for ground in ["--paper", "--surface", "--sunken"] {
            pairs.extend(inks.iter().map(|ink| json!([ink, ground, least])));
            // The edge of a box must be seen: WCAG 1.4.11.
            pairs.push(json!(["--edge", ground, 3.0]));
        }
        for kind in ["error", "warn", "info", "good", "accent"] {
            pairs.push(json!([format!("--{kind}"), format!("--{kind}-soft"), least]));
            pairs.push(json!(["--ink", format!("--{kind}-soft"), least]));
        }
        pairs.push(json!(["--accent-ink", "--accent", least]));
        let script = CONTRAST.replace("arguments[0]", &Value::from(pairs).to_string());
        assert_eq!(page.script(&script), json!([]), "{theme}: ink, ground, least ratio, ratio");
    }
}

#[test]
fn settings_hold_at_once_and_the_next_time() {
    let page = Page::open();
    page.find("link", "Settings").click();
    page.wait_for("the settings", || page.texts("h1") == ["Settings"]);
    page.find("radio", "200 %").click();
    page.find("radio", "High contrast").click();
    page.find("radio", "中文").click();
    let holds = || {
        let root = page.css("html");
        (root.attribute("data-text"), root.attribute("data-theme"), root.attribute("lang"))
            == (Some("200".into()), Some("contrast".into()), Some("zh-CN".into()))
    };
    page.wait_for("all three hold", holds);
    page.reload();
    page.wait_for("they hold after the page was closed", holds);
    assert_eq!(page.texts("h1"), ["设置"]);
    page.assert_no_faults();
}

#[test]
fn whatever_can_be_used_has_a_name() {
    let elder = finished();
    let page = &elder.page;
    for stop in stops() {
        visit(&elder, &stop);
        page.script("for (const one of document.querySelectorAll('main details')) one.open = true");
        for role in [
            "button",
            "link",
            "radio",
            "checkbox",
            "textbox",
            "combobox",
            "radiogroup",
            "spinbutton",
            "table",
        ] {
            let names = page.names(role);
            assert!(
                names.iter().all(|name| !name.trim().is_empty()),
                "{}: a {role} without a name",
                stop.name
            );
        }
    }
}
