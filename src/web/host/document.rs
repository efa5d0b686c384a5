//! The document around the page: its title, language and direction, and what the site's files are called.

use std::cell::RefCell;

use gloo::events::EventListener;
use gloo::utils::document;

use super::hiding;

thread_local! {
    /// The title of the page that is drawn, also while it is hidden.
    static TITLE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The title in the browser's tab, once the page is not hidden. It never holds a person's or a section's name: others see
/// it too.
pub(crate) fn set_title(title: &str) {
    TITLE.with_borrow_mut(|own| title.clone_into(own));
    if !hiding::is_hidden() {
        document().set_title(title);
    }
}

/// Shows the title that fits now: of what hides the page, while it is hidden, and else its own.
pub(crate) fn show_title(of_what_hides: &str) {
    if hiding::is_hidden() {
        return document().set_title(of_what_hides);
    }
    TITLE.with_borrow(|own| {
        // No page has been drawn yet.
        if !own.is_empty() {
            document().set_title(own);
        }
    });
}

/// The language and the direction of writing, for screen readers, fonts and the layout.
pub(crate) fn set_language(tag: &str, direction: &str) {
    if let Some(root) = document().document_element() {
        // Neither name can be refused: both are attributes of HTML.
        let _ = root.set_attribute("lang", tag);
        let _ = root.set_attribute("dir", direction);
    }
}

/// Whether a key was the last thing that was used, and no finger or mouse: `www/boot.js` keeps it for the styles.
pub(crate) fn is_by_keys() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-keys"))
}

/// The `content` of a `<meta name=…>` of the page: how the build tells the page what its files are called.
pub(crate) fn meta(name: &str) -> Option<String> {
    let found = document().query_selector(&format!("meta[name=\"{name}\"]")).ok()??;
    found.get_attribute("content").filter(|content| !content.is_empty())
}

/// Has a file of the site come, because it will be asked for soon.
pub(crate) fn preload(address: &str) {
    let made = document().create_element("link").and_then(|link| {
        link.set_attribute("rel", "preload")?;
        link.set_attribute("as", "fetch")?;
        link.set_attribute("crossorigin", "")?;
        link.set_attribute("href", address)?;
        document().head().map_or(Ok(()), |head| head.append_child(&link).map(drop))
    });
    // It is only sooner than without: nothing is lost where the browser does not do it.
    let _ = made;
}

/// The languages that the person prefers, best first.
pub(crate) fn preferred_languages() -> Vec<String> {
    gloo::utils::window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// Calls back whenever the page becomes wide enough for the sections to stand beside the questions, or no longer is:
/// when a tablet is turned, above all.
pub(crate) fn on_wide(callback: impl Fn(bool) + 'static) -> Option<EventListener> {
    let query = wide()?;
    let now = query.clone();
    Some(EventListener::new(&query, "change", move |_| callback(now.matches())))
}

/// The width at which the layout changes, as in the styles: with larger text it is later.
fn wide() -> Option<web_sys::MediaQueryList> {
    const WIDE_EM: f64 = 60.0;
    let text =
        document().document_element().and_then(|root| root.get_attribute("data-text")?.parse::<f64>().ok());
    let query = format!("(min-width: {}em)", WIDE_EM * text.unwrap_or(100.0) / 100.0);
    gloo::utils::window().match_media(&query).ok().flatten()
}

/// Whether the page is wide enough for the sections to stand beside the questions.
pub(crate) fn is_wide() -> bool {
    wide().is_some_and(|query| query.matches())
}

/// The height of the window, in CSS pixels.
pub(crate) fn window_height() -> f64 {
    gloo::utils::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

/// How the page looks: the styles go by these attributes.
pub(crate) fn set_appearance(theme: &str, text: u16) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", theme);
        let _ = root.set_attribute("data-text", &text.to_string());
    }
}

/// Whether the last touch of the page was one of a finger (`www/boot.js` notes it).
pub(crate) fn by_touch() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-touch"))
}

/// The theme that the tablet asks for.
pub(crate) fn preferred_theme() -> &'static str {
    if asks("(prefers-contrast: more)") {
        "contrast"
    } else if asks("(prefers-color-scheme: dark)") {
        "dark"
    } else {
        "light"
    }
}

/// Calls back whenever the tablet may ask for another theme, until the listeners are dropped.
pub(crate) fn on_preferred_theme(callback: impl Fn() + Clone + 'static) -> Vec<EventListener> {
    ["(prefers-contrast: more)", "(prefers-color-scheme: dark)"]
        .into_iter()
        .filter_map(|query| gloo::utils::window().match_media(query).ok().flatten())
        .map(|query| {
            let callback = callback.clone();
            EventListener::new(&query, "change", move |_| callback())
        })
        .collect()
}

fn asks(query: &str) -> bool {
    gloo::utils::window().match_media(query).ok().flatten().is_some_and(|query| query.matches())
}
