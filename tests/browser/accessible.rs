//! Everybody can use every page: axe-core finds nothing, in both languages and all themes; what moves the focus and
//! what is told to whoever cannot see it.
//!
//! `cargo xtask test` fetches axe-core by npm and says where it is in `INTAKE_AXE`; without it that test says that it
//! is left out.

use serde_json::{Value, json};

use crate::elder::Elder;
use crate::follow_up;
use crate::harness::Page;
use crate::looks::{sticks_out, too_small};
use crate::tour::{LANGUAGES, speak, walk};
use crate::types::Form;

const THEMES: [&str; 3] = ["light", "dark", "contrast"];

/// What axe-core looks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rules {
    /// Everything that WCAG asks for, and what is known to be good.
    All,
    /// What another theme can break.
    Colours,
}

/// What axe-core finds on the page as it is: the rule, and the first elements that break it.
fn violations(page: &Page, axe: &str, rules: Rules) -> Vec<String> {
    if page.script("return typeof window.axe") == "undefined" {
        page.script(&format!("{axe}; window.axe = axe;"));
    }
    let only = match rules {
        Rules::All => json!(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]),
        Rules::Colours => json!({ "type": "rule", "values": ["color-contrast"] }),
    };
    let found = page.script_async(&format!(
        "const only = {only};
         const result = await window.axe.run(document, {{ runOnly: only, resultTypes: ['violations'] }});
         return result.violations.map((one) => one.id + ': ' + one.help + ' — '
           + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).join(' | '));",
    ));
    serde_json::from_value(found).expect("a list of violations")
}

/// Has every colour change at once: one on its way from one theme to the other is nobody's, and WebKit leaves it there in
/// what is folded up, until that is unfolded.
fn change_at_once(page: &Page) {
    page.script(
        "if (document.adoptedStyleSheets.length) return;
         const sheet = new CSSStyleSheet();
         sheet.replaceSync('* { transition: none !important; }');
         document.adoptedStyleSheets = [sheet];",
    );
}

/// Looks at pages in every language and theme, and keeps what is wrong with them.
struct Examination {
    /// The text of axe-core, if it is here.
    axe: Option<String>,
    found: Vec<String>,
}

impl Examination {
    fn begin() -> Self {
        let axe = std::env::var_os("INTAKE_AXE").and_then(|path| std::fs::read_to_string(path).ok());
        if axe.is_none() {
            eprintln!("left out: axe-core is not here; `cargo xtask test` fetches it where npm is");
        }
        Self { axe, found: Vec::new() }
    }

    /// Looks at the page as it is, and leaves it in English and light.
    fn look(&mut self, page: &Page, name: &str) {
        change_at_once(page);
        page.script("for (const one of document.querySelectorAll('main details')) one.open = true");
        self.found.extend(nameless(page).map(|role| format!("{name}: a {role} without a name")));
        self.found.extend(unseen(page).into_iter().map(|one| format!("{name}: {one}")));
        for language in LANGUAGES {
            speak(page, language);
            let place = format!("{} {name}", language.1);
            self.found.extend(too_small(page).into_iter().map(|one| format!("{place}: too small: {one}")));
            self.found.extend(sticks_out(page).into_iter().map(|one| format!("{place}: sticks out: {one}")));
            let Some(axe) = &self.axe else { continue };
            // What has a colour has it in every language.
            let themes = if language == LANGUAGES[0] { &THEMES[..] } else { &THEMES[..2] };
            for theme in themes {
                page.script(&format!("document.documentElement.dataset.theme = {}", json!(theme)));
                let rules = if *theme == THEMES[0] { Rules::All } else { Rules::Colours };
                let broken = violations(page, axe, rules);
                self.found.extend(broken.into_iter().map(|one| format!("{place} {theme}: {one}")));
            }
            page.script("document.documentElement.dataset.theme = 'light'");
        }
        speak(page, LANGUAGES[0]);
    }

    fn end(self) {
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
    }
}

#[test]
fn every_page_can_be_used_by_everybody_in_any_language_and_theme() {
    let mut examination = Examination::begin();
    walk(|page, stop| examination.look(page, stop.name));
    examination.end();
}

#[test]
fn every_kind_of_question_can_be_used_by_everybody_and_so_can_its_errors() {
    let mut examination = Examination::begin();
    let form = Form::open(1);
    let page = &form.page;
    for (place, name) in ["numbers", "choices", "rows", "files", "ways"].into_iter().enumerate() {
        form.go_to(place + 1);
        match name {
            "numbers" => {
                // What cannot be read, and what should not be.
                form.css("weight", ".box").send("much");
                page.tap(&form.css("floor", ".box"));
            }
            "rows" => {
                form.press("born", ".segment", "About this year");
                form.css("members", ":scope > .control .button, .button").click();
                page.wait_for("a line of the table", || !page.all(".roster-body").is_empty());
            }
            "ways" => form.press("goes_on", ".choice", "No"),
            _ => {}
        }
        examination.look(page, name);
    }
    page.css(".interview > .stack > .actions .button-large:last-child").click();
    page.wait_for("what is missing", || !page.all("#error-summary a").is_empty());
    examination.look(page, "errors");
    examination.end();
}

#[test]
fn a_second_visit_can_be_used_by_everybody() {
    let mut examination = Examination::begin();
    let elder = Elder::at_start();
    let first = follow_up::first_visit(&elder);
    follow_up::second_visit(&elder, &first.file);
    examination.look(&elder.page, "last time");
    follow_up::end_second_visit(&elder);
    examination.look(&elder.page, "trend");
    examination.end();
}

/// The roles of what can be used and has no name.
fn nameless(page: &Page) -> impl Iterator<Item = &'static str> {
    let roles =
        ["button", "link", "radio", "checkbox", "textbox", "combobox", "radiogroup", "spinbutton", "table"];
    roles.into_iter().filter(|role| page.names(role).iter().any(|name| name.trim().is_empty()))
}

/// What the Tab key comes to and does not show that it has the focus, or comes to out of turn.
fn unseen(page: &Page) -> Vec<String> {
    let found = page.script(
        "const had = document.activeElement;
         const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
           .filter((one) => !one.disabled && one.getClientRects().length > 0)
           // Nothing on a page that hides says that it can be pressed.
           .filter((one) => !one.matches('.calendar-today'));
         const faults = all.filter((one) => one.tabIndex > 0).map((one) => 'out of turn: ' + one.outerHTML.slice(0, 120));
         for (const one of all.filter((one) => one.tabIndex === 0)) {
           one.focus({ focusVisible: true, preventScroll: true });
           if (document.activeElement !== one) { continue; }
           const rings = [one, one.closest('.choice, .chip, .segment, .file-button')].filter(Boolean).map(getComputedStyle);
           if (!rings.some((ring) => ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2))
             faults.push('no ring: ' + one.outerHTML.slice(0, 120));
         }
         had.focus({ preventScroll: true });
         document.activeElement.blur();
         return faults;",
    );
    serde_json::from_value(found).expect("a list of elements")
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
    page.wait_for("the page is in the language", || page.texts("h1") == ["设置"]);
    page.assert_no_faults();
}
