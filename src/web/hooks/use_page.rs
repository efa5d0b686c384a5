use yew::prelude::*;

use super::use_texts;
use crate::web::host::{document, focus};

thread_local! {
    /// The first page that opens leaves the focus where the browser put it.
    static FIRST: std::cell::Cell<bool> = const { std::cell::Cell::new(true) };
}

/// What every page does when it opens or when `part` changes: the title, which names the kind of page and nothing
/// else, and the focus on the heading unless a question is to have it.
#[hook]
pub(crate) fn use_page<T: PartialEq + 'static>(title: &'static str, part: T, focus_heading: bool) {
    let texts = use_texts();
    use_effect_with(texts.say(title), |title| document::set_title(title));
    use_effect_with(part, move |_| {
        if !FIRST.replace(false) && focus_heading {
            focus::heading();
        }
    });
}
