//! The document around the page: its title, language and direction, and what the site's files are called.

use gloo::utils::document;

/// The title in the browser's tab. It never holds a person's or a section's name: others see it too.
pub(crate) fn set_title(title: &str) {
    document().set_title(title);
}

/// The language and the direction of writing, for screen readers, fonts and the layout.
pub(crate) fn set_language(tag: &str, direction: &str) {
    if let Some(root) = document().document_element() {
        // Neither name can be refused: both are attributes of HTML.
        let _ = root.set_attribute("lang", tag);
        let _ = root.set_attribute("dir", direction);
    }
}

/// The `content` of a `<meta name=…>` of the page: how the build tells the page what its files are called.
pub(crate) fn meta(name: &str) -> Option<String> {
    let found = document().query_selector(&format!("meta[name=\"{name}\"]")).ok()??;
    found.get_attribute("content").filter(|content| !content.is_empty())
}

/// The languages that the person prefers, best first.
pub(crate) fn preferred_languages() -> Vec<String> {
    gloo::utils::window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// Whether the page is wide enough for the sections to stand beside the questions; the width is that of the styles.
pub(crate) fn is_wide() -> bool {
    let query = gloo::utils::window().match_media("(min-width: 60em)").ok().flatten();
    query.is_some_and(|query| query.matches())
}
