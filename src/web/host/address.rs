//! The part of the page's address after `#`: where in the interview the person is.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::{document as page, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, History, MouseEvent, Url, UrlSearchParams};

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

/// What the browser, too, says when the part after `#` has changed.
const CHANGED: &str = "hashchange";

/// Goes somewhere else, such as `#/settings`; the listener of [`on_change`] is told before this returns.
///
/// A browser tells of a new address some ten milliseconds after it has it, and has the finger wait for them. So the
/// entry in its history is written, and told of, here.
pub(crate) fn go(address: &str) {
    enter(address, History::push_state_with_url);
}

/// Goes somewhere else, for there is nothing to see here: the way back does not lead here again.
pub(crate) fn go_instead(address: &str) {
    enter(address, History::replace_state_with_url);
}

type Write = fn(&History, &JsValue, &str, Option<&str>) -> Result<(), JsValue>;

fn enter(address: &str, write: Write) {
    if address.strip_prefix('#') == Some(current().as_str()) {
        return;
    }
    let window = window();
    let written = window
        .history()
        .and_then(|history| write(&history, &JsValue::NULL, "", Some(address)))
        .and_then(|()| Event::new(CHANGED))
        .and_then(|event| window.dispatch_event(&event));
    // Browsers refuse to write very many entries in a short time, and not all of them say so.
    if written.is_err() || address.strip_prefix('#') != Some(current().as_str()) {
        // This they refuse only while they unload the page, when there is nowhere left to go.
        let _ = window.location().set_hash(address);
    }
}

/// Has the entry of this page in the browser's history lead to an address, under which the same is seen.
pub(crate) fn rename(address: &str) {
    let history = window().history();
    // What the browser refuses leaves the way back as it was.
    let _ = history.and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(address)));
}

/// Goes where the links to pages of this site lead, with [`go`], until the listener is dropped. What a page has already
/// acted on, and what is to be opened elsewhere, is left to it.
pub(crate) fn follow_links() -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&page(), "click", options, |event| {
        let Some(click) = event.dyn_ref::<MouseEvent>().filter(|click| is_plain(click)) else { return };
        let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href^='#/']").ok().flatten());
        if let Some(address) = link.and_then(|link| link.get_attribute("href")) {
            event.prevent_default();
            go(&address);
        }
    })
}

/// Whether a click means "go there", and not a new window or what a page has made of it.
fn is_plain(click: &MouseEvent) -> bool {
    let held = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    !click.default_prevented() && click.button() == 0 && !held
}

/// Loads the page again, at the same address.
pub(crate) fn reload() {
    // The browser refuses only while the page is being left.
    let _ = window().location().reload();
}

/// Calls back with the new part after `#` whenever it changes, until the listener is dropped.
pub(crate) fn on_change(callback: impl Fn(String) + 'static) -> EventListener {
    EventListener::new(&window(), CHANGED, move |_| callback(current()))
}
