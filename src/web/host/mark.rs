//! A mark that this tablet was set up. It stands outside of the database, so that it is still there when the database is
//! gone: a browser throws one away that it finds damaged, and says nothing.

use gloo::utils::window;

const KEY: &str = "intake-set-up";

/// The mark, if there is one and the browser lets us read it.
pub(crate) fn load() -> Option<String> {
    window().local_storage().ok()??.get_item(KEY).ok()?
}

/// Makes it.
pub(crate) fn save(mark: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(KEY, mark);
    }
}

/// Removes it.
pub(crate) fn remove() {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(KEY);
    }
}
