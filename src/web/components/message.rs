use yew::prelude::*;

use super::{Icon, icon};
use crate::diagnostic::Severity;
use crate::web::text::Texts;

/// A line that says what is wrong, doubtful or worth knowing. What it is stands before it for screen readers.
pub(crate) fn message(texts: &Texts, severity: Severity, text: AttrValue) -> Html {
    let (class, picture, word) = match severity {
        Severity::Error => ("message-error", Icon::Error, "message.error"),
        Severity::Warning => ("message-warning", Icon::Warning, "message.warning"),
        Severity::Info => ("message-info", Icon::Info, "message.info"),
    };
    html! {
        <p class={classes!("message", class)}>
            { icon(picture, Classes::new()) }
            <span><span class="visually-hidden">{ texts.say(word) }</span>{ text }</span>
        </p>
    }
}
