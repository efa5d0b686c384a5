//! What is kept of the settings on this tablet. Answers are never kept here.

use gloo::utils::window;

const KEY: &str = "intake-settings";

/// What was kept, if anything was and the browser lets us read it.
pub(crate) fn load() -> Option<String> {
    window().local_storage().ok()??.get_item(KEY).ok()?
}

/// Keeps them. Where the browser keeps nothing they hold until the page is closed.
pub(crate) fn save(settings: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(KEY, settings);
    }
}
