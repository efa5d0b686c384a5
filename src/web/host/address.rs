//! The part of the page's address after `#`: where in the interview the person is.

use gloo::events::EventListener;
use gloo::utils::window;
use web_sys::{Url, UrlSearchParams};

use super::document;

/// The part after `#`, or nothing.
pub(crate) fn current() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// The questionnaire that the page's own address names (`?form=<address>`), if it may be fetched: from this origin, or
/// from one that whoever runs the site has listed. The content security policy must list it too.
pub(crate) fn named_form() -> Option<Result<String, Foreign>> {
    let location = window().location();
    let named = UrlSearchParams::new_with_str(&location.search().ok()?).ok()?.get("form")?;
    let found = Url::new_with_base(&named, &location.href().ok()?);
    let Ok(address) = found else { return Some(Err(Foreign)) };
    let listed = document::meta("intake-origins").unwrap_or_default();
    let mut origins = listed.split_whitespace().map(str::to_owned).chain(location.origin().ok());
    let allowed = origins.any(|origin| origin == address.origin());
    Some(if allowed { Ok(address.href()) } else { Err(Foreign) })
}

/// An address from which this site takes no questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Foreign;

/// Goes somewhere else; the listener of [`on_change`] is told.
pub(crate) fn go(address: &str) {
    // The browser refuses only while it unloads the page, when there is nowhere left to go.
    let _ = window().location().set_hash(address);
}

/// Loads the page again, at the same address.
pub(crate) fn reload() {
    // The browser refuses only while the page is being left.
    let _ = window().location().reload();
}

/// Calls back with the new part after `#` whenever it changes, until the listener is dropped.
pub(crate) fn on_change(callback: impl Fn(String) + 'static) -> EventListener {
    EventListener::new(&window(), "hashchange", move |_| callback(current()))
}
