//! Ids by chance.

use gloo::utils::window;

use crate::vault::Id;

/// An id that nobody can guess; none where there is no chance to be had, as on another machine, where the page's logic is
/// tested without a browser.
pub(crate) fn id() -> Option<Id> {
    if cfg!(not(target_family = "wasm")) {
        return None;
    }
    let mut id = Id::NONE;
    window().crypto().ok()?.get_random_values_with_u8_array(&mut id.0).ok()?;
    Some(id)
}
